//! What is measured of a line, by name: a column holds one measure of every line of a page.
//!
//! A measure is a small number (0 to 127), so that a column is bytes, a split is one byte comparison, and sixteen lines
//! are compared at once. A neighbour's measure is the same column read some lines further on.

use std::ops::Range;

use multiversion::multiversion;

use super::trees::LANES;

/// Empty lines before the first and after the last line of a page: as far as a model may look.
pub const PAD: usize = 8;

macro_rules! columns {
    ($($(#[doc = $doc:literal])* $name:ident,)*) => {
        /// A measure of a line.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u8)]
        pub enum Column { $($(#[doc = $doc])* $name,)* }

        impl Column {
            /// All of them, in order.
            pub const ALL: &'static [Column] = &[$(Column::$name,)*];

            /// The name in tables and reports.
            pub fn name(self) -> &'static str {
                match self { $(Column::$name => stringify!($name),)* }
            }
        }
    };
}

columns! {
    /// Words, a Han or kana letter counting as a part of one.
    Units,
    /// Characters.
    Chars,
    /// Sentence ends.
    Ends,
    /// Commas and semicolons.
    Commas,
    /// Digits in all visible characters.
    DigitShare,
    /// Upper-case letters in all letters.
    UpperShare,
    /// Words with an upper-case first letter, in all words of scripts that have case.
    TitleShare,
    /// Separators: bars, bullets, arrows, slashes.
    Separators,
    /// Visible characters that are neither letters nor digits.
    SymbolShare,
    /// Words a sentence end.
    SentenceLength,
    /// Kind of the first character.
    First,
    /// Kind of the last character.
    Last,
    /// Signs of rights: copyright, registered, trade mark.
    Rights,
    /// Quotation marks.
    Quotes,
    /// Question and exclamation marks.
    Questions,
    /// Ends with a number in brackets.
    Counted,
    /// Numbers.
    Numbers,
    /// Year, time of day, date: one bit each.
    Date,
    /// Function words in all words.
    FunctionShare,
    /// What the words say: 64 is nothing, more is wanted.
    Phrase,
    /// Share of the words' pairs and places that are known.
    PhraseKnown,
    /// The word or pair that speaks most against.
    PhraseLow,
    /// What a short line's words say of the lines after it: 64 is nothing, more is wanted.
    Follow,
    /// The same of the short lines before, near by.
    FollowNear,
    /// The same, further off.
    FollowFar,
    /// The lowest of the last lines before.
    FollowLow,
    /// Letters of another script than most of the page.
    Foreign,
    /// Earlier lines with the same words.
    SameBefore,
    /// Later lines with the same words.
    SameAfter,
    /// Words that stand in prose elsewhere in the page.
    Topic,
    /// Words that stand in any other line.
    Echo,
    /// Near lines that end in the same kind of character.
    SameLast,
    /// Place in the lines of the page.
    Place,
    /// Place in the words of the page.
    PlaceWords,
    /// Place in the prose of the page.
    PlaceProse,
    /// Lines before.
    LinesBefore,
    /// Prose before, near by.
    NearBefore,
    /// Prose after, near by.
    NearAfter,
    /// Short lines before, near by.
    ShortBefore,
    /// Short lines after, near by.
    ShortAfter,
    /// Length of the last line of prose.
    LastProse,
    /// Length of the next line of prose.
    NextProse,
    /// Lines in this run of lines that are not prose.
    Run,
    /// Words in this run.
    RunUnits,
    /// Prose in the block around: the stretch between long runs of other lines.
    Block,
    /// The same, as a share of the page's prose.
    BlockShare,
    /// The page's largest block, as a share of its prose.
    LargestShare,
    /// Lines from here to the largest block: 64 is inside, less is before, more is after.
    ToLargest,
    /// Rights or address signs before here, as far as the page goes.
    RightsBefore,
    /// Lines with a date or time, near by.
    DatesNear,
    /// Lines with a date or time before here.
    DatesBefore,
    /// Phrase scores before, near by.
    PhraseBefore,
    /// Phrase scores after, near by.
    PhraseAfter,
    /// What the words of the last line of prose say.
    LastProsePhrase,
    /// Near lines (eight on each side) that stand more than once in the page.
    RepeatedNear,
    /// Lines of the page.
    PageLines,
    /// Words of the page.
    PageUnits,
    /// Prose in the words of the page.
    PageProse,
    /// Mean length of a line.
    PageLine,
    /// Mean length of a line of prose.
    PageProseLine,
    /// Mean phrase score of the page.
    PagePhrase,
    /// Lines with a date or time, in all.
    PageDates,
    /// The page's script has no case.
    Caseless,
    /// Near lines that look like the line after them.
    Even,
    /// Lines around that look like the line some lines further on, at the distance where most near lines do.
    Period,
    /// Lines of the page that stand in it more than once.
    PageRepeated,
    /// Lines of the page at a period.
    PagePeriod,
    /// Lines of the page with signs of money.
    PageMoney,
    /// Short lines of the page.
    PageShort,
    /// First look: how likely the line is wanted. Empty in the first look itself.
    Guess,
    /// Lines in this run of the same first verdict.
    GuessRun,
    /// Words in that run.
    GuessRunUnits,
    /// Share of all wanted words before here.
    GuessPlace,
    /// Wanted words of the page.
    GuessPage,
    /// Wanted words in the words of the page.
    GuessPageShare,
    /// How sure the first look is of its best choice of lines.
    GuessSure,
    /// The least first guess among like lines of the page.
    GuessAlike,
    /// Lines from here to the wanted block with most words.
    GuessToLargest,
    /// Lines in this run of lines of about one length.
    LikeRun,
    /// Mean guess of that run.
    GuessLikeRun,
    /// The guess of the line before that run.
    GuessLikeHead,
    /// The same, as a share of the page's wanted words.
    GuessBlockShare,
    /// Mean guess in that block, by words.
    GuessBlockSure,
    /// Such blocks before.
    GuessBlocksBefore,
    /// Lines from here to the stretch that is worth most.
    GuessToBest,
    /// Wanted words of that stretch, in all wanted words.
    GuessBestShare,
    /// What the best stretch with this line in it is worth less than the best.
    GuessJoin,
    /// The same, as a share of what the best is worth.
    GuessJoinShare,
}

/// How many there are.
pub const COUNT: usize = Column::ALL.len();

/// A count or length as a column value: four steps an octave, 0 is 0, 1 is 4, 1000 is 39.
#[inline]
pub fn octaves(count: f32) -> i8 {
    let steps = (((count.max(0.0) + 1.0).to_bits() >> 21) as i32) - (127 << 2);
    steps.clamp(0, 127) as i8
}

/// What speaks for or against as a column value: 64 is nothing, more is for.
#[inline]
pub fn leaning(nats: f32) -> i8 {
    (64.0 + nats).clamp(0.0, 127.0) as i8
}

/// A share (0 to 1) as a column value: 0 to 64.
#[inline]
pub fn share(part: f32, whole: f32) -> i8 {
    if whole > 0.0 {
        ((part / whole) * 64.0).clamp(0.0, 64.0) as i8
    } else {
        0
    }
}

// Many at once, eight to an instruction where the machine can.
#[multiversion(targets("x86_64+avx2"))]
pub(super) fn all_octaves(to: &mut [i8], counts: &[f32]) {
    for (to, count) in to.iter_mut().zip(counts) {
        *to = octaves(*count);
    }
}

#[multiversion(targets("x86_64+avx2"))]
pub(super) fn all_leanings(to: &mut [i8], nats: &[f32]) {
    for (to, nats) in to.iter_mut().zip(nats) {
        *to = leaning(*nats);
    }
}

#[multiversion(targets("x86_64+avx2"))]
fn all_shares(to: &mut [i8], parts: &[f32], whole: f32) {
    for (to, part) in to.iter_mut().zip(parts) {
        *to = share(*part, whole);
    }
}

#[multiversion(targets("x86_64+avx2"))]
pub(super) fn all_parts(to: &mut [i8], parts: &[f32], wholes: &[f32]) {
    for (to, (part, whole)) in to.iter_mut().zip(parts.iter().zip(wholes)) {
        *to = share(*part, *whole);
    }
}

/// The columns of a page, with [`PAD`] empty lines on each side.
#[derive(Default)]
pub struct Page {
    values: Vec<i8>,
    lines: usize,
    stride: usize,
}

impl Page {
    /// Makes room for so many lines, all measures 0.
    pub fn reset(&mut self, lines: usize) {
        self.lines = lines;
        self.stride = lines + 2 * PAD;
        self.values.clear();
        // The trees ask many lines at once: the last column can be read past its end, as the others can.
        self.values.resize(COUNT * self.stride + LANES, 0);
    }

    /// How many lines there are.
    pub fn lines(&self) -> usize {
        self.lines
    }

    /// One column, with its padding.
    pub fn padded(&self, column: usize) -> &[i8] {
        let start = column * self.stride;
        self.values
            .get(start..start + self.lines + 2 * PAD)
            .unwrap_or(&[])
    }

    /// All values, and where of a column those of the lines from one on begin, shifted by so many lines; there are
    /// [`LANES`] values behind the last line.
    #[inline]
    pub fn values(&self, line: usize) -> (&[i8], impl Fn(usize, isize) -> usize) {
        let first = move |column: usize, shift| {
            (column * self.stride + PAD + line).wrapping_add_signed(shift)
        };
        (&self.values, first)
    }

    /// One column, without its padding, to write.
    pub fn column(&mut self, column: Column) -> &mut [i8] {
        let start = column as usize * self.stride + PAD;
        self.values
            .get_mut(start..start + self.lines)
            .unwrap_or(&mut [])
    }

    /// Several columns, without their padding, to write; none may be named twice.
    pub fn several<const N: usize>(&mut self, columns: [Column; N]) -> [&mut [i8]; N] {
        let ranges = columns.map(|column| {
            let start = column as usize * self.stride + PAD;
            start..start + self.lines
        });
        let several = self.values.get_disjoint_mut(ranges);
        several.unwrap_or_else(|_| std::array::from_fn(|_| Default::default()))
    }

    /// Fills a column with counts or lengths, as [`octaves`] says them.
    pub fn set_octaves(&mut self, column: Column, counts: &[f32]) {
        all_octaves(self.column(column), counts);
    }

    /// Fills a column with what speaks for or against, as [`leaning`] says it.
    pub fn set_leanings(&mut self, column: Column, nats: &[f32]) {
        all_leanings(self.column(column), nats);
    }

    /// Fills a column with shares of one whole, as [`share`] says them.
    pub fn set_shares(&mut self, column: Column, parts: &[f32], whole: f32) {
        all_shares(self.column(column), parts, whole);
    }

    /// A stretch of a column, to write.
    pub fn stretch(&mut self, column: Column, lines: Range<usize>) -> &mut [i8] {
        self.column(column).get_mut(lines).unwrap_or_default()
    }

    /// Fills a stretch of a column.
    pub fn fill(&mut self, column: Column, lines: Range<usize>, value: i8) {
        self.stretch(column, lines).fill(value);
    }

    /// One measure of one line; 0 outside the page.
    #[inline]
    pub fn get(&self, column: Column, line: usize) -> i8 {
        self.values
            .get((column as usize * self.stride + PAD).wrapping_add(line))
            .copied()
            .unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_has_room_around_its_lines() {
        let mut page = Page::default();
        for lines in [0, 1, 15, 16, 17, 100] {
            page.reset(lines);
            assert_eq!(page.padded(COUNT - 1).len(), lines + 2 * PAD);
            if lines > 0 {
                page.column(Column::Units)[lines - 1] = 9;
                assert_eq!(page.get(Column::Units, lines - 1), 9);
                assert!(page.padded(Column::Chars as usize).iter().all(|v| *v == 0));
                // Many lines can be read from the last one on, at the farthest shift.
                let (values, first) = page.values(lines - 1);
                assert!(first(COUNT - 1, PAD as isize) + LANES <= values.len());
            }
        }
    }

    #[test]
    fn octaves_grow_by_four_a_doubling() {
        assert_eq!([0.0, 1.0, 3.0, 7.0].map(octaves), [0, 4, 8, 12]);
        assert_eq!(octaves(f32::MAX), 127);
        assert_eq!((share(1.0, 2.0), share(0.0, 0.0)), (32, 0));
    }
}
