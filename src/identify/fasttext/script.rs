//! The script that most of a text's letters are in.

/// Letters of a text that are counted; some pages decide, and a book costs no more.
const MAX_LETTERS: usize = 4000;

/// Where scripts lie: first and last code point, ISO 15924, after the blocks of Unicode 16; in order. Blocks of
/// symbols and of scripts that no model names are left out.
#[rustfmt::skip]
const BLOCKS: &[(u32, u32, &str)] = &[
    (0x0041, 0x024f, "Latn"), (0x0250, 0x02af, "Latn"), (0x0370, 0x03ff, "Grek"), (0x0400, 0x052f, "Cyrl"),
    (0x0530, 0x058f, "Armn"), (0x0590, 0x05ff, "Hebr"), (0x0600, 0x06ff, "Arab"), (0x0700, 0x074f, "Syrc"),
    (0x0750, 0x077f, "Arab"), (0x0780, 0x07bf, "Thaa"), (0x07c0, 0x07ff, "Nkoo"), (0x0800, 0x083f, "Samr"),
    (0x0840, 0x085f, "Mand"), (0x0860, 0x086f, "Syrc"), (0x0870, 0x08ff, "Arab"), (0x0900, 0x097f, "Deva"),
    (0x0980, 0x09ff, "Beng"), (0x0a00, 0x0a7f, "Guru"), (0x0a80, 0x0aff, "Gujr"), (0x0b00, 0x0b7f, "Orya"),
    (0x0b80, 0x0bff, "Taml"), (0x0c00, 0x0c7f, "Telu"), (0x0c80, 0x0cff, "Knda"), (0x0d00, 0x0d7f, "Mlym"),
    (0x0d80, 0x0dff, "Sinh"), (0x0e00, 0x0e7f, "Thai"), (0x0e80, 0x0eff, "Laoo"), (0x0f00, 0x0fff, "Tibt"),
    (0x1000, 0x109f, "Mymr"), (0x10a0, 0x10ff, "Geor"), (0x1100, 0x11ff, "Hang"), (0x1200, 0x139f, "Ethi"),
    (0x13a0, 0x13ff, "Cher"), (0x1400, 0x167f, "Cans"), (0x16a0, 0x16ff, "Runr"), (0x1700, 0x171f, "Tglg"),
    (0x1720, 0x173f, "Hano"), (0x1740, 0x175f, "Buhd"), (0x1760, 0x177f, "Tagb"), (0x1780, 0x17ff, "Khmr"),
    (0x1800, 0x18af, "Mong"), (0x18b0, 0x18ff, "Cans"), (0x1900, 0x194f, "Limb"), (0x1950, 0x197f, "Tale"),
    (0x1980, 0x19df, "Talu"), (0x1a00, 0x1a1f, "Bugi"), (0x1a20, 0x1aaf, "Lana"), (0x1b00, 0x1b7f, "Bali"),
    (0x1b80, 0x1bbf, "Sund"), (0x1bc0, 0x1bff, "Batk"), (0x1c00, 0x1c4f, "Lepc"), (0x1c50, 0x1c7f, "Olck"),
    (0x1c80, 0x1c8f, "Cyrl"), (0x1c90, 0x1cbf, "Geor"), (0x1e00, 0x1eff, "Latn"), (0x1f00, 0x1fff, "Grek"),
    (0x2c00, 0x2c5f, "Glag"), (0x2c60, 0x2c7f, "Latn"), (0x2c80, 0x2cff, "Copt"), (0x2d00, 0x2d2f, "Geor"),
    (0x2d30, 0x2d7f, "Tfng"), (0x2d80, 0x2ddf, "Ethi"), (0x2de0, 0x2dff, "Cyrl"), (0x3005, 0x3007, "Hani"),
    (0x3040, 0x309f, "Hira"), (0x30a0, 0x30ff, "Kana"), (0x3100, 0x312f, "Bopo"), (0x3130, 0x318f, "Hang"),
    (0x31f0, 0x31ff, "Kana"), (0x3400, 0x9fff, "Hani"), (0xa000, 0xa4cf, "Yiii"), (0xa4d0, 0xa4ff, "Lisu"),
    (0xa500, 0xa63f, "Vaii"), (0xa640, 0xa69f, "Cyrl"), (0xa720, 0xa7ff, "Latn"), (0xa800, 0xa82f, "Sylo"),
    (0xa840, 0xa87f, "Phag"), (0xa880, 0xa8df, "Saur"), (0xa8e0, 0xa8ff, "Deva"), (0xa900, 0xa92f, "Kali"),
    (0xa930, 0xa95f, "Rjng"), (0xa960, 0xa97f, "Hang"), (0xa980, 0xa9df, "Java"), (0xa9e0, 0xa9ff, "Mymr"),
    (0xaa00, 0xaa5f, "Cham"), (0xaa60, 0xaa7f, "Mymr"), (0xaa80, 0xaadf, "Tavt"), (0xaae0, 0xaaff, "Mtei"),
    (0xab00, 0xab2f, "Ethi"), (0xab30, 0xab6f, "Latn"), (0xab70, 0xabbf, "Cher"), (0xabc0, 0xabff, "Mtei"),
    (0xac00, 0xd7ff, "Hang"), (0xf900, 0xfaff, "Hani"), (0xfb00, 0xfb06, "Latn"), (0xfb13, 0xfb17, "Armn"),
    (0xfb1d, 0xfb4f, "Hebr"), (0xfb50, 0xfdff, "Arab"), (0xfe70, 0xfeff, "Arab"), (0xff21, 0xff5a, "Latn"),
    (0xff66, 0xff9f, "Kana"), (0xffa0, 0xffdc, "Hang"), (0x10330, 0x1034f, "Goth"), (0x10400, 0x1044f, "Dsrt"),
    (0x104b0, 0x104ff, "Osge"), (0x10d00, 0x10d3f, "Rohg"), (0x11100, 0x1114f, "Cakm"), (0x11400, 0x1147f, "Newa"),
    (0x11d00, 0x11d5f, "Gonm"), (0x11d60, 0x11daf, "Gong"), (0x16b00, 0x16b8f, "Hmng"), (0x16e40, 0x16e9f, "Medf"),
    (0x16f00, 0x16f9f, "Plrd"), (0x1e100, 0x1e14f, "Hmnp"), (0x1e290, 0x1e2bf, "Toto"), (0x1e2c0, 0x1e2ff, "Wcho"),
    (0x1e900, 0x1e95f, "Adlm"), (0x20000, 0x3ffff, "Hani"),
];

/// ISO 15924 of the script that most letters of the text are in, Han and the kana apart; of two as frequent the one
/// that comes first in Unicode. `None` where there is no letter.
pub(super) fn of_most(text: &str) -> Option<&'static str> {
    let mut counts = [0_u32; BLOCKS.len()];
    // Neighbours are mostly of one block.
    let mut last = 0;
    for c in text.chars().filter(|c| c.is_alphabetic()).take(MAX_LETTERS) {
        let point = u32::from(c);
        if !contains(last, point) {
            last = BLOCKS.partition_point(|(_, end, _)| *end < point);
        }
        if contains(last, point) {
            counts[last] += 1;
        }
    }
    let seen = || BLOCKS.iter().zip(counts).filter(|(_, count)| *count > 0);
    let total = |script: &str| -> u32 {
        let blocks = seen().filter(|((_, _, name), _)| *name == script);
        blocks.map(|(_, count)| count).sum()
    };
    let scripts = seen().map(|((_, _, script), _)| *script);
    scripts.rev().max_by_key(|script| total(script))
}

fn contains(block: usize, point: u32) -> bool {
    BLOCKS
        .get(block)
        .is_some_and(|(first, last, _)| (*first..=*last).contains(&point))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_in_order() {
        assert!(BLOCKS.iter().all(|(first, last, _)| first <= last));
        assert!(BLOCKS.windows(2).all(|pair| pair[0].1 < pair[1].0));
        assert!(
            BLOCKS
                .iter()
                .all(|(_, _, script)| crate::identify::Language::new("und", script).is_some())
        );
    }

    #[test]
    fn counts_letters() {
        assert_eq!(of_most("Привет, world!!"), Some("Cyrl"));
        assert_eq!(of_most("Ωmega, hello"), Some("Latn"));
        assert_eq!(of_most("ab яб"), Some("Latn"));
        assert_eq!(of_most("1234 — ?!"), None);
        assert_eq!(of_most(""), None);
        assert_eq!(of_most("हिन्दी"), Some("Deva"));
        assert_eq!(of_most("Ẽbeñ ḥa"), Some("Latn"));
    }
}
