//! Words that lines share.

use super::Lines;
use crate::judge::boilerplate::columns::{Column, Page, share};
use crate::judge::boilerplate::topics::looked;

/// Slots of the words of a page.
pub(super) const SLOTS: usize = 2048;

impl Lines {
    /// Words of a line that stand in prose, or in any line, elsewhere. A word counts once a line.
    #[inline(always)]
    pub(super) fn topics(&mut self, page: &mut Page) {
        let Lines {
            lines,
            arena,
            prose,
            seen,
            ..
        } = self;
        let is_prose = |i: usize| prose.get(i).is_some_and(|p| *p > 0.0);
        seen.count(lines, &arena.words, is_prose);
        let stands = seen.stands();
        let [topics, echoes] = page.several([Column::Topic, Column::Echo]);
        for (i, (l, (to, echoed))) in lines.iter().zip(topics.iter_mut().zip(echoes)).enumerate() {
            let words = looked(l, &arena.words);
            let (mut topic, mut echo) = (0, 0);
            let own = is_prose(i) as u16;
            for &w in words {
                let [others, prose] = stands(w);
                echo += (others.saturating_add(prose) > 1) as u32;
                topic += (prose > own) as u32;
            }
            let all = words.len() as f32;
            *to = share(topic as f32, all);
            *echoed = share(echo as f32, all);
        }
    }
}
