//! The witness of statistics: which reading of the bytes looks most like text in some language.
//!
//! A reading costs what its text costs in the language that it suits best, plus what it costs to meet the encoding. Costs
//! are -ln(probability) in sixteenths of a nat. Words that hold bytes above ASCII count in full, whatever the language of
//! the words beside them; ASCII words hint at the language, up to a bound.

use super::classes::BLANK;
use super::encoding::{Encoding, Machine};
use super::losses::Losses;
use super::model::{Ideographic, Language, Model};
use super::readable;
use super::readings::{self, SingleByte, Use, case_cost};
use super::sample::Sample;

/// What an encoding declared gains: the ratio of right declarations to wrong ones, and that a wrong one that reads as well
/// as the right one does no harm. From the encodings corpus (html-meta, xml-decl).
const DECLARED: u32 = 16 * 16;
/// The share of the text's own cost that it gains besides, as a divisor: a few signs that are not in the encoding do not
/// make a declaration wrong.
const DECLARED_SHARE: u32 = 50;
/// The most that ASCII words count against a language.
const HINT: f32 = 12.0 * 16.0;
/// The same for languages that are not written in Latin letters: ASCII words are foreign to all of them.
const HINT_FOREIGN: f32 = 2.0 * 16.0;
/// What a word in another language than the rest of the text costs at most.
const OTHER_LANGUAGE: u32 = 5 * 16;
/// What a byte costs that means nothing, in a text that is UTF-8 otherwise: more than a rare letter in its place.
const LOST: u32 = 14 * 16;
/// What it costs that a text is UTF-8 and damaged, and not in an encoding that makes something of each byte.
const LOST_TEXT: u32 = 3 * 16;
/// What it costs that a stretch of windows-1252 lies in UTF-8.
const STRAY: u32 = 4 * 16;
/// What an ASCII character costs in English text.
const ASCII: u32 = 42;
/// What a control character costs.
const CONTROL: u32 = 14 * 16;
/// What a word in Latin letters costs in a text in others, and the other way round: one word in ten is so, one in four
/// hundred.
const LATIN_WORD: u32 = 37;
const OTHER_WORD: u32 = 6 * 16;

/// Encodings of several bytes, the cost of meeting one in nats, and the languages they are used for.
const MULTI_BYTE: &[(&str, f32, &[&str])] = &[
    ("gb18030", 0.5, &["cmn_Hans", "cmn_Hant"]),
    ("big5", 1.0, &["cmn_Hant", "cmn_Hans"]),
    ("shift_jis", 0.5, &["jpn_Jpan"]),
    ("euc-jp", 1.0, &["jpn_Jpan"]),
    ("euc-kr", 1.0, &["kor_Hang"]),
    ("johab", 6.0, &["kor_Hang"]),
];

/// The encoding whose reading of `bytes` looks most like text, and the witness that it goes by.
///
/// UTF-8 with bytes that mean nothing is one of the readings.
pub(crate) fn best(bytes: &[u8], declared: &[Encoding]) -> (Encoding, &'static str) {
    let sample = Sample::of(bytes);
    if sample.words.is_empty() {
        return (Encoding::UTF8, "utf8");
    }
    let Some(&(first, cost)) = rank(&sample, declared).first() else {
        return (Encoding::UTF8, "utf8");
    };
    let strays = sample
        .words
        .iter()
        .flat_map(|w| w.utf8_chunks())
        .filter(|c| !c.invalid().is_empty())
        .count() as u32;
    if strays * LOST + LOST_TEXT < cost && cost_damaged(&sample, Stray::Lost) + LOST_TEXT < cost {
        return (Encoding::UTF8, "utf8");
    }
    (
        first,
        if declared.contains(&first) {
            "declaration"
        } else {
            "statistics"
        },
    )
}

/// Cost of the best reading of `bytes`, all of them, in an encoding that contains ASCII.
pub(crate) fn cost_as_ascii(bytes: &[u8]) -> u32 {
    let sample = Sample::of(bytes);
    let best = match sample.words.is_empty() {
        true => 0,
        false => rank(&sample, &[]).first().map_or(0, |(_, cost)| *cost),
    };
    let ascii = bytes.len()
        - sample
            .words
            .iter()
            .map(Vec::len)
            .sum::<usize>()
            .min(bytes.len());
    let controls = bytes
        .iter()
        .filter(|b| matches!(b, 0..=8 | 0x0b..=0x0c | 0x0e..=0x1a | 0x1c..=0x1f))
        .count();
    best.saturating_add(ASCII * ascii as u32)
        .saturating_add(CONTROL * controls as u32)
}

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

/// Encodings and the costs of their readings, the best first.
pub(crate) fn rank(sample: &Sample, declared: &[Encoding]) -> Vec<(Encoding, u32)> {
    let model = Model::get();
    let hints = hints(model, sample);
    let mut ranked = Vec::new();
    for (single, uses) in likely(model, sample, declared) {
        let cost = cost_single(model, sample, single, &uses, &hints);
        ranked.push((single.encoding, single.prior + cost));
    }
    for (label, prior, languages) in MULTI_BYTE {
        if let Some(encoding) = Encoding::for_label(label) {
            let languages = model
                .ideographic
                .iter()
                .filter(|l| languages.contains(&l.code));
            let cost = cost_multi(model, sample, encoding, &languages.collect::<Vec<_>>());
            ranked.push((encoding, (prior * 16.0) as u32 + cost));
        }
    }
    let best = ranked.iter().map(|(_, cost)| *cost).min().unwrap_or(0);
    for (encoding, cost) in &mut ranked {
        if declared.contains(encoding) {
            *cost = cost.saturating_sub(DECLARED + best / DECLARED_SHARE);
        }
    }
    ranked.sort_by_key(|(_, cost)| *cost);
    ranked
}

/// The encodings of one byte that are worth a closer look, each with the languages that are: letter by letter, without
/// regard to what stands beside it, they cost least.
fn likely(
    model: &Model,
    sample: &Sample,
    declared: &[Encoding],
) -> Vec<(&'static SingleByte, Vec<&'static Use>)> {
    let mut counts = [0u32; 256];
    sample
        .words
        .iter()
        .flatten()
        .filter(|b| !b.is_ascii())
        .for_each(|&b| counts[usize::from(b)] += 1);
    let present: Vec<(usize, u32)> = counts
        .into_iter()
        .enumerate()
        .filter(|(_, n)| *n > 0)
        .collect();
    let cost = |used: &Use| -> u32 {
        let single = model
            .languages
            .get(used.language)
            .map_or(&[][..], |l| l.single);
        let one = |byte: usize| {
            u32::from(
                single
                    .get(usize::from(used.class[byte]))
                    .copied()
                    .unwrap_or(u8::MAX),
            )
        };
        present
            .iter()
            .map(|&(byte, n)| n * (one(byte) + u32::from(used.extra[byte])))
            .sum()
    };
    // Letters beyond ASCII are few among Latin ones, and dear: the two kinds are not compared here.
    let kind = |used: &Use| {
        usize::from(
            model
                .languages
                .get(used.language)
                .is_some_and(|l| l.is_latin),
        )
    };
    let mut least = [u32::MAX / 2; 2];
    let mut weighed: Vec<(&SingleByte, Vec<(u32, &Use)>)> = Vec::new();
    for single in readings::single_byte() {
        let uses: Vec<(u32, &Use)> = single
            .uses
            .iter()
            .map(|used| (single.prior + cost(used), used))
            .collect();
        for (cost, used) in &uses {
            least[kind(used)] = least[kind(used)].min(*cost);
        }
        weighed.push((single, uses));
    }
    let likely = |(single, uses): (&'static SingleByte, Vec<(u32, &'static Use)>)| {
        let declared = declared.contains(&single.encoding);
        let near = |(cost, used): &(u32, &Use)| declared || *cost <= bound(least[kind(used)]);
        let uses: Vec<&Use> = uses
            .into_iter()
            .filter(near)
            .map(|(_, used)| used)
            .collect();
        (!uses.is_empty()).then_some((single, uses))
    };
    weighed.into_iter().filter_map(likely).collect()
}

/// What something costs at most, letter by letter, that is worth a closer look where the best costs `least`: what stands
/// beside the letters changes little more in long texts, and much in short ones.
fn bound(least: u32) -> u32 {
    (least + least / 3).saturating_add(40 * 16)
}

/// What the ASCII words cost each language more than the one they suit best, bounded.
fn hints(model: &Model, sample: &Sample) -> Vec<u32> {
    let cost = |language: &Language| -> u32 {
        let mut cost = 0;
        for word in &sample.ascii {
            let mut before = BLANK;
            for &byte in word {
                let (class, extra) = language
                    .ascii
                    .get(usize::from(byte))
                    .copied()
                    .unwrap_or_default();
                cost += language.pair(before, class) + u32::from(extra);
                before = class;
            }
            cost += language.pair(before, BLANK);
        }
        cost
    };
    let costs: Vec<u32> = model.languages.iter().map(cost).collect();
    let least = costs.iter().copied().min().unwrap_or(0);
    let bounded = |(language, cost): (&Language, &u32)| {
        let most = if language.is_latin {
            HINT
        } else {
            HINT_FOREIGN
        };
        (most * (1.0 - (-((cost - least) as f32) / most).exp())) as u32
    };
    model.languages.iter().zip(&costs).map(bounded).collect()
}

/// Cost of reading the sample in an encoding of one byte, in the language that suits best.
fn cost_single(
    model: &Model,
    sample: &Sample,
    single: &SingleByte,
    uses: &[&Use],
    hints: &[u32],
) -> u32 {
    let words = sample.words.len();
    let mut costs = Vec::with_capacity(uses.len() * words);
    for used in uses {
        costs.extend(sample.words.iter().map(|word| cost_word(model, word, used)));
    }
    let mut least = vec![u32::MAX; words];
    for row in costs.chunks_exact(words.max(1)) {
        for (least, &cost) in least.iter_mut().zip(row) {
            *least = cost.min(*least);
        }
    }
    let mixed = mixed(sample);
    let languages = uses.iter().zip(costs.chunks_exact(words.max(1)));
    let language = |(used, row): (&&Use, &[u32])| {
        let text: u32 = row
            .iter()
            .zip(&least)
            .map(|(&cost, &least)| cost.min(least + OTHER_LANGUAGE))
            .sum();
        let latin = model
            .languages
            .get(used.language)
            .is_some_and(|l| l.is_latin);
        text + hints.get(used.language).copied().unwrap_or(0) + if latin { 0 } else { mixed }
    };
    let cases = sample
        .words
        .iter()
        .map(|word| case_cost(model, word.iter().map(|&b| single.chars[usize::from(b)])));
    languages.map(language).min().unwrap_or(u32::MAX / 2) + cases.sum::<u32>()
}

/// Cost of words in Latin letters and in others in one text: the rarer kind is foreign.
fn mixed(sample: &Sample) -> u32 {
    let (latin, other) = (sample.ascii.len() as u32, sample.words.len() as u32);
    (LATIN_WORD * latin).min(OTHER_WORD * other)
}

fn cost_word(model: &Model, word: &[u8], used: &Use) -> u32 {
    let Some(language) = model.languages.get(used.language) else {
        return u32::MAX / 2;
    };
    let mut before = BLANK;
    let mut cost = 0;
    for &byte in word {
        let byte = usize::from(byte);
        let class = used.class[byte];
        cost += language.pair(before, class) + u32::from(used.extra[byte]);
        before = class;
    }
    cost + language.pair(before, BLANK)
}

/// Cost of reading the sample in an encoding of several bytes.
fn cost_multi(
    model: &Model,
    sample: &Sample,
    encoding: Encoding,
    languages: &[&Ideographic],
) -> u32 {
    let mut least = vec![0u32; languages.len()];
    for word in &sample.words {
        let (mut text, mut losses) = (String::new(), Losses::default());
        // A word that is cut ends in half a character.
        let whole = word.len() - usize::from(word.len() >= super::sample::LONGEST);
        Machine::new(encoding).decode(
            word.get(..whole).unwrap_or(word),
            0,
            true,
            &mut text,
            &mut losses,
        );
        for (sum, language) in least.iter_mut().zip(languages) {
            *sum += language.cost_of(&text) + case_cost(model, text.chars());
        }
    }
    least.into_iter().min().unwrap_or(u32::MAX / 2) + mixed(sample)
}
