//! One pass over a line: what can be counted in it, and its words as numbers.

use super::chars::{Kind, SCRIPTS, ascii_kind, fold, kind, script};

/// Of a long line so many bytes are read at its begin, and [`TAIL`] at its end; the counts are scaled up. What tells
/// an article from a notice stands at the two ends, and reading is what this rule costs on prose.
const HEAD: usize = 192;
const TAIL: usize = 64;

/// Words kept of a line at most.
const MAX_WORDS: usize = 64;

/// Bytes of a word that count for its number: longer words are told apart by length no more.
const MAX_WORD_BYTES: usize = 24;

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
    /// Words that have case; of these with a first upper-case letter; of these all upper-case.
    pub cased: [u32; 3],
    /// Words with spaces between.
    pub words: u32,
    /// Letters of scripts that write no spaces.
    pub wide: u32,
    /// Letters of the longest word.
    pub longest: u32,
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
    /// Colons.
    pub colons: u32,
    /// Brackets.
    pub brackets: u32,
    /// Money, per cent.
    pub money: u32,
    /// Signs of rights.
    pub rights: u32,
    /// Signs of addresses.
    pub address: u32,
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

/// Mixes one more number in.
#[inline]
pub fn mix(hash: u32, c: u32) -> u32 {
    (hash ^ c).wrapping_mul(0x9E37_79B1).rotate_left(15)
}

/// The number of a word's folded bytes.
#[inline]
fn number(word: &[u8; MAX_WORD_BYTES], length: usize) -> u32 {
    let mut h = length as u64;
    for chunk in word.as_chunks::<8>().0.iter().take(length.div_ceil(8)) {
        h = (h ^ u64::from_le_bytes(*chunk)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        h ^= h >> 32;
    }
    h as u32
}

/// Reads a line.
pub fn read(text: &str, arena: &mut Arena) -> Line {
    let start = arena.words.len();
    let mut r = Reader::new(arena, start);
    if text.len() > HEAD + TAIL + 64 {
        let head = text.get(..floor(text, HEAD)).unwrap_or("");
        let tail = text.get(floor(text, text.len() - TAIL)..).unwrap_or("");
        r.read(head);
        r.end_word();
        r.number = Number::default();
        r.read(tail);
        r.line.whole = false;
        r.line.scale = text.len() as f32 / (head.len() + tail.len()) as f32;
    } else {
        r.read(text);
    }
    r.finish()
}

fn floor(text: &str, mut at: usize) -> usize {
    while at > 0 && !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

struct Reader<'a> {
    line: Line,
    arena: &'a mut Arena,
    start: usize,
    word: [u8; MAX_WORD_BYTES],
    bytes: usize,
    letters: u32,
    upper_first: bool,
    upper: u32,
    cased: bool,
    thai: u32,
    thai_letters: u32,
    before: Kind,
    number: Number,
}

#[derive(Default)]
struct Number {
    value: u32,
    length: u32,
    before: char,
    last_length: u32,
    last_before: char,
    last_end: char,
}

impl<'a> Reader<'a> {
    fn new(arena: &'a mut Arena, start: usize) -> Self {
        Reader {
            line: Line {
                whole: true,
                scale: 1.0,
                ..Line::default()
            },
            arena,
            start,
            word: [0; MAX_WORD_BYTES],
            bytes: 0,
            letters: 0,
            upper_first: false,
            upper: 0,
            cased: false,
            thai: 0,
            thai_letters: 0,
            before: Kind::Space,
            number: Number::default(),
        }
    }

    fn read(&mut self, text: &str) {
        let bytes = text.as_bytes();
        let mut at = 0;
        // What a number looks back at: the character before it.
        let mut last = ' ';
        while let Some(&b) = bytes.get(at) {
            if b.is_ascii_alphabetic() {
                if self.number.length > 0 {
                    self.end_number(b as char);
                }
                at = self.ascii(bytes, at);
                last = 'a';
            } else if b == b' ' {
                if self.number.length > 0 {
                    self.end_number(' ');
                }
                self.line.chars += 1;
                self.space();
                last = ' ';
                at += 1;
            } else if b < 0x80 {
                self.other(b as char, ascii_kind(b), last);
                last = b as char;
                at += 1;
            } else {
                let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) else {
                    return;
                };
                self.other(c, kind(c), last);
                last = c;
                at += c.len_utf8();
            }
        }
    }

    fn other(&mut self, c: char, k: Kind, last: char) {
        if k != Kind::Digit && self.number.length > 0 {
            self.end_number(c);
        }
        self.line.chars += 1;
        match k {
            Kind::Space => return self.space(),
            Kind::Lower | Kind::Upper | Kind::Letter => self.letter(c, k),
            Kind::Han | Kind::Thai => self.wide(c, k),
            Kind::Digit => self.digit(c, last),
            _ => self.sign(c, k),
        }
        self.seen(k);
    }

    #[inline]
    fn seen(&mut self, k: Kind) {
        self.line.visible += 1;
        if self.line.first.is_none() {
            self.line.first = Some(k);
        }
        if !matches!(k, Kind::Quote | Kind::Bracket) || self.before == Kind::Space {
            self.before = k;
            self.line.last = Some(k);
        }
    }

    fn space(&mut self) {
        self.end_word();
        if matches!(self.before, Kind::Stop | Kind::Question | Kind::Ellipsis) {
            self.line.ends += 1;
        }
        // Thai writes a space where others end a clause.
        if self.thai >= 25 {
            self.line.ends += 1;
        }
        self.thai = 0;
        self.before = Kind::Space;
    }

    /// A run of ASCII letters from `at` on; gives where it ends.
    #[inline]
    fn ascii(&mut self, bytes: &[u8], mut at: usize) -> usize {
        let (start, first) = (at, bytes.get(at).copied().unwrap_or(0));
        let (mut upper, mut end) = (0, first);
        while let Some(&b) = bytes.get(at).filter(|b| b.is_ascii_alphabetic()) {
            upper += (b & 0x20 == 0) as u32;
            if let Some(to) = self.word.get_mut(self.bytes) {
                *to = b | 0x20;
                self.bytes += 1;
            }
            end = b;
            at += 1;
        }
        let n = (at - start) as u32;
        let case = |b: u8| {
            if b & 0x20 == 0 {
                Kind::Upper
            } else {
                Kind::Lower
            }
        };
        if self.letters == 0 {
            self.upper_first = first & 0x20 == 0;
        }
        self.cased = true;
        self.letters += n;
        self.upper += upper;
        self.line.chars += n;
        self.line.visible += n;
        if let Some(latin) = self.line.scripts.first_mut() {
            *latin = latin.saturating_add(n as u16);
        }
        if self.line.first.is_none() {
            self.line.first = Some(case(first));
        }
        self.before = case(end);
        self.line.last = Some(self.before);
        at
    }

    #[inline]
    fn letter(&mut self, c: char, k: Kind) {
        if self.letters == 0 {
            self.upper_first = k == Kind::Upper;
        }
        self.upper += (k == Kind::Upper) as u32;
        self.cased |= k != Kind::Letter;
        self.spell(fold(c));
        self.letters += 1;
        self.script(c);
    }

    #[inline]
    fn spell(&mut self, c: char) {
        if let Some(to) = self.word.get_mut(self.bytes..self.bytes + c.len_utf8()) {
            c.encode_utf8(to);
            self.bytes += c.len_utf8();
        }
    }

    #[inline]
    fn script(&mut self, c: char) {
        if let Some(n) = self.line.scripts.get_mut(script(c) as usize) {
            *n = n.saturating_add(1);
        }
    }

    /// A letter of a script without spaces is a word of its own; pairs of them are the pairs of words.
    fn wide(&mut self, c: char, k: Kind) {
        self.end_word();
        self.line.letters += 1;
        self.line.wide += 1;
        self.script(c);
        self.push(mix(0x811C_9DC5, c as u32));
        if k == Kind::Thai {
            self.thai += 1;
            self.thai_letters += 1;
        }
    }

    fn digit(&mut self, c: char, last: char) {
        self.line.digits += 1;
        if self.number.length == 0 {
            self.spell('0');
            self.number.before = last;
            self.number.value = 0;
        }
        self.number.length += 1;
        self.number.value = self
            .number
            .value
            .wrapping_mul(10)
            .wrapping_add((c as u32) & 0xF);
    }

    fn end_number(&mut self, next: char) {
        let n = &mut self.number;
        self.line.numbers += 1;
        let joined = n.last_length > 0 && n.last_end == n.before;
        if n.length == 4 && (1900..2100).contains(&n.value) {
            self.line.date |= 1;
        }
        if joined && matches!(n.before, ':' | '：') && n.length == 2 && n.last_length <= 2 {
            self.line.date |= 2;
        }
        if joined
            && matches!(n.before, '/' | '.' | '-')
            && n.last_before == n.before
            && n.length <= 4
        {
            self.line.date |= 4;
        }
        if matches!(next, '年' | '月' | '日' | '년' | '월' | '일') {
            self.line.date |= 4;
        }
        n.last_before = n.before;
        n.last_length = n.length;
        n.last_end = next;
        n.length = 0;
    }

    fn sign(&mut self, c: char, k: Kind) {
        self.end_word();
        let line = &mut self.line;
        match k {
            Kind::Comma => line.commas += 1,
            Kind::Stop | Kind::Question => {
                line.questions += (k == Kind::Question) as u32;
                // Full stops of scripts without spaces end a sentence wherever they stand.
                if !c.is_ascii() && !matches!(self.before, Kind::Stop | Kind::Question) {
                    line.ends += 1;
                    self.before = Kind::Space;
                }
            }
            Kind::Separator => line.separators += 1,
            Kind::Quote => line.quotes += 1,
            Kind::Colon => line.colons += 1,
            Kind::Bracket => line.brackets += 1,
            Kind::Money => line.money += 1,
            Kind::Rights => line.rights += 1,
            _ => {}
        }
        line.address += matches!(c, '@' | '#') as u32;
        line.counted = matches!(c, ')' | '）' | ']') && self.before == Kind::Digit;
        line.symbols += 1;
    }

    #[inline]
    fn end_word(&mut self) {
        if self.bytes == 0 {
            return;
        }
        let line = &mut self.line;
        line.words += 1;
        line.letters += self.letters;
        line.upper += self.upper;
        line.longest = line.longest.max(self.letters);
        if self.cased {
            line.cased[0] += 1;
            line.cased[1] += self.upper_first as u32;
            line.cased[2] += (self.upper == self.letters && self.letters > 1) as u32;
        }
        let word = number(&self.word, self.bytes);
        self.word = [0; MAX_WORD_BYTES];
        (self.bytes, self.letters, self.upper, self.cased) = (0, 0, 0, false);
        self.push(word);
    }

    #[inline]
    fn push(&mut self, word: u32) {
        self.line.hash = mix(self.line.hash, word);
        if self.arena.words.len() - self.start < MAX_WORDS {
            self.arena.words.push(word);
        } else if let Some(last) = self.arena.words.last_mut() {
            *last = word;
        }
    }

    fn finish(mut self) -> Line {
        self.end_word();
        if self.number.length > 0 {
            self.end_number(' ');
        }
        self.space();
        let mut line = self.line;
        let thai = self.thai_letters as f32;
        line.units =
            (line.words as f32 + 0.2 * thai + 0.6 * (line.wide as f32 - thai)) * line.scale;
        line.range = (self.start as u32, self.arena.words.len() as u32);
        line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str) -> Line {
        read(text, &mut Arena::default())
    }

    #[test]
    fn counts_are_those_of_the_text() {
        let l = line("Prices: 12,50 € (was 15) – “today” only! See www.example.org");
        assert_eq!(
            (
                l.colons,
                l.brackets,
                l.quotes,
                l.questions,
                l.numbers,
                l.money
            ),
            (1, 2, 2, 1, 3, 1)
        );
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
            let (x, y) = (read(a, &mut arena), read(b, &mut arena));
            assert_eq!(x.hash, y.hash, "{a} {b}");
        }
        assert_ne!(line("night").hash, line("nights").hash);
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
        // A wide full stop at the line's end is counted there once more; the tables were grown so.
        assert_eq!((l.ends, l.wide), (3, 20));
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
