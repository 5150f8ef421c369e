//! Words that lines share.

use super::Lines;
use crate::judge::boilerplate::columns::{Column, Page, share};
use crate::judge::boilerplate::line::Line;

/// Words of a line that are looked for in other lines.
const TOPIC_WORDS: usize = 24;

/// In how many lines a word stands, and in how many of prose.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Seen {
    last: u32,
    lines: u16,
    prose: u16,
}

/// Slots of the counters of words of a page; a clash only blurs a measure.
const SLOTS: usize = 2048;

impl Lines {
    /// Words of a line that stand in prose, or in any line, elsewhere. A word counts once a line.
    pub(super) fn topics(&mut self, page: &mut Page) {
        self.seen.clear();
        self.seen.resize(SLOTS, Seen::default());
        let Lines {
            lines,
            arena,
            prose,
            seen,
            ..
        } = self;
        let words = |l: &Line| {
            let all = arena
                .words
                .get(l.range.0 as usize..l.range.1 as usize)
                .unwrap_or(&[]);
            all.get(..all.len().min(TOPIC_WORDS)).unwrap_or(all)
        };
        for (i, (l, prose)) in lines.iter().zip(&*prose).enumerate() {
            for &w in words(l) {
                if let Some(s) = seen
                    .get_mut(w as usize % SLOTS)
                    .filter(|s| s.last != i as u32 + 1)
                {
                    s.last = i as u32 + 1;
                    s.lines = s.lines.saturating_add(1);
                    s.prose = s.prose.saturating_add((*prose > 0.0) as u16);
                }
            }
        }
        for (i, (l, prose)) in lines.iter().zip(&*prose).enumerate() {
            let (mut topic, mut echo) = (0, 0);
            let own = (*prose > 0.0) as u16;
            for &w in words(l) {
                let s = seen.get(w as usize % SLOTS).copied().unwrap_or_default();
                echo += (s.lines > 1) as u32;
                topic += (s.prose > own) as u32;
            }
            let all = words(l).len() as f32;
            page.set(Column::Topic, i, share(topic as f32, all));
            page.set(Column::Echo, i, share(echo as f32, all));
        }
    }
}
