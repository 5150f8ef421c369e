//! The number of a word's bytes.

/// Bytes of a word that count for its number: longer words are told apart by length no more.
pub(super) const MAX_WORD_BYTES: usize = 24;

/// The number of a word's folded bytes.
#[inline]
pub(super) fn number(word: &[u8; MAX_WORD_BYTES], length: usize) -> u32 {
    let mut h = length as u64;
    for chunk in word.as_chunks::<8>().0.iter().take(length.div_ceil(8)) {
        h = (h ^ u64::from_le_bytes(*chunk)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        h ^= h >> 32;
    }
    h as u32
}
