//! What the words of a text say for every language of a script: votes for the whole of it.
//!
//! Words are added in small numbers, many languages at a time, and settled into large ones before the small can be full.

use multiversion::multiversion;

use crate::identify::ngram::{Label, Ngram, WordEvidence};

use super::prior::Rarity;

/// The most that one word may say for a document's or paragraph's language, in nats: about what a frequent word of a
/// language of few cognates says, so that words count and their oddity does not.
pub(super) const MAX_VOTE: f32 = 2.5;

/// Languages that are counted at once.
pub(super) const BLOCK: usize = 16;

/// Small numbers, one a language.
pub(super) type Small = [[i16; BLOCK]; 256 / BLOCK];

/// Large numbers, one a language.
pub(super) type Large = [[i32; BLOCK]; 256 / BLOCK];

/// What a word says for each language of its script, in steps.
pub(super) fn said<'w>(word: &'w WordEvidence<'_>) -> &'w Small {
    let (blocks, _) = word.sums().as_chunks();
    blocks.try_into().unwrap_or(&NOTHING)
}

/// Of a word that says nothing.
static NOTHING: Small = [[0; BLOCK]; 256 / BLOCK];

/// What small numbers hold in any order of adding.
pub(super) const ROOM: i32 = 32_000;

/// Adds what a word says for the languages of so many blocks, `most` at most for or against each.
#[multiversion(targets("x86_64+avx2"))]
fn cast(votes: &mut Small, said: &Small, blocks: usize, most: i16) {
    for (votes, said) in votes.iter_mut().zip(said).take(blocks) {
        for (vote, says) in votes.iter_mut().zip(said) {
            *vote += (*says).max(-most).min(most);
        }
    }
}

/// Blocks that hold so many languages.
pub(super) fn blocks(languages: usize) -> usize {
    languages.div_ceil(BLOCK)
}

/// For each language, what the words of a text say for it: each within bounds, so that a few long ones do not decide.
#[derive(Clone, Default)]
pub(super) struct Votes {
    /// The script.
    pub group: u8,
    /// Nats a step.
    pub step: f32,
    /// Languages of the script.
    pub count: usize,
    /// Letters that voted.
    pub letters: usize,
    /// Words that voted.
    pub words: usize,
    sums: Large,
    recent: Small,
    used: i32,
}

impl Votes {
    /// None, for words of a script.
    pub fn new(group: u8, word: &WordEvidence<'_>) -> Votes {
        let mut votes = Votes::default();
        votes.begin(group, word);
        votes
    }

    /// None again, where all were settled.
    pub fn begin(&mut self, group: u8, word: &WordEvidence<'_>) {
        self.sums[..blocks(self.count)].fill([0; BLOCK]);
        self.group = group;
        // The table of a script with one language weighs nothing; any step will do there.
        self.step = if word.step() > 0.0 { word.step() } else { 1.0 };
        self.count = word.count;
        self.letters = 0;
        self.words = 0;
    }

    /// Adds a word and what it says.
    pub fn add(&mut self, word: &WordEvidence<'_>, said: &Small) {
        let most = ((MAX_VOTE / self.step) as i32).min(ROOM) as i16;
        // A Han character or a syllable says as much as two letters.
        self.letters += if word.dense() {
            2 * word.units
        } else {
            word.units
        };
        self.words += 1;
        if self.used + i32::from(most) > ROOM {
            self.settle();
        }
        self.used += i32::from(most);
        cast(&mut self.recent, said, blocks(self.count), most);
    }

    /// Counts the words added so far; what follows reads only those.
    pub fn settle(&mut self) {
        self.used = 0;
        let lanes = self.sums.iter_mut().zip(&mut self.recent);
        for (sums, recent) in lanes.take(blocks(self.count)) {
            for (sum, r) in sums.iter_mut().zip(recent) {
                *sum += i32::from(std::mem::take(r));
            }
        }
    }

    /// Adds other settled votes.
    pub fn merge(&mut self, other: &Votes) {
        self.letters += other.letters;
        self.words += other.words;
        let lanes = self.sums.iter_mut().zip(&other.sums);
        for (sums, others) in lanes.take(blocks(self.count)) {
            for (sum, s) in sums.iter_mut().zip(others) {
                *sum += s;
            }
        }
    }

    /// Nats for a language.
    pub fn nats(&self, label: Label) -> f32 {
        let sum = self.sums.as_flattened().get(label.index as usize);
        sum.map_or(0.0, |s| *s as f32 * self.step)
    }

    /// The language that has most, rarity counted against it; of equals the first.
    pub fn best(&self, ngram: &Ngram) -> Option<(Label, f32)> {
        let rarity = Rarity::of(ngram);
        let mut best: Option<(Label, f32)> = None;
        for (i, sum) in self.sums.as_flattened().iter().enumerate().take(self.count) {
            let nats = *sum as f32 * self.step;
            // Rarity only takes away.
            if best.is_some_and(|b| nats <= b.1) {
                continue;
            }
            let label = self.label(i);
            let worth = nats - rarity.nats(label);
            if best.is_none_or(|b| worth > b.1) {
                best = Some((label, worth));
            }
        }
        best
    }

    /// The label of the language of a number.
    pub fn label(&self, index: usize) -> Label {
        Label {
            group: self.group,
            index: index as u8,
        }
    }

    /// All languages, those that have most first.
    pub fn ranked(&self, ngram: &Ngram) -> Vec<(Label, f32)> {
        let mut all: Vec<(Label, f32)> = self.all(ngram).collect();
        all.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.index.cmp(&b.0.index)));
        all
    }

    fn all(&self, ngram: &Ngram) -> impl Iterator<Item = (Label, f32)> + '_ {
        let rarity = Rarity::of(ngram);
        (0..self.count).map(move |i| {
            let label = self.label(i);
            (label, self.nats(label) - rarity.nats(label))
        })
    }
}
