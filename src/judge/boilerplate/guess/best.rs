//! The stretch of lines that is worth most, and what it would cost to have a line in it.

use super::Line;
use crate::judge::boilerplate::columns::{Column, Page, share};
use crate::judge::boilerplate::decide::worth;
use crate::judge::boilerplate::line::mass;
use crate::judge::boilerplate::page::to_stretch;

/// Rounding: stretches that differ by less are one.
const SAME: f32 = 1e-3;

/// Fills the columns of the best stretch (the subsequence of largest sum, by Kadane's algorithm from both ends).
pub(super) fn fill(lines: &[Line], wanted: &[f32], with: &mut Vec<f32>, page: &mut Page) {
    use Column::*;
    let worth = |(line, p): (&Line, &f32)| worth(*p, line.units);
    // What the best stretch is worth that ends at each line; then, the best that goes on from it put to it.
    with.clear();
    with.extend(lines.iter().zip(wanted).scan(0.0f32, |sum, line| {
        *sum = sum.max(0.0) + worth(line);
        Some(*sum)
    }));
    let mut after = 0.0f32;
    for (with, line) in with.iter_mut().zip(lines.iter().zip(wanted)).rev() {
        *with += after.max(0.0);
        after = after.max(0.0) + worth(line);
    }
    let best = with.iter().copied().fold(f32::MIN, f32::max);
    let within = |with: &f32| *with >= best - SAME;
    let start = with.iter().position(within).unwrap_or(0);
    let end = start + with.iter().skip(start).take_while(|w| within(w)).count();
    let (mut total, mut inside) = (0.0, 0.0);
    for (i, (line, p)) in lines.iter().zip(wanted).enumerate() {
        let wanted = p * mass(line.units);
        total += wanted;
        inside += if (start..end).contains(&i) {
            wanted
        } else {
            0.0
        };
    }
    page.column(GuessBestShare).fill(share(inside, total));
    with.iter_mut().for_each(|with| *with = best - *with);
    page.set_octaves(GuessJoin, with);
    page.set_shares(GuessJoinShare, with, best.max(1.0));
    to_stretch(page, GuessToBest, start, end.max(1) - 1, with);
}
