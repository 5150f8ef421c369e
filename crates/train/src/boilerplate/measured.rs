//! Pages with what is measured of them: the columns, the rows to learn from, what trees say.

use cleanfilter::judge::boilerplate::columns::{Column, PAD, Page as Measures};
use cleanfilter::judge::boilerplate::guess;
use cleanfilter::judge::boilerplate::line::Line;
use cleanfilter::judge::boilerplate::page::{Knowledge, Lines};
use cleanfilter::judge::boilerplate::words::Weights;
use rayon::prelude::*;

use super::Random;
use super::boost::{self, Matrix, Row, Tree};
use super::data::{Page, SETS};
use super::fit::{Plan, inner};

/// Lines that weigh less than this share of what their page wants are drawn by lot.
const LIGHT: f32 = 0.004;

/// Probabilities of the lines of each page, by one look.
pub type Looks = Vec<Vec<f32>>;

/// Pages with what is measured of them.
pub struct Measured<'a> {
    pub pages: Vec<&'a Page>,
    pub measures: Vec<Measures>,
    pub lines: Vec<Vec<Line>>,
    pub starts: Vec<u32>,
}

/// Measures pages, each with the tables (what words say of their line, and of the lines after) that `table`
/// gives for it.
pub fn measure<'a>(
    pages: &[&'a Page],
    functions: &[u8],
    table: impl Fn(&Page) -> [&'a [u8]; 2] + Sync,
) -> Measured<'a> {
    let both: Vec<_> = pages
        .par_iter()
        .map_init(Lines::default, |lines, page| {
            let mut m = Measures::default();
            let [phrases, follow] = table(page);
            let know = Knowledge {
                phrases: Weights::new(phrases),
                follow: Weights::new(follow),
                functions: Weights::new(functions),
            };
            lines.measure(&page.text, &page.lines, know, &mut m);
            (m, lines.lines.clone())
        })
        .collect();
    let mut starts = Vec::new();
    let mut at = 0u32;
    for p in pages {
        starts.push(at + PAD as u32);
        at += (p.lines.len() + 2 * PAD) as u32;
    }
    let (measures, lines) = both.into_iter().unzip();
    Measured {
        pages: pages.to_vec(),
        measures,
        lines,
        starts,
    }
}

impl Measured<'_> {
    /// The columns of all pages, one behind the other.
    pub fn matrix(&self) -> Matrix {
        let columns = (0..Column::ALL.len())
            .into_par_iter()
            .map(|c| {
                let mut all = Vec::new();
                for m in &self.measures {
                    all.extend_from_slice(m.padded(c));
                }
                all
            })
            .collect();
        Matrix { columns }
    }

    /// The rows to learn from, of the pages that `of` names.
    pub fn rows(&self, plan: &Plan, of: impl Fn(&Page) -> bool) -> Vec<Row> {
        let mut per_set = [0f32; SETS.len()];
        for p in self.pages.iter().filter(|p| of(p)) {
            per_set[p.set] += 1.0;
        }
        let mut rows = Vec::new();
        let mut random = Random(11);
        for (p, start) in self.pages.iter().zip(&self.starts).filter(|(p, _)| of(p)) {
            // Few words are wanted on some pages of thousands: each wrong word costs the more, but not without end, for F1
            // ends at 0. So what a line counts is its share of something between what is wanted and the whole page.
            let size = plan.whole * p.labelled_tokens() + (1.0 - plan.whole) * p.kept_tokens();
            let size = size.max(20.0);
            let n = p.lines.len() as f32;
            let page =
                if p.made { plan.made } else { 1.0 } / per_set[p.set].powf(1.0 - plan.sets) * 10.0;
            for (i, wanted) in p.wanted.iter().enumerate() {
                let Some(wanted) = *wanted else { continue };
                let share = (p.tokens[i] / size).min(1.0) + 0.2 / n;
                // Of the thousands of lines of a menu that weigh next to nothing, some stand for all.
                let chance = (share / LIGHT).clamp(0.15, 1.0);
                if random.unit() < chance {
                    rows.push(Row {
                        at: start + i as u32,
                        wanted,
                        weight: share / chance * page,
                    });
                }
            }
        }
        rows
    }

    /// Probabilities of each page's lines.
    pub fn look(
        &self,
        matrix: &Matrix,
        trees: &[Tree],
        of: impl Fn(&Page) -> bool + Sync,
    ) -> Vec<Vec<f32>> {
        self.pages
            .par_iter()
            .zip(&self.starts)
            .map(|(p, start)| {
                if !of(p) {
                    return Vec::new();
                }
                (0..p.lines.len())
                    .map(|i| {
                        let s: f32 = trees
                            .iter()
                            .map(|t| t.at(matrix, *start as usize + i))
                            .sum();
                        1.0 / (1.0 + (-s).exp())
                    })
                    .collect()
            })
            .collect()
    }

    /// What the first look says of each page when it was grown from the pages of other parts.
    pub fn unseen(&self, matrix: &Matrix, features: &[(u8, i8)], plan: &Plan) -> Looks {
        let mut seen: Looks = vec![Vec::new(); self.pages.len()];
        for j in 0..plan.inner as usize {
            let own = |p: &Page| inner(p, plan.inner) == j;
            let rows = self.rows(plan, |p| !own(p));
            let trees = boost::grow(matrix, &rows, features, &plan.first);
            let looks = self.look(matrix, &trees, own);
            for (all, look) in seen.iter_mut().zip(looks) {
                if !look.is_empty() {
                    *all = look;
                }
            }
        }
        seen
    }

    /// Fills the second look's columns.
    pub fn guess(&mut self, first: &[Vec<f32>]) {
        self.measures
            .par_iter_mut()
            .zip(&self.lines)
            .zip(first)
            .for_each_init(guess::Memory::default, |memory, ((m, l), p)| {
                guess::fill(l, p, memory, m)
            });
    }
}
