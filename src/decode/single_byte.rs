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
use super::statistics::Race;

/// What a word in another language than the rest of the text costs at most.
const OTHER_LANGUAGE: u32 = 5 * 16;

/// A sample, and the encodings of one byte that it is weighed in.
pub(crate) struct SingleBytes<'a> {
    model: &'a Model,
    sample: &'a Sample,
    hints: &'a [u32; LANES],
    mixed: u32,
    words: Vec<Word>,
    /// Pairs of bytes of which one is above ASCII, word by word.
    pairs: Vec<(u8, u8)>,
    /// The likeliest first.
    likely: Vec<Likely>,
    /// What the encodings make of the words, those that read them alike once.
    readings: Vec<Reading>,
}

/// A word of the sample.
struct Word {
    /// Cost of its pairs of ASCII characters in each language.
    ascii: [u32; LANES],
    /// The least of them.
    least: u32,
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

impl<'a> SingleBytes<'a> {
    /// `hints` is what ASCII words count against each language, `mixed` what it costs that there are such words where the
    /// others are not in Latin letters.
    pub fn new(
        model: &'a Model,
        sample: &'a Sample,
        declared: &[Encoding],
        hints: &'a [u32; LANES],
        mixed: u32,
    ) -> Self {
        let (mut words, mut pairs) = (Vec::with_capacity(sample.words.len()), Vec::new());
        for word in sample.words.padded() {
            let mut ascii = [0; LANES];
            let begin = pairs.len();
            for run in word.chunk_by(|a, b| a.is_ascii() && b.is_ascii()) {
                model.ascii.add(run, &mut ascii);
            }
            let both = word.iter().copied().zip(word.iter().copied().skip(1));
            pairs.extend(both.filter(|(a, b)| !(a.is_ascii() && b.is_ascii())));
            let known = ascii.iter().take(model.languages.len());
            words.push(Word {
                least: known.copied().min().unwrap_or(0),
                ascii,
                pairs: begin..pairs.len(),
            });
        }
        let likely = likely(model, sample, declared);
        let count = likely.iter().map(|l| l.reading + 1).max().unwrap_or(0);
        SingleBytes {
            model,
            sample,
            hints,
            mixed,
            words,
            pairs,
            readings: (0..count).map(|_| Reading::default()).collect(),
            likely,
        }
    }

    /// Weighs the likeliest encodings: one of Latin letters, one of others.
    pub fn weigh_first(&mut self, race: &mut Race) {
        self.weigh_some(0..2, race);
    }

    /// Weighs the others.
    pub fn weigh_others(&mut self, race: &mut Race) {
        self.weigh_some(2..self.likely.len(), race);
    }

    fn weigh_some(&mut self, which: Range<usize>, race: &mut Race) {
        let mut readings = std::mem::take(&mut self.readings);
        for likely in self
            .likely
            .get(which.start..which.end.min(self.likely.len()))
            .unwrap_or_default()
        {
            let Some(reading) = readings.get_mut(likely.reading) else {
                continue;
            };
            let encoding = likely.single.encoding;
            if let Some(cost) = self.cost(likely, reading, race.limit(encoding)) {
                race.arrive(likely.rank, encoding, cost);
            }
        }
        self.readings = readings;
    }

    /// Cost of the sample in an encoding, in the language that suits best; `None` once it is more than `limit`.
    fn cost(&self, likely: &Likely, reading: &mut Reading, limit: u32) -> Option<u32> {
        let beside = |used: &Use| {
            let latin = self
                .model
                .languages
                .get(used.language)
                .is_some_and(|l| l.is_latin);
            self.hints.get(used.language).copied().unwrap_or(0) + if latin { 0 } else { self.mixed }
        };
        let hint = likely.uses.iter().map(|used| beside(used)).min()?;
        let mut cases = likely.single.prior;
        // What it costs at least: words not read yet cost their ASCII pairs.
        let mut least: u32 = hint + cases + self.words.iter().map(|word| word.least).sum::<u32>();
        let mut text = [0u32; LANES];
        for (number, (word, bytes)) in self.words.iter().zip(self.sample.words.iter()).enumerate() {
            if least > limit {
                return None;
            }
            if reading.words.len() == number {
                let kinds = bytes.iter().map(|b| likely.single.kinds[usize::from(*b)]);
                reading.words.push([u32::MAX; LANES]);
                reading.cases.push(self.model.cases(kinds));
            }
            let costs = reading.words.get_mut(number)?;
            let mut best = u32::MAX;
            for used in &likely.uses {
                let cost = costs.get_mut(used.language)?;
                if *cost == u32::MAX {
                    *cost = self.cost_word(word, used);
                }
                best = best.min(*cost);
            }
            let most = best + OTHER_LANGUAGE;
            text.iter_mut()
                .zip(costs)
                .for_each(|(sum, cost)| *sum += (*cost).min(most));
            let case = reading.cases.get(number).copied().unwrap_or(0);
            cases += case;
            least += best - word.least + case;
        }
        let text = |used: &&Use| text.get(used.language).copied().unwrap_or(0) + beside(used);
        Some(likely.uses.iter().map(text).min()? + cases)
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
