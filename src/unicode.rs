//! What `char` says of a character, remembered: the answers of `core` take a search each.

use std::sync::OnceLock;

/// Characters a page.
pub(crate) const PAGE: usize = 256;

/// What is said of characters up to some number of pages, of each page once one of its characters was asked for.
pub(crate) struct Pages<T, const N: usize>([OnceLock<T>; N]);

impl<T, const N: usize> Pages<T, N> {
    pub const fn new() -> Self {
        Pages([const { OnceLock::new() }; N])
    }

    /// The page of a character and its place there; `make` is given what finds the page's characters. `None` beyond the
    /// last page.
    #[inline(always)]
    pub fn of(
        &self,
        c: char,
        make: impl FnOnce(&dyn Fn(usize) -> Option<char>) -> T,
    ) -> Option<(&T, usize)> {
        let at = c as usize;
        let page = self.0.get(at / PAGE)?;
        let character = move |i: usize| char::from_u32((at / PAGE * PAGE + i) as u32);
        Some((page.get_or_init(|| make(&character)), at % PAGE))
    }
}

/// Letters, a bit each, up to U+1FFFF.
static LETTERS: Pages<[u64; PAGE / 64], { 0x20000 / PAGE }> = Pages::new();

/// [`char::is_alphabetic`].
#[inline]
pub(crate) fn is_alphabetic(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphabetic();
    }
    match LETTERS.of(c, letters) {
        Some((bits, at)) => bits[at / 64] >> (at % 64) & 1 != 0,
        None => c.is_alphabetic(),
    }
}

/// [`char::is_alphanumeric`].
#[inline]
pub(crate) fn is_alphanumeric(c: char) -> bool {
    is_alphabetic(c) || c.is_numeric()
}

#[cold]
fn letters(character: &dyn Fn(usize) -> Option<char>) -> [u64; PAGE / 64] {
    let mut bits = [0; PAGE / 64];
    for i in 0..PAGE {
        if character(i).is_some_and(char::is_alphabetic) {
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
