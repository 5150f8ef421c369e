//! The tables, and a page's way through them.

use std::ops::Range;
use std::sync::LazyLock;

use multiversion::multiversion;

use super::columns::Page;
use super::decide::{self, Cut};
use super::guess;
use super::kinds::{Kind, Kinds, Run};
use super::page::{Knowledge, Lines};
use super::trees::{Forest, Sums, probability};
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
    asked: Vec<Range<usize>>,
    sums: Sums,
    run: Run,
    verdicts: Vec<Verdict>,
}

/// Lines in a row that are looked at again, or not, together.
const BLOCK: usize = 16;
/// Up to this probability, and from 1 minus it on, such lines are not looked at again.
const SETTLED: f32 = 0.05;

static BUILT_IN: LazyLock<Model<'static>> = LazyLock::new(|| {
    Model::new(
        tables::PHRASES,
        tables::FOLLOW,
        tables::FUNCTIONS,
        tables::FIRST,
        tables::SECOND,
        Kinds::new(
            Weights::new(tables::KIND_WORDS),
            &tables::KIND_SHAPES,
            &tables::KIND_STAY,
        ),
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
        functions: &'a [u8],
        first: &'a [u8],
        second: &'a [u8],
        kinds: Kinds<'a>,
    ) -> Model<'a> {
        Model {
            know: Knowledge {
                phrases: Weights::new(phrases),
                follow: Weights::new(follow),
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
        let all = 0..s.page.lines();
        let all = std::slice::from_ref(&all);
        look(&self.first, &s.page, all, &mut s.wanted, &mut s.sums);
        if decide::is_plain(&s.wanted, part) {
            name(&self.kinds, &Cut::NOTHING, s);
            return &s.verdicts;
        }
        unsettled(&s.wanted, &mut s.asked);
        if !s.asked.is_empty() {
            guess::fill(&s.lines.lines, &s.wanted, &mut s.guess, &mut s.page);
            look(&self.second, &s.page, &s.asked, &mut s.wanted, &mut s.sums);
        }
        s.weights.clear();
        s.weights.extend(s.lines.lines.iter().map(|l| l.units));
        let cut = decide::cut(&s.wanted, &s.weights, part, &mut s.order);
        name(&self.kinds, &cut, s);
        &s.verdicts
    }
}

/// Names the kinds of the lines that go.
#[multiversion(targets("x86_64+avx2"))]
fn name(kinds: &Kinds, cut: &Cut, s: &mut Scratch) {
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
            let votes = kinds.votes(&s.page, i, s.lines.features(i));
            s.run.push(&votes, kinds);
        } else {
            s.run.end(i, &mut name);
        }
    }
    s.run.end(lines.len(), name);
}

/// The stretches of lines that are to be looked at again.
fn unsettled(wanted: &[f32], to: &mut Vec<Range<usize>>) {
    let settled =
        |p: &[f32]| p.iter().all(|p| *p < SETTLED) || p.iter().all(|p| *p > 1.0 - SETTLED);
    to.clear();
    for (start, block) in (0..).step_by(BLOCK).zip(wanted.chunks(BLOCK)) {
        if settled(block) {
            continue;
        }
        let end = start + block.len();
        match to.last_mut().filter(|last| last.end == start) {
            Some(last) => last.end = end,
            None => to.push(start..end),
        }
    }
}

/// Asks the trees about stretches of lines; the others' probabilities stay.
fn look(
    forest: &Forest,
    page: &Page,
    asked: &[Range<usize>],
    wanted: &mut Vec<f32>,
    sums: &mut Sums,
) {
    wanted.resize(page.lines(), 0.5);
    for lines in asked {
        forest.add(page, lines.clone(), sums);
        let wanted = wanted.get_mut(lines.clone()).unwrap_or_default();
        for (p, sum) in wanted.iter_mut().zip(sums.of_lines()) {
            *p = probability(*sum);
        }
    }
}
