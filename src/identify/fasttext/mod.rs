//! `fasttext:FILE`: the supervised models of fastText, read in place.
//!
//! People have such models (lid.176, OpenLID, NLLB's, GlotLID, their own); this reads their `.bin` and quantised
//! `.ftz` files, versions 11 and 12 of the format, and answers as the reference implementation does: the same label,
//! and the same probability to 1e-4. All losses (softmax, hierarchical softmax, one against all, negative sampling),
//! n-grams of letters and of words, and pruned dictionaries are read.
//!
//! A model is mapped into memory, so that it opens at once: the dictionary is indexed, codebooks and the labels'
//! weights are copied, and the large matrix stays in the file. Every size is checked before it is used; a file that is
//! broken, or made to harm, gets an [`Error`]. Only the numbers of the large matrix are looked at when they are used:
//! where they are not finite, the model abstains.
//!
//! ```no_run
//! use cleanfilter::identify::{FastText, Identify};
//!
//! let model = FastText::open("lid.176.ftz")?;
//! let guess = model.identify("¿Dónde está la biblioteca?").expect("a guess");
//! assert_eq!(guess.language.to_string(), "spa_Latn");
//! # Ok::<(), cleanfilter::identify::fasttext::Error>(())
//! ```

mod dictionary;
mod error;
mod features;
mod han;
mod hash;
mod header;
mod labels;
mod map;
mod matrix;
mod model;
mod output;
mod pruned;
mod quantised;
mod reader;
mod script;
mod sigmoid;
mod tree;

use std::path::Path;

use self::labels::Name;
use self::map::Bytes;
use self::model::Model;
use super::{Identify, Language};
use crate::document::Guess;

pub use self::error::Error;

/// A fastText model that names languages.
pub struct FastText {
    name: String,
    model: Model,
    /// What each label of the model means.
    names: Vec<Name>,
    candidates: Option<Candidates>,
}

/// The languages that may be answered, and the labels that can lead to them.
struct Candidates {
    languages: Vec<Language>,
    labels: Vec<bool>,
}

/// A label of the model, as the reference implementation's `predict` gives it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Prediction<'a> {
    /// The label, prefix included: `__label__en`.
    pub label: &'a str,
    /// Its probability. The reference implementation adds 1e-5 to it, and more at each step of hierarchical softmax, so
    /// that it can lie a little above 1.
    pub probability: f32,
}

impl FastText {
    /// Opens a model file. The file must not be cut short while the model is in use.
    ///
    /// # Errors
    /// [`Error::Read`] where the file cannot be read, [`Error::Model`] where it is not a supervised model of fastText or
    /// is broken.
    pub fn open(path: impl AsRef<Path>) -> Result<FastText, Error> {
        let path = path.as_ref();
        FastText::new(format!("fasttext:{}", path.display()), Bytes::open(path)?)
    }

    /// A model from the bytes of a file, where it is not on disk. Its name is `fasttext:` alone.
    ///
    /// # Errors
    /// [`Error::Model`], see [`FastText::open`].
    pub fn from_bytes(bytes: Vec<u8>) -> Result<FastText, Error> {
        FastText::new("fasttext:".to_owned(), Bytes::Owned(bytes))
    }

    fn new(name: String, bytes: Bytes) -> Result<FastText, Error> {
        let model = Model::read(bytes)?;
        let labels: Vec<&str> = model
            .dictionary
            .labels
            .iter()
            .map(|label| label.text.as_str())
            .collect();
        let names = labels::names(&labels);
        Ok(FastText {
            name,
            model,
            names,
            candidates: None,
        })
    }

    /// Narrows the answers to these languages: the others' labels are left out before the best one is chosen, and
    /// probabilities of softmax are those among the labels that are left.
    pub fn with_candidates(mut self, languages: &[Language]) -> FastText {
        let may_be = |name: &Name| languages.iter().any(|language| name.may_be(*language));
        self.candidates = Some(Candidates {
            languages: languages.to_vec(),
            labels: self.names.iter().map(may_be).collect(),
        });
        self
    }

    /// The labels of the model, as its file has them.
    pub fn labels(&self) -> impl Iterator<Item = &str> {
        self.model
            .dictionary
            .labels
            .iter()
            .map(|label| label.text.as_str())
    }

    /// The most probable label of the text, line feeds read as spaces; `None` where the text has no word or n-gram
    /// that the model knows.
    pub fn predict(&self, text: &str) -> Option<Prediction<'_>> {
        let (label, probability) = self.model.predict(text, None)?;
        Some(Prediction {
            label: &self.model.dictionary.labels.get(label)?.text,
            probability,
        })
    }
}

impl Identify for FastText {
    fn name(&self) -> &str {
        &self.name
    }

    /// The languages of the labels that can be read as one. A label without a script (`en`) is listed with the script
    /// that the language is mostly written in; an answer has the script of the text.
    fn languages(&self) -> Vec<Language> {
        let mut languages: Vec<Language> = match &self.candidates {
            Some(candidates) => {
                let known =
                    |language: &Language| self.names.iter().any(|name| name.may_be(*language));
                candidates.languages.iter().copied().filter(known).collect()
            }
            None => self.names.iter().filter_map(Name::usual).collect(),
        };
        languages.sort_unstable();
        languages.dedup();
        languages
    }

    /// The confidence is the model's probability. `None` where the model says nothing, where its label names no
    /// language, and where neither the label nor the text names a script.
    fn identify(&self, text: &str) -> Option<Guess> {
        let among = self
            .candidates
            .as_ref()
            .map(|candidates| candidates.labels.as_slice());
        let (label, probability) = self.model.predict(text, among)?;
        let language = self.names.get(label)?.language(text)?;
        let wanted = self
            .candidates
            .as_ref()
            .is_none_or(|c| c.languages.contains(&language));
        wanted.then_some(Guess {
            language,
            confidence: probability.min(1.0),
        })
    }
}
