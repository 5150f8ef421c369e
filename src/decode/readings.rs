//! The readings that statistics choose among: encodings, how common they are, and the languages they are used for.

use std::sync::OnceLock;

use super::classes::{Case, FOREIGN, LETTERS};
use super::encoding::{Encoding, Machine};
use super::losses::Losses;
use super::model::{Language, Model};

/// Encodings of one byte with the cost of meeting one, in nats: what is met in crawls costs least (w3techs' order of
/// encodings of web pages), DOS and Macintosh pages most.
const SINGLE_BYTE: &[(&str, f32)] = &[
    ("windows-1252", 0.0),
    ("windows-1251", 0.5),
    ("windows-1250", 1.0),
    ("iso-8859-2", 1.5),
    ("windows-1253", 1.0),
    ("windows-1254", 1.5),
    ("windows-1255", 1.0),
    ("windows-1256", 1.0),
    ("windows-1257", 1.5),
    ("windows-1258", 2.0),
    ("windows-874", 1.0),
    ("iso-8859-7", 1.5),
    ("iso-8859-15", 2.5),
    ("koi8-r", 1.5),
    ("koi8-u", 2.0),
    ("iso-8859-5", 2.5),
    ("iso-8859-6", 2.0),
    ("iso-8859-8-i", 2.5),
    ("iso-8859-4", 3.0),
    ("iso-8859-13", 3.0),
    ("iso-8859-3", 3.5),
    ("iso-8859-10", 3.5),
    ("iso-8859-14", 3.5),
    ("iso-8859-16", 3.5),
    ("ibm866", 2.5),
    ("macintosh", 3.0),
    ("x-mac-cyrillic", 3.0),
    ("cp437", 4.5),
    ("cp850", 4.5),
    ("cp852", 4.0),
    ("cp855", 4.0),
    ("cp737", 4.5),
    ("cp775", 5.0),
    ("cp857", 5.0),
    ("cp858", 6.0),
    ("cp860", 6.5),
    ("cp861", 6.5),
    ("cp862", 4.5),
    ("cp863", 6.5),
    ("cp864", 6.0),
    ("cp865", 6.0),
    ("cp869", 6.0),
    ("cp720", 6.0),
    ("cp1125", 5.5),
    ("x-mac-ce", 4.5),
    ("x-mac-greek", 5.0),
    ("x-mac-turkish", 5.0),
    ("x-mac-icelandic", 5.5),
    ("x-mac-croatian", 6.0),
    ("x-mac-romanian", 6.0),
    ("kz1048", 4.0),
    ("koi8-t", 5.0),
    ("ptcp154", 6.0),
    ("hp-roman8", 7.0),
];

/// Share of a language's letters beyond ASCII that an encoding must have to be used for it: Belarusian is found in IBM866,
/// which lacks one letter in thirty.
const COVERAGE: f32 = 0.9;

/// An encoding of one byte, laid out for scoring.
pub(crate) struct SingleByte {
    pub encoding: Encoding,
    /// Cost of meeting it, in sixteenths of a nat.
    pub prior: u32,
    /// The character of each byte.
    pub chars: [char; 256],
    /// Per language it is used for: the language, and class and further cost of each byte.
    pub uses: Vec<Use>,
}

/// A language in an encoding.
pub(crate) struct Use {
    pub language: usize,
    pub class: [u8; 256],
    pub extra: [u8; 256],
}

/// All encodings of one byte that are weighed.
pub(crate) fn single_byte() -> &'static [SingleByte] {
    static READINGS: OnceLock<Vec<SingleByte>> = OnceLock::new();
    READINGS.get_or_init(|| {
        let known =
            |(label, prior): &(&str, f32)| Some(lay_out(Encoding::for_label(label)?, *prior));
        SINGLE_BYTE.iter().filter_map(known).collect()
    })
}

fn lay_out(encoding: Encoding, prior: f32) -> SingleByte {
    let mut chars = ['\u{fffd}'; 256];
    for (byte, slot) in (0..=u8::MAX).zip(chars.iter_mut()) {
        let mut text = String::new();
        Machine::new(encoding).decode(&[byte], 0, true, &mut text, &mut Losses::default());
        *slot = text.chars().next().unwrap_or('\u{fffd}');
    }
    let model = Model::get();
    let used = |(number, language): (usize, &Language)| {
        covers(&chars, language).then(|| lay_out_language(&chars, model, number, language))
    };
    let uses = model
        .languages
        .iter()
        .enumerate()
        .filter_map(used)
        .collect();
    SingleByte {
        encoding,
        prior: (prior * 16.0) as u32,
        chars,
        uses,
    }
}

/// Whether the characters of an encoding suffice for a language.
fn covers(chars: &[char; 256], language: &Language) -> bool {
    let (mut all, mut have) = (0.0, 0.0);
    for (letter, &cost) in language
        .letters
        .iter()
        .zip(language.single.iter().skip(usize::from(LETTERS)))
    {
        if !letter.is_ascii() {
            let share = (-f32::from(cost) / 16.0).exp();
            all += share;
            have += if chars.contains(letter) { share } else { 0.0 };
        }
    }
    have >= COVERAGE * all
}

fn lay_out_language(chars: &[char; 256], model: &Model, number: usize, language: &Language) -> Use {
    let mut laid = Use {
        language: number,
        class: [FOREIGN; 256],
        extra: [0; 256],
    };
    for (slots, &char) in laid.class.iter_mut().zip(laid.extra.iter_mut()).zip(chars) {
        (*slots.0, *slots.1) = model.place(char).of(number, language);
    }
    laid
}

/// The kinds of characters in a word, for the cost of its capitals.
pub(crate) fn case_cost(model: &Model, text: impl Iterator<Item = char>) -> u32 {
    let mut case = Case::None;
    let mut cost = 0;
    for c in text {
        let next = case.after(c);
        cost += model.case(case, next);
        case = next;
    }
    cost
}
