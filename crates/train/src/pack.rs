//! Features as the bytes that `identify::ngram::table` reads.

use cleanfilter::identify::ngram::table::{
    COUNT_AT, FILTER_AT, HEADER, MAGIC, PREAMBLE, ROW_LENGTHS, filter_bit,
};

use crate::recipe::NATS;
use crate::select::{Features, round_length};

pub struct Trained {
    pub script: u8,
    pub labels: Vec<String>,
    pub bias: Vec<f32>,
    pub features: Features,
    pub min_order: usize,
    pub max_order: usize,
}

/// Features a bucket holds on average.
const FILL: usize = 6;

pub fn pack(groups: &[Trained]) -> Vec<u8> {
    let mut out = Vec::new();
    out.extend(MAGIC);
    out.push(groups.len() as u8);
    out.extend([0, 0]);
    out.resize(PREAMBLE + groups.len() * HEADER, 0);
    for (i, g) in groups.iter().enumerate() {
        let mut magnitudes: Vec<f32> = g.features.weight.iter().map(|w| w.abs()).collect();
        magnitudes.sort_by(f32::total_cmp);
        // The largest weights in ten thousand are clipped.
        let top = magnitudes
            .get((magnitudes.len() as f64 * 0.9999) as usize)
            .copied()
            .unwrap_or(1.0);
        let step = (top / 127.0).max(1e-3);
        let labels_at = out.len();
        for l in &g.labels {
            out.extend(l.as_bytes());
        }
        let bias_at = out.len();
        for b in &g.bias {
            out.extend(((b / step).round().clamp(-32000.0, 32000.0) as i16).to_le_bytes());
        }
        let mut header = vec![g.script, g.min_order as u8, g.max_order as u8, 0];
        header.extend((g.labels.len() as u32).to_le_bytes());
        header.extend((step * NATS).to_le_bytes());
        header.extend((labels_at as u32).to_le_bytes());
        header.extend((bias_at as u32).to_le_bytes());
        for words in [true, false] {
            let chosen: Vec<usize> = (0..g.features.len())
                .filter(|&f| g.features.is_word[f] == words)
                .collect();
            let (heads, data) = table(g, &chosen, step);
            let at = out.len();
            for h in &heads {
                out.extend(h.to_le_bytes());
            }
            let data_at = out.len();
            out.extend(&data);
            for v in [heads.len(), at, data_at, out.len()] {
                header.extend((v as u32).to_le_bytes());
            }
        }
        let h = PREAMBLE + i * HEADER;
        out[h..h + HEADER].copy_from_slice(&header);
    }
    out
}

/// Heads and data of some features.
fn table(g: &Trained, chosen: &[usize], step: f32) -> (Vec<u64>, Vec<u8>) {
    let buckets = (chosen.len() / FILL).max(1);
    let mut order: Vec<(usize, u16, usize)> = chosen
        .iter()
        .map(|&f| {
            let h = g.features.hash[f];
            (
                (((h >> 32) * buckets as u64) >> 32) as usize,
                (h & 0xFFF) as u16,
                f,
            )
        })
        .collect();
    order.sort_unstable();
    let mut heads: Vec<u64> = Vec::with_capacity(buckets);
    let mut data: Vec<u8> = Vec::new();
    let mut at = 0;
    for b in 0..buckets {
        let start = data.len();
        let (mut filter, mut n) = (0u64, 0u64);
        let mut rows: Vec<u8> = Vec::new();
        while at < order.len() && order[at].0 == b {
            let (_, fingerprint, f) = order[at];
            at += 1;
            let mut row: Vec<(u8, i8)> = g
                .features
                .row(f)
                .map(|e| {
                    (
                        g.features.label[e],
                        (g.features.weight[e] / step).round().clamp(-127.0, 127.0) as i8,
                    )
                })
                .filter(|r| r.1 != 0)
                .collect();
            row.sort_by_key(|r| (-(r.1 as i32).abs(), r.0));
            row.truncate(round_length(row.len()));
            if row.is_empty() || n == 63 {
                continue;
            }
            row.sort();
            let code = ROW_LENGTHS
                .iter()
                .position(|&l| l == row.len())
                .unwrap_or(0) as u16;
            data.extend((fingerprint << 4 | code).to_le_bytes());
            for (l, w) in row {
                rows.extend([l, w as u8]);
            }
            filter |= 1 << filter_bit(g.features.hash[f]);
            n += 1;
        }
        data.extend(rows);
        assert!(start / 2 < 1 << COUNT_AT, "too much data for the offsets");
        heads.push((start / 2) as u64 | n << COUNT_AT | filter << FILTER_AT);
    }
    (heads, data)
}

/// Adds a prior, in nats as they were learnt, to the biases of a packed table.
pub fn add_prior(bytes: &mut [u8], prior: impl Fn(&str) -> f32) {
    let word = |b: &[u8], at: usize| u32::from_le_bytes([b[at], b[at + 1], b[at + 2], b[at + 3]]);
    for i in 0..bytes[5] as usize {
        let h = PREAMBLE + i * HEADER;
        let (count, step) = (
            word(bytes, h + 4) as usize,
            f32::from_bits(word(bytes, h + 8)) / NATS,
        );
        let (labels, bias) = (word(bytes, h + 12) as usize, word(bytes, h + 16) as usize);
        for l in 0..count {
            let name =
                String::from_utf8_lossy(&bytes[labels + 8 * l..labels + 8 * l + 8]).into_owned();
            let at = bias + 2 * l;
            let old = i16::from_le_bytes([bytes[at], bytes[at + 1]]) as f32;
            let new = (old + prior(&name) / step).round().clamp(-32000.0, 32000.0) as i16;
            bytes[at..at + 2].copy_from_slice(&new.to_le_bytes());
        }
    }
}

/// Writes what was learnt as it is, so that it can be packed again without learning.
pub fn save(groups: &[Trained], path: &std::path::Path) {
    let mut out: Vec<u8> = Vec::new();
    let n = |out: &mut Vec<u8>, v: usize| out.extend((v as u64).to_le_bytes());
    n(&mut out, groups.len());
    for g in groups {
        n(&mut out, g.script as usize);
        n(&mut out, g.min_order);
        n(&mut out, g.max_order);
        n(&mut out, g.labels.len());
        for (l, b) in g.labels.iter().zip(&g.bias) {
            out.extend(l.as_bytes());
            out.extend(b.to_le_bytes());
        }
        n(&mut out, g.features.len());
        for f in 0..g.features.len() {
            out.extend(g.features.hash[f].to_le_bytes());
            out.push(g.features.is_word[f] as u8);
            out.push(g.features.row(f).len() as u8);
            for e in g.features.row(f) {
                out.push(g.features.label[e]);
                out.extend(g.features.weight[e].to_le_bytes());
            }
        }
    }
    std::fs::write(path, out).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
}

/// Reads what [`save`] wrote.
pub fn load(path: &std::path::Path) -> Vec<Trained> {
    let bytes = std::fs::read(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let mut at = 0;
    let mut take = |n: usize| {
        at += n;
        &bytes[at - n..at]
    };
    let number = |b: &[u8]| b.iter().rev().fold(0u64, |n, &b| n << 8 | b as u64);
    let mut out = Vec::new();
    for _ in 0..number(take(8)) {
        let script = number(take(8)) as u8;
        let (min_order, max_order) = (number(take(8)) as usize, number(take(8)) as usize);
        let (mut labels, mut bias) = (Vec::new(), Vec::new());
        for _ in 0..number(take(8)) {
            labels.push(String::from_utf8_lossy(take(8)).into_owned());
            bias.push(f32::from_bits(number(take(4)) as u32));
        }
        let mut features = Features::new();
        for _ in 0..number(take(8)) {
            features.hash.push(number(take(8)));
            features.is_word.push(take(1)[0] == 1);
            for _ in 0..take(1)[0] {
                features.label.push(take(1)[0]);
                features.weight.push(f32::from_bits(number(take(4)) as u32));
            }
            features.at.push(features.label.len() as u32);
        }
        out.push(Trained {
            script,
            labels,
            bias,
            features,
            min_order,
            max_order,
        });
    }
    out
}
