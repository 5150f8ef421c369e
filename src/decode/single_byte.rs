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

impl<'a> SingleBytes<'a> {
    pub fn new(model: &'a Model, sample: &'a Sample) -> Self {
        let (mut words, mut pairs) = (Vec::with_capacity(sample.words.len()), Vec::new());
        for word in sample.words.padded() {
            let mut ascii = [0; LANES];
            let begin = pairs.len();
            for run in word.chunk_by(|a, b| a.is_ascii() && b.is_ascii()) {
                model.ascii.add(run, &mut ascii);
            }
            let both = word.iter().copied().zip(word.iter().copied().skip(1));
            pairs.extend(both.filter(|(a, b)| !(a.is_ascii() && b.is_ascii())));
            words.push(Word {
                ascii,
                pairs: begin..pairs.len(),
            });
        }
        SingleBytes {
            model,
            sample,
            words,
            pairs,
            readings: Vec::new(),
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
            let language = self.model.languages.get(used.language);
            let latin = language.is_some_and(|l| l.is_latin);
            hints.get(used.language).copied().unwrap_or(0) + if latin { 0 } else { mixed }
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
        run.texts
            .iter()
            .min()
            .map_or(u32::MAX / 2, |text| text + run.cases)
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
