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
pub const fn entry(cp: u32) -> u32 {
    let at = cp as usize;
    if at / PAGE >= INDEX {
        return wide(cp);
    }
    let page = LETTERS[at / PAGE] as usize;
    if page == 255 {
        return wide(cp);
    }
    let at = INDEX + (page * PAGE + at % PAGE) * 4;
    match LETTERS.split_at_checked(at) {
        Some((_, &[a, b, c, d, ..])) => u32::from_le_bytes([a, b, c, d]),
        _ => 0,
    }
}

/// Code points that take two bytes at most end here.
const SHORT: usize = 0x800;

/// The entries of ASCII and of what takes two bytes, at hand.
pub static NEAR: [u32; SHORT] = {
    let mut table = [0; SHORT];
    let mut cp = 0;
    while cp < SHORT {
        table[cp] = entry(cp as u32);
        cp += 1;
    }
    table
};

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
const fn wide(cp: u32) -> u32 {
    let class = match cp {
        0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x323AF => CJK,
        0xAC00..=0xD7A3 => HANG,
        _ => return 0,
    };
    (class as u32) << 24 | key(cp)
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
