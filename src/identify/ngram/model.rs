//! The groups of a table by script, and the sums of a text.

use super::letters;
use super::scores::{OUT, Places, Scores};
use super::table::{self, Group, Place};
use super::words::{Word, Words};

/// Scripts of a text that are weighed; letters of further ones are counted only.
pub const MAX_SCRIPTS: usize = 3;
/// Words looked up together, so that their reads of memory overlap.
const BATCH: usize = 16;
/// Words that the table lacks, remembered until it is known whether their n-grams are needed.
const MAX_LATER: usize = 16;
/// A lead of known words, in nats, beyond which the n-grams of the others are not asked. On development lines 6.5 and
/// 15 nats give the same accuracy within 0.1 points in every length band; at 5 it begins to fall.
const CERTAIN: f32 = 6.5;

/// Words up to which a text is short: what its known words say is eked out by their n-grams. With 3 texts of four words
/// lose 0.4 points.
pub const SHORT: u32 = 7;
/// The part of their weight that the n-grams of known words have in a short text: a quarter. On development lines of two
/// and three words it gains 0.6 points, on word pairs of other sources 0.4; a half as much, all of it nothing.
pub const UNDER: i32 = 4;
/// A lead in nats beyond which a short text is not eked out: 99 of a hundred such answers are right. Figures are the same
/// to a hundredth of a point with 6.5, at a tenth more instructions for a line of 40 characters.
const PLAIN: f32 = 3.0;

/// Bytes up to which a text is read as a whole.
const BRIEF: usize = 120;
/// Bytes of a window of a text that is no longer than [`LONG`]: about eight words.
const GLIMPSE: usize = 48;
/// Such a text has a window for each so many bytes, and one at each end at least.
const GLIMPSES: usize = 256;
/// Bytes beyond which a text is read in larger windows.
pub const LONG: usize = 1024;
/// Bytes of a window of a long text: about forty words.
pub const WINDOW: usize = 256;
/// Windows at most, so that a book costs no more than a page.
const MAX_WINDOWS: usize = 16;
/// A lead in nats beyond which windows are taken for the whole: of 67,628 development lines of more than 125 bytes, 17 are
/// named otherwise than when they are read as a whole.
const CERTAIN_OF_LONG: f32 = 12.0;

/// A table, ready to be asked.
pub struct Model<'a> {
    /// One group per script.
    pub groups: Vec<Group<'a>>,
    /// What the sums of each group begin with.
    priors: Vec<[i32; 256]>,
    by_script: [u8; 256],
}

/// What the words of one script said.
struct Slot {
    group: u8,
    letters: u32,
    scores: Scores,
    /// Where words lie that the table lacks.
    later: [(usize, usize); MAX_LATER],
    laters: usize,
}

impl Default for Slot {
    fn default() -> Self {
        Slot {
            group: 0,
            letters: 0,
            scores: Scores::default(),
            later: [(0, 0); MAX_LATER],
            laters: 0,
        }
    }
}

/// What a text's words said; kept between texts so that none is allocated.
pub struct State {
    word: Word,
    slots: [Slot; MAX_SCRIPTS],
    used: usize,
    /// Letters of scripts without languages or slot.
    pub other_letters: u32,
    /// Letters of addresses, identifiers and other words of machines.
    pub technical: u32,
    batch: [(u64, usize, usize); BATCH],
    waiting: usize,
    places: Places,
    /// What the n-grams of known words said.
    under: Scores,
    /// Reads all of every text, as confidence is measured: a text that is read as a whole because it was in doubt says
    /// nothing of those that were not.
    pub whole: bool,
}

impl Default for State {
    fn default() -> Self {
        State {
            word: Word::default(),
            slots: Default::default(),
            used: 0,
            other_letters: 0,
            technical: 0,
            batch: [(0, 0, 0); BATCH],
            waiting: 0,
            places: Places::default(),
            under: Scores::default(),
            whole: false,
        }
    }
}

/// The script with the most letters, and what its words said.
pub struct Weighed<'m, 'a, 's> {
    /// The group's number.
    pub index: u8,
    /// The group.
    pub group: &'m Group<'a>,
    /// Letters of the script; a character of Chinese, Japanese or Korean counts as two.
    pub letters: u32,
    /// Letters of addresses, identifiers and other words of machines.
    pub technical: u32,
    /// Sums of evidence.
    pub scores: &'s mut Scores,
}

impl<'a> Model<'a> {
    /// A table of nothing.
    pub const EMPTY: Model<'static> = Model {
        groups: Vec::new(),
        priors: Vec::new(),
        by_script: [u8::MAX; 256],
    };

    /// Reads a table; `None` where the bytes are not one.
    pub fn new(bytes: &'a [u8]) -> Option<Model<'a>> {
        let groups = table::groups(bytes)?;
        let mut by_script = [u8::MAX; 256];
        for (i, g) in groups.iter().enumerate() {
            by_script[g.script as usize] = i as u8;
        }
        let priors = groups.iter().map(|g| {
            let mut priors = [OUT; 256];
            for (i, prior) in priors.iter_mut().enumerate().take(g.count) {
                *prior = g.bias(i);
            }
            priors
        });
        Some(Model {
            priors: priors.collect(),
            groups,
            by_script,
        })
    }

    /// The group of a script number.
    pub fn group(&self, script: u8) -> Option<(u8, &Group<'a>)> {
        let i = self.by_script[script as usize];
        self.groups.get(i as usize).map(|g| (i, g))
    }

    /// Weighs the words of a text; `allowed` tells per group which labels may be answered (empty: all). `None` where no script with languages has the most letters.
    pub fn weigh<'s>(
        &self,
        text: &str,
        state: &'s mut State,
        allowed: &[[bool; 256]],
    ) -> Option<Weighed<'_, 'a, 's>> {
        state.used = 0;
        state.other_letters = 0;
        state.technical = 0;
        state.waiting = 0;
        self.read(text, state);
        let top = (0..state.used).max_by_key(|&i| state.slots.get(i).map_or(0, |s| s.letters))?;
        let slot = state.slots.get_mut(top)?;
        if slot.letters < state.other_letters {
            return None;
        }
        let group = self.groups.get(slot.group as usize)?;
        if let Some(allowed) = allowed.get(slot.group as usize) {
            for (sum, may) in slot.scores.sums.iter_mut().zip(allowed) {
                if !may {
                    *sum = OUT;
                }
            }
        }
        finish(group, text, slot, &mut state.word, &mut state.places);
        if slot.scores.words <= SHORT && text.len() <= LONG {
            let (word, places) = (&mut state.word, &mut state.places);
            eke_out(
                group,
                text,
                &mut slot.scores,
                &mut state.under,
                word,
                places,
            );
        }
        Some(Weighed {
            index: slot.group,
            group,
            letters: slot.letters,
            technical: state.technical,
            scores: &mut slot.scores,
        })
    }

    /// Reads a text: all of it, or of a longer one evenly spread windows, and the rest only where they are not certain.
    fn read(&self, text: &str, state: &mut State) {
        if state.whole || text.len() <= BRIEF {
            self.read_between(text, 0, text.len(), state);
            return;
        }
        let (windows, window) = if text.len() <= LONG {
            ((text.len() / GLIMPSES).max(2), GLIMPSE)
        } else {
            let stride = (text.len() / MAX_WINDOWS).max(LONG / 2);
            (text.len().div_ceil(stride), WINDOW)
        };
        // The first begins with the text, the last ends with it.
        let stride = (text.len() - window) / (windows - 1).max(1);
        let start = |i: usize| after_space(text, i * stride);
        let end = |i: usize| after_space(text, (i * stride + window).min(text.len()));
        for i in 0..windows {
            self.read_between(text, start(i), end(i), state);
        }
        let far = state
            .slots
            .iter()
            .take(state.used)
            .max_by_key(|s| s.letters)
            .is_some_and(|slot| {
                self.groups.get(slot.group as usize).is_some_and(|g| {
                    g.count == 1 || slot.scores.leads_by((CERTAIN_OF_LONG / g.step) as i32)
                })
            });
        if !far {
            for i in 1..windows {
                self.read_between(text, end(i - 1), start(i), state);
            }
        }
    }

    /// Reads the words between two places and looks them up.
    fn read_between(&self, text: &str, from: usize, to: usize, state: &mut State) {
        let mut words = Words::between(text, from, to);
        // The slot of the script at hand.
        let (mut script, mut at) = (letters::NONE, 0);
        let mut many = false;
        while words.next_into(&mut state.word) {
            let units = state.word.units as u32;
            if is_technical(text, &state.word) {
                state.technical += units;
                continue;
            }
            if state.word.script != script {
                self.flush(text, state, at);
                let Some(slot) = self.slot(state) else {
                    script = letters::NONE;
                    state.other_letters += units;
                    continue;
                };
                (script, at) = (state.word.script, slot);
                many = self.group(script).is_some_and(|g| g.1.count > 1);
            }
            let Some(slot) = state.slots.get_mut(at) else {
                continue;
            };
            // A Han character or a syllable of Hangul says as much as two letters.
            slot.letters += if script <= letters::HANG {
                2 * units
            } else {
                units
            };
            slot.scores.words += 1;
            if many {
                if let Some(b) = state.batch.get_mut(state.waiting) {
                    *b = (state.word.whole(), state.word.start, state.word.end);
                    state.waiting += 1;
                }
                if state.waiting == BATCH {
                    self.flush(text, state, at);
                }
            }
        }
        self.flush(text, state, at);
    }

    /// Looks up the words that wait.
    #[inline]
    fn flush(&self, text: &str, state: &mut State, at: usize) {
        let n = std::mem::take(&mut state.waiting);
        let Some(slot) = state.slots.get_mut(at) else {
            return;
        };
        let Some(group) = self.groups.get(slot.group as usize) else {
            return;
        };
        let Places { at: places, rows } = &mut state.places;
        let batch = state.batch.get(..n).unwrap_or(&[]);
        for b in batch {
            group.words.expect(b.0);
        }
        for (place, b) in places.iter_mut().zip(batch) {
            let (there, passes) = group.words.place(b.0);
            *place = if passes { there } else { Place::NONE };
        }
        let mut missed = 0u32;
        rows.clear();
        let mut i = 0;
        group.words.ranges(&places[..n], |row| {
            missed |= (row.is_empty() as u32) << i;
            rows.lay(&group.words, row);
            i += 1;
        });
        slot.scores.add_row(rows.pairs());
        while missed != 0 {
            let b = state.batch[missed.trailing_zeros() as usize & (BATCH - 1)];
            missed &= missed - 1;
            if slot.laters == MAX_LATER {
                finish(group, text, slot, &mut state.word, &mut state.places);
                slot.laters = 0;
            }
            if let Some(later) = slot.later.get_mut(slot.laters) {
                *later = (b.1, b.2);
                slot.laters += 1;
            }
        }
    }

    /// The slot of the word's script, opened if need be; `None` where the script has no languages or no slot is left.
    fn slot(&self, state: &mut State) -> Option<usize> {
        let (index, group) = self.group(state.word.script)?;
        let used = state.used;
        if let Some(at) = state.slots.iter().take(used).position(|s| s.group == index) {
            return Some(at);
        }
        let slot = state.slots.get_mut(used)?;
        slot.group = index;
        slot.letters = 0;
        slot.laters = 0;
        slot.scores
            .open(self.priors.get(index as usize)?, group.count);
        state.used += 1;
        Some(used)
    }
}

/// Adds the n-grams of the words that the table lacks, unless the known words are certain.
fn finish(group: &Group<'_>, text: &str, slot: &mut Slot, word: &mut Word, places: &mut Places) {
    let certain = (CERTAIN / group.step) as i32;
    for &span in slot.later.iter().take(slot.laters) {
        if slot.scores.leads_by(certain) {
            return;
        }
        add_grams(group, text, span, &mut slot.scores, word, places);
    }
}

/// Adds to the sums of a short text a part of what the n-grams of its known words say, unless it is certain without.
fn eke_out(
    group: &Group<'_>,
    text: &str,
    scores: &mut Scores,
    under: &mut Scores,
    word: &mut Word,
    places: &mut Places,
) {
    if group.count == 1 || scores.leads_by((PLAIN / group.step) as i32) {
        return;
    }
    under.clear();
    let mut words = Words::new(text);
    while words.next_into(word) {
        let read = word.script == group.script && !is_technical(text, word);
        if read && !group.words.row(word.whole()).is_empty() {
            under.add_grams(group, word, places);
        }
    }
    for (sum, under) in scores.sums.iter_mut().zip(&under.sums) {
        *sum += under / UNDER;
    }
}

/// The first place at or after `at` that a blank precedes, or a character boundary near it where there is none.
fn after_space(text: &str, at: usize) -> usize {
    if at == 0 || at >= text.len() {
        return at.min(text.len());
    }
    let near = &text.as_bytes()[at..text.len().min(at + 64)];
    let mut at = near
        .iter()
        .position(|b| b.is_ascii_whitespace())
        .map_or(at, |i| at + i + 1);
    while !text.is_char_boundary(at) {
        at += 1;
    }
    at
}

/// Whether a word is part of an address, an identifier, a number with letters: Latin ones are.
#[inline(always)]
fn is_technical(text: &str, word: &Word) -> bool {
    word.script == letters::LATN && technical(text.as_bytes(), word.start, word.end)
}

#[inline]
fn technical(bytes: &[u8], start: usize, end: usize) -> bool {
    let at = |i: usize| bytes.get(i).copied().unwrap_or(b' ');
    let before = |n: usize| if start >= n { at(start - n) } else { b' ' };
    binds(before(1), before(2)) || binds(at(end), at(end + 1))
}

/// Whether a character beside a word, with the one beyond it, makes the word a part of something technical.
#[inline(always)]
fn binds(near: u8, beyond: u8) -> bool {
    match near {
        b'0'..=b'9'
        | b'@'
        | b'#'
        | b'\\'
        | b'='
        | b'<'
        | b'>'
        | b'{'
        | b'}'
        | b'|'
        | b'~'
        | b'^'
        | b'$'
        | b'%' => true,
        b'_' | b'/' | b'&' | b'+' | b'*' | b'.' => beyond.is_ascii_alphanumeric() || beyond == b'/',
        b':' => beyond.is_ascii_digit() || beyond == b'/',
        _ => false,
    }
}

fn add_grams(
    group: &Group<'_>,
    text: &str,
    span: (usize, usize),
    scores: &mut Scores,
    word: &mut Word,
    places: &mut Places,
) {
    let Some(slice) = text.get(span.0..span.1) else {
        return;
    };
    if Words::new(slice).next_into(word) {
        scores.add_grams(group, word, places);
    }
}
