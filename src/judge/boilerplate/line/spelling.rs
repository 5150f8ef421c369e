//! The number of a word's bytes.

use crate::bytes::SPACES;

/// Bytes of a word that count for its number: longer words are told apart by length no more.
const MAX_WORD_BYTES: usize = 24;

/// The folded bytes of a word.
#[derive(Clone, Default)]
pub(super) struct Spelled {
    /// Zeros behind the last one; there is room for eight behind the longest word.
    word: [u8; MAX_WORD_BYTES + 8],
    bytes: usize,
}

impl Spelled {
    pub fn is_empty(&self) -> bool {
        self.bytes == 0
    }

    /// Puts a character's bytes behind, so many of four and zeros, where there is room for all of it.
    #[inline(always)]
    pub fn put(&mut self, character: u32, bytes: u8) {
        let bytes = usize::from(bytes);
        if self.bytes + bytes <= MAX_WORD_BYTES {
            self.put_some(character.into(), bytes);
        }
    }

    /// Whether eight bytes can be put at once.
    #[inline(always)]
    pub fn is_at_eight(&self) -> bool {
        self.bytes.is_multiple_of(8) && self.bytes < MAX_WORD_BYTES
    }

    /// Puts so many of eight bytes behind, zeros among them after these.
    #[inline(always)]
    pub fn put_some(&mut self, eight: u64, bytes: usize) {
        if let Some(to) = self.word.get_mut(self.bytes..)
            && let Some(to) = to.first_chunk_mut()
        {
            *to = eight.to_le_bytes();
            self.bytes += bytes;
        }
    }

    /// The number of the word.
    #[inline]
    pub fn number(&self) -> u32 {
        let mut h = self.bytes as u64;
        let chunks = self.word.as_chunks::<8>().0;
        for chunk in chunks.iter().take(self.bytes.div_ceil(8)) {
            h = step(h, u64::from_le_bytes(*chunk));
        }
        h as u32
    }
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
