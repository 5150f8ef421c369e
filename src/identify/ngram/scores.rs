//! Evidence for each language of a script, in steps of the group's scale.

use super::table::{Group, Place, passes};
use super::words::Word;

/// The sum of a label that may not be answered: far below what words can make good.
pub const OUT: i32 = i32::MIN / 4;

/// e^x, within a ten-thousandth, alike on every machine.
#[inline(always)]
pub fn exp(x: f32) -> f32 {
    let x = if x > -80.0 { x } else { -80.0 };
    let x = if x < 80.0 { x } else { 80.0 } * std::f32::consts::LOG2_E;
    // Adding 1.5 * 2^23 rounds to an integer.
    let n = (x + 12_582_912.0) - 12_582_912.0;
    let f = x - n;
    let p = 1.0
        + f * (std::f32::consts::LN_2
            + f * (0.240_226_5 + f * (0.055_504_1 + f * (0.009_618_1 + f * 0.001_333_4))));
    p * f32::from_bits(((n as i32 + 127) as u32) << 23)
}

/// Sums of weights, one per label of a group.
#[derive(Clone)]
pub struct Scores {
    /// Steps of evidence per label; on top of the prior after [`Scores::open`].
    pub sums: [i32; 256],
    /// Words added.
    pub words: u32,
    /// Words of which nothing is known.
    pub unknown: u32,
    /// N-grams asked for.
    pub asked: u32,
    /// N-grams that the table has.
    pub found: u32,
}

impl Default for Scores {
    fn default() -> Self {
        Scores {
            sums: [0; 256],
            words: 0,
            unknown: 0,
            asked: 0,
            found: 0,
        }
    }
}

/// Room for the places of a word's n-grams; it need not be cleared between words.
pub type Places = [Place; MAX_PLACES];

/// Places that n-grams have in the longest word: three orders and the word's edges. Those of a fourth order that find
/// no room are left out, which the last letters of words of 35 letters and more would notice.
pub const MAX_PLACES: usize = 160;

impl Scores {
    /// Back to nothing.
    #[inline]
    pub fn clear(&mut self) {
        self.sums.fill(0);
        self.words = 0;
        self.unknown = 0;
        self.asked = 0;
        self.found = 0;
    }

    /// Back to the priors of a group; labels that it does not have are out of the running.
    #[inline]
    pub fn open(&mut self, group: &Group<'_>) {
        self.words = 0;
        self.unknown = 0;
        self.asked = 0;
        self.found = 0;
        self.sums.fill(OUT);
        for (sum, b) in self.sums.iter_mut().zip(group.biases().chunks_exact(2)) {
            *sum = i16::from_le_bytes([b[0], b[1]]) as i32;
        }
    }

    /// The label with the highest sum, and the sum.
    #[inline]
    pub fn best(&self) -> (usize, i32) {
        let top = self.top();
        // Without a way out of the loop it runs many labels at a time.
        let mut at = 0;
        for (i, &s) in self.sums.iter().enumerate() {
            at = if s == top { i as u32 } else { at };
        }
        (at as usize, top)
    }

    /// Whether the highest sum is at least so many steps above all others.
    #[inline]
    pub fn leads_by(&self, steps: i32) -> bool {
        let least = self.top() - steps;
        self.sums.iter().map(|&s| (s > least) as u32).sum::<u32>() <= 1
    }

    #[inline(always)]
    fn top(&self) -> i32 {
        self.sums.iter().copied().fold(OUT, i32::max)
    }

    /// The odds of all other labels against the best, a step being worth `step` nats.
    #[inline]
    pub fn rivals(&self, step: f32) -> f32 {
        let top = self.top();
        // Below e^-14 a rival is not heard, nor are 255 of them.
        let least = top - (14.0 / step.max(1e-3)) as i32;
        let mut odds = 0.0f32;
        // Most labels are far behind: eight are passed over at a time.
        let (lanes, _) = self.sums.as_chunks::<8>();
        for lane in lanes {
            if lane.iter().copied().fold(OUT, i32::max) > least {
                for &s in lane.iter().filter(|&&s| s > least) {
                    odds += exp((s - top) as f32 * step);
                }
            }
        }
        odds - 1.0
    }

    /// Adds a row of (label, weight) pairs.
    #[inline(always)]
    pub fn add_row(&mut self, row: &[u8]) {
        for &[label, weight] in row.as_chunks().0 {
            self.sums[label as usize] += i32::from(weight as i8);
        }
    }

    /// Adds what a word says: the row of the whole word where the table has it, else those of its n-grams. True where it
    /// has the whole word.
    #[inline]
    pub fn add(&mut self, group: &Group<'_>, word: &Word, places: &mut Places) -> bool {
        self.words += 1;
        let row = group.words.row(word.whole());
        if row.is_empty() {
            self.add_grams(group, word, places);
            false
        } else {
            self.add_row(row);
            true
        }
    }

    /// Adds what a word's n-grams say. Each step is taken for many n-grams before the next, so that the reads of memory
    /// overlap: none waits for what another one says.
    pub fn add_grams(&mut self, group: &Group<'_>, word: &Word, places: &mut Places) {
        let table = &group.grams;
        let mut used = 0;
        let mut batch = Batch::default();
        for order in group.min_order..=group.max_order {
            let (from, to) = if order == 1 {
                (1, word.units + 1)
            } else {
                (0, word.grams(order))
            };
            self.asked += to.saturating_sub(from) as u32;
            for at in from..to {
                let hash = word.gram(order, at);
                batch.hashes[batch.len] = (hash, table.head(hash));
                batch.len += 1;
                if batch.len == BATCH {
                    used = batch.find(group, places, used);
                }
            }
        }
        used = batch.find(group, places, used);
        let places = places.get(..used).unwrap_or(&[]);
        let mut found = 0;
        let mut rows = [(0u32, 0u32); BATCH];
        for places in places.chunks(BATCH) {
            let mut seen = 0u8;
            for (row, place) in rows.iter_mut().zip(places) {
                let range = table.row_range(place);
                // A glance at the row begins its way through the caches.
                seen ^= table
                    .bytes(range.start..range.start + 1)
                    .first()
                    .copied()
                    .unwrap_or(0);
                *row = (range.start as u32, range.end as u32);
            }
            std::hint::black_box(seen);
            for (from, to) in rows.iter().take(places.len()) {
                let row = table.bytes(*from as usize..*to as usize);
                found += !row.is_empty() as u32;
                self.add_row(row);
            }
        }
        self.found += found;
        self.unknown += (found == 0) as u32;
    }
}

/// N-grams that are looked for at once.
const BATCH: usize = 32;

/// Hashes of n-grams with the heads of their buckets.
struct Batch {
    hashes: [(u64, u64); BATCH],
    len: usize,
}

impl Default for Batch {
    fn default() -> Self {
        Batch {
            hashes: [(0, 0); BATCH],
            len: 0,
        }
    }
}

impl Batch {
    /// Puts the places of those that may be in the table behind `used` others; gives how many there are then.
    #[inline(always)]
    fn find(&mut self, group: &Group<'_>, places: &mut Places, mut used: usize) -> usize {
        let mut passed = 0;
        for i in 0..self.len {
            let (hash, head) = self.hashes[i];
            self.hashes[passed] = (hash, head);
            passed += passes(hash, head) as usize;
        }
        for &(hash, head) in &self.hashes[..passed] {
            if let Some(slot) = places.get_mut(used) {
                *slot = group.grams.place(hash, head);
                used += 1;
            }
        }
        self.len = 0;
        used
    }
}
