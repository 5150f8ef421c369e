//! A line, 64 bytes at a time: where its ASCII letters and its spaces are, a bit for each byte.

use std::ops::Range;

use crate::simd::marks;

/// Bytes that are looked at together.
const WIDTH: usize = 64;

/// Some bytes of a line.
pub(super) struct Window {
    /// How many of the line.
    pub length: usize,
    /// Whether the line goes on behind them.
    goes_on: bool,
    letters: u64,
    capitals: u64,
    spaces: u64,
}

/// What some letters and spaces are in all.
pub(super) struct Counts {
    pub letters: u32,
    pub capitals: u32,
    pub words: u32,
    /// Words with a first capital.
    pub titles: u32,
    /// Whether the first letter is a capital, and the last one; `None` where there is none.
    pub ends: Option<[bool; 2]>,
    pub has_space: bool,
    pub begins_with_space: bool,
    pub ends_with_space: bool,
}

impl Window {
    /// The bytes from `at` on, up to the line's end.
    #[inline(always)]
    pub fn at(bytes: &[u8], at: usize, end: usize) -> Window {
        let rest = bytes.get(at..).unwrap_or(&[]);
        let near_end;
        let window: &[u8; WIDTH] = match rest.first_chunk() {
            Some(window) => window,
            None => {
                let mut copy = [0; WIDTH];
                copy.iter_mut().zip(rest).for_each(|(to, b)| *to = *b);
                near_end = copy;
                &near_end
            }
        };
        let length = WIDTH.min(end.saturating_sub(at));
        let [letters, capitals, spaces] = plain(window).map(|marks| marks & low(length));
        Window {
            length,
            goes_on: at + length < end,
            letters,
            capitals,
            spaces,
        }
    }

    /// How many letters and spaces there are from a place on.
    #[inline(always)]
    pub fn plain(&self, from: usize) -> usize {
        (!((self.letters | self.spaces) >> from)).trailing_zeros() as usize
    }

    /// Whether there is a letter at a place.
    #[inline(always)]
    pub fn is_letter(&self, at: usize) -> bool {
        self.letters >> at & 1 != 0
    }

    /// Whether some letters and spaces are the last of the window, with more of the line behind it.
    #[inline(always)]
    pub fn is_cut(&self, run: &Range<usize>) -> bool {
        self.goes_on && run.end == self.length
    }

    /// Where the whole words of some letters and spaces end: before the last one, where it may go on with the byte
    /// behind.
    #[inline(always)]
    pub fn ends(&self, run: &Range<usize>, behind: impl Fn() -> Option<u8>) -> usize {
        let is_whole = || {
            if run.end < self.length {
                behind().is_none_or(|b| b.is_ascii() && !b.is_ascii_digit())
            } else {
                !self.goes_on
            }
        };
        if !self.is_letter(run.end - 1) || is_whole() {
            return run.end;
        }
        let spaces = self.spaces & low(run.end);
        run.start.max((u64::BITS - spaces.leading_zeros()) as usize)
    }

    /// Counts in some letters and spaces.
    #[inline(always)]
    pub fn count(&self, run: &Range<usize>) -> Counts {
        let all = between(run);
        let (letters, spaces) = (self.letters & all, self.spaces & all);
        let capitals = self.capitals & all;
        let begins = letters & !(letters << 1);
        let is_capital = |at: u32| capitals >> at & 1 != 0;
        Counts {
            letters: letters.count_ones(),
            capitals: capitals.count_ones(),
            words: begins.count_ones(),
            titles: (begins & capitals).count_ones(),
            ends: (letters != 0).then(|| {
                let last = u64::BITS - 1 - letters.leading_zeros();
                [letters.trailing_zeros(), last].map(is_capital)
            }),
            has_space: spaces != 0,
            begins_with_space: spaces >> run.start & 1 != 0,
            ends_with_space: spaces >> (run.end - 1) & 1 != 0,
        }
    }

    /// The words of some letters and spaces: where each begins, and how many letters it has.
    #[inline(always)]
    pub fn words(&self, run: &Range<usize>) -> impl Iterator<Item = (usize, u32)> {
        let all = between(run);
        let mut rest = self.letters & all;
        std::iter::from_fn(move || {
            let start = (rest != 0).then(|| rest.trailing_zeros())?;
            let letters = (!(rest >> start)).trailing_zeros();
            rest &= !(u64::MAX >> (u64::BITS - letters) << start);
            Some((start as usize, letters))
        })
    }
}

/// Letters, capitals and spaces. Not inlined: where the compiler has more instructions to choose from, it chooses ten
/// times as many.
#[inline(never)]
fn plain(bytes: &[u8; WIDTH]) -> [u64; 3] {
    let letters = marks(bytes, |b| (b | 0x20).wrapping_sub(b'a') < 26);
    let capitals = letters & !marks(bytes, |b| b & 0x20 != 0);
    [letters, capitals, marks(bytes, |b| b == b' ')]
}

/// So many of the lowest bits.
#[inline(always)]
fn low(bits: usize) -> u64 {
    if bits < WIDTH {
        (1 << bits) - 1
    } else {
        u64::MAX
    }
}

/// The bits of some places.
#[inline(always)]
fn between(places: &Range<usize>) -> u64 {
    low(places.end) & !low(places.start)
}
