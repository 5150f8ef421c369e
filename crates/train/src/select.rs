//! Which words and n-grams are worth their bytes, and for which languages.

use cleanfilter::identify::ngram::table::ROW_LENGTHS;
use cleanfilter::identify::ngram::words::Word;

use crate::corpus::Shard;

pub struct Options {
    pub min_order: usize,
    pub max_order: usize,
    /// Share of the mean probability that counts as "not this language".
    pub floor: f32,
    /// Pseudo-count of a label.
    pub pseudo: f32,
    /// What an n-gram's nat is worth beside a word's.
    pub gram_worth: f32,
    /// Exponent on the count of a word within its n-grams.
    pub soft: f32,
}

/// Features with sparse rows.
#[derive(Clone, Default)]
pub struct Features {
    pub hash: Vec<u64>,
    pub is_word: Vec<bool>,
    /// Where each row begins; one more at the end.
    pub at: Vec<u32>,
    pub label: Vec<u8>,
    pub weight: Vec<f32>,
    pub value: Vec<f32>,
}

impl Features {
    pub fn new() -> Self {
        Features {
            at: vec![0],
            ..Default::default()
        }
    }
    pub fn len(&self) -> usize {
        self.hash.len()
    }
    pub fn row(&self, f: usize) -> std::ops::Range<usize> {
        self.at[f] as usize..self.at[f + 1] as usize
    }
    /// Bytes that the rows take in the table when entries of less value than `least` are left out.
    pub fn bytes_above(&self, least: f32) -> f64 {
        let mut bytes = 0.0;
        for f in 0..self.len() {
            let (mut n, mut sum) = (0usize, 0.0);
            for e in self.row(f) {
                if self.value[e] >= least {
                    n += 1;
                    sum += self.value[e];
                }
            }
            if n > 0 && sum >= least * (n as f32 + HEAD / 2.0) {
                bytes += HEAD as f64 + 2.0 * round_length(n) as f64;
            }
        }
        bytes
    }
    /// Leaves out entries of less value than `least`.
    pub fn prune(&self, least: f32) -> Features {
        let mut out = Features::new();
        let mut row: Vec<usize> = Vec::new();
        for f in 0..self.len() {
            row.clear();
            row.extend(self.row(f).filter(|&e| self.value[e] >= least));
            let sum: f32 = row.iter().map(|&e| self.value[e]).sum();
            if row.is_empty() || sum < least * (row.len() as f32 + HEAD / 2.0) {
                continue;
            }
            row.sort_by(|&a, &b| self.value[b].total_cmp(&self.value[a]).then(a.cmp(&b)));
            row.truncate(round_length(row.len()));
            row.sort();
            out.hash.push(self.hash[f]);
            out.is_word.push(self.is_word[f]);
            for &e in &row {
                out.label.push(self.label[e]);
                out.weight.push(self.weight[e]);
                out.value.push(self.value[e]);
            }
            out.at.push(out.label.len() as u32);
        }
        out
    }
}

/// Bytes of a feature beside its row: 2 of hash, and its share of the bucket's offset and count.
pub const HEAD: f32 = 2.9;

/// The longest row length that can be said and is not longer.
pub fn round_length(n: usize) -> usize {
    ROW_LENGTHS
        .iter()
        .copied()
        .filter(|&l| l <= n)
        .max()
        .unwrap_or(0)
}

struct Row<'a> {
    o: &'a Options,
    totals: &'a [f32],
    scratch: Vec<(f32, u8, f32)>,
    dense: Vec<f32>,
}

impl Row<'_> {
    /// The entries of a feature from its counts per label.
    fn add(
        &mut self,
        out: &mut Features,
        hash: u64,
        is_word: bool,
        counts: &[(u8, f32)],
        worth: f32,
        least: f32,
    ) {
        let n = self.totals.len() as f32;
        let mean: f32 = counts
            .iter()
            .map(|&(l, c)| c / self.totals[l as usize])
            .sum::<f32>()
            / n;
        self.dense.clear();
        self.dense.resize(self.totals.len(), 0.0);
        for &(l, c) in counts {
            let t = self.totals[l as usize];
            self.dense[l as usize] =
                (1.0 + (c / t) / (self.o.floor * mean + self.o.pseudo / t)).ln();
        }
        let shift = if counts.len() * 2 > self.totals.len() {
            let mut sorted = self.dense.clone();
            sorted.sort_by(f32::total_cmp);
            sorted[sorted.len() / 2]
        } else {
            0.0
        };
        self.scratch.clear();
        let at = |l: usize| {
            counts
                .iter()
                .find(|c| c.0 as usize == l)
                .map_or(0.0, |c| c.1 / self.totals[l])
        };
        if shift == 0.0 {
            for &(l, c) in counts {
                let w = self.dense[l as usize];
                self.scratch.push((
                    (c / self.totals[l as usize] + 0.5 * mean) * w.abs() * worth,
                    l,
                    w,
                ));
            }
        } else {
            for l in 0..self.totals.len() {
                let w = self.dense[l] - shift;
                self.scratch
                    .push(((at(l) + 0.5 * mean) * w.abs() * worth, l as u8, w));
            }
        }
        self.scratch.retain(|s| s.0 >= least);
        let sum: f32 = self.scratch.iter().map(|s| s.0).sum();
        if self.scratch.is_empty() || sum < least * (self.scratch.len() as f32 + HEAD / 2.0) {
            return;
        }
        out.hash.push(hash);
        out.is_word.push(is_word);
        for &(v, l, w) in &self.scratch {
            out.label.push(l);
            out.weight.push(w);
            out.value.push(v);
        }
        out.at.push(out.label.len() as u32);
    }
}

/// Candidates with a value of `least` and more.
pub fn candidates(shard: &Shard, o: &Options, least: f32) -> Features {
    let mut out = Features::new();
    let n = shard.labels.len();
    // (word, label) counts.
    let mut pairs: Vec<u64> = Vec::new();
    for (l, s) in shard.streams.iter().enumerate() {
        pairs.extend(s.iter().map(|&w| (w as u64) << 8 | l as u64));
    }
    pairs.sort_unstable();
    let mut counts: Vec<(u32, u8, f32)> = Vec::new();
    for p in &pairs {
        let (w, l) = ((p >> 8) as u32, *p as u8);
        match counts.last_mut() {
            Some(last) if last.0 == w && last.1 == l => last.2 += 1.0,
            _ => counts.push((w, l, 1.0)),
        }
    }
    drop(pairs);
    let mut word = Word::default();
    let totals: Vec<f32> = shard
        .streams
        .iter()
        .map(|s| s.len().max(1) as f32)
        .collect();
    let mut row = Row {
        o,
        totals: &totals,
        scratch: Vec::new(),
        dense: Vec::new(),
    };
    let mut list: Vec<(u8, f32)> = Vec::new();
    let mut i = 0;
    while i < counts.len() {
        let w = counts[i].0;
        list.clear();
        while i < counts.len() && counts[i].0 == w {
            list.push((counts[i].1, counts[i].2));
            i += 1;
        }
        let total: f32 = list.iter().map(|c| c.1).sum();
        if total >= 3.0 && n > 1 {
            shard.load(w as usize, &mut word);
            row.add(&mut out, word.whole(), true, &list, 1.0, least);
        }
    }
    let soft: Vec<f32> = counts.iter().map(|c| c.2.powf(o.soft)).collect();
    let mut totals = vec![1.0f32; n];
    for (c, s) in counts.iter().zip(&soft) {
        totals[c.1 as usize] += s;
    }
    let mut row = Row {
        o,
        totals: &totals,
        scratch: Vec::new(),
        dense: Vec::new(),
    };
    const PASSES: u64 = 8;
    let mut tuples: Vec<(u64, u8, f32)> = Vec::new();
    let mut hashes: Vec<u64> = Vec::new();
    for pass in 0..PASSES {
        tuples.clear();
        let mut i = 0;
        while i < counts.len() {
            let w = counts[i].0;
            shard.load(w as usize, &mut word);
            hashes.clear();
            grams(&word, o.min_order, o.max_order, |h| {
                if h >> 61 == pass {
                    hashes.push(h);
                }
            });
            hashes.sort_unstable();
            hashes.dedup();
            while i < counts.len() && counts[i].0 == w {
                for &h in &hashes {
                    tuples.push((h, counts[i].1, soft[i]));
                }
                i += 1;
            }
        }
        tuples.sort_unstable_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)).then(a.2.total_cmp(&b.2)));
        let mut i = 0;
        while i < tuples.len() {
            let h = tuples[i].0;
            list.clear();
            let mut types = 0;
            while i < tuples.len() && tuples[i].0 == h {
                match list.last_mut() {
                    Some(last) if last.0 == tuples[i].1 => last.1 += tuples[i].2,
                    _ => list.push((tuples[i].1, tuples[i].2)),
                }
                types += 1;
                i += 1;
            }
            if types >= 3 {
                row.add(&mut out, h, false, &list, o.gram_worth, least);
            }
        }
    }
    out
}

/// The n-gram hashes of a word, in the runtime's order.
pub fn grams(word: &Word, min: usize, max: usize, mut f: impl FnMut(u64)) {
    for order in min..=max {
        word.hashes(order).for_each(&mut f);
    }
}
