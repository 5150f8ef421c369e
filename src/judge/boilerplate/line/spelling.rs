//! The number of a word's bytes.

use crate::bytes::SPACES;

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

/// The number of a word of so many ASCII letters that begins at a place of a text.
#[inline(always)]
pub(super) fn at(text: &[u8], start: usize, letters: u32) -> u32 {
    let letters = letters.min(MAX_WORD_BYTES as u32);
    let mut h = u64::from(letters);
    let (mut start, mut left) = (start, letters);
    loop {
        let word = folded(text, start);
        if left <= 8 {
            let bits = u64::MAX >> (64 - 8 * left);
            return step(h, word & bits) as u32;
        }
        h = step(h, word);
        (start, left) = (start + 8, left - 8);
    }
}

/// Eight letters without their case.
#[inline(always)]
fn folded(text: &[u8], at: usize) -> u64 {
    let rest = text.get(at..).unwrap_or(&[]);
    let eight = match rest.first_chunk() {
        Some(eight) => u64::from_le_bytes(*eight),
        // At the end of the text.
        None => rest
            .iter()
            .rev()
            .fold(0, |eight, b| eight << 8 | u64::from(*b)),
    };
    eight | SPACES
}
