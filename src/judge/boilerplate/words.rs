//! What words say: tables from a word's number to a weight, and the features of a line that are looked up in them.

use super::line::{Line, mix};

/// A table of weights: 2^k buckets of two slots, each a check byte and a weight.
#[derive(Clone, Copy, Debug, Default)]
pub struct Weights<'a> {
    slots: &'a [[u8; 4]],
}

impl<'a> Weights<'a> {
    /// From its bytes, as the trainer wrote them: 4 a bucket, a power of two of buckets.
    pub fn new(bytes: &'a [u8]) -> Weights<'a> {
        let (slots, _) = bytes.as_chunks::<4>();
        Weights { slots }
    }

    /// The weight of a feature; `None` where it is not known.
    #[inline]
    pub fn get(&self, hash: u32) -> Option<i8> {
        let mask = self.slots.len().wrapping_sub(1);
        let [c0, w0, c1, w1] = *self.slots.get(hash as usize & mask)?;
        let check = check(hash);
        if c0 == check {
            Some(w0 as i8)
        } else if c1 == check {
            Some(w1 as i8)
        } else {
            None
        }
    }
}

/// The byte that tells features of one bucket apart; never 0, which is an empty slot.
pub fn check(hash: u32) -> u8 {
    ((hash >> 24) as u8).max(1)
}

/// Words looked at from the begin of a line, and from its end.
pub const FROM_START: usize = 20;
/// Words looked at from the end of a line.
pub const FROM_END: usize = 8;

/// Calls `each` with the number of each feature of a line: words, pairs, the first and last words as such, the whole line.
#[inline]
pub fn features(line: &Line, words: &[u32], mut each: impl FnMut(u32)) {
    let n = words.len();
    let Some((&first, &last)) = words.first().zip(words.last()) else {
        return;
    };
    let skip = if n > FROM_START + FROM_END {
        FROM_START..n - FROM_END
    } else {
        n..n
    };
    let mut before = None;
    for (i, &word) in words.iter().enumerate() {
        if skip.contains(&i) {
            before = None;
            continue;
        }
        each(finish(word));
        if let Some(b) = before {
            each(finish(mix(b, word)));
        }
        before = Some(word);
    }
    each(finish(mix(first, 0xF157)));
    each(finish(mix(last, 0x1A57)));
    if n >= 2 {
        each(finish(mix(
            mix(first, words.get(1).copied().unwrap_or(0)),
            0xF257,
        )));
    }
    if line.whole && n <= 12 {
        each(finish(mix(line.hash, 0x1112)));
    }
}

/// Spreads a number over all its bits (the last steps of MurmurHash3).
#[inline]
pub fn finish(mut h: u32) -> u32 {
    h ^= h >> 16;
    h = h.wrapping_mul(0x85EB_CA6B);
    h ^= h >> 13;
    h = h.wrapping_mul(0xC2B2_AE35);
    h ^ (h >> 16)
}

/// What the words of a line say.
#[derive(Clone, Copy, Debug, Default)]
pub struct Said {
    /// Mean weight of the known features, in the table's units, by the square root of their number.
    pub score: f32,
    /// Share of the features that are known.
    pub known: f32,
    /// The lowest weight.
    pub low: f32,
}

/// Looks the features of a line up.
pub fn say(line: &Line, words: &[u32], table: Weights) -> Said {
    let (mut sum, mut known, mut all, mut low) = (0i32, 0u32, 0u32, 0i32);
    features(line, words, |h| {
        all += 1;
        if let Some(w) = table.get(h) {
            known += 1;
            sum += w as i32;
            low = low.min(w as i32);
        }
    });
    if all == 0 {
        return Said::default();
    }
    Said {
        score: sum as f32 / (all as f32).sqrt(),
        known: known as f32 / all as f32,
        low: low as f32,
    }
}
