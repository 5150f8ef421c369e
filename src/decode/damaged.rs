//! What it costs to read bytes as UTF-8 with strays in it.

use super::model::Model;
use super::readable;
use super::sample::Sample;

/// What a byte costs that means nothing, in a text that is UTF-8 otherwise: more than a rare letter in its place.
pub(crate) const LOST: u32 = 14 * 16;
/// What it costs that a text is UTF-8 and damaged, and not in an encoding that makes something of each byte.
pub(crate) const LOST_TEXT: u32 = 3 * 16;
/// What it costs that a stretch of windows-1252 lies in UTF-8.
const STRAY: u32 = 4 * 16;

/// How a stray byte in UTF-8 is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stray {
    /// As U+FFFD.
    Lost,
    /// As windows-1252.
    Windows1252,
}

/// Cost of reading the sample as UTF-8 with stray bytes.
pub(crate) fn cost_damaged(sample: &Sample, stray: Stray) -> u32 {
    let model = Model::get();
    let mut likely = 0;
    sample
        .words
        .iter()
        .map(|word| cost_damaged_word(model, word, stray, &mut likely))
        .fold(0, u32::saturating_add)
}

/// What a word costs at least whose strays are lost; `ascii` is what its ASCII pairs cost at least.
pub(crate) fn at_least(word: &[u8], ascii: u32) -> u32 {
    let strays = word.utf8_chunks().filter(|c| !c.invalid().is_empty());
    let letters = word.iter().filter(|b| b.is_ascii()).count() as u32;
    strays.count() as u32 * LOST + ascii.min(letters * readable::ASCII)
}

fn cost_damaged_word(model: &Model, word: &[u8], stray: Stray, likely: &mut usize) -> u32 {
    let mut text = String::new();
    let mut cost = 0;
    for chunk in word.utf8_chunks() {
        text.push_str(chunk.valid());
        match stray {
            _ if chunk.invalid().is_empty() => {}
            Stray::Windows1252 => {
                text.push_str(
                    &encoding_rs::WINDOWS_1252
                        .decode_without_bom_handling(chunk.invalid())
                        .0,
                );
                cost += STRAY;
            }
            Stray::Lost => cost += LOST,
        }
    }
    cost + readable::cost_word(model, &text, likely)
}
