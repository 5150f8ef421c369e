//! Words that a line shares with the block that the first look wants most.

use std::ops::Range;

use super::Line;
use crate::judge::boilerplate::columns::{Column, PAD, Page, share};
use crate::judge::boilerplate::topics::{Topics, looked};

/// Slots of the words of a page.
pub(super) const SLOTS: usize = 4096;

/// Fills the columns of topics for the lines that are `asked` about, and for those that the trees may look at beside:
/// `main` is the block with most wanted words.
pub(super) fn fill(
    lines: &[Line],
    words: &[u32],
    main: Range<usize>,
    asked: &[Range<usize>],
    topics: &mut Topics<SLOTS>,
    page: &mut Page,
) {
    topics.count(lines, words, |i| main.contains(&i));
    // What stands in every sixth line says nothing of the topic.
    let rare = 2 + lines.len() / 6;
    let stands = topics.stands();
    let [mains, aways] = page.several([Column::TopicMain, Column::TopicAway]);
    let mut done = 0;
    for asked in asked {
        let from = asked.start.saturating_sub(PAD).max(done);
        done = (asked.end + PAD).min(lines.len()).max(from);
        let columns = mains[from..done].iter_mut().zip(&mut aways[from..done]);
        for (i, (l, (to_main, to_away))) in (from..).zip(lines[from..done].iter().zip(columns)) {
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
}
