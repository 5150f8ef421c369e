//! `repeated`: what stands in the document before, or in many others.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::fs::File;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::normal::{self, BEGINNING, Folded};
use super::{About, Objections, Page, Rule};
use crate::document::Document;
use crate::learn::{Known, Learnt};
use crate::ledger::xxh64;

/// Bytes of the longest line that is looked at as a title: search engines show about 70 characters of one, three bytes
/// each where the script needs them.
const MAX_TITLE_BYTES: usize = 300;

/// What stands in many documents of the corpus.
const CORPUS: &str = "repeated/corpus";

/// Drops a title or paragraph that stands again in the same document, or in many documents of a corpus that was
/// [learnt](crate::learn).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Repeated {
    /// Letters and digits that a paragraph needs before its second copy goes. A refrain's "Yes." or a table's "12"
    /// may stand as often as it likes.
    pub min_chars: usize,
    /// Characters of a site's name that may stand behind a title (`Title | Site`, `Title - Site`) in one of its copies.
    pub max_site_chars: usize,
    /// How far apart, in paragraphs, the two copies of a title with a site's name may stand.
    pub max_title_distance: usize,
    /// A file that `cleanfilter learn` wrote; empty: nothing is known of the corpus.
    pub corpus_file: String,
    /// A paragraph goes that stands in more documents of its site than this.
    pub max_documents: u32,
    /// Letters and digits that a paragraph needs before it goes for standing in many documents.
    pub min_corpus_chars: usize,
    /// Whether such a paragraph stays in one of its documents, so that no text is lost to the corpus: in the one whose
    /// text has the smallest hash. Documents that are the same to the letter all keep it.
    pub keep_one: bool,
    /// What was learnt; read from `corpus_file` when a filter is made, if it is not there.
    #[serde(skip)]
    pub learnt: Option<Arc<Learnt>>,
}

impl Default for Repeated {
    fn default() -> Self {
        Repeated {
            min_chars: 15,
            max_site_chars: 40,
            max_title_distance: 8,
            corpus_file: String::new(),
            // Measured on the development pages of `boilerplate` whose host has five or more (638): with more than 2
            // documents 1.6% of the wanted text would go, with more than 3 it is 0.6% and nearly half of the rest.
            max_documents: 3,
            // There, of what goes 0.46% of the paragraphs are wanted; 0.55% without a limit, 0.73% with 15.
            min_corpus_chars: 8,
            keep_one: true,
            learnt: None,
        }
    }
}

impl Repeated {
    pub(super) const ABOUT: About = About {
        name: "repeated",
        drops: "a title or paragraph that stands in the document before (with --repeated: in many documents), case, space and punctuation aside",
        measures: "which copy it is: 2 for the second; repeated/corpus: how many documents it stands in",
        page: include_str!("../../docs/rules/repeated.md"),
        default: true,
    };
}

impl Rule for Repeated {
    fn about(&self) -> &'static About {
        &Self::ABOUT
    }

    fn judge(&self, page: &Page<'_>, objections: &mut Objections) {
        let mut before = Before::default();
        let corpus = Corpus::of(self, page);
        let alike = self.alike(page.document);
        for (i, paragraph) in page.document.paragraphs.iter().enumerate() {
            if corpus.is_none() && alike.get(i) == Some(&false) {
                continue;
            }
            let text = &page.document.text[paragraph.span.clone()];
            let folded = normal::folded(text);
            if folded.chars >= self.min_chars
                && let Some(copy) = before.copy(self, i, text, folded)
            {
                objections.drop_paragraph(page, i, Self::ABOUT.name, copy);
            }
            if let Some(documents) = corpus.as_ref().and_then(|corpus| corpus.count(folded)) {
                objections.drop_paragraph(page, i, CORPUS, documents);
            }
        }
    }
}

impl Repeated {
    /// Which paragraphs begin like another one: the others are no copy, and nothing is a copy of them, with or without
    /// a site's name. A clash of counters only makes one paragraph more be read.
    fn alike(&self, document: &Document) -> Vec<bool> {
        let chars = BEGINNING.min(self.min_chars);
        // With sixteen counters a paragraph and more one in twenty shares its own by chance.
        let mut counters = vec![0u8; (16 * document.paragraphs.len()).next_power_of_two()];
        let mask = counters.len() - 1;
        let places: Vec<Option<usize>> = document
            .paragraphs
            .iter()
            .map(|p| normal::beginning(&document.text[p.span.clone()], chars))
            // The upper bits of a product are its best mixed.
            .map(|begin| Some((begin? >> 32) as usize & mask))
            .collect();
        for place in places.iter().flatten() {
            counters[*place] = counters[*place].saturating_add(1);
        }
        places
            .into_iter()
            .map(|place| place.is_some_and(|place| counters[place] > 1))
            .collect()
    }
}

/// What stood before in a document.
#[derive(Default)]
struct Before {
    copies: HashMap<Folded, f32>,
    /// Titles with a site's name behind them, and where they stand.
    titles: Vec<(Folded, usize)>,
}

impl Before {
    /// Which copy paragraph `i` is, if it is one.
    fn copy(&mut self, rule: &Repeated, i: usize, text: &str, folded: Folded) -> Option<f32> {
        let copy = self.copies.entry(folded).or_insert(0.0);
        *copy += 1.0;
        let copy = *copy;
        // `Title | ***` reads as `Title`: no name stands behind it, and it is no copy of itself.
        let bare = rule.without_site(text).filter(|title| *title != folded);
        let near = |place: usize| i - place <= rule.max_title_distance;
        let mut titles = self.titles.iter().rev();
        let found = if copy > 1.0 {
            Some(copy)
        } else if bare.is_some_and(|title| self.copies.contains_key(&title))
            || titles.any(|(title, place)| *title == folded && near(*place))
        {
            Some(2.0)
        } else {
            None
        };
        self.titles.extend(bare.map(|title| (title, i)));
        found
    }
}

/// What is known of the corpus that a document belongs to.
struct Corpus<'a> {
    rule: &'a Repeated,
    known: Known<'a>,
    text: &'a str,
    /// The hash of the text, once it is asked for: few documents hold what many hold.
    own: OnceCell<u64>,
}

impl<'a> Corpus<'a> {
    /// `None` where nothing is known.
    fn of(rule: &'a Repeated, page: &'a Page<'_>) -> Option<Corpus<'a>> {
        let known = rule.learnt.as_ref()?.of(page.url);
        (!known.is_empty()).then(|| Corpus {
            rule,
            known,
            text: &page.document.text,
            own: OnceCell::new(),
        })
    }

    /// In how many documents a paragraph stands, if they are too many and this is not the one that keeps it.
    fn count(&self, folded: Folded) -> Option<f32> {
        if folded.chars < self.rule.min_corpus_chars {
            return None;
        }
        let entry = self.known.find(folded.key())?;
        if entry.documents <= self.rule.max_documents {
            return None;
        }
        let own = || *self.own.get_or_init(|| xxh64(self.text.as_bytes()));
        let keeps = self.rule.keep_one && entry.keeper == own();
        (!keeps).then_some(entry.documents as f32)
    }
}

impl Repeated {
    /// Reads `corpus_file`, if one is named and was not read.
    ///
    /// # Errors
    /// One line: a file that is not there, or is none that `cleanfilter learn` wrote.
    pub fn load(&mut self) -> Result<(), String> {
        if self.corpus_file.is_empty() || self.learnt.is_some() {
            return Ok(());
        }
        let name = &self.corpus_file;
        let file = File::open(name).map_err(|error| format!("{name}: {error}"))?;
        let learnt = Learnt::read(file, name, self.max_documents);
        self.learnt = Some(Arc::new(learnt.map_err(|error| error.to_string())?));
        Ok(())
    }

    /// The title of `Title | Site`, if the line has that form.
    fn without_site(&self, text: &str) -> Option<Folded> {
        // A title fits a line; most paragraphs are longer, and are not searched.
        if text.len() > MAX_TITLE_BYTES {
            return None;
        }
        let (at, width) = last_separator(text)?;
        let title = normal::folded(&text[..at]);
        let site = text[at + width..].chars().count();
        (site <= self.max_site_chars && title.chars >= self.min_chars).then_some(title)
    }
}

/// Where the last mark stands between a title and a site's name, and its length.
fn last_separator(text: &str) -> Option<(usize, usize)> {
    let separators = [
        " | ", " - ", " – ", " — ", " · ", " « ", " » ", " :: ", " / ",
    ];
    memchr::memrchr_iter(b' ', text.as_bytes()).find_map(|at| {
        let mark = separators
            .iter()
            .find(|mark| text[at..].starts_with(*mark))?;
        Some((at, mark.len()))
    })
}

#[cfg(test)]
mod tests {
    use super::last_separator;

    #[test]
    fn the_last_separator_is_found() {
        for (text, found) in [
            ("The mill | News - Harbour Post", Some((15, 3))),
            ("The mill – Harbour", Some((8, 5))),
            ("a - - b", Some((3, 3))),
            ("a :: b", Some((1, 4))),
            ("well-known |", None),
            ("", None),
        ] {
            assert_eq!(last_separator(text), found, "{text}");
        }
    }
}
