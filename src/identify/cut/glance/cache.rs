//! What words say for a host and against it, remembered from one to the next: most words of a text were met before.

use std::rc::Rc;

use crate::identify::ngram::words::{Word, Words};
use crate::identify::ngram::{Label, Ngram, Room};

use super::super::verify::MAX_VOTE;
use super::super::weigh::Scale;
use super::kin::Kin;
use super::panel::{ALL, FEW, Lanes, Panel};
use super::scan::Spelt;

/// Words remembered for the first glance: 2 MiB a thread.
const WORDS_OF_FEW: usize = 1 << 15;

/// Words remembered for the second: 1 MiB a thread.
const WORDS_OF_ALL: usize = 1 << 11;

/// Hosts whose rivals are remembered.
const PANELS: usize = 64;

/// What a word says, in steps.
#[derive(Clone, Copy)]
#[repr(align(64))]
pub struct Entry<const L: usize> {
    key: u64,
    /// For each lane the most that the word says for one of its languages against the host, within bounds.
    pub delta: Lanes<L>,
    /// What it says for the host.
    pub host: i16,
    /// The same within the bounds of a vote.
    pub vote: i16,
}

/// Words, each in the one place that its key has.
pub struct Memory<const L: usize> {
    entries: Vec<Entry<L>>,
    size: usize,
}

impl<const L: usize> Memory<L> {
    fn new(size: usize) -> Self {
        Memory {
            entries: Vec::new(),
            size,
        }
    }

    /// What a word of `text` says.
    #[inline(always)]
    pub fn entry(
        &mut self,
        ngram: &Ngram,
        panel: &Panel<L>,
        text: &str,
        word: &Spelt,
        pen: &mut Pen,
    ) -> &Entry<L> {
        if self.entries.is_empty() {
            self.open();
        }
        let key = word.key ^ panel.salt;
        let at = (key >> 40) as usize % self.entries.len();
        if self.entries[at].key != key {
            self.entries[at] = pen.entry(ngram, panel, text, word, key);
        }
        &self.entries[at]
    }

    #[cold]
    fn open(&mut self) {
        let nothing = Entry {
            key: 0,
            delta: [0; L],
            host: 0,
            vote: 0,
        };
        self.entries = vec![nothing; self.size];
    }
}

/// What an entry is written with.
#[derive(Default)]
pub struct Pen {
    word: Word,
    room: Room,
}

impl Pen {
    #[inline(never)]
    fn entry<const L: usize>(
        &mut self,
        ngram: &Ngram,
        panel: &Panel<L>,
        text: &str,
        word: &Spelt,
        key: u64,
    ) -> Entry<L> {
        Words::between(text, word.start, word.end).next_into(&mut self.word);
        let mut sums = [0i32; 256];
        let row = ngram.row(&self.word);
        if row.is_empty() {
            let evidence = ngram.evidence(&self.word, &mut self.room);
            return said(panel, key, false, evidence.sums());
        }
        for &[label, weight] in row.as_chunks().0 {
            sums[label as usize] = i32::from(weight as i8);
        }
        said(panel, key, true, &sums)
    }
}

/// What a word says, from what it has for each language.
#[inline(always)]
fn said<const L: usize>(panel: &Panel<L>, key: u64, listed: bool, sums: &[i32; 256]) -> Entry<L> {
    let scale = Scale::against(
        sums[panel.host.index as usize] as f32 * panel.step,
        listed,
        1.0,
    );
    let steps = |nats: f32| (nats / panel.step) as i32;
    let own = steps(scale.less);
    let (least, most) = (steps(scale.least), steps(scale.most));
    let says = |sum: i32| (sum - own).max(least).min(most) as i16;
    // Of a lane with several languages there is always one of which the word says nothing.
    let mut delta = [says(0); L];
    for (sum, lane) in sums.iter().zip(&panel.lane) {
        if *sum != 0
            && let Some(d) = delta.get_mut(*lane as usize)
        {
            *d = if panel.shared {
                (*d).max(says(*sum))
            } else {
                says(*sum)
            };
        }
    }
    let vote = steps(MAX_VOTE);
    // A lane at its most may have more than it says; its vote is bounded all the same.
    let bound = own.max(vote - most);
    let half = i32::from(i16::MAX) / 2;
    Entry {
        key,
        delta,
        host: bound.clamp(-half, half) as i16,
        vote: own.clamp(-vote, vote) as i16,
    }
}

/// The memory of a thread.
pub struct Cache {
    /// For the first glance.
    pub few: Memory<FEW>,
    /// For the second.
    pub all: Memory<ALL>,
    /// What entries are written with.
    pub pen: Pen,
    panels: Vec<Rc<Panels>>,
    kin: Vec<(u8, Kin)>,
}

/// The rivals of a host, in few lanes and in all.
pub struct Panels {
    /// For the first glance.
    pub few: Panel<FEW>,
    /// For the second.
    pub all: Panel<ALL>,
}

impl Default for Cache {
    fn default() -> Self {
        Cache {
            few: Memory::new(WORDS_OF_FEW),
            all: Memory::new(WORDS_OF_ALL),
            pen: Pen::default(),
            panels: Vec::new(),
            kin: Vec::new(),
        }
    }
}

impl Cache {
    /// The rivals of a host.
    pub fn panels(&mut self, ngram: &Ngram, host: Label) -> Option<Rc<Panels>> {
        if let Some(known) = self.panels.iter().find(|p| p.few.host == host) {
            return Some(Rc::clone(known));
        }
        if self.panels.len() == PANELS {
            self.panels.clear();
        }
        let group = host.group;
        if !self.kin.iter().any(|k| k.0 == group) {
            self.kin.push((group, Kin::of(ngram.group(group)?)));
        }
        let kin = self.kin.iter().find(|k| k.0 == group)?;
        let panels = Rc::new(Panels {
            few: Panel::few(ngram, host, &kin.1)?,
            all: Panel::all(ngram, host)?,
        });
        self.panels.push(Rc::clone(&panels));
        Some(panels)
    }
}
