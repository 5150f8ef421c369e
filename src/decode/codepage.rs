//! Single-byte code pages beyond the WHATWG set: DOS, Macintosh, EBCDIC and a few Cyrillic ones.

use super::losses::Losses;

/// A single-byte code page.
#[derive(Debug)]
pub(crate) struct Codepage {
    /// Its name, as reported.
    pub name: &'static str,
    /// What it is also called, in lower case.
    pub labels: &'static [&'static str],
    /// The first byte that `chars` speaks of: 128 where the bytes below are ASCII, 0 where they are not (EBCDIC).
    pub first: u8,
    /// The characters of the bytes from `first` to 255; U+FFFD where a byte means nothing.
    pub chars: &'static str,
}

impl Codepage {
    /// What each byte means; `None` where it means nothing.
    pub fn table(&self) -> [Option<char>; 256] {
        let mut table = [None; 256];
        for (byte, slot) in table.iter_mut().enumerate().take(usize::from(self.first)) {
            *slot = u8::try_from(byte).ok().map(char::from);
        }
        for (slot, char) in table
            .iter_mut()
            .skip(usize::from(self.first))
            .zip(self.chars.chars())
        {
            *slot = Some(char).filter(|&c| c != '\u{fffd}');
        }
        table
    }

    /// Decodes `bytes`, which begin at `offset` of the input.
    pub fn decode(&self, bytes: &[u8], offset: u64, out: &mut String, losses: &mut Losses) {
        let table = self.table();
        out.reserve(bytes.len() * 2);
        for (at, &byte) in (offset..).zip(bytes) {
            match table[usize::from(byte)] {
                Some(char) => out.push(char),
                None => losses.replace(at..at + 1, out),
            }
        }
    }
}
