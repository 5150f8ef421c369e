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
    /// The buckets that were kept: (bucket, row) by the bucket's hash, [`FREE`] where there is none.
    Some { table: Box<[(u32, u32)]> },
}

impl Buckets {
    /// `kept` is the number of pairs that follow in the file, or -1. Memory: at most 32 bytes a pair, of which the file
    /// holds eight.
    pub(super) fn read(file: &mut Reader<'_>, kept: i64, words: u32) -> Result<Buckets, Error> {
        let kept = match kept {
            -1 => return Ok(Buckets::All { first: words }),
            0 => return Ok(Buckets::None),
            _ => usize::try_from(kept).unwrap_or(usize::MAX),
        };
        if kept > file.left() / 8 {
            return broken(format!("the file ends inside its dictionary ({kept} kept buckets)"));
        }
        let mut table = vec![(FREE, 0); slots(kept)].into_boxed_slice();
        for _ in 0..kept {
            let bucket = file.size32("kept bucket")? as u32;
            let row = file.size32("row of a kept bucket")? as u32;
            let Some(row) = row.checked_add(words) else {
                return broken("a row of the dictionary is out of range");
            };
            insert(&mut table, bucket, row)?;
        }
        Ok(Buckets::Some { table })
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
            Buckets::Some { table } => {
                let kept = table.iter().filter(|(bucket, _)| *bucket != FREE);
                kept.map(|(_, row)| *row as usize + 1).max().unwrap_or(0).max(words)
            }
        }
    }

    /// The row of a bucket, if it has one.
    #[inline(always)]
    pub(super) fn row(&self, bucket: u32) -> Option<u32> {
        match self {
            Buckets::All { first } => Some(first + bucket),
            Buckets::None => None,
            Buckets::Some { table } => {
                let mask = table.len() - 1;
                let mut at = slot(bucket, mask);
                loop {
                    let (key, row) = table[at & mask];
                    if key == bucket {
                        return Some(row);
                    }
                    if key == FREE {
                        return None;
                    }
                    at += 1;
                }
            }
        }
    }
}

fn insert(table: &mut [(u32, u32)], bucket: u32, row: u32) -> Result<(), Error> {
    let mask = table.len() - 1;
    let mut at = slot(bucket, mask);
    for _ in 0..MAX_PROBES {
        if table[at].0 == FREE || table[at].0 == bucket {
            table[at] = (bucket, row);
            return Ok(());
        }
        at = (at + 1) & mask;
    }
    broken("the kept buckets all have one hash")
}
