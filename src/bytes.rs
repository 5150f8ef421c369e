//! Bytes of text, many at a time.

use crate::simd::marks;

/// Bytes that are looked at together.
const WIDTH: usize = 32;

/// Which of the bytes from `at` on are such ones, the first in the lowest bit.
#[inline(always)]
fn marks_from(bytes: &[u8], at: usize, is: impl Fn(u8) -> bool) -> u64 {
    let rest = bytes.get(at..).unwrap_or(&[]);
    if let Some(window) = rest.first_chunk() {
        let window: &[u8; WIDTH] = window;
        return marks(window, is);
    }
    match bytes.last_chunk() {
        // Those before `at` are looked at too, and left out.
        Some(window) => {
            let window: &[u8; WIDTH] = window;
            marks(window, is) >> (WIDTH - rest.len())
        }
        None => {
            let mut window = [0; WIDTH];
            window.iter_mut().zip(rest).for_each(|(to, b)| *to = *b);
            marks(&window, is)
        }
    }
}

/// The first place from `from` on of which `is` says that it is one looked for. `may` says so of its byte, and perhaps of
/// a few others; not of 0. Not for functions that are compiled for AVX2: see [`marks`].
#[inline(always)]
pub(crate) fn find(
    bytes: &[u8],
    from: usize,
    may: impl Fn(u8) -> bool,
    is: impl Fn(usize) -> bool,
) -> Option<usize> {
    for at in (from..bytes.len()).step_by(WIDTH) {
        let mut found = marks_from(bytes, at, &may);
        while found != 0 {
            let place = at + found.trailing_zeros() as usize;
            if is(place) {
                return Some(place);
            }
            found &= found - 1;
        }
    }
    None
}

/// How many of some bytes are such ones; `is` does not say so of 0. Not for functions that are compiled for AVX2, as
/// [`find`].
#[inline(always)]
pub(crate) fn count(bytes: &[u8], is: impl Fn(u8) -> bool) -> usize {
    let places = (0..bytes.len()).step_by(WIDTH);
    places
        .map(|at| marks_from(bytes, at, &is).count_ones() as usize)
        .sum()
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
    fn bytes_are_counted_wherever_they_lie() {
        for len in 0..100 {
            let bytes: Vec<u8> = (0..len).map(|i| i % 3).collect();
            let one_by_one = bytes.iter().filter(|b| **b == 2).count();
            assert_eq!(count(&bytes, |b| b == 2), one_by_one, "{len}");
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
