//! Where lines end, and where those are cut that are too long to wait for their end.

use super::encoding::{Encoding, Machine};
use super::losses::Losses;
use super::utf8;

/// Bytes of a piece at most, where a line is longer: what is decided line by line is decided for these.
pub(crate) const PIECE_BYTES: usize = 64 << 10;

/// The end of the line, or of the piece of a longer one, that begins at `at`; `None` until more bytes come.
pub(crate) fn line_end(bytes: &[u8], at: usize, last: bool, encoding: Encoding) -> Option<usize> {
    let rest = bytes.get(at..).filter(|rest| !rest.is_empty())?;
    let within = rest.get(..PIECE_BYTES).unwrap_or(rest);
    match memchr::memchr(b'\n', within) {
        Some(n) => Some(at + n + 1),
        None if rest.len() > PIECE_BYTES => Some(at + cut(within, encoding)),
        None if last => Some(bytes.len()),
        None => None,
    }
}

/// Where a piece is cut so that no character is: between two bytes of ASCII, where there are such; the second byte of a
/// character may be one.
fn cut(piece: &[u8], encoding: Encoding) -> usize {
    if encoding.shifts() {
        return piece.len();
    }
    match piece.windows(2).rposition(<[u8]>::is_ascii) {
        Some(at) => at + 1,
        None => {
            let mut ends = (piece.len() - 3..=piece.len()).rev();
            let whole = |end: &usize| ends_whole(piece.get(..*end).unwrap_or(piece), encoding);
            ends.find(whole).unwrap_or(piece.len())
        }
    }
}

/// Whether the bytes end with a whole character.
fn ends_whole(bytes: &[u8], encoding: Encoding) -> bool {
    if encoding == Encoding::UTF8 {
        return utf8::cut(bytes) == 0;
    }
    let mut text = String::new();
    Machine::new(encoding).decode(bytes, 0, true, &mut text, &mut Losses::default());
    !text.ends_with(char::REPLACEMENT_CHARACTER)
}
