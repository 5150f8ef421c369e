//! The measures of a page: each line by itself, then each among its neighbours.

mod blocks;
mod neighbours;
mod own;
mod periods;
pub mod places;
mod topics;

use std::ops::Range;

use multiversion::multiversion;

use super::columns::{Column, Page, leaning, octaves, share};
use super::line::{self, Arena, Line};
use super::words::Weights;
pub use blocks::to_stretch;
pub use own::SHORT;
use periods::Periods;
use topics::Topics;

/// What the measures look words up in.
#[derive(Clone, Copy, Debug, Default)]
pub struct Knowledge<'a> {
    /// How much a word or pair of words speaks for the line to be wanted.
    pub phrases: Weights<'a>,
    /// How much a word or pair of words of a short line speaks for the lines after it to be wanted.
    pub follow: Weights<'a>,
    /// Function words of many languages.
    pub functions: Weights<'a>,
}

/// Memory that is used again for each page.
#[derive(Default)]
pub struct Lines {
    /// The lines of the page.
    pub lines: Vec<Line>,
    /// Their words.
    pub arena: Arena,
    /// Words of prose in each line; 0 where it is not prose.
    pub prose: Vec<f32>,
    phrase: Vec<f32>,
    follow: Vec<f32>,
    /// Numbers of all lines, measure by measure, before they are column values.
    rows: Vec<f32>,
    keys: Vec<u16>,
    marks: Vec<u8>,
    periods: Periods,
    topics: Topics,
    /// Features of all lines, and where those of each line end.
    features: Vec<u32>,
    ends: Vec<u32>,
    blocks: Vec<u32>,
    block_mass: Vec<f32>,
    hashes: Vec<u64>,
}

impl Lines {
    /// Measures a page: `paragraphs` are ranges of bytes of `text`, one a line.
    pub fn measure(
        &mut self,
        text: &str,
        paragraphs: &[Range<usize>],
        know: Knowledge,
        page: &mut Page,
    ) {
        measure(self, text, paragraphs, know, page);
    }

    /// The features of a line by its number.
    pub fn features(&self, line: usize) -> &[u32] {
        let end = |i: usize| self.ends.get(i).map_or(0, |end| *end as usize);
        let start = line.checked_sub(1).map_or(0, end);
        self.features.get(start..end(line)).unwrap_or(&[])
    }

    #[inline(always)]
    fn whole(&mut self, page: &mut Page) {
        use Column::*;
        let n = self.lines.len() as f32;
        let units: f32 = self.lines.iter().map(|l| l.units).sum();
        let prose: f32 = self.prose.iter().sum();
        let sentences = self.prose.iter().filter(|p| **p > 0.0).count() as f32;
        let phrase: f32 = self.phrase.iter().sum::<f32>() / n.max(1.0);
        let dates = self.lines.iter().filter(|l| l.date & 6 != 0).count() as f32;
        for (column, value) in [
            (PageLines, octaves(n)),
            (PageUnits, octaves(units)),
            (PageProse, share(prose, units)),
            (PageLine, octaves(units / n.max(1.0) * 4.0)),
            (PageProseLine, octaves(prose / sentences.max(1.0))),
            (PagePhrase, leaning(phrase)),
            (PageDates, octaves(dates)),
        ] {
            page.column(column).fill(value);
        }
    }

    /// What sorts of lines the page has.
    #[inline(always)]
    fn sorts(&self, page: &mut Page) {
        use Column::*;
        let [before, after, period, units] = page.several([SameBefore, SameAfter, Period, Units]);
        let count = |column: &[i8], of: fn(i8) -> bool| {
            let of = column.iter().filter(|value| of(**value));
            of.count() as u32
        };
        let same = before.iter().zip(after.iter());
        let counts = [
            same.filter(|(b, a)| **b + **a > 0).count() as u32,
            count(period, |value| value >= PERIODIC),
            self.lines.iter().filter(|l| l.money > 0).count() as u32,
            count(units, |value| value < FEW),
        ];
        let lines = self.lines.len() as f32;
        for (column, count) in [PageRepeated, PagePeriod, PageMoney, PageShort]
            .into_iter()
            .zip(counts)
        {
            page.column(column).fill(share(count as f32, lines));
        }
    }
}

/// [`Lines::measure`], for which `multiversion` takes no `self`.
#[multiversion(targets("x86_64+avx2+bmi1+bmi2+popcnt"))]
fn measure(
    to: &mut Lines,
    text: &str,
    paragraphs: &[Range<usize>],
    know: Knowledge,
    page: &mut Page,
) {
    to.lines.clear();
    to.arena.words.clear();
    page.reset(paragraphs.len());
    to.lines.resize_with(paragraphs.len(), Line::default);
    for (line, span) in to.lines.iter_mut().zip(paragraphs) {
        line::read_into(text, span.clone(), line, &mut to.arena);
    }
    to.own(know, page);
    to.alike(page);
    to.periods(page);
    to.shared_words(page);
    to.places(page);
    to.around(page);
    to.counted_near(page);
    to.blocks(page);
    to.whole(page);
    to.sorts(page);
}

/// Three quarters of the lines near by are alike.
const PERIODIC: i8 = 48;
/// So many octaves are six words.
const FEW: i8 = 11;
