//! Where each line stands in its page.

use super::Lines;
use crate::judge::boilerplate::columns::{Column, Page};

impl Lines {
    /// The place in the lines, the words, the prose of the page, and behind which signs of rights.
    #[inline(always)]
    pub(super) fn places(&mut self, page: &mut Page) {
        use Column::*;
        let Lines {
            lines, prose, rows, ..
        } = self;
        let n = lines.len();
        fill(rows, (0..n).map(|i| i as f32 + 0.5));
        page.set_shares(Place, rows, n as f32);
        fill(rows, (0..n).map(|i| i as f32));
        page.set_octaves(LinesBefore, rows);
        let units: f32 = lines.iter().map(|l| l.units).sum();
        fill(rows, middles(lines.iter().map(|l| l.units)));
        page.set_shares(PlaceWords, rows, units);
        fill(rows, middles(prose.iter().copied()));
        page.set_shares(PlaceProse, rows, prose.iter().sum());
        fill(rows, before(lines.iter().map(|l| l.rights as f32)));
        page.set_octaves(RightsBefore, rows);
    }
}

/// The middle of each of some lengths that are laid one behind the other.
pub fn middles(lengths: impl Iterator<Item = f32>) -> impl Iterator<Item = f32> {
    lengths.scan(0.0, |sum, length| {
        let middle = *sum + length / 2.0;
        *sum += length;
        Some(middle)
    })
}

/// The sum of the values before each.
pub(super) fn before(values: impl Iterator<Item = f32>) -> impl Iterator<Item = f32> {
    values.scan(0.0, |sum, value| {
        let before = *sum;
        *sum += value;
        Some(before)
    })
}

/// Puts values into a row in place of others.
pub fn fill(row: &mut Vec<f32>, values: impl Iterator<Item = f32>) {
    row.clear();
    row.extend(values);
}
