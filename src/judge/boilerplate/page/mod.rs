//! The measures of a page: each line by itself, then each among its neighbours.

mod blocks;
mod neighbours;
mod own;
mod periods;
mod topics;

use std::ops::Range;

use super::columns::{Column, Page, leaning, octaves, share};
use super::line::{self, Arena, Line};
use super::topics::Topics;
use super::words::Weights;
pub use blocks::signed;
pub use own::SHORT;
use periods::Look;

/// What the measures look words up in.
#[derive(Clone, Copy, Debug, Default)]
pub struct Knowledge<'a> {
    /// How much a word or pair of words speaks for the line to be wanted.
    pub phrases: Weights<'a>,
    /// How much a word or pair of words of a short line speaks for the lines after it to be wanted.
    pub follow: Weights<'a>,
    /// How much a word or pair of words of a short line speaks for the lines before it to be wanted.
    pub lead: Weights<'a>,
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
    lead: Vec<f32>,
    looks: Vec<Look>,
    matches: Vec<u16>,
    seen: Topics,
    blocks: Vec<u32>,
    block_mass: Vec<f32>,
    hashes: Vec<(u32, u32)>,
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
        self.lines.clear();
        self.arena.words.clear();
        page.reset(paragraphs.len());
        for span in paragraphs {
            let line = line::read(text.get(span.clone()).unwrap_or(""), &mut self.arena);
            self.lines.push(line);
        }
        self.own(know, page);
        self.alike(page);
        self.periods(page);
        self.topics(page);
        self.around(page);
        self.blocks(page);
        self.whole(page);
        sorts(page);
    }

    /// The words of a line.
    pub fn words(&self, line: &Line) -> &[u32] {
        self.arena
            .words
            .get(line.range.0 as usize..line.range.1 as usize)
            .unwrap_or(&[])
    }

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
}

/// What sorts of lines a page has.
fn sorts(page: &mut Page) {
    use Column::*;
    let n = page.lines();
    let mut counts = [0; 4];
    for i in 0..n {
        let of = [
            page.get(SameBefore, i) + page.get(SameAfter, i) > 0,
            page.get(PeriodFar, i) >= PERIODIC,
            page.get(Money, i) > 0,
            page.get(Units, i) < FEW,
        ];
        for (count, of) in counts.iter_mut().zip(of) {
            *count += of as u32;
        }
    }
    for (column, count) in [PageRepeated, PagePeriod, PageMoney, PageShort]
        .into_iter()
        .zip(counts)
    {
        page.column(column).fill(share(count as f32, n as f32));
    }
}

/// Three quarters of the lines near by are alike.
const PERIODIC: i8 = 48;
/// So many octaves are six words.
const FEW: i8 = 11;
