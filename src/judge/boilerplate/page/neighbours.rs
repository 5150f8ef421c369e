//! Each line among its neighbours.

use super::{Lines, places};
use crate::judge::boilerplate::columns::{Column, Page, octaves};

/// Lines on each side that are compared with a line.
const BESIDE: usize = 2;
/// Lines on each side among which those with a date are counted.
const DATES: usize = 6;
/// Lines on each side among which those that stand more than once are counted.
const REPEATED: usize = 8;

impl Lines {
    /// Lines with the same words, before and after; near lines of like shape.
    #[inline(always)]
    pub(super) fn alike(&mut self, page: &mut Page) {
        use Column::*;
        self.same(page);
        let [ends, first, last] = page.several([SameLast, First, Last]);
        let keys = &mut self.keys;
        keys.clear();
        let sides = first.iter().zip(last.iter());
        keys.extend(sides.map(|(first, last)| u16::from_le_bytes([*first as u8, *last as u8])));
        beside(ends, keys);
    }

    /// Lines with the same words, before and after.
    fn same(&mut self, page: &mut Page) {
        let [before, after] = page.several([Column::SameBefore, Column::SameAfter]);
        // A line's number behind its words' number: one comparison puts them in order.
        let lines = self.lines.iter().enumerate();
        self.hashes.clear();
        self.hashes
            .extend(lines.map(|(i, l)| (l.hash as u64) << 32 | i as u64));
        self.hashes.sort_unstable();
        for same in self.hashes.chunk_by(|a, b| a >> 32 == b >> 32) {
            if same.len() == 1 || same.first().is_none_or(|h| h >> 32 == 0) {
                continue;
            }
            for (k, hash) in same.iter().enumerate() {
                let at = *hash as u32 as usize;
                if let (Some(before), Some(after)) = (before.get_mut(at), after.get_mut(at)) {
                    *before = octaves(k as f32);
                    *after = octaves((same.len() - 1 - k) as f32);
                }
            }
        }
    }

    /// What stands before and after, near by and further off.
    #[inline(always)]
    pub(super) fn around(&mut self, page: &mut Page) {
        use Column::*;
        let Lines {
            lines,
            prose,
            phrase,
            follow,
            rows,
            ..
        } = self;
        let passed = lines.iter().zip(prose.iter()).zip(phrase.iter());
        let passed = passed.map(|((l, prose), phrase)| (l.units, *prose, *phrase));
        let columns = [NearBefore, ShortBefore, LastProse, PhraseBefore];
        near_by(page, columns, passed.clone().enumerate(), rows);
        let columns = [NearAfter, ShortAfter, NextProse, PhraseAfter];
        near_by(page, columns, passed.enumerate().rev(), rows);
        let [phrases, said] = page.several([Phrase, LastProsePhrase]);
        let mut last = 0;
        for ((to, phrase), prose) in said.iter_mut().zip(phrases).zip(prose.iter()) {
            *to = last;
            if *prose > 0.0 {
                last = *phrase;
            }
        }
        followed(page, follow, rows);
    }

    /// Lines near by with a date, and those that stand more than once.
    #[inline(always)]
    pub(super) fn counted_near(&mut self, page: &mut Page) {
        use Column::*;
        let Lines {
            lines, rows, marks, ..
        } = self;
        marks.clear();
        marks.extend(lines.iter().map(|l| (l.date & 6 != 0) as u8));
        places::fill(
            rows,
            places::before(marks.iter().map(|dated| *dated as f32)),
        );
        page.set_octaves(DatesBefore, rows);
        places::fill(rows, near(marks, DATES).map(|dates| dates as f32));
        page.set_octaves(DatesNear, rows);
        let [repeated, before, after, units] =
            page.several([RepeatedNear, SameBefore, SameAfter, Units]);
        for (mark, ((before, after), units)) in
            marks.iter_mut().zip(before.iter().zip(after).zip(units))
        {
            *mark = ((*before + *after > 0) & (*units > 0)) as u8;
        }
        for (to, count) in repeated.iter_mut().zip(near(marks, REPEATED)) {
            *to = count as i8;
        }
    }
}

/// How many of the lines on each side have the key of a line.
fn beside(to: &mut [i8], keys: &[u16]) {
    for distance in 1..=BESIDE.min(keys.len()) {
        let (_, others) = keys.split_at(distance);
        let pairs = || keys.iter().zip(others).map(|(a, b)| (a == b) as i8);
        for (count, like) in to.iter_mut().zip(pairs()) {
            *count += like;
        }
        for (count, like) in to.iter_mut().skip(distance).zip(pairs()) {
            *count += like;
        }
    }
}

/// How many marks there are on each line and so many lines around it.
fn near(marks: &[u8], beside: usize) -> impl Iterator<Item = u32> {
    let coming = marks.iter().skip(beside).chain(std::iter::repeat(&0));
    let going = std::iter::repeat_n(&0, beside + 1).chain(marks);
    let first: u32 = marks.iter().take(beside).map(|m| *m as u32).sum();
    let steps = coming.zip(going).take(marks.len());
    steps.scan(first, |count, (comes, goes)| {
        *count += *comes as u32;
        *count -= *goes as u32;
        Some(*count)
    })
}

/// What the short lines before say of a line.
fn followed(page: &mut Page, follow: &[f32], rows: &mut Vec<f32>) {
    use Column::*;
    places::fill(rows, faded(follow.iter(), 0.8, 0.4).map(|near| near * 0.5));
    page.set_leanings(FollowNear, rows);
    places::fill(rows, faded(follow.iter(), 0.97, 0.2).map(|far| far * 0.25));
    page.set_leanings(FollowFar, rows);
    // The least of eight lines is the lesser of two that are the least of four.
    places::fill(rows, std::iter::once(0.0).chain(follow.iter().copied()));
    for distance in [1, 2, 4] {
        for i in (distance..rows.len()).rev() {
            rows[i] = least(rows[i], rows[i - distance]);
        }
    }
    rows.iter_mut()
        .for_each(|low| *low = least(0.0, *low) * 0.5);
    page.set_leanings(FollowLow, rows);
}

/// The sum of what has been passed, before each: it fades with every line.
fn faded<'a>(
    values: impl Iterator<Item = &'a f32>,
    keep: f32,
    take: f32,
) -> impl Iterator<Item = f32> {
    values.scan(0.0, move |sum, value| {
        let before = *sum;
        *sum = *sum * keep + *value * take;
        Some(before)
    })
}

/// The lesser number; nothing here is not a number.
#[inline]
fn least(a: f32, b: f32) -> f32 {
    if b < a { b } else { a }
}

/// Fills the columns of what is passed before each line: the lines' numbers, words, words of prose, and what they say.
fn near_by(
    page: &mut Page,
    [near, short, last, phrase]: [Column; 4],
    lines: impl ExactSizeIterator<Item = (usize, (f32, f32, f32))>,
    rows: &mut Vec<f32>,
) {
    let n = lines.len();
    rows.resize(4 * n, 0.0);
    let mut passed = Passed::default();
    for (line, (units, prose, said)) in lines {
        let numbers = [
            passed.near,
            passed.short * 4.0,
            passed.last,
            passed.phrase * 0.25,
        ];
        for (row, number) in rows.chunks_exact_mut(n).zip(numbers) {
            if let Some(to) = row.get_mut(line) {
                *to = number;
            }
        }
        passed.pass(units, prose, said);
    }
    let (counts, said) = rows.split_at(3 * n);
    for (column, counts) in [near, short, last].into_iter().zip(counts.chunks(n.max(1))) {
        page.set_octaves(column, counts);
    }
    page.set_leanings(phrase, said);
}

/// What has been passed, fading with the lines.
#[derive(Default)]
struct Passed {
    near: f32,
    short: f32,
    last: f32,
    phrase: f32,
}

impl Passed {
    #[inline(always)]
    fn pass(&mut self, units: f32, prose: f32, said: f32) {
        self.near = self.near * 0.7 + prose;
        self.short = self.short * 0.8 + (units < 6.0) as u8 as f32;
        self.phrase = self.phrase * 0.7 + said * 0.3;
        self.last = if prose > 0.0 { prose } else { self.last };
    }
}
