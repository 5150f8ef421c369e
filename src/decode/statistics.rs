//! The witness of statistics: which reading of the bytes looks most like text in some language.
//!
//! A reading costs what its text costs in the language that it suits best, plus what it costs to meet the encoding. Costs
//! are -ln(probability) in sixteenths of a nat. Words that hold bytes above ASCII count in full, whatever the language of
//! the words beside them; ASCII words hint at the language, up to a bound.

use super::encoding::{Encoding, Machine};
use super::losses::Losses;
use super::model::{Ideographic, Language, Model};
use super::readings::{self, SingleByte, Use, case_cost};
use super::sample::Sample;

/// What an encoding declared gains: the ratio of right declarations to wrong ones, and that a wrong one that reads as well
/// as the right one does no harm. From the encodings corpus (html-meta, xml-decl).
const DECLARED: u32 = 16 * 16;
/// The most that ASCII words count against a language.
const HINT: f32 = 12.0 * 16.0;
/// The same for languages that are not written in Latin letters: ASCII words are foreign to all of them.
const HINT_FOREIGN: f32 = 2.0 * 16.0;
/// What a word in another language than the rest of the text costs at most.
const OTHER_LANGUAGE: u32 = 5 * 16;
/// What a byte costs that means nothing in an encoding of several bytes.
const BROKEN: u32 = 18 * 16;
/// What it costs to go from words in Latin letters to words that are not, or back: what they cost in Russian, Chinese and
/// other texts, where one word in twenty is so.
const CHANGE: u32 = 2 * 16;

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
pub(crate) fn best(bytes: &[u8], declared: &[Encoding]) -> (Encoding, &'static str) {
    let sample = Sample::of(bytes);
    let ranked = rank(&sample, declared);
    let Some(&(first, _)) = ranked.first() else {
        return (Encoding::WINDOWS_1252, "statistics");
    };
    (
        first,
        if declared.contains(&first) {
            "declaration"
        } else {
            "statistics"
        },
    )
}

/// Encodings and the costs of their readings, the best first.
pub(crate) fn rank(sample: &Sample, declared: &[Encoding]) -> Vec<(Encoding, u32)> {
    let model = Model::get();
    let hints = hints(model, sample);
    let mut ranked = Vec::new();
    for single in readings::single_byte() {
        ranked.push((
            single.encoding,
            single.prior + cost_single(model, sample, single, &hints),
        ));
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
    for (encoding, cost) in &mut ranked {
        if declared.contains(encoding) {
            *cost = cost.saturating_sub(DECLARED);
        }
    }
    ranked.sort_by_key(|(_, cost)| *cost);
    ranked
}

/// What the ASCII words cost each language more than the one they suit best, bounded.
fn hints(model: &Model, sample: &Sample) -> Vec<u32> {
    let cost = |language: &Language| -> u32 {
        let word = |word: &Vec<u8>| {
            let mut before = 0;
            let mut cost = 0;
            for &byte in word.iter().chain(b" ") {
                let (class, extra) = model.place(language, char::from(byte));
                cost += language.pair(before, class) + u32::from(extra);
                before = class;
            }
            cost
        };
        sample.ascii.iter().map(word).sum()
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
fn cost_single(model: &Model, sample: &Sample, single: &SingleByte, hints: &[u32]) -> u32 {
    let words = sample.words.len();
    let mut costs = Vec::with_capacity(single.uses.len() * words);
    for used in &single.uses {
        costs.extend(sample.words.iter().map(|word| cost_word(model, word, used)));
    }
    let mut least = vec![u32::MAX; words];
    for row in costs.chunks_exact(words.max(1)) {
        for (least, &cost) in least.iter_mut().zip(row) {
            *least = cost.min(*least);
        }
    }
    let languages = single.uses.iter().zip(costs.chunks_exact(words.max(1)));
    let language = |(used, row): (&Use, &[u32])| {
        let text: u32 = row
            .iter()
            .zip(&least)
            .map(|(&cost, &least)| cost.min(least + OTHER_LANGUAGE))
            .sum();
        text + hints.get(used.language).copied().unwrap_or(0)
    };
    let cases = sample
        .words
        .iter()
        .map(|word| case_cost(model, word.iter().map(|&b| single.chars[usize::from(b)])));
    languages.map(language).min().unwrap_or(u32::MAX / 2) + cases.sum::<u32>()
}

fn cost_word(model: &Model, word: &[u8], used: &Use) -> u32 {
    let Some(language) = model.languages.get(used.language) else {
        return u32::MAX / 2;
    };
    let mut before = 0;
    let mut cost = 0;
    for &byte in word {
        let byte = usize::from(byte);
        let class = used.class[byte];
        cost += language.pair(before, class) + u32::from(used.extra[byte]);
        before = class;
    }
    cost + language.pair(before, 0)
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
            let mut before = None;
            for c in text.chars() {
                *sum += if c == '\u{fffd}' {
                    BROKEN
                } else {
                    language.cost(before, c)
                };
                before = Some(c);
            }
            *sum += case_cost(model, text.chars());
        }
    }
    least.into_iter().min().unwrap_or(u32::MAX / 2) + CHANGE * sample.changes
}

/// Whether bytes that break UTF-8 read well as windows-1252 between the characters that stand beside them.
pub(crate) fn stray_reads_well(before: Option<char>, bytes: &[u8], after: Option<char>) -> bool {
    let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes);
    let latin = |c: Option<char>| {
        c.is_some_and(|c| c.is_ascii_alphabetic() || matches!(c, '\u{c0}'..='\u{24f}'))
    };
    let blank = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    let (Some(first), Some(last)) = (text.chars().next(), text.chars().next_back()) else {
        return false;
    };
    if text
        .chars()
        .all(|c| c.is_alphabetic() && c != 'ª' && c != 'º' && c != 'µ')
    {
        return (latin(before) || blank(before))
            && (latin(after) || blank(after))
            && (latin(before) || latin(after));
    }
    match (first, last) {
        ('“' | '‘' | '„' | '‚' | '«' | '¿' | '¡' | '§', _) => {
            blank(before) && !blank(after)
        }
        (_, '”' | '…' | '™' | '®' | '»' | '°' | 'ª' | 'º') => {
            !blank(before) && blank(after)
        }
        ('’', _) => !blank(before),
        ('–' | '—' | '•' | '·' | '©', _) => blank(before) == blank(after),
        ('€' | '£' | '¥', _) => blank(before) != blank(after),
        ('\u{a0}' | '½' | '¼' | '¾' | '²' | '³', _) => true,
        _ => false,
    }
}

/// Whether characters of the encoding take more than one byte.
pub(crate) fn is_multi_byte(encoding: Encoding) -> bool {
    match encoding {
        Encoding::Whatwg(e) => !e.is_single_byte(),
        Encoding::Page(_) => false,
        _ => true,
    }
}
