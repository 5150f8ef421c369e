//! The stretches that a line stands in, by what the first look says of them.

use std::ops::Range;

use super::{Line, cell, mass};
use crate::judge::boilerplate::columns::{Column, Page, octaves, share};

/// From so many words on a line is long.
const LONG: f32 = 10.0;

/// What stands on both sides: long lines, and wanted ones.
pub(super) fn between(lines: &[Line], wanted: &[f32], page: &mut Page) {
    use Column::*;
    let long = |line: &Line| line.units >= LONG;
    let passed = || lines.iter().zip(wanted);
    let [long_before, since, long_after, until] =
        page.several([GuessLongBefore, GuessSince, GuessLongAfter, GuessUntil]);
    passing(long_before.iter_mut().zip(since).zip(passed()));
    passing(long_after.iter_mut().zip(until).zip(passed()).rev());
    let mut start = 0;
    for run in lines.chunk_by(|a, b| long(a) == long(b)) {
        let of = start..start + run.len();
        start = of.end;
        if run.first().is_some_and(long) {
            continue;
        }
        let guesses = wanted.get(of.clone()).unwrap_or(&[]);
        let sum: f32 = guesses.iter().sum();
        let best = guesses.iter().copied().fold(0.0, f32::max);
        page.fill(GuessShortRun, of.clone(), cell(sum / run.len() as f32));
        page.fill(GuessShortBest, of, cell(best));
    }
}

/// Tells each of some lines, in the order in which they are passed, the guess of the last long one and how many there
/// were since the last wanted one.
fn passing<'a>(lines: impl Iterator<Item = ((&'a mut i8, &'a mut i8), (&'a Line, &'a f32))>) {
    let (mut last, mut since) = (0, 0);
    for ((to_last, to_since), (line, p)) in lines {
        *to_last = last;
        *to_since = octaves(since as f32);
        if line.units >= LONG {
            last = cell(*p);
        }
        since = if *p > 0.5 { 0 } else { since + 1 };
    }
}

/// Runs of lines of about one length, as of a list or table, and the line before them.
pub(super) fn like_runs(wanted: &[f32], page: &mut Page) {
    use Column::*;
    let n = wanted.len();
    let mut i = 0;
    while i < n {
        let units = page.get(Units, i);
        let (mut low, mut high, mut end) = (units, units, i + 1);
        while end < n {
            let u = page.get(Units, end);
            (low, high) = (low.min(u), high.max(u));
            if high - low > 5 {
                break;
            }
            end += 1;
        }
        let sum: f32 = wanted.iter().skip(i).take(end - i).sum();
        let head = |column| i.checked_sub(1).map_or(0, |head| page.get(column, head));
        let [guess, follow] = [head(Guess), head(Follow)];
        for (column, value) in [
            (LikeRun, octaves((end - i) as f32)),
            (GuessLikeRun, cell(sum / (end - i) as f32)),
            (GuessLikeHead, guess),
            (FollowLikeHead, follow),
        ] {
            page.fill(column, i..end, value);
        }
        for j in i..end {
            page.set(LikePlace, j, octaves((j - i) as f32));
        }
        i = end;
    }
}

/// So many lines in a row that are not wanted part two blocks.
const GAP: usize = 4;

/// Blocks of wanted lines, small gaps among them; gives the one with most wanted words.
pub(super) fn wanted(lines: &[Line], wanted: &[f32], page: &mut Page) -> Range<usize> {
    use Column::*;
    let n = lines.len();
    let guess = |i: usize| wanted.get(i).copied().unwrap_or(0.0);
    let units = |i: usize| lines.get(i).map_or(0.0, |l| mass(l.units));
    let total: f32 = (0..n).map(|i| guess(i) * units(i)).sum();
    let (mut i, mut blocks) = (0, 0);
    let (mut main, mut most) = (0..0, 0.0);
    while i < n {
        // A gap: up to the next line that is wanted.
        let gap = (i..n).take_while(|j| guess(*j) <= 0.5).count();
        page.fill(GuessBlocksBefore, i..i + gap, octaves(blocks as f32));
        i += gap;
        let (mut end, mut j) = (i, i);
        while j < n && j - end < GAP {
            if guess(j) > 0.5 {
                end = j + 1;
            }
            j += 1;
        }
        let mass: f32 = (i..end).map(|j| guess(j) * units(j)).sum();
        let all: f32 = (i..end).map(units).sum();
        for (column, value) in [
            (GuessBlock, octaves(mass)),
            (GuessBlockShare, share(mass, total)),
            (GuessBlockSure, share(mass, all)),
            (GuessBlocksBefore, octaves(blocks as f32)),
        ] {
            page.fill(column, i..end, value);
        }
        blocks += (end > i) as u32;
        if mass > most {
            (main, most) = (i..end, mass);
        }
        i = end;
    }
    main
}
