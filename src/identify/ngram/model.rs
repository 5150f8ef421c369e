//! The groups of a table by script, and the sums of a text.

use super::scores::Scores;
use super::table::{self, Group};
use super::words::{Word, Words};

/// Scripts of a text that are weighed; letters of further ones are counted only.
pub const MAX_SCRIPTS: usize = 3;

/// A table, ready to be asked.
pub struct Model<'a> {
    /// One group per script.
    pub groups: Vec<Group<'a>>,
    by_script: [u8; 256],
}

/// What a text's words said; kept between texts so that none is allocated.
#[derive(Default)]
pub struct State {
    word: Word,
    slots: [(u8, u32, Scores); MAX_SCRIPTS],
    used: usize,
    /// Letters of scripts without languages or slot.
    pub other_letters: u32,
}

impl<'a> Model<'a> {
    /// A table of nothing.
    pub const EMPTY: Model<'static> = Model {
        groups: Vec::new(),
        by_script: [u8::MAX; 256],
    };

    /// Reads a table; `None` where the bytes are not one.
    pub fn new(bytes: &'a [u8]) -> Option<Model<'a>> {
        let groups = table::groups(bytes)?;
        let mut by_script = [u8::MAX; 256];
        for (i, g) in groups.iter().enumerate() {
            by_script[g.script as usize] = i as u8;
        }
        Some(Model { groups, by_script })
    }

    /// The group of a script number.
    pub fn group(&self, script: u8) -> Option<(u8, &Group<'a>)> {
        let i = self.by_script[script as usize];
        self.groups.get(i as usize).map(|g| (i, g))
    }

    /// Weighs the words of a text; returns the group with the most letters and its scores.
    pub fn weigh<'s>(
        &self,
        text: &str,
        state: &'s mut State,
    ) -> Option<(u8, &Group<'a>, &'s mut Scores)> {
        for slot in &mut state.slots[..state.used] {
            slot.2.clear();
        }
        state.used = 0;
        state.other_letters = 0;
        let mut words = Words::new(text);
        while words.next_into(&mut state.word) {
            let units = state.word.units as u32;
            let Some((g, group)) = self.group(state.word.script) else {
                state.other_letters += units;
                continue;
            };
            let at = match state.slots[..state.used].iter().position(|s| s.0 == g) {
                Some(at) => at,
                None if state.used < MAX_SCRIPTS => {
                    state.slots[state.used].0 = g;
                    state.slots[state.used].1 = 0;
                    state.used += 1;
                    state.used - 1
                }
                None => {
                    state.other_letters += units;
                    continue;
                }
            };
            let slot = &mut state.slots[at];
            // A Han character or syllable says as much as two letters.
            slot.1 += if state.word.script <= super::letters::HANG {
                2 * units
            } else {
                units
            };
            if group.count > 1 {
                slot.2.add(group, &state.word);
            } else {
                slot.2.words += 1;
            }
        }
        let slot = state.slots[..state.used].iter_mut().max_by_key(|s| s.1)?;
        if slot.1 < state.other_letters {
            return None;
        }
        let group = self.groups.get(slot.0 as usize)?;
        Some((slot.0, group, &mut slot.2))
    }
}

/// The label with the highest sum.
pub fn best(group: &Group<'_>, scores: &Scores) -> usize {
    (0..group.count)
        .max_by_key(|&i| scores.sums[i & 255] + group.bias(i))
        .unwrap_or(0)
}
