//! The statistics: how likely letters follow each other in each language. Read from `tables/encodings.bin`.
//!
//! Costs are -ln(probability) in sixteenths of a nat.

use std::sync::OnceLock;

use super::ascii::Ascii;
use super::classes::{Case, Kind, LETTERS};
use super::ideographs::Ideographs;
use super::signs::Signs;

static TABLE: &[u8] = include_bytes!("../tables/encodings.bin");

/// Languages with an alphabet at most: what is looked up for all of them at once has so many places.
pub(crate) const LANES: usize = 64;

/// The statistics of all languages.
pub(crate) struct Model {
    cases: [[u8; 2]; 4],
    pub languages: Vec<Language>,
    pub signs: Signs,
    pub ascii: Ascii,
    pub ideographs: Ideographs,
}

/// A language with an alphabet.
pub(crate) struct Language {
    /// Whether it is written in Latin letters.
    pub is_latin: bool,
    /// Its letters, most frequent first; their classes count up from [`LETTERS`].
    pub letters: Vec<char>,
    /// Cost of each class.
    pub single: &'static [u8],
    /// Cost of each class after each.
    pairs: &'static [u8],
}

impl Model {
    /// The one model.
    pub fn get() -> &'static Model {
        static MODEL: OnceLock<Model> = OnceLock::new();
        MODEL.get_or_init(|| Model::parse(&mut Bytes(TABLE)).unwrap_or_else(Model::empty))
    }

    fn empty() -> Model {
        Model {
            cases: [[0; 2]; 4],
            languages: Vec::new(),
            signs: Signs::new(&[], Default::default()),
            ascii: Ascii::default(),
            ideographs: Ideographs::default(),
        }
    }

    /// `None` only if the table were damaged: a test reads it.
    fn parse(table: &mut Bytes) -> Option<Model> {
        table.line()?;
        let mut model = Model::empty();
        for (case, two) in model.cases.iter_mut().zip(table.take(8)?.chunks_exact(2)) {
            case.copy_from_slice(two);
        }
        let members = [table.costs()?, table.costs()?];
        for _ in 0..table.byte()? {
            let _code = table.take(8)?;
            let letters = usize::from(table.byte()?);
            let letters = table.take(2 * letters)?.chunks_exact(2).map(char_of);
            let letters = letters.collect::<Option<Vec<char>>>()?;
            let k = usize::from(LETTERS) + letters.len();
            model.languages.push(Language {
                is_latin: letters.iter().any(char::is_ascii),
                letters,
                single: table.take(k)?,
                pairs: table.take(k * k)?,
            });
        }
        for _ in 0..table.byte()? {
            let code = std::str::from_utf8(table.take(8)?).ok()?;
            let costs = table.costs()?;
            model
                .ideographs
                .add(code.trim_end_matches('\0'), &costs, table.byte()?)?;
        }
        if model.languages.len() > LANES {
            return None;
        }
        model.signs = Signs::new(&model.languages, members);
        model.ascii = Ascii::new(&model.languages, &model.signs);
        Some(model)
    }

    /// Cost of the cases of a word's characters.
    #[inline]
    pub fn cases(&self, kinds: impl Iterator<Item = Kind>) -> u32 {
        let mut case = Case::None;
        let mut cost = 0;
        for kind in kinds {
            cost += match kind {
                Kind::None => 0,
                Kind::Lower => u32::from(self.cases[case as usize][0]),
                Kind::Upper => u32::from(self.cases[case as usize][1]),
            };
            case = case.after(kind);
        }
        cost
    }
}

impl Language {
    /// Cost of class `b` after class `a`.
    #[inline]
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

/// What is left to read of the table.
struct Bytes(&'static [u8]);

impl Bytes {
    fn line(&mut self) -> Option<&'static [u8]> {
        self.take(memchr::memchr(b'\n', self.0)? + 1)
    }

    fn take(&mut self, n: usize) -> Option<&'static [u8]> {
        let (head, tail) = self.0.split_at_checked(n)?;
        self.0 = tail;
        Some(head)
    }

    fn byte(&mut self) -> Option<u8> {
        self.take(1)?.first().copied()
    }

    /// Characters and their costs, after their number.
    fn costs(&mut self) -> Option<Vec<(char, u8)>> {
        let count = usize::from(u16::from_le_bytes(self.take(2)?.try_into().ok()?));
        let costs = self.take(count * 3)?.chunks_exact(3);
        costs
            .map(|three| Some((char_of(three)?, *three.last()?)))
            .collect()
    }
}

fn char_of(bytes: &[u8]) -> Option<char> {
    match *bytes {
        [a, b, ..] => char::from_u32(u32::from(u16::from_le_bytes([a, b]))),
        _ => None,
    }
}
