//! One pass over a line: what can be counted in it, and its words as numbers.

use super::chars::{Kind, SCRIPTS, fold, kind, script};

/// Of a long line so many bytes are read at its begin, and [`TAIL`] at its end; the counts are scaled up. What tells
/// an article from a notice stands at the two ends, and reading is what this rule costs on prose.
const HEAD: usize = 320;
const TAIL: usize = 128;

/// Words kept of a line at most.
const MAX_WORDS: usize = 64;

/// What was counted in a line.
#[derive(Clone, Debug, Default)]
pub struct Line {
    /// Words; letters of scripts without spaces count as parts of one.
    pub units: f32,
    /// Characters.
    pub chars: f32,
    /// Visible characters read.
    pub visible: f32,
    /// Letters read.
    pub letters: f32,
    /// Upper-case letters read.
    pub upper: f32,
    /// Digits read.
    pub digits: f32,
    /// Words read that have case; of these with a first upper-case letter; of these all upper-case.
    pub cased: [f32; 3],
    /// Words read, with spaces between.
    pub words: f32,
    /// Letters of the longest word.
    pub longest: f32,
    /// Sentence ends, commas, separators, quotation marks, questions, colons, brackets, money, numbers; scaled.
    pub ends: f32,
    /// Commas.
    pub commas: f32,
    /// Separators.
    pub separators: f32,
    /// Neither letter nor digit, of those read.
    pub symbols: f32,
    /// Quotation marks.
    pub quotes: f32,
    /// Question and exclamation marks.
    pub questions: f32,
    /// Colons.
    pub colons: f32,
    /// Brackets.
    pub brackets: f32,
    /// Money, per cent.
    pub money: f32,
    /// Signs of rights.
    pub rights: f32,
    /// Signs of addresses.
    pub address: f32,
    /// Numbers.
    pub numbers: f32,
    /// Year 1, time 2, date 4.
    pub date: u8,
    /// Ends with a number in brackets.
    pub counted: bool,
    /// First and last visible character.
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

/// Numbers of words, and where the line's end was cut.
#[derive(Default)]
pub struct Arena {
    /// A word each; the upper-case first letter does not matter, digits are all the same digit.
    pub words: Vec<u32>,
}

/// Mixes a letter into a word's number.
#[inline]
pub fn mix(hash: u32, c: u32) -> u32 {
    (hash ^ c).wrapping_mul(0x9E37_79B1).rotate_left(15)
}

struct Reader<'a> {
    line: Line,
    arena: &'a mut Arena,
    start: usize,
    word: u32,
    length: u32,
    upper_first: bool,
    upper_all: bool,
    cased: bool,
    han: Option<char>,
    thai: u32,
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

/// Reads a line.
pub fn read(text: &str, arena: &mut Arena) -> Line {
    let start = arena.words.len();
    let mut r = Reader {
        line: Line { whole: true, ..Line::default() },
        arena,
        start,
        word: 0,
        length: 0,
        upper_first: false,
        upper_all: false,
        cased: false,
        han: None,
        thai: 0,
        before: Kind::Space,
        number: Number::default(),
    };
    let mut scale = 1.0;
    if text.len() > HEAD + TAIL + 64 {
        let head = text.get(..floor(text, HEAD)).unwrap_or("");
        let tail = text.get(floor(text, text.len() - TAIL)..).unwrap_or("");
        r.read(head);
        r.end_word();
        r.number = Number::default();
        r.read(tail);
        r.line.whole = false;
        scale = text.len() as f32 / (head.len() + tail.len()) as f32;
    } else {
        r.read(text);
    }
    r.end_word();
    r.end_thai();
    r.finish(scale)
}

fn floor(text: &str, mut at: usize) -> usize {
    while at > 0 && !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

impl Reader<'_> {
    fn read(&mut self, text: &str) {
        let mut last = ' ';
        for c in text.chars() {
            let k = kind(c);
            if k != Kind::Digit && self.number.length > 0 {
                self.end_number(c);
            }
            self.line.chars += 1.0;
            match k {
                Kind::Space => {
                    self.end_word();
                    if matches!(self.before, Kind::Stop | Kind::Question | Kind::Ellipsis) {
                        self.line.ends += 1.0;
                    }
                    self.end_thai();
                    self.before = Kind::Space;
                    last = c;
                    continue;
                }
                Kind::Lower | Kind::Upper | Kind::Letter => self.letter(c, k),
                Kind::Han => self.han(c),
                Kind::Thai => {
                    self.thai += 1;
                    self.han(c);
                }
                Kind::Digit => self.digit(c, last),
                _ => self.sign(c, k),
            }
            self.line.visible += 1.0;
            if self.line.first.is_none() {
                self.line.first = Some(k);
            }
            if !matches!(k, Kind::Quote | Kind::Bracket) || self.before == Kind::Space {
                self.before = k;
                self.line.last = Some(k);
            }
            last = c;
        }
    }

    #[inline]
    fn letter(&mut self, c: char, k: Kind) {
        if self.han.is_some() {
            self.han = None;
        }
        if self.length == 0 {
            self.word = 0x811C_9DC5;
            self.upper_first = k == Kind::Upper;
            self.upper_all = true;
            self.cased = false;
        }
        if k == Kind::Upper {
            self.line.upper += 1.0;
        } else {
            self.upper_all = false;
        }
        self.cased |= k != Kind::Letter;
        self.word = mix(self.word, fold(c) as u32);
        self.length += 1;
        self.line.letters += 1.0;
        if let Some(n) = self.line.scripts.get_mut(script(c) as usize) {
            *n = n.saturating_add(1);
        }
    }

    fn han(&mut self, c: char) {
        self.end_word();
        self.line.letters += 1.0;
        if let Some(n) = self.line.scripts.get_mut(script(c) as usize) {
            *n = n.saturating_add(1);
        }
        // A letter of a script without spaces is a word of its own; pairs of them are the pairs of words.
        self.push(mix(0x811C_9DC5, c as u32));
        self.line.units += if script(c) == 7 { 0.2 } else { 0.6 };
        self.han = Some(c);
    }

    fn digit(&mut self, c: char, last: char) {
        if self.length == 0 {
            self.word = 0x811C_9DC5;
            self.upper_first = false;
            self.upper_all = false;
            self.cased = false;
            self.length = 1;
            self.word = mix(self.word, 0x30);
        } else if self.number.length == 0 {
            self.word = mix(self.word, 0x30);
        }
        self.line.digits += 1.0;
        if self.number.length == 0 {
            self.number.before = last;
            self.number.value = 0;
        }
        self.number.length += 1;
        self.number.value = self.number.value.wrapping_mul(10).wrapping_add((c as u32) & 0xF);
    }

    fn end_number(&mut self, next: char) {
        let n = &mut self.number;
        self.line.numbers += 1.0;
        let joined = n.last_length > 0 && n.last_end == n.before;
        if n.length == 4 && (1900..2100).contains(&n.value) {
            self.line.date |= 1;
        }
        if joined && matches!(n.before, ':' | '：') && n.length == 2 && n.last_length <= 2 {
            self.line.date |= 2;
        }
        if joined && matches!(n.before, '/' | '.' | '-') && n.last_before == n.before && n.length <= 4 {
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
        let line = &mut self.line;
        // The middle of `don't` and `l’eau` is not the end of a word's letters, but it may end the word.
        match k {
            Kind::Comma => line.commas += 1.0,
            Kind::Stop | Kind::Question => {
                if k == Kind::Question {
                    line.questions += 1.0;
                }
                // Full stops of scripts without spaces end a sentence wherever they stand.
                if !c.is_ascii() && !matches!(self.before, Kind::Stop | Kind::Question) {
                    line.ends += 1.0;
                    self.before = Kind::Space;
                }
            }
            Kind::Separator => line.separators += 1.0,
            Kind::Quote => line.quotes += 1.0,
            Kind::Colon => line.colons += 1.0,
            Kind::Bracket => line.brackets += 1.0,
            Kind::Money => line.money += 1.0,
            Kind::Rights => line.rights += 1.0,
            _ => {}
        }
        if matches!(c, '@' | '#') {
            line.address += 1.0;
        }
        line.counted = matches!(c, ')' | '）' | ']') && matches!(self.before, Kind::Digit);
        line.symbols += 1.0;
        self.end_word();
        self.han = None;
    }

    fn end_thai(&mut self) {
        // Thai writes a space where others end a clause.
        if self.thai >= 25 {
            self.line.ends += 1.0;
        }
        self.thai = 0;
    }

    #[inline]
    fn end_word(&mut self) {
        if self.length == 0 {
            return;
        }
        let line = &mut self.line;
        line.words += 1.0;
        line.longest = line.longest.max(self.length as f32);
        line.units += 1.0;
        if self.cased {
            line.cased[0] += 1.0;
            if self.upper_first {
                line.cased[1] += 1.0;
                if self.upper_all && self.length > 1 {
                    line.cased[2] += 1.0;
                }
            }
        }
        self.length = 0;
        let word = self.word;
        self.push(word);
    }

    fn push(&mut self, word: u32) {
        self.line.hash = mix(self.line.hash, word);
        if self.arena.words.len() - self.start < MAX_WORDS {
            self.arena.words.push(word);
        } else if let Some(last) = self.arena.words.last_mut() {
            *last = word;
        }
    }

    fn finish(mut self, scale: f32) -> Line {
        if self.number.length > 0 {
            self.end_number(' ');
        }
        let line = &mut self.line;
        if matches!(self.before, Kind::Stop | Kind::Question | Kind::Ellipsis) {
            line.ends += 1.0;
        }
        for count in [
            &mut line.units,
            &mut line.chars,
            &mut line.ends,
            &mut line.commas,
            &mut line.separators,
            &mut line.quotes,
            &mut line.questions,
            &mut line.colons,
            &mut line.brackets,
            &mut line.numbers,
        ] {
            *count *= scale;
        }
        line.range = (self.start as u32, self.arena.words.len() as u32);
        self.line
    }
}
