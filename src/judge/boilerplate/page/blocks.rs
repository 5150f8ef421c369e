//! Stretches of lines.

use super::Lines;
use crate::judge::boilerplate::columns::{Column, Page, octaves, share};

impl Lines {
    /// Runs of lines that are not prose, and the blocks of prose between long ones.
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
            for j in i..i + run {
                page.set(Run, j, octaves(run as f32));
                page.set(RunUnits, j, octaves(units));
                self.blocks.push(self.block_mass.len() as u32);
            }
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
        for i in 0..n {
            let mass = self
                .blocks
                .get(i)
                .and_then(|b| self.block_mass.get(*b as usize))
                .copied()
                .unwrap_or(0.0);
            page.set(Block, i, octaves(mass));
            page.set(BlockShare, i, share(mass, total));
            page.set(LargestShare, i, share(most, total));
            page.set(ToLargest, i, signed(i, start, end));
        }
    }
}

/// Lines to a stretch, in octaves around 64.
pub fn signed(i: usize, start: usize, end: usize) -> i8 {
    if i < start {
        64 - octaves((start - i) as f32).min(63)
    } else if i > end {
        64 + octaves((i - end) as f32).min(63)
    } else {
        64
    }
}
