//! The witness of shape: UTF-16 and UTF-32 without a mark, in either order.

use super::encoding::Encoding;

/// The encoding of a head whose bytes lie in units of two or four; `None` where they do not.
pub(crate) fn wide(head: &[u8]) -> Option<Encoding> {
    utf32(head).or_else(|| utf16(head))
}

/// UTF-32: every unit is a scalar value, and the highest byte of each is zero by definition.
fn utf32(head: &[u8]) -> Option<Encoding> {
    let units = head.chunks_exact(4);
    if head.len() < 8 || units.remainder().len() != head.len() % 4 {
        return None;
    }
    for (encoding, unit) in [
        (Encoding::Utf32Le, u32::from_le_bytes as fn([u8; 4]) -> u32),
        (Encoding::Utf32Be, u32::from_be_bytes),
    ] {
        let scalar = |four: &[u8]| {
            <[u8; 4]>::try_from(four)
                .ok()
                .and_then(|four| char::from_u32(unit(four)))
        };
        if units
            .clone()
            .all(|four| scalar(four).is_some_and(|c| c != '\0'))
        {
            return Some(encoding);
        }
    }
    None
}

/// What is counted of one order of UTF-16.
#[derive(Default)]
struct Order {
    /// Units that are a space, a line end, ASCII punctuation, a digit or an ASCII letter.
    ascii: usize,
    /// Units in the 128-character block of the unit before that is not ASCII.
    same_block: usize,
    /// Units that are letters, CJK or otherwise.
    letters: usize,
    /// Units that no text has: lone surrogates, private, unassigned as far as the standard library knows.
    wrong: usize,
    units: usize,
}

/// UTF-16: in the right order, neighbours share a block or are ASCII, and nearly all units are letters or ASCII.
fn utf16(head: &[u8]) -> Option<Encoding> {
    if head.len() < 4 {
        return None;
    }
    let (le, be) = (
        count(head, u16::from_le_bytes),
        count(head, u16::from_be_bytes),
    );
    let worth = |o: &Order| o.ascii as f64 + o.same_block as f64 - 2.0 * o.wrong as f64;
    let (encoding, best, other) = if worth(&le) >= worth(&be) {
        (Encoding::UTF16LE, le, be)
    } else {
        (Encoding::UTF16BE, be, le)
    };
    let units = best.units as f64;
    let plausible = best.wrong as f64 <= 0.02 * units
        && (best.ascii + best.letters) as f64 >= 0.85 * units
        && worth(&best) > worth(&other)
        && worth(&best) >= 0.5 * units;
    // Bytes of a legacy encoding make CJK units; what tells UTF-16 is ASCII: each has a byte that is zero.
    let zeros = memchr::memchr_iter(0, head).count();
    (plausible && zeros >= 1 + head.len() / 100).then_some(encoding)
}

fn count(head: &[u8], unit: fn([u8; 2]) -> u16) -> Order {
    let mut order = Order::default();
    let mut block = u32::MAX;
    let units = head
        .chunks_exact(2)
        .map(|two| unit(<[u8; 2]>::try_from(two).unwrap_or_default()));
    for char in char::decode_utf16(units) {
        order.units += 1;
        match char {
            Err(_) => order.wrong += 1,
            Ok('\t' | '\n' | '\r' | ' '..='~') => order.ascii += 1,
            Ok('\0'..='\u{9f}' | '\u{e000}'..='\u{f8ff}' | '\u{fff0}'..='\u{ffff}') => {
                order.wrong += 1
            }
            Ok(c) => {
                order.letters += usize::from(c.is_alphanumeric());
                let here = c as u32 >> 7;
                order.same_block +=
                    usize::from(here == block || (0x4e00..0xd800).contains(&(c as u32)));
                block = here;
            }
        }
    }
    order
}
