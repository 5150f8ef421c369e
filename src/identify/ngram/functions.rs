//! The words that a language cannot do without: its hundred commonest ones, function words most of them.
//!
//! ```text
//! labels u32 | labels x 8 bytes | labels x 100 x u16 (bits 16 to 31 of the word's hash, sorted)
//! ```
//! One word in 650 is taken for one of them by chance.

use crate::tables::functions::FUNCTIONS;

const WORDS: usize = 100;

/// Where a label's words begin, in bytes; `None` where there are none.
pub fn find(label: &str) -> Option<usize> {
    let n = FUNCTIONS
        .get(..4)
        .map(|b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]) as usize)?;
    let labels = FUNCTIONS.get(4..4 + 8 * n)?;
    let i = labels.chunks_exact(8).position(|l| l == label.as_bytes())?;
    Some(4 + 8 * n + i * WORDS * 2)
}

/// Whether a word's hash is among those that begin at `at`.
pub fn contains(at: usize, hash: u64) -> bool {
    let wanted = (hash >> 16) as u16;
    let Some(words) = FUNCTIONS.get(at..at + WORDS * 2) else {
        return false;
    };
    words
        .chunks_exact(2)
        .any(|b| u16::from_le_bytes([b[0], b[1]]) == wanted)
}
