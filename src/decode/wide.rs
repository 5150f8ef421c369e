//! The witness of shape: UTF-16 and UTF-32 without a mark, in either order, and EBCDIC.
//!
//! Their bytes lie as no text in an encoding that contains ASCII lies. What they are is weighed by how well they read.

use super::encoding::{Encoding, Machine};
use super::losses::Losses;
use super::model::Model;
use super::readable;
use super::statistics;
use crate::tables::codepages::CODEPAGES;

/// Bytes at the start that are looked at for the shape.
const LOOKED_BYTES: usize = 4 << 10;
/// Bytes that are read to weigh what they are.
const READ_BYTES: usize = 512;
/// What a byte of a text in units of two bytes costs at most, in sixteenths of a nat: Chinese costs 56, a script that the
/// model does not hold 40; bytes of other encodings, taken in twos, are rare ideographs that cost 100.
const MOST_WIDE: u32 = 80;
/// What a byte of EBCDIC costs at most: European languages cost 40 to 50.
const MOST_EBCDIC: u32 = 72;

/// The encoding of a head that does not contain ASCII as ASCII; `None` where it does.
pub(crate) fn wide(head: &[u8]) -> Option<Encoding> {
    let looked = head.get(..LOOKED_BYTES).unwrap_or(head);
    utf32(looked)
        .or_else(|| ebcdic(looked))
        .or_else(|| utf16(looked))
}

/// Whether the bytes may be something that [`wide`] knows, at a glance: they are not plain text.
pub(crate) fn may_be_wide(head: &[u8]) -> bool {
    let looked = head.get(..LOOKED_BYTES).unwrap_or(head);
    // Devanagari and Bengali in UTF-16 are full of bytes that are tabs in ASCII.
    let odd = count(looked, |b| b < 0x20 && !matches!(b, b'\n' | b'\r' | 0x1b));
    odd * 10 > looked.len()
}

/// How many bytes are wanted, counted sixteen at a time.
fn count(bytes: &[u8], wanted: impl Fn(u8) -> bool) -> usize {
    let few = |chunk: &[u8]| chunk.iter().map(|&b| u8::from(wanted(b))).sum::<u8>();
    bytes.chunks(255).map(|chunk| usize::from(few(chunk))).sum()
}

/// How four bytes make a number.
type Unit = fn([u8; 4]) -> u32;

/// UTF-32: every unit is a scalar value, which its highest bytes tell.
fn utf32(head: &[u8]) -> Option<Encoding> {
    let units: [(Encoding, Unit); 2] = [
        (Encoding::Utf32Le, u32::from_le_bytes),
        (Encoding::Utf32Be, u32::from_be_bytes),
    ];
    for (encoding, unit) in units {
        let scalar = |four: &[u8]| {
            <[u8; 4]>::try_from(four)
                .ok()
                .and_then(|four| char::from_u32(unit(four)))
        };
        let text = |c: char| c >= ' ' || c.is_ascii_whitespace();
        if head.len() >= 8
            && head
                .chunks_exact(4)
                .all(|four| scalar(four).is_some_and(text))
        {
            return Some(encoding);
        }
    }
    None
}

/// UTF-16: one order reads well.
fn utf16(head: &[u8]) -> Option<Encoding> {
    // Without control characters only ideographs, kana and Hangul are left; they are known one by one.
    let sure = may_be_wide(head);
    if head.len() < 4 || !(sure || simdutf8::basic::from_utf8(head).is_err()) {
        return None;
    }
    let read = head.get(..READ_BYTES).unwrap_or(head);
    let read = read.get(..read.len() & !1).unwrap_or(read);
    let possible = |encoding| sure || ideographs(read, encoding);
    let weigh = |encoding| {
        (
            if possible(encoding) {
                cost(read, encoding)
            } else {
                u32::MAX
            },
            encoding,
        )
    };
    let (le, be) = (weigh(Encoding::UTF16LE), weigh(Encoding::UTF16BE));
    let (cost, encoding) = if be.0 < le.0 { be } else { le };
    (cost < MOST_WIDE * read.len() as u32 && cost < statistics::cost_as_ascii(read))
        .then_some(encoding)
}

/// EBCDIC: spaces are 0x40, letters are above ASCII, and one of its pages reads well.
fn ebcdic(head: &[u8]) -> Option<Encoding> {
    if head.len() < 8
        || count(head, |b| b == 0x40) * 20 < head.len()
        || count(head, |b| b == b' ') * 50 > head.len()
        || count(head, |b| b >= 0x80) * 2 < head.len()
    {
        return None;
    }
    let read = head.get(..READ_BYTES).unwrap_or(head);
    let pages = CODEPAGES
        .iter()
        .filter(|page| page.first == 0 && page.name != "IBM864");
    let weigh = |(rank, page)| {
        let encoding = Encoding::Page(page);
        // The pages stand in the table by how common they are; brackets and the like tell the pages of Latin-1 apart.
        (
            cost(read, encoding) + 16 * rank + signs(read, encoding),
            encoding,
        )
    };
    let (cost, encoding) = (0u32..)
        .zip(pages)
        .map(weigh)
        .min_by_key(|(cost, _)| *cost)?;
    (cost < MOST_EBCDIC * read.len() as u32).then_some(encoding)
}

/// Whether half of the characters are ideographs, kana or Hangul that texts have.
fn ideographs(bytes: &[u8], encoding: Encoding) -> bool {
    let model = Model::get();
    let (pairs, _) = bytes.as_chunks();
    let unit = |pair: &[u8; 2]| match encoding == Encoding::UTF16LE {
        true => u16::from_le_bytes(*pair),
        false => u16::from_be_bytes(*pair),
    };
    let (mut known, mut all) = (0, 0);
    for c in char::decode_utf16(pairs.iter().map(unit)) {
        known += usize::from(c.is_ok_and(|c| model.ideographs.knows(c)));
        all += 1;
    }
    known * 2 >= all
}

fn cost(bytes: &[u8], encoding: Encoding) -> u32 {
    readable::cost(&text(bytes, encoding))
}

fn text(bytes: &[u8], encoding: Encoding) -> String {
    let (mut text, mut losses) = (String::new(), Losses::default());
    Machine::new(encoding).decode(bytes, 0, false, &mut text, &mut losses);
    text
}

/// Cost of signs that prose hardly has: 4 nats each.
fn signs(bytes: &[u8], encoding: Encoding) -> u32 {
    text(bytes, encoding)
        .chars()
        .map(|c| {
            if "[]{}|^~\\`¢¬¦¤".contains(c) {
                64
            } else {
                0
            }
        })
        .sum()
}
