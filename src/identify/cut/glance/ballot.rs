//! What words say for the document's language and its rivals, counted lane by lane.

use super::super::hosts::MIN_MARGIN;
use super::cache::Entry;
use super::panel::{FEW, Panel, each};

/// Votes: what words say, each within bounds, in steps.
#[derive(Clone, Copy, Default)]
pub struct Ballot {
    /// The most that was said for a language of each lane.
    pub lanes: [i32; FEW],
    /// For the host.
    pub host: i32,
    /// Words that voted.
    pub words: usize,
    /// Their letters; one of a dense script counts as two.
    pub letters: usize,
}

impl Ballot {
    /// Adds others.
    pub fn merge(&mut self, other: &Ballot) {
        for (sum, v) in self.lanes.iter_mut().zip(other.lanes) {
            *sum += v;
        }
        self.host += other.host;
        self.words += other.words;
        self.letters += other.letters;
    }
}

/// Votes of a paragraph.
#[derive(Default)]
pub struct Votes {
    /// Of all its words.
    pub all: Ballot,
    /// Those outside quotations.
    pub outside: Ballot,
    /// Letters of other scripts.
    pub other_letters: usize,
    /// Lanes that rise.
    pub risen: [bool; FEW],
}

impl Votes {
    /// What stands for the paragraph: its words outside quotations, if there are any.
    pub fn main(&self) -> &Ballot {
        if self.outside.words > 0 {
            &self.outside
        } else {
            &self.all
        }
    }

    /// Whether the paragraph as a whole may be in a language of each lane.
    pub fn may_be_in(&self, panel: &Panel<FEW>) -> [bool; FEW] {
        let main = self.main();
        let margin = (MIN_MARGIN * main.words as f32 / panel.step) as i32;
        let mut may = [false; FEW];
        for ((may, votes), rarity) in may.iter_mut().zip(main.lanes).zip(panel.rarity) {
            *may = votes - i32::from(rarity) - main.host >= margin - 1;
        }
        may
    }

    /// Counts what is in an urn, and whether it was said outside quotations.
    pub fn count(&mut self, urn: &mut Urn, outside: bool) {
        let mut some = Ballot::default();
        urn.empty(&mut some);
        self.all.merge(&some);
        if outside {
            self.outside.merge(&some);
        }
    }
}

/// Votes that were not yet counted: small numbers, many at a time.
pub struct Urn {
    lanes: [i16; FEW],
    host: i32,
    words: usize,
    letters: usize,
    vote: i16,
    room: usize,
}

impl Urn {
    /// An empty one, for votes of so much at most.
    pub fn new(vote: i16) -> Urn {
        Urn {
            lanes: [0; FEW],
            host: 0,
            words: 0,
            letters: 0,
            vote,
            room: (i16::MAX / vote.max(1)).clamp(1, 256) as usize,
        }
    }

    /// A word of so many letters votes.
    #[inline(always)]
    pub fn cast(&mut self, word: &Entry, letters: u32) {
        each::<FEW>(|i| {
            let says = word.delta[i].saturating_add(word.host);
            self.lanes[i] += says.max(-self.vote).min(self.vote);
        });
        self.host += i32::from(word.vote);
        self.words += 1;
        self.letters += letters as usize;
    }

    /// Whether it holds no more.
    #[inline(always)]
    pub fn is_full(&self) -> bool {
        self.words >= self.room
    }

    fn empty(&mut self, into: &mut Ballot) {
        for (sum, v) in into.lanes.iter_mut().zip(&mut self.lanes) {
            *sum += i32::from(std::mem::take(v));
        }
        into.host += std::mem::take(&mut self.host);
        into.words += std::mem::take(&mut self.words);
        into.letters += std::mem::take(&mut self.letters);
    }
}
