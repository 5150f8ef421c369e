//! Bytes of text, many at a time.

/// Bytes that are passed over at once.
const CHUNK: usize = 32;

/// The first place from `from` on of which `is` says that it is one looked for. `may` says so of a byte, of all that are
/// and perhaps of a few others; where it says no, it is all that is asked.
#[inline(always)]
pub(crate) fn find(
    bytes: &[u8],
    from: usize,
    may: impl Fn(u8) -> bool,
    is: impl Fn(usize) -> bool,
) -> Option<usize> {
    let (chunks, rest) = bytes.get(from..)?.as_chunks::<CHUNK>();
    let found = |i: &usize| may(bytes[*i]) && is(*i);
    let mut at = from;
    for chunk in chunks {
        // Without a way out of the loop the processor looks at many bytes at a time.
        if chunk.iter().fold(0, |any, b| any | u8::from(may(*b))) != 0
            && let Some(place) = (at..at + CHUNK).find(found)
        {
            return Some(place);
        }
        at += CHUNK;
    }
    (at..at + rest.len()).find(found)
}

/// The bit that lower-case letters have and capitals lack, in each of eight bytes.
pub(crate) const SPACES: u64 = u64::from_le_bytes([b' '; 8]);

/// How many of eight bytes, from the lowest on, are ASCII letters: each byte's highest bit says whether the others reach
/// `a`, or are past `z`.
#[inline(always)]
pub(crate) fn letters(eight: u64) -> u32 {
    const HIGH: u64 = u64::from_le_bytes([0x80; 8]);
    let low = (eight | SPACES) & !HIGH;
    let from_a = low + u64::from_le_bytes([0x80 - b'a'; 8]);
    let past_z = low + u64::from_le_bytes([0x80 - b'z' - 1; 8]);
    let others = !(from_a & !past_z & !eight) & HIGH;
    others.trailing_zeros() / 8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_found_wherever_it_lies() {
        for at in 0..100 {
            let mut bytes = [b'.'; 100];
            bytes[at] = b'x';
            // What only may be one does not count.
            bytes[(at + 1) % 100] = b'X';
            for from in 0..=100 {
                let may = |b: u8| b.eq_ignore_ascii_case(&b'x');
                let found = find(&bytes, from, may, |i| bytes[i] == b'x');
                assert_eq!(found, (from <= at).then_some(at), "{at} from {from}");
            }
        }
    }

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
