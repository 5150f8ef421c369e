//! The number of a word's bytes.

use crate::bytes::{SPACES, letters};

/// Bytes of a word that count for its number: longer words are told apart by length no more.
pub(super) const MAX_WORD_BYTES: usize = 24;

/// The number of a word's folded bytes.
#[inline]
pub(super) fn number(word: &[u8; MAX_WORD_BYTES], length: usize) -> u32 {
    let mut h = length as u64;
    for chunk in word.as_chunks::<8>().0.iter().take(length.div_ceil(8)) {
        h = step(h, u64::from_le_bytes(*chunk));
    }
    h as u32
}

#[inline(always)]
fn step(h: u64, eight: u64) -> u64 {
    let h = (h ^ eight).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    h ^ (h >> 32)
}

/// A run of ASCII letters, sixteen at most, in registers.
pub(super) struct Short {
    /// How many.
    pub letters: u32,
    /// How many of them are capitals.
    pub capitals: u32,
    /// Folded, eight to a number.
    eights: [u64; 2],
}

impl Short {
    /// At the begin of some bytes, of which there must be sixteen.
    #[inline(always)]
    pub fn at(bytes: &[u8]) -> Option<Short> {
        let sixteen = u128::from_le_bytes(*bytes.first_chunk()?);
        let [low, high] = [sixteen as u64, (sixteen >> 64) as u64];
        let first = letters(low);
        if first < 8 {
            let bits = (1 << (8 * first)) - 1;
            return Some(Short {
                letters: first,
                capitals: ones(!low & SPACES & bits),
                eights: [(low | SPACES) & bits, 0],
            });
        }
        let more = letters(high);
        let bits = if more < 8 {
            (1 << (8 * more)) - 1
        } else {
            u64::MAX
        };
        Some(Short {
            letters: 8 + more,
            capitals: ones(!low & SPACES) + ones(!high & SPACES & bits),
            eights: [low | SPACES, (high | SPACES) & bits],
        })
    }

    /// The word's number, as [`number`] gives it.
    #[inline(always)]
    pub fn number(&self) -> u32 {
        let h = step(u64::from(self.letters), self.eights[0]);
        if self.letters > 8 {
            step(h, self.eights[1]) as u32
        } else {
            h as u32
        }
    }
}

/// Most words have none, and without an instruction for it counting takes a dozen.
#[inline(always)]
fn ones(bits: u64) -> u32 {
    if bits == 0 { 0 } else { bits.count_ones() }
}
