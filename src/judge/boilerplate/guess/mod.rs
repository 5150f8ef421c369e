//! The second look's measures: what the first look said of the lines around.

mod best;
mod blocks;

use multiversion::multiversion;

use super::columns::{Column, Page, octaves, share};
use super::line::{Line, mass};
use super::page::{places, to_stretch};

/// Memory that is used again for each page.
#[derive(Default)]
pub struct Memory {
    masses: Vec<f32>,
    row: Vec<f32>,
}

/// Fills the columns from [`Column::Guess`] on: `wanted` is the first look's probability of each line.
#[multiversion(targets("x86_64+avx2+bmi1+bmi2+popcnt"))]
pub fn fill(lines: &[Line], wanted: &[f32], memory: &mut Memory, page: &mut Page) {
    use Column::*;
    let Memory { masses, row } = memory;
    let wanted_mass = |(line, p): (&Line, &f32)| mass(line.units) * p;
    places::fill(masses, lines.iter().zip(wanted).map(wanted_mass));
    let all: f32 = lines.iter().map(|l| l.units + 0.5).sum();
    let total: f32 = masses.iter().sum();
    for (to, p) in page.column(Guess).iter_mut().zip(wanted) {
        *to = cell(*p);
    }
    places::fill(row, places::middles(masses.iter().copied()));
    page.set_shares(GuessPlace, row, total);
    runs(lines, wanted, row, page);
    alike(wanted, page);
    blocks::like_runs(wanted, page);
    best::fill(lines, wanted, row, page);
    blocks::wanted(lines, wanted, page);
    page.column(GuessPage).fill(octaves(total));
    page.column(GuessPageShare).fill(share(total, all));
    let sure: f32 = masses.iter().zip(wanted).map(|(mass, p)| mass * p).sum();
    page.column(GuessSure).fill(share(sure, total));
}

/// Runs of one verdict, and the wanted one with most words.
fn runs(lines: &[Line], wanted: &[f32], row: &mut Vec<f32>, page: &mut Page) {
    use Column::*;
    let (mut start, mut best) = (0, (-1.0, 0, 0));
    for run in wanted.chunk_by(|a, b| (*a > 0.5) == (*b > 0.5)) {
        let of = start..start + run.len();
        let units: f32 = lines
            .iter()
            .skip(start)
            .take(run.len())
            .map(|l| l.units)
            .sum();
        page.fill(GuessRun, of.clone(), octaves(run.len() as f32));
        page.fill(GuessRunUnits, of.clone(), octaves(units));
        if run.first().is_some_and(|p| *p > 0.5) && units > best.0 {
            best = (units, start, of.end - 1);
        }
        start = of.end;
    }
    to_stretch(page, GuessToLargest, best.1, best.2, row);
}

/// A guess as a column value.
fn cell(p: f32) -> i8 {
    (p * 126.0) as i8 + 1
}

/// Slots for the looks of lines; a clash only blurs a measure.
const SHAPES: usize = 512;

/// Lines that look alike (length, first and last character): the mean guess among those near by.
fn alike(wanted: &[f32], page: &mut Page) {
    use Column::*;
    let [to, units, first, last] = page.several([GuessAlike, Units, First, Last]);
    let shapes = units.iter().zip(first.iter().zip(last.iter()));
    let shapes = shapes.map(|(units, (first, last))| {
        ((*units as i32 / 4) * 37 + *first as i32 * 7 + *last as i32 * 101) as usize % SHAPES
    });
    let mut sums = [(0f32, 0f32); SHAPES];
    for (shape, p) in shapes.clone().zip(wanted) {
        sums[shape].0 += p;
        sums[shape].1 += 1.0;
    }
    for ((shape, own), to) in shapes.zip(wanted).zip(to) {
        let (sum, count) = sums[shape];
        *to = if count > 1.5 {
            cell((sum - own) / (count - 1.0))
        } else {
            0
        };
    }
}
