//! What words say: tables from a word's number to a weight, and the features of a line that are looked up in them.

use multiversion::multiversion;

use super::line::{Line, mix};
#[cfg(target_arch = "x86_64")]
use crate::simd::Avx2;

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

    /// What is said of some features.
    #[inline]
    pub fn sum(&self, features: &[u32]) -> Sum {
        #[cfg(target_arch = "x86_64")]
        if let Some(avx2) = Avx2::here() {
            let (weights, known, low) = avx2.look(self.slots, features);
            return Sum {
                weights,
                known,
                low,
            };
        }
        self.one_by_one(features)
    }

    /// [`Weights::sum`] on any processor.
    fn one_by_one(&self, features: &[u32]) -> Sum {
        let mut sum = Sum::default();
        for feature in features {
            let (is_known, weight) = self.look(*feature);
            sum.known += u32::from(is_known);
            sum.weights += i32::from(weight);
            sum.low = sum.low.min(i32::from(weight));
        }
        sum
    }

    /// Hands the weights of the known ones of some features out, in order.
    #[inline]
    pub fn each(&self, features: &[u32], mut known: impl FnMut(i8)) {
        #[cfg(target_arch = "x86_64")]
        if let Some(avx2) = Avx2::here() {
            let mut weights = [0; 64];
            for some in features.chunks(weights.len()) {
                let found = avx2.known(self.slots, some, &mut weights);
                weights.iter().take(found).for_each(|weight| known(*weight));
            }
            return;
        }
        for weight in features.iter().filter_map(|f| self.get(*f)) {
            known(weight);
        }
    }
}

/// What a table says of some features.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Sum {
    /// The sum of the weights of those that are known.
    pub weights: i32,
    /// How many these are.
    pub known: u32,
    /// The lowest of 0 and their weights.
    pub low: i32,
}

/// The byte that tells features of one bucket apart; never 0, which is an empty slot.
pub fn check(hash: u32) -> u8 {
    ((hash >> 24) as u8).max(1)
}

/// Words looked at from the begin of a line, and from its end.
pub const FROM_START: usize = 20;
/// Words looked at from the end of a line.
pub const FROM_END: usize = 8;

/// The features of a line, their numbers spread over all bits.
pub fn features(line: &Line, words: &[u32], to: &mut Vec<u32>) {
    let from = to.len();
    put(line, words, to);
    spread(to.get_mut(from..).unwrap_or_default());
}

/// Puts the number of each feature of a line behind others: words, pairs, the first and last words as such, the whole
/// line. The words are the first of them, as many as there are, [`FROM_START`] and [`FROM_END`] at most. The numbers are
/// not yet spread.
#[inline(always)]
pub(super) fn put(line: &Line, words: &[u32], to: &mut Vec<u32>) {
    let n = words.len();
    let Some((&first, &last)) = words.first().zip(words.last()) else {
        return;
    };
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
}

/// Spreads numbers over all their bits.
#[multiversion(targets("x86_64+avx2"))]
pub(super) fn spread(numbers: &mut [u32]) {
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
#[inline]
pub fn say(features: &[u32], table: Weights) -> Said {
    if features.is_empty() {
        return Said::default();
    }
    let sum = table.sum(features);
    let all = features.len() as f32;
    Said {
        score: sum.weights as f32 / all.sqrt(),
        known: sum.known as f32 / all,
        low: sum.low as f32,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn features_are_looked_up_together_as_one_by_one(
            slots in prop::collection::vec(any::<[u8; 4]>(), 64),
            kept in 0..6u32,
            features in prop::collection::vec(any::<u32>(), 0..70),
        ) {
            let table = Weights { slots: &slots[..1 << kept] };
            // Few features are known by chance: half of these are.
            let check = |f: u32| u32::from(slots[f as usize % (1 << kept)][(f >> 8 & 2) as usize]) << 24;
            let features: Vec<u32> = features
                .into_iter()
                .map(|f| if f & 0x100 != 0 { f & 0xFF_FFFF | check(f) } else { f })
                .collect();
            prop_assert_eq!(table.sum(&features), table.one_by_one(&features));
            let mut known = Vec::new();
            table.each(&features, |weight| known.push(weight));
            let expected: Vec<i8> = features.iter().filter_map(|f| table.get(*f)).collect();
            prop_assert_eq!(known, expected);
        }
    }
}
