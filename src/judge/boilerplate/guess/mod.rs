//! The second look's measures: what the first look said of the lines around.

mod best;
mod blocks;
mod topics;

use super::columns::{Column, Page, octaves, share};
use super::line::Line;
use super::page::signed;
use super::topics::Topics;

/// Memory that is used again for each page.
#[derive(Default)]
pub struct Memory {
    topics: Topics,
    with: Vec<f32>,
}

/// Fills the columns from [`Column::Guess`] on: `words` are those of all lines, `wanted` is the first look's probability
/// of each line.
pub fn fill(lines: &[Line], words: &[u32], wanted: &[f32], memory: &mut Memory, page: &mut Page) {
    use Column::*;
    let n = lines.len();
    let mass = |i: usize| {
        lines
            .get(i)
            .zip(wanted.get(i))
            .map_or(0.0, |(l, p)| (l.units + 0.5).min(400.0) * p)
    };
    let all: f32 = lines.iter().map(|l| l.units + 0.5).sum();
    let total: f32 = (0..n).map(mass).sum();
    let mut near = Near::default();
    let mut sum = 0.0;
    for i in 0..n {
        let p = wanted.get(i).copied().unwrap_or(0.0);
        page.set(Guess, i, cell(p));
        page.set(GuessPlace, i, share(sum + mass(i) / 2.0, total));
        near.write(page, i, [GuessBefore, GuessFarBefore, GuessShareBefore]);
        near.pass(mass(i), p);
        sum += mass(i);
    }
    near = Near::default();
    for i in (0..n).rev() {
        near.write(page, i, [GuessAfter, GuessFarAfter, GuessShareAfter]);
        near.pass(mass(i), wanted.get(i).copied().unwrap_or(0.0));
    }
    runs(lines, wanted, page);
    alike(lines, wanted, page);
    blocks::between(lines, wanted, page);
    blocks::like_runs(wanted, page);
    best::fill(lines, wanted, &mut memory.with, page);
    let main = blocks::wanted(lines, wanted, page);
    topics::fill(lines, words, main, &mut memory.topics, page);
    page.column(GuessPage).fill(octaves(total));
    page.column(GuessPageShare).fill(share(total, all));
    let sure: f32 = (0..n)
        .map(|i| mass(i) * wanted.get(i).copied().unwrap_or(0.0))
        .sum();
    page.column(GuessSure).fill(share(sure, total));
}

/// Runs of one verdict, and the wanted one with most words.
fn runs(lines: &[Line], wanted: &[f32], page: &mut Page) {
    use Column::*;
    let n = lines.len();
    let (mut i, mut best) = (0, (-1.0, 0, 0));
    while i < n {
        let yes = wanted.get(i).is_some_and(|p| *p > 0.5);
        let run = wanted
            .iter()
            .skip(i)
            .take_while(|p| (**p > 0.5) == yes)
            .count()
            .max(1);
        let units: f32 = lines.iter().skip(i).take(run).map(|l| l.units).sum();
        for j in i..(i + run).min(n) {
            page.set(GuessRun, j, octaves(run as f32));
            page.set(GuessRunUnits, j, octaves(units));
        }
        if yes && units > best.0 {
            best = (units, i, i + run - 1);
        }
        i += run;
    }
    for i in 0..n {
        page.set(GuessToLargest, i, signed(i, best.1, best.2));
    }
}

/// A guess as a column value.
fn cell(p: f32) -> i8 {
    (p * 126.0) as i8 + 1
}

/// Slots for the looks of lines; a clash only blurs a measure.
const SHAPES: usize = 512;

/// Lines that look alike (length, first and last character): the mean guess among those near by.
fn alike(lines: &[Line], wanted: &[f32], page: &mut Page) {
    use Column::*;
    let n = lines.len();
    let shape = |page: &Page, i: usize| {
        (page.get(Units, i) as i32 / 4) * 37
            + page.get(First, i) as i32 * 7
            + page.get(Last, i) as i32 * 101
    };
    let mut sums = [(0f32, 0f32); SHAPES];
    for i in 0..n {
        if let Some(s) = sums.get_mut(shape(page, i) as usize % SHAPES) {
            s.0 += wanted.get(i).copied().unwrap_or(0.0);
            s.1 += 1.0;
        }
    }
    for i in 0..n {
        let own = wanted.get(i).copied().unwrap_or(0.0);
        let (sum, count) = sums
            .get(shape(page, i) as usize % SHAPES)
            .copied()
            .unwrap_or_default();
        let value = if count > 1.5 {
            cell((sum - own) / (count - 1.0))
        } else {
            0
        };
        page.set(GuessAlike, i, value);
    }
}

#[derive(Default)]
struct Near {
    near: f32,
    far: f32,
    wanted: f32,
    lines: f32,
}

impl Near {
    fn write(&self, page: &mut Page, i: usize, [near, far, part]: [Column; 3]) {
        page.set(near, i, octaves(self.near));
        page.set(far, i, octaves(self.far));
        page.set(part, i, share(self.wanted, self.lines));
    }

    fn pass(&mut self, mass: f32, p: f32) {
        self.near = self.near * 0.7 + mass;
        self.far = self.far * 0.95 + mass;
        self.wanted = self.wanted * 0.85 + p;
        self.lines = self.lines * 0.85 + 1.0;
    }
}
