//! What words say: tables from a word's number to a weight, and the features of a line that are looked up in them.

use multiversion::multiversion;

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
        let (known, weight) = self.look(hash);
        known.then_some(weight)
    }

    /// Whether a feature is known, and its weight; 0 where it is not. Nothing is guessed at: most features of a text are
    /// not known, but which ones are nobody can tell.
    #[inline(always)]
    fn look(&self, hash: u32) -> (bool, i8) {
        let mask = self.slots.len().wrapping_sub(1);
        let Some(&[c0, w0, c1, w1]) = self.slots.get(hash as usize & mask) else {
            return (false, 0);
        };
        let check = check(hash);
        let (first, second) = (c0 == check, (c1 == check) & (c0 != check));
        (
            first | second,
            (w0 as i8 & -(first as i8)) | (w1 as i8 & -(second as i8)),
        )
    }

    /// How many of some features are known.
    pub fn known(&self, features: &[u32]) -> u32 {
        features.iter().map(|f| self.look(*f).0 as u32).sum()
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

/// Puts the number of each feature of a line behind others: words, pairs, the first and last words as such, the whole
/// line. The words are the first of them, as many as there are, [`FROM_START`] and [`FROM_END`] at most.
pub fn features(line: &Line, words: &[u32], to: &mut Vec<u32>) {
    let n = words.len();
    let Some((&first, &last)) = words.first().zip(words.last()) else {
        return;
    };
    let from = to.len();
    let (head, tail) = if n > FROM_START + FROM_END {
        (&words[..FROM_START], &words[n - FROM_END..])
    } else {
        (words, &[][..])
    };
    for part in [head, tail] {
        to.extend_from_slice(part);
    }
    for part in [head, tail] {
        to.extend(part.windows(2).map(|pair| mix(pair[0], pair[1])));
    }
    to.extend([mix(first, 0xF157), mix(last, 0x1A57)]);
    if let Some(&second) = words.get(1) {
        to.push(mix(mix(first, second), 0xF257));
    }
    if line.whole && n <= 12 {
        to.push(mix(line.hash, 0x1112));
    }
    spread(to.get_mut(from..).unwrap_or_default());
}

/// Spreads numbers over all their bits.
#[multiversion(targets("x86_64+avx2"))]
fn spread(numbers: &mut [u32]) {
    for number in numbers {
        *number = finish(*number);
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
pub fn say(features: &[u32], table: Weights) -> Said {
    let (mut sum, mut known, mut low) = (0i32, 0u32, 0i32);
    for &feature in features {
        let (is_known, weight) = table.look(feature);
        known += is_known as u32;
        sum += weight as i32;
        low = low.min(weight as i32);
    }
    if features.is_empty() {
        return Said::default();
    }
    let all = features.len() as f32;
    Said {
        score: sum as f32 / all.sqrt(),
        known: known as f32 / all,
        low: low as f32,
    }
}
