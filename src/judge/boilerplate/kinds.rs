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
#[derive(Clone, Copy, Debug)]
pub struct Kinds<'a> {
    /// Words: kind in the upper four bits, how much in the lower.
    pub words: Weights<'a>,
    /// For each step of each shape, what it says for each kind.
    pub shapes: &'a [[i8; KINDS]],
    /// For each kind, what it is worth that the dropped line before is of that kind: kinds come in runs, a heading names
    /// the run.
    pub stay: &'a [i8; KINDS],
}

/// Which step each measure of a line is at: indices below [`STEPS`].
pub fn steps(page: &Page, line: usize, mut each: impl FnMut(usize)) {
    let mut offset = 0;
    for (column, width, steps) in SHAPES {
        let value = page.get(column, line).max(0) as u8 / width;
        each(offset + value.min(steps - 1) as usize);
        offset += steps as usize;
    }
}

/// What each of so many words of a line counts. They are not independent of each other: their sum counts as that of about
/// the root of their number.
pub fn spread(words: f32) -> f32 {
    1.5 / words.max(1.0).sqrt()
}

impl Kinds<'_> {
    /// What a line says for each kind, in nats.
    pub fn votes(&self, page: &Page, at: usize, features: &[u32]) -> [f32; KINDS] {
        let mut votes = [0f32; KINDS];
        let mut shape = [0i16; WIDE];
        let flat = self.shapes.as_flattened();
        steps(page, at, |s| {
            let mut add = |says: &[i8]| {
                for (sum, says) in shape.iter_mut().zip(says) {
                    *sum += i16::from(*says);
                }
            };
            // What follows the row is added with it, for so many numbers are one step, and not looked at; behind the last
            // row there is nothing.
            let says = flat.get(s * KINDS..).unwrap_or_default();
            match says.first_chunk::<WIDE>() {
                Some(says) => add(says),
                None => add(says),
            }
        });
        let mut known = 0f32;
        for &feature in features {
            if let Some(entry) = self.words.get(feature) {
                let entry = entry as u8;
                known += 1.0;
                if let Some(vote) = votes.get_mut((entry >> 4) as usize) {
                    *vote += (entry & 15) as f32 / WORD_UNITS;
                }
            }
        }
        let scale = spread(known);
        for (vote, shape) in votes.iter_mut().zip(shape) {
            *vote = *vote * scale + shape as f32 / UNITS;
        }
        votes
    }
}

/// The kinds of lines that are dropped one after the other, chosen together: the best sum of their votes and of what it is
/// worth to stay with a kind (Viterbi's algorithm).
#[derive(Default)]
pub struct Run {
    best: [f32; KINDS],
    /// For each line and kind, the kind of the line before on the best way.
    back: Vec<[u8; KINDS]>,
}

impl Run {
    /// Takes the next line.
    pub fn push(&mut self, votes: &[f32; KINDS], stay: &[i8; KINDS]) {
        let (top, from) = best(&self.best);
        let mut back = [from; KINDS];
        for (kind, ((sum, back), (vote, stay))) in self
            .best
            .iter_mut()
            .zip(&mut back)
            .zip(votes.iter().zip(stay))
            .enumerate()
        {
            let stays = *sum + *stay as f32 / UNITS;
            if stays >= top {
                *back = kind as u8;
            }
            // Differences are what counts: the sums do not grow with the run.
            *sum = stays.max(top) - top + vote;
        }
        self.back.push(back);
    }

    /// Hands each line with its kind out, the last one first; `end` is the line after it. The run is empty then.
    pub fn end(&mut self, end: usize, mut each: impl FnMut(usize, Kind)) {
        let mut kind = best(&self.best).1;
        for (back, line) in self.back.drain(..).rev().zip((0..end).rev()) {
            let known = Kind::ALL.get(kind as usize).copied();
            each(line, known.unwrap_or(Kind::Navigation));
            kind = back.get(kind as usize).copied().unwrap_or(0);
        }
        self.best = [0.0; KINDS];
    }
}

/// The highest sum and its kind.
fn best(sums: &[f32; KINDS]) -> (f32, u8) {
    let mut best = (f32::MIN, 0);
    for (kind, sum) in sums.iter().enumerate() {
        if *sum > best.0 {
            best = (*sum, kind as u8);
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(lines: &[(Kind, f32)], stay: i8) -> Vec<Kind> {
        let mut run = Run::default();
        for (kind, vote) in lines {
            let mut votes = [0.0; KINDS];
            votes[*kind as usize] = *vote;
            run.push(&votes, &[stay; KINDS]);
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
