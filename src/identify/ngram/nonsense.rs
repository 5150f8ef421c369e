//! What is not language, although it has letters: code, addresses, random letters.

use super::scores::Scores;

/// Bytes that are looked at for signs of code; the beginning of a text tells.
const LOOK: usize = 1024;

/// What a byte counts: a sign of code in the high half, a round bracket in the low one.
static SIGNS: [u32; 256] = {
    let mut signs = [0; 256];
    let mut i = 0;
    while i < SIGNS_OF_CODE.len() {
        signs[SIGNS_OF_CODE[i] as usize] = 1 << 16;
        i += 1;
    }
    signs[b'(' as usize] = 1;
    signs[b')' as usize] = 1;
    signs
};
const SIGNS_OF_CODE: &[u8] = b"{}[]<>=;|";

/// Whether a text was written for machines: most of its letters stand in addresses and identifiers, or its signs are
/// those of code.
pub fn machine(text: &str, letters: u32, technical: u32) -> bool {
    // A sentence about an address has more words than the address.
    if technical > 3 * letters {
        return true;
    }
    // Prose has four letters in five bytes and more; a letter beyond ASCII is more than a byte.
    if letters as usize * 10 > text.len() * 7 {
        return false;
    }
    let bytes = &text.as_bytes()[..text.len().min(LOOK)];
    let found: u32 = bytes.iter().map(|&b| SIGNS[b as usize]).sum();
    let (signs, rounds) = ((found >> 16) as usize, (found & 0xFFFF) as usize);
    // Of the development lines with letters one in two thousand has a sign to five letters, nearly all of them templates.
    let letters = (letters + technical) as usize * bytes.len() / text.len().max(1);
    signs >= 4 && (2 * signs + rounds) * 5 >= 2 * letters
}

/// Share of n-grams that must be known of an answer without confidence, and how much less of a certain one: for up to 30
/// n-grams asked, up to 75, and more. Where they decide, texts of random letters (drawn evenly, or as frequent as in six
/// languages of three scripts) are told by 83 to 89, 96 to 99 and 99 of a hundred; of single words of other sources than
/// the training's one in a hundred is withheld that would have been answered rightly.
const KNOWN: [(u32, f32, f32); 3] = [(30, 0.88, 0.5), (75, 0.98, 0.4), (u32::MAX, 0.9, 0.2)];

/// Whether the words are no language's: few of their n-grams are known.
pub fn gibberish(scores: &Scores, letters: u32, confidence: f32) -> bool {
    // About three n-grams a letter were asked; where known words hold half of the letters they decide.
    if scores.asked < 6 || scores.asked * 2 < letters * 3 {
        return false;
    }
    let known = scores.found as f32 / scores.asked as f32;
    let (_, least, spared) = KNOWN
        .iter()
        .copied()
        .find(|k| scores.asked <= k.0)
        .unwrap_or((0, 0.0, 0.0));
    known < least - spared * confidence
}
