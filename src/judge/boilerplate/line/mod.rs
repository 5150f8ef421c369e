//! One pass over a line: what can be counted in it, and its words as numbers.

mod dates;
mod reader;
mod spelling;
mod window;

use std::ops::Range;

use super::chars::{Kind, SCRIPTS};
use reader::Reader;

/// Of a long line so many bytes are read at its begin, and [`TAIL`] at its end; the counts are scaled up. What tells
/// an article from a notice stands at the two ends, and reading is what this rule costs on prose.
const HEAD: usize = 128;
const TAIL: usize = 64;
/// What was counted in a line. Lines that are not read whole have `scale` above 1, and their counts are of what was read.
#[derive(Clone, Debug, Default)]
pub struct Line {
    /// Words; letters of scripts without spaces count as parts of one. Scaled.
    pub units: f32,
    /// What the counts are to be multiplied by.
    pub scale: f32,
    /// Characters.
    pub chars: u32,
    /// Visible characters.
    pub visible: u32,
    /// Letters.
    pub letters: u32,
    /// Upper-case letters.
    pub upper: u32,
    /// Digits.
    pub digits: u32,
    /// Words that have case; of these with a first upper-case letter.
    pub cased: [u32; 2],
    /// Words with spaces between.
    pub words: u32,
    /// Letters of scripts that write no spaces.
    pub wide: u32,
    /// Sentence ends.
    pub ends: u32,
    /// Commas.
    pub commas: u32,
    /// Separators.
    pub separators: u32,
    /// Neither letter nor digit.
    pub symbols: u32,
    /// Quotation marks.
    pub quotes: u32,
    /// Question and exclamation marks.
    pub questions: u32,
    /// Money, per cent.
    pub money: u32,
    /// Signs of rights.
    pub rights: u32,
    /// Numbers.
    pub numbers: u32,
    /// Year 1, time 2, date 4.
    pub date: u8,
    /// Ends with a number in brackets.
    pub counted: bool,
    /// First visible character.
    pub first: Option<Kind>,
    /// Last visible character, closing quotes and brackets left aside.
    pub last: Option<Kind>,
    /// Letters by script.
    pub scripts: [u16; SCRIPTS],
    /// The line's words in the arena.
    pub range: (u32, u32),
    /// Number of its words as a whole.
    pub hash: u32,
    /// Whether all of it was read.
    pub whole: bool,
}

/// The words of lines, one behind the other.
#[derive(Default)]
pub struct Arena {
    /// A number each; case does not matter, numbers are all the same number.
    pub words: Vec<u32>,
}

impl Arena {
    /// The words of a line.
    pub fn of(&self, line: &Line) -> &[u32] {
        let (start, end) = (line.range.0 as usize, line.range.1 as usize);
        self.words.get(start..end).unwrap_or(&[])
    }
}

/// What a line of so many words weighs in a page: none weighs nothing, and one long line not more than a page of others.
#[inline]
pub fn mass(units: f32) -> f32 {
    (units + 0.5).min(400.0)
}

/// Mixes one more number in.
#[inline]
pub fn mix(hash: u32, c: u32) -> u32 {
    (hash ^ c).wrapping_mul(0x9E37_79B1).rotate_left(15)
}

/// Reads a line: a part of a text.
pub fn read(text: &str, part: Range<usize>, arena: &mut Arena) -> Line {
    let mut line = Line::default();
    read_into(text, part, &mut line, arena);
    line
}

/// Reads a line into an empty one.
#[inline(always)]
pub(super) fn read_into(text: &str, part: Range<usize>, line: &mut Line, arena: &mut Arena) {
    let start = arena.words.len();
    let bytes = part.len();
    let mut r = Reader::new(line, arena, start);
    r.line.scale = 1.0;
    r.line.whole = bytes <= HEAD + TAIL + 64;
    if r.line.whole {
        r.read(text, part);
    } else {
        let head = part.start..floor(text, part.start + HEAD);
        let tail = floor(text, part.end - TAIL)..part.end;
        r.line.scale = bytes as f32 / (head.len() + tail.len()) as f32;
        r.read(text, head);
        r.end_word();
        r.forget_numbers();
        r.read(text, tail);
    }
    r.finish();
}

fn floor(text: &str, mut at: usize) -> usize {
    while at > 0 && !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn line(text: &str) -> Line {
        read(text, 0..text.len(), &mut Arena::default())
    }

    #[test]
    fn counts_are_those_of_the_text() {
        let l = line("Prices: 12,50 € (was 15) – “today” only! See www.example.org");
        assert_eq!((l.quotes, l.questions, l.numbers, l.money), (2, 1, 3, 1));
        assert_eq!(
            (l.first, l.last, l.ends),
            (Some(Kind::Upper), Some(Kind::Lower), 1)
        );
        assert!(l.whole && l.visible < l.chars);
    }

    #[test]
    fn a_word_has_one_number_whatever_its_case() {
        for (a, b) in [
            ("Straße", "STRAßE"),
            ("Москва", "москва"),
            ("Ελλάδα", "ελλάδα"),
            ("Tin Mới", "tin mới"),
        ] {
            let mut arena = Arena::default();
            let (x, y) = (
                read(a, 0..a.len(), &mut arena),
                read(b, 0..b.len(), &mut arena),
            );
            assert_eq!(x.hash, y.hash, "{a} {b}");
        }
        assert_ne!(line("night").hash, line("nights").hash);
    }

    proptest! {
        #[test]
        fn words_are_read_together_as_one_by_one(
            tokens in prop::collection::vec("[A-Za-z]{1,30}|[a-z]{1,9}[.,:;!?)'é]|[A-Z]{2,5}|[a-z0-9(]{1,4}|", 0..24),
        ) {
            // Words before a no-break space, which is not ASCII, are read by themselves.
            let [(a, words), (b, others)] = [" ", "\u{A0}"].map(|space| {
                let mut arena = Arena::default();
                // Longer lines are not read whole.
                let text: String = tokens.join(space).chars().take(120).collect();
                (read(&text, 0..text.len(), &mut arena), arena.words)
            });
            prop_assert_eq!(words, others);
            prop_assert_eq!(format!("{a:?}"), format!("{b:?}"));
        }
    }

    #[test]
    fn dates_and_times_are_seen() {
        for (text, date) in [
            ("14:05", 2),
            ("3.5.2011", 5),
            ("2020年05月18日 09:26", 7),
            ("in 1999", 1),
            ("12 apples", 0),
        ] {
            assert_eq!(line(text).date, date, "{text}");
        }
        assert!(line("October (12)").counted && !line("October 12").counted);
    }

    #[test]
    fn scripts_without_spaces_have_words_and_sentences() {
        let l = line("図書館は昨日また開いた。子どもたちが並んだ。");
        assert_eq!((l.ends, l.wide), (2, 20));
        for (text, ends) in [
            ("来た。", 1),
            ("来た。 See it.", 2),
            ("「来た！？」と。", 2),
            ("来た。 と", 1),
        ] {
            assert_eq!(line(text).ends, ends, "{text}");
        }
        assert!((10.0..14.0).contains(&l.units), "{}", l.units);
        let thai = line("แม่ค้ากว่าสามสิบคนพายเรือมาตั้งแต่ยังไม่สว่าง ป้าสมใจขายขนมครกมาสี่สิบปี");
        assert_eq!(thai.ends, 2);
    }

    #[test]
    fn a_long_line_is_read_at_its_ends_and_counted_as_a_whole() {
        let text = "The boat came in at noon. ".repeat(100);
        let l = line(&text);
        assert!(!l.whole);
        assert!((l.units - 600.0).abs() < 30.0, "{}", l.units);
        // Cut within a character, and not.
        for n in 100..140 {
            line(&"ส".repeat(n));
        }
    }
}
