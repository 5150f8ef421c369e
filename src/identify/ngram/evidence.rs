//! What each word of a text says, for whoever cuts a text by language.

use std::cell::Cell;
use std::ops::Range;

use super::scores::{Places, Scores};
use super::table::Group;
use super::words::{Word, Words};
use super::{CommonWords, Ngram, functions, letters};
use crate::simd::expect;

/// A language's place in the table.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Label {
    /// The script's group.
    pub group: u8,
    /// The language's number within the group.
    pub index: u8,
}

/// What a word says for each language of its script, in steps of the script's table.
pub struct Sums {
    key: u64,
    /// Whether the table lists the whole word.
    pub listed: bool,
    /// One a language.
    pub of: [i16; 256],
}

/// Of a word that says nothing.
static NOTHING: Sums = Sums {
    key: 0,
    listed: false,
    of: [0; 256],
};

/// What words say, remembered from one to the next: each word has one place.
pub struct Room {
    scores: Scores,
    places: Places,
    words: Vec<Sums>,
    size: usize,
}

impl Room {
    /// Remembers so many words, a power of two, half a KiB each.
    pub fn new(size: usize) -> Self {
        Room {
            scores: Scores::default(),
            places: Places::default(),
            words: Vec::new(),
            size: size.next_power_of_two(),
        }
    }

    /// Has what is remembered of a word on its way.
    #[inline(always)]
    pub fn expect(&self, key: u64) {
        expect(&self.words, (key >> 40) as usize & (self.size - 1));
    }

    /// The place of a key, and whether its word is there.
    #[inline(always)]
    fn place(&mut self, key: u64) -> (usize, bool) {
        if self.words.is_empty() {
            let nothing = || Sums { ..NOTHING };
            self.words.resize_with(self.size, nothing);
        }
        let at = (key >> 40) as usize & (self.words.len() - 1);
        (at, self.words[at].key == key)
    }
}

/// Words that a reader remembers: those of a long paragraph.
const WORDS: usize = 1 << 10;

thread_local! {
    /// The room of the last reader of this thread.
    static ROOM: Cell<Option<Box<(Word, Room)>>> = const { Cell::new(None) };
}

/// Reads a text word by word; allocates nothing but for the first text of a thread.
pub struct WordReader<'a> {
    ngram: &'a Ngram,
    words: Words<'a>,
    room: Option<Box<(Word, Room)>>,
}

impl<'a> WordReader<'a> {
    pub(super) fn new(ngram: &'a Ngram, text: &'a str) -> Self {
        WordReader {
            ngram,
            words: Words::new(text),
            room: ROOM.take(),
        }
    }

    /// The next word; it lives until the next call.
    #[allow(clippy::should_implement_trait)]
    pub fn next(&mut self) -> Option<WordEvidence<'_>> {
        let room = self
            .room
            .get_or_insert_with(|| Box::new((Word::default(), Room::new(WORDS))));
        let (word, room) = &mut **room;
        self.words
            .next_into(word)
            .then(|| self.ngram.evidence(word, room))
    }
}

impl Drop for WordReader<'_> {
    fn drop(&mut self) {
        ROOM.set(self.room.take());
    }
}

/// What a word says of every language of its script.
pub struct WordEvidence<'r> {
    /// Bytes of the text.
    pub span: Range<usize>,
    /// Letters, marks not counted.
    pub units: usize,
    script: u8,
    /// The script's group; `None` where no language of the table is written in it.
    pub group: Option<u8>,
    /// Whether the table lists it as a word: it is frequent in some language of the script.
    pub listed: bool,
    /// Languages of the group.
    pub count: usize,
    step: f32,
    hash: u64,
    sums: &'r [i16; 256],
}

impl WordEvidence<'_> {
    /// Whether it is written in Latin letters.
    pub fn latin(&self) -> bool {
        self.script == letters::LATN
    }

    /// Whether its letters are characters or syllables, each worth several of an alphabet.
    pub fn dense(&self) -> bool {
        self.script <= letters::HANG
    }

    /// Whether its script puts no spaces between words, so that it may be several.
    pub fn unspaced(&self) -> bool {
        letters::UNSPACED.contains(&self.script)
    }

    /// Log-odds in nats of a language above the script's average for this word; `None` for a language of another script.
    pub fn nats(&self, label: Label) -> Option<f32> {
        (self.group == Some(label.group))
            .then(|| f32::from(self.sums[label.index as usize]) * self.step)
    }

    /// Whether it is one of a language's commonest words.
    pub fn is_common(&self, words: CommonWords) -> bool {
        functions::contains(words.at, self.hash)
    }

    /// All sums, in steps of [`WordEvidence::step`] nats; [`WordEvidence::count`] of them mean something.
    pub fn sums(&self) -> &[i16; 256] {
        self.sums
    }

    /// Nats a step.
    pub fn step(&self) -> f32 {
        self.step
    }
}

#[inline]
fn gram_sums(
    group: &Group<'_>,
    word: &Word,
    scores: &mut Scores,
    places: &mut Places,
) -> [i16; 256] {
    scores.clear();
    scores.add_grams(group, word, places);
    let least = i16::MIN.into();
    scores
        .sums
        .map(|sum| sum.clamp(least, i16::MAX.into()) as i16)
}

impl Ngram {
    /// A script's part of the table.
    pub fn group(&self, index: u8) -> Option<&Group<'static>> {
        self.model.groups.get(index as usize)
    }

    /// The number of a script's part of the table.
    pub fn group_of(&self, script: u8) -> Option<u8> {
        self.model.group(script).map(|g| g.0)
    }

    /// What the table has of a word as a whole: pairs of language and weight; empty where it is not listed.
    pub fn row(&self, word: &Word) -> &'static [u8] {
        match self.model.group(word.script) {
            Some((_, group)) if group.count > 1 => group.words.row(word.whole()),
            _ => &[],
        }
    }

    /// What a word says of each language of its script; `key` tells it from others, and `word` spells it where it is not
    /// remembered.
    #[inline]
    pub fn sums<'r, 'w>(
        &self,
        key: u64,
        word: impl FnOnce() -> &'w Word,
        room: &'r mut Room,
    ) -> &'r Sums {
        let (at, there) = room.place(key);
        if !there {
            let word = word();
            let group = self.model.group(word.script).filter(|g| g.1.count > 1);
            let Some((_, group)) = group else {
                return &NOTHING;
            };
            let sums = &mut room.words[at];
            let row = group.words.row(word.whole()).as_chunks().0;
            sums.key = key;
            sums.listed = !row.is_empty();
            if sums.listed {
                sums.of = NOTHING.of;
                for &[label, weight] in row {
                    sums.of[usize::from(label)] = i16::from(weight as i8);
                }
            } else {
                sums.of = gram_sums(group, word, &mut room.scores, &mut room.places);
            }
        }
        &room.words[at]
    }

    /// What the n-grams of a word say of each language of its script.
    #[inline]
    pub fn gram_sums(&self, word: &Word, room: &mut Room) -> [i16; 256] {
        match self.model.group(word.script).filter(|g| g.1.count > 1) {
            Some((_, group)) => gram_sums(group, word, &mut room.scores, &mut room.places),
            None => NOTHING.of,
        }
    }

    /// What a word says.
    fn evidence<'r>(&self, word: &Word, room: &'r mut Room) -> WordEvidence<'r> {
        let group = self.model.group(word.script);
        let hash = word.whole();
        let sums = self.sums(hash, || word, room);
        WordEvidence {
            span: word.span(),
            units: word.units,
            script: word.script,
            group: group.map(|g| g.0),
            step: group.map_or(0.0, |g| g.1.step),
            count: group.map_or(0, |g| g.1.count),
            hash,
            listed: sums.listed,
            sums: &sums.of,
        }
    }
}
