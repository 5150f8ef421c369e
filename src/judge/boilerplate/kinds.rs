//! What kind of boilerplate a line is: words and shape, each with what it says for each kind, and the lines around.

use super::columns::{Column, Page};
use super::words::Weights;

macro_rules! kinds {
    ($($(#[doc = $doc:literal])* $name:ident $text:literal,)*) => {
        /// A kind of boilerplate.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        #[repr(u8)]
        pub enum Kind { $($(#[doc = $doc])* $name,)* }

        impl Kind {
            /// All kinds.
            pub const ALL: &'static [Kind] = &[$(Kind::$name,)*];

            /// The kind's name: `navigation`.
            pub const fn name(self) -> &'static str {
                match self { $(Kind::$name => $text,)* }
            }

            /// As a verdict names it: `boilerplate/navigation`.
            pub const fn reason(self) -> &'static str {
                match self { $(Kind::$name => concat!("boilerplate/", $text),)* }
            }
        }
    };
}

kinds! {
    /// Menus, link lists, breadcrumbs, headers and footers of a site.
    Navigation "navigation",
    /// Cookie and consent notices.
    Cookies "cookies",
    /// Share and follow lines.
    Share "share",
    /// Log-in, registration, subscription.
    Login "login",
    /// Lists of other articles.
    Related "related",
    /// Tags and categories.
    Tags "tags",
    /// Comment forms and what stands around comments.
    Comments "comments",
    /// Authors and dates standing alone.
    Byline "byline",
    /// Labels and texts of advertisements.
    Ads "ads",
    /// Copyright lines, legal footers.
    Legal "legal",
    /// "Read more", and other buttons at a text.
    More "more",
    /// "You need JavaScript".
    Javascript "javascript",
    /// Page numbers, next and previous.
    Pagination "pagination",
    /// Search forms and settings of a page.
    Search "search",
}

/// How many kinds there are.
pub const KINDS: usize = Kind::ALL.len();

impl Kind {
    /// Whether lines of the kind are known by words of their own; those of others are known by what stands around them.
    pub const fn has_its_words(self) -> bool {
        use Kind::*;
        matches!(
            self,
            Cookies | Share | Login | Legal | More | Javascript | Pagination | Search
        )
    }
}

/// As many numbers as there are kinds, and some more: the processor takes so many at a time.
const WIDE: usize = KINDS.next_multiple_of(16);

/// Values of the shape's measures, each cut to so many steps.
pub const SHAPES: [(Column, u8, u8); 9] = [
    (Column::Units, 5, 7),
    (Column::Date, 1, 8),
    (Column::DigitShare, 22, 4),
    (Column::Last, 1, 20),
    (Column::Run, 8, 5),
    (Column::ToLargest, 16, 9),
    (Column::Place, 16, 5),
    (Column::Rights, 4, 3),
    (Column::Separators, 5, 4),
];

/// Steps of all shapes.
pub const STEPS: usize = {
    let (mut sum, mut i) = (0, 0);
    while i < SHAPES.len() {
        sum += SHAPES[i].2 as usize;
        i += 1;
    }
    sum
};

/// A step's unit: so many are one nat.
pub const UNITS: f32 = 16.0;
/// A word's unit: a word says 0 to 15 of them for its one kind; so many are one nat.
pub const WORD_UNITS: f32 = 2.5;

/// What is known of kinds.
#[derive(Clone, Debug)]
pub struct Kinds<'a> {
    /// Words: kind in the upper four bits, how much in the lower.
    words: Weights<'a>,
    /// For each step of each shape, what it says for each kind.
    shapes: Vec<[i8; WIDE]>,
    /// For each kind, what it is worth that the dropped line before is of that kind, in nats: kinds come in runs, a
    /// heading names the run.
    stay: [f32; WIDE],
}

/// For each shape and value, the step: indices below [`STEPS`].
static STEP: [[u8; 128]; SHAPES.len()] = {
    let mut all = [[0; 128]; SHAPES.len()];
    let (mut shape, mut offset) = (0, 0);
    while shape < SHAPES.len() {
        let (_, width, steps) = SHAPES[shape];
        let mut value = 0;
        while value < 128 {
            let step = value as u8 / width;
            all[shape][value] = offset + if step < steps { step } else { steps - 1 };
            value += 1;
        }
        offset += steps;
        shape += 1;
    }
    all
};

/// Which step each measure of a line is at.
#[inline(always)]
pub fn steps(page: &Page, line: usize, mut each: impl FnMut(usize)) {
    for ((column, _, _), steps) in SHAPES.iter().zip(&STEP) {
        each(steps[page.get(*column, line) as usize & 127] as usize);
    }
}

/// What each of so many words of a line counts. They are not independent of each other: their sum counts as that of about
/// the root of their number.
pub fn spread(words: f32) -> f32 {
    1.5 / words.max(1.0).sqrt()
}

impl<'a> Kinds<'a> {
    /// From tables: words (kind in the upper four bits, how much in the lower), what each step of each shape says for each
    /// kind, and what it is worth to stay with a kind.
    pub fn new(words: Weights<'a>, shapes: &[[i8; KINDS]], stay: &[i8; KINDS]) -> Kinds<'a> {
        let wide = |says: &[i8; KINDS]| {
            std::array::from_fn(|kind| says.get(kind).copied().unwrap_or_default())
        };
        Kinds {
            words,
            shapes: shapes.iter().map(wide).collect(),
            stay: wide(stay).map(|stay| f32::from(stay) / UNITS),
        }
    }

    /// What a line says for each kind, in nats.
    #[inline(always)]
    pub fn votes(&self, page: &Page, at: usize, features: &[u32]) -> Votes {
        let mut votes = NO_VOTES;
        let mut shape = [0i16; WIDE];
        steps(page, at, |step| {
            if let Some(says) = self.shapes.get(step) {
                for (sum, says) in shape.iter_mut().zip(says) {
                    *sum += i16::from(*says);
                }
            }
        });
        let mut known = 0f32;
        self.words.each(features, |entry| {
            let entry = entry as u8;
            known += 1.0;
            votes[(entry >> 4) as usize] += (entry & 15) as f32 / WORD_UNITS;
        });
        let scale = spread(known);
        for (vote, shape) in votes.iter_mut().zip(shape) {
            *vote = *vote * scale + shape as f32 / UNITS;
        }
        Votes(votes)
    }
}

/// What a line says for each kind, in nats.
#[derive(Clone, Copy, Debug)]
pub struct Votes([f32; WIDE]);

/// Nothing said for any kind; what stands behind the kinds is never the best.
const NO_VOTES: [f32; WIDE] = {
    let mut votes = [f32::NEG_INFINITY; WIDE];
    let mut kind = 0;
    while kind < KINDS {
        votes[kind] = 0.0;
        kind += 1;
    }
    votes
};

/// The kinds of lines that are dropped one after the other, chosen together: the best sum of their votes and of what it is
/// worth to stay with a kind (Viterbi's algorithm).
#[derive(Default)]
pub struct Run {
    best: [f32; WIDE],
    /// For each line and kind, the kind of the line before on the best way.
    back: Vec<[u8; WIDE]>,
}

impl Run {
    /// Takes the next line.
    #[inline(always)]
    pub fn push(&mut self, votes: &Votes, kinds: &Kinds) {
        let (top, from) = best(&self.best);
        let mut back = [from; WIDE];
        let mut sums = self.best;
        for (kind, (sum, back)) in (0u8..).zip(sums.iter_mut().zip(&mut back)) {
            let stays = *sum + kinds.stay[kind as usize];
            *back = if stays >= top { kind } else { *back };
            // Differences are what counts: the sums do not grow with the run.
            *sum = if stays > top { stays } else { top } - top + votes.0[kind as usize];
        }
        self.best = sums;
        self.back.push(back);
    }

    /// Hands each line with its kind out, the last one first; `end` is the line after it. The run is empty then.
    pub fn end(&mut self, end: usize, mut each: impl FnMut(usize, Kind)) {
        if self.back.is_empty() {
            return;
        }
        let mut kind = best(&self.best).1;
        for (back, line) in self.back.drain(..).rev().zip((0..end).rev()) {
            let known = Kind::ALL.get(kind as usize).copied();
            each(line, known.unwrap_or(Kind::Navigation));
            kind = back.get(kind as usize).copied().unwrap_or(0);
        }
        self.best = [0.0; WIDE];
    }
}

/// The highest sum and its kind, of equals the first.
#[inline(always)]
fn best(sums: &[f32; WIDE]) -> (f32, u8) {
    // Halves against each other: many at once.
    let mut most = *sums;
    let mut half = WIDE / 2;
    while half > 0 {
        for kind in 0..half {
            let (one, other) = (most[kind], most[kind + half]);
            most[kind] = if other > one { other } else { one };
        }
        half /= 2;
    }
    let [top, ..] = most;
    let kind = sums.iter().position(|sum| *sum == top);
    (top, kind.unwrap_or(0) as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(lines: &[(Kind, f32)], stay: i8) -> Vec<Kind> {
        let known = Kinds::new(Weights::default(), &[], &[stay; KINDS]);
        let mut run = Run::default();
        for (kind, vote) in lines {
            let mut votes = NO_VOTES;
            votes[*kind as usize] = *vote;
            run.push(&Votes(votes), &known);
        }
        let mut kinds = Vec::new();
        run.end(lines.len(), |line, kind| kinds.push((line, kind)));
        kinds.reverse();
        assert!(kinds.iter().map(|k| k.0).eq(0..lines.len()));
        kinds.into_iter().map(|k| k.1).collect()
    }

    #[test]
    fn a_strong_line_names_its_run_on_both_sides() {
        let lines = [(Kind::Legal, 0.5), (Kind::Tags, 4.0), (Kind::Legal, 0.5)];
        use Kind::*;
        assert_eq!(kinds(&lines, 16), [Tags, Tags, Tags]);
        assert_eq!(kinds(&lines, 0), [Legal, Tags, Legal]);
        assert_eq!(kinds(&[], 16), []);
    }
}
