//! From text to features with weights: the long part.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::time::Instant;

use crate::corpus::{self, Shard};
use crate::learn::{self, note};
use crate::letters::SCRIPTS;
use crate::pack::Trained;
use crate::recipe;
use crate::select::{self, Features};

/// Learns the weights of all labels. Two threads: the script with the most labels on one, all others on the other, so
/// that the outcome does not depend on their pace.
pub fn grow(train: &Path, labels: &[String], extra: &HashMap<String, Vec<String>>) -> Vec<Trained> {
    let start = Instant::now();
    let mut by_script: BTreeMap<u8, Vec<String>> = BTreeMap::new();
    for l in labels {
        by_script
            .entry(corpus::script_number(l))
            .or_default()
            .push(l.clone());
    }
    let most = by_script
        .iter()
        .max_by_key(|s| s.1.len())
        .map_or(0, |s| *s.0);
    let (large, small): (Vec<_>, Vec<_>) = by_script.into_iter().partition(|s| s.0 == most);
    let prepare = |(script, labels): (u8, Vec<String>)| {
        let shard = corpus::load(train, script, labels, extra);
        let features = select::candidates(&shard, &recipe::options(script), recipe::LEAST);
        note(&format!(
            "{}: {} labels, {} words, {} candidates, {:.0} s",
            SCRIPTS[script as usize - 1],
            shard.labels.len(),
            shard.word_count(),
            features.len(),
            start.elapsed().as_secs_f32()
        ));
        (shard, features)
    };
    let (large, small) = both(large, small, &prepare);
    let least = threshold(large.iter().chain(&small).map(|p| &p.1).collect());
    let (large, mut all) = both(large, small, &|(shard, features)| {
        learn_one(shard, &features.prune(least))
    });
    all.extend(large);
    all
}

/// Does one list on a thread of its own and the other here.
fn both<A: Send, B: Send>(
    one: Vec<A>,
    other: Vec<A>,
    f: &(impl Fn(A) -> B + Sync),
) -> (Vec<B>, Vec<B>) {
    std::thread::scope(|s| {
        let one = s.spawn(|| one.into_iter().map(f).collect::<Vec<_>>());
        let other = other.into_iter().map(f).collect();
        match one.join() {
            Ok(one) => (one, other),
            Err(panic) => std::panic::resume_unwind(panic),
        }
    })
}

/// The value that an entry must have for all tables to fit the budget.
fn threshold(features: Vec<&Features>) -> f32 {
    let (mut low, mut high) = (recipe::LEAST, 1e-2f32);
    for _ in 0..30 {
        let middle = (low * high).sqrt();
        let bytes: f64 = features.iter().map(|f| f.bytes_above(middle)).sum();
        if bytes > recipe::BUDGET {
            low = middle
        } else {
            high = middle
        }
    }
    high
}

fn learn_one(shard: Shard, chosen: &Features) -> Trained {
    let mut features = chosen.clone();
    let o = recipe::learning(shard.script, shard.labels.len());
    let name = SCRIPTS[shard.script as usize - 1];
    let words = features.is_word.iter().filter(|w| **w).count();
    note(&format!(
        "{name}: {} words, {} n-grams, {} weights",
        words,
        features.len() - words,
        features.label.len()
    ));
    let bias = if shard.labels.len() > 1 {
        let look = learn::lookup(&shard, &features, o.min_order, o.max_order);
        learn::learn(&shard, &mut features, &look, &o, name)
    } else {
        vec![0.0]
    };
    Trained {
        script: shard.script,
        labels: shard.labels,
        bias,
        features,
        min_order: o.min_order,
        max_order: o.max_order,
    }
}
