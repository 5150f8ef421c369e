//! How well bytes read in the encodings of several bytes: Chinese, Japanese, Korean.

use super::encoding::{Encoding, Machine};
use super::losses::Losses;
use super::model::Model;
use super::sample::{LONGEST, Sample};
use super::statistics::Race;

/// Encodings of several bytes, the cost of meeting one in nats, and the languages they are used for.
const MULTI_BYTE: &[(&str, f32, &[&str])] = &[
    ("gb18030", 0.5, &["cmn_Hans", "cmn_Hant"]),
    ("big5", 1.0, &["cmn_Hant", "cmn_Hans"]),
    ("shift_jis", 0.5, &["jpn_Jpan"]),
    ("euc-jp", 1.0, &["jpn_Jpan"]),
    ("euc-kr", 1.0, &["kor_Hang"]),
    ("johab", 6.0, &["kor_Hang"]),
];
/// Where the first of them stands behind the encodings of one byte, where two cost the same.
const RANK: usize = 1000;

/// Weighs each of them. `mixed` is what it costs that the text has ASCII words.
pub(crate) fn weigh(model: &Model, sample: &Sample, mixed: u32, race: &mut Race) {
    for (rank, (label, prior, languages)) in (RANK..).zip(MULTI_BYTE) {
        let Some(encoding) = Encoding::for_label(label) else {
            continue;
        };
        let languages: Vec<usize> = model.ideographs.numbers(languages).collect();
        let always = (prior * 16.0) as u32 + mixed;
        let limit = race.limit(encoding).saturating_sub(always);
        if let Some(cost) = cost(model, sample, encoding, &languages, limit) {
            race.arrive(rank, encoding, always + cost);
        }
    }
}

/// Cost of reading the sample in an encoding; `None` once it is more than `limit`.
fn cost(
    model: &Model,
    sample: &Sample,
    encoding: Encoding,
    languages: &[usize],
    limit: u32,
) -> Option<u32> {
    let mut sums = vec![0u32; languages.len()];
    let mut text = String::new();
    let mut least = 0;
    for word in sample.words.iter() {
        // A word that is cut ends in half a character.
        let whole = word.len() - usize::from(word.len() >= LONGEST);
        text.clear();
        read(encoding, word.get(..whole).unwrap_or(word), &mut text);
        let costs = model.ideographs.costs_of(&text);
        let cases = model.cases(text.chars().map(|c| model.signs.kind(c)));
        for (sum, &language) in sums.iter_mut().zip(languages) {
            *sum += costs.get(language).copied().unwrap_or(0) + cases;
        }
        least = sums.iter().copied().min()?;
        if least > limit {
            return None;
        }
    }
    Some(least)
}

/// The text of a word; U+FFFD stands for bytes that mean nothing.
fn read(encoding: Encoding, word: &[u8], text: &mut String) {
    match encoding {
        Encoding::Whatwg(encoding) => {
            let mut decoder = encoding.new_decoder_without_bom_handling();
            text.reserve(
                decoder
                    .max_utf8_buffer_length(word.len())
                    .unwrap_or_default(),
            );
            let _ = decoder.decode_to_string(word, text, true);
        }
        other => Machine::new(other).decode(word, 0, true, text, &mut Losses::default()),
    }
}
