//! What words say for a host and against it, remembered from one to the next: most words of a text were met before.

use std::rc::Rc;

use crate::identify::ngram::words::{Word, Words};
use crate::identify::ngram::{Label, Ngram, Room};

use super::super::verify::MAX_VOTE;
use super::super::weigh::Scale;
use super::panel::{ALL, FEW, Families, Lanes, Panel};
use super::scan::Spelt;

/// Words remembered for the first glance, a power of two: 4 MiB a thread.
const WORDS_OF_FEW: usize = 1 << 16;

/// Words remembered for the second, a power of two: 1 MiB a thread.
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

/// Words, each in one of the two places that its key has.
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
        let at = (key >> 40) as usize & (self.entries.len() - 1);
        if self.entries[at].key == key {
            return &self.entries[at];
        }
        // The place beside it keeps the word that had the place before.
        let beside = at ^ 1;
        if self.entries[beside].key == key {
            return &self.entries[beside];
        }
        self.entries[beside] = self.entries[at];
        self.entries[at] = pen.entry(ngram, panel, text, word, key);
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
    /// What a word says.
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
        let row: &[[u8; 2]] = ngram.row(&self.word).as_chunks().0;
        let host = panel.host.index;
        if !row.is_empty() {
            let own = row.iter().find(|pair| pair[0] == host);
            let mut said = Said::new(panel, true, own.map_or(0, |pair| i32::from(pair[1] as i8)));
            for &[label, weight] in row {
                said.put(label, i32::from(weight as i8));
            }
            return said.entry(key);
        }
        let sums = ngram.grams(&self.word, &mut self.room);
        let mut said = Said::new(panel, false, sums[host as usize]);
        said.put_all(sums);
        said.entry(key)
    }
}

/// What a word says against a host.
struct Said<'p, const L: usize> {
    panel: &'p Panel<L>,
    own: i32,
    least: i32,
    most: i32,
    delta: Lanes<L>,
}

impl<'p, const L: usize> Said<'p, L> {
    /// Of a word that says `own` steps for the host.
    #[inline(always)]
    fn new(panel: &'p Panel<L>, listed: bool, own: i32) -> Self {
        let scale = Scale::against(own as f32 * panel.step, listed, 1.0);
        let steps = |nats: f32| (nats / panel.step) as i32;
        let (least, most) = (steps(scale.least), steps(scale.most));
        // Of a lane with several languages there is always one of which the word says nothing.
        let nothing = (-own).max(least).min(most) as i16;
        Said {
            panel,
            own,
            least,
            most,
            delta: [nothing; L],
        }
    }

    #[inline(always)]
    fn put(&mut self, label: u8, sum: i32) {
        let lane = self.panel.lane[label as usize] as usize;
        let says = self.says(sum);
        if let Some(d) = self.delta.get_mut(lane) {
            *d = if Panel::<L>::SHARED {
                (*d).max(says)
            } else {
                says
            };
        }
    }

    #[inline(always)]
    fn says(&self, sum: i32) -> i16 {
        (sum - self.own).max(self.least).min(self.most) as i16
    }

    /// What it says for every language of the script.
    #[inline(always)]
    fn put_all(&mut self, sums: &[i32; 256]) {
        let mut says = [0i16; 256];
        for (says, sum) in says.iter_mut().zip(sums) {
            *says = self.says(*sum);
        }
        if Panel::<L>::SHARED {
            let mut labels = self.panel.order.iter();
            for (d, size) in self.delta.iter_mut().zip(&self.panel.sizes) {
                for label in labels.by_ref().take(usize::from(*size)) {
                    *d = (*d).max(says[usize::from(*label)]);
                }
            }
        } else {
            self.delta.iter_mut().zip(says).for_each(|(d, s)| *d = s);
        }
    }

    #[inline(always)]
    fn entry(self, key: u64) -> Entry<L> {
        let vote = (MAX_VOTE / self.panel.step) as i32;
        // A lane at its most may have more than it says; its vote is bounded all the same.
        let bound = self.own.max(vote - self.most);
        let half = i32::from(i16::MAX) / 2;
        Entry {
            key,
            delta: self.delta,
            host: bound.clamp(-half, half) as i16,
            vote: self.own.clamp(-vote, vote) as i16,
        }
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
    families: Vec<(u8, Families)>,
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
            families: Vec::new(),
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
        if !self.families.iter().any(|f| f.0 == group) {
            self.families.push((group, Families::of(ngram, group)?));
        }
        let families = self.families.iter().find(|f| f.0 == group)?;
        let panels = Rc::new(Panels {
            few: Panel::few(ngram, host, &families.1)?,
            all: Panel::all(ngram, host)?,
        });
        self.panels.push(Rc::clone(&panels));
        Some(panels)
    }
}
