//! The witness of byte order marks.

use super::encoding::Encoding;

/// The encoding that a mark at the start names, and the mark's length in bytes.
pub(crate) fn mark(head: &[u8]) -> Option<(Encoding, usize)> {
    let utf32 = |bytes: &[u8]| bytes.len().is_multiple_of(4);
    match head {
        [0xef, 0xbb, 0xbf, ..] => Some((Encoding::UTF8, 3)),
        // The mark of UTF-32LE begins like that of UTF-16LE; a text that begins with NUL is rarer than UTF-32.
        [0xff, 0xfe, 0, 0, ..] if utf32(head) => Some((Encoding::Utf32Le, 4)),
        [0, 0, 0xfe, 0xff, ..] => Some((Encoding::Utf32Be, 4)),
        [0xff, 0xfe, ..] => Some((Encoding::UTF16LE, 2)),
        [0xfe, 0xff, ..] => Some((Encoding::UTF16BE, 2)),
        [0x84, 0x31, 0x95, 0x33, ..] => Some((Encoding::Whatwg(encoding_rs::GB18030), 4)),
        _ => None,
    }
}
