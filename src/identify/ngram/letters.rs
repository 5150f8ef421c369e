//! What a character is to the identifier: a letter of a script, a mark on the letter before, or neither.

use crate::tables::letters::LETTERS;

/// Not a letter: ends a word.
pub const NONE: u8 = 0;
/// A mark that belongs to the letter before (acute, nukta): the two are one unit, so composed and decomposed text agree.
pub const EXTEND: u8 = 254;
/// A mark that is passed over (Arabic and Hebrew vowel points, tatweel, joiners): the text reads the same without.
pub const SKIP: u8 = 255;

/// Code points a page of the table; [`crate::tables::letters`] is grown with the same number.
const PAGE: usize = 128;
/// Pages in the index: up to U+1FFFF.
const INDEX: usize = 0x20000 / PAGE;

/// Class (script number, or one of the constants above) in the high 8 bits, unit key in the low 24.
///
/// Letters that differ in case only have one key; a composed letter has the sum of its parts' keys.
#[inline(always)]
pub fn entry(c: char) -> u32 {
    let cp = c as usize;
    let page = match LETTERS.get(cp / PAGE) {
        Some(&page) if cp / PAGE < INDEX => page as usize,
        _ => return wide(c),
    };
    if page == 255 {
        return wide(c);
    }
    let at = INDEX + (page * PAGE + cp % PAGE) * 4;
    match LETTERS.get(at..at + 4) {
        Some(b) => u32::from_le_bytes([b[0], b[1], b[2], b[3]]),
        None => 0,
    }
}

/// The class of an entry.
#[inline(always)]
pub fn class(entry: u32) -> u8 {
    (entry >> 24) as u8
}

/// Script number of Han characters and kana (Chinese and Japanese are told apart by what they write with them).
pub const CJK: u8 = 1;
/// Script number of Hangul.
pub const HANG: u8 = 2;
/// Script number of Latin.
pub const LATN: u8 = 3;
/// Script numbers of those that put no space between words: Han and kana, Burmese, Tibetan, Khmer, Lao, Thai.
pub const UNSPACED: [u8; 6] = [CJK, 8, 10, 21, 22, 33];

/// The scripts of thousands of characters, which the table leaves out.
fn wide(c: char) -> u32 {
    let class = match c {
        '\u{3400}'..='\u{4DBF}'
        | '\u{4E00}'..='\u{9FFF}'
        | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{323AF}' => CJK,
        '\u{AC00}'..='\u{D7A3}' => HANG,
        _ => return 0,
    };
    (class as u32) << 24 | key(c as u32)
}

/// 24 bits that stand for a code point (the finaliser of MurmurHash3, a good mixer of few bits).
pub const fn key(cp: u32) -> u32 {
    let mut h = cp.wrapping_add(0x9E37_79B9);
    h ^= h >> 16;
    h = h.wrapping_mul(0x85EB_CA6B);
    h ^= h >> 13;
    h = h.wrapping_mul(0xC2B2_AE35);
    h ^= h >> 16;
    h & 0x00FF_FFFF
}
