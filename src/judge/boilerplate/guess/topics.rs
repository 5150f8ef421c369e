//! Words that a line shares with the block that the first look wants most.

use std::ops::Range;

use super::Line;
use crate::judge::boilerplate::columns::{Column, Page, share};

/// In how many lines a word stands: of the block with most wanted words, of the others.
#[derive(Clone, Copy, Default)]
struct Stands {
    last: u32,
    main: u16,
    away: u16,
}

/// The words of a page by where they stand.
#[derive(Default)]
pub struct Topics {
    slots: Vec<Stands>,
}

/// Slots of the words; a clash only blurs a measure.
const SLOTS: usize = 4096;
/// Words of a line that are looked at.
const TOPIC_WORDS: usize = 24;

impl Topics {
    /// Fills the columns of topics: `main` is the block with most wanted words.
    pub(super) fn fill(
        &mut self,
        lines: &[Line],
        words: &[u32],
        main: Range<usize>,
        page: &mut Page,
    ) {
        self.slots.clear();
        self.slots.resize(SLOTS, Stands::default());
        let of = |l: &Line| {
            let (start, end) = (l.range.0 as usize, l.range.1 as usize);
            words
                .get(start..end.min(start + TOPIC_WORDS))
                .unwrap_or(&[])
        };
        for (i, l) in lines.iter().enumerate() {
            for w in of(l) {
                if let Some(s) = self
                    .slots
                    .get_mut(*w as usize % SLOTS)
                    .filter(|s| s.last != i as u32 + 1)
                {
                    s.last = i as u32 + 1;
                    if main.contains(&i) {
                        s.main = s.main.saturating_add(1);
                    } else {
                        s.away = s.away.saturating_add(1);
                    }
                }
            }
        }
        // What stands in every sixth line says nothing of the topic.
        let rare = 2 + lines.len() / 6;
        for (i, l) in lines.iter().enumerate() {
            let inside = main.contains(&i) as u16;
            let (mut all, mut in_main, mut away) = (0, 0, 0);
            for w in of(l) {
                let s = self
                    .slots
                    .get(*w as usize % SLOTS)
                    .copied()
                    .unwrap_or_default();
                if s.main as usize + s.away as usize <= rare {
                    all += 1;
                    in_main += (s.main > inside) as u32;
                    away += (s.away > 1 - inside) as u32;
                }
            }
            page.set(Column::TopicMain, i, share(in_main as f32, all as f32));
            page.set(Column::TopicAway, i, share(away as f32, all as f32));
        }
    }
}
