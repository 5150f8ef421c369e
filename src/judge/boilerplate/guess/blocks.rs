//! The stretches that a line stands in, by what the first look says of them.

use std::ops::Range;

use super::{Line, cell};
use crate::judge::boilerplate::columns::{Column, Page, octaves, share};

/// From so many words on a line is long.
const LONG: f32 = 10.0;

/// What stands on both sides: long lines, and wanted ones.
pub(super) fn between(lines: &[Line], wanted: &[f32], page: &mut Page) {
    use Column::*;
    let n = lines.len();
    let long = |i: usize| lines.get(i).is_some_and(|l| l.units >= LONG);
    let guess = |i: usize| wanted.get(i).copied().unwrap_or(0.0);
    let (mut before, mut since) = (0, 0);
    for i in 0..n {
        page.set(GuessLongBefore, i, before);
        page.set(GuessSince, i, octaves(since as f32));
        if long(i) {
            before = cell(guess(i));
        }
        since = if guess(i) > 0.5 { 0 } else { since + 1 };
    }
    let (mut after, mut until) = (0, 0);
    for i in (0..n).rev() {
        page.set(GuessLongAfter, i, after);
        page.set(GuessUntil, i, octaves(until as f32));
        if long(i) {
            after = cell(guess(i));
        }
        until = if guess(i) > 0.5 { 0 } else { until + 1 };
    }
    let mut i = 0;
    while i < n {
        let run = (i..n).take_while(|j| long(*j) == long(i)).count().max(1);
        if !long(i) {
            let sum: f32 = (i..i + run).map(guess).sum();
            let best = (i..i + run).map(guess).fold(0.0, f32::max);
            for j in i..i + run {
                page.set(GuessShortRun, j, cell(sum / run as f32));
                page.set(GuessShortBest, j, cell(best));
            }
        }
        i += run;
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
        let mean = cell(sum / (end - i) as f32);
        let head = match i.checked_sub(1) {
            Some(h) => (page.get(Guess, h), page.get(Follow, h)),
            None => (0, 0),
        };
        for j in i..end {
            page.set(LikeRun, j, octaves((end - i) as f32));
            page.set(LikePlace, j, octaves((j - i) as f32));
            page.set(GuessLikeRun, j, mean);
            page.set(GuessLikeHead, j, head.0);
            page.set(FollowLikeHead, j, head.1);
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
    let units = |i: usize| lines.get(i).map_or(0.0, |l| (l.units + 0.5).min(400.0));
    let total: f32 = (0..n).map(|i| guess(i) * units(i)).sum();
    let (mut i, mut blocks) = (0, 0);
    let (mut main, mut most) = (0..0, 0.0);
    while i < n {
        // A gap: up to the next line that is wanted.
        let gap = (i..n).take_while(|j| guess(*j) <= 0.5).count();
        for j in i..i + gap {
            page.set(GuessBlocksBefore, j, octaves(blocks as f32));
        }
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
        for j in i..end {
            page.set(GuessBlock, j, octaves(mass));
            page.set(GuessBlockShare, j, share(mass, total));
            page.set(GuessBlockSure, j, share(mass, all));
            page.set(GuessBlocksBefore, j, octaves(blocks as f32));
        }
        blocks += (end > i) as u32;
        if mass > most {
            (main, most) = (i..end, mass);
        }
        i = end;
    }
    main
}
