//! Words and labels, and the rows that n-grams have.

use std::ops::Range;

use super::error::{Error, broken};
use super::hash::{MAX_PROBES, hash, slot, slots};
use super::header::Header;
use super::pruned::Buckets;
use super::reader::Reader;

/// The end of a line, as the reference implementation writes it into the text.
pub(super) const END: &[u8] = b"</s>";
/// Shortest entry in the file: an empty word's NUL, its count, its kind.
const MIN_ENTRY_BYTES: usize = 1 + 8 + 1;

/// Where a word lies in the file, and its hash.
struct Entry {
    start: usize,
    len: u32,
    hash: u32,
}

/// A label of the model.
pub(super) struct Label {
    /// As in the file, prefix included.
    pub text: String,
    /// Lines of the training text that had it.
    pub count: i64,
}

/// What a token is.
pub(super) enum Token {
    /// A known word, by its row.
    Word(u32),
    /// A label, which says nothing of the text.
    Label,
    /// Neither.
    Unknown,
}

/// The words stay in the file; this knows where.
pub(super) struct Dictionary {
    /// Words first, then labels. Word `i` has row `i`.
    entries: Vec<Entry>,
    /// 1 + an entry's number, by the entry's hash; 0 is free.
    slots: Vec<u32>,
    pub words: usize,
    pub labels: Vec<Label>,
    pub buckets: Buckets,
    /// The row of [`END`], where it is a word.
    pub end: Option<u32>,
    /// Whether [`END`] is a label, as some training text makes it.
    pub end_is_label: bool,
}

impl Dictionary {
    /// Memory: at most 32 bytes an entry, of which the file holds ten or more; the labels' text; see [`Buckets::read`].
    pub(super) fn read(
        bytes: &[u8],
        file: &mut Reader<'_>,
        header: &Header,
    ) -> Result<Dictionary, Error> {
        file.enter("dictionary");
        let size = file.size32("size")?;
        let words = file.size32("number of words")?;
        let label_count = file.size32("number of labels")?;
        file.i64()?; // Tokens of the training text.
        let pruned = file.i64()?;
        if words.checked_add(label_count) != Some(size) {
            return broken(format!(
                "{words} words and {label_count} labels are not {size} entries"
            ));
        }
        if label_count == 0 {
            return broken("it has no labels");
        }
        if size > file.left() / MIN_ENTRY_BYTES {
            return broken(format!("the file is too short for {size} entries"));
        }
        let mut dictionary = Dictionary {
            entries: Vec::with_capacity(size),
            slots: vec![0; slots(size)],
            words,
            labels: Vec::with_capacity(label_count),
            buckets: Buckets::All {
                first: words as u32,
            },
            end: None,
            end_is_label: false,
        };
        for number in 0..size {
            let place = file.text()?;
            let count = file.i64()?;
            let is_label = file.flag("kind of an entry")?;
            if is_label != (number >= words) {
                return broken("words and labels of the dictionary are mixed");
            }
            if is_label {
                let text = String::from_utf8_lossy(&bytes[place.clone()]).into_owned();
                dictionary.labels.push(Label { text, count });
            }
            dictionary.insert(bytes, place)?;
        }
        dictionary.buckets = Buckets::read(file, pruned, words as u32)?;
        match dictionary.find(bytes, END, hash(END)) {
            Token::Word(row) => dictionary.end = Some(row),
            Token::Label => dictionary.end_is_label = true,
            Token::Unknown => {}
        }
        if header.hashes() {
            let rows = dictionary.buckets.rows(words, header.buckets);
            if u32::try_from(rows).is_err() {
                return broken("words and buckets of the dictionary are too many");
            }
        }
        Ok(dictionary)
    }

    /// What the token is, given its hash.
    #[inline]
    pub(super) fn find(&self, bytes: &[u8], token: &[u8], hash: u32) -> Token {
        let mask = self.slots.len() - 1;
        let mut at = slot(hash, mask);
        loop {
            let number = match self.slots[at].checked_sub(1) {
                Some(number) => number as usize,
                None => return Token::Unknown,
            };
            let entry = &self.entries[number];
            if entry.hash == hash && entry.word(bytes) == token {
                return if number < self.words {
                    Token::Word(number as u32)
                } else {
                    Token::Label
                };
            }
            at = (at + 1) & mask;
        }
    }

    /// Adds an entry; of two that are the same the later one is found, as in the reference implementation.
    fn insert(&mut self, bytes: &[u8], place: Range<usize>) -> Result<(), Error> {
        let word = &bytes[place.clone()];
        let entry = Entry {
            start: place.start,
            len: match u32::try_from(place.len()) {
                Ok(len) => len,
                Err(_) => return broken("a word of the dictionary is too long"),
            },
            hash: hash(word),
        };
        let mask = self.slots.len() - 1;
        let mut at = slot(entry.hash, mask);
        for _ in 0..MAX_PROBES {
            let same = match self.slots[at].checked_sub(1) {
                None => true,
                Some(number) => {
                    let old = &self.entries[number as usize];
                    old.hash == entry.hash && old.word(bytes) == word
                }
            };
            if same {
                self.entries.push(entry);
                // No more entries than a positive i32 counts, so the number fits.
                self.slots[at] = self.entries.len() as u32;
                return Ok(());
            }
            at = (at + 1) & mask;
        }
        broken("the words of the dictionary all have one hash")
    }
}

impl Entry {
    fn word<'a>(&self, bytes: &'a [u8]) -> &'a [u8] {
        &bytes[self.start..self.start + self.len as usize]
    }
}
