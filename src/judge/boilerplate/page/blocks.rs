//! Stretches of lines.

use super::Lines;
use super::places::fill;
use crate::judge::boilerplate::columns::{Column, Page, octaves, share};

impl Lines {
    /// Runs of lines that are not prose, and the blocks of prose between long ones.
    #[inline(always)]
    pub(super) fn blocks(&mut self, page: &mut Page) {
        use Column::*;
        let n = self.lines.len();
        let mut i = 0;
        self.blocks.clear();
        self.block_mass.clear();
        let mut mass = 0.0;
        while i < n {
            let prose = self.prose.get(i).copied().unwrap_or(0.0);
            if prose > 0.0 {
                mass += prose;
                self.blocks.push(self.block_mass.len() as u32);
                i += 1;
                continue;
            }
            let run = self.prose.iter().skip(i).take_while(|p| **p == 0.0).count();
            let units: f32 = self.lines.iter().skip(i).take(run).map(|l| l.units).sum();
            page.fill(Run, i..i + run, octaves(run as f32));
            page.fill(RunUnits, i..i + run, octaves(units));
            let block = self.block_mass.len() as u32;
            self.blocks.extend(std::iter::repeat_n(block, run));
            // Eight lines without a sentence are more than the headings and lists of most articles.
            if run >= 8 {
                self.block_mass.push(mass);
                mass = 0.0;
            }
            i += run;
        }
        self.block_mass.push(mass);
        let total: f32 = self.block_mass.iter().sum();
        let (largest, most) = self
            .block_mass
            .iter()
            .enumerate()
            .fold(
                (0, 0.0),
                |best, (b, &m)| {
                    if m > best.1 { (b, m) } else { best }
                },
            );
        let inside = |i: usize| {
            self.prose.get(i).is_some_and(|p| *p > 0.0)
                && self.blocks.get(i) == Some(&(largest as u32))
        };
        let start = (0..n).find(|&i| inside(i)).unwrap_or(0);
        let end = (0..n).rev().find(|&i| inside(i)).unwrap_or(0);
        fill(
            &mut self.rows,
            self.blocks
                .iter()
                .map(|b| self.block_mass.get(*b as usize).copied().unwrap_or(0.0)),
        );
        page.set_octaves(Block, &self.rows);
        page.set_shares(BlockShare, &self.rows, total);
        page.column(LargestShare).fill(share(most, total));
        to_stretch(page, ToLargest, start, end, &mut self.rows);
    }
}

/// Fills a column with the lines to a stretch, in octaves around 64: less before its first line, more after its last.
pub fn to_stretch(page: &mut Page, column: Column, first: usize, last: usize, row: &mut Vec<f32>) {
    fill(
        row,
        (0..page.lines()).map(|i| (first.saturating_sub(i) + i.saturating_sub(last)) as f32),
    );
    page.set_octaves(column, row);
    for (i, to) in page.column(column).iter_mut().enumerate() {
        let steps = (*to).min(63);
        *to = if i < first { 64 - steps } else { 64 + steps };
    }
}
