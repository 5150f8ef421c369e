//! Readings weighed against each other, a stretch of words at a time: those that fall far behind are given up.

use super::encoding::Encoding;
use super::hints;
use super::model::Model;
use super::multi_byte::{self, MultiByte};
use super::sample::Sample;
use super::single_byte::{SingleByteRun, SingleBytes};

/// What an encoding declared gains: the ratio of right declarations to wrong ones, and that a wrong one that reads as well
/// as the right one does no harm. From the encodings corpus (html-meta, xml-decl).
const DECLARED: u32 = 16 * 16;
/// The share of the text's own cost that it gains besides, as a divisor: a few signs that are not in the encoding do not
/// make a declaration wrong.
const DECLARED_SHARE: u32 = 50;
/// How far behind the best a reading is given up: e^-100 is its chance to be right after all. Without this bound no file of
/// the encodings corpus is read otherwise.
const BEHIND: u32 = 100 * 16;

/// One of the encodings.
struct Runner {
    encoding: Encoding,
    /// Where it stands among the others: of those that cost the same the first wins.
    rank: usize,
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
    declared: &'a [Encoding],
    singles: SingleBytes<'a>,
    runners: Vec<Runner>,
}

impl<'a> Race<'a> {
    pub fn new(sample: &'a Sample, declared: &'a [Encoding]) -> Race<'a> {
        let model = Model::get();
        let hints = hints::hints(model, sample);
        let mixed = hints::mixed(sample);
        let singles = SingleBytes::new(model, sample);
        let mut runners = Vec::new();
        for (rank, encoding, run) in singles.runs(declared, &hints, mixed) {
            runners.push(Runner {
                encoding,
                rank,
                cost: 0,
                run: Run::Single(run),
            });
        }
        for (rank, encoding, run) in multi_byte::runs(model, mixed) {
            runners.push(Runner {
                encoding,
                rank,
                cost: 0,
                run: Run::Multi(run),
            });
        }
        Race {
            model,
            sample,
            declared,
            singles,
            runners,
        }
    }

    /// Runs to the end of the sample. The encoding that costs least, and what it costs.
    pub fn finish(mut self) -> Option<(Encoding, u32)> {
        for block in self.sample.words.blocks() {
            for runner in &mut self.runners {
                runner.cost = match &mut runner.run {
                    Run::Single(run) => self.singles.advance(run, block.clone()),
                    Run::Multi(run) => run.advance(self.model, self.sample, block.clone()),
                };
            }
            let most = self.least().saturating_add(BEHIND);
            let declared = self.declared;
            self.runners
                .retain(|r| r.cost <= most || declared.contains(&r.encoding));
        }
        self.first()
    }

    fn least(&self) -> u32 {
        self.runners.iter().map(|r| r.cost).min().unwrap_or(0)
    }

    fn first(&self) -> Option<(Encoding, u32)> {
        let gain = DECLARED + self.least() / DECLARED_SHARE;
        let costs = self.runners.iter().map(|runner| {
            let declared = self.declared.contains(&runner.encoding);
            let cost = runner.cost.saturating_sub(if declared { gain } else { 0 });
            (cost, runner.rank, runner.encoding)
        });
        costs
            .min_by_key(|(cost, rank, _)| (*cost, *rank))
            .map(|(cost, _, encoding)| (encoding, cost))
    }
}
