//! The readings that statistics choose among: encodings, how common they are, and the languages they are used for.

use std::sync::OnceLock;

use super::classes::{Kind, LETTERS};
use super::encoding::{Encoding, Machine};
use super::losses::Losses;
use super::model::{Language, Model};
use super::signs::Place;

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

/// The encodings that statistics choose among.
pub(crate) struct Readings {
    /// Those of one byte.
    pub single_byte: Vec<SingleByte>,
    /// What their bytes cost one by one.
    pub letters: Letters,
}

/// An encoding of one byte, laid out for scoring.
pub(crate) struct SingleByte {
    pub encoding: Encoding,
    /// Cost of meeting it, in sixteenths of a nat.
    pub prior: u32,
    /// The character of each byte, and whether it is a capital.
    pub chars: [char; 256],
    pub kinds: [Kind; 256],
    /// Per language it is used for: the language, and class and further cost of each byte.
    pub uses: Vec<Use>,
    /// Where its uses stand among those of all encodings.
    pub first: usize,
}

/// A language in an encoding.
pub(crate) struct Use {
    pub language: usize,
    /// Whether the language is written in Latin letters.
    pub is_latin: bool,
    pub class: [u8; 256],
    pub extra: [u8; 256],
}

/// What each byte above ASCII costs in each use of each encoding, whatever stands beside it.
pub(crate) struct Letters {
    /// How many uses there are.
    uses: usize,
    /// By byte, and then by use.
    costs: Vec<u16>,
}

/// All encodings that are weighed.
pub(crate) fn readings() -> &'static Readings {
    static READINGS: OnceLock<Readings> = OnceLock::new();
    READINGS.get_or_init(|| {
        let mut single_byte = Vec::with_capacity(SINGLE_BYTE.len());
        let mut first = 0;
        for (label, prior) in SINGLE_BYTE {
            if let Some(encoding) = Encoding::for_label(label) {
                let single = lay_out(encoding, *prior, first);
                first += single.uses.len();
                single_byte.push(single);
            }
        }
        Readings {
            letters: Letters::new(&single_byte),
            single_byte,
        }
    })
}

impl Letters {
    fn new(all: &[SingleByte]) -> Letters {
        let model = Model::get();
        let uses: usize = all.iter().map(|single| single.uses.len()).sum();
        let mut costs = vec![0; 128 * uses];
        for (number, used) in all.iter().flat_map(|single| &single.uses).enumerate() {
            let single = model
                .languages
                .get(used.language)
                .map_or(&[][..], |l| l.single);
            let column = costs.iter_mut().skip(number).step_by(uses.max(1));
            for ((slot, &class), &extra) in column.zip(&used.class[128..]).zip(&used.extra[128..]) {
                let single = single.get(usize::from(class)).unwrap_or(&u8::MAX);
                *slot = u16::from(*single) + u16::from(extra);
            }
        }
        Letters { uses, costs }
    }

    /// The cost of bytes, each as often as it is there, in each use. They are 128 at most: each costs 2 * 255 at most.
    pub fn costs(&self, present: &[(u8, u16)]) -> Vec<u16> {
        let mut sums = vec![0u16; self.uses];
        for &(byte, count) in present.iter().filter(|(_, count)| *count > 0) {
            let begin = (usize::from(byte) - 128) * self.uses;
            let row = self.costs.get(begin..begin + self.uses).unwrap_or_default();
            for (sum, &cost) in sums.iter_mut().zip(row) {
                *sum = sum.wrapping_add(cost.wrapping_mul(count));
            }
        }
        sums
    }
}

fn lay_out(encoding: Encoding, prior: f32, first: usize) -> SingleByte {
    let mut chars = ['\u{fffd}'; 256];
    let (mut text, bytes) = (
        String::new(),
        std::array::from_fn::<u8, 256, _>(|byte| byte as u8),
    );
    Machine::new(encoding).decode(&bytes, 0, true, &mut text, &mut Losses::default());
    chars
        .iter_mut()
        .zip(text.chars())
        .for_each(|(slot, c)| *slot = c);
    let mut sorted = chars;
    sorted.sort_unstable();
    let model = Model::get();
    let languages = model.languages.iter().enumerate();
    let covered = languages.filter(|(_, language)| covers(&sorted, language));
    let places = chars.map(|c| model.signs.place(c));
    let uses = covered.map(|(number, language)| Use::new(&places, number, language));
    SingleByte {
        encoding,
        prior: (prior * 16.0) as u32,
        kinds: chars.map(|c| model.signs.kind(c)),
        uses: uses.collect(),
        chars,
        first,
    }
}

impl Use {
    fn new(places: &[Place<'_>; 256], number: usize, language: &Language) -> Use {
        let (mut classes, mut extras) = ([0; 256], [0; 256]);
        for ((class, extra), place) in classes.iter_mut().zip(&mut extras).zip(places) {
            (*class, *extra) = place.of(number, language);
        }
        Use {
            language: number,
            is_latin: language.is_latin,
            class: classes,
            extra: extras,
        }
    }
}

/// Whether the characters of an encoding, in order, suffice for a language.
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
            have += if chars.binary_search(letter).is_ok() {
                share
            } else {
                0.0
            };
        }
    }
    have >= COVERAGE * all
}
