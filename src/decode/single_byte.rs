//! How well bytes read in the encodings of one byte.
//!
//! What ASCII letters cost after each other is the same in all of them and is summed once for all languages; encodings
//! that read the bytes of a sample alike share their words' costs.

use std::ops::Range;

use super::encoding::Encoding;
use super::likely::{Likely, likely};
use super::model::{LANES, Model};
use super::readings::Use;
use super::sample::Sample;

/// What a word in another language than the rest of the text costs at most.
const OTHER_LANGUAGE: u32 = 5 * 16;

/// A sample, laid out to be weighed.
pub(crate) struct SingleBytes<'a> {
    model: &'a Model,
    sample: &'a Sample,
    words: Vec<Word>,
    /// Pairs of bytes of which one is above ASCII, word by word.
    pairs: Vec<(u8, u8)>,
    /// What the encodings make of the words, those that read them alike once.
    readings: Vec<Reading>,
}

/// A word of the sample.
struct Word {
    /// Cost of its pairs of ASCII characters in each language.
    ascii: [u32; LANES],
    /// Which of the other pairs are its own.
    pairs: Range<usize>,
}

/// A reading of the words, as far as they were weighed.
#[derive(Default)]
struct Reading {
    /// Of each word, the cost in each language; `u32::MAX` where it was not asked for.
    words: Vec<[u32; LANES]>,
    /// Of each word, the cost of its capitals.
    cases: Vec<u32>,
}

/// An encoding of one byte, as far as a sample was weighed in it.
pub(crate) struct SingleByteRun {
    likely: Likely,
    /// What the words cost in each of its languages.
    texts: Vec<u32>,
    /// What they cost in all: their capitals, and to meet the encoding.
    cases: u32,
}

impl SingleByteRun {
    /// Which reading of the sample it gives.
    pub fn reading(&self) -> usize {
        self.likely.reading
    }

    /// Whether another reads the bytes alike, for the same languages and perhaps more, and is met more often.
    pub fn is_outdone_by(&self, other: &SingleByteRun) -> bool {
        let order = |run: &SingleByteRun| (run.likely.single.prior, run.likely.rank);
        self.likely.reading == other.likely.reading
            && order(other) < order(self)
            && self.likely.languages & !other.likely.languages == 0
    }
}

impl<'a> SingleBytes<'a> {
    pub fn new(model: &'a Model, sample: &'a Sample) -> Self {
        SingleBytes {
            model,
            sample,
            words: Vec::new(),
            pairs: Vec::new(),
            readings: Vec::new(),
        }
    }

    /// Lays out the words up to `end`; they are weighed by [`SingleBytes::advance`].
    pub fn lay_out(&mut self, end: usize) {
        for number in self.words.len()..end.min(self.sample.words.len()) {
            let word = self.sample.words.padded(number);
            let mut ascii = [0; LANES];
            let begin = self.pairs.len();
            let mut run = 0;
            for (at, both) in word.windows(2).enumerate() {
                if let [a, b] = *both
                    && !(a.is_ascii() && b.is_ascii())
                {
                    self.pairs.push((a, b));
                    self.model
                        .ascii
                        .add(word.get(run..=at).unwrap_or_default(), &mut ascii);
                    run = at + 1;
                }
            }
            self.model
                .ascii
                .add(word.get(run..).unwrap_or_default(), &mut ascii);
            self.words.push(Word {
                ascii,
                pairs: begin..self.pairs.len(),
            });
        }
    }

    /// The encodings that are worth it, each with its rank. `hints` is what ASCII words count against each language, `mixed`
    /// what it costs that there are such words where the others are not in Latin letters.
    pub fn runs(
        &self,
        declared: &[Encoding],
        hints: &[u32; LANES],
        mixed: u32,
    ) -> impl Iterator<Item = (usize, Encoding, SingleByteRun)> {
        let beside = move |used: &&Use| {
            let hint = hints.get(used.language).copied().unwrap_or(0);
            hint + if used.is_latin { 0 } else { mixed }
        };
        let likely = likely(self.model, self.sample, declared);
        likely.into_iter().map(move |likely| {
            let run = SingleByteRun {
                texts: likely.uses.iter().map(beside).collect(),
                cases: likely.single.prior,
                likely,
            };
            (run.likely.rank, run.likely.single.encoding, run)
        })
    }

    /// Weighs some words more; returns what all so far cost, in the language that suits best.
    pub fn advance(&mut self, run: &mut SingleByteRun, words: Range<usize>) -> u32 {
        let likely = &run.likely;
        if self.readings.len() <= likely.reading {
            self.readings
                .resize_with(likely.reading + 1, Reading::default);
        }
        let mut readings = std::mem::take(&mut self.readings);
        let Some(reading) = readings.get_mut(likely.reading) else {
            return u32::MAX / 2;
        };
        for number in words {
            let Some(word) = self.words.get(number) else {
                break;
            };
            if reading.words.len() == number {
                let bytes = self.sample.words.get(number).iter();
                let kinds = bytes.map(|b| likely.single.kinds[usize::from(*b)]);
                reading.words.push([u32::MAX; LANES]);
                reading.cases.push(self.model.cases(kinds));
            }
            let costs = &mut reading.words[number];
            let mut most = u32::MAX - OTHER_LANGUAGE;
            for used in &likely.uses {
                let cost = &mut costs[used.language];
                if *cost == u32::MAX {
                    *cost = self.cost_word(word, used);
                }
                most = most.min(*cost);
            }
            most += OTHER_LANGUAGE;
            for (text, used) in run.texts.iter_mut().zip(&likely.uses) {
                *text += costs[used.language].min(most);
            }
            run.cases += reading.cases[number];
        }
        self.readings = readings;
        let least = run.texts.iter().copied().min().unwrap_or(u32::MAX / 2);
        least.saturating_add(run.cases)
    }

    /// What a word's pairs of ASCII characters cost at least, in whatever language.
    pub fn least_of_ascii(&self, number: usize) -> u32 {
        let word = self.words.get(number);
        let costs = word.map_or(&[][..], |word| &word.ascii[..]).iter();
        let known = costs.take(self.model.languages.len());
        known.copied().min().unwrap_or(0)
    }

    fn cost_word(&self, word: &Word, used: &Use) -> u32 {
        let Some(language) = self.model.languages.get(used.language) else {
            return u32::MAX / 2;
        };
        let pairs = self.pairs.get(word.pairs.clone()).unwrap_or_default();
        let costs = pairs.iter().map(|&(a, b)| {
            let (a, b) = (usize::from(a), usize::from(b));
            language.pair(used.class[a], used.class[b]) + u32::from(used.extra[b])
        });
        word.ascii.get(used.language).copied().unwrap_or(0) + costs.sum::<u32>()
    }
}
