//! The tables, and a page's way through them.

use std::ops::Range;
use std::sync::LazyLock;

use super::columns::Page;
use super::decide::{self, Cut};
use super::guess;
use super::kinds::{Kind, Kinds, Run};
use super::page::{Knowledge, Lines};
use super::trees::{Forest, LANES, WIDE, probability};
use super::words::Weights;
use crate::tables::boilerplate as tables;

/// What was grown.
#[derive(Clone, Debug)]
pub struct Model<'a> {
    /// What words say.
    pub know: Knowledge<'a>,
    /// The first look.
    pub first: Forest,
    /// The second.
    pub second: Forest,
    /// What kinds are told by.
    pub kinds: Kinds<'a>,
}

/// What is said of a paragraph.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Verdict {
    /// How likely it is what a reader came for.
    pub wanted: f32,
    /// The kind of boilerplate, where it goes.
    pub kind: Option<Kind>,
}

/// Memory that is used again for each document.
#[derive(Default)]
pub struct Scratch {
    page: Page,
    lines: Lines,
    guess: guess::Memory,
    weights: Vec<f32>,
    order: Vec<u64>,
    wanted: Vec<f32>,
    run: Run,
    verdicts: Vec<Verdict>,
}

/// Up to this probability, and from 1 minus it on, sixteen lines in a row are not looked at again.
const SETTLED: f32 = 0.05;

static BUILT_IN: LazyLock<Model<'static>> = LazyLock::new(|| {
    Model::new(
        tables::PHRASES,
        tables::FOLLOW,
        tables::LEAD,
        tables::FUNCTIONS,
        tables::FIRST,
        tables::SECOND,
        Kinds {
            words: Weights::new(tables::KIND_WORDS),
            shapes: &tables::KIND_SHAPES,
            stay: &tables::KIND_STAY,
        },
    )
});

impl Model<'static> {
    /// The one that comes with the program.
    pub fn built_in() -> &'static Model<'static> {
        &BUILT_IN
    }
}

impl<'a> Model<'a> {
    /// From tables as the trainer writes them.
    pub fn new(
        phrases: &'a [u8],
        follow: &'a [u8],
        lead: &'a [u8],
        functions: &'a [u8],
        first: &'a [u8],
        second: &'a [u8],
        kinds: Kinds<'a>,
    ) -> Model<'a> {
        Model {
            know: Knowledge {
                phrases: Weights::new(phrases),
                follow: Weights::new(follow),
                lead: Weights::new(lead),
                functions: Weights::new(functions),
            },
            first: Forest::new(first),
            second: Forest::new(second),
            kinds,
        }
    }

    /// Judges the paragraphs of a text, each a range of its bytes. What stays makes the best page that can be expected;
    /// `part` says what recall counts beside precision (see [`decide::cut`]; at 0.5 as much).
    pub fn judge<'s>(
        &self,
        text: &str,
        paragraphs: &[Range<usize>],
        part: f32,
        scratch: &'s mut Scratch,
    ) -> &'s [Verdict] {
        let s = scratch;
        s.lines.measure(text, paragraphs, self.know, &mut s.page);
        look(&self.first, &s.page, &mut s.wanted, |_| true);
        if decide::is_plain(&s.wanted, part) {
            self.name(&Cut::NOTHING, s);
            return &s.verdicts;
        }
        guess::fill(
            &s.lines.lines,
            &s.lines.arena.words,
            &s.wanted,
            &mut s.guess,
            &mut s.page,
        );
        let settled =
            |p: &[f32]| p.iter().all(|p| *p < SETTLED) || p.iter().all(|p| *p > 1.0 - SETTLED);
        look(&self.second, &s.page, &mut s.wanted, |block| {
            !settled(block)
        });
        s.weights.clear();
        s.weights.extend(s.lines.lines.iter().map(|l| l.units));
        let cut = decide::cut(&s.wanted, &s.weights, part, &mut s.order);
        self.name(&cut, s);
        &s.verdicts
    }

    fn name(&self, cut: &Cut, s: &mut Scratch) {
        let verdict = |wanted: &f32| Verdict {
            wanted: *wanted,
            kind: None,
        };
        s.verdicts.clear();
        s.verdicts.extend(s.wanted.iter().map(verdict));
        let lines = &s.lines.lines;
        let mut name = |i: usize, kind| s.verdicts[i].kind = Some(kind);
        for (i, (line, wanted)) in lines.iter().zip(&s.wanted).enumerate() {
            if !cut.keeps(i, *wanted) && line.visible > 0 {
                let votes = self.kinds.votes(&s.page, i, s.lines.features(i));
                s.run.push(&votes, self.kinds.stay);
            } else {
                s.run.end(i, &mut name);
            }
        }
        s.run.end(lines.len(), name);
    }
}

/// Asks the trees about every block of lines of which `ask` says so; the others' probabilities stay.
fn look(forest: &Forest, page: &Page, wanted: &mut Vec<f32>, ask: impl Fn(&[f32]) -> bool) {
    wanted.resize(page.lines(), 0.5);
    let mut at = 0;
    while let Some(rest) = wanted.get_mut(at..).filter(|rest| !rest.is_empty()) {
        let asked = rest.chunks(LANES).take(WIDE / LANES).take_while(|b| ask(b));
        let blocks = asked.count();
        let lines = (blocks.max(1) * LANES).min(rest.len());
        let some = rest.get_mut(..lines).unwrap_or_default();
        match blocks {
            0 => {}
            1 => block::<LANES>(forest, page, at, some),
            2 => block::<{ 2 * LANES }>(forest, page, at, some),
            _ => block::<WIDE>(forest, page, at, some),
        }
        at += lines;
    }
}

/// The probabilities of up to `N` lines from `start` on.
fn block<const N: usize>(forest: &Forest, page: &Page, start: usize, wanted: &mut [f32]) {
    let mut sums = [[0; LANES]; WIDE / LANES];
    let used = wanted.len().div_ceil(LANES);
    let sums = sums.get_mut(..used).unwrap_or_default();
    forest.add::<N>(page, start, sums);
    for (p, sum) in wanted.iter_mut().zip(sums.as_flattened()) {
        *p = probability(*sum);
    }
}
