//! What each character is to each language: a letter of its alphabet, or a member of a class.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::classes::{FOREIGN, Kind, LETTERS, WRONG, class, fold, is_east_asian};
use super::model::{LANES, Language};

/// Cost of a symbol, or of a letter outside the alphabet, within its class, where it was too rare to be counted: the
/// classes' least counted members cost 110 to 150.
const RARE: u8 = 150;
/// Cost of a character that texts do not hold, beyond that of its class, which is 13.8 nats.
const NONSENSE: u8 = 0;
/// Cost of a letter of another script in a word of Latin letters: twice a rare letter.
const OTHER_SCRIPT: u8 = 250;
/// No cost: members of a class cost 147 at most.
const NONE: u8 = u8::MAX;
/// Characters below that have costs of their own within their class.
const MEMBERS: usize = 0x2600;
/// Characters of a page. The standard library takes long to find out that a character is no letter, so a page is laid out
/// when one of its characters is first met.
const PAGE: usize = 256;
/// Pages that are laid out: all of the basic plane.
const PAGES: usize = 256;

/// Every character's place in every language.
pub(crate) struct Signs {
    /// Costs of members of classes, for languages not written in Latin letters and for those that are; [`NONE`] for
    /// others.
    members: [Vec<u8>; 2],
    /// Classes of letters, language by language; 0 where it is none of the language's. The first row is of those that are
    /// letters of no language.
    rows: Vec<[u8; LANES]>,
    /// The row of each letter.
    letters: HashMap<char, u16>,
    pages: Vec<OnceLock<Box<[Sign]>>>,
}

/// A character's place.
#[derive(Clone, Copy, Default)]
struct Sign {
    row: u16,
    /// Its class where it is no letter, and the further cost by whether the language is written in Latin letters.
    class: u8,
    other: [u8; 2],
    kind: Kind,
}

impl Signs {
    /// `members` are the characters that were counted within their class, in languages not written in Latin letters and in
    /// those that are.
    pub fn new(languages: &[Language], members: [Vec<(char, u8)>; 2]) -> Signs {
        let mut signs = Signs {
            members: members.map(by_char),
            rows: vec![[0; LANES]],
            letters: HashMap::new(),
            pages: vec![OnceLock::new(); PAGES],
        };
        for (number, language) in languages.iter().enumerate() {
            for (&letter, class) in language.letters.iter().zip(LETTERS..) {
                let next = signs.rows.len();
                let row = usize::from(*signs.letters.entry(letter).or_insert(next as u16));
                if row == next {
                    signs.rows.push([0; LANES]);
                }
                if let Some(slot) = signs.rows.get_mut(row).and_then(|r| r.get_mut(number)) {
                    *slot = class;
                }
            }
        }
        signs
    }

    /// Where a character stands in every language.
    #[inline]
    pub fn place(&self, c: char) -> Place<'_> {
        let sign = self.sign(c);
        Place {
            letter: self.rows.get(usize::from(sign.row)).unwrap_or(&[0; LANES]),
            class: sign.class,
            other: sign.other,
        }
    }

    /// Whether a character is a small letter or a capital.
    #[inline]
    pub fn kind(&self, c: char) -> Kind {
        self.sign(c).kind
    }

    #[inline]
    fn sign(&self, c: char) -> Sign {
        if is_east_asian(c) {
            return self.find(c);
        }
        let (page, at) = (c as usize / PAGE, c as usize % PAGE);
        let page = self
            .pages
            .get(page)
            .map(|slot| slot.get_or_init(|| self.lay_out(page)));
        let sign = page.and_then(|page| page.get(at)).copied();
        sign.unwrap_or_else(|| self.find(c))
    }

    fn lay_out(&self, page: usize) -> Box<[Sign]> {
        let chars = (page * PAGE..(page + 1) * PAGE).map(|c| char::from_u32(c as u32));
        chars
            .map(|c| c.map(|c| self.find(c)).unwrap_or_default())
            .collect()
    }

    fn find(&self, c: char) -> Sign {
        let folded = fold(c);
        let class = class(folded);
        let member = |latin: usize| {
            let cost = self.members[latin].get(folded as usize).copied();
            cost.filter(|cost| *cost != NONE)
        };
        let other = match class {
            WRONG => [NONSENSE; 2],
            // Letters of another script hardly ever stand in a word of Latin letters.
            FOREIGN if c as u32 > 0x24f => {
                [member(0).unwrap_or(RARE), member(1).unwrap_or(OTHER_SCRIPT)]
            }
            class if c.is_ascii() && class != FOREIGN => [0; 2],
            _ => [member(0).unwrap_or(RARE), member(1).unwrap_or(RARE)],
        };
        Sign {
            row: match class {
                FOREIGN => self.letters.get(&folded).copied().unwrap_or(0),
                _ => 0,
            },
            class,
            other,
            kind: Kind::of(c),
        }
    }
}

fn by_char(members: Vec<(char, u8)>) -> Vec<u8> {
    let mut costs = vec![NONE; MEMBERS];
    for (c, cost) in members {
        if let Some(slot) = costs.get_mut(c as usize) {
            *slot = cost;
        }
    }
    costs
}

/// Where a character stands in every language.
#[derive(Clone, Copy)]
pub(crate) struct Place<'a> {
    letter: &'a [u8; LANES],
    class: u8,
    other: [u8; 2],
}

impl Place<'_> {
    /// Class and further cost in the language with this number.
    #[inline]
    pub fn of(&self, number: usize, language: &Language) -> (u8, u8) {
        match self.letter.get(number) {
            Some(&class) if class != 0 => (class, 0),
            _ => (self.class, self.other[usize::from(language.is_latin)]),
        }
    }
}
