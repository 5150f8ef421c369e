//! The table of n-grams, read in place from bytes.
//!
//! ```text
//! "cfng" | version u8, groups u8, 2 bytes 0 | groups x header (40 bytes) | sections
//! header: script u8, min order u8, max order u8, 0 | labels u32 | buckets u32 | nats per step f32
//!         | labels at u32 | bias at u32 | offsets at u32 | data at u32 | data end u32 | 0 u32
//! labels: 8 bytes each (`spa_Latn`)        bias: i16 each, in steps
//! offsets: buckets + 1 times u32           data: buckets
//! bucket: count u8 | count x u16 (12 bits of the hash, 4 bits row length code) | rows of (label u8, weight i8)
//! ```
//! All numbers are little-endian. A byte that is wrong gives a wrong score, never a panic.

/// Row lengths that the 4 bits can say.
pub const ROW_LENGTHS: [usize; 16] = [1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 17, 20, 24, 32, 48];

/// Bytes of a group's header.
pub const HEADER: usize = 40;
/// Before the headers.
pub const PREAMBLE: usize = 8;
/// What the table begins with.
pub const MAGIC: &[u8; 5] = b"cfng\x01";

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
    buckets: u64,
    offsets: &'a [u8],
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
        let buckets = u32_at(h, 8)?;
        let step = f32::from_bits(u32_at(h, 12)? as u32);
        let (labels, bias, offsets) = (u32_at(h, 16)?, u32_at(h, 20)?, u32_at(h, 24)?);
        let (data, end) = (u32_at(h, 28)?, u32_at(h, 32)?);
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
            buckets: buckets as u64,
            offsets: bytes.get(offsets..offsets.checked_add((buckets + 1).checked_mul(4)?)?)?,
            data: bytes.get(data..end)?,
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

    /// The row of a hash: (label, weight) pairs; empty where the table lacks it.
    #[inline(always)]
    pub fn row(&self, hash: u64) -> &'a [u8] {
        let bucket = (((hash >> 32) * self.buckets) >> 32) as usize;
        let Some(o) = self.offsets.get(bucket * 4..bucket * 4 + 8) else {
            return &[];
        };
        let start = u32::from_le_bytes([o[0], o[1], o[2], o[3]]) as usize;
        let end = u32::from_le_bytes([o[4], o[5], o[6], o[7]]) as usize;
        let Some((&count, rest)) = self.data.get(start..end).and_then(<[u8]>::split_first) else {
            return &[];
        };
        let Some((heads, rows)) = rest.split_at_checked(count as usize * 2) else {
            return &[];
        };
        let wanted = (hash & 0xFFF) as u16;
        let mut at = 0;
        for head in heads.chunks_exact(2) {
            let head = u16::from_le_bytes([head[0], head[1]]);
            let length = ROW_LENGTHS[(head & 15) as usize] * 2;
            if head >> 4 == wanted {
                return rows.get(at..at + length).unwrap_or(&[]);
            }
            at += length;
        }
        &[]
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
