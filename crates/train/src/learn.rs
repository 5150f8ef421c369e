//! Weights by softmax regression on cuts of 1 to 30 words.

use std::collections::HashMap;

use cleanfilter::identify::ngram::scores::exp;
use cleanfilter::identify::ngram::words::Word;

use crate::corpus::Shard;
use crate::select::{Features, grams};

pub struct Rng(pub u64);

impl Rng {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }
    pub fn below(&mut self, n: usize) -> usize {
        (((self.next() >> 32) * n as u64) >> 32) as usize
    }
    pub fn unit(&mut self) -> f32 {
        (self.next() >> 40) as f32 / (1u64 << 24) as f32
    }
}

pub struct Learn {
    pub examples: usize,
    pub epochs: usize,
    pub rate: f32,
    pub decay: f32,
    pub word_dropout: f32,
    /// Exponent on the size of a label when labels are drawn.
    pub size_power: f32,
    pub start: f32,
    /// Share of examples that are whole lines, of labels drawn evenly.
    pub natural: f32,
    pub min_order: usize,
    pub max_order: usize,
}

/// Per word: the feature of the whole word (or none) and those of its n-grams.
pub struct Lookup {
    pub whole: Vec<u32>,
    pub at: Vec<u32>,
    pub grams: Vec<u32>,
}

pub fn lookup(shard: &Shard, features: &Features, min: usize, max: usize) -> Lookup {
    let mut ids: HashMap<u64, u32> = HashMap::with_capacity(features.len());
    for (i, &h) in features.hash.iter().enumerate() {
        ids.insert(h, i as u32);
    }
    let mut out = Lookup {
        whole: Vec::new(),
        at: vec![0],
        grams: Vec::new(),
    };
    let mut word = Word::default();
    for w in 0..shard.word_count() {
        shard.load(w, &mut word);
        out.whole
            .push(ids.get(&word.whole()).copied().unwrap_or(u32::MAX));
        grams(&word, min, max, |h| {
            if let Some(&id) = ids.get(&h) {
                out.grams.push(id);
            }
        });
        out.at.push(out.grams.len() as u32);
    }
    out
}

/// Learns; returns the labels' biases. `value` becomes each entry's use.
pub fn learn(
    shard: &Shard,
    features: &mut Features,
    look: &Lookup,
    o: &Learn,
    name: &str,
) -> Vec<f32> {
    let n = shard.labels.len();
    let mut bias = vec![0.0f32; n];
    let mut bias_g = vec![1e-2f32; n];
    for w in &mut features.weight {
        *w *= o.start;
    }
    // Weight and sum of squared gradients side by side: one line of cache for both.
    let mut entries: Vec<(f32, f32)> = features.weight.iter().map(|&w| (w, 1e-2)).collect();
    let mass: Vec<f32> = shard
        .streams
        .iter()
        .map(|s| (s.len() as f32).powf(o.size_power))
        .collect();
    let mut cumulative: Vec<f32> = Vec::new();
    let mut sum = 0.0;
    for m in &mass {
        sum += m;
        cumulative.push(sum);
    }
    let mut rng = Rng(1);
    let mut acc = vec![0.0f32; n];
    let mut active: Vec<u32> = Vec::new();
    for epoch in 0..o.epochs {
        let last = epoch + 1 == o.epochs;
        let mut loss = 0.0f64;
        for example in 0..o.examples {
            let done = epoch as f32 + example as f32 / o.examples as f32;
            let rate = o.rate * (1.0 - done / o.epochs as f32);
            let natural = rng.unit() < o.natural;
            let label = if natural {
                rng.below(n)
            } else {
                let r = rng.unit() * sum;
                cumulative.partition_point(|&c| c < r).min(n - 1)
            };
            let stream = &shard.streams[label];
            if stream.is_empty() {
                continue;
            }
            let cut = if natural {
                let lines = &shard.lines[label];
                let line = rng.below(lines.len() - 1);
                let (a, b) = (lines[line] as usize, lines[line + 1] as usize);
                &stream[a..b.min(a + 40)]
            } else {
                draw(&mut rng, stream, &shard.lines[label])
            };
            active.clear();
            for &w in cut {
                let w = w as usize;
                let whole = look.whole[w];
                if whole != u32::MAX && (last || rng.unit() >= o.word_dropout) {
                    active.push(whole);
                } else if active.last() != Some(&whole) {
                    // A word said twice in a row is not taken for unknown the second time.
                    active.extend(&look.grams[look.at[w] as usize..look.at[w + 1] as usize]);
                }
            }
            acc.copy_from_slice(&bias);
            for &f in &active {
                for e in features.row(f as usize) {
                    acc[features.label[e] as usize] += entries[e].0;
                }
            }
            let max = acc.iter().copied().fold(f32::MIN, f32::max);
            let mut z = 0.0;
            for a in &mut acc {
                *a = exp(*a - max);
                z += *a;
            }
            loss -= ((acc[label] / z).max(1e-9) as f64).ln();
            for a in &mut acc {
                *a /= z;
            }
            acc[label] -= 1.0;
            // acc is the gradient now.
            if acc[label] > -0.002 {
                continue;
            }
            for &f in &active {
                for e in features.row(f as usize) {
                    let g = acc[features.label[e] as usize];
                    if g.abs() > 1e-4 {
                        let (w, g2) = &mut entries[e];
                        *g2 += g * g;
                        *w -= rate * (g + o.decay * *w) / g2.sqrt();
                    }
                }
            }
            for l in 0..n {
                let g = acc[l];
                bias_g[l] += g * g;
                bias[l] -= 0.3 * rate * g / bias_g[l].sqrt();
            }
        }
        for (w, e) in features.weight.iter_mut().zip(&entries) {
            *w = e.0;
        }
        let (held, one) = held_accuracy(shard, features, look, &bias);
        note(&format!(
            "{name} epoch {epoch}: loss {:.4}, held-out {:.2}% of lines, {:.2}% of words",
            loss / o.examples as f64,
            held * 100.0,
            one * 100.0
        ));
    }
    bias
}

fn draw<'a>(rng: &mut Rng, stream: &'a [u32], lines: &[u32]) -> &'a [u32] {
    let r = rng.unit();
    let want = if r < 0.25 {
        1
    } else if r < 0.5 {
        2 + rng.below(2)
    } else if r < 0.75 {
        4 + rng.below(4)
    } else if r < 0.9 {
        8 + rng.below(8)
    } else {
        16 + rng.below(15)
    };
    // Half by line, half by word, so that short lines count and long ones too.
    let line = if rng.unit() < 0.5 {
        rng.below(lines.len() - 1)
    } else {
        let at = rng.below(stream.len()) as u32;
        lines.partition_point(|&s| s <= at) - 1
    };
    let (a, b) = (lines[line] as usize, lines[line + 1] as usize);
    let length = b - a;
    if length <= want {
        return &stream[a..b];
    }
    let at = a + rng.below(length - want + 1);
    &stream[at..at + want]
}

fn best(
    features: &Features,
    look: &Lookup,
    bias: &[f32],
    words: &[u32],
    acc: &mut Vec<f32>,
) -> usize {
    acc.clear();
    acc.extend_from_slice(bias);
    for &w in words {
        let w = w as usize;
        let whole = look.whole[w];
        let grams = &look.grams[look.at[w] as usize..look.at[w + 1] as usize];
        let known = whole != u32::MAX;
        let wanted = if known { 0 } else { grams.len() };
        for f in known
            .then_some(whole)
            .into_iter()
            .chain(grams.iter().copied().take(wanted))
        {
            for e in features.row(f as usize) {
                acc[features.label[e] as usize] += features.weight[e];
            }
        }
    }
    (0..acc.len())
        .max_by(|&a, &b| acc[a].total_cmp(&acc[b]))
        .unwrap_or(0)
}

/// Accuracy over labels on held-out lines, and on one word of each.
pub fn held_accuracy(
    shard: &Shard,
    features: &Features,
    look: &Lookup,
    bias: &[f32],
) -> (f64, f64) {
    let (mut sum, mut sum1, mut n) = (0.0, 0.0, 0);
    let mut acc = Vec::new();
    for (l, held) in shard.held.iter().enumerate() {
        if held.is_empty() {
            continue;
        }
        let right = held
            .iter()
            .filter(|h| best(features, look, bias, h, &mut acc) == l)
            .count();
        let one = held
            .iter()
            .enumerate()
            .filter(|(i, h)| {
                let w = h[i % h.len()];
                best(features, look, bias, &[w], &mut acc) == l
            })
            .count();
        sum += right as f64 / held.len() as f64;
        sum1 += one as f64 / held.len() as f64;
        n += 1;
    }
    (sum / n as f64, sum1 / n as f64)
}

#[allow(clippy::print_stderr)]
pub fn note(s: &str) {
    eprintln!("{s}");
}
