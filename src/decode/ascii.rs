//! ASCII letter after ASCII letter, in all languages at once: the part of a word that every encoding reads alike.

use super::classes::{HYPHEN, class};
use super::model::{LANES, Language};
use super::signs::Signs;

/// Letters without regard to case, and the classes of what is no letter.
const SYMBOLS: usize = 32;
/// The symbol of characters that texts do not hold; those before are the classes of blanks, digits and marks.
const WRONG_SYMBOL: u8 = HYPHEN + 1;
/// The symbol of the letter a.
const LETTERS: u8 = WRONG_SYMBOL + 1;
/// Pairs whose costs can be summed in 16 bits: one costs 2 * 255 at most.
const SUMMED: usize = 128;

/// What two ASCII characters cost after each other.
#[derive(Default)]
pub(crate) struct Ascii {
    /// The symbol of each character.
    symbols: Vec<u8>,
    /// By symbol and the symbol before, the cost in each language.
    rows: Vec<[u16; LANES]>,
    /// By symbol, the cost of the character alone in each language.
    singles: Vec<[u16; LANES]>,
}

impl Ascii {
    pub fn new(languages: &[Language], signs: &Signs) -> Ascii {
        let symbol = |byte: u8| match byte {
            b'a'..=b'z' => LETTERS + (byte - b'a'),
            b'A'..=b'Z' => LETTERS + (byte - b'A'),
            _ => class(char::from(byte)).min(WRONG_SYMBOL),
        };
        let symbols: Vec<u8> = (0..128).map(symbol).collect();
        let mut ascii = Ascii {
            rows: vec![[0; LANES]; SYMBOLS * SYMBOLS],
            singles: vec![[0; LANES]; SYMBOLS],
            symbols,
        };
        // The first character of each symbol speaks for all.
        let chars = (0..SYMBOLS as u8).filter_map(|symbol| {
            let byte = ascii.symbols.iter().position(|s| *s == symbol)?;
            Some((usize::from(symbol), char::from(byte as u8)))
        });
        let chars: Vec<(usize, char)> = chars.collect();
        for (number, language) in languages.iter().enumerate() {
            for &(a, before) in &chars {
                for &(b, after) in &chars {
                    let before = signs.place(before).of(number, language).0;
                    let (class, extra) = signs.place(after).of(number, language);
                    let cost = language.pair(before, class) as u16 + u16::from(extra);
                    let row = ascii.rows.get_mut(a * SYMBOLS + b);
                    if let Some(slot) = row.and_then(|row| row.get_mut(number)) {
                        *slot = cost;
                    }
                }
            }
        }
        for (symbol, c) in chars {
            for (number, language) in languages.iter().enumerate() {
                let (class, extra) = signs.place(c).of(number, language);
                let single = language.single.get(usize::from(class)).copied();
                if let Some(slot) = ascii
                    .singles
                    .get_mut(symbol)
                    .and_then(|row| row.get_mut(number))
                {
                    *slot = u16::from(single.unwrap_or(u8::MAX)) + u16::from(extra);
                }
            }
        }
        ascii
    }

    /// Adds what a character costs that stands `count` times, whatever stands beside it, in each language.
    pub fn add_single(&self, byte: u8, count: u16, sums: &mut [u32; LANES]) {
        if let Some(row) = self.singles.get(self.symbol(byte)) {
            for (sum, cost) in sums.iter_mut().zip(row) {
                *sum += u32::from(*cost) * u32::from(count);
            }
        }
    }

    fn symbol(&self, byte: u8) -> usize {
        let symbol = self.symbols.get(usize::from(byte)).copied();
        usize::from(symbol.unwrap_or(WRONG_SYMBOL))
    }

    /// Adds what each character of `run`, which is ASCII, costs after the one before it, in each language.
    #[inline]
    pub fn add(&self, run: &[u8], sums: &mut [u32; LANES]) {
        let Some((&first, rest @ [_, ..])) = run.split_first() else {
            return;
        };
        let mut before = self.symbol(first);
        for part in rest.chunks(SUMMED) {
            let mut few = [0u16; LANES];
            for &byte in part {
                let here = self.symbol(byte);
                if let Some(row) = self.rows.get(before * SYMBOLS + here) {
                    few.iter_mut().zip(row).for_each(|(sum, cost)| *sum += cost);
                }
                before = here;
            }
            sums.iter_mut()
                .zip(few)
                .for_each(|(sum, few)| *sum += u32::from(few));
        }
    }
}
