//! Evidence for each language of a script, in steps of the group's scale.

use std::ops::Range;

use multiversion::multiversion;

use super::table::{Group, LONGEST_ROW, Place, Table};
use super::words::Word;

pub use super::standing::exp;

/// The sum of a label that may not be answered: far below what words can make good.
pub const OUT: i32 = i32::MIN / 4;

/// Labels that are compared together.
pub(super) const LANES: usize = 16;

/// Sums of weights, one per label of a group.
#[derive(Clone)]
pub struct Scores {
    /// Steps of evidence per label; on top of the prior after [`Scores::open`].
    pub sums: [i32; 256],
    /// Words added.
    pub words: u32,
    /// N-grams asked for.
    pub asked: u32,
    /// N-grams that the table has.
    pub found: u32,
    /// How many of the sums may be in the running.
    pub(super) lanes: usize,
}

impl Default for Scores {
    fn default() -> Self {
        Scores {
            sums: [0; 256],
            words: 0,
            asked: 0,
            found: 0,
            lanes: 256,
        }
    }
}

/// Room for the places of a word's n-grams and for their rows; it need not be cleared between words.
pub struct Places {
    pub(super) at: [Place; MAX_PLACES],
    pub(super) rows: Rows,
}

impl Default for Places {
    fn default() -> Self {
        Places {
            at: [Place::default(); MAX_PLACES],
            rows: Rows {
                bytes: [0; BATCH * LONGEST_ROW],
                used: 0,
            },
        }
    }
}

/// Places that n-grams have in the longest word: three orders and the word's edges. Those of a fourth order that find
/// no room are left out, which the last letters of words of 35 letters and more would notice.
pub const MAX_PLACES: usize = 160;

impl Scores {
    /// Back to nothing.
    #[inline]
    pub fn clear(&mut self) {
        self.sums.fill(0);
        self.words = 0;
        self.asked = 0;
        self.found = 0;
        self.lanes = 256;
    }

    /// Back to the priors of a group of so many labels; labels that it does not have are out of the running.
    #[inline]
    pub fn open(&mut self, priors: &[i32; 256], count: usize) {
        self.words = 0;
        self.asked = 0;
        self.found = 0;
        self.sums = *priors;
        self.lanes = count.next_multiple_of(LANES).clamp(LANES, 256);
    }

    /// Adds a row of (label, weight) pairs.
    #[inline(always)]
    pub fn add_row(&mut self, row: &[u8]) {
        let mut add = |label: u8, weight: u8| self.sums[label as usize] += i32::from(weight as i8);
        let (fours, rest) = row.as_chunks::<8>();
        for f in fours {
            add(f[0], f[1]);
            add(f[2], f[3]);
            add(f[4], f[5]);
            add(f[6], f[7]);
        }
        for &[label, weight] in rest.as_chunks().0 {
            add(label, weight);
        }
    }

    /// Adds what a word's n-grams say. Each step is taken for many n-grams before the next, so that the reads of memory
    /// overlap: none waits for what another one says.
    pub fn add_grams(&mut self, group: &Group<'_>, word: &Word, places: &mut Places) {
        add_grams(self, group, word, places);
    }
}

/// [`Scores::add_grams`], for which `multiversion` takes no `self`.
#[multiversion(targets("x86_64+avx2+bmi1+bmi2"))]
fn add_grams(scores: &mut Scores, group: &Group<'_>, word: &Word, places: &mut Places) {
    let table = &group.grams;
    let Places { at, rows } = places;
    let mut hashes = [0; MAX_PLACES];
    let mut used = 0;
    for order in group.min_order..=group.max_order {
        let grams = word.hashes(order);
        scores.asked += grams.len() as u32;
        for (slot, hash) in hashes.iter_mut().skip(used).zip(grams) {
            *slot = hash;
            table.expect(hash);
            used += 1;
        }
    }
    let mut passed = 0;
    for hash in hashes.iter().take(used) {
        let (place, passes) = table.place(*hash);
        at[passed] = place;
        passed += usize::from(passes);
    }
    let mut found = 0;
    let mut ranges = [(0u32, 0u32); BATCH];
    for places in at.get(..passed).unwrap_or(&[]).chunks(BATCH) {
        let mut slots = ranges.iter_mut();
        table.ranges(places, |range| {
            table.expect_row(&range);
            if let Some(slot) = slots.next() {
                *slot = (range.start as u32, range.end as u32);
            }
        });
        rows.clear();
        for (from, to) in ranges.iter().take(places.len()) {
            found += (to > from) as u32;
            rows.lay(table, *from as usize..*to as usize);
        }
        scores.add_row(rows.pairs());
    }
    scores.found += found;
}

/// Rows of a table one behind the other: where one ends and the next begins need not be guessed.
pub(super) struct Rows {
    bytes: [u8; BATCH * LONGEST_ROW],
    used: usize,
}

impl Rows {
    /// None so far.
    #[inline(always)]
    pub fn clear(&mut self) {
        self.used = 0;
    }

    /// Lays down a row by its bytes; there is room for [`BATCH`] of them.
    #[inline(always)]
    pub fn lay(&mut self, table: &Table<'_>, row: Range<usize>) {
        let size = row.len();
        // As many bytes as the longest row has are copied, whatever the row's size: no loop, and nothing to guess.
        let from = table
            .bytes(row.start..row.start + LONGEST_ROW)
            .first_chunk();
        let to = self
            .bytes
            .get_mut(self.used..)
            .and_then(<[u8]>::first_chunk_mut);
        match (from, to) {
            (Some(from), Some(to)) => {
                let to: &mut [u8; LONGEST_ROW] = to;
                *to = *from;
            }
            // At the table's end.
            _ => {
                let to = self.bytes.get_mut(self.used..self.used + size);
                let from = table.bytes(row);
                if let Some(to) = to.filter(|to| to.len() == from.len()) {
                    to.copy_from_slice(from);
                }
            }
        }
        self.used += size;
    }

    /// The rows' pairs.
    #[inline(always)]
    pub fn pairs(&self) -> &[u8] {
        self.bytes.get(..self.used).unwrap_or(&[])
    }
}

/// N-grams that are looked for at once.
const BATCH: usize = 32;
