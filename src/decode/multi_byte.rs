//! How well bytes read in the encodings of several bytes: Chinese, Japanese, Korean.

use std::ops::Range;

use super::damaged::LOST;
use super::encoding::Encoding::{self, Whatwg};
use super::encoding::Machine;
use super::ideographs::COUNT;
use super::losses::Losses;
use super::model::Model;
use super::sample::{LONGEST, Sample};

/// Encodings of several bytes, the cost of meeting one in nats, and the languages they are used for.
const MULTI_BYTE: &[(Encoding, f32, &[&str])] = &[
    (Whatwg(encoding_rs::GB18030), 0.5, &["cmn_Hans", "cmn_Hant"]),
    (Whatwg(encoding_rs::BIG5), 1.0, &["cmn_Hant", "cmn_Hans"]),
    (Whatwg(encoding_rs::SHIFT_JIS), 0.5, &["jpn_Jpan"]),
    (Whatwg(encoding_rs::EUC_JP), 1.0, &["jpn_Jpan"]),
    (Whatwg(encoding_rs::EUC_KR), 1.0, &["kor_Hang"]),
    (Encoding::Johab, 6.0, &["kor_Hang"]),
];
/// Where the first of them stands behind the encodings of one byte, where two cost the same.
const RANK: usize = 1000;

/// An encoding of several bytes, as far as a sample was weighed in it.
pub(crate) struct MultiByte {
    encoding: Encoding,
    /// The numbers of its languages, and what the words cost in each.
    sums: Vec<(usize, u32)>,
    /// The text of a word.
    text: String,
}

/// Each of them with its rank. `mixed` is what it costs that the text has ASCII words.
pub(crate) fn runs(
    model: &Model,
    mixed: u32,
) -> impl Iterator<Item = (usize, Encoding, MultiByte)> {
    let run = move |(rank, (encoding, prior, languages)): (usize, &(Encoding, f32, &[&str]))| {
        let begin = (prior * 16.0) as u32 + mixed;
        let languages = model.ideographs.numbers(languages);
        let run = MultiByte {
            encoding: *encoding,
            sums: languages.map(|number| (number, begin)).collect(),
            text: String::new(),
        };
        (rank, *encoding, run)
    };
    (RANK..).zip(MULTI_BYTE).map(run)
}

impl MultiByte {
    /// Weighs some words more; returns what all so far cost, in the language that suits best.
    pub fn advance(&mut self, model: &Model, sample: &Sample, words: Range<usize>) -> u32 {
        for number in words {
            let word = sample.words.get(number);
            // A word that is cut ends in half a character.
            let whole = word.len() - usize::from(word.len() >= LONGEST);
            let word = word.get(..whole).unwrap_or(word);
            let mut costs = costs(model, self.encoding, word, &mut self.text);
            if number == 0 && sample.opens {
                let rest = word.get(1..).unwrap_or_default();
                let cut = self::costs(model, self.encoding, rest, &mut self.text);
                costs
                    .iter_mut()
                    .zip(cut)
                    .for_each(|(cost, cut)| *cost = (cut + LOST).min(*cost));
            }
            for (language, sum) in &mut self.sums {
                *sum += costs.get(*language).copied().unwrap_or(0);
            }
        }
        let sums = self.sums.iter().map(|(_, sum)| *sum);
        sums.min().unwrap_or(u32::MAX / 2)
    }
}

/// Whether a text begins with the end of a character that was cut: it reads better without its first byte.
pub(crate) fn begins_cut(encoding: Encoding, text: &[u8]) -> bool {
    let known = MULTI_BYTE.iter().find(|(known, ..)| *known == encoding);
    let (Some((.., languages)), Some(0x80..)) = (known, text.first()) else {
        return false;
    };
    let model = Model::get();
    let end = text.iter().take(LONGEST).position(u8::is_ascii_whitespace);
    let word = text
        .get(..end.unwrap_or(text.len().min(LONGEST - 1)))
        .unwrap_or(text);
    if simdutf8::basic::from_utf8(word).is_ok() {
        return false;
    }
    let mut buffer = String::new();
    let mut cost = |word: &[u8]| {
        let costs = costs(model, encoding, word, &mut buffer);
        let costs = model
            .ideographs
            .numbers(languages)
            .map(|l| costs[l % COUNT]);
        costs.min().unwrap_or(0)
    };
    cost(word.get(1..).unwrap_or_default()) + LOST < cost(word)
}

/// Cost of a word in each language.
fn costs(model: &Model, encoding: Encoding, word: &[u8], text: &mut String) -> [u32; COUNT] {
    text.clear();
    read(encoding, word, text);
    let cases = model.cases(text.chars().map(|c| model.signs.kind(c)));
    model.ideographs.costs_of(text).map(|cost| cost + cases)
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
        other => {
            Machine::new(other).decode(word, 0, true, text, &mut Losses::default());
        }
    }
}
