//! The built-in identifier: words and character n-grams, weights learnt discriminatively, all in one table.

pub mod confidence;
mod evidence;
mod figures;
mod functions;
pub mod letters;
pub mod model;
mod nonsense;
pub mod scores;
mod standing;
pub mod table;
#[cfg(test)]
mod tests;
pub mod words;

pub use self::figures::{Figures, figures};
pub use evidence::{Label, Room, Sums, WordEvidence, WordReader};
pub use table::Group;

use crate::document::Guess;
use crate::identify::{Identify, Language};
use crate::tables::ngram::NGRAMS;

use std::cell::RefCell;

use model::{Model, State};

/// The built-in identifier. Its table lies in the binary and is read in place: there is nothing to load.
pub struct Ngram {
    model: Model<'static>,
    /// Languages per group.
    languages: Vec<Vec<Language>>,
    /// Labels that may be answered, per group; empty where all may.
    allowed: Vec<[bool; 256]>,
    /// Candidates that the table lacks.
    missing: Vec<Language>,
}

impl Default for Ngram {
    fn default() -> Self {
        Ngram::new()
    }
}

/// Below this confidence the answer is `und`: nine of ten such answers would be wrong (single words of the development
/// lines). At 0.08 half as many more single strings of random letters are named.
pub const MIN_CONFIDENCE: f32 = 0.11;

impl Ngram {
    /// All languages of the table.
    pub fn new() -> Ngram {
        let model = Model::new(NGRAMS).unwrap_or(Model::EMPTY);
        let languages = model
            .groups
            .iter()
            .map(|g| {
                (0..g.count)
                    .map(|i| Language::from_label(g.label(i)).unwrap_or(Language::ZXX))
                    .collect()
            })
            .collect();
        Ngram {
            model,
            languages,
            allowed: Vec::new(),
            missing: Vec::new(),
        }
    }

    /// Answers these languages only; those that the table lacks are in [`Ngram::missing`]. An empty list is all.
    pub fn with_candidates(mut self, candidates: &[Language]) -> Ngram {
        self.missing = candidates
            .iter()
            .copied()
            .filter(|c| self.label(*c).is_none())
            .collect();
        self.allowed = if candidates.is_empty() {
            Vec::new()
        } else {
            self.languages
                .iter()
                .map(|labels| {
                    let mut allowed = [false; 256];
                    for (slot, l) in allowed.iter_mut().zip(labels) {
                        *slot = candidates.contains(l);
                    }
                    allowed
                })
                .collect()
        };
        self
    }

    /// Candidates asked for that the table lacks.
    pub fn missing(&self) -> &[Language] {
        &self.missing
    }

    /// Where a language stands in the table.
    pub fn label(&self, language: Language) -> Option<Label> {
        self.languages.iter().enumerate().find_map(|(g, labels)| {
            let i = labels.iter().position(|l| *l == language)?;
            Some(Label {
                group: g as u8,
                index: i as u8,
            })
        })
    }

    /// The language at a place of the table.
    pub fn language(&self, label: Label) -> Language {
        self.languages
            .get(label.group as usize)
            .and_then(|g| g.get(label.index as usize))
            .copied()
            .unwrap_or(Language::ZXX)
    }

    /// The commonest words of a language (function words, most of them), to ask [`WordEvidence::is_common`]; `None` where
    /// the language is not in the table.
    pub fn common_words(&self, language: Language) -> Option<CommonWords> {
        functions::find(&language.to_string()).map(|at| CommonWords { at })
    }

    /// The languages of each group of the table.
    pub fn tables(&self) -> &[Vec<Language>] {
        &self.languages
    }

    /// The words of a text, each with what it says of every language of its script.
    pub fn words<'a>(&'a self, text: &'a str) -> WordReader<'a> {
        WordReader::new(self, text)
    }

    fn may_answer(&self, group: usize, label: usize) -> bool {
        self.allowed.is_empty() || self.allowed.get(group).is_some_and(|a| a[label & 255])
    }
}

/// The hundred commonest words of a language.
#[derive(Clone, Copy, Debug)]
pub struct CommonWords {
    at: usize,
}

impl Identify for Ngram {
    fn name(&self) -> &str {
        "ngram"
    }

    fn languages(&self) -> Vec<Language> {
        let all = self.languages.iter().enumerate();
        all.flat_map(|(g, l)| {
            l.iter()
                .enumerate()
                .filter(move |(i, _)| self.may_answer(g, *i))
                .map(|(_, l)| *l)
        })
        .collect()
    }

    fn words(&self) -> Option<&Ngram> {
        Some(self)
    }

    fn identify(&self, text: &str) -> Option<Guess> {
        // The sums of a thread are used again and again; a call from within a call has its own.
        STATE.with(|state| match state.try_borrow_mut() {
            Ok(mut state) => self.answer(text, &mut state),
            Err(_) => self.answer(text, &mut State::default()),
        })
    }
}

thread_local! {
    static STATE: RefCell<State> = RefCell::new(State::default());
}

impl Ngram {
    fn answer(&self, text: &str, state: &mut State) -> Option<Guess> {
        const NOTHING: Guess = Guess {
            language: Language::ZXX,
            confidence: 1.0,
        };
        let Some(w) = self.model.weigh(text, state, &self.allowed) else {
            return (state.other_letters == 0).then_some(NOTHING);
        };
        if nonsense::machine(text, w.letters, w.technical) {
            return Some(NOTHING);
        }
        let (best, rivals) = w.scores.standing(w.group.step);
        if !self.may_answer(w.index as usize, best) {
            return None;
        }
        let lead = confidence::lead(rivals);
        let confidence = confidence::confidence(w.scores.words, w.letters, lead);
        let language = self.language(Label {
            group: w.index,
            index: best as u8,
        });
        // Of a script with few languages the table has too few n-grams to miss any.
        let wide = w.group.count >= 30;
        if confidence < MIN_CONFIDENCE
            || (wide && nonsense::gibberish(w.scores, w.letters, confidence))
        {
            return None;
        }
        Some(Guess {
            language,
            confidence,
        })
    }
}
