//! Paragraph -> language of each fragment.

mod bcp47;
mod codes;
mod cut;
#[cfg(feature = "fasttext")]
pub mod fasttext;
#[cfg(feature = "fasttext")]
mod iso639;
mod language;
pub mod ngram;
mod pieces;
mod quotes;
mod script;
mod whatlang;

use std::ops::Range;

use serde::{Deserialize, Serialize};

pub use self::bcp47::UnknownLanguage;
#[cfg(feature = "fasttext")]
pub use self::fasttext::FastText;
pub use self::language::Language;
pub use self::ngram::Ngram;
pub use self::script::Scripts;
pub use self::whatlang::Whatlang;
use crate::document::{Fragment, Guess, Paragraph};

/// Names the language of a text. People bring their own models by this trait.
pub trait Identify: Send + Sync {
    /// The name of the identifier, as `--identifier` takes it.
    fn name(&self) -> &str;

    /// The languages that it can answer.
    fn languages(&self) -> Vec<Language>;

    /// The language of the text as a whole, or `None` where it abstains.
    fn identify(&self, text: &str) -> Option<Guess>;

    /// Where the identifier weighs every word by itself, the table that does: stretches are then searched for by words.
    fn words(&self) -> Option<&Ngram> {
        None
    }
}

/// How languages are named.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Settings {
    /// The identifier: `ngram` (built in), `whatlang`, or `fasttext:FILE`.
    pub identifier: String,
    /// The only languages that it may answer (BCP 47 or ISO 639-3); empty for all.
    pub candidates: Vec<String>,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            identifier: "ngram".to_owned(),
            candidates: Vec::new(),
        }
    }
}

/// What the stage says of a document.
#[derive(Debug, Default)]
pub(crate) struct Languages {
    pub document: Option<Guess>,
    pub paragraphs: Vec<Paragraph>,
    pub fragments: Vec<Fragment>,
}

impl Languages {
    /// Of a document of so many paragraphs, most of them one fragment each.
    fn of(document: Option<Guess>, paragraphs: usize) -> Languages {
        Languages {
            document,
            paragraphs: Vec::with_capacity(paragraphs),
            fragments: Vec::with_capacity(paragraphs + 1),
        }
    }

    /// Adds a paragraph whose fragments are those from `from` on; it is in the language of the longest.
    fn add_paragraph(&mut self, span: Range<usize>, from: usize) {
        let longest = self.fragments[from..].iter().max_by_key(|f| f.span.len());
        let language = longest.and_then(|f| f.language);
        self.paragraphs.push(Paragraph {
            span,
            fragments: from..self.fragments.len(),
            language,
        });
    }
}

/// Names the language of the document, of each paragraph and of each stretch inside it.
pub(crate) fn languages(
    text: &str,
    spans: Vec<Range<usize>>,
    identifier: &dyn Identify,
    kept: &[Language],
) -> Languages {
    if let Some(ngram) = identifier.words() {
        return cut::languages(text, spans, ngram, kept);
    }
    let document = identifier.identify(text);
    let mut out = Languages::of(document, spans.len());
    for span in spans {
        let from = out.fragments.len();
        pieces::cut(text, span.clone(), document, identifier, &mut out.fragments);
        out.add_paragraph(span, from);
    }
    pieces::weigh(text, &mut out.fragments, kept);
    out
}

/// The identifier that the settings name.
pub(crate) fn enrolled(settings: &Settings) -> Result<Box<dyn Identify>, String> {
    let candidates = |known: Vec<Language>| parse_languages(&settings.candidates, &known);
    match settings.identifier.as_str() {
        "ngram" => {
            let ngram = Ngram::new();
            let candidates = candidates(ngram.languages())?;
            Ok(Box::new(ngram.with_candidates(&candidates)))
        }
        "whatlang" => {
            let whatlang = Whatlang::new();
            let candidates = candidates(whatlang.languages())?;
            Ok(Box::new(if candidates.is_empty() {
                whatlang
            } else {
                Whatlang::with_candidates(&candidates)
            }))
        }
        name => match name.strip_prefix("fasttext:") {
            Some(path) => open_fasttext(path, candidates),
            None => Err(format!(
                "there is no identifier {name:?} (there are: ngram, whatlang, fasttext:FILE)"
            )),
        },
    }
}

#[cfg(feature = "fasttext")]
fn open_fasttext(
    path: &str,
    candidates: impl Fn(Vec<Language>) -> Result<Vec<Language>, String>,
) -> Result<Box<dyn Identify>, String> {
    let model = FastText::open(path).map_err(|error| format!("{path}: {error}"))?;
    let candidates = candidates(model.languages())?;
    Ok(Box::new(if candidates.is_empty() {
        model
    } else {
        model.with_candidates(&candidates)
    }))
}

#[cfg(not(feature = "fasttext"))]
fn open_fasttext(
    path: &str,
    _: impl Fn(Vec<Language>) -> Result<Vec<Language>, String>,
) -> Result<Box<dyn Identify>, String> {
    Err(format!(
        "{path}: this build reads no fastText models (build it with the feature `fasttext`)"
    ))
}

/// Languages of `known` by BCP 47 or ISO 639-3 tags.
pub(crate) fn parse_languages(
    tags: &[String],
    known: &[Language],
) -> Result<Vec<Language>, String> {
    let mut all = Vec::new();
    for tag in tags {
        all.extend(Language::parse(tag, known).map_err(|error| error.to_string())?);
    }
    Ok(all)
}
