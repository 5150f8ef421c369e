//! Words that lines share.

use super::Lines;
use crate::judge::boilerplate::columns::{Column, Page, share};
use crate::judge::boilerplate::topics::looked;

/// Slots of the words of a page.
const SLOTS: usize = 2048;

impl Lines {
    /// Words of a line that stand in prose, or in any line, elsewhere. A word counts once a line.
    pub(super) fn topics(&mut self, page: &mut Page) {
        let Lines {
            lines,
            arena,
            prose,
            seen,
            ..
        } = self;
        let is_prose = |i: usize| prose.get(i).is_some_and(|p| *p > 0.0);
        seen.count(SLOTS, lines, &arena.words, is_prose);
        for (i, l) in lines.iter().enumerate() {
            let words = looked(l, &arena.words);
            let (mut topic, mut echo) = (0, 0);
            let own = is_prose(i) as u16;
            for &w in words {
                let [others, prose] = seen.stands(w);
                echo += (others.saturating_add(prose) > 1) as u32;
                topic += (prose > own) as u32;
            }
            let all = words.len() as f32;
            page.set(Column::Topic, i, share(topic as f32, all));
            page.set(Column::Echo, i, share(echo as f32, all));
        }
    }
}
