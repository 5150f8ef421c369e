//! Grows `src/tables/letters.bin`: code point -> script number or kind of mark, and the key of the folded letter.

use cleanfilter::identify::ngram::letters::{EXTEND, SKIP, key};
use unicode_normalization::UnicodeNormalization;

/// Scripts in the order of their numbers, from 1. Han and kana are one; the last one stands for all others.
pub const SCRIPTS: [&str; 44] = [
    "Hani", "Hang", "Latn", "Cyrl", "Arab", "Deva", "Beng", "Mymr", "Ethi", "Tibt", "Grek", "Hebr",
    "Knda", "Geor", "Tfng", "Thaa", "Goth", "Gujr", "Armn", "Cans", "Khmr", "Laoo", "Mlym", "Mtei",
    "Nkoo", "Orya", "Guru", "Olck", "Sinh", "Taml", "Tale", "Telu", "Thai", "Cher", "Mong", "Copt",
    "Syrc", "Lisu", "Talu", "Java", "Sund", "Limb", "Lana", "Zzzz",
];

const NAMES: [&str; 43] = [
    "Han",
    "Hangul",
    "Latin",
    "Cyrillic",
    "Arabic",
    "Devanagari",
    "Bengali",
    "Myanmar",
    "Ethiopic",
    "Tibetan",
    "Greek",
    "Hebrew",
    "Kannada",
    "Georgian",
    "Tifinagh",
    "Thaana",
    "Gothic",
    "Gujarati",
    "Armenian",
    "Canadian_Aboriginal",
    "Khmer",
    "Lao",
    "Malayalam",
    "Meetei_Mayek",
    "Nko",
    "Oriya",
    "Gurmukhi",
    "Ol_Chiki",
    "Sinhala",
    "Tamil",
    "Tai_Le",
    "Telugu",
    "Thai",
    "Cherokee",
    "Mongolian",
    "Coptic",
    "Syriac",
    "Lisu",
    "New_Tai_Lue",
    "Javanese",
    "Sundanese",
    "Limbu",
    "Tai_Tham",
];

fn ranges(pattern: &str) -> Vec<(u32, u32)> {
    let hir = regex_syntax::parse(pattern).unwrap_or_else(|e| panic!("{e}"));
    match hir.kind() {
        regex_syntax::hir::HirKind::Class(regex_syntax::hir::Class::Unicode(c)) => c
            .ranges()
            .iter()
            .map(|r| (r.start() as u32, r.end() as u32))
            .collect(),
        _ => panic!("{pattern}"),
    }
}

const LIMIT: usize = 0x20000;
const PAGE: usize = 128;

/// The table's bytes.
pub fn table() -> Vec<u8> {
    let mut letter = vec![false; LIMIT];
    let mut script = vec![0u8; LIMIT];
    let mark = |map: &mut Vec<bool>, pattern: &str| {
        for (a, b) in ranges(pattern) {
            for cp in a..=b.min(LIMIT as u32 - 1) {
                map[cp as usize] = true;
            }
        }
    };
    mark(&mut letter, r"[\p{L}\p{M}]");
    for (n, name) in NAMES.iter().enumerate() {
        for (a, b) in ranges(&format!(r"\p{{sc={name}}}")) {
            for cp in a..=b.min(LIMIT as u32 - 1) {
                script[cp as usize] = n as u8 + 1;
            }
        }
    }
    for name in ["Hiragana", "Katakana"] {
        for (a, b) in ranges(&format!(r"\p{{sc={name}}}")) {
            for cp in a..=b.min(LIMIT as u32 - 1) {
                script[cp as usize] = 1;
            }
        }
    }
    for cp in ranges(r"[\p{sc=Common}\p{sc=Inherited}]")
        .iter()
        .flat_map(|&(a, b)| a..=b.min(LIMIT as u32 - 1))
    {
        letter[cp as usize] = false;
    }
    // The prolonged sound mark is Common, but written with kana only.
    for cp in [0x30FC, 0xFF70] {
        letter[cp] = true;
        script[cp] = 1;
    }
    let mut entries = vec![0u32; LIMIT];
    for cp in 0..LIMIT {
        let Some(c) = char::from_u32(cp as u32) else {
            continue;
        };
        let e = match cp {
            // Marks that compose with letters.
            _ if extends(cp as u32) => Some((EXTEND, key(cp as u32))),
            _ if skips(cp as u32) => Some((SKIP, 0)),
            _ => None,
        };
        if let Some((class, k)) = e {
            entries[cp] = (class as u32) << 24 | k;
            continue;
        }
        if !letter[cp]
            || matches!(cp, 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xAC00..=0xD7A3 | 0xF900..=0xFAFF)
        {
            continue;
        }
        let class = if script[cp] == 0 {
            SCRIPTS.len() as u8
        } else {
            script[cp]
        };
        // Case folded, decomposed; marks add to the key. The keys of scripts without languages are not needed.
        let folded: String = match c {
            'ς' => "σ".into(),
            'İ' => "i".into(), // its small letter lacks the second dot
            _ => c.to_lowercase().collect(),
        };
        let sum = folded
            .nfd()
            .filter(|&d| !skips(d as u32))
            .fold(0u32, |sum, d| sum + key(d as u32))
            & 0x00FF_FFFF;
        let sum = if class == SCRIPTS.len() as u8 { 0 } else { sum };
        entries[cp] = (class as u32) << 24 | sum;
    }
    let mut index = Vec::new();
    let mut pages: Vec<&[u32]> = Vec::new();
    for page in entries.chunks(PAGE) {
        if page.iter().all(|&e| e == 0) {
            index.push(255);
        } else if let Some(at) = pages.iter().position(|p| *p == page) {
            index.push(at as u8);
        } else {
            index.push(pages.len() as u8);
            pages.push(page);
        }
    }
    assert!(pages.len() < 255, "too many pages for a byte");
    index.extend(
        pages
            .iter()
            .flat_map(|p| p.iter().flat_map(|e| e.to_le_bytes())),
    );
    index
}

/// Marks that compose with the letter before them: they and it are one unit.
fn extends(cp: u32) -> bool {
    if matches!(cp, 0x0300..=0x036F | 0x0653..=0x0655 | 0x093C | 0x09BC | 0x0A3C | 0x0B3C | 0x3099 | 0x309A)
    {
        return true;
    }
    // The second parts of two-part vowels, so that the whole and the parts are the same unit.
    (0x0900..0x1100).contains(&cp) && TAILS.contains(&cp)
}

/// What follows the first code point in the canonical decompositions of U+0900 to U+10FF.
const TAILS: [u32; 22] = [
    0x09BE, 0x09D7, 0x0B56, 0x0B3E, 0x0B57, 0x0BBE, 0x0BD7, 0x0C56, 0x0CD5, 0x0CC2, 0x0CD6, 0x0D3E,
    0x0D57, 0x0DCA, 0x0DCF, 0x0DDF, 0x0FB7, 0x0FB5, 0x0F72, 0x0F74, 0x0F80, 0x102E,
];

/// Vowel points that most texts leave out, tatweel, joiners, soft hyphen, variation selectors.
fn skips(cp: u32) -> bool {
    matches!(cp, 0x064B..=0x0652 | 0x0670 | 0x0640 | 0x05B0..=0x05C7 | 0x0591..=0x05AF | 0x200C | 0x200D | 0x00AD
        | 0xFE00..=0xFE0F | 0x2060)
}
