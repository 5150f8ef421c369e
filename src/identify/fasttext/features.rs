//! Text -> rows of the input matrix, in the order of the reference implementation.

use super::dictionary::{Dictionary, END, Token};
use super::hash::{Remainder, START, hash, step};
use super::header::Header;

/// Tokens that begin so and are not in the dictionary are passed over. The prefix is a setting of training that model
/// files do not keep; this is its default, which the reference implementation falls back to as well.
pub(super) const LABEL_PREFIX: &[u8] = b"__label__";
/// Multiplier of the hash of word n-grams in the reference implementation.
const WORDS_PRIME: u64 = 116_049_371;

/// How a model cuts text.
pub(super) struct Cutter {
    min_letters: usize,
    max_letters: usize,
    word_ngrams: usize,
    bucket: Remainder,
}

/// Space that is used again from text to text.
#[derive(Default)]
pub(super) struct Space {
    /// The word between `<` and `>`.
    word: Vec<u8>,
    /// Hashes of the words so far; signed, as they are widened with their sign.
    hashes: Vec<i32>,
}

impl Space {
    /// Gives back what an unusually long text took.
    pub(super) fn trim(&mut self) {
        /// Words, and bytes of one word, that are kept room for: some pages of text.
        const KEPT: usize = 1 << 16;
        self.word.clear();
        self.word.shrink_to(KEPT);
        self.hashes.clear();
        self.hashes.shrink_to(KEPT);
    }
}

impl Cutter {
    pub(super) fn new(header: &Header) -> Cutter {
        Cutter {
            min_letters: header.min_letters,
            max_letters: header.max_letters,
            word_ngrams: header.word_ngrams,
            bucket: Remainder::by(header.buckets),
        }
    }

    /// Calls `row` with the row of each word, n-gram of letters, and n-gram of words of the text read as one line.
    ///
    /// The reference implementation ends a line at a line feed; here that is a space, and the line ends with the text.
    /// As there, a token `</s>` in the text ends it.
    #[inline]
    pub(super) fn rows(
        &self,
        dictionary: &Dictionary,
        bytes: &[u8],
        text: &[u8],
        space: &mut Space,
        mut row: impl FnMut(u32),
    ) {
        space.hashes.clear();
        let mut rest = text;
        loop {
            let skipped = rest.iter().take_while(|b| is_space(**b)).count();
            rest = &rest[skipped..];
            let mut token_hash = START;
            let mut len = 0;
            for byte in rest {
                if is_space(*byte) {
                    break;
                }
                token_hash = step(token_hash, *byte);
                len += 1;
            }
            let (token, after) = rest.split_at(len);
            rest = after;
            if token.is_empty() || token == END {
                self.end(dictionary, space, &mut row);
                break;
            }
            match dictionary.find(bytes, token, token_hash) {
                Token::Label => continue,
                Token::Unknown if token.starts_with(LABEL_PREFIX) => continue,
                Token::Unknown => {}
                Token::Word(word) => row(word),
            }
            self.letters(dictionary, token, &mut space.word, &mut row);
            if self.word_ngrams > 1 {
                space.hashes.push(token_hash as i32);
            }
        }
        self.words(dictionary, &space.hashes, &mut row);
    }

    /// The end of the line is a word as well, without n-grams of letters; in a few models it is no word but a label.
    fn end(&self, dictionary: &Dictionary, space: &mut Space, row: &mut impl FnMut(u32)) {
        if let Some(end) = dictionary.end {
            row(end);
        }
        if self.word_ngrams > 1 && !dictionary.end_is_label {
            space.hashes.push(hash(END) as i32);
        }
    }

    /// N-grams of the letters (code points) of `<token>`.
    #[inline(always)]
    fn letters(
        &self,
        dictionary: &Dictionary,
        token: &[u8],
        word: &mut Vec<u8>,
        row: &mut impl FnMut(u32),
    ) {
        if self.max_letters == 0 {
            return;
        }
        word.clear();
        word.push(b'<');
        word.extend_from_slice(token);
        word.push(b'>');
        for start in 0..word.len() {
            if continues(word[start]) {
                continue;
            }
            let (mut ngram, mut letters, mut at) = (START, 0, start);
            while at < word.len() && letters < self.max_letters {
                ngram = step(ngram, word[at]);
                at += 1;
                while at < word.len() && continues(word[at]) {
                    ngram = step(ngram, word[at]);
                    at += 1;
                }
                letters += 1;
                // A bracket alone is no n-gram.
                let bracket = letters == 1 && (start == 0 || at == word.len());
                if letters >= self.min_letters
                    && !bracket
                    && let Some(found) = dictionary.buckets.row(self.bucket.of(ngram))
                {
                    row(found);
                }
            }
        }
    }

    /// N-grams of words, from the hashes of the words.
    fn words(&self, dictionary: &Dictionary, hashes: &[i32], row: &mut impl FnMut(u32)) {
        if self.word_ngrams < 2 {
            return;
        }
        for (i, first) in hashes.iter().enumerate() {
            let mut ngram = *first as u64;
            for next in hashes[i + 1..].iter().take(self.word_ngrams - 1) {
                ngram = ngram.wrapping_mul(WORDS_PRIME).wrapping_add(*next as u64);
                // The reference implementation keeps a bucket in an i32; buckets are fewer than that.
                if let Some(found) = dictionary.buckets.row(self.bucket.of_wide(ngram)) {
                    row(found);
                }
            }
        }
    }
}

/// What parts words in the reference implementation; the rest of Unicode's spaces does not.
#[inline(always)]
fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\r' | b'\t' | 0x0b | 0x0c | 0)
}

/// Whether the byte continues a code point of UTF-8.
#[inline(always)]
fn continues(byte: u8) -> bool {
    byte & 0xc0 == 0x80
}
