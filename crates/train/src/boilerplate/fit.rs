//! Phrases, first look, second look: grown so that no look is taught by answers that it has seen.

use cleanfilter::judge::boilerplate::columns::{Column, PAD, Page as Measures};
use cleanfilter::judge::boilerplate::guess;
use cleanfilter::judge::boilerplate::kinds::Kind;
use cleanfilter::judge::boilerplate::line;
use cleanfilter::judge::boilerplate::page::{Knowledge, Lines};
use cleanfilter::judge::boilerplate::words::{self, Weights};
use rayon::prelude::*;

use super::Random;
use super::boost::{self, Matrix, Row, Tree};
use super::data::{Page, SETS, number};
use super::linear::{self, Example};

/// Lines that weigh less than this share of what their page wants are drawn by lot.
const LIGHT: f32 = 0.004;

/// How it is grown.
#[derive(Clone)]
pub struct Plan {
    pub inner: u64,
    /// What a made page counts.
    pub made: f32,
    /// Phrases in many languages: kind, number of the language, features.
    pub said: Vec<(Kind, u64, Vec<u32>)>,
    pub first: boost::Settings,
    pub second: boost::Settings,
}

impl Default for Plan {
    fn default() -> Self {
        let first = boost::Settings {
            trees: 120,
            depth: 6,
            rate: 0.1,
            ridge: 0.02,
            rows: 0.15,
            features: 0.3,
            seed: 7,
        };
        let second = boost::Settings {
            trees: 160,
            seed: 8,
            ..first.clone()
        };
        Plan {
            inner: 3,
            made: 0.4,
            said: Vec::new(),
            first,
            second,
        }
    }
}

/// What is grown.
pub struct Grown {
    pub phrases: Vec<u8>,
    pub first: Vec<Tree>,
    pub second: Vec<Tree>,
}

/// The labelled lines of a page, as the phrase model sees them.
pub fn examples(page: &Page, lines: &mut Lines, empty: &[u8]) -> Vec<Example> {
    let know = Knowledge {
        phrases: Weights::new(empty),
        functions: Weights::new(empty),
    };
    lines.measure(&page.text, &page.lines, know, &mut Measures::default());
    let site = number(&page.site) as u32;
    let kept = page.kept_tokens().max(1.0);
    let n = page.lines.len() as f32;
    let mut out = Vec::new();
    for (i, l) in lines.lines.iter().enumerate() {
        let Some(wanted) = page.wanted[i] else {
            continue;
        };
        let mut features = Vec::new();
        words::features(l, lines.words(l), |h| features.push(h));
        if features.is_empty() {
            continue;
        }
        features.sort_unstable();
        features.dedup();
        let weight = (page.tokens[i] / kept).min(0.2) * 2.0 + 2.0 / n;
        out.push(Example {
            features,
            wanted,
            weight: weight.min(1.0),
            site,
            program: false,
        });
    }
    out
}

/// Pages with what is measured of them.
pub struct Measured<'a> {
    pub pages: Vec<&'a Page>,
    pub measures: Vec<Measures>,
    pub lines: Vec<Vec<cleanfilter::judge::boilerplate::line::Line>>,
    pub starts: Vec<u32>,
}

/// Measures pages, each with the phrases that `table` gives for it.
pub fn measure<'a>(
    pages: &[&'a Page],
    functions: &[u8],
    table: impl Fn(&Page) -> &'a [u8] + Sync,
) -> Measured<'a> {
    let both: Vec<_> = pages
        .par_iter()
        .map_init(Lines::default, |lines, page| {
            let mut m = Measures::default();
            let know = Knowledge {
                phrases: Weights::new(table(page)),
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
            let kept = p.kept_tokens().max(20.0);
            let n = p.lines.len() as f32;
            // Sets count by the root of their pages: the mean over sets is what is asked for, and other sets still.
            let page = if p.made { plan.made } else { 1.0 } / per_set[p.set].sqrt() * 10.0;
            for (i, wanted) in p.wanted.iter().enumerate() {
                let Some(wanted) = *wanted else { continue };
                let share = (p.tokens[i] / kept).min(1.0) + 0.2 / n;
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

    /// Fills the second look's columns.
    pub fn guess(&mut self, first: &[Vec<f32>]) {
        self.measures
            .par_iter_mut()
            .zip(&self.lines)
            .zip(first)
            .for_each(|((m, l), p)| guess::fill(l, p, m));
    }
}

/// What the first look may ask.
pub fn first_features() -> Vec<(u8, i8)> {
    use Column::*;
    let mut all: Vec<(u8, i8)> = Column::ALL
        .iter()
        .take_while(|c| **c != Guess)
        .map(|c| (*c as u8, 0))
        .collect();
    for c in [
        Units,
        Ends,
        Commas,
        TitleShare,
        Last,
        First,
        FunctionShare,
        Phrase,
        Date,
        SymbolShare,
        Topic,
    ] {
        all.extend([-4, -3, -2, -1, 1, 2, 3, 4].map(|s| (c as u8, s)));
    }
    for c in [
        DigitShare, Numbers, Separators, SameBefore, Foreign, PhraseLow, Echo, Rights, Questions,
        Colons,
    ] {
        all.extend([-2, -1, 1, 2].map(|s| (c as u8, s)));
    }
    all
}

/// What the second look may ask.
pub fn second_features() -> Vec<(u8, i8)> {
    use Column::*;
    let mut all = first_features();
    all.extend(
        Column::ALL
            .iter()
            .skip_while(|c| **c != Guess)
            .map(|c| (*c as u8, 0)),
    );
    for s in 1..=8 {
        all.extend([(Guess as u8, s), (Guess as u8, -s)]);
    }
    for c in [GuessAlike, GuessRun] {
        all.extend([-2, -1, 1, 2].map(|s| (c as u8, s)));
    }
    all
}

fn inner(page: &Page, folds: u64) -> usize {
    if page.kind == "sentences" {
        return language_part(language(&page.lang), folds);
    }
    ((number(&page.site) >> 20) % folds) as usize
}

/// The number of a language, by two letters or three.
fn language(code: &str) -> u32 {
    number(super::augment::three_letters(code)) as u32
}

fn language_part(language: u32, folds: u64) -> usize {
    ((language as u64 >> 8) % folds) as usize
}

/// Grows all from the pages; `examples` are those pages' lines.
pub fn fit(pages: &[&Page], examples: &[&[Example]], functions: &[u8], plan: &Plan) -> Grown {
    let linear = linear::Settings::default();
    // A phrase of another program is no page's line, but what a page in its language may say: it counts little.
    let said: Vec<Example> = plan
        .said
        .iter()
        .map(|(_, site, features)| Example {
            features: features.clone(),
            wanted: false,
            weight: 0.1,
            site: *site as u32,
            program: true,
        })
        .collect();
    let all = |skip: Option<usize>| -> Vec<u8> {
        let some: Vec<&Example> = pages
            .iter()
            .zip(examples)
            .filter(|(p, _)| {
                (!p.made || p.kind == "sentences") && skip != Some(inner(p, plan.inner))
            })
            .flat_map(|(_, e)| e.iter())
            // Of the languages of a part that is to be judged, no phrase may be known.
            .chain(
                said.iter()
                    .filter(|e| skip != Some(language_part(e.site, plan.inner))),
            )
            .collect();
        linear::grow(&some, &linear)
    };
    let mut tables: Vec<Vec<u8>> = (0..=plan.inner as usize)
        .into_par_iter()
        .map(|j| all((j < plan.inner as usize).then_some(j)))
        .collect();
    let phrases = tables.pop().unwrap_or_default();
    // Leaked once a fit: the tables are small and the program ends soon.
    let tables: &'static [Vec<u8>] = tables.leak();
    let mut measured = measure(pages, functions, |p| {
        if p.masked {
            &[]
        } else {
            &tables[inner(p, plan.inner)]
        }
    });
    let matrix = measured.matrix();
    let features = first_features();
    let mut seen: Vec<Vec<f32>> = vec![Vec::new(); pages.len()];
    for j in 0..plan.inner as usize {
        let rows = measured.rows(plan, |p| inner(p, plan.inner) != j);
        let trees = boost::grow(&matrix, &rows, &features, &plan.first);
        let looks = measured.look(&matrix, &trees, |p| inner(p, plan.inner) == j);
        for (all, look) in seen.iter_mut().zip(looks) {
            if !look.is_empty() {
                *all = look;
            }
        }
    }
    let rows = measured.rows(plan, |_| true);
    let first = boost::grow(&matrix, &rows, &features, &plan.first);
    measured.guess(&seen);
    let matrix = measured.matrix();
    let second = boost::grow(&matrix, &rows, &second_features(), &plan.second);
    Grown {
        phrases,
        first,
        second,
    }
}

/// Probabilities of the lines of each page, by one look.
pub type Looks = Vec<Vec<f32>>;

/// First and second look at pages.
pub fn predict(pages: &[&Page], functions: &[u8], grown: &Grown) -> (Looks, Looks, Looks) {
    let phrases: &'static [u8] = Box::leak(grown.phrases.clone().into_boxed_slice());
    let mut measured = measure(pages, functions, |_| phrases);
    let matrix = measured.matrix();
    let first = measured.look(&matrix, &grown.first, |_| true);
    measured.guess(&first);
    let matrix = measured.matrix();
    let second = measured.look(&matrix, &grown.second, |_| true);
    let weights = measured
        .lines
        .iter()
        .map(|l| l.iter().map(|l| l.units).collect())
        .collect();
    (first, second, weights)
}

/// The features of phrases.
pub fn said(phrases: &[super::grow_kinds::Phrase]) -> Vec<(Kind, u64, Vec<u32>)> {
    let mut arena = line::Arena::default();
    phrases
        .iter()
        .map(|p| {
            arena.words.clear();
            let l = line::read(&p.text, &mut arena);
            let mut features = Vec::new();
            words::features(&l, &arena.words, |h| features.push(h));
            (p.kind, language(&p.language) as u64, features)
        })
        .collect()
}

/// The features of each line that has a label.
pub fn line_words(pages: &[&Page], labels: &[&[Option<Kind>]]) -> Vec<Vec<Vec<u32>>> {
    let mut arena = line::Arena::default();
    pages
        .iter()
        .zip(labels)
        .map(|(page, labels)| {
            (0..page.lines.len())
                .map(|i| {
                    let mut features = Vec::new();
                    if labels.get(i).is_some_and(|l| l.is_some()) {
                        arena.words.clear();
                        let l = line::read(page.line(i), &mut arena);
                        words::features(&l, &arena.words, |h| features.push(h));
                    }
                    features
                })
                .collect()
        })
        .collect()
}
