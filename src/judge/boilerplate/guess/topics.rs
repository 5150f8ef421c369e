//! Words that a line shares with the block that the first look wants most.

use std::ops::Range;

use super::Line;
use crate::judge::boilerplate::columns::{Column, Page, share};
use crate::judge::boilerplate::topics::{Topics, looked};

/// Slots of the words of a page.
pub(super) const SLOTS: usize = 4096;

/// Fills the columns of topics: `main` is the block with most wanted words.
pub(super) fn fill(
    lines: &[Line],
    words: &[u32],
    main: Range<usize>,
    topics: &mut Topics<SLOTS>,
    page: &mut Page,
) {
    topics.count(lines, words, |i| main.contains(&i));
    // What stands in every sixth line says nothing of the topic.
    let rare = 2 + lines.len() / 6;
    let stands = topics.stands();
    let [mains, aways] = page.several([Column::TopicMain, Column::TopicAway]);
    for (i, (l, (to_main, to_away))) in lines.iter().zip(mains.iter_mut().zip(aways)).enumerate() {
        let inside = main.contains(&i) as u16;
        let (mut all, mut in_main, mut away) = (0, 0, 0);
        for w in looked(l, words) {
            let [elsewhere, here] = stands(*w);
            if here as usize + elsewhere as usize <= rare {
                all += 1;
                in_main += (here > inside) as u32;
                away += (elsewhere > 1 - inside) as u32;
            }
        }
        *to_main = share(in_main as f32, all as f32);
        *to_away = share(away as f32, all as f32);
    }
}
