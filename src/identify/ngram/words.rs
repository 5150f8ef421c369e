//! Words: maximal runs of letters and marks of one script, as hashes.

use std::ops::Range;

use super::letters::{self, EXTEND, NONE, SKIP};

/// Units (letters with their marks) of a word; a longer run of letters is cut into words of this many, so that the cost
/// of a byte is bounded. 40 is longer than 99.99% of words of the training text in scripts with spaces.
pub const MAX_UNITS: usize = 40;

/// The longest n-gram.
pub const MAX_ORDER: usize = 6;

/// Base of the rolling polynomial: an odd constant of high entropy (golden ratio, 64 bits).
const BASE: u64 = 0x9E37_79B9_7F4A_7C15;
/// Stands for the edge of a word; outside the 24 bits of letter keys.
const EDGE: u64 = 0x0100_0001;

const POWERS: [u64; MAX_ORDER + 1] = {
    let mut p = [1u64; MAX_ORDER + 1];
    let mut i = 1;
    while i <= MAX_ORDER {
        p[i] = p[i - 1].wrapping_mul(BASE);
        i += 1;
    }
    p
};

/// A word's script and the prefix hashes of `edge, units, edge`.
#[derive(Clone)]
pub struct Word {
    /// Bytes of the text.
    pub start: usize,
    /// Bytes of the text.
    pub end: usize,
    /// Script number.
    pub script: u8,
    /// Units without the edges.
    pub units: usize,
    prefix: [u64; MAX_UNITS + 4],
}

impl Default for Word {
    fn default() -> Self {
        Word {
            start: 0,
            end: 0,
            script: NONE,
            units: 0,
            prefix: [0; MAX_UNITS + 4],
        }
    }
}

impl Word {
    /// Bytes of the text.
    pub fn span(&self) -> Range<usize> {
        self.start..self.end
    }

    #[inline(always)]
    fn open(&mut self, script: u8, start: usize) {
        self.script = script;
        self.start = start;
        self.units = 0;
        self.prefix[0] = 0;
        self.prefix[1] = EDGE;
    }

    /// Starts a word by hand (the trainer's way in).
    pub fn begin(&mut self, script: u8) {
        self.open(script, 0);
    }

    /// Adds a unit.
    #[inline(always)]
    pub fn push(&mut self, unit: u32) {
        if self.units < MAX_UNITS {
            self.prefix[self.units + 2] = self.prefix[self.units + 1]
                .wrapping_mul(BASE)
                .wrapping_add(unit as u64);
            self.units += 1;
        }
    }

    /// Ends the word.
    #[inline(always)]
    pub fn close(&mut self) {
        let at = self.units.min(MAX_UNITS);
        self.prefix[at + 2] = self.prefix[at + 1].wrapping_mul(BASE).wrapping_add(EDGE);
    }

    /// Hash of the whole word.
    #[inline(always)]
    pub fn whole(&self) -> u64 {
        mix(self.prefix[self.units.min(MAX_UNITS) + 2] ^ 0x5851_F42D_4C95_7F2D)
    }

    /// How many n-grams of `order` there are; edges count as a unit each.
    #[inline(always)]
    pub fn grams(&self, order: usize) -> usize {
        (self.units.min(MAX_UNITS) + 3).saturating_sub(order)
    }

    /// Hashes of all n-grams of `order` that are looked up: those of one unit are letters, not edges.
    #[inline(always)]
    pub fn hashes(&self, order: usize) -> impl ExactSizeIterator<Item = u64> + '_ {
        let (from, to) = if order == 1 {
            (1, self.units.min(MAX_UNITS) + 1)
        } else {
            (0, self.grams(order))
        };
        let lows = self.prefix.get(from..to).unwrap_or(&[]);
        let highs = self.prefix.get(from + order..).unwrap_or(&[]);
        let power = POWERS.get(order).copied().unwrap_or(0);
        lows.iter().zip(highs).map(move |(lo, hi)| {
            mix(hi
                .wrapping_sub(lo.wrapping_mul(power))
                .wrapping_add((order as u64) << 56))
        })
    }

    /// The units' values (the trainer's way out).
    pub fn unit_values(&self) -> impl Iterator<Item = u32> + '_ {
        (0..self.units.min(MAX_UNITS))
            .map(|i| self.prefix[i + 2].wrapping_sub(self.prefix[i + 1].wrapping_mul(BASE)) as u32)
    }
}

#[inline(always)]
fn mix(h: u64) -> u64 {
    let h = (h ^ (h >> 32)).wrapping_mul(0xD6E8_FEB8_6659_FD93);
    h ^ (h >> 32)
}

/// The words of a text, in order.
pub struct Words<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Words<'t> {
    /// The words of `text`.
    pub fn new(text: &'t str) -> Self {
        Words { text, at: 0 }
    }

    /// The words between two places of `text`; both must lie on character boundaries, else there are none.
    pub fn between(text: &'t str, from: usize, to: usize) -> Self {
        let text = text.get(..to).unwrap_or("");
        Words {
            text,
            at: if text.is_char_boundary(from) {
                from
            } else {
                text.len()
            },
        }
    }

    /// Puts the next word into `word`; false at the end.
    #[inline]
    pub fn next_into(&mut self, word: &mut Word) -> bool {
        let bytes = self.text.as_bytes();
        let mut at = self.at;
        // To the first letter.
        let (class, unit, size) = loop {
            let Some(&b) = bytes.get(at) else {
                self.at = bytes.len();
                return false;
            };
            let (e, size) = entry_at(b, bytes, at);
            let class = letters::class(e);
            if class != NONE && class < EXTEND {
                break (class, (e & 0x00FF_FFFF) as u64, size);
            }
            at += size;
        };
        word.script = class;
        word.start = at;
        word.prefix[0] = 0;
        word.prefix[1] = EDGE;
        // The running hash stays in a register: before the last unit, and the last unit.
        let mut before = EDGE.wrapping_mul(BASE);
        let mut last = unit;
        // One for each unit but the last.
        let mut slots = word.prefix[2..=MAX_UNITS].iter_mut();
        at += size;
        while let Some(&b) = bytes.get(at) {
            let (e, size) = entry_at(b, bytes, at);
            let found = letters::class(e);
            if found == class {
                let Some(slot) = slots.next() else {
                    break;
                };
                *slot = before.wrapping_add(last);
                before = slot.wrapping_mul(BASE);
                last = (e & 0x00FF_FFFF) as u64;
            } else if found == EXTEND {
                last = (last + (e & 0x00FF_FFFF) as u64) & 0x00FF_FFFF;
            } else if found != SKIP {
                break;
            }
            at += size;
        }
        let units = MAX_UNITS - slots.len();
        let hash = before.wrapping_add(last);
        word.prefix[units + 1] = hash;
        word.prefix[units + 2] = hash.wrapping_mul(BASE).wrapping_add(EDGE);
        word.units = units;
        word.end = at;
        self.at = at;
        true
    }
}

/// The entry of the character at `at`, which begins with byte `b`, and its length.
#[inline(always)]
pub fn entry_at(b: u8, bytes: &[u8], at: usize) -> (u32, usize) {
    if b < 128 {
        return (letters::NEAR[b as usize & 127], 1);
    }
    let six = |b: u8| (b & 0x3F) as u32;
    let next = bytes.get(at + 1..).unwrap_or(&[]);
    let (cp, size) = match *next {
        [c, ..] if b < 0xE0 => {
            let cp = (b as u32 & 0x1F) << 6 | six(c);
            return (letters::NEAR[cp as usize & 0x7FF], 2);
        }
        [c, d, ..] if b < 0xF0 => ((b as u32 & 0x0F) << 12 | six(c) << 6 | six(d), 3),
        [c, d, e, ..] => (
            (b as u32 & 0x07) << 18 | six(c) << 12 | six(d) << 6 | six(e),
            4,
        ),
        // Not in a string.
        _ => return (0, 1),
    };
    (letters::entry(cp), size)
}
