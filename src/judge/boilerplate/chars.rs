//! Kinds of characters, as a line's measures need them.

/// What a character is to a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Kind {
    /// White space.
    Space,
    /// Lower-case letter, or mark on a letter.
    Lower,
    /// Upper-case letter.
    Upper,
    /// Letter of a script without case that puts spaces between words.
    Letter,
    /// Han or kana: no spaces, a letter is a part of a word.
    Han,
    /// Thai, Lao, Khmer, Myanmar: no spaces between words.
    Thai,
    /// Digit of any script.
    Digit,
    /// Opening quotation mark or bracket, or a plain quotation mark.
    Quote,
    /// Opening or closing bracket.
    Bracket,
    /// Separator: bar, bullet, arrow, slash, dash.
    Separator,
    /// Other symbol.
    Symbol,
    /// Money, per cent.
    Money,
    /// Sign of rights.
    Rights,
    /// Colon.
    Colon,
    /// Comma or semicolon.
    Comma,
    /// Sentence end, full stop.
    Stop,
    /// Question or exclamation mark.
    Question,
    /// Ellipsis.
    Ellipsis,
}

use crate::unicode::{PAGE, Pages, is_alphabetic, is_alphanumeric};

use Kind::*;

const fn ascii_table() -> [Kind; 128] {
    let mut t = [Symbol; 128];
    let mut b = 0;
    while b < 128 {
        t[b] = match b as u8 {
            b'a'..=b'z' => Lower,
            b'A'..=b'Z' => Upper,
            b'0'..=b'9' => Digit,
            0..=32 | 127 => Space,
            b'.' => Stop,
            b'!' | b'?' => Question,
            b',' | b';' => Comma,
            b':' => Colon,
            b'"' | b'\'' => Quote,
            b'(' | b')' | b'[' | b']' | b'{' | b'}' => Bracket,
            b'|' | b'>' | b'<' | b'/' | b'\\' | b'-' | b'*' | b'+' | b'~' | b'_' => Separator,
            b'$' | b'%' => Money,
            _ => Symbol,
        };
        b += 1;
    }
    t
}

static ASCII: [Kind; 128] = ascii_table();

/// The kind of an ASCII byte.
#[inline]
pub fn ascii_kind(b: u8) -> Kind {
    ASCII.get(b as usize).copied().unwrap_or(Symbol)
}

/// What is known of a character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct About {
    /// What it is to a line.
    pub kind: Kind,
    /// Its script, coarsely: enough to see that a line is not in the script of its page.
    pub script: u8,
    /// How many bytes it takes without its case.
    pub bytes: u8,
    /// These bytes, the first one lowest.
    pub folded: u32,
}

impl About {
    fn new(c: char) -> About {
        let lower = match c as u32 {
            // Scripts that have case, but for later additions to Latin and Greek.
            0..0x590 | 0x1E00..0x2000 => c.to_lowercase().next().unwrap_or(c),
            _ => c,
        };
        let mut folded = [0; 4];
        let bytes = lower.encode_utf8(&mut folded).len() as u8;
        About {
            kind: ASCII.get(c as usize).copied().unwrap_or_else(|| beyond(c)),
            script: script(c),
            bytes,
            folded: u32::from_le_bytes(folded),
        }
    }

    /// Of a character: what takes long to find out is remembered of the characters of the first plane.
    #[inline(always)]
    pub fn of(c: char) -> About {
        static FIRST_PLANE: Pages<[About; PAGE], { 0x10000 / PAGE }> = Pages::new();
        // Ideographs are many and all alike; they are words of their own, which are not spelled.
        if let '\u{4E00}'..='\u{9FFF}' = c {
            return About {
                kind: Han,
                script: OTHER,
                bytes: 0,
                folded: 0,
            };
        }
        match FIRST_PLANE.of(c, abouts) {
            Some((abouts, at)) => abouts[at],
            None => About::new(c),
        }
    }
}

#[cold]
fn abouts(character: &dyn Fn(usize) -> Option<char>) -> [About; PAGE] {
    std::array::from_fn(|i| About::new(character(i).unwrap_or_default()))
}

fn beyond(c: char) -> Kind {
    match c as u32 {
        0x80..=0xBF => match c {
            '\u{85}' | '\u{A0}' => Space,
            '©' | '®' => Rights,
            '«' | '»' => Quote,
            '·' | '¬' | '¦' => Separator,
            '£' | '¥' | '¢' => Money,
            'ª' | 'µ' | 'º' => Lower,
            _ => Symbol,
        },
        0xC0..=0x24F => cased(c),
        0x250..=0x36F => Lower,
        0x370..=0x58F => match c {
            ';' | '·' => Question,
            '։' => Stop,
            _ => cased(c),
        },
        0x590..=0x8FF => match c {
            '،' | '؛' => Comma,
            '۔' | '׃' => Stop,
            '؟' => Question,
            '\u{660}'..='\u{669}' | '\u{6F0}'..='\u{6F9}' => Digit,
            '״' | '׳' => Quote,
            _ => Letter,
        },
        0x900..=0xDFF => match c {
            '।' | '॥' => Stop,
            _ if c.is_numeric() => Digit,
            _ => Letter,
        },
        0xE00..=0xEFF | 0x1000..=0x109F | 0x1780..=0x17FF => match c {
            '។' | '။' => Stop,
            '၊' => Comma,
            _ if c.is_numeric() => Digit,
            _ => Thai,
        },
        0xF00..=0xFFF => match c {
            '།' => Stop,
            _ => Letter,
        },
        0x10A0..=0x10FF | 0x1C80..=0x1CBF => Letter,
        0x1360..=0x1368 => match c {
            '።' => Stop,
            '፧' => Question,
            _ => Comma,
        },
        0x1E00..=0x1FFF => cased(c),
        0x2000..=0x206F => match c {
            '\u{2000}'..='\u{200F}' | '\u{2028}'..='\u{202F}' | '\u{205F}'..='\u{206F}' => Space,
            '‘' | '’' | '‚' | '‛' | '“' | '”' | '„' | '‟' | '‹' | '›' | '′' | '″' => {
                Quote
            }
            '…' => Ellipsis,
            '‼' | '⁇' | '⁈' | '⁉' => Question,
            _ => Separator,
        },
        0x20A0..=0x20CF => Money,
        0x2122 => Rights,
        0x2100..=0x218F => Symbol,
        0x2190..=0x2BFF => Separator,
        0x2E80..=0x2FFF => Han,
        0x3000..=0x303F => match c {
            '\u{3000}' => Space,
            '、' => Comma,
            '。' => Stop,
            '々' | '〆' | '〇' => Han,
            '「' | '」' | '『' | '』' | '〝' | '〟' | '〞' => Quote,
            '〈' | '〉' | '《' | '》' | '【' | '】' | '〔' | '〕' => Bracket,
            _ => Separator,
        },
        0x3040..=0x30FF => {
            if c == '・' {
                Separator
            } else {
                Han
            }
        }
        0x3100..=0x312F
        | 0x3400..=0x4DBF
        | 0x4E00..=0x9FFF
        | 0xF900..=0xFAFF
        | 0x20000..=0x3FFFF => Han,
        0xAC00..=0xD7AF | 0x1100..=0x11FF => Letter,
        0xFF01..=0xFFEF => match c {
            '！' | '？' => Question,
            '．' | '｡' => Stop,
            '，' | '；' | '､' => Comma,
            '：' => Colon,
            '（' | '）' | '［' | '］' => Bracket,
            '｜' | '／' | '－' | '＞' | '＜' | '･' => Separator,
            '％' | '＄' | '￥' => Money,
            '０'..='９' => Digit,
            '＂' | '＇' | '｢' | '｣' => Quote,
            'Ａ'..='Ｚ' | 'ａ'..='ｚ' => Letter,
            'ｦ'..='ﾟ' => Han,
            _ => Symbol,
        },
        0x1F000..=0x1FAFF | 0xFE00..=0xFE0F => Symbol,
        0xE000..=0xF8FF => Symbol,
        _ if c.is_numeric() => Digit,
        _ if is_alphanumeric(c) => Letter,
        _ => Symbol,
    }
}

fn cased(c: char) -> Kind {
    if c.is_uppercase() {
        Upper
    } else if is_alphabetic(c) {
        Lower
    } else {
        Symbol
    }
}

fn script(c: char) -> u8 {
    match c as u32 {
        0..0x370 | 0x1E00..0x1F00 => 0,
        0x370..0x400 | 0x1F00..0x2000 => 1,
        0x400..0x530 => 2,
        0x530..0x590 | 0x10A0..0x1100 => 3,
        0x590..0x600 => 4,
        0x600..0x900 => 5,
        0x900..0xE00 => 6,
        0xE00..0x10A0 | 0x1780..0x1800 => 7,
        0x1100..0x1200 | 0xAC00..0xD7B0 => 8,
        _ => OTHER,
    }
}

/// Any other script.
const OTHER: u8 = 9;

/// How many scripts are told apart.
pub const SCRIPTS: usize = OTHER as usize + 1;
