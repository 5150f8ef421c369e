//! The table of n-grams, read in place from bytes.
//!
//! ```text
//! "cfng" | version u8, groups u8, 2 bytes 0 | groups x header (52 bytes) | sections
//! header: script u8, min order u8, max order u8, 0 | labels u32 | nats per step f32 | labels at u32 | bias at u32
//!         | whole words, then n-grams: buckets u32, heads at u32, data at u32, data end u32
//! labels: 8 bytes each (`spa_Latn`)        bias: i16 each, in steps
//! heads: u64 a bucket: 22 bits where it begins in data (in units of 2 bytes), 6 bits how many features, 36 bits of
//!        filter: bit (hash >> 12) mod 36 is set for each of its features
//! bucket: count x u16 (12 bits of the hash, 4 bits row length code) | rows of (label u8, weight i8)
//! ```
//! Most n-grams of a word are in no table; the filter says so from the heads alone, which stay in the cache.
//! All numbers are little-endian. A byte that is wrong gives a wrong score, never a panic.

use std::ops::Range;

#[cfg(target_arch = "x86_64")]
use crate::simd::Avx2;
use crate::simd::expect;

/// Row lengths that the 4 bits can say.
pub const ROW_LENGTHS: [usize; 16] = [1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 17, 20, 24, 32, 48];

/// The same in bytes.
const ROW_BYTES: [u8; 16] = {
    let mut bytes = [0; 16];
    let mut code = 0;
    while code < bytes.len() {
        bytes[code] = 2 * ROW_LENGTHS[code] as u8;
        code += 1;
    }
    bytes
};

/// Bytes of the longest row.
pub const LONGEST_ROW: usize = 2 * ROW_LENGTHS[15];

/// Bytes of a group's header.
pub const HEADER: usize = 52;
/// Before the headers.
pub const PREAMBLE: usize = 8;
/// What the table begins with.
pub const MAGIC: &[u8; 5] = b"cfng\x03";

/// Labels a group may have: a label is a byte.
pub const MAX_LABELS: usize = 256;

/// The n-grams of one script.
#[derive(Clone, Copy)]
pub struct Group<'a> {
    /// Script number.
    pub script: u8,
    /// Shortest n-gram looked up.
    pub min_order: usize,
    /// Longest n-gram looked up.
    pub max_order: usize,
    /// Nats a step of weight.
    pub step: f32,
    /// How many labels.
    pub count: usize,
    labels: &'a [u8],
    bias: &'a [u8],
    /// Whole words.
    pub words: Table<'a>,
    /// N-grams.
    pub grams: Table<'a>,
}

/// Rows by hash. Words and n-grams lie apart, so that the words, which are asked most, are close together.
#[derive(Clone, Copy)]
pub struct Table<'a> {
    buckets: u64,
    heads: &'a [u8],
    data: &'a [u8],
}

fn u32_at(bytes: &[u8], at: usize) -> Option<usize> {
    let b = bytes.get(at..at + 4)?;
    Some(u32::from_le_bytes([b[0], b[1], b[2], b[3]]) as usize)
}

impl<'a> Group<'a> {
    fn read(bytes: &'a [u8], at: usize) -> Option<Group<'a>> {
        let h = bytes.get(at..at + HEADER)?;
        let count = u32_at(h, 4)?;
        let step = f32::from_bits(u32_at(h, 8)? as u32);
        let (labels, bias) = (u32_at(h, 12)?, u32_at(h, 16)?);
        if count > MAX_LABELS {
            return None;
        }
        Some(Group {
            script: h[0],
            min_order: h[1] as usize,
            max_order: (h[2] as usize).min(super::words::MAX_ORDER),
            step,
            count,
            labels: bytes.get(labels..labels.checked_add(count * 8)?)?,
            bias: bytes.get(bias..bias.checked_add(count * 2)?)?,
            words: Table::read(bytes, h, 20)?,
            grams: Table::read(bytes, h, 36)?,
        })
    }

    /// The label's name, `spa_Latn`.
    pub fn label(&self, i: usize) -> &'a str {
        self.labels
            .get(i * 8..i * 8 + 8)
            .and_then(|b| std::str::from_utf8(b).ok())
            .unwrap_or("und_Zyyy")
    }

    /// The label's prior, in steps.
    #[inline(always)]
    pub fn bias(&self, i: usize) -> i32 {
        self.bias
            .get(i * 2..i * 2 + 2)
            .map_or(0, |b| i16::from_le_bytes([b[0], b[1]]) as i32)
    }
}

impl<'a> Table<'a> {
    fn read(bytes: &'a [u8], header: &[u8], at: usize) -> Option<Table<'a>> {
        let (buckets, heads) = (u32_at(header, at)?, u32_at(header, at + 4)?);
        let (data, end) = (u32_at(header, at + 8)?, u32_at(header, at + 12)?);
        Some(Table {
            buckets: buckets as u64,
            heads: bytes.get(heads..heads.checked_add(buckets.checked_mul(8)?)?)?,
            data: bytes.get(data..end)?,
        })
    }

    /// Shows the rows of every so many buckets.
    pub fn sample(&self, every: usize, mut show: impl FnMut(&[u8])) {
        for head in self.heads.chunks_exact(8).step_by(every.max(1)) {
            let head = head.first_chunk().map_or(0, |b| u64::from_le_bytes(*b));
            let at = (head as usize & ((1 << COUNT_AT) - 1)) * 2;
            let count = (head >> COUNT_AT) as usize & 63;
            let heads = self.data.get(at..at + 2 * count).unwrap_or(&[]);
            let mut row = at + 2 * count;
            for feature in heads.chunks_exact(2) {
                let length = ROW_LENGTHS[(feature[0] & 15) as usize] * 2;
                show(self.data.get(row..row + length).unwrap_or(&[]));
                row += length;
            }
        }
    }

    #[inline(always)]
    fn bucket(&self, hash: u64) -> usize {
        (((hash >> 32) * self.buckets) >> 32) as usize
    }

    /// Has the head of the bucket that a hash belongs to on its way.
    #[inline(always)]
    pub fn expect(&self, hash: u64) {
        expect(self.heads, self.bucket(hash) * 8);
    }

    /// Where a hash lies, and whether the filter of its bucket lets it pass; what lies there is on its way then.
    #[inline(always)]
    pub fn place(&self, hash: u64) -> (Place, bool) {
        let at = self.bucket(hash) * 8;
        let head = self.heads.get(at..at + 8);
        let head = head.and_then(|b| b.first_chunk());
        let head = head.map_or(0, |b| u64::from_le_bytes(*b));
        let place = Place {
            head: head as u32,
            wanted: (hash & 0xFFF) as u16,
        };
        expect(self.data, place.at());
        (place, passes(hash, head))
    }

    /// A row by its bytes.
    #[inline(always)]
    pub fn bytes(&self, row: Range<usize>) -> &'a [u8] {
        self.data.get(row).unwrap_or(&[])
    }

    /// Has a row on its way.
    #[inline(always)]
    pub fn expect_row(&self, row: &Range<usize>) {
        expect(self.data, row.start);
        expect(self.data, row.start + LONGEST_ROW / 2);
    }

    /// Shows where the row at each place begins and ends; where the table lacks the hash after all, nothing lies between.
    #[inline(always)]
    pub fn ranges(&self, places: &[Place], mut show: impl FnMut(Range<usize>)) {
        #[cfg(target_arch = "x86_64")]
        if let Some(avx2) = Avx2::here() {
            let mut at = 0;
            let wanted = places.iter().map(|p| (p.at(), p.count(), p.wanted));
            avx2.rows(self.data, &ROW_BYTES, wanted, |row| {
                show(match row {
                    Some((from, to)) => from..to,
                    // The last of the table.
                    None => places.get(at).map_or(0..0, |p| self.row_range(p)),
                });
                at += 1;
            });
            return;
        }
        for place in places {
            show(self.row_range(place));
        }
    }

    /// The bytes of the row at a place; none where the table lacks the hash after all.
    #[inline(always)]
    fn row_range(&self, place: &Place) -> Range<usize> {
        let mut row = place.at() + place.count() * 2;
        let features = self.data.get(place.at()..row).unwrap_or(&[]);
        for feature in features.as_chunks::<2>().0 {
            let feature = u16::from_le_bytes(*feature);
            let length = usize::from(ROW_BYTES[usize::from(feature & 15)]);
            if feature >> 4 == place.wanted {
                return row..row + length;
            }
            row += length;
        }
        0..0
    }

    /// The row of a hash: (label, weight) pairs; empty where the table lacks it.
    #[inline(always)]
    pub fn row(&self, hash: u64) -> &'a [u8] {
        let (place, passes) = self.place(hash);
        if passes {
            self.bytes(self.row_range(&place))
        } else {
            &[]
        }
    }
}

/// Where the count begins in a bucket's head.
pub const COUNT_AT: u32 = 22;
/// Where the filter begins in a bucket's head.
pub const FILTER_AT: u32 = 28;
/// Bits of the filter.
pub const FILTER_BITS: u64 = 36;

/// The filter's bit of a hash.
#[inline(always)]
pub fn filter_bit(hash: u64) -> u32 {
    ((((hash >> 12) & 0xFFFF) * FILTER_BITS) >> 16) as u32
}

/// Whether a bucket's filter lets a hash pass.
#[inline(always)]
pub fn passes(hash: u64, head: u64) -> bool {
    head >> (FILTER_AT + filter_bit(hash)) & 1 != 0
}

/// A bucket that may hold a hash.
#[derive(Clone, Copy, Default)]
pub struct Place {
    /// The low half of the bucket's head.
    head: u32,
    wanted: u16,
}

impl Place {
    /// Where nothing lies: no hash has more than 12 bits.
    pub const NONE: Place = Place {
        head: 0,
        wanted: u16::MAX,
    };

    #[inline(always)]
    fn at(&self) -> usize {
        (self.head & ((1 << COUNT_AT) - 1)) as usize * 2
    }

    #[inline(always)]
    fn count(&self) -> usize {
        (self.head >> COUNT_AT) as usize & 63
    }
}

/// The groups of a table.
pub fn groups(bytes: &[u8]) -> Option<Vec<Group<'_>>> {
    if bytes.get(..5)? != MAGIC {
        return None;
    }
    let n = *bytes.get(5)? as usize;
    (0..n)
        .map(|i| Group::read(bytes, PREAMBLE + i * HEADER))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::ngram::NGRAMS;

    #[test]
    fn rows_are_found_together_as_one_by_one() {
        let mut rows = 0;
        for group in groups(NGRAMS).expect("a table") {
            for table in [&group.words, &group.grams] {
                let heads = table.heads.as_chunks::<8>().0;
                // Every so many buckets, and the table's last one.
                let some = heads.iter().step_by(97).chain(heads.last());
                for head in some.map(|head| u64::from_le_bytes(*head)) {
                    let place = |wanted| Place {
                        head: head as u32,
                        wanted,
                    };
                    let (at, count) = (place(0).at(), place(0).count());
                    let features = table.data[at..at + 2 * count].as_chunks::<2>().0;
                    let names = features.iter().map(|f| u16::from_le_bytes(*f) >> 4);
                    // One that may not be there stands for all others.
                    let names: Vec<u16> = names.chain([at as u16 & 0xFFF]).collect();
                    let places: Vec<Place> = names.iter().copied().map(place).collect();
                    let mut together = Vec::new();
                    table.ranges(&places, |range| together.push(range));
                    let each = places.iter().map(|place| table.row_range(place));
                    assert_eq!(together, each.collect::<Vec<_>>(), "{names:?} at {at}");
                    rows += together.iter().filter(|row| !row.is_empty()).count();
                }
            }
        }
        assert!(rows > 5_000, "{rows} rows");
    }
}
