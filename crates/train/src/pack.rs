//! Features as the bytes that `identify::ngram::table` reads.

use cleanfilter::identify::ngram::table::{HEADER, MAGIC, PREAMBLE, ROW_LENGTHS};

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
        let buckets = (g.features.len() / FILL).max(1);
        let mut order: Vec<(usize, u16, usize)> = (0..g.features.len())
            .map(|f| {
                let h = g.features.hash[f];
                (
                    (((h >> 32) * buckets as u64) >> 32) as usize,
                    (h & 0xFFF) as u16,
                    f,
                )
            })
            .collect();
        order.sort_unstable();
        let mut offsets: Vec<u32> = Vec::with_capacity(buckets + 1);
        let mut data: Vec<u8> = Vec::new();
        let mut at = 0;
        for b in 0..buckets {
            offsets.push(data.len() as u32);
            let from = at;
            while at < order.len() && order[at].0 == b {
                at += 1;
            }
            let mut heads: Vec<u8> = Vec::new();
            let mut rows: Vec<u8> = Vec::new();
            let mut n = 0u8;
            for &(_, fp, f) in &order[from..at] {
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
                if row.is_empty() || n == 255 {
                    continue;
                }
                row.sort();
                let code = ROW_LENGTHS
                    .iter()
                    .position(|&l| l == row.len())
                    .unwrap_or(0) as u16;
                heads.extend((fp << 4 | code).to_le_bytes());
                for (l, w) in row {
                    rows.extend([l, w as u8]);
                }
                n += 1;
            }
            data.push(n);
            data.extend(heads);
            data.extend(rows);
        }
        offsets.push(data.len() as u32);
        let offsets_at = out.len();
        for o in &offsets {
            out.extend(o.to_le_bytes());
        }
        let data_at = out.len();
        out.extend(&data);
        let end = out.len();
        let h = PREAMBLE + i * HEADER;
        let mut header = vec![g.script, g.min_order as u8, g.max_order as u8, 0];
        header.extend((g.labels.len() as u32).to_le_bytes());
        header.extend((buckets as u32).to_le_bytes());
        header.extend(step.to_le_bytes());
        for v in [labels_at, bias_at, offsets_at, data_at, end, 0] {
            header.extend((v as u32).to_le_bytes());
        }
        out[h..h + HEADER].copy_from_slice(&header);
    }
    out
}
