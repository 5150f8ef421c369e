//! The witness of statistics: which reading of the bytes looks most like text in some language.
//!
//! A reading costs what its text costs in the language that it suits best, plus what it costs to meet the encoding. Costs
//! are -ln(probability) in sixteenths of a nat. Words that hold bytes above ASCII count in full, whatever the language of
//! the words beside them; ASCII words hint at the language, up to a bound.

use super::damaged::{LOST_TEXT, Stray, cost_damaged};
use super::encoding::Encoding;
use super::race::Race;
use super::sample::Sample;

/// What an ASCII character costs in English text.
const ASCII: u32 = 42;
/// What a control character costs.
const CONTROL: u32 = 14 * 16;

/// The encoding whose reading of `bytes` looks most like text, and the witness that it goes by.
///
/// UTF-8 with bytes that mean nothing is one of the readings.
pub(crate) fn best(bytes: &[u8], declared: &[Encoding]) -> (Encoding, &'static str) {
    let sample = Sample::of(bytes);
    let finish = match sample.words.is_empty() {
        true => None,
        false => Race::new(&sample, declared).run_to_the_last(),
    };
    let Some(first) = finish else {
        return (Encoding::UTF8, "utf8");
    };
    if first.damaged && cost_damaged(&sample, Stray::Lost) + LOST_TEXT < first.cost {
        return (Encoding::UTF8, "utf8");
    }
    let witness = match declared.contains(&first.encoding) {
        true => "declaration",
        false => "statistics",
    };
    (first.encoding, witness)
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
    Race::new(sample, declared).run_to_the_end()
}
