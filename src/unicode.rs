//! What `char` says of a character, remembered: the answers of `core` take a search each.

use std::sync::OnceLock;

/// Characters a page.
const PAGE: usize = 256;

/// Pages: up to U+1FFFF.
const PAGES: usize = 0x20000 / PAGE;

/// For each page the letters in it, a bit each, once one of its characters was asked for.
static LETTERS: [OnceLock<[u64; PAGE / 64]>; PAGES] = [const { OnceLock::new() }; PAGES];

/// [`char::is_alphabetic`].
#[inline]
pub(crate) fn is_alphabetic(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphabetic();
    }
    let at = c as usize;
    match LETTERS.get(at / PAGE) {
        Some(page) => {
            let bits = page.get_or_init(|| letters(at / PAGE));
            bits[at % PAGE / 64] >> (at % 64) & 1 != 0
        }
        None => c.is_alphabetic(),
    }
}

/// [`char::is_alphanumeric`].
#[inline]
pub(crate) fn is_alphanumeric(c: char) -> bool {
    is_alphabetic(c) || c.is_numeric()
}

#[cold]
fn letters(page: usize) -> [u64; PAGE / 64] {
    let mut bits = [0; PAGE / 64];
    for i in 0..PAGE {
        let c = char::from_u32((page * PAGE + i) as u32);
        if c.is_some_and(char::is_alphabetic) {
            bits[i / 64] |= 1 << (i % 64);
        }
    }
    bits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_is_what_core_says() {
        for c in '\0'..=char::MAX {
            assert_eq!(is_alphabetic(c), c.is_alphabetic(), "{c:?}");
            assert_eq!(is_alphanumeric(c), c.is_alphanumeric(), "{c:?}");
        }
    }
}
