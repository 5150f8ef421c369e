//! What statistics look at: the words that hold bytes above ASCII, and some of those that do not.

use std::ops::Range;

/// Bytes of words above ASCII that are weighed; more change nothing.
const WORD_BYTES: usize = 1 << 10;
/// Bytes of ASCII words that are weighed, as a hint at the language.
const ASCII_BYTES: usize = 512;
/// Bytes of a word at most; longer ones are weighed in parts. Chinese and Japanese have no spaces: a cut may fall within a
/// character, so there are few of them.
pub(crate) const LONGEST: usize = 2 << 10;

/// Words of a text in an encoding that contains ASCII.
#[derive(Debug, Default)]
pub(crate) struct Sample {
    /// Words that hold bytes above ASCII.
    pub words: Words,
    /// Words that do not.
    pub ascii: Words,
    /// Whether the first word opens the text with a byte above ASCII, which may end a character that was cut.
    pub opens: bool,
}

/// Words with a blank before, between and behind them.
#[derive(Debug, Default)]
pub(crate) struct Words {
    bytes: Vec<u8>,
    spans: Vec<Range<usize>>,
}

impl Words {
    fn push(&mut self, word: &[u8]) {
        if self.bytes.is_empty() {
            self.bytes.push(b' ');
        }
        let begin = self.bytes.len();
        self.bytes.extend_from_slice(word);
        self.spans.push(begin..self.bytes.len());
        self.bytes.push(b' ');
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.spans.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.spans.is_empty()
    }

    /// One after the other.
    pub fn iter(&self) -> impl Iterator<Item = &[u8]> {
        let span = |span: &Range<usize>| self.bytes.get(span.clone()).unwrap_or_default();
        self.spans.iter().map(span)
    }

    /// The word of this number.
    pub fn get(&self, number: usize) -> &[u8] {
        let span = self.spans.get(number).cloned();
        span.and_then(|span| self.bytes.get(span))
            .unwrap_or_default()
    }

    /// The numbers of words in stretches: the first of some 32 bytes, each next as long as all before it.
    pub fn blocks(&self) -> Vec<Range<usize>> {
        let (mut blocks, mut begin, mut end) = (Vec::new(), 0, 32);
        for (number, span) in self.spans.iter().enumerate() {
            if span.end >= end {
                blocks.push(begin..number + 1);
                (begin, end) = (number + 1, span.end * 2);
            }
        }
        blocks.push(begin..self.spans.len());
        blocks
    }

    /// The word of this number, with the blanks around it.
    pub fn padded(&self, number: usize) -> &[u8] {
        let span = self.spans.get(number);
        let span = span.map(|span| span.start - 1..span.end + 1);
        span.and_then(|span| self.bytes.get(span))
            .unwrap_or_default()
    }

    /// All of them, blanks and all.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}

impl Sample {
    /// Gathers words: markup is left out.
    pub fn of(bytes: &[u8]) -> Sample {
        let mut sample = Sample {
            opens: bytes.first().is_some_and(|b| !b.is_ascii()),
            ..Sample::default()
        };
        let (mut high, mut low) = (0, 0);
        let mut rest = bytes;
        while high < WORD_BYTES {
            let Some((word, after)) = next(rest) else {
                break;
            };
            rest = after;
            if !word.is_ascii() {
                high += word.len();
                sample.words.push(word);
            } else if low < ASCII_BYTES && word.iter().any(u8::is_ascii_alphabetic) {
                low += word.len();
                sample.ascii.push(word);
            }
        }
        sample
    }
}

/// The next word and what follows it.
fn next(mut rest: &[u8]) -> Option<(&[u8], &[u8])> {
    loop {
        rest = rest.trim_ascii_start();
        let first = *rest.first()?;
        if let Some(end) = if first == b'<' { tag(rest) } else { None } {
            rest = rest.get(end..).unwrap_or_default();
            continue;
        }
        let ends = |(at, b): (usize, &u8)| {
            b.is_ascii_whitespace() || at >= LONGEST || (at > 0 && *b == b'<')
        };
        let end = rest
            .iter()
            .enumerate()
            .position(|(at, b)| ends((at, b)))
            .unwrap_or(rest.len());
        return rest.split_at_checked(end.max(1));
    }
}

/// The length of the tag that begins here, if one does: a name or a slash follows, the end is near, no byte is above ASCII.
fn tag(rest: &[u8]) -> Option<usize> {
    let named = rest
        .get(1)
        .is_some_and(|b| b.is_ascii_alphabetic() || b"/!?".contains(b));
    let end = memchr::memchr(b'>', rest.get(..1024).unwrap_or(rest))? + 1;
    (named && rest.get(..end)?.is_ascii()).then_some(end)
}
