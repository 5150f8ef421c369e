//! What words say for a host and against it, remembered from one to the next: most words of a text were met before.

use std::rc::Rc;

use crate::identify::ngram::{Label, Ngram};
use crate::simd::expect;

use super::panel::{FEW, Families, Lanes, Panel};
use super::pen::Pen;
use super::scan::Gaps;

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

/// Places that a key's word may have; words of one set are kept in the order in which they were asked for, or nearly.
const WAYS: usize = 4;

/// Words, in sets of a few places.
#[derive(Default)]
pub struct Memory {
    sets: Vec<[Entry; WAYS]>,
}

impl Memory {
    /// Has what is remembered of a word on its way.
    #[inline(always)]
    pub fn expect(&self, key: u64) {
        expect(&self.sets, self.place(key));
    }

    #[inline(always)]
    fn place(&self, key: u64) -> usize {
        (key >> 40) as usize & self.sets.len().wrapping_sub(1)
    }

    /// What a word says; `write` is asked where it is not remembered. The key is the word's and the host's.
    #[inline(always)]
    pub fn entry(&mut self, key: u64, write: impl FnOnce() -> Entry) -> &Entry {
        if self.sets.is_empty() {
            self.open();
        }
        let place = self.place(key);
        let set = &mut self.sets[place];
        if set[0].key != key {
            match set.iter().position(|entry| entry.key == key) {
                Some(at) => set.swap(0, at),
                None => {
                    set.rotate_right(1);
                    set[0] = write();
                }
            }
        }
        &set[0]
    }

    #[cold]
    fn open(&mut self) {
        let nothing = Entry {
            key: 0,
            delta: [0; FEW],
            host: 0,
            vote: 0,
        };
        self.sets = vec![[nothing; WAYS]; WORDS / WAYS];
    }
}

/// The memory of a thread.
#[derive(Default)]
pub struct Cache {
    /// What words say.
    pub words: Memory,
    /// What it is written with.
    pub pen: Pen,
    /// What stands between words.
    pub gaps: Gaps,
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
