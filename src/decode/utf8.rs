//! The witness of UTF-8: bytes that follow its rules are it.

use std::str::Utf8Chunk;

use super::declared;
use super::encoding::Encoding;
use super::escape;
use super::settings::Settings;
use super::wide;
use crate::document::Reading;

/// The text of bytes that are valid UTF-8 and nothing else; `None` where there is anything to think about.
pub(crate) fn plain<'a>(bytes: &'a [u8], settings: &Settings) -> Option<&'a str> {
    if settings.repair_mojibake || settings.stated().is_some_and(|e| e != Encoding::UTF8) {
        return None;
    }
    let text = simdutf8::basic::from_utf8(bytes).ok()?;
    // Other encodings hide in ASCII: those with escapes, and UTF-16 of ASCII characters (every other byte is NUL).
    let head = bytes.get(..settings.head()).unwrap_or(bytes);
    let shifts =
        memchr::memchr2(0x1b, 0x0e, head).is_some() || memchr::memchr2(b'+', b'~', head).is_some();
    if shifts && escape::escape(head).is_some()
        || wide::may_be_wide(head) && wide::wide(head).is_some()
    {
        return None;
    }
    Some(text.strip_prefix('\u{feff}').unwrap_or(text))
}

/// What is said of plain UTF-8.
pub(crate) fn reading(bytes: &[u8], declared: Option<&str>) -> Reading {
    let mut reading = Reading::default();
    if bytes.starts_with(b"\xef\xbb\xbf") {
        reading.witness = "mark";
    }
    reading.notes.extend(declared::contradiction(
        bytes,
        &declared::declared(bytes, declared),
        Encoding::UTF8,
    ));
    reading
}

/// How much of some bytes is UTF-8.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    /// Sequences of two bytes and more that follow the rules.
    pub good: usize,
    /// Stretches that break them (each becomes one U+FFFD).
    pub bad: usize,
}

impl Tally {
    fn add(&mut self, chunk: &Utf8Chunk) {
        self.good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        self.bad += usize::from(!chunk.invalid().is_empty());
    }
}

/// Counts sequences that follow the rules of UTF-8 and stretches that break them. A sequence cut by the end is no breach.
pub(crate) fn tally(bytes: &[u8]) -> Tally {
    let mut tally = Tally::default();
    for chunk in bytes.utf8_chunks() {
        tally.add(&chunk);
    }
    if cut(bytes) > 0 {
        tally.bad = tally.bad.saturating_sub(1);
    }
    tally
}

/// Whether bytes are UTF-8 with some damage, beyond doubt.
///
/// In legacy encodings sequences are good by chance: one in seven GB 2312 characters, fewer in others.
pub(crate) fn surely(bytes: &[u8]) -> bool {
    let (mut tally, mut rest) = (Tally::default(), bytes.len());
    for chunk in bytes.utf8_chunks() {
        rest -= chunk.valid().len() + chunk.invalid().len();
        tally.add(&chunk);
        // What is left cannot make up for it: a sequence has two bytes at least, and the end may be cut.
        if tally.good + rest / 2 < 4 * tally.bad.saturating_sub(1) {
            return false;
        }
    }
    if cut(bytes) > 0 {
        tally.bad = tally.bad.saturating_sub(1);
    }
    tally.good >= 8 && tally.good >= 4 * tally.bad
}

/// Bytes at the end that begin a sequence of UTF-8 and do not finish it.
pub(crate) fn cut(bytes: &[u8]) -> usize {
    let tail = bytes
        .get(bytes.len().saturating_sub(3)..)
        .unwrap_or_default();
    for (at, &byte) in tail.iter().enumerate().rev() {
        let length = match byte {
            0xc2..=0xdf => 2,
            0xe0..=0xef => 3,
            0xf0..=0xf4 => 4,
            0x80..=0xbf => continue,
            _ => return 0,
        };
        let have = tail.len() - at;
        let begun = tail.get(at..).unwrap_or_default();
        // E.g. E0 80 cannot be continued: the standard library says so by calling it a whole invalid sequence.
        let open = std::str::from_utf8(begun)
            .is_err_and(|e| e.valid_up_to() == 0 && e.error_len().is_none());
        return if have < length && open { have } else { 0 };
    }
    0
}
