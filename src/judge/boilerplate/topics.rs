//! Words that lines share.

use super::line::Line;

/// Words of a line that are looked for in other lines.
const TOPIC_WORDS: usize = 24;

/// In how many lines of each of two sorts a word stands.
#[derive(Clone, Copy, Debug, Default)]
struct Stands {
    last: u32,
    sorts: [u16; 2],
}

/// The words of a page by the sort of lines that they stand in.
#[derive(Default)]
pub struct Topics {
    slots: Vec<Stands>,
}

impl Topics {
    /// Counts the words of a page, each once a line; `words` are those of all lines, `sort` tells the lines of the second
    /// sort. There are `slots` slots, a power of two: a clash only blurs a measure.
    pub(super) fn count(
        &mut self,
        slots: usize,
        lines: &[Line],
        words: &[u32],
        sort: impl Fn(usize) -> bool,
    ) {
        self.slots.clear();
        self.slots.resize(slots, Stands::default());
        for (i, line) in lines.iter().enumerate() {
            for word in looked(line, words) {
                let slot = self.slots.get_mut(*word as usize % slots);
                if let Some(stands) = slot.filter(|s| s.last != i as u32 + 1) {
                    stands.last = i as u32 + 1;
                    let lines = &mut stands.sorts[usize::from(sort(i))];
                    *lines = lines.saturating_add(1);
                }
            }
        }
    }

    /// In how many lines of each sort a word stands.
    #[inline]
    pub(super) fn stands(&self, word: u32) -> [u16; 2] {
        let slot = self.slots.get(word as usize % self.slots.len().max(1));
        slot.copied().unwrap_or_default().sorts
    }
}

/// The words of a line that are looked for in others.
pub(super) fn looked<'w>(line: &Line, words: &'w [u32]) -> &'w [u32] {
    let (start, end) = (line.range.0 as usize, line.range.1 as usize);
    words
        .get(start..end.min(start + TOPIC_WORDS))
        .unwrap_or(&[])
}
