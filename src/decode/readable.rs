//! How well a text reads: what it costs in the languages that its words suit best.
//!
//! The same costs as those of `statistics`, over characters: for text that is decoded already, in whatever script.

use super::classes::{BLANK, is_blank, is_wrong};
use super::model::Model;

/// Cost of a letter of a script that the model does not hold, after another of it: as if forty were equally likely.
const UNKNOWN: u32 = 59;
/// Cost of an ASCII character where no language knows the word.
pub(crate) const ASCII: u32 = 3 * 16;
/// What it costs to begin a word in a script that the model does not hold, and to go to another script within it.
const BEGIN: u32 = 3 * 16;
const OTHER_SCRIPT: u32 = 8 * 16;

/// Cost of a text, in sixteenths of a nat: the sum over its words, each in the language that suits it best.
pub(crate) fn cost(text: &str) -> u32 {
    let words = text.split(is_blank).filter(|word| !word.is_empty());
    sum(words, u32::MAX)
}

/// [`cost`] of the words that hold characters beyond ASCII.
pub(crate) fn cost_beyond_ascii(text: &str) -> u32 {
    sum(beyond_ascii(text), u32::MAX)
}

/// Whether [`cost_beyond_ascii`] of a text is less than of another.
pub(crate) fn costs_less(one: &str, other: &str) -> bool {
    let cost = cost_beyond_ascii(one);
    sum(beyond_ascii(other), cost) > cost
}

fn beyond_ascii(text: &str) -> impl Iterator<Item = &str> {
    let words = text.split(|c: char| c.is_ascii_whitespace());
    words.filter(|word| !word.is_ascii())
}

/// The sum of the words' costs, or of so many that it is more than `limit`.
fn sum<'a>(words: impl Iterator<Item = &'a str>, limit: u32) -> u32 {
    let model = Model::get();
    let (mut sum, mut likely) = (0u32, 0);
    for word in words {
        sum = sum.saturating_add(cost_word(model, word, &mut likely));
        if sum > limit {
            break;
        }
    }
    sum
}

/// Cost of a word, in the language that suits it best.
///
/// `likely` is the number of the language that suited the word before: it is tried first, so that the others are given up
/// early.
pub(crate) fn cost_word(model: &Model, word: &str, likely: &mut usize) -> u32 {
    let places: Vec<_> = word.chars().map(|c| model.signs.place(c)).collect();
    let mut least = unknown(word);
    let numbered = || model.languages.iter().enumerate();
    for (number, language) in numbered().skip(*likely).take(1).chain(numbered()) {
        let mut before = BLANK;
        let mut sum = 0;
        for place in &places {
            let (class, extra) = place.of(number, language);
            sum += language.pair(before, class) + u32::from(extra);
            before = class;
            if sum >= least {
                break;
            }
        }
        sum += language.pair(before, BLANK);
        if sum < least {
            (least, *likely) = (sum, number);
        }
    }
    if !word.is_ascii() {
        let costs = model.ideographs.costs_of(word);
        least = costs.into_iter().fold(least, u32::min);
    }
    least + model.cases(word.chars().map(|c| model.signs.kind(c)))
}

/// Cost of a word in a script that the model does not hold: its characters lie near each other.
fn unknown(word: &str) -> u32 {
    let mut block = None;
    let mut sum = BEGIN;
    for c in word.chars() {
        sum += match c {
            // Marks and signs of such scripts are no letters to the standard library.
            '\u{530}'..='\u{1fff}'
            | '\u{2c00}'..='\u{2dff}'
            | '\u{a4d0}'..='\u{abff}'
            | '\u{10000}'..='\u{1ffff}' => {
                let here = Some(c as u32 >> 7);
                let change = if here == block || block.is_none() {
                    0
                } else {
                    OTHER_SCRIPT
                };
                block = here;
                UNKNOWN + change
            }
            ' '..='~' => ASCII,
            _ if is_wrong(c) => UNKNOWN + 2 * OTHER_SCRIPT,
            _ => 2 * UNKNOWN + OTHER_SCRIPT,
        };
    }
    sum
}
