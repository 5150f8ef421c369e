//! Gradient boosting of oblivious trees (one question a level) over columns of small numbers, read at an offset.

use rayon::prelude::*;

use super::Random;

/// A question: is the value of this column, so many lines further on, above the threshold?
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Question {
    pub column: u8,
    pub shift: i8,
    pub above: i8,
}

/// A tree: the answers' bits, the first question the lowest, are the leaf.
#[derive(Clone, Debug)]
pub struct Tree {
    pub questions: Vec<Question>,
    pub leaves: Vec<f32>,
}

/// Columns of many pages in one, each page with its padding.
pub struct Matrix {
    /// One vector a column.
    pub columns: Vec<Vec<i8>>,
}

/// Settings of the growth.
#[derive(Clone, Debug)]
pub struct Settings {
    pub trees: usize,
    pub depth: usize,
    pub rate: f32,
    /// Ridge on leaves, in weight.
    pub ridge: f32,
    /// Share of rows drawn for each tree, by size of gradient.
    pub rows: f32,
    /// Share of features drawn for each tree.
    pub features: f32,
    pub seed: u64,
}

/// A row that is learnt from.
#[derive(Clone, Copy)]
pub struct Row {
    /// Where in the columns.
    pub at: u32,
    pub wanted: bool,
    pub weight: f32,
}

/// Grows trees.
pub fn grow(matrix: &Matrix, rows: &[Row], features: &[(u8, i8)], s: &Settings) -> Vec<Tree> {
    let mut random = Random(s.seed);
    let mut scores = vec![0f32; rows.len()];
    let mut trees = Vec::new();
    for _ in 0..s.trees {
        let tree = tree(matrix, rows, &scores, features, s, &mut random);
        scores
            .par_iter_mut()
            .zip(rows.par_iter())
            .for_each(|(score, row)| {
                *score += tree.at(matrix, row.at as usize);
            });
        trees.push(tree);
    }
    trees
}

#[derive(Clone, Copy)]
struct Drawn {
    at: u32,
    leaf: u32,
    g: f32,
    h: f32,
}

fn tree(
    matrix: &Matrix,
    rows: &[Row],
    scores: &[f32],
    features: &[(u8, i8)],
    s: &Settings,
    random: &mut Random,
) -> Tree {
    let grads: Vec<(f32, f32)> = rows
        .par_iter()
        .zip(scores)
        .map(|(row, score)| {
            let p = 1.0 / (1.0 + (-score).exp());
            (
                (row.wanted as u8 as f32 - p) * row.weight,
                (p * (1.0 - p)).max(1e-4) * row.weight,
            )
        })
        .collect();
    // Rows are drawn by the size of their gradient and weighed up again (minimal variance sampling).
    let size = |(g, h): &(f32, f32)| (g * g + 0.1 * h * h).sqrt();
    let sum: f64 = grads.iter().map(|g| size(g) as f64).sum();
    let mean = (sum / (rows.len() as f64 * s.rows as f64)).max(1e-12) as f32;
    let mut drawn: Vec<Drawn> = Vec::new();
    for (row, grad) in rows.iter().zip(&grads) {
        let chance = size(grad) / mean;
        if chance >= 1.0 {
            drawn.push(Drawn {
                at: row.at,
                leaf: 0,
                g: grad.0,
                h: grad.1,
            });
        } else if random.unit() < chance {
            drawn.push(Drawn {
                at: row.at,
                leaf: 0,
                g: grad.0 / chance,
                h: grad.1 / chance,
            });
        }
    }
    let chosen: Vec<(u8, i8)> = features
        .iter()
        .copied()
        .filter(|_| random.unit() < s.features)
        .collect();
    let mut questions: Vec<Question> = Vec::new();
    let mut sums: Vec<Sums> = vec![Sums::new(); chosen.len()];
    // After a question only the rows on the smaller side of each leaf are counted; the other side is the difference.
    let mut smaller: Vec<bool> = Vec::new();
    for level in 0..s.depth {
        let counted: Vec<Drawn> = drawn
            .iter()
            .filter(|d| {
                let parent = d.leaf as usize & ((1usize << level.saturating_sub(1)) - 1);
                level == 0 || smaller.get(parent) == Some(&(d.leaf >> (level - 1) == 1))
            })
            .copied()
            .collect();
        let best = chosen
            .par_iter()
            .zip(&mut sums)
            .map(|(&(column, shift), sums)| {
                count(
                    &matrix.columns[column as usize],
                    shift,
                    &counted,
                    level,
                    &smaller,
                    sums,
                );
                let (gain, above) = split(sums, s.ridge);
                (
                    gain,
                    Question {
                        column,
                        shift,
                        above,
                    },
                )
            })
            .reduce_with(|a, b| if b.0 > a.0 { b } else { a });
        let Some((_, q)) = best else { break };
        let values = &matrix.columns[q.column as usize];
        let mut sizes = vec![[0u32; 2]; 1 << level];
        for d in &mut drawn {
            let yes = values[(d.at as i64 + q.shift as i64) as usize] > q.above;
            sizes[d.leaf as usize][yes as usize] += 1;
            d.leaf |= (yes as u32) << level;
        }
        smaller = sizes.iter().map(|[no, yes]| yes <= no).collect();
        questions.push(q);
    }
    let mut totals = vec![(0f64, 0f64); 1 << questions.len()];
    for d in &drawn {
        let sum = &mut totals[d.leaf as usize];
        sum.0 += d.g as f64;
        sum.1 += d.h as f64;
    }
    let leaves = totals
        .iter()
        .map(|(g, h)| s.rate * (g / (h + s.ridge as f64)) as f32)
        .collect();
    Tree { questions, leaves }
}

/// For each leaf and each value of a feature the gradients' and weights' sums.
type Sums = Vec<[f32; 2]>;

/// Counts the rows of one level; what stood in `sums` is the level before.
fn count(
    values: &[i8],
    shift: i8,
    counted: &[Drawn],
    level: usize,
    smaller: &[bool],
    sums: &mut Sums,
) {
    let before = std::mem::replace(sums, vec![[0f32; 2]; 128 << level]);
    for d in counted {
        let bin = values[(d.at as i64 + shift as i64) as usize] as usize & 127;
        let cell = &mut sums[d.leaf as usize * 128 + bin];
        cell[0] += d.g;
        cell[1] += d.h;
    }
    for (parent, yes) in smaller.iter().enumerate() {
        let half = 1 << (level - 1);
        let (known, other) = if *yes {
            (parent | half, parent)
        } else {
            (parent, parent | half)
        };
        for bin in 0..128 {
            let (all, part) = (before[parent * 128 + bin], sums[known * 128 + bin]);
            sums[other * 128 + bin] = [all[0] - part[0], (all[1] - part[1]).max(0.0)];
        }
    }
}

fn split(sums: &Sums, ridge: f32) -> (f32, i8) {
    let mut gains = [0f32; 128];
    for leaf in sums.chunks(128) {
        let (mut g, mut h) = (0f32, 0f32);
        for c in leaf {
            g += c[0];
            h += c[1];
        }
        if h <= 0.0 {
            continue;
        }
        let whole = g * g / (h + ridge);
        let (mut lg, mut lh) = (0f32, 0f32);
        for (bin, c) in leaf.iter().enumerate() {
            lg += c[0];
            lh += c[1];
            let (rg, rh) = (g - lg, (h - lh).max(0.0));
            gains[bin] += lg * lg / (lh + ridge) + rg * rg / (rh + ridge) - whole;
        }
    }
    let mut best = (f32::MIN, 0i8);
    for (bin, gain) in gains.iter().enumerate().take(127) {
        if *gain > best.0 {
            best = (*gain, bin as i8);
        }
    }
    best
}

impl Tree {
    /// The leaf's value for one row.
    pub fn at(&self, matrix: &Matrix, at: usize) -> f32 {
        let mut leaf = 0usize;
        for (level, q) in self.questions.iter().enumerate() {
            let value = matrix.columns[q.column as usize][(at as i64 + q.shift as i64) as usize];
            leaf |= ((value > q.above) as usize) << level;
        }
        self.leaves[leaf]
    }
}
