//! What each word of a text says, for whoever cuts a text by language.

use std::ops::Range;

use super::scores::{MAX_PLACES, Places, Scores};
use super::table::{Group, Place};
use super::words::{Word, Words};
use super::{CommonWords, Ngram, functions, letters};
use crate::identify::Language;

/// A language's place in the table.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Label {
    /// The script's group.
    pub group: u8,
    /// The language's number within the group.
    pub index: u8,
}

/// Room for what one word says, used again and again.
pub struct Room {
    scores: Scores,
    places: Places,
}

impl Default for Room {
    fn default() -> Self {
        Room {
            scores: Scores::default(),
            places: [Place::default(); MAX_PLACES],
        }
    }
}

/// Reads a text word by word; allocates nothing.
pub struct WordReader<'a> {
    ngram: &'a Ngram,
    words: Words<'a>,
    word: Word,
    room: Room,
}

impl<'a> WordReader<'a> {
    pub(super) fn new(ngram: &'a Ngram, text: &'a str) -> Self {
        WordReader {
            ngram,
            words: Words::new(text),
            word: Word::default(),
            room: Room::default(),
        }
    }

    /// The next word; it lives until the next call.
    #[allow(clippy::should_implement_trait)]
    pub fn next(&mut self) -> Option<WordEvidence<'_>> {
        if !self.words.next_into(&mut self.word) {
            return None;
        }
        Some(self.ngram.evidence(&self.word, &mut self.room))
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
    /// Whether the word says nothing: no part of it is known.
    pub neutral: bool,
    /// Whether the table lists it as a word: it is frequent in some language of the script.
    pub listed: bool,
    /// Languages of the group.
    pub count: usize,
    step: f32,
    hash: u64,
    scores: &'r Scores,
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
            .then(|| self.scores.sums[label.index as usize] as f32 * self.step)
    }

    /// The language that the word speaks for most, and its nats.
    pub fn best(&self) -> Option<(Label, f32)> {
        let group = self.group?;
        let i = (0..self.count).max_by_key(|&i| self.scores.sums[i & 255])?;
        Some((
            Label {
                group,
                index: i as u8,
            },
            self.scores.sums[i & 255] as f32 * self.step,
        ))
    }

    /// Whether it is one of a language's commonest words.
    pub fn is_common(&self, words: CommonWords) -> bool {
        functions::contains(words.at, self.hash)
    }

    /// All sums, in steps of [`WordEvidence::step`] nats; [`WordEvidence::count`] of them mean something.
    pub fn sums(&self) -> &[i32; 256] {
        &self.scores.sums
    }

    /// Nats a step.
    pub fn step(&self) -> f32 {
        self.step
    }
}

/// Sums over a stretch of words of one script; words can be put in and taken out.
#[derive(Clone)]
pub struct Tally {
    /// The script's group.
    pub group: u8,
    /// Words in it.
    pub words: i32,
    count: usize,
    step: f32,
    sums: [i32; 256],
}

impl Tally {
    /// An empty tally for a label's script.
    pub fn new(ngram: &Ngram, group: u8) -> Tally {
        let g = ngram.model.groups.get(group as usize);
        Tally {
            group,
            words: 0,
            count: g.map_or(0, |g| g.count),
            step: g.map_or(0.0, |g| g.step),
            sums: [0; 256],
        }
    }

    /// Puts in what another tally of the same script holds.
    pub fn merge(&mut self, other: &Tally) {
        if self.group == other.group {
            self.words += other.words;
            for (s, w) in self.sums.iter_mut().zip(&other.sums) {
                *s += w;
            }
        }
    }

    /// Puts a word in; a word of another script is passed over.
    pub fn add(&mut self, word: &WordEvidence<'_>) {
        if word.group == Some(self.group) {
            self.words += 1;
            for (s, w) in self.sums.iter_mut().zip(word.sums()) {
                *s += w;
            }
        }
    }

    /// Takes a word out that was put in.
    pub fn remove(&mut self, word: &WordEvidence<'_>) {
        if word.group == Some(self.group) {
            self.words -= 1;
            for (s, w) in self.sums.iter_mut().zip(word.sums()) {
                *s -= w;
            }
        }
    }

    /// Evidence for a language, in nats.
    pub fn nats(&self, label: Label) -> f32 {
        if label.group == self.group {
            self.sums[label.index as usize] as f32 * self.step
        } else {
            0.0
        }
    }

    /// The strongest language other than `but`, and its nats.
    pub fn best(&self, but: Option<Label>) -> Option<(Label, f32)> {
        let skip = but
            .filter(|b| b.group == self.group)
            .map_or(usize::MAX, |b| b.index as usize);
        let i = (0..self.count)
            .filter(|&i| i != skip)
            .max_by_key(|&i| self.sums[i & 255])?;
        Some((
            Label {
                group: self.group,
                index: i as u8,
            },
            self.sums[i & 255] as f32 * self.step,
        ))
    }
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

    /// What the n-grams of a word say of each language of its script, in steps: of one that is not listed as a whole, this
    /// is all.
    pub fn grams<'r>(&self, word: &Word, room: &'r mut Room) -> &'r [i32; 256] {
        let Room { scores, places } = room;
        scores.clear();
        if let Some((_, group)) = self.model.group(word.script)
            && group.count > 1
        {
            scores.add_grams(group, word, places);
        }
        &scores.sums
    }

    /// What a word says.
    pub fn evidence<'r>(&self, word: &Word, room: &'r mut Room) -> WordEvidence<'r> {
        let Room { scores, places } = room;
        scores.clear();
        let group = self.model.group(word.script);
        let mut listed = false;
        if let Some((_, group)) = group
            && group.count > 1
        {
            listed = scores.add(group, word, places);
        }
        let known = scores.unknown == 0;
        WordEvidence {
            span: word.span(),
            units: word.units,
            script: word.script,
            group: group.map(|g| g.0),
            step: group.map_or(0.0, |g| g.1.step),
            count: group.map_or(0, |g| g.1.count),
            neutral: group.is_none_or(|g| g.1.count > 1) && !known,
            hash: word.whole(),
            listed,
            scores,
        }
    }

    /// How much more a text speaks for `language` than for its best rival of the same script, in nats (negative where a
    /// rival is ahead), and how many words of that script there are.
    pub fn host_check(&self, text: &str, language: Language) -> Option<(f32, i32)> {
        let label = self.label(language)?;
        let mut tally = Tally::new(self, label.group);
        let mut reader = self.words(text);
        while let Some(word) = reader.next() {
            tally.add(&word);
        }
        let rival = tally.best(Some(label)).map_or(0.0, |r| r.1);
        Some((tally.nats(label) - rival, tally.words))
    }
}
