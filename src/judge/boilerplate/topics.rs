//! Words that lines share.

use super::line::Line;

/// Words of a line that are looked for in other lines.
const TOPIC_WORDS: usize = 24;

/// In how many lines of each of two sorts a word stands.
#[derive(Clone, Copy, Debug, Default)]
struct Stands {
    /// The line that was counted last, numbered on from page to page.
    last: u32,
    sorts: [u16; 2],
}

/// The words of a page by the sort of lines that they stand in, in so many slots, a power of two: a clash only blurs a
/// measure.
#[derive(Default)]
pub struct Topics<const SLOTS: usize> {
    slots: Vec<Stands>,
    /// Lines of earlier pages: what they left in the slots is not cleared away, but known by its number.
    before: u32,
    lines: u32,
}

impl<const SLOTS: usize> Topics<SLOTS> {
    /// Counts the words of a page, each once a line; `words` are those of all lines, `sort` tells the lines of the second
    /// sort.
    pub(super) fn count(&mut self, lines: &[Line], words: &[u32], sort: impl Fn(usize) -> bool) {
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
        for (i, line) in lines.iter().enumerate() {
            let number = self.before + i as u32 + 1;
            let sort = u16::from(sort(i));
            for word in looked(line, words) {
                let stands = &mut slots[*word as usize % SLOTS];
                // Whether a word is new to the page is hard to guess, so nothing is decided: it is masked.
                let known = u16::from(stands.last > self.before).wrapping_neg();
                let counts = u16::from(stands.last != number);
                let [first, second] = stands.sorts.map(|lines| lines & known);
                stands.sorts = [
                    first.saturating_add(counts & !sort.wrapping_neg()),
                    second.saturating_add(counts & sort),
                ];
                stands.last = number;
            }
        }
    }

    /// Tells in how many lines of each sort a word of the page stands.
    #[inline]
    pub(super) fn stands(&self) -> impl Fn(u32) -> [u16; 2] {
        let slots = self.slots.first_chunk::<SLOTS>();
        move |word| slots.map_or([0; 2], |slots| slots[word as usize % SLOTS].sorts)
    }
}

/// The words of a line that are looked for in others.
pub(super) fn looked<'w>(line: &Line, words: &'w [u32]) -> &'w [u32] {
    let (start, end) = (line.range.0 as usize, line.range.1 as usize);
    words
        .get(start..end.min(start + TOPIC_WORDS))
        .unwrap_or(&[])
}
