//! A word's bytes: eight at a time, and their number.

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

/// The bit that lower-case letters have and capitals lack, in each of eight bytes.
pub(super) const SPACES: u64 = u64::from_le_bytes([b' '; 8]);

/// How many of eight bytes, from the lowest on, are ASCII letters: each byte's highest bit says whether the others reach
/// `a`, or are past `z`.
#[inline]
pub(super) fn letters(eight: u64) -> u32 {
    const HIGH: u64 = u64::from_le_bytes([0x80; 8]);
    let low = (eight | SPACES) & !HIGH;
    let from_a = low + u64::from_le_bytes([0x80 - b'a'; 8]);
    let past_z = low + u64::from_le_bytes([0x80 - b'z' - 1; 8]);
    let others = !(from_a & !past_z & !eight) & HIGH;
    others.trailing_zeros() / 8
}

#[cfg(test)]
mod tests {
    use super::letters;

    #[test]
    fn letters_are_counted_as_one_by_one() {
        for byte in 0..=255u8 {
            for at in 0..8 {
                let mut eight = *b"aZmAzbQy";
                eight[at] = byte;
                let one_by_one = eight.iter().take_while(|b| b.is_ascii_alphabetic()).count();
                assert_eq!(
                    letters(u64::from_le_bytes(eight)) as usize,
                    one_by_one,
                    "{eight:?}"
                );
            }
        }
    }
}
