//! The witness of statistics: which reading of the bytes looks most like text in some language.
//!
//! A reading costs what its text costs in the language that it suits best, plus what it costs to meet the encoding. Costs
//! are -ln(probability) in sixteenths of a nat. Words that hold bytes above ASCII count in full, whatever the language of
//! the words beside them; ASCII words hint at the language, up to a bound.

use super::damaged;
use super::encoding::Encoding;
use super::model::Model;
use super::sample::Sample;
use super::single_byte::SingleBytes;
use super::{hints, multi_byte};

/// What an encoding declared gains: the ratio of right declarations to wrong ones, and that a wrong one that reads as well
/// as the right one does no harm. From the encodings corpus (html-meta, xml-decl).
const DECLARED: u32 = 16 * 16;
/// The share of the text's own cost that it gains besides, as a divisor: a few signs that are not in the encoding do not
/// make a declaration wrong.
const DECLARED_SHARE: u32 = 50;
/// What an ASCII character costs in English text.
const ASCII: u32 = 42;
/// What a control character costs.
const CONTROL: u32 = 14 * 16;

/// The encoding whose reading of `bytes` looks most like text, and the witness that it goes by.
///
/// UTF-8 with bytes that mean nothing is one of the readings.
pub(crate) fn best(bytes: &[u8], declared: &[Encoding]) -> (Encoding, &'static str) {
    let sample = Sample::of(bytes);
    let Some((first, cost)) = cheapest(&sample, declared) else {
        return (Encoding::UTF8, "utf8");
    };
    if damaged::costs_less(&sample, cost) {
        return (Encoding::UTF8, "utf8");
    }
    let witness = match declared.contains(&first) {
        true => "declaration",
        false => "statistics",
    };
    (first, witness)
}

/// Cost of the best reading of `bytes`, all of them, in an encoding that contains ASCII.
pub(crate) fn cost_as_ascii(bytes: &[u8]) -> u32 {
    let sample = Sample::of(bytes);
    let best = cheapest(&sample, &[]).map_or(0, |(_, cost)| cost);
    let weighed: usize = sample.words.iter().map(<[u8]>::len).sum();
    let ascii = bytes.len() - weighed.min(bytes.len());
    let controls = bytes
        .iter()
        .filter(|b| matches!(b, 0..=8 | 0x0b..=0x0c | 0x0e..=0x1a | 0x1c..=0x1f))
        .count();
    best.saturating_add(ASCII * ascii as u32)
        .saturating_add(CONTROL * controls as u32)
}

/// The encoding in which the sample costs least, and what it costs there; `None` where there is nothing to weigh.
pub(crate) fn cheapest(sample: &Sample, declared: &[Encoding]) -> Option<(Encoding, u32)> {
    if sample.words.is_empty() {
        return None;
    }
    let model = Model::get();
    let mut race = Race {
        declared,
        least: u32::MAX,
        arrived: Vec::new(),
    };
    let hints = hints::hints(model, sample);
    let mixed = hints::mixed(sample);
    let mut singles = SingleBytes::new(model, sample, declared, &hints, mixed);
    // The likeliest encoding of one byte comes first: what costs more than it is given up early.
    singles.weigh_first(&mut race);
    multi_byte::weigh(model, sample, mixed, &mut race);
    singles.weigh_others(&mut race);
    race.first()
}

/// Encodings in the order of arrival. One that is seen to cost more than the best so far need not arrive.
pub(crate) struct Race<'a> {
    declared: &'a [Encoding],
    least: u32,
    /// Where each stands among its like, the encoding, its cost.
    arrived: Vec<(usize, Encoding, u32)>,
}

impl Race<'_> {
    /// What the encoding may cost before it is given up.
    pub fn limit(&self, encoding: Encoding) -> u32 {
        match self.declared.contains(&encoding) {
            true => u32::MAX,
            false => self.least,
        }
    }

    /// Notes what an encoding costs; of those that cost the same the one of the lowest `rank` wins.
    pub fn arrive(&mut self, rank: usize, encoding: Encoding, cost: u32) {
        self.least = self.least.min(cost);
        self.arrived.push((rank, encoding, cost));
    }

    fn first(self) -> Option<(Encoding, u32)> {
        let gain = DECLARED + self.least / DECLARED_SHARE;
        let all = self.arrived.into_iter().map(|(rank, encoding, cost)| {
            let gain = match self.declared.contains(&encoding) {
                true => gain,
                false => 0,
            };
            (cost.saturating_sub(gain), rank, encoding)
        });
        all.min_by_key(|(cost, rank, _)| (*cost, *rank))
            .map(|(cost, _, encoding)| (encoding, cost))
    }
}
