//! Oblivious trees: one question a level, the answers' bits are the leaf. Sixteen lines or more are asked at once.

use multiversion::multiversion;

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
/// Lines asked at once where a page has them: finding a question's column costs as much as asking 32 lines.
pub const WIDE: usize = 4 * LANES;

/// Trees whose leaves are added up.
#[derive(Clone, Debug)]
pub struct Forest {
    trees: Vec<Tree>,
}

/// A tree, read once out of its bytes.
#[derive(Clone, Debug)]
struct Tree {
    /// Column, shift, threshold: the question of the highest bit first.
    questions: [(u8, i8, i8); DEPTH],
    leaves: [i16; LEAVES],
}

impl Tree {
    fn new(bytes: &[u8; TREE_BYTES]) -> Tree {
        let (questions, leaves) = bytes.split_at(3 * DEPTH);
        let mut tree = Tree {
            questions: [(0, 0, 0); DEPTH],
            leaves: [0; LEAVES],
        };
        let read = questions.as_chunks::<3>().0.iter().rev();
        for (to, [column, shift, above]) in tree.questions.iter_mut().zip(read) {
            *to = (*column, *shift as i8, *above as i8);
        }
        for (to, bytes) in tree.leaves.iter_mut().zip(leaves.as_chunks().0) {
            *to = i16::from_le_bytes(*bytes);
        }
        tree
    }
}

impl Forest {
    /// From the bytes that the trainer wrote.
    pub fn new(bytes: &[u8]) -> Forest {
        Forest {
            trees: bytes.as_chunks().0.iter().map(Tree::new).collect(),
        }
    }

    /// Adds up the leaves of lines from `start` on, [`LANES`] in each block; `N` ([`LANES`], twice or four times as many)
    /// are asked at once, of which there are no more than `N`.
    pub fn add<const N: usize>(&self, page: &Page, start: usize, blocks: &mut [[i32; LANES]]) {
        for tree in &self.trees {
            let Some(answers) = answers::<N>(tree, page, start) else {
                return;
            };
            add_leaves(&tree.leaves, answers.as_chunks().0, blocks);
        }
    }
}

/// Which leaf each of `N` lines comes to. Not inlined: between the leaves' look-ups the compiler would compare the last
/// question's bytes one by one.
#[multiversion(targets("x86_64+avx2"), attrs(inline(never)))]
fn answers<const N: usize>(tree: &Tree, page: &Page, start: usize) -> Option<[u8; N]> {
    let mut leaf = [0u8; N];
    for &(column, shift, above) in &tree.questions {
        let at = (start + PAD).wrapping_add_signed(shift as isize);
        let values = page.window::<N>(column as usize, at)?;
        // Double, compare, add: instructions that there are for many bytes at once.
        for (bits, value) in leaf.iter_mut().zip(values) {
            *bits = (*bits << 1) | (*value > above) as u8;
        }
    }
    Some(leaf)
}

/// Adds a tree's leaves. Not inlined: the compiler would reckon each leaf's place in the whole forest.
#[inline(never)]
fn add_leaves(leaves: &[i16; LEAVES], answers: &[[u8; LANES]], blocks: &mut [[i32; LANES]]) {
    for (sums, answers) in blocks.iter_mut().zip(answers) {
        for (sum, leaf) in sums.iter_mut().zip(answers) {
            // The mask is for the compiler: six questions cannot answer more than 63.
            *sum += leaves[*leaf as usize & (LEAVES - 1)] as i32;
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
        let forest = Forest::new(&bytes);
        let (mut sums, mut wide) = ([[0; LANES]; 1], [[0; LANES]; 1]);
        forest.add::<LANES>(&page, 0, &mut sums);
        forest.add::<WIDE>(&page, 0, &mut wide);
        assert_eq!(sums[0][..3], [10, 20, 10]);
        assert_eq!(wide, sums);
        assert!((probability(0) - 0.5).abs() < 1e-6 && probability(LEAF_UNITS as i32 * 4) > 0.98);
    }
}
