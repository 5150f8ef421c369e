//! The cheap look: is there, for any language, a stretch of a paragraph that speaks for it and against the hosts?

use std::ops::Range;

use crate::identify::ngram::{Label, Ngram, Tally, WordEvidence};

use super::prior::rarity;
use super::token::{MAX_NATS, Scale, host_nats};

/// Rivals that a paragraph is searched for.
const MAX_RIVALS: usize = 5;

/// What a paragraph says as a whole, and of which languages it may hold a stretch.
pub(super) struct Look {
    /// Sums over the paragraph, of the script with the most letters.
    pub tally: Option<Tally>,
    /// Letters of that script.
    pub letters: usize,
    /// Languages that a stretch may be in; empty for a paragraph that is the hosts' own.
    pub rivals: Vec<Label>,
}

/// For one script, the best stretch of every language so far, in steps of the script's table.
struct Heat {
    tally: Tally,
    letters: usize,
    step: f32,
    count: usize,
    now: [i32; 256],
    most: [i32; 256],
}

impl Heat {
    fn new(ngram: &Ngram, group: u8, word: &WordEvidence<'_>) -> Heat {
        Heat {
            tally: Tally::new(ngram, group),
            letters: 0,
            // The table of a script with one language weighs nothing; any step will do there.
            step: if word.step() > 0.0 { word.step() } else { 1.0 },
            count: word.count,
            now: [0; 256],
            most: [0; 256],
        }
    }

    /// A word of the script: for each language, the best stretch that ends here.
    fn add(&mut self, word: &WordEvidence<'_>, scale: &Scale) {
        self.tally.add(word);
        self.letters += word.units;
        let steps = |nats: f32| (nats / self.step) as i32;
        let (less, add) = (steps(scale.less), steps(scale.add));
        let (least, most_one) = (steps(scale.least), steps(scale.most));
        for ((now, most), s) in self.now.iter_mut().zip(&mut self.most).zip(word.sums()) {
            *now = (*now + (s - less).clamp(least, most_one) + add).max(0);
            *most = (*most).max(*now);
        }
    }

    /// A word of the hosts, in another script.
    fn cool(&mut self) {
        let steps = (MAX_NATS / self.step) as i32;
        self.now
            .iter_mut()
            .for_each(|now| *now = (*now - steps).max(0));
    }
}

/// Looks at a paragraph; a stretch needs `least` nats, its language's rarity counted against it.
pub(super) fn look(
    text: &str,
    span: Range<usize>,
    ngram: &Ngram,
    hosts: &[Label],
    least: f32,
) -> Look {
    let mut heats: Vec<Box<Heat>> = Vec::new();
    let mut reader = ngram.words(&text[span]);
    while let Some(word) = reader.next() {
        let Some(group) = word.group else { continue };
        let at = match heats.iter().position(|h| h.tally.group == group) {
            Some(at) => at,
            None => {
                heats.push(Box::new(Heat::new(ngram, group, &word)));
                heats.len() - 1
            }
        };
        let host = host_nats(&word, hosts);
        let scale = Scale::of(&word, host, word.unspaced());
        for (i, heat) in heats.iter_mut().enumerate() {
            if i == at {
                heat.add(&word, &scale);
            } else if host.is_some() {
                heat.cool();
            }
        }
    }
    let mut found: Vec<(f32, Label)> = Vec::new();
    for heat in &heats {
        for (l, most) in heat.most.iter().take(heat.count).enumerate() {
            let most = *most as f32 * heat.step;
            let label = Label {
                group: heat.tally.group,
                index: l as u8,
            };
            if most >= least && !own(ngram, hosts, label) {
                let worth = most - rarity(ngram.language(label));
                if worth >= least {
                    found.push((worth, label));
                }
            }
        }
    }
    found.sort_by(|a, b| {
        b.0.total_cmp(&a.0)
            .then((a.1.group, a.1.index).cmp(&(b.1.group, b.1.index)))
    });
    found.truncate(MAX_RIVALS);
    let main = heats.into_iter().max_by_key(|h| h.letters);
    Look {
        letters: main.as_ref().map_or(0, |h| h.letters),
        tally: main.map(|h| h.tally),
        rivals: found.into_iter().map(|f| f.1).collect(),
    }
}

/// Whether a label is a host's language, in whatever script it is written.
fn own(ngram: &Ngram, hosts: &[Label], label: Label) -> bool {
    hosts.contains(&label)
        || hosts
            .iter()
            .any(|h| ngram.language(*h).iso639_3() == ngram.language(label).iso639_3())
}
