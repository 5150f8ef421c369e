//! Words and what stands between them, at a few cycles a byte: all that a glance needs of a text.

use super::super::glyphs::{is_closing, is_stop};
use crate::bytes::SPACES;
use crate::identify::ngram::letters::{self, EXTEND, NONE};
use crate::identify::ngram::words::{Word, Words, entry_at};
use crate::simd::letters as ascii_letters;

/// What stands between two words.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Between {
    /// No white space: one token.
    Glue,
    /// White space, perhaps numbers: the sentence runs on.
    Gap,
    /// White space and marks: a part of a sentence may end.
    Clause,
    /// A sentence may end.
    Sentence,
    /// Signs of an address, a tag, a formula: the words beside it may be none.
    Odd,
}

/// What stands before a word, and how many numbers white space sets off in it.
pub type Before = (Between, u32);

/// A word.
#[derive(Clone, Copy, Default)]
pub struct Spelt {
    /// Tells it from other words; the same whatever the letters' case.
    pub key: u64,
    /// Letters, marks not counted.
    pub units: u32,
    /// Its first byte.
    pub start: usize,
    /// After its last byte.
    pub end: usize,
    /// Script number.
    pub script: u8,
    /// Whether its first letter is a small one of ASCII.
    pub small: bool,
}

/// Words that are read before the first of them is looked up, so that the reads of memory overlap.
const AHEAD: usize = 16;

/// Words, each with what stands before it.
pub struct Ahead {
    words: [(Before, Spelt); AHEAD],
    len: usize,
}

impl Default for Ahead {
    fn default() -> Self {
        Ahead {
            words: [((Between::Glue, 0), Spelt::default()); AHEAD],
            len: 0,
        }
    }
}

impl Ahead {
    /// Reads on, and shows each word at once, so that what it will be looked up in can be on its way; whether there are any
    /// more words.
    #[inline(always)]
    pub fn fill(&mut self, scan: &mut Scan<'_, '_>, expect: impl Fn(&Spelt)) -> bool {
        self.len = 0;
        while let Some(slot) = self.words.get_mut(self.len) {
            let Some(word) = scan.next() else { break };
            expect(&word.1);
            *slot = word;
            self.len += 1;
        }
        self.len > 0
    }

    /// The words.
    #[inline(always)]
    pub fn words(&self) -> &[(Before, Spelt)] {
        self.words.get(..self.len).unwrap_or(&[])
    }
}

/// Reads the words of a piece of text.
pub struct Scan<'t, 'm> {
    text: &'t str,
    at: usize,
    word: Word,
    gaps: &'m mut Gaps,
}

impl<'t, 'm> Scan<'t, 'm> {
    /// The words of a text from a byte on.
    pub fn new(text: &'t str, from: usize, gaps: &'m mut Gaps) -> Self {
        Scan {
            text,
            at: from,
            word: Word::default(),
            gaps,
        }
    }

    /// What stands before the next word, and the word; `None` at the end.
    #[inline(always)]
    pub fn next(&mut self) -> Option<(Before, Spelt)> {
        let bytes = self.text.as_bytes();
        let from = self.at;
        // Most words stand after a space, or after a mark and a space.
        let [first, second] = match bytes.get(from..from + 2) {
            Some([first, second]) => [*first, *second],
            _ => [0; 2],
        };
        let (mut between, marks) = BEFORE_SPACE[usize::from(first)];
        let mut at = from + usize::from(marks) + usize::from(between != Between::Glue);
        let is_space = [first, second][usize::from(marks)] == b' ' || between == Between::Glue;
        let mut numbers = 0;
        if !is_space || !bytes.get(at).is_some_and(u8::is_ascii_alphabetic) {
            ((between, numbers), at) = self.gaps.read(self.text, from)?;
        }
        let word = ascii(bytes, at).unwrap_or_else(|| {
            let mut words = Words::between(self.text, at, self.text.len());
            words.next_into(&mut self.word);
            Spelt {
                key: self.word.whole(),
                units: self.word.units as u32,
                start: self.word.start,
                end: self.word.end,
                script: self.word.script,
                small: false,
            }
        });
        self.at = word.end;
        Some(((between, numbers), word))
    }

    /// What stands behind the last word.
    pub fn behind(&self) -> Before {
        let rest = self.text.get(self.at..).unwrap_or("");
        let ((between, numbers), last) = marks(rest);
        (between, numbers + u32::from(last))
    }
}

/// What stands between two words by its first byte, where a space follows the byte or the byte is one, and how many bytes
/// are before the space.
static BEFORE_SPACE: [(Between, u8); 256] = {
    let mut of = [(Between::Glue, 0); 256];
    of[b' ' as usize] = (Between::Gap, 0);
    let clause = b",;:";
    let stops = b".!?";
    let mut i = 0;
    while i < 3 {
        of[clause[i] as usize] = (Between::Clause, 1);
        of[stops[i] as usize] = (Between::Sentence, 1);
        i += 1;
    }
    of
};

/// What stands between words, remembered: most of it is one of a few marks.
pub struct Gaps {
    /// By a hash of their bytes.
    said: [([u8; 8], u8, Before); Gaps::SIZE],
}

impl Default for Gaps {
    fn default() -> Self {
        Gaps {
            said: [([0; 8], 0, (Between::Glue, 0)); Gaps::SIZE],
        }
    }
}

impl Gaps {
    /// A power of two; 200 different ones are nine in ten of all.
    const SIZE: usize = 256;

    /// From the end of a word to the next: what stands there, and where the next begins.
    #[inline(never)]
    fn read(&mut self, text: &str, from: usize) -> Option<(Before, usize)> {
        let bytes = text.as_bytes();
        let mut at = from;
        while let Some(&b) = bytes.get(at) {
            if b < 128 {
                if b.is_ascii_alphabetic() {
                    break;
                }
                at += 1;
            } else {
                let (e, size) = entry_at(b, bytes, at);
                let class = letters::class(e);
                if class != NONE && class < EXTEND {
                    break;
                }
                at += size;
            }
        }
        (at < bytes.len()).then(|| (self.between(text.get(from..at).unwrap_or("")), at))
    }

    /// A number that no white space parts from the word behind it is a part of its token.
    fn between(&mut self, text: &str) -> Before {
        let mut short = [0; 8];
        let Some(to) = short.get_mut(..text.len()) else {
            return marks(text).0;
        };
        to.copy_from_slice(text.as_bytes());
        let hash = u64::from_le_bytes(short).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32;
        let (known, length, said) = &mut self.said[hash as usize % Gaps::SIZE];
        if *known != short || usize::from(*length) != text.len() {
            (*known, *length, *said) = (short, text.len() as u8, marks(text).0);
        }
        *said
    }
}

/// What a run of text between two words says, and whether it ends with a number that white space sets off before it.
fn marks(between: &str) -> (Before, bool) {
    let (mut space, mut mark, mut stop, mut odd) = (false, false, false, false);
    // Whether what stands since the last white space is marks that close.
    let mut closing = false;
    // Tokens with digits, and whether the one at hand has any.
    let (mut numbers, mut number) = (0, false);
    let mut before = 'a';
    for c in between.chars() {
        match c {
            '0'..='9' => number = true,
            '@' | '<' | '=' | '{' | '}' | '\\' | '_' | '`' | '/' => odd = true,
            _ if c.is_whitespace() => {
                space = true;
                stop |= closing;
                numbers += u32::from(std::mem::take(&mut number));
            }
            _ => {
                number |= c.is_numeric();
                odd |= matches!((before, c), ('(', ')') | (':', ':'));
                mark = true;
                stop |= is_stop(c);
            }
        }
        closing = is_closing(c) && (closing || before.is_whitespace());
        before = c;
    }
    // `-option` is no word.
    odd |= before == '-' && space;
    let between = match (odd, space, mark, stop) {
        (true, ..) => Between::Odd,
        (_, false, ..) => Between::Glue,
        (.., true) => Between::Sentence,
        (_, _, true, _) => Between::Clause,
        _ => Between::Gap,
    };
    ((between, numbers), number && space)
}

/// A word of at most sixteen letters of ASCII that no other letter follows.
#[inline(always)]
fn ascii(bytes: &[u8], start: usize) -> Option<Spelt> {
    let sixteen: &[u8; 16] = bytes.get(start..)?.first_chunk()?;
    let (low, high) = halves(sixteen);
    let n = ascii_letters(sixteen);
    let after = bytes.get(start + n as usize).copied().unwrap_or(b' ');
    if n == 0 || after.is_ascii_alphabetic() {
        return None;
    }
    if after >= 128 && letters::class(entry_at(after, bytes, start + n as usize).0) != NONE {
        return None;
    }
    let keep = |n: u32| if n >= 8 { u64::MAX } else { (1 << (8 * n)) - 1 };
    let a = (low | SPACES) & keep(n);
    let b = (high | SPACES) & keep(n.saturating_sub(8));
    let mut key = (a ^ 0x5851_F42D_4C95_7F2D).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    key ^= key >> 32;
    key = (key ^ b).wrapping_mul(0xD6E8_FEB8_6659_FD93);
    key ^= key >> 32;
    Some(Spelt {
        key,
        units: n,
        start,
        end: start + n as usize,
        script: letters::LATN,
        small: low & 0x20 != 0,
    })
}

#[inline(always)]
fn halves(sixteen: &[u8; 16]) -> (u64, u64) {
    let all = u128::from_le_bytes(*sixteen);
    (all as u64, (all >> 64) as u64)
}
