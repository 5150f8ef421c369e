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
/// A stretch counts as so many periods at least.
const LEAST: i32 = 4;
/// Room beside the lines for the longest stretch.
const ROOM: usize = FAR[0] * LONGEST;

/// Memory that is used again for each page.
#[derive(Default)]
pub(super) struct Periods {
    /// What a line looks like beside its length: its last character, with whether it has a date or time.
    looks: Vec<u8>,
    /// Whether each line looks like the one a period further on.
    alike: Vec<u8>,
    /// For each period, how many of the lines before each one do, with [`ROOM`] on both sides. Differences are what
    /// counts: it may start again at 0.
    matches: [Vec<u16>; LONGEST + 1],
    /// The period of each line, 0 where it has none, and the share of the lines near by that it was chosen by.
    chosen: Vec<u8>,
    near: Vec<i8>,
}

impl Lines {
    /// Fills the columns of periods.
    #[inline(always)]
    pub(super) fn periods(&mut self, page: &mut Page) {
        use Column::*;
        let periods = &mut self.periods;
        let [last, date] = page.several([Last, Date]);
        let shapes = last.iter().zip(date.iter());
        periods.looks.clear();
        periods
            .looks
            .extend(shapes.map(|(last, date)| *last as u8 * 2 + (date & 6 != 0) as u8));
        let [units, even, shares] = page.several([Units, Even, Period]);
        periods.chosen.clear();
        periods.chosen.resize(units.len(), 0);
        periods.near.clear();
        periods.near.resize(units.len(), 0);
        if periods.count(units, 1) {
            for (line, even) in even.iter_mut().enumerate() {
                *even = periods.among(line, 1, EVEN);
            }
        }
        for period in 2..=LONGEST {
            if periods.count(units, period) {
                periods.best(period);
            }
        }
        for (line, (period, share)) in periods.chosen.iter().zip(shares).enumerate() {
            if *period > 0 {
                *share = periods.among(line, *period as usize, FAR);
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
        let Some(matches) = self.matches.get_mut(period) else {
            return false;
        };
        matches.clear();
        matches.resize(ROOM + 1, 0);
        let alike = self.alike.get(..later).unwrap_or(&[]);
        let mut sum = 0u16;
        matches.extend(alike.iter().map(|alike| {
            sum = sum.wrapping_add(*alike as u16);
            sum
        }));
        matches.resize(ROOM + n + 1 + ROOM, sum);
        alike.contains(&1)
    }

    /// The share of the lines of the stretch around a line that look like the line one period further on.
    #[inline(always)]
    fn among(&self, line: usize, period: usize, around: [usize; 2]) -> i8 {
        let matches = self.matches.get(period).map_or(&[][..], Vec::as_slice);
        let at = |line: i32| matches.get(ROOM + line as usize).copied().unwrap_or(0);
        let (from, to, of) = stretch(line as i32, period as i32, around, self.looks.len());
        share(at(to).wrapping_sub(at(from)) as f32, of as f32)
    }

    /// Where the share near by is above what it is at shorter periods, it is of this period.
    fn best(&mut self, period: usize) {
        let matches = self.matches.get(period).map_or(&[][..], Vec::as_slice);
        let around = |at: usize| matches.get(at..at + self.near.len()).unwrap_or(&[]);
        let before = around(ROOM - NEAR[0] * period);
        let after = around(ROOM + NEAR[1] * period);
        choose(
            period as i32,
            [before, after],
            &mut self.near,
            &mut self.chosen,
        );
    }
}

/// Where the stretch around a line begins and ends, of a page of so many lines, and how many lines it counts as.
#[inline(always)]
fn stretch(line: i32, period: i32, [before, after]: [usize; 2], lines: usize) -> (i32, i32, i32) {
    let last = (lines as i32 - period).max(0);
    let from = (line - before as i32 * period).max(0);
    let to = (line + after as i32 * period).min(last).max(from);
    (from, to, (to - from).max(LEAST * period))
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

/// The share of each stretch near by, told by how many lines before its begin and its end are alike, and the period, where
/// it is above that of another.
#[multiversion(targets("x86_64+avx2"))]
fn choose(period: i32, [before, after]: [&[u16]; 2], best: &mut [i8], chosen: &mut [u8]) {
    let lines_of_page = best.len();
    let counts = before.iter().zip(after);
    let lines = best.iter_mut().zip(chosen).zip(counts);
    for (line, ((best, chosen), (before, after))) in (0i32..).zip(lines) {
        let (_, _, of) = stretch(line, period, NEAR, lines_of_page);
        let count = after.wrapping_sub(*before) as f32;
        // As [`share`], without asking whether there is anything: what cannot be skipped is done for many lines at once.
        let share = (count / of as f32 * 64.0) as i8;
        *chosen = if share > *best { period as u8 } else { *chosen };
        *best = share.max(*best);
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
        let mut lines = Lines::default();
        lines.measure(&text, &spans, Knowledge::default(), &mut page);
        assert_eq!(lines.periods.chosen[18], 3);
        assert_eq!(page.get(Column::Period, 18), 64);
        assert!(page.get(Column::Even, 18) < 16);
    }
}
