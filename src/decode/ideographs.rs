//! Languages whose characters are counted one by one: Chinese, Japanese, Korean.

use super::classes::is_wrong;

/// Cost of a kana of half width, which the corpus hardly has: that of a rare kana, 2 nats more than a common one.
const HALF_WIDTH: u32 = 9 * 16;
/// Cost of a character that texts do not hold: as much as a byte that means nothing.
const NONSENSE: u32 = 18 * 16;
/// Cost of an ASCII character, as in English text, and of an ASCII letter beside an ideograph besides.
const ASCII: u32 = 3 * 16;
const LETTER_AFTER: u32 = 3 * 16;
/// Cost of an ideograph after an ASCII letter, beyond its own.
const AFTER_LETTER: u32 = 5 * 16;

/// How many languages there are.
pub(crate) const COUNT: usize = 4;

/// The costs of characters in each language.
#[derive(Default)]
pub(crate) struct Ideographs {
    codes: Vec<&'static str>,
    /// Of each character below U+10000; 0 where it was not counted.
    costs: Vec<[u8; COUNT]>,
    rare: [u8; COUNT],
}

impl Ideographs {
    /// Adds a language; `None` where there is no room for it.
    pub fn add(&mut self, code: &'static str, costs: &[(char, u8)], rare: u8) -> Option<()> {
        let number = self.codes.len();
        self.codes.push(code);
        self.costs.resize(1 << 16, [0; COUNT]);
        *self.rare.get_mut(number)? = rare;
        for &(c, cost) in costs {
            *self.costs.get_mut(c as usize)?.get_mut(number)? = cost.max(1);
        }
        Some(())
    }

    /// The numbers of languages.
    pub fn numbers(&self, codes: &[&str]) -> impl Iterator<Item = usize> {
        let known = self.codes.iter().enumerate();
        known
            .filter(|(_, code)| codes.contains(code))
            .map(|(number, _)| number)
    }

    /// Whether a character is one of those that were counted.
    pub fn knows(&self, c: char) -> bool {
        self.costs.get(c as usize).is_some_and(|c| *c != [0; COUNT])
    }

    /// Cost of a word in each language.
    pub fn costs_of(&self, word: &str) -> [u32; COUNT] {
        let mut sums = [0; COUNT];
        let mut before = None;
        for c in word.chars() {
            self.add_cost(before.replace(c), c, &mut sums);
        }
        sums
    }

    /// Adds the cost of a character after another.
    fn add_cost(&self, before: Option<char>, c: char, sums: &mut [u32; COUNT]) {
        let letter = |c: char| c.is_ascii_alphabetic();
        let mut add = |cost: u32| sums.iter_mut().for_each(|sum| *sum += cost);
        if c.is_ascii() {
            let beside = letter(c) && before.is_some_and(|c| !c.is_ascii());
            return add(ASCII + if beside { LETTER_AFTER } else { 0 });
        }
        let half_width = matches!(c, '\u{ff61}'..='\u{ff9f}');
        if !half_width && is_wrong(c) {
            return add(NONSENSE);
        }
        if before.is_some_and(letter) {
            add(AFTER_LETTER);
        }
        if half_width {
            return add(HALF_WIDTH);
        }
        let costs = self.costs.get(c as usize).copied().unwrap_or_default();
        for ((sum, cost), rare) in sums.iter_mut().zip(costs).zip(self.rare) {
            *sum += u32::from(if cost == 0 { rare } else { cost });
        }
    }
}
