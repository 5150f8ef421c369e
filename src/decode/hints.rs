//! What the ASCII words of a text say of the language of the others.

use super::model::{LANES, Language, Model};
use super::sample::Sample;

/// The most that ASCII words count against a language.
const HINT: f32 = 12.0 * 16.0;
/// The same for languages that are not written in Latin letters: ASCII words are foreign to all of them.
const HINT_FOREIGN: f32 = 2.0 * 16.0;
/// What a word in Latin letters costs in a text in others, and the other way round: one word in ten is so, one in four
/// hundred.
const LATIN_WORD: u32 = 37;
const OTHER_WORD: u32 = 6 * 16;

/// What the ASCII words cost each language more than the one they suit best, bounded.
pub(crate) fn hints(model: &Model, sample: &Sample) -> [u32; LANES] {
    let mut costs = [0; LANES];
    model.ascii.add(sample.ascii.bytes(), &mut costs);
    let known = model.languages.iter().zip(&mut costs);
    let least = known.map(|(_, cost)| *cost).min().unwrap_or(0);
    let bounded = |language: &Language, cost: u32| {
        let most = match language.is_latin {
            true => HINT,
            false => HINT_FOREIGN,
        };
        (most * (1.0 - (-((cost - least) as f32) / most).exp())) as u32
    };
    for (language, cost) in model.languages.iter().zip(&mut costs) {
        *cost = bounded(language, *cost);
    }
    costs
}

/// Cost of words in Latin letters and in others in one text: the rarer kind is foreign.
pub(crate) fn mixed(sample: &Sample) -> u32 {
    let (latin, other) = (sample.ascii.len() as u32, sample.words.len() as u32);
    (LATIN_WORD * latin).min(OTHER_WORD * other)
}
