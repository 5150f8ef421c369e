//! The statistics: how likely letters follow each other in each language. Read from `tables/encodings.bin`.
//!
//! Costs are -ln(probability) in sixteenths of a nat.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::classes::{Case, FOREIGN, LETTERS, WRONG, class, fold};

static TABLE: &[u8] = include_bytes!("../tables/encodings.bin");

/// Cost of a symbol, or of a letter outside the alphabet, within its class, where it was too rare to be counted: the
/// classes' least counted members cost 110 to 150.
const RARE: u8 = 150;
/// Cost of a character that texts do not hold, beyond that of its class, which is 13.8 nats.
pub(crate) const NONSENSE: u8 = 0;

/// Cost of a letter of another script in a word of Latin letters: twice a rare letter.
const OTHER_SCRIPT: u8 = 250;

/// Cost of a kana of half width, which the corpus hardly has: that of a rare kana, 2 nats more than a common one.
const HALF_WIDTH: u32 = 9 * 16;

/// The statistics of all languages.
pub(crate) struct Model {
    cases: [[u8; 2]; 4],
    /// For languages not written in Latin letters, and for those that are.
    members: [HashMap<char, u8>; 2],
    pub languages: Vec<Language>,
    /// Of each letter of any alphabet, its class in each language; 0 where it is none of its letters.
    letters: HashMap<char, Vec<u8>>,
    pub ideographic: Vec<Ideographic>,
}

/// A language with an alphabet.
pub(crate) struct Language {
    /// Whether it is written in Latin letters.
    pub is_latin: bool,
    /// Its letters, most frequent first; their classes count up from [`LETTERS`].
    pub letters: Vec<char>,
    /// Class and further cost of each ASCII character.
    pub ascii: Vec<(u8, u8)>,
    /// Cost of each class.
    pub single: &'static [u8],
    /// Cost of each class after each.
    pairs: &'static [u8],
}

/// A language whose characters are counted one by one.
pub(crate) struct Ideographic {
    pub code: &'static str,
    chars: HashMap<char, u8>,
    rare: u8,
}

impl Model {
    /// The one model.
    pub fn get() -> &'static Model {
        static MODEL: OnceLock<Model> = OnceLock::new();
        MODEL.get_or_init(|| Model::parse().unwrap_or_else(Model::empty))
    }

    fn empty() -> Model {
        Model {
            cases: [[0; 2]; 4],
            members: Default::default(),
            languages: Vec::new(),
            letters: HashMap::new(),
            ideographic: Vec::new(),
        }
    }

    /// `None` only if the table were damaged: a test reads it.
    fn parse() -> Option<Model> {
        let line = memchr::memchr(b'\n', TABLE)?;
        let mut rest = TABLE.get(line + 1..)?;
        let mut take = |n: usize| -> Option<&'static [u8]> {
            let (head, tail) = rest.split_at_checked(n)?;
            rest = tail;
            Some(head)
        };
        let mut model = Model::empty();
        for (case, two) in model.cases.iter_mut().zip(take(8)?.chunks_exact(2)) {
            case.copy_from_slice(two);
        }
        for members in &mut model.members {
            let count = usize::from(u16_of(take(2)?));
            for member in take(count * 3)?.chunks_exact(3) {
                members.insert(char::from_u32(u32::from(u16_of(member)))?, *member.last()?);
            }
        }
        for _ in 0..take(1)?.first().copied()? {
            let _code = take(8)?;
            let letters = usize::from(take(1)?.first().copied()?);
            let letters = take(2 * letters)?
                .chunks_exact(2)
                .map(|two| char::from_u32(u32::from(u16_of(two))));
            let letters = letters.collect::<Option<Vec<char>>>()?;
            let k = usize::from(LETTERS) + letters.len();
            let is_latin = letters.iter().any(char::is_ascii);
            model.languages.push(Language {
                is_latin,
                ascii: Vec::new(),
                letters,
                single: take(k)?,
                pairs: take(k * k)?,
            });
        }
        for _ in 0..take(1)?.first().copied()? {
            let code = std::str::from_utf8(take(8)?).ok()?.trim_end_matches('\0');
            let chars = usize::from(u16_of(take(2)?));
            let chars = take(chars * 3)?.chunks_exact(3);
            let chars = chars.map(|c| Some((char::from_u32(u32::from(u16_of(c)))?, *c.last()?)));
            let chars = chars.collect::<Option<HashMap<char, u8>>>()?;
            model.ideographic.push(Ideographic {
                code,
                chars,
                rare: take(1)?.first().copied()?,
            });
        }
        for (number, language) in model.languages.iter().enumerate() {
            for (&letter, class) in language.letters.iter().zip(LETTERS..) {
                let row = model
                    .letters
                    .entry(letter)
                    .or_insert_with(|| vec![0; model.languages.len()]);
                if let Some(slot) = row.get_mut(number) {
                    *slot = class;
                }
            }
        }
        for byte in 0..128u8 {
            let place = model.place(char::from(byte));
            let of = |(number, language)| place.of(number, language);
            let row: Vec<(u8, u8)> = model.languages.iter().enumerate().map(of).collect();
            for (language, slot) in model.languages.iter_mut().zip(row) {
                language.ascii.push(slot);
            }
        }
        Some(model)
    }

    /// Cost of the case of `c` after `before`.
    pub fn case(&self, before: Case, after: Case) -> u32 {
        match after {
            Case::None => 0,
            Case::Lower => u32::from(self.cases[before as usize][0]),
            Case::Upper | Case::Uppers => u32::from(self.cases[before as usize][1]),
        }
    }

    /// Where a character stands in every language.
    pub fn place(&self, c: char) -> Place<'_> {
        let folded = fold(c);
        let class = class(folded);
        let member = |latin: usize| self.members[latin].get(&folded).copied();
        let other = match class {
            WRONG => [NONSENSE; 2],
            // Letters of another script hardly ever stand in a word of Latin letters.
            FOREIGN if c as u32 > 0x24f => {
                [member(0).unwrap_or(RARE), member(1).unwrap_or(OTHER_SCRIPT)]
            }
            class if c.is_ascii() && class != FOREIGN => [0; 2],
            _ => [member(0).unwrap_or(RARE), member(1).unwrap_or(RARE)],
        };
        Place {
            letter: self.letters.get(&folded).map(Vec::as_slice),
            class,
            other,
        }
    }
}

/// Where a character stands in every language.
pub(crate) struct Place<'a> {
    /// Its class as a letter of each language; 0 where it is none.
    letter: Option<&'a [u8]>,
    /// Its class where it is no letter, and the further cost by whether the language is written in Latin letters.
    class: u8,
    other: [u8; 2],
}

impl Place<'_> {
    /// Class and further cost in the language with this number.
    pub fn of(&self, number: usize, language: &Language) -> (u8, u8) {
        match self.letter.and_then(|classes| classes.get(number)) {
            Some(&class) if class != 0 => (class, 0),
            _ => (self.class, self.other[usize::from(language.is_latin)]),
        }
    }
}

impl Language {
    /// Cost of class `b` after class `a`.
    pub fn pair(&self, a: u8, b: u8) -> u32 {
        let k = self.single.len();
        u32::from(
            self.pairs
                .get(usize::from(a) * k + usize::from(b))
                .copied()
                .unwrap_or(u8::MAX),
        )
    }
}

impl Ideographic {
    /// Whether a character is one of those that were counted.
    pub fn knows(&self, c: char) -> bool {
        self.chars.contains_key(&c)
    }

    /// Cost of a word.
    pub fn cost_of(&self, word: &str) -> u32 {
        let mut before = None;
        word.chars().map(|c| self.cost(before.replace(c), c)).sum()
    }

    /// Cost of a character after another.
    fn cost(&self, before: Option<char>, c: char) -> u32 {
        // An ASCII letter costs 3 nats, as in English text; one beside an ideograph 5 more.
        let ascii = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
        let ideograph = |c: Option<char>| c.is_some_and(|c| !c.is_ascii());
        if c.is_ascii() {
            return 48
                + if ascii(Some(c)) && ideograph(before) {
                    48
                } else {
                    0
                };
        }
        let change = if ascii(before) { 80 } else { 0 };
        match class(c) {
            _ if matches!(c, '\u{ff61}'..='\u{ff9f}') => change + HALF_WIDTH,
            // As much as a byte that means nothing.
            WRONG => 18 * 16,
            _ => change + u32::from(self.chars.get(&c).copied().unwrap_or(self.rare)),
        }
    }
}

fn u16_of(bytes: &[u8]) -> u16 {
    match *bytes {
        [a, b, ..] => u16::from_le_bytes([a, b]),
        _ => 0,
    }
}
