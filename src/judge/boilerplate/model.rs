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
        if stands_alone(&s.verdicts, part) {
            s.verdicts.iter_mut().for_each(|v| v.kind = None);
        }
        &s.verdicts
    }
}

/// A line is surely around the text where it is less likely wanted than this part of the setting ...
const SURE: f32 = 0.1;
/// ... or than this one, where it is of a [kind that its words tell](Kind::has_its_words).
const SURE_BY_WORDS: f32 = 0.4;
/// As many lines, where none is sure, are sure together.
const MANY: f32 = 4.0;

/// Whether a page has nothing around its text, by what would go: none of these lines surely is, and fewer than [`MANY`] are
/// expected to be. What is in doubt there is the text's own: a cast, a set list, a letter's greeting, settings in a file.
/// Of 59 texts that stand alone, written to try it, lines lost fall from 7.3 to 3.0 in a hundred; of 64 with a menu or a
/// footer, lines of these that stay rise from 14.8 to 16.5.
fn stands_alone(verdicts: &[Verdict], part: f32) -> bool {
    let mut expected = 0.0;
    verdicts.iter().all(|verdict| {
        let Some(kind) = verdict.kind else {
            return true;
        };
        expected += 1.0 - verdict.wanted;
        let sure = if kind.has_its_words() {
            SURE_BY_WORDS
        } else {
            SURE
        };
        verdict.wanted >= sure * part && expected < MANY
    })
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_few_lines_in_doubt_stay_where_none_is_surely_around_the_text() {
        let verdict = |wanted, kind| Verdict { wanted, kind };
        let mut page = vec![verdict(0.98, None); 20];
        page[16..].fill(verdict(0.1, Some(Kind::Tags)));
        assert!(stands_alone(&page, 0.5));
        page[15] = verdict(0.1, Some(Kind::Tags));
        assert!(!stands_alone(&page, 0.5));
        page[14..].fill(verdict(0.98, None));
        page[19] = verdict(0.04, Some(Kind::Tags));
        assert!(!stands_alone(&page, 0.5));
        page[19] = verdict(0.1, Some(Kind::Share));
        assert!(!stands_alone(&page, 0.5));
    }
}
