//! Lines with something in them, by every line end there is.

use std::ops::Range;

use crate::bytes;

/// A line that holds more than white space.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Line {
    /// From the line's start (indentation included) to its last character that is not white space.
    pub span: Range<usize>,
    /// Whether a blank line, a form feed or the text's start stands before it.
    pub opens: bool,
}

/// The lines of a text that are not blank.
pub(super) fn content(text: &str) -> Vec<Line> {
    let bytes = text.as_bytes();
    let mut lines = Vec::with_capacity(bytes.len() / 80 + 1);
    let (mut start, mut opens) = (0, true);
    loop {
        let end = line_end(bytes, start);
        let line = &text[start..end];
        let size = line.trim_end().len();
        if size > 0 {
            lines.push(Line {
                span: start..start + size,
                opens,
            });
            opens = false;
        } else if end > start || start > 0 {
            opens = true;
        }
        let Some(width) = terminator(bytes, end) else {
            break;
        };
        // A page break opens a block as a blank line does.
        opens |= bytes.get(end) == Some(&0x0C);
        start = end + width;
    }
    lines
}

/// Where the line that starts at `from` ends, its terminator not counted.
fn line_end(bytes: &[u8], from: usize) -> usize {
    let ends = |at: usize| terminator(bytes, at).is_some();
    bytes::find(bytes, from, may_end, ends).unwrap_or(bytes.len())
}

/// The first bytes of line ends.
#[inline(always)]
fn may_end(b: u8) -> bool {
    (b.wrapping_sub(b'\n') < 4) | (b == 0xC2) | (b == 0xE2)
}

/// Bytes of the line end at `at`: LF, CR, CR LF, VT, FF, NEL (U+0085), LS (U+2028), PS (U+2029).
fn terminator(bytes: &[u8], at: usize) -> Option<usize> {
    match bytes.get(at..)? {
        [b'\r', b'\n', ..] => Some(2),
        [b'\n' | b'\r' | 0x0B | 0x0C, ..] => Some(1),
        [0xC2, 0x85, ..] => Some(2),
        [0xE2, 0x80, 0xA8 | 0xA9, ..] => Some(3),
        _ => None,
    }
}
