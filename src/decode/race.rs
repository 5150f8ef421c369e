//! Readings weighed against each other, a stretch of words at a time: those that fall far behind are given up.

use std::ops::Range;

use super::encoding::Encoding;
use super::model::Model;
use super::multi_byte::{self, MultiByte};
use super::sample::Sample;
use super::single_byte::{SingleByteRun, SingleBytes};
use super::{damaged, hints};

/// What an encoding declared gains: the ratio of right declarations to wrong ones, and that a wrong one that reads as well
/// as the right one does no harm. From the encodings corpus (html-meta, xml-decl).
const DECLARED: u32 = 16 * 16;
/// The share of the text's own cost that it gains besides, as a divisor: a few signs that are not in the encoding do not
/// make a declaration wrong.
const DECLARED_SHARE: u32 = 50;
/// How far behind the best a reading is given up: e^-60 is its chance to be right after all. Without this bound no file of
/// the encodings corpus is read otherwise.
const BEHIND: u32 = 60 * 16;

/// Stretches of words after which encodings that read them alike are told apart, by the language: some 512 bytes.
const NAMED: usize = 5;

/// One of the encodings.
struct Runner {
    encoding: Encoding,
    /// Where it stands among the others: of those that cost the same the first wins.
    rank: usize,
    /// Whether it is declared.
    declared: bool,
    /// What the words weighed so far cost in it.
    cost: u32,
    run: Run,
}

enum Run {
    Single(SingleByteRun),
    Multi(MultiByte),
}

/// Encodings that run against each other over a sample.
pub(crate) struct Race<'a> {
    model: &'a Model,
    sample: &'a Sample,
    singles: SingleBytes<'a>,
    runners: Vec<Runner>,
    /// What UTF-8 with strays costs at least, while it may still win; `None` where it does not run.
    damaged: Option<u32>,
}

/// How a race ended.
pub(crate) struct Finish {
    pub encoding: Encoding,
    /// What the sample costs in it; where the race was not run to the end, what was weighed of it.
    pub cost: u32,
    /// Whether UTF-8 with strays may cost less.
    pub damaged: bool,
}

impl<'a> Race<'a> {
    pub fn new(sample: &'a Sample, declared: &'a [Encoding]) -> Race<'a> {
        let model = Model::get();
        let hints = hints::hints(model, sample);
        let mixed = hints::mixed(sample);
        let singles = SingleBytes::new(model, sample);
        let runner = |(rank, encoding, run)| Runner {
            encoding,
            rank,
            declared: declared.contains(&encoding),
            cost: 0,
            run,
        };
        let single = singles.runs(declared, &hints, mixed);
        let single = single.map(|(rank, encoding, run)| (rank, encoding, Run::Single(run)));
        let multi = multi_byte::runs(model, mixed);
        let multi = multi.map(|(rank, encoding, run)| (rank, encoding, Run::Multi(run)));
        let runners = single.chain(multi).map(runner).collect();
        let mut race = Race {
            model,
            sample,
            singles,
            runners,
            damaged: None,
        };
        race.give_up_the_outdone();
        race
    }

    /// Runs to the end of the sample. The encoding that costs least, and what it costs.
    pub fn run_to_the_end(mut self) -> Option<(Encoding, u32)> {
        for block in self.sample.words.blocks() {
            self.advance(block);
        }
        let first = self.first()?;
        Some((first.encoding, first.cost))
    }

    /// Runs until it is plain how the sample is read. UTF-8 with strays runs as well.
    pub fn run_to_the_last(mut self) -> Option<Finish> {
        self.damaged = Some(damaged::LOST_TEXT);
        for (number, block) in self.sample.words.blocks().into_iter().enumerate() {
            if self.damaged.is_none() && self.one_reading_is_left(number) {
                break;
            }
            self.advance(block);
        }
        self.first()
    }

    /// Whether all that are left read the words alike: the name does not matter, and is plain as well after `blocks`.
    fn one_reading_is_left(&self, blocks: usize) -> bool {
        let reading = |runner: &Runner| match &runner.run {
            Run::Single(run) => Some(run.reading()),
            Run::Multi(_) => None,
        };
        match self.runners.as_slice() {
            [_] => true,
            [first, others @ ..] => {
                blocks >= NAMED
                    && reading(first).is_some()
                    && others.iter().all(|other| reading(other) == reading(first))
            }
            [] => false,
        }
    }

    /// Weighs some words more and gives up what is far behind.
    fn advance(&mut self, words: Range<usize>) {
        self.singles.lay_out(words.end);
        for runner in &mut self.runners {
            runner.cost = match &mut runner.run {
                Run::Single(run) => self.singles.advance(run, words.clone()),
                Run::Multi(run) => run.advance(self.model, self.sample, words.clone()),
            };
        }
        let least = self.least();
        let most = least.saturating_add(BEHIND);
        let gain = gain(least);
        self.runners.retain(|r| {
            let gain = if r.declared { gain } else { 0 };
            r.cost <= most.saturating_add(gain)
        });
        if let Some(damaged) = &mut self.damaged {
            let cost = |number| {
                damaged::at_least(
                    self.sample.words.get(number),
                    self.singles.least_of_ascii(number),
                )
            };
            *damaged += words.map(cost).sum::<u32>();
        }
        self.damaged = self.damaged.filter(|damaged| *damaged <= most);
    }

    /// Gives up encodings that cannot win: another reads the bytes alike, for all their languages, and is met more often.
    fn give_up_the_outdone(&mut self) {
        let mut outdone = vec![false; self.runners.len()];
        for (slot, runner) in outdone.iter_mut().zip(&self.runners) {
            *slot = !runner.declared
                && self
                    .runners
                    .iter()
                    .any(|other| match (&runner.run, &other.run) {
                        (Run::Single(one), Run::Single(other)) => one.is_outdone_by(other),
                        _ => false,
                    });
        }
        let mut outdone = outdone.into_iter();
        self.runners.retain(|_| !outdone.next().unwrap_or(false));
    }

    fn least(&self) -> u32 {
        self.runners.iter().map(|r| r.cost).min().unwrap_or(0)
    }

    fn first(&self) -> Option<Finish> {
        let gain = gain(self.least());
        let costs = self.runners.iter().map(|runner| {
            let cost = runner
                .cost
                .saturating_sub(if runner.declared { gain } else { 0 });
            (cost, runner.rank, runner.encoding)
        });
        let (cost, _, encoding) = costs.min_by_key(|(cost, rank, _)| (*cost, *rank))?;
        Some(Finish {
            encoding,
            cost,
            damaged: self.damaged.is_some(),
        })
    }
}

/// What an encoding declared gains where the best costs `least`.
fn gain(least: u32) -> u32 {
    DECLARED + least / DECLARED_SHARE
}
