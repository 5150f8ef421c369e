//! The built-in identifier: words and character n-grams, weights learnt discriminatively, all in one table.

mod evidence;
pub mod letters;
pub mod model;
pub mod scores;
pub mod table;
pub mod words;

pub use evidence::{Label, Tally, WordEvidence, WordReader};

use crate::document::Guess;
use crate::identify::{Identify, Language};
use crate::tables::ngram::NGRAMS;

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

/// Below this confidence the answer is `und`. It is the confidence at which a wrong answer is as likely as four right
/// ones are not; `crates/train` prints how many lines it silences.
pub const MIN_CONFIDENCE: f32 = 0.2;

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

    /// The words of a text, each with what it says of every language of its script.
    pub fn words<'a>(&'a self, text: &'a str) -> WordReader<'a> {
        WordReader::new(self, text)
    }

    fn may_answer(&self, group: usize, label: usize) -> bool {
        self.allowed.is_empty() || self.allowed.get(group).is_some_and(|a| a[label & 255])
    }
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
        let mut state = State::default();
        let Some((g, group, scores)) = self.model.weigh(text, &mut state) else {
            return (state.other_letters == 0).then_some(Guess {
                language: Language::ZXX,
                confidence: 1.0,
            });
        };
        let mut best = (i32::MIN, 0);
        for i in 0..group.count {
            let sum = scores.sums[i & 255] + group.bias(i);
            if sum > best.0 && self.may_answer(g as usize, i) {
                best = (sum, i);
            }
        }
        if best.0 == i32::MIN {
            return None;
        }
        let tempered = group.step * temperature(scores.words);
        let mut total = 0.0f32;
        for i in 0..group.count {
            if self.may_answer(g as usize, i) {
                let d = (scores.sums[i & 255] + group.bias(i) - best.0) as f32 * tempered;
                if d > -16.0 {
                    total += d.exp();
                }
            }
        }
        let confidence = 1.0 / total;
        if confidence < MIN_CONFIDENCE {
            return None;
        }
        Some(Guess {
            language: self.language(Label {
                group: g,
                index: best.1 as u8,
            }),
            confidence,
        })
    }
}

/// Evidence of neighbouring words overlaps, so that long texts are less certain than their sums say.
fn temperature(words: u32) -> f32 {
    match words {
        0..=1 => 0.9,
        2..=3 => 0.85,
        4..=7 => 0.8,
        8..=15 => 0.7,
        _ => 0.5,
    }
}
