//! Which rows the buckets of n-grams have: all of them, none, or those that were kept when the model was pruned.

use super::error::{Error, broken};
use super::hash::{MAX_PROBES, slot, slots};
use super::reader::Reader;

/// No bucket: buckets are counted in 31 bits.
const FREE: u32 = u32::MAX;

/// From bucket to row.
pub(super) enum Buckets {
    /// Bucket `b` has row `first + b`.
    All { first: u32 },
    /// The model was pruned to words alone.
    None,
    /// The buckets that were kept.
    Some(Kept),
}

/// A table from bucket to row, and a smaller one that most absent buckets end at: n-grams are looked up more often than
/// anything else, and the large table does not stay in the nearest caches.
pub(super) struct Kept {
    /// (bucket, row) by the bucket's hash, [`FREE`] where there is none.
    table: Box<[(u32, u32)]>,
    /// A bit for each hash that a kept bucket has, [`FILTER_BITS`] times as many as the table has slots.
    filter: Box<[u64]>,
}

/// At 16 to 32 bits a kept bucket at most one absent bucket in 16 passes. lid.176 takes a quarter less time with it.
const FILTER_BITS: usize = 8;

impl Buckets {
    /// `kept` is the number of pairs that follow in the file, or -1. Memory: at most 36 bytes a pair, of which the file
    /// holds eight.
    pub(super) fn read(file: &mut Reader<'_>, kept: i64, words: u32) -> Result<Buckets, Error> {
        let kept = match kept {
            -1 => return Ok(Buckets::All { first: words }),
            0 => return Ok(Buckets::None),
            _ => usize::try_from(kept).unwrap_or(usize::MAX),
        };
        if kept > file.left() / 8 {
            return broken(format!(
                "the file ends inside its dictionary ({kept} kept buckets)"
            ));
        }
        let mut found = Kept::new(kept);
        for _ in 0..kept {
            let bucket = file.size32("kept bucket")? as u32;
            let row = file.size32("row of a kept bucket")? as u32;
            let Some(row) = row.checked_add(words) else {
                return broken("a row of the dictionary is out of range");
            };
            found.insert(bucket, row)?;
        }
        Ok(Buckets::Some(found))
    }

    /// Whether the model was pruned.
    pub(super) fn is_pruned(&self) -> bool {
        !matches!(self, Buckets::All { .. })
    }

    /// Rows that the words and these buckets reach.
    pub(super) fn rows(&self, words: usize, buckets: u32) -> usize {
        match self {
            Buckets::All { .. } => words.saturating_add(buckets as usize),
            Buckets::None => words,
            Buckets::Some(kept) => {
                let kept = kept.table.iter().filter(|(bucket, _)| *bucket != FREE);
                kept.map(|(_, row)| *row as usize + 1)
                    .max()
                    .unwrap_or(0)
                    .max(words)
            }
        }
    }

    /// The row of a bucket, if it has one.
    #[inline(always)]
    pub(super) fn row(&self, bucket: u32) -> Option<u32> {
        match self {
            Buckets::All { first } => Some(first + bucket),
            Buckets::None => None,
            Buckets::Some(kept) => kept.row(bucket),
        }
    }
}

impl Kept {
    fn new(kept: usize) -> Kept {
        let slots = slots(kept);
        Kept {
            table: vec![(FREE, 0); slots].into_boxed_slice(),
            filter: vec![0; (slots * FILTER_BITS).div_ceil(64)].into_boxed_slice(),
        }
    }

    fn insert(&mut self, bucket: u32, row: u32) -> Result<(), Error> {
        let (word, bit) = self.place(bucket);
        self.filter[word] |= bit;
        let mask = self.table.len() - 1;
        let mut at = slot(bucket, mask);
        for _ in 0..MAX_PROBES {
            let key = self.table[at].0;
            if key == FREE || key == bucket {
                self.table[at] = (bucket, row);
                return Ok(());
            }
            at = (at + 1) & mask;
        }
        broken("the kept buckets all have one hash")
    }

    #[inline(always)]
    fn row(&self, bucket: u32) -> Option<u32> {
        let (word, bit) = self.place(bucket);
        if self.filter[word] & bit == 0 {
            return None;
        }
        let mask = self.table.len() - 1;
        let mut at = slot(bucket, mask);
        loop {
            let (key, row) = self.table[at];
            if key == bucket {
                return Some(row);
            }
            if key == FREE {
                return None;
            }
            at = (at + 1) & mask;
        }
    }

    /// The word of the filter and the bit in it.
    #[inline(always)]
    fn place(&self, bucket: u32) -> (usize, u64) {
        let at = slot(bucket, self.filter.len() * 64 - 1);
        (at / 64, 1 << (at % 64))
    }
}
