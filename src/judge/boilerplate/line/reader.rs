//! The one pass: characters in, counts and words out.

use std::ops::Range;

use super::dates::Number;
use super::spelling::{self, Spelled};
use super::window::Window;
use super::{Arena, Line, mix};
use crate::bytes::{SPACES, letters};
use crate::judge::boilerplate::chars::{About, Kind, ascii_kind};

/// Words kept of a line at most.
const MAX_WORDS: usize = 64;

pub(super) struct Reader<'a> {
    pub(super) line: &'a mut Line,
    arena: &'a mut Arena,
    start: usize,
    word: Spelled,
    letters: u32,
    upper_first: bool,
    upper: u32,
    cased: bool,
    thai: u32,
    thai_letters: u32,
    before: Kind,
    /// Whether the sentence's end was counted at its full stop.
    ended: bool,
    number: Number,
}

/// The kind of an ASCII letter.
#[inline]
fn case(capital: bool) -> Kind {
    if capital { Kind::Upper } else { Kind::Lower }
}

impl<'a> Reader<'a> {
    /// For an empty line.
    #[inline(always)]
    pub(super) fn new(line: &'a mut Line, arena: &'a mut Arena, start: usize) -> Self {
        Reader {
            line,
            arena,
            start,
            word: Spelled::default(),
            letters: 0,
            upper_first: false,
            upper: 0,
            cased: false,
            thai: 0,
            thai_letters: 0,
            before: Kind::Space,
            ended: false,
            number: Number::default(),
        }
    }

    /// Reads on: a part of a text. What lies behind the part is looked at with it, and not counted.
    #[inline(always)]
    pub(super) fn read(&mut self, text: &str, part: Range<usize>) {
        let bytes = text.as_bytes();
        let mut at = part.start;
        // What a number looks back at: the character before it.
        let mut last = ' ';
        while at < part.end {
            let window = Window::at(bytes, at, part.end);
            let mut i = 0;
            while i < window.length {
                let plain = window.plain(i);
                let Some(&b) = bytes.get(at + i) else { return };
                if plain == 0 {
                    if b < 0x80 {
                        self.sign_or_digit(b, last);
                        (i, last) = (i + 1, b as char);
                    } else {
                        let rest = text.get(at + i..part.end).unwrap_or("");
                        let (read, c) = self.beyond(rest, last);
                        // Only what is not cut at characters has none here.
                        if read == 0 {
                            return;
                        }
                        (i, last) = (i + read, c);
                    }
                    continue;
                }
                if self.number.open() {
                    self.end_number(b as char);
                }
                let run = i..i + plain;
                let ends = window.ends(&run, || bytes.get(at + run.end).copied());
                let to = if !self.word.is_empty() && b != b' ' {
                    i
                } else {
                    ends
                };
                if to > i {
                    self.plain(bytes, at, &window, i..to);
                    last = if window.is_letter(to - 1) { 'a' } else { ' ' };
                    i = to;
                } else if i > 0 && window.is_cut(&run) {
                    break;
                } else {
                    let inside = bytes.get(..part.end).unwrap_or(&[]);
                    i = self.ascii(inside, at + i) - at;
                    last = 'a';
                }
            }
            at += i;
        }
    }

    /// An ASCII character that is no letter.
    fn sign_or_digit(&mut self, b: u8, last: char) {
        self.no_letter(b as char, ascii_kind(b), last);
    }

    /// Characters that are not ASCII, up to the next one that is; gives how many bytes they are, and the last of them.
    #[inline(never)]
    fn beyond(&mut self, rest: &str, mut last: char) -> (usize, char) {
        let mut read = 0;
        for c in rest.chars() {
            if c.is_ascii() {
                break;
            }
            let about = About::of(c);
            match about.kind {
                Kind::Lower | Kind::Upper | Kind::Letter => self.letter(c, about),
                Kind::Han | Kind::Thai => self.wide(c, about),
                kind => self.no_letter(c, kind, last),
            }
            read += c.len_utf8();
            last = c;
        }
        (read, last)
    }

    #[inline(always)]
    fn no_letter(&mut self, c: char, k: Kind, last: char) {
        self.begin(c, k);
        match k {
            Kind::Space => return self.space(),
            Kind::Digit => self.digit(c, last),
            _ => self.sign(c, k),
        }
        self.seen(k);
    }

    /// A character that is read by itself, whatever it is.
    #[inline(always)]
    fn begin(&mut self, c: char, k: Kind) {
        if k != Kind::Digit && self.number.open() {
            self.end_number(c);
        }
        self.line.chars += 1;
    }

    #[inline(always)]
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
        if matches!(self.before, Kind::Stop | Kind::Question | Kind::Ellipsis) && !self.ended {
            self.line.ends += 1;
        }
        self.gap();
    }

    /// White space, whatever stood before it.
    #[inline(always)]
    fn gap(&mut self) {
        self.ended = false;
        // Thai writes a space where others end a clause.
        if self.thai >= 25 {
            self.line.ends += 1;
        }
        self.thai = 0;
        self.before = Kind::Space;
    }

    /// Spaces and whole words of ASCII letters, as most words are: at once what letter, word and space do one by one.
    #[inline(always)]
    fn plain(&mut self, bytes: &[u8], at: usize, window: &Window, run: Range<usize>) {
        let counts = window.count(&run);
        self.line.chars += run.len() as u32;
        if counts.begins_with_space {
            self.space();
        } else if counts.has_space {
            self.gap();
        }
        let Some([first, last]) = counts.ends else {
            return;
        };
        for (start, letters) in window.words(&run) {
            self.push(spelling::at(bytes, at + start, letters));
        }
        let line = &mut *self.line;
        line.visible += counts.letters;
        line.letters += counts.letters;
        line.upper += counts.capitals;
        line.words += counts.words;
        line.cased[0] += counts.words;
        line.cased[1] += counts.titles;
        if let Some(latin) = line.scripts.first_mut() {
            *latin = latin.saturating_add(counts.letters as u16);
        }
        line.first = line.first.or(Some(case(first)));
        line.last = Some(case(last));
        self.before = if counts.ends_with_space {
            Kind::Space
        } else {
            case(last)
        };
    }

    /// A run of ASCII letters from `at` on; gives where it ends.
    #[inline]
    fn ascii(&mut self, bytes: &[u8], mut at: usize) -> usize {
        let (start, first) = (at, bytes.get(at).copied().unwrap_or(0));
        let (mut upper, mut end) = (0, first);
        // Eight letters at a time: most words have fewer. What is left goes byte by byte.
        while self.word.is_at_eight()
            && let Some(chunk) = bytes.get(at..).and_then(|rest| rest.first_chunk())
        {
            let eight = u64::from_le_bytes(*chunk);
            let run = letters(eight);
            if run == 0 {
                break;
            }
            let bits = u64::MAX >> (64 - 8 * run);
            let capitals = !eight & bits & SPACES;
            if capitals != 0 {
                upper += capitals.count_ones();
            }
            self.word.put_some((eight | SPACES) & bits, run as usize);
            end = (eight >> (8 * (run - 1))) as u8;
            at += run as usize;
        }
        while let Some(&b) = bytes.get(at).filter(|b| b.is_ascii_alphabetic()) {
            upper += (b & 0x20 == 0) as u32;
            self.word.put(u32::from(b | 0x20), 1);
            end = b;
            at += 1;
        }
        let n = (at - start) as u32;
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
            self.line.first = Some(case(first & 0x20 == 0));
        }
        self.before = case(end & 0x20 == 0);
        self.line.last = Some(self.before);
        at
    }

    #[inline(always)]
    fn letter(&mut self, c: char, about: About) {
        self.any_letter(c, about);
        let is_upper = about.kind == Kind::Upper;
        if self.letters == 0 {
            self.upper_first = is_upper;
        }
        self.upper += u32::from(is_upper);
        self.cased |= about.kind != Kind::Letter;
        self.word.put(about.folded, about.bytes);
        self.letters += 1;
    }

    /// A letter of a script without spaces is a word of its own; pairs of them are the pairs of words.
    #[inline(always)]
    fn wide(&mut self, c: char, about: About) {
        self.any_letter(c, about);
        self.end_word();
        self.line.letters += 1;
        self.line.wide += 1;
        self.push(mix(0x811C_9DC5, c as u32));
        if about.kind == Kind::Thai {
            self.thai += 1;
            self.thai_letters += 1;
        }
    }

    #[inline(always)]
    fn any_letter(&mut self, c: char, about: About) {
        self.begin(c, about.kind);
        if let Some(n) = self.line.scripts.get_mut(about.script as usize) {
            *n = n.saturating_add(1);
        }
        self.seen(about.kind);
    }

    #[inline(always)]
    fn digit(&mut self, c: char, last: char) {
        self.line.digits += 1;
        if !self.number.open() {
            self.word.put(u32::from(b'0'), 1);
        }
        self.number.digit(c, last);
    }

    fn end_number(&mut self, next: char) {
        self.number.end(next, self.line);
    }

    /// What comes next does not stand behind what was read: no date goes on there.
    pub(super) fn forget_numbers(&mut self) {
        self.number = Number::default();
    }

    #[inline(always)]
    fn sign(&mut self, c: char, k: Kind) {
        self.end_word();
        let line = &mut *self.line;
        match k {
            Kind::Comma => line.commas += 1,
            Kind::Stop | Kind::Question => {
                line.questions += (k == Kind::Question) as u32;
                // Full stops of scripts without spaces end a sentence wherever they stand.
                if c.is_ascii() {
                    self.ended = false;
                } else if !matches!(self.before, Kind::Stop | Kind::Question) {
                    line.ends += 1;
                    self.ended = true;
                }
            }
            Kind::Separator => line.separators += 1,
            Kind::Quote => line.quotes += 1,
            Kind::Money => line.money += 1,
            Kind::Rights => line.rights += 1,
            _ => {}
        }
        line.counted = matches!(c, ')' | '）' | ']') && self.before == Kind::Digit;
        line.symbols += 1;
    }

    #[inline]
    pub(super) fn end_word(&mut self) {
        if self.word.is_empty() {
            return;
        }
        let line = &mut *self.line;
        line.words += 1;
        line.letters += self.letters;
        line.upper += self.upper;
        if self.cased {
            line.cased[0] += 1;
            line.cased[1] += self.upper_first as u32;
        }
        let word = self.word.number();
        self.word = Spelled::default();
        (self.letters, self.upper, self.cased) = (0, 0, false);
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

    /// What was counted is all.
    #[inline(always)]
    pub(super) fn finish(mut self) {
        self.end_word();
        if self.number.open() {
            self.end_number(' ');
        }
        self.space();
        let line = self.line;
        let thai = self.thai_letters as f32;
        line.units =
            (line.words as f32 + 0.2 * thai + 0.6 * (line.wide as f32 - thai)) * line.scale;
        line.range = (self.start as u32, self.arena.words.len() as u32);
    }
}
