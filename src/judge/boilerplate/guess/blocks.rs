//! The stretches that a line stands in, by what the first look says of them.

use super::{Line, cell, mass};
use crate::judge::boilerplate::columns::{Column, Page, octaves, share};

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
        let head = i.checked_sub(1).map_or(0, |head| page.get(Guess, head));
        for (column, value) in [
            (LikeRun, octaves((end - i) as f32)),
            (GuessLikeRun, cell(sum / (end - i) as f32)),
            (GuessLikeHead, head),
        ] {
            page.fill(column, i..end, value);
        }
        i = end;
    }
}

/// So many lines in a row that are not wanted part two blocks.
const GAP: usize = 4;

/// Blocks of wanted lines, small gaps among them.
pub(super) fn wanted(lines: &[Line], wanted: &[f32], page: &mut Page) {
    use Column::*;
    let n = lines.len();
    let guess = |i: usize| wanted.get(i).copied().unwrap_or(0.0);
    let units = |i: usize| lines.get(i).map_or(0.0, |l| mass(l.units));
    let total: f32 = (0..n).map(|i| guess(i) * units(i)).sum();
    let (mut i, mut blocks) = (0, 0);
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
            (GuessBlockShare, share(mass, total)),
            (GuessBlockSure, share(mass, all)),
            (GuessBlocksBefore, octaves(blocks as f32)),
        ] {
            page.fill(column, i..end, value);
        }
        blocks += (end > i) as u32;
        i = end;
    }
}
