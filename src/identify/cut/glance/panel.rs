//! The rivals of a host, in lanes: what a lane holds is the most that any of its languages has.

use crate::identify::ngram::{Label, Ngram};

use super::super::prior::{Rarity, same};
use super::kin::Kin;
use super::runs::Prices;

/// A number a lane, in steps of the script's table.
pub type Lanes<const L: usize> = [i16; L];

/// Lanes of the first glance: with them an entry of the cache fills one line of the processor's.
pub const FEW: usize = 24;

/// Lanes of the second glance, each with one language.
pub const SOME: usize = 32;

/// Of the few, lanes of one language: the closest rivals, which rise on the host's own words.
const ALONE: usize = 4;

/// Of the few, lanes for the languages that are likeliest as a stray: they need least to rise.
const LIKELY: usize = 5;

/// Of the few, the lane of the languages written as the host is: no stretch of one is a stray, but the document may be in it.
const ALIKE: usize = FEW - 1;

/// Languages of a lane whose sums are compared at once.
pub const BLOCK: usize = 4;

/// Some of the few lanes as bits.
pub fn bits(lanes: [bool; FEW]) -> u32 {
    let each = lanes.iter().zip(0..);
    each.fold(0, |all, (is, lane)| all | u32::from(*is) << lane)
}

/// Shows each of so many lanes, first as many as the widest vectors hold: a rest in the same loop would have all of it
/// done in narrower ones.
#[inline(always)]
pub fn each<const L: usize>(mut show: impl FnMut(usize)) {
    const WIDE: usize = 16;
    for lane in 0..L / WIDE * WIDE {
        show(lane);
    }
    for lane in L / WIDE * WIDE..L {
        show(lane);
    }
}

/// What no rival reaches.
pub const NEVER: i16 = i16::MIN / 2;

/// A lane without languages.
const EMPTY: i16 = i16::MAX / 2;

/// The rivals of a host in one script.
pub struct Panel<const L: usize> {
    /// The host.
    pub host: Label,
    /// The lane of each language of the script; beyond the last lane: none, it is the host.
    pub lane: [u16; 256],
    /// The languages lane by lane.
    pub order: Vec<u8>,
    /// The same in blocks, each with its lane, where lanes have several: a lane's last one is filled up with its first
    /// language.
    pub blocks: Vec<(u8, [u8; BLOCK])>,
    /// Languages of the script, the host among them.
    pub count: usize,
    /// What speaks against the likeliest of a lane's languages as a stray's, in steps.
    pub rarity: Lanes<L>,
    /// The same as the document's language; `None` for a lane without languages.
    pub doubt: [Option<i16>; L],
    /// Tells words' entries for this host from those for others.
    pub salt: u64,
    /// Nats a step.
    pub step: f32,
    /// What the search pays, in such steps.
    pub prices: Prices,
}

/// A rival, with the nats against it.
#[derive(Clone, Copy)]
struct Rival {
    index: usize,
    rarity: f32,
    /// Whether it is written as the host is.
    alike: bool,
}

impl<const L: usize> Panel<L> {
    fn new(ngram: &Ngram, host: Label) -> Option<Panel<L>> {
        let group = ngram.group(host.group)?;
        let place = u64::from(host.group) * 256 + u64::from(host.index) + 1;
        let step = if group.step > 0.0 { group.step } else { 1.0 };
        Some(Panel {
            host,
            lane: [u16::MAX; 256],
            order: Vec::new(),
            blocks: Vec::new(),
            count: group.count,
            rarity: [EMPTY; L],
            doubt: [None; L],
            salt: place.wrapping_mul(0xD6E8_FEB8_6659_FD93),
            step,
            prices: Prices::of(step),
        })
    }

    fn put(&mut self, rival: Rival, to: usize) {
        let against = (rival.rarity / self.step) as i16;
        let lane = self.lane.get_mut(rival.index);
        if let (Some(lane), Some(doubt)) = (lane, self.doubt.get_mut(to)) {
            *lane = to as u16;
            *doubt = Some(doubt.map_or(against, |d| d.min(against)));
            if !rival.alike {
                self.rarity[to] = self.rarity[to].min(against);
            }
        }
    }

    fn sort(&mut self) {
        let lane = self.lane;
        let of = |i: &u8| usize::from(lane[usize::from(*i)]);
        self.order = (0..=u8::MAX).filter(|i| of(i) < L).collect();
        self.order.sort_by_key(of);
    }

    fn fill_blocks(&mut self) {
        let lane = |label: &u8| self.lane[usize::from(*label)];
        for labels in self.order.chunk_by(|a, b| lane(a) == lane(b)) {
            for some in labels.chunks(BLOCK) {
                let mut block = [labels[0]; BLOCK];
                block[..some.len()].copy_from_slice(some);
                self.blocks.push((lane(&labels[0]) as u8, block));
            }
        }
    }
}

impl Panel<SOME> {
    /// A lane for each of some rivals, [`SOME`] at most.
    pub fn some(ngram: &Ngram, host: Label, labels: &[u8]) -> Option<Panel<SOME>> {
        let mut panel = Panel::new(ngram, host)?;
        let rarity = Rarity::of(ngram);
        for (lane, index) in labels.iter().enumerate().take(SOME) {
            let label = Label {
                index: *index,
                ..host
            };
            let rival = Rival {
                index: usize::from(*index),
                rarity: rarity.nats(label),
                alike: false,
            };
            panel.put(rival, lane);
        }
        panel.sort();
        Some(panel)
    }
}

impl Panel<FEW> {
    /// The closest rivals have a lane of their own, the others share those of their families.
    pub fn few(ngram: &Ngram, host: Label, families: &Families) -> Option<Panel<FEW>> {
        let mut panel = Panel::new(ngram, host)?;
        let mut rivals = rivals(ngram, host, panel.count);
        let close = |r: &Rival| families.kin.nearness(r.index, host.index as usize);
        rivals.sort_by(|a, b| close(b).total_cmp(&close(a)).then(a.index.cmp(&b.index)));
        let mut alone = 0..ALONE;
        for rival in rivals {
            let shared = families.lane.get(rival.index).map_or(0, |lane| *lane);
            let own = if rival.alike {
                Some(ALIKE)
            } else {
                alone.next()
            };
            panel.put(rival, own.unwrap_or(ALONE + shared));
        }
        panel.sort();
        panel.fill_blocks();
        Some(panel)
    }

    /// The languages of some lanes that a stray may be in.
    pub fn languages(&self, lanes: &[bool; FEW]) -> Vec<u8> {
        let of = |index: &&u8| usize::from(self.lane[usize::from(**index)]);
        let asked = |index: &&u8| of(index) != ALIKE && lanes.get(of(index)) == Some(&true);
        self.order.iter().filter(asked).copied().collect()
    }
}

/// The languages of a script in families: kin with kin, the rare ones apart from the common, which need less to rise.
pub struct Families {
    kin: Kin,
    /// Of each language the number of its family.
    lane: Vec<usize>,
}

impl Families {
    /// Of a script's part of the table.
    pub fn of(ngram: &Ngram, group: u8) -> Option<Families> {
        let kin = Kin::of(ngram.group(group)?);
        let languages = ngram.tables().get(usize::from(group))?.len();
        let rarity = Rarity::of(ngram);
        let nats = |i: &usize| {
            rarity.nats(Label {
                group,
                index: *i as u8,
            })
        };
        let mut order: Vec<usize> = (0..languages).collect();
        order.sort_by(|a, b| nats(a).total_cmp(&nats(b)));
        let mut lane = vec![0; languages];
        let (mut rest, mut at) = (order.as_slice(), 0);
        while let Some(first) = rest.first() {
            let (tier, after) = rest.split_at(rest.partition_point(|i| nats(i) <= nats(first)));
            let free = ALIKE - ALONE - at;
            let least = if nats(first) == 0.0 { LIKELY } else { 1 };
            let share = (free * tier.len()).div_ceil(rest.len());
            let share = share.max(least.min(tier.len()));
            let share = share.min(free - usize::from(!after.is_empty()));
            for family in kin.families(tier, share) {
                for index in family {
                    lane[index] = at;
                }
                at += 1;
            }
            rest = after;
        }
        Some(Families { kin, lane })
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
        .filter(|(_, label)| *label != host)
        .map(|(index, label)| Rival {
            index,
            rarity: rarity.nats(label),
            alike: same(own, ngram.language(label)),
        })
        .collect()
}
