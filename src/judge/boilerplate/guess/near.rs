//! What the first look wants of the lines before and after.

use crate::judge::boilerplate::columns::{Column, Page};
use crate::judge::boilerplate::page::places;

/// Fills three columns: wanted words near by and further off, and the wanted share of the lines near by, of what is
/// passed before each line in such an `order`. `masses` are the lines' wanted words.
pub(super) fn fill(
    page: &mut Page,
    [near, far, part]: [Column; 3],
    [masses, wanted]: [&[f32]; 2],
    order: impl Iterator<Item = usize>,
    rows: &mut Vec<f32>,
) {
    let n = wanted.len();
    rows.resize(4 * n, 0.0);
    let mut passed = Passed::default();
    for i in order {
        let values = [passed.near, passed.far, passed.wanted, passed.lines];
        places::write(rows, n, i, values);
        if let Some((mass, p)) = masses.get(i).zip(wanted.get(i)) {
            passed.pass(*mass, *p);
        }
    }
    let (masses, shares) = rows.split_at(2 * n);
    let (near_by, far_off) = masses.split_at(n);
    page.set_octaves(near, near_by);
    page.set_octaves(far, far_off);
    let (wanted, lines) = shares.split_at(n);
    page.set_parts(part, wanted, lines);
}

/// What has been passed, fading with the lines.
#[derive(Default)]
struct Passed {
    near: f32,
    far: f32,
    wanted: f32,
    lines: f32,
}

impl Passed {
    #[inline(always)]
    fn pass(&mut self, mass: f32, p: f32) {
        self.near = self.near * 0.7 + mass;
        self.far = self.far * 0.95 + mass;
        self.wanted = self.wanted * 0.85 + p;
        self.lines = self.lines * 0.85 + 1.0;
    }
}
