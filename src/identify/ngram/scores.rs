//! Evidence for each language of a script, in steps of the group's scale.

use super::table::Group;
use super::words::Word;

/// Sums of weights, one per label of a group.
#[derive(Clone)]
pub struct Scores {
    /// Steps of evidence per label, without the prior.
    pub sums: [i32; 256],
    /// Words added.
    pub words: u32,
    /// Words of which nothing is known.
    pub unknown: u32,
}

impl Default for Scores {
    fn default() -> Self {
        Scores {
            sums: [0; 256],
            words: 0,
            unknown: 0,
        }
    }
}

#[inline(always)]
fn add_row(sums: &mut [i32; 256], row: &[u8]) {
    for pair in row.chunks_exact(2) {
        sums[pair[0] as usize] += (pair[1] as i8) as i32;
    }
}

impl Scores {
    /// Back to nothing.
    pub fn clear(&mut self) {
        *self = Scores::default();
    }

    /// Adds what a word says: the row of the whole word where the table has it, else those of its n-grams.
    #[inline]
    pub fn add(&mut self, group: &Group<'_>, word: &Word) {
        self.words += 1;
        let row = group.row(word.whole());
        if !row.is_empty() {
            add_row(&mut self.sums, row);
            return;
        }
        let mut found = 0;
        for order in group.min_order..=group.max_order {
            let (from, to) = if order == 1 {
                (1, word.units + 1)
            } else {
                (0, word.grams(order))
            };
            for at in from..to {
                let row = group.row(word.gram(order, at));
                found += !row.is_empty() as u32;
                add_row(&mut self.sums, row);
            }
        }
        self.unknown += (found == 0) as u32;
    }
}
