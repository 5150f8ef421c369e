//! Lists of like entries (cards, posts, teasers): lines that look like those some lines further on.

use super::Lines;
use crate::judge::boilerplate::columns::{Column, Page, share};

/// Entries of so many lines at most: picture, heading, teaser, author, date, number of comments, button, and some more.
const LONGEST: usize = 10;

/// What a line looks like: length, last character, whether it has a date or time.
pub(super) type Look = (i8, i8, bool);

/// Lines are of about one length within so many steps: by two thirds.
const STEPS: i8 = 3;

fn alike(a: &Look, b: &Look) -> bool {
    (a.0 - b.0).abs() <= STEPS && a.1 == b.1 && a.2 == b.2
}

impl Lines {
    /// Fills the columns of periods.
    pub(super) fn periods(&mut self, page: &mut Page) {
        use Column::*;
        let n = self.lines.len();
        self.looks.clear();
        self.looks.extend((0..n).map(|i| {
            let dated = page.get(Date, i) & 6 != 0;
            (page.get(Units, i), page.get(Last, i), dated)
        }));
        for period in 1..=LONGEST {
            self.count(period);
            for i in 0..n {
                if period == 1 {
                    page.set(Even, i, self.matching(1, i.saturating_sub(4), i + 4));
                    continue;
                }
                let near = self.matching(period, i.saturating_sub(3 * period), i + 2 * period);
                if near > page.get(Period, i) {
                    let from = i.saturating_sub(6 * period);
                    page.set(Period, i, near);
                    page.set(PeriodLines, i, period as i8);
                    page.set(PeriodFar, i, self.matching(period, from, i + 5 * period));
                }
            }
        }
    }

    /// How many lines before each one look like the line one period further on.
    fn count(&mut self, period: usize) {
        self.matches.clear();
        self.matches.push(0);
        let mut sum = 0u16;
        let later = self.looks.get(period..).unwrap_or(&[]);
        for (a, b) in self.looks.iter().zip(later) {
            // Differences are what counts: it may start again at 0.
            sum = sum.wrapping_add(alike(a, b) as u16);
            self.matches.push(sum);
        }
    }

    /// The share of the lines of a stretch that look like the line one period further on.
    fn matching(&self, period: usize, from: usize, to: usize) -> i8 {
        let last = self.matches.len() - 1;
        let at = |i: usize| self.matches.get(i.min(last)).copied().unwrap_or(0);
        let to = to.min(last).max(from);
        let count = at(to).wrapping_sub(at(from));
        share(count as f32, (to - from).max(4 * period) as f32)
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
