//! Text folded for comparison: case, space and punctuation aside.

use crate::unicode::is_alphanumeric;

/// A text as its words read: two texts that differ in case, space and punctuation only are equal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Folded {
    /// A hash of the letters and digits in lower case, with one mark between words.
    hash: u64,
    /// How many letters and digits.
    pub chars: usize,
}

/// Letters and digits that texts are first told apart by, at most.
pub(crate) const BEGINNING: usize = 16;

/// Folds a text; nothing is allocated.
pub(crate) fn folded(text: &str) -> Folded {
    let mut folded = Folded { hash: 0, chars: 0 };
    walk(text, |c, gap| {
        folded.add(c, gap);
        true
    });
    folded
}

/// A hash of the first `chars` letters and digits as [`folded`] takes them, [`BEGINNING`] at most, the gaps between words
/// left out; `None` if there are fewer. Texts that fold alike begin alike, and most others do not.
pub(crate) fn beginning(text: &str, chars: usize) -> Option<u64> {
    let chars = chars.min(BEGINNING);
    // The characters one behind the other: a step of the hash for eight bytes, not for each.
    let mut begin = [0u8; 4 * BEGINNING];
    let (mut found, mut bytes) = (0, 0);
    if chars > 0 {
        walk(text, |c, _| {
            let room = begin.get_mut(bytes..).unwrap_or_default();
            bytes += c.encode_utf8(room).len();
            found += 1;
            found < chars
        });
    }
    let words = begin.as_chunks().0.iter().take(bytes.div_ceil(8));
    let hash = words.fold(0, |hash, word| mix(hash, u64::from_le_bytes(*word)));
    (found == chars).then_some(hash)
}

/// Calls `each` with the letters and digits of a text in lower case, and whether a word begins there, until it says no.
#[inline]
fn walk(text: &str, mut each: impl FnMut(char, bool) -> bool) {
    let mut gap = false;
    let mut at = 0;
    while let Some(&byte) = text.as_bytes().get(at) {
        if byte.is_ascii() {
            if byte.is_ascii_alphanumeric() {
                if !each(char::from(byte.to_ascii_lowercase()), gap) {
                    return;
                }
                gap = false;
            } else {
                gap |= byte != b'\'';
            }
            at += 1;
            continue;
        }
        let rest = text.get(at..).unwrap_or("");
        let Some(c) = rest.chars().next() else { break };
        if is_alphanumeric(c) {
            for c in c.to_lowercase() {
                if !each(c, gap) {
                    return;
                }
                gap = false;
            }
        } else {
            gap |= c.is_whitespace() || !joins(c);
        }
        at += c.len_utf8();
    }
}

/// A step of a multiplicative hash; the factor is 2^64 over the golden ratio, made odd (Knuth).
fn mix(hash: u64, n: u64) -> u64 {
    (hash.rotate_left(5) ^ n).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

impl Folded {
    /// The hash as a learnt file keeps it. It may not change while version 1 of that file is read: a test holds it.
    pub fn key(self) -> u64 {
        self.hash
    }

    fn add(&mut self, c: char, gap: bool) {
        if gap && self.chars > 0 {
            self.hash = mix(self.hash, 0);
        }
        self.chars += 1;
        self.hash = mix(self.hash, u64::from(c));
    }
}

/// Apostrophes and marks join the letters around them.
fn joins(c: char) -> bool {
    matches!(c, '’' | '\u{300}'..='\u{36F}' | '\u{AD}' | '\u{200B}'..='\u{200D}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_space_and_punctuation_are_folded_and_words_are_not() {
        let same = [
            "The old mill, again",
            "THE  OLD\tMILL — again!",
            " the old mill again",
        ];
        assert!(same.iter().all(|text| folded(text) == folded(same[0])));
        for other in [
            "The old millagain",
            "The old mill",
            "The old mill again 2",
            "again the old mill",
        ] {
            assert_ne!(folded(other), folded(same[0]), "{other}");
        }
        assert_eq!(folded("l’été"), folded("L'ÉTÉ"));
        assert_eq!(folded(" —  ").chars, 0);
    }

    #[test]
    fn texts_that_fold_alike_begin_alike() {
        let same = [
            "The old mill, again",
            "THE  OLD\tMILL — again! ",
            "the old mi’ll again",
        ];
        for chars in [0, 1, 9, 15] {
            let begin = beginning(same[0], chars);
            assert!(begin.is_some());
            assert!(same.iter().all(|text| beginning(text, chars) == begin));
        }
        assert_eq!(beginning("The old mill", 11), None);
        assert_ne!(beginning("The old mill", 10), beginning("The old mall", 10));
        assert_eq!(beginning("The old mill", 7), beginning("The old mall", 7));
    }

    #[test]
    fn keys_are_what_learnt_files_hold() {
        let known = [
            ("Read more", 0x7FC2_5276_004A_DBA0),
            ("Alle Rechte vorbehalten", 0xEFFE_6A00_8EE0_34B3),
            ("Подписаться на новости", 0x91E1_DF96_8F7A_9C8A),
            ("続きを読む", 0xAD60_B94A_433A_CBB9),
        ];
        for (text, key) in known {
            assert_eq!(folded(text).key(), key, "{text}: {:#X}", folded(text).key());
        }
    }
}
