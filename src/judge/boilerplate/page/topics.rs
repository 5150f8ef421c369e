//! Words that lines share.

use super::Lines;
use crate::judge::boilerplate::columns::{Column, Page, share};

/// Words of a line that are looked for in other lines.
const WORDS: usize = 24;
/// Slots for the words of a page; a clash only blurs a measure.
const SLOTS: usize = 2048;

/// In how many lines a word stands.
#[derive(Clone, Copy, Debug, Default)]
struct Stands {
    /// The line that was counted last, numbered on from page to page.
    last: u32,
    /// Lines of prose in the upper half, others in the lower: one addition counts either.
    lines: u32,
}

/// A line of prose, as it is counted.
const PROSE: u32 = 1 << 16;

/// All bits where `less` is the smaller number, none where it is not.
#[inline(always)]
fn sign(less: u32, number: u32) -> u32 {
    ((i64::from(less) - i64::from(number)) >> 32) as u32
}

/// The words of a page.
#[derive(Default)]
pub(super) struct Topics {
    slots: Vec<Stands>,
    /// Lines of earlier pages: what they left in the slots is not cleared away, but known by its number.
    before: u32,
    lines: u32,
}

impl Topics {
    /// Counts the words of a page's lines, each once a line; a line is told with what it counts as.
    fn count<'w>(&mut self, lines: impl ExactSizeIterator<Item = (&'w [u32], u32)>) {
        let next = self.before.checked_add(self.lines);
        let room = next.filter(|before| before.checked_add(lines.len() as u32).is_some());
        if room.is_none() {
            self.slots.clear();
        }
        self.slots.resize(SLOTS, Stands::default());
        self.before = room.unwrap_or(0);
        self.lines = lines.len() as u32;
        let Some(slots) = self.slots.first_chunk_mut::<SLOTS>() else {
            return;
        };
        for (number, (words, line)) in (self.before + 1..).zip(lines) {
            for word in words {
                let Stands { last, lines } = &mut slots[*word as usize % SLOTS];
                // Whether a word is new to the page is hard to guess, so nothing is decided: it is masked, by the sign of a
                // difference, of which the compiler makes no branch.
                let known = *lines & sign(self.before, *last);
                let one = line & sign(*last, number);
                *lines = known.wrapping_add(one);
                *last = number;
            }
        }
    }

    /// Tells in how many lines a word of the page stands.
    #[inline]
    fn stands(&self) -> impl Fn(u32) -> u32 {
        let slots = self.slots.first_chunk::<SLOTS>();
        move |word| slots.map_or(0, |slots| slots[word as usize % SLOTS].lines)
    }
}

impl Lines {
    /// Words of a line that stand in prose, or in any line, elsewhere. A word counts once a line.
    #[inline(always)]
    pub(super) fn shared_words(&mut self, page: &mut Page) {
        let Lines {
            lines,
            arena,
            prose,
            topics,
            ..
        } = self;
        let lines = lines.iter().zip(prose.iter()).map(|(line, prose)| {
            let words = arena.of(line);
            let counts = if *prose > 0.0 { PROSE } else { 1 };
            (words.get(..WORDS).unwrap_or(words), counts)
        });
        topics.count(lines.clone());
        let stands = topics.stands();
        let [topics, echoes] = page.several([Column::Topic, Column::Echo]);
        for ((words, own), (to, echoed)) in lines.zip(topics.iter_mut().zip(echoes)) {
            let (mut topic, mut echo) = (0u32, 0u32);
            for word in words {
                let stands = stands(*word);
                echo += u32::from(stands != own);
                topic += u32::from(stands / PROSE > own / PROSE);
            }
            let all = words.len() as f32;
            *to = share(topic as f32, all);
            *echoed = share(echo as f32, all);
        }
    }
}
