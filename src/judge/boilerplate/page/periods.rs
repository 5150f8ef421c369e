//! Lists of like entries (cards, posts, teasers): lines that look like those some lines further on.

use super::Lines;
use crate::judge::boilerplate::columns::{Column, Page, share};

/// Entries of so many lines at most: picture, heading, teaser, author, date, number of comments, button, and some more.
const LONGEST: usize = 10;

/// What a line looks like: length, and last character with whether it has a date or time.
pub(super) type Look = (i8, u8);

/// Lines are of about one length within so many steps: by two thirds.
const STEPS: u8 = 3;

fn alike(a: &Look, b: &Look) -> bool {
    (a.0.abs_diff(b.0) <= STEPS) & (a.1 == b.1)
}

impl Lines {
    /// Fills the columns of periods.
    pub(super) fn periods(&mut self, page: &mut Page) {
        use Column::*;
        let n = self.lines.len();
        self.looks.clear();
        self.looks.extend((0..n).map(|i| {
            let dated = (page.get(Date, i) & 6 != 0) as u8;
            (page.get(Units, i), page.get(Last, i) as u8 * 2 + dated)
        }));
        self.count(1);
        for i in 0..n {
            let even = self.matching(1, i.saturating_sub(4), i + 4);
            page.set(Even, i, even.share());
        }
        for period in 2..=LONGEST {
            if self.count(period) == 0 {
                continue;
            }
            for i in 0..n {
                let near = self.matching(period, i.saturating_sub(3 * period), i + 2 * period);
                if near.is_above(page.get(Period, i)) {
                    let from = i.saturating_sub(6 * period);
                    let far = self.matching(period, from, i + 5 * period);
                    page.set(Period, i, near.share());
                    page.set(PeriodLines, i, period as i8);
                    page.set(PeriodFar, i, far.share());
                }
            }
        }
    }

    /// How many lines before each one look like the line one period further on; gives how many of the page do.
    fn count(&mut self, period: usize) -> u32 {
        self.matches.clear();
        self.matches.push(0);
        let mut sum = 0u32;
        let later = self.looks.get(period..).unwrap_or(&[]);
        self.matches
            .extend(self.looks.iter().zip(later).map(|(a, b)| {
                sum += alike(a, b) as u32;
                // Differences are what counts: it may start again at 0.
                sum as u16
            }));
        sum
    }

    /// How many lines of a stretch look like the line one period further on.
    #[inline(always)]
    fn matching(&self, period: usize, from: usize, to: usize) -> Part {
        let last = self.matches.len() - 1;
        let at = |i: usize| self.matches.get(i.min(last)).copied().unwrap_or(0);
        let to = to.min(last).max(from);
        Part {
            count: at(to).wrapping_sub(at(from)),
            of: (to - from).max(4 * period) as u32,
        }
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

    /// Whether its share is above another, told without a division: most lines have no period.
    fn is_above(self, other: i8) -> bool {
        self.count as u32 * 64 >= (other as u32 + 1) * self.of
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
