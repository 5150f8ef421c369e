//! Simplified or traditional: which of the two character sets has the text's characters.

use std::sync::OnceLock;

/// Characters of a text that are looked at; a sentence decides.
const MAX_CHARS: usize = 1000;
/// The block CJK Unified Ideographs, which both sets lie in.
const FIRST: u32 = 0x4e00;
const LAST: u32 = 0x9fff;

/// Bits of the block.
type Set = [u64; WORDS];
const WORDS: usize = ((LAST - FIRST) / 64 + 1) as usize;

/// Characters that one set has and the other has not.
struct Sets {
    simplified: Set,
    traditional: Set,
}

/// `Hans` or `Hant`; `None` where the text has as many characters of the one as of the other.
pub(super) fn variety(text: &str) -> Option<&'static str> {
    static SETS: OnceLock<Sets> = OnceLock::new();
    let sets = SETS.get_or_init(Sets::new);
    let (mut simplified, mut traditional) = (0, 0);
    for c in text
        .chars()
        .filter(|c| (FIRST..=LAST).contains(&u32::from(*c)))
        .take(MAX_CHARS)
    {
        simplified += u32::from(has(&sets.simplified, c));
        traditional += u32::from(has(&sets.traditional, c));
    }
    match simplified.cmp(&traditional) {
        std::cmp::Ordering::Greater => Some("Hans"),
        std::cmp::Ordering::Less => Some("Hant"),
        std::cmp::Ordering::Equal => None,
    }
}

impl Sets {
    /// GB 2312 (simplified, mainland 1980) against Big5 (traditional, Taiwan 1984), both from their decoders.
    fn new() -> Sets {
        // The rows of ideographs of GB 2312, which GBK holds at the same place.
        let simplified = decode(encoding_rs::GBK, 0xb0..=0xf7, &[0xa1..=0xfe]);
        // Levels 1 and 2 of Big5, without the extensions between and after them.
        let trails = [0x40..=0x7e, 0xa1..=0xfe];
        let mut traditional = decode(encoding_rs::BIG5, 0xa4..=0xc5, &trails);
        let level_2 = decode(encoding_rs::BIG5, 0xc9..=0xf9, &trails);
        for (word, more) in traditional.iter_mut().zip(level_2) {
            *word |= more;
        }
        let mut sets = Sets {
            simplified,
            traditional,
        };
        for (a, b) in sets.simplified.iter_mut().zip(&mut sets.traditional) {
            let both = *a & *b;
            *a &= !both;
            *b &= !both;
        }
        sets
    }
}

/// The ideographs of these two-byte codes.
fn decode(
    encoding: &'static encoding_rs::Encoding,
    leads: std::ops::RangeInclusive<u8>,
    trails: &[std::ops::RangeInclusive<u8>],
) -> Set {
    let mut codes = Vec::new();
    for lead in leads {
        for trail in trails.iter().cloned().flatten() {
            codes.extend([lead, trail]);
        }
    }
    let mut set: Set = [0; WORDS];
    for c in encoding.decode_without_bom_handling(&codes).0.chars() {
        if let Some(word) = place(c).and_then(|(word, _)| set.get_mut(word)) {
            *word |= place(c).map_or(0, |(_, bit)| bit);
        }
    }
    set
}

fn has(set: &Set, c: char) -> bool {
    place(c).is_some_and(|(word, bit)| set.get(word).is_some_and(|bits| bits & bit != 0))
}

/// The word of a set that a character is in, and its bit.
fn place(c: char) -> Option<(usize, u64)> {
    let at = u32::from(c).checked_sub(FIRST)?;
    (at <= LAST - FIRST).then_some(((at / 64) as usize, 1 << (at % 64)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_simplified_from_traditional() {
        assert_eq!(variety("我们学习语言"), Some("Hans"));
        assert_eq!(variety("我們學習語言"), Some("Hant"));
        assert_eq!(variety("人山水"), None);
        assert_eq!(variety("abc"), None);
    }
}
