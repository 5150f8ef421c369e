//! Each line by itself.

use std::ops::Range;

use super::{Knowledge, Lines};
use crate::judge::boilerplate::chars::SCRIPTS;
use crate::judge::boilerplate::columns::{Column, Page, all_leanings, all_octaves, all_parts};
use crate::judge::boilerplate::line::Line;
use crate::judge::boilerplate::words::{self, Said};

/// Words of a line that are looked at for function words.
const FUNCTION_WORDS: usize = 24;

/// Lines whose column values are told at once.
const BLOCK: usize = 32;

/// Words of a line that may say what follows are fewer.
pub const SHORT: f32 = 9.0;

/// The script that most letters of the page are of, from which on scripts have no case.
const CASELESS: usize = 3;

/// Measures that are counts or lengths, in the order of [`counts`].
const COUNTS: [Column; 10] = {
    use Column::*;
    [
        Units,
        Chars,
        Ends,
        Commas,
        Separators,
        Rights,
        Quotes,
        Questions,
        Numbers,
        SentenceLength,
    ]
};

/// Measures that are shares, in the order of [`shares`].
const SHARES: [Column; 7] = {
    use Column::*;
    [
        DigitShare,
        UpperShare,
        TitleShare,
        SymbolShare,
        FunctionShare,
        PhraseKnown,
        Foreign,
    ]
};

/// Measures that speak for or against, in the order of [`leanings`].
const LEANINGS: [Column; 3] = {
    use Column::*;
    [Phrase, PhraseLow, Follow]
};

/// What the words of a line say, by table.
struct Words {
    functions: f32,
    looked: f32,
    phrase: Said,
    follow: f32,
}

impl Lines {
    /// The measures that a line has by itself.
    #[inline(always)]
    pub(super) fn own(&mut self, know: Knowledge, page: &mut Page) {
        self.prose.clear();
        self.phrase.clear();
        self.follow.clear();
        self.features.clear();
        self.ends.clear();
        let mut scripts = [0u32; SCRIPTS];
        for l in &self.lines {
            for (sum, n) in scripts.iter_mut().zip(l.scripts) {
                *sum += n as u32;
            }
        }
        let main = scripts
            .iter()
            .enumerate()
            .max_by_key(|(i, n)| (**n, usize::MAX - i))
            .map_or(0, |(i, _)| i);
        page.column(Column::Caseless).fill((main >= CASELESS) as i8);
        let Lines {
            lines,
            arena,
            features,
            ends,
            ..
        } = self;
        for l in lines.iter() {
            words::put(l, arena.of(l), features);
            ends.push(features.len() as u32);
        }
        words::spread(features);
        let mut start = 0;
        let mut rows = Rows::default();
        for (k, block) in lines.chunks(BLOCK).enumerate() {
            for (at, l) in block.iter().enumerate() {
                let end = ends.get(k * BLOCK + at).map_or(start, |end| *end as usize);
                let words = say(l, features.get(start..end).unwrap_or(&[]), know);
                start = end;
                rows.put(at, l, &words, main);
                let sentences = l.ends >= 1 || l.commas >= 2;
                let prose = if l.units >= 9.0 && sentences {
                    l.units.min(400.0)
                } else {
                    0.0
                };
                self.prose.push(prose);
                self.phrase.push(words.phrase.score);
                self.follow.push(words.follow);
            }
            rows.write(page, k * BLOCK..k * BLOCK + block.len());
        }
        use Column::*;
        let [firsts, lasts, counted, dates] = page.several([First, Last, Counted, Date]);
        let to = firsts.iter_mut().zip(lasts).zip(counted).zip(dates);
        for (l, (((first, last), counted), date)) in self.lines.iter().zip(to) {
            *first = l.first.map_or(0, |k| k as i8 + 1);
            *last = l.last.map_or(0, |k| k as i8 + 1);
            *counted = l.counted as i8;
            *date = l.date as i8;
        }
    }
}

/// Looks up the features of a line.
#[inline(always)]
fn say(l: &Line, features: &[u32], know: Knowledge) -> Words {
    // The words are the first features.
    let words = (l.range.1 - l.range.0) as usize;
    let looked = features
        .get(..words.min(FUNCTION_WORDS))
        .unwrap_or(features);
    // A heading, a label: what it says is of the lines after it.
    let follow = if l.units < SHORT && l.visible > 0 {
        words::say(features, know.follow).score
    } else {
        0.0
    };
    Words {
        functions: know.functions.sum(looked).known as f32,
        looked: looked.len() as f32,
        phrase: words::say(features, know.phrases),
        follow,
    }
}

/// The numbers that [`COUNTS`] says.
fn counts(l: &Line) -> [f32; COUNTS.len()] {
    let all = |n: u32| n as f32 * l.scale;
    [
        l.units,
        all(l.chars),
        all(l.ends),
        all(l.commas),
        all(l.separators),
        all(l.rights),
        all(l.quotes),
        all(l.questions),
        all(l.numbers),
        l.units / (all(l.ends) + 0.5),
    ]
}

/// The parts and wholes of [`SHARES`]; `main` is the page's script.
fn shares(l: &Line, words: &Words, main: usize) -> [(f32, f32); SHARES.len()] {
    let part = |n: u32, of: u32| (n as f32, of as f32);
    let letters: u32 = l.scripts.iter().map(|n| *n as u32).sum();
    let own = l.scripts.get(main).copied().unwrap_or(0) as u32;
    [
        part(l.digits, l.visible),
        part(l.upper, l.letters),
        part(l.cased[1], l.cased[0]),
        part(l.symbols, l.visible),
        (words.functions, words.looked),
        (words.phrase.known, 1.0),
        part(letters - own, letters),
    ]
}

/// The nats of [`LEANINGS`].
fn leanings(words: &Words) -> [f32; LEANINGS.len()] {
    [
        words.phrase.score * 0.25,
        // It speaks against, or says nothing, which is the highest value.
        words.phrase.low + 63.0,
        words.follow * 0.5,
    ]
}

/// What was counted of up to [`BLOCK`] lines, measure by measure.
struct Rows {
    counts: [[f32; BLOCK]; COUNTS.len()],
    parts: [[f32; BLOCK]; SHARES.len()],
    wholes: [[f32; BLOCK]; SHARES.len()],
    leanings: [[f32; BLOCK]; LEANINGS.len()],
}

impl Default for Rows {
    fn default() -> Self {
        Rows {
            counts: [[0.0; BLOCK]; COUNTS.len()],
            parts: [[0.0; BLOCK]; SHARES.len()],
            wholes: [[0.0; BLOCK]; SHARES.len()],
            leanings: [[0.0; BLOCK]; LEANINGS.len()],
        }
    }
}

impl Rows {
    /// Takes a line.
    #[inline(always)]
    fn put(&mut self, at: usize, l: &Line, words: &Words, main: usize) {
        let at = at % BLOCK;
        for (row, count) in self.counts.iter_mut().zip(counts(l)) {
            row[at] = count;
        }
        let rows = self.parts.iter_mut().zip(&mut self.wholes);
        for ((parts, wholes), (part, whole)) in rows.zip(shares(l, words, main)) {
            parts[at] = part;
            wholes[at] = whole;
        }
        for (row, nats) in self.leanings.iter_mut().zip(leanings(words)) {
            row[at] = nats;
        }
    }

    /// Writes the lines of a block.
    fn write(&self, page: &mut Page, lines: Range<usize>) {
        for (column, counts) in COUNTS.into_iter().zip(&self.counts) {
            all_octaves(page.stretch(column, lines.clone()), counts);
        }
        let shares = self.parts.iter().zip(&self.wholes);
        for (column, (parts, wholes)) in SHARES.into_iter().zip(shares) {
            all_parts(page.stretch(column, lines.clone()), parts, wholes);
        }
        for (column, nats) in LEANINGS.into_iter().zip(&self.leanings) {
            all_leanings(page.stretch(column, lines.clone()), nats);
        }
    }
}
