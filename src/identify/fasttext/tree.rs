//! The tree of hierarchical softmax: labels are leaves, and each inner node says how likely its right side is.

use super::dictionary::Label;
use super::error::{Error, broken};

/// What the reference implementation gives nodes that have no count yet: more than any real count.
const NO_COUNT: i64 = 1_000_000_000_000_000;

/// A Huffman tree over the labels' counts, built as the reference implementation builds it: node numbers are rows of
/// the output matrix.
pub(super) struct Tree {
    leaves: usize,
    /// Left and right child of each inner node; inner node `i` is node `leaves + i`, the root is the last.
    children: Vec<[u32; 2]>,
}

/// A node of the tree.
pub(super) enum Node {
    /// The label of this number.
    Leaf(usize),
    /// An inner node: its row of the output matrix, and its children.
    Inner(usize, [u32; 2]),
}

impl Tree {
    /// Memory: eight bytes a label.
    pub(super) fn new(labels: &[Label]) -> Result<Tree, Error> {
        let leaves = labels.len();
        let mut children: Vec<[u32; 2]> = Vec::with_capacity(leaves - 1);
        let mut sums: Vec<i64> = Vec::with_capacity(leaves - 1);
        // Leaves are taken from the rarest on, inner nodes from the first on.
        let mut leaves_left = leaves;
        let mut inner_taken = 0;
        for _ in 1..leaves {
            let mut pair = [0; 2];
            let mut sum = 0_i64;
            for child in &mut pair {
                let inner = sums.get(inner_taken).copied();
                let leaf = leaves_left.checked_sub(1).map(|i| labels[i].count);
                match (leaf, inner) {
                    (Some(count), _) if count < inner.unwrap_or(NO_COUNT) => {
                        leaves_left -= 1;
                        *child = leaves_left as u32;
                        sum = sum.saturating_add(count);
                    }
                    (_, Some(count)) => {
                        *child = (leaves + inner_taken) as u32;
                        inner_taken += 1;
                        sum = sum.saturating_add(count);
                    }
                    _ => return broken("the counts of its labels make no tree"),
                }
            }
            children.push(pair);
            sums.push(sum);
        }
        Ok(Tree { leaves, children })
    }

    pub(super) fn root(&self) -> u32 {
        (self.leaves + self.children.len() - 1) as u32
    }

    pub(super) fn node(&self, number: u32) -> Node {
        let number = number as usize;
        match number.checked_sub(self.leaves) {
            Some(inner) => Node::Inner(inner, self.children[inner]),
            None => Node::Leaf(number),
        }
    }
}
