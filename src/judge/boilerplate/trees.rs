//! Oblivious trees: one question a level, the answers' bits are the leaf. Sixteen lines are asked at once.

use super::columns::{PAD, Page};

/// Questions a tree.
pub const DEPTH: usize = 6;
/// Leaves a tree.
pub const LEAVES: usize = 1 << DEPTH;
/// Bytes of a tree in a table: column, shift, threshold for each question; then the leaves, 16 bits each, low byte first.
pub const TREE_BYTES: usize = 3 * DEPTH + 2 * LEAVES;
/// A leaf's unit: so many are one nat.
pub const LEAF_UNITS: f32 = 2048.0;
/// Lines asked at once.
pub const LANES: usize = 16;

/// Trees whose leaves are added up.
#[derive(Clone, Copy, Debug)]
pub struct Forest<'a> {
    trees: &'a [[u8; TREE_BYTES]],
}

impl<'a> Forest<'a> {
    /// From the bytes that the trainer wrote.
    pub fn new(bytes: &'a [u8]) -> Forest<'a> {
        Forest {
            trees: bytes.as_chunks().0,
        }
    }

    /// Adds up the leaves of [`LANES`] lines from `start` on.
    pub fn add(&self, page: &Page, start: usize, sums: &mut [i32; LANES]) {
        for tree in self.trees {
            let (questions, leaves) = tree.split_at(3 * DEPTH);
            let mut leaf = [0u8; LANES];
            for (level, question) in questions.as_chunks::<3>().0.iter().enumerate() {
                let [column, shift, above] = *question;
                let at = (start + PAD).wrapping_add_signed(shift as i8 as isize);
                let Some(values) = page.window::<LANES>(column as usize, at) else {
                    return;
                };
                // Compare, mask, or: instructions that there are for sixteen bytes at once.
                let bit = 1u8 << level;
                for (bits, value) in leaf.iter_mut().zip(values) {
                    *bits |= if *value > above as i8 { bit } else { 0 };
                }
            }
            let (leaves, _) = leaves.as_chunks::<2>();
            let Some(leaves) = leaves.first_chunk::<LEAVES>() else {
                return;
            };
            for (sum, leaf) in sums.iter_mut().zip(leaf) {
                // The mask is for the compiler: six questions cannot answer more than 63.
                *sum += i16::from_le_bytes(leaves[leaf as usize & (LEAVES - 1)]) as i32;
            }
        }
    }
}

/// The probability that a sum of leaves says.
pub fn probability(sum: i32) -> f32 {
    1.0 / (1.0 + (-(sum as f32) / LEAF_UNITS).exp())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::judge::boilerplate::columns::Column;

    #[test]
    fn a_tree_asks_the_neighbours_and_adds_its_leaf() {
        // Is this line longer than 8, and is the one before it longer than 3? Four more questions say no.
        let mut bytes = vec![
            Column::Units as u8,
            0,
            8,
            Column::Units as u8,
            -1i8 as u8,
            3,
        ];
        bytes.extend([0u8, 0, 127].repeat(4));
        for leaf in 0..LEAVES as i16 {
            bytes.extend((leaf * 10).to_le_bytes());
        }
        let mut page = Page::default();
        page.reset(3);
        for (i, units) in [9, 2, 20].into_iter().enumerate() {
            page.set(Column::Units, i, units);
        }
        let mut sums = [0; LANES];
        Forest::new(&bytes).add(&page, 0, &mut sums);
        assert_eq!(sums[..3], [10, 20, 10]);
        assert!((probability(0) - 0.5).abs() < 1e-6 && probability(LEAF_UNITS as i32 * 4) > 0.98);
    }
}
