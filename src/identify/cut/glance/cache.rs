//! What words say for a host and against it, remembered from one to the next: most words of a text were met before.

use std::rc::Rc;

use crate::identify::ngram::{Label, Ngram};

use super::panel::{FEW, Families, Lanes, Panel};
use super::pen::Pen;

/// Words remembered, a power of two: 8 MiB a thread.
const WORDS: usize = 1 << 17;

/// Hosts whose rivals are remembered.
const PANELS: usize = 64;

/// What a word says, in steps.
#[derive(Clone, Copy)]
#[repr(align(64))]
pub struct Entry {
    /// The word's and the host's.
    pub key: u64,
    /// For each lane the most that the word says for one of its languages against the host, within bounds.
    pub delta: Lanes<FEW>,
    /// What it says for the host.
    pub host: i16,
    /// The same within the bounds of a vote.
    pub vote: i16,
}

/// Words, each in one of the two places that its key has.
#[derive(Default)]
pub struct Memory {
    entries: Vec<Entry>,
}

impl Memory {
    /// What a word says; `write` is asked where it is not remembered. The key is the word's and the host's.
    #[inline(always)]
    pub fn entry(&mut self, key: u64, write: impl FnOnce() -> Entry) -> &Entry {
        if self.entries.is_empty() {
            self.open();
        }
        let at = (key >> 40) as usize & (self.entries.len() - 1);
        if self.entries[at].key == key {
            return &self.entries[at];
        }
        // The place beside it keeps the word that had the place before.
        let beside = at ^ 1;
        self.entries.swap(at, beside);
        if self.entries[at].key != key {
            self.entries[at] = write();
        }
        &self.entries[at]
    }

    #[cold]
    fn open(&mut self) {
        let nothing = Entry {
            key: 0,
            delta: [0; FEW],
            host: 0,
            vote: 0,
        };
        self.entries = vec![nothing; WORDS];
    }
}

/// The memory of a thread.
#[derive(Default)]
pub struct Cache {
    /// What words say.
    pub words: Memory,
    /// What it is written with.
    pub pen: Pen,
    panels: Vec<Rc<Panel<FEW>>>,
    families: Vec<(u8, Families)>,
}

impl Cache {
    /// The rivals of a host.
    pub fn panel(&mut self, ngram: &Ngram, host: Label) -> Option<Rc<Panel<FEW>>> {
        if let Some(known) = self.panels.iter().find(|p| p.host == host) {
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
        let panel = Rc::new(Panel::few(ngram, host, &families.1)?);
        self.panels.push(Rc::clone(&panel));
        Some(panel)
    }
}
