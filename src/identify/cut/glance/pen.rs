//! What a word says for a host and against it, read from the table.

use crate::identify::ngram::words::{Word, Words};
use crate::identify::ngram::{Ngram, Room};

use super::super::votes::MAX_VOTE;
use super::super::weigh::Scale;
use super::cache::Entry;
use super::panel::{BLOCK, FEW, Lanes, Panel, SOME};
use super::scan::Spelt;

/// Words of which all is remembered: 2 MiB a thread.
const WORDS: usize = 1 << 12;

/// What entries are written with.
pub struct Pen {
    word: Word,
    room: Room,
}

impl Default for Pen {
    fn default() -> Self {
        Pen {
            word: Word::default(),
            room: Room::new(WORDS),
        }
    }
}

impl Pen {
    /// What a word says for the rivals, several to a lane.
    #[inline(never)]
    pub fn entry(
        &mut self,
        ngram: &Ngram,
        panel: &Panel<FEW>,
        text: &str,
        word: &Spelt,
        key: u64,
    ) -> Entry {
        let host = panel.host.index;
        let Pen {
            word: letters,
            room,
        } = self;
        let letters = read(text, word, letters);
        let row = ngram.row(letters).as_chunks().0;
        if row.is_empty() {
            // Few words are asked for again at a second glance: it is not worth the room to remember all.
            let sums = ngram.gram_sums(letters, room);
            let mut said = Said::new(panel, false, sums[usize::from(host)]);
            said.put_all(&sums);
            return said.entry(key);
        }
        let own = row.iter().find(|pair| pair[0] == host);
        let mut said = Said::new(panel, true, own.map_or(0, |pair| i16::from(pair[1] as i8)));
        for &[label, weight] in row {
            said.put(label, i16::from(weight as i8));
        }
        said.entry(key)
    }

    /// Has what is remembered of a word on its way.
    #[inline(always)]
    pub fn expect(&self, key: u64) {
        self.room.expect(key);
    }

    /// What a word says for rivals that have a lane each.
    pub fn each(
        &mut self,
        ngram: &Ngram,
        panel: &Panel<SOME>,
        text: &str,
        word: &Spelt,
    ) -> Lanes<SOME> {
        let Pen {
            word: letters,
            room,
        } = self;
        let sums = ngram.sums(word.key, || read(text, word, letters), room);
        let said = Said::new(panel, sums.listed, sums.of[usize::from(panel.host.index)]);
        let mut delta = [0; SOME];
        for (d, label) in delta.iter_mut().zip(&panel.order) {
            *d = sums.of[usize::from(*label)];
        }
        for d in &mut delta {
            *d = said.says(*d);
        }
        delta
    }
}

/// The letters of a word of a text.
fn read<'w>(text: &str, word: &Spelt, room: &'w mut Word) -> &'w Word {
    Words::between(text, word.start, word.end).next_into(room);
    room
}

/// What a word says against a host.
struct Said<'p, const L: usize> {
    panel: &'p Panel<L>,
    own: i16,
    least: i16,
    most: i16,
    delta: Lanes<L>,
}

impl<'p, const L: usize> Said<'p, L> {
    /// Of a word that says `own` steps for the host.
    #[inline(always)]
    fn new(panel: &'p Panel<L>, listed: bool, own: i16) -> Self {
        let scale = Scale::against(f32::from(own) * panel.step, listed, 1.0);
        let steps = |nats: f32| (nats / panel.step) as i16;
        let (least, most) = (steps(scale.least), steps(scale.most));
        // Of a lane with several languages there is always one of which the word says nothing.
        let nothing = own.saturating_neg().max(least).min(most);
        Said {
            panel,
            own,
            least,
            most,
            delta: [nothing; L],
        }
    }

    #[inline(always)]
    fn says(&self, sum: i16) -> i16 {
        sum.saturating_sub(self.own).max(self.least).min(self.most)
    }
}

impl Said<'_, FEW> {
    #[inline(always)]
    fn put(&mut self, label: u8, sum: i16) {
        let lane = usize::from(self.panel.lane[usize::from(label)]);
        let says = self.says(sum);
        if let Some(d) = self.delta.get_mut(lane) {
            *d = (*d).max(says);
        }
    }

    /// What it says for every language of the script.
    #[inline(always)]
    fn put_all(&mut self, sums: &[i16; 256]) {
        let mut highest = [[i16::MIN; BLOCK]; FEW];
        for (lane, labels) in &self.panel.blocks {
            let sums = labels.map(|label| sums[usize::from(label)]);
            if let Some(highest) = highest.get_mut(usize::from(*lane)) {
                for (highest, sum) in highest.iter_mut().zip(sums) {
                    *highest = (*highest).max(sum);
                }
            }
        }
        let highest = highest.map(|lane| lane.into_iter().fold(i16::MIN, i16::max));
        // The bounds keep the order, so the highest sum says the most.
        let mut delta = self.delta;
        for (d, highest) in delta.iter_mut().zip(highest) {
            *d = (*d).max(self.says(highest));
        }
        self.delta = delta;
    }

    #[inline(always)]
    fn entry(self, key: u64) -> Entry {
        let vote = (MAX_VOTE / self.panel.step) as i16;
        // A lane at its most may have more than it says; its vote is bounded all the same.
        let bound = self.own.max(vote.saturating_sub(self.most));
        Entry {
            key,
            delta: self.delta,
            host: bound.clamp(-i16::MAX / 2, i16::MAX / 2),
            vote: self.own.clamp(-vote, vote),
        }
    }
}
