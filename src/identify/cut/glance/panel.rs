//! The rivals of a host, in lanes: what a lane holds is the most that any of its languages has.

use crate::identify::ngram::{Label, Ngram};

use super::super::prior::{Rarity, same};
use super::kin::Kin;

/// A number a lane, in steps of the script's table.
pub type Lanes<const L: usize> = [i16; L];

/// Lanes of the first glance: with them an entry of the cache fills one line of the processor's.
pub const FEW: usize = 24;

/// Lanes of the second: every language of a script has its own.
pub const ALL: usize = 256;

/// Of the few, lanes of one language: the closest rivals, which rise on the host's own words.
const ALONE: usize = 4;

/// Of the few, lanes for the languages that are likeliest as a stray: they need least to rise.
const LIKELY: usize = 5;

/// What no rival reaches.
pub const NEVER: i16 = i16::MIN / 2;

/// A lane without languages.
const EMPTY: i16 = i16::MAX / 2;

/// The rivals of a host in one script.
pub struct Panel<const L: usize> {
    /// The host.
    pub host: Label,
    /// The lane of each language of the script; beyond the last lane: none, it is the host or written as it is.
    pub lane: [u16; 256],
    /// Whether lanes have several languages.
    pub shared: bool,
    /// Languages of the script, the host among them.
    pub count: usize,
    /// What speaks against the likeliest of a lane's languages, in steps.
    pub rarity: Lanes<L>,
    /// Tells words' entries for this host from those for others.
    pub salt: u64,
    /// Nats a step.
    pub step: f32,
}

/// A rival, with the nats against it.
#[derive(Clone, Copy)]
struct Rival {
    index: usize,
    rarity: f32,
}

impl<const L: usize> Panel<L> {
    fn new(ngram: &Ngram, host: Label) -> Option<Panel<L>> {
        let group = ngram.group(host.group)?;
        let place = u64::from(host.group) * 256 + u64::from(host.index) + 1;
        Some(Panel {
            host,
            lane: [u16::MAX; 256],
            shared: L < ALL,
            count: group.count,
            rarity: [EMPTY; L],
            salt: place.wrapping_mul(0xD6E8_FEB8_6659_FD93),
            step: if group.step > 0.0 { group.step } else { 1.0 },
        })
    }

    fn put(&mut self, rival: Rival, to: usize) {
        if let (Some(lane), Some(rarity)) =
            (self.lane.get_mut(rival.index), self.rarity.get_mut(to))
        {
            *lane = to as u16;
            *rarity = (*rarity).min((rival.rarity / self.step) as i16);
        }
    }

    /// Whether a lane has languages.
    pub fn used(&self, lane: usize) -> bool {
        self.rarity.get(lane).is_some_and(|r| *r != EMPTY)
    }
}

impl Panel<ALL> {
    /// A lane for each rival.
    pub fn all(ngram: &Ngram, host: Label) -> Option<Panel<ALL>> {
        let mut panel = Panel::new(ngram, host)?;
        for rival in rivals(ngram, host, panel.count) {
            panel.put(rival, rival.index);
        }
        Some(panel)
    }
}

impl Panel<FEW> {
    /// Kin share a lane, the rare ones apart from the common: their lanes take more to rise.
    pub fn few(ngram: &Ngram, host: Label, kin: &Kin) -> Option<Panel<FEW>> {
        let mut panel = Panel::new(ngram, host)?;
        let mut rivals = rivals(ngram, host, panel.count);
        let close = |r: &Rival| kin.nearness(r.index, host.index as usize);
        rivals.sort_by(|a, b| close(b).total_cmp(&close(a)).then(a.index.cmp(&b.index)));
        let mut at = 0;
        for rival in rivals.drain(..ALONE.min(rivals.len())) {
            panel.put(rival, at);
            at += 1;
        }
        rivals.sort_by(|a, b| a.rarity.total_cmp(&b.rarity).then(a.index.cmp(&b.index)));
        let mut rest = rivals.as_slice();
        while let Some(first) = rest.first() {
            let alike = rest.partition_point(|r| r.rarity <= first.rarity);
            let (tier, after) = rest.split_at(alike);
            let least = if first.rarity == 0.0 { LIKELY } else { 1 };
            let share = ((FEW - at) * tier.len()).div_ceil(rest.len());
            let share = share
                .max(least.min(tier.len()))
                .min(FEW - at - usize::from(!after.is_empty()));
            let labels: Vec<usize> = tier.iter().map(|r| r.index).collect();
            for family in kin.families(&labels, share) {
                for index in family {
                    panel.put(
                        Rival {
                            index,
                            rarity: first.rarity,
                        },
                        at,
                    );
                }
                at += 1;
            }
            rest = after;
        }
        Some(panel)
    }
}

fn rivals(ngram: &Ngram, host: Label, count: usize) -> Vec<Rival> {
    let own = ngram.language(host);
    let rarity = Rarity::of(ngram);
    (0..count)
        .map(|index| {
            let label = Label {
                group: host.group,
                index: index as u8,
            };
            (index, label)
        })
        .filter(|(_, label)| !same(own, ngram.language(*label)))
        .map(|(index, label)| Rival {
            index,
            rarity: rarity.nats(label),
        })
        .collect()
}
