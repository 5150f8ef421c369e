//! Lists of like entries (cards, posts, teasers): lines that look like those some lines further on.

use multiversion::multiversion;

use super::Lines;
use crate::judge::boilerplate::columns::{Column, Page, share};

/// Entries of so many lines at most: picture, heading, teaser, author, date, number of comments, button, and some more.
const LONGEST: usize = 10;

/// Lines are of about one length within so many steps: by two thirds.
const STEPS: u8 = 3;

/// Lines before and after, in periods, that tell whether a line stands in a list.
const NEAR: [usize; 2] = [3, 2];
/// The same for whether the list goes on.
const FAR: [usize; 2] = [6, 5];
/// For [`Column::Even`], whose period is one line.
const EVEN: [usize; 2] = [4, 4];
/// Room for the longest of them beside the lines.
const ROOM: usize = FAR[0] * LONGEST;

/// Memory that is used again for each page.
#[derive(Default)]
pub(super) struct Periods {
    /// What a line looks like beside its length: its last character, with whether it has a date or time.
    looks: Vec<u8>,
    /// Whether each line looks like the one a period further on.
    alike: Vec<u8>,
    /// How many of the lines before each one do, with [`ROOM`] on both sides. Differences are what counts: it may start
    /// again at 0.
    matches: Vec<u16>,
    /// Whether more lines do around a line than at shorter periods.
    above: Vec<u8>,
}

impl Lines {
    /// Fills the columns of periods.
    pub(super) fn periods(&mut self, page: &mut Page) {
        use Column::*;
        let periods = &mut self.periods;
        let [last, date] = page.several([Last, Date]);
        let shapes = last.iter().zip(date.iter());
        periods.looks.clear();
        periods
            .looks
            .extend(shapes.map(|(last, date)| *last as u8 * 2 + (date & 6 != 0) as u8));
        let [units, even, best, lines, far] =
            page.several([Units, Even, Period, PeriodLines, PeriodFar]);
        if periods.count(units, 1) {
            for (i, even) in even.iter_mut().enumerate() {
                *even = periods.among(i, 1, EVEN).share();
            }
        }
        for period in 2..=LONGEST {
            if !periods.count(units, period) {
                continue;
            }
            periods.above(period, best);
            let to = best.iter_mut().zip(lines.iter_mut().zip(far.iter_mut()));
            for ((i, above), (best, (lines, far))) in periods.above.iter().enumerate().zip(to) {
                if *above != 0 {
                    *best = periods.among(i, period, NEAR).share();
                    *lines = period as i8;
                    *far = periods.among(i, period, FAR).share();
                }
            }
        }
    }
}

impl Periods {
    /// Counts how many lines before each one look like the line a period further on; whether any of the page does.
    fn count(&mut self, units: &[i8], period: usize) -> bool {
        let n = units.len();
        let later = n.saturating_sub(period);
        self.alike.resize(n, 0);
        alike(units, &self.looks, period, &mut self.alike);
        self.matches.clear();
        self.matches.resize(ROOM, 0);
        let mut sum = 0u16;
        self.matches.push(0);
        self.matches
            .extend(self.alike.iter().take(later).map(|alike| {
                sum = sum.wrapping_add(*alike as u16);
                sum
            }));
        self.matches.resize(ROOM + n + 1 + ROOM, sum);
        self.alike.iter().take(later).any(|alike| *alike != 0)
    }

    /// How many lines of the stretch around a line look like the line one period further on.
    #[inline(always)]
    fn among(&self, line: usize, period: usize, [before, after]: [usize; 2]) -> Part {
        let last = self.looks.len().saturating_sub(period);
        let at = |i: usize| self.matches.get(ROOM + i).copied().unwrap_or(0);
        let from = line.saturating_sub(before * period);
        let to = (line + after * period).min(last).max(from);
        Part {
            count: at(to).wrapping_sub(at(from)),
            of: (to - from).max(4 * period) as u32,
        }
    }

    /// Tells for each line whether the share of those near by is above what it is so far.
    fn above(&mut self, period: usize, best: &[i8]) {
        let n = best.len();
        let around = |at: usize| self.matches.get(at..at + n).unwrap_or(&[]);
        let before = around(ROOM - NEAR[0] * period);
        let after = around(ROOM + NEAR[1] * period);
        self.above.resize(n, 0);
        above(period as i32, [before, after], best, &mut self.above);
    }
}

/// Whether lines look like those a period further on.
#[multiversion(targets("x86_64+avx2"))]
fn alike(units: &[i8], looks: &[u8], period: usize, to: &mut [u8]) {
    let lines = units.iter().zip(looks);
    let others = units.iter().zip(looks).skip(period);
    for (to, (a, b)) in to.iter_mut().zip(lines.zip(others)) {
        *to = ((a.0.abs_diff(*b.0) <= STEPS) & (a.1 == b.1)) as u8;
    }
}

/// Whether the share of each stretch, told by how many lines before its begin and its end do, is above another: without a
/// division, for most lines have no period.
#[multiversion(targets("x86_64+avx2"))]
fn above(period: i32, [before, after]: [&[u16]; 2], best: &[i8], to: &mut [u8]) {
    let last = (best.len() as i32 - period).max(0);
    let counts = before.iter().zip(after).zip(best);
    for (line, (to, ((before, after), best))) in (0i32..).zip(to.iter_mut().zip(counts)) {
        let from = (line - NEAR[0] as i32 * period).max(0);
        let end = (line + NEAR[1] as i32 * period).min(last).max(from);
        let of = (end - from).max(4 * period);
        let count = after.wrapping_sub(*before) as i32;
        *to = (count * 64 >= (*best as i32 + 1) * of) as u8;
    }
}

/// A part of some lines.
#[derive(Clone, Copy)]
struct Part {
    count: u16,
    of: u32,
}

impl Part {
    fn share(self) -> i8 {
        share(self.count as f32, self.of as f32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::judge::boilerplate::page::Knowledge;

    #[test]
    fn a_list_of_cards_has_the_period_of_a_card() {
        let card = "Lighthouse keeper retires\n12.3.2024 10:15\nAfter 41 years the light is left to a machine, he says.\n";
        let text = card.repeat(12);
        let mut at = 0;
        let spans: Vec<_> = text
            .lines()
            .map(|line| {
                at += line.len() + 1;
                at - line.len() - 1..at - 1
            })
            .collect();
        let mut page = Page::default();
        Lines::default().measure(&text, &spans, Knowledge::default(), &mut page);
        assert_eq!(page.get(Column::PeriodLines, 18), 3);
        assert_eq!(page.get(Column::Period, 18), 64);
        assert!(page.get(Column::Even, 18) < 16);
    }
}
