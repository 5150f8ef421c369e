//! What words say: a logistic model over numbered words and pairs, kept as a table of small weights.

use std::collections::HashMap;

use cleanfilter::judge::boilerplate::words::check;

/// A line as the model sees it.
#[derive(Clone)]
pub struct Example {
    /// Numbers of its features.
    pub features: Vec<u32>,
    /// What its words are to say: 1 for wanted, 0 for not.
    pub wanted: f32,
    /// How much it counts.
    pub weight: f32,
    /// Number of its site: a feature must be seen on several.
    pub site: u32,
    /// A program's phrase.
    pub program: bool,
}

/// Settings of the model.
pub struct Settings {
    /// A feature must be seen on so many sites.
    pub min_sites: u32,
    /// Passes over the examples.
    pub epochs: usize,
    /// Step of AdaGrad.
    pub rate: f32,
    /// Pull of each weight towards 0, a step.
    pub decay: f32,
    /// Buckets of the table, a power of two.
    pub buckets: usize,
}

impl Default for Settings {
    // First guesses: the F1 of the whole rule on held sites did not ask for others.
    fn default() -> Self {
        Settings {
            min_sites: 3,
            epochs: 5,
            rate: 0.15,
            decay: 2e-5,
            buckets: 1 << 15,
        }
    }
}

/// Grows the table's bytes.
pub fn grow(examples: &[&Example], settings: &Settings) -> Vec<u8> {
    let mut last: HashMap<u32, (u32, u32)> = HashMap::new();
    for e in examples {
        for &f in &e.features {
            let entry = last.entry(f).or_insert((0, u32::MAX));
            if entry.1 != e.site {
                // A phrase of a program stands on the pages of many sites.
                *entry = (
                    entry.0 + if e.program { settings.min_sites } else { 1 },
                    e.site,
                );
            }
        }
    }
    let mut known: Vec<(u32, u32)> = last
        .into_iter()
        .filter(|(_, (n, _))| *n >= settings.min_sites)
        .map(|(f, (n, _))| (f, n))
        .collect();
    known.sort_unstable();
    let index: HashMap<u32, u32> = known
        .iter()
        .enumerate()
        .map(|(i, (f, _))| (*f, i as u32))
        .collect();
    let rows: Vec<(Vec<u32>, f32, f32, f32)> = examples
        .iter()
        .map(|e| {
            let ids: Vec<u32> = e
                .features
                .iter()
                .filter_map(|f| index.get(f).copied())
                .collect();
            (
                ids,
                1.0 / (e.features.len().max(1) as f32).sqrt(),
                e.wanted,
                e.weight,
            )
        })
        .collect();
    let mut weights = vec![0f32; known.len()];
    let mut squares = vec![1e-6f32; known.len()];
    let (mut bias, mut bias_square) = (0f32, 1e-6f32);
    let mut order: Vec<u32> = (0..rows.len() as u32).collect();
    let mut random = super::Random(1);
    for _ in 0..settings.epochs {
        random.shuffle(&mut order);
        for &r in &order {
            let (ids, scale, wanted, weight) = &rows[r as usize];
            let sum: f32 = ids.iter().map(|i| weights[*i as usize]).sum();
            let p = 1.0 / (1.0 + (-(sum * scale + bias)).exp());
            let g = (p - wanted) * weight;
            bias_square += g * g;
            bias -= settings.rate * g / bias_square.sqrt();
            let gs = g * scale;
            for &i in ids {
                let i = i as usize;
                squares[i] += gs * gs;
                weights[i] -= settings.rate * gs / squares[i].sqrt() + settings.decay * weights[i];
            }
        }
    }
    table(known.iter().map(|k| k.0).zip(weights), settings.buckets)
}

/// Steps of a weight in the table: one is 1/16 nat.
pub const STEPS: f32 = 16.0;

/// Puts numbers and weights into buckets of two; where more want in, the largest stay.
pub fn table(entries: impl Iterator<Item = (u32, f32)>, buckets: usize) -> Vec<u8> {
    let mut all: Vec<(i32, u32)> = entries
        .map(|(f, w)| ((w * STEPS).round().clamp(-127.0, 127.0) as i32, f))
        .filter(|(w, _)| *w != 0)
        .collect();
    all.sort_by_key(|(w, f)| (-w.abs(), *f));
    fill(all.into_iter().map(|(w, f)| (f, w as i8 as u8)), buckets)
}

/// Puts numbers and values into buckets of two; the first stay.
pub fn fill(entries: impl Iterator<Item = (u32, u8)>, buckets: usize) -> Vec<u8> {
    let mut bytes = vec![0u8; buckets * 4];
    for (f, value) in entries {
        let at = (f as usize & (buckets - 1)) * 4;
        let check = check(f);
        if bytes[at] == 0 {
            (bytes[at], bytes[at + 1]) = (check, value);
        } else if bytes[at] != check && bytes[at + 2] == 0 {
            (bytes[at + 2], bytes[at + 3]) = (check, value);
        }
    }
    bytes
}
