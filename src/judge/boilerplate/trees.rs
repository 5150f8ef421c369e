//! Oblivious trees: one question a level, the answers' bits are the leaf. 32 lines are asked at once.

use std::ops::Range;

use super::columns::Page;
#[cfg(target_arch = "x86_64")]
use crate::simd::Avx2;

/// Questions a tree.
pub const DEPTH: usize = 6;
/// Leaves a tree.
pub const LEAVES: usize = 1 << DEPTH;
/// Bytes of a tree in a table: column, shift, threshold for each question; then the leaves, 16 bits each, low byte first.
pub const TREE_BYTES: usize = 3 * DEPTH + 2 * LEAVES;
/// A leaf's unit: so many are one nat.
pub const LEAF_UNITS: f32 = 2048.0;
/// Lines asked at once.
pub const LANES: usize = 32;

/// Memory that is used again: sums of leaves, and those of a few trees.
#[derive(Default)]
pub struct Sums {
    all: Vec<i32>,
    some: Vec<[i16; LANES]>,
}

impl Sums {
    /// The sums of the lines that were asked last, and of some behind them.
    pub fn of_lines(&self) -> &[i32] {
        &self.all
    }
}

/// Trees whose leaves are added up.
#[derive(Clone, Debug)]
pub struct Forest {
    trees: Vec<Tree>,
    /// So many trees' leaves add up to no more than 16 bits hold.
    together: usize,
}

/// A tree, read once out of its bytes.
#[derive(Clone, Debug)]
struct Tree {
    /// Column, shift, threshold: the question of the highest bit first.
    questions: [(u8, i8, i8); DEPTH],
    leaves: [i16; LEAVES],
    /// Of sixteen leaves at a time, the low bytes and the high ones.
    #[cfg(target_arch = "x86_64")]
    bytes: [[[u8; 16]; 2]; LEAVES / 16],
}

impl Tree {
    fn new(bytes: &[u8; TREE_BYTES]) -> Tree {
        let (questions, leaves) = bytes.split_at(3 * DEPTH);
        let mut tree = Tree {
            questions: [(0, 0, 0); DEPTH],
            leaves: [0; LEAVES],
            #[cfg(target_arch = "x86_64")]
            bytes: Default::default(),
        };
        let read = questions.as_chunks::<3>().0.iter().rev();
        for (to, [column, shift, above]) in tree.questions.iter_mut().zip(read) {
            *to = (*column, *shift as i8, *above as i8);
        }
        for (to, bytes) in tree.leaves.iter_mut().zip(leaves.as_chunks().0) {
            *to = i16::from_le_bytes(*bytes);
        }
        #[cfg(target_arch = "x86_64")]
        for ([low, high], leaves) in tree.bytes.iter_mut().zip(tree.leaves.as_chunks().0) {
            *low = leaves.map(|leaf: i16| leaf as u8);
            *high = leaves.map(|leaf| (leaf >> 8) as u8);
        }
        tree
    }
}

impl Forest {
    /// From the bytes that the trainer wrote.
    pub fn new(bytes: &[u8]) -> Forest {
        let trees: Vec<Tree> = bytes.as_chunks().0.iter().map(Tree::new).collect();
        let leaves = trees.iter().flat_map(|tree| &tree.leaves);
        let most = leaves.map(|leaf| leaf.unsigned_abs()).max();
        Forest {
            trees,
            together: (i16::MAX as u16 / most.unwrap_or(0).max(1)).max(1) as usize,
        }
    }

    /// Adds up the leaves of each of some lines.
    pub fn add(&self, page: &Page, lines: Range<usize>, sums: &mut Sums) {
        let asked = lines.len().next_multiple_of(LANES);
        let (values, first) = page.values(lines.start);
        sums.all.clear();
        sums.all.resize(asked, 0);
        #[cfg(target_arch = "x86_64")]
        let avx2 = Avx2::here();
        for trees in self.trees.chunks(self.together) {
            sums.some.clear();
            sums.some.resize(asked / LANES, [0; LANES]);
            for tree in trees {
                let mut questions = [(0, 0); DEPTH];
                for (to, (column, shift, above)) in questions.iter_mut().zip(&tree.questions) {
                    *to = (first(*column as usize, *shift as isize), *above);
                }
                #[cfg(target_arch = "x86_64")]
                if let Some(avx2) = avx2 {
                    avx2.add_tree(values, questions, &tree.bytes, &mut sums.some);
                    continue;
                }
                add_tree(values, questions, &tree.leaves, &mut sums.some);
            }
            for (sum, some) in sums.all.iter_mut().zip(sums.some.as_flattened()) {
                *sum += i32::from(*some);
            }
        }
    }
}

/// Asks lines a tree's questions and adds their leaves.
fn add_tree(
    values: &[i8],
    questions: [(usize, i8); DEPTH],
    leaves: &[i16; LEAVES],
    sums: &mut [[i16; LANES]],
) {
    for (i, sums) in sums.iter_mut().enumerate() {
        let mut answers = [0u8; LANES];
        for (first, above) in questions {
            let values = values.get(first + i * LANES..).unwrap_or(&[]);
            // Double, compare, add: instructions that there are for many bytes at once.
            for (bits, value) in answers.iter_mut().zip(values) {
                *bits = (*bits << 1) | (*value > above) as u8;
            }
        }
        for (sum, leaf) in sums.iter_mut().zip(answers) {
            // The mask is for the compiler: six questions cannot answer more than 63.
            *sum += leaves[leaf as usize & (LEAVES - 1)];
        }
    }
}

/// The probability that a sum of leaves says.
pub fn probability(sum: i32) -> f32 {
    1.0 / (1.0 + (-(sum as f32) / LEAF_UNITS).exp())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::judge::boilerplate::columns::{COUNT, Column};

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
            page.column(Column::Units)[i] = units;
        }
        let forest = Forest::new(&bytes);
        let mut sums = Sums::default();
        forest.add(&page, 0..3, &mut sums);
        assert_eq!(sums.of_lines()[..3], [10, 20, 10]);
        forest.add(&page, 1..3, &mut sums);
        assert_eq!(sums.of_lines()[..2], [20, 10]);
        assert!((probability(0) - 0.5).abs() < 1e-6 && probability(LEAF_UNITS as i32 * 4) > 0.98);
    }

    proptest! {
        #[test]
        fn trees_add_the_same_on_any_processor(
            trees in prop::collection::vec(
                (prop::array::uniform6((0..COUNT as u8, -8..=8i8, -1..127i8)), any::<[i16; LEAVES]>()),
                1..20,
            ),
            lines in 1..100usize,
            start in 0..100usize,
            seed in any::<u64>(),
        ) {
            let mut page = Page::default();
            page.reset(lines);
            let mut number = seed;
            for column in Column::ALL {
                for value in page.column(*column) {
                    number = number.wrapping_mul(0x5851_F42D_4C95_7F2D).wrapping_add(1);
                    *value = (number >> 57) as i8;
                }
            }
            let mut bytes = Vec::new();
            for (questions, leaves) in &trees {
                bytes.extend(questions.iter().flat_map(|(c, s, t)| [*c, *s as u8, *t as u8]));
                bytes.extend(leaves.iter().flat_map(|leaf| leaf.to_le_bytes()));
            }
            let forest = Forest::new(&bytes);
            let asked = start % lines..lines;
            let mut sums = Sums::default();
            forest.add(&page, asked.clone(), &mut sums);
            let mut others = vec![0; asked.len()];
            for tree in &forest.trees {
                let (values, first) = page.values(asked.start);
                let questions = tree.questions.map(|(c, s, t)| (first(c as usize, s as isize), t));
                let mut some = vec![[0; LANES]; asked.len().div_ceil(LANES)];
                add_tree(values, questions, &tree.leaves, &mut some);
                for (sum, some) in others.iter_mut().zip(some.as_flattened()) {
                    *sum += i32::from(*some);
                }
            }
            prop_assert_eq!(&sums.of_lines()[..asked.len()], others);
        }
    }
}
