//! Hidden vector -> the best label and its probability, for each loss a model can be trained with.

use super::dictionary::Label;
use super::error::{Error, broken};
use super::header::LossName;
use super::matrix::{Matrix, Rows};
use super::reader::Reader;
use super::sigmoid::Sigmoid;
use super::tree::{Node, Tree};

/// The last layer.
pub(super) struct Output {
    weights: Weights,
    loss: Loss,
}

enum Weights {
    /// Column after column, so that many labels are added up at a time.
    Columns(Vec<f32>),
    /// As the file has them.
    Rows(Matrix),
}

enum Loss {
    Softmax,
    /// One yes or no a label: negative sampling, one against all.
    Sigmoid(Box<Sigmoid>),
    Tree(Tree),
}

/// Space that is used again from text to text.
#[derive(Default)]
pub(super) struct Space {
    scores: Vec<f32>,
    open: Vec<(u32, f32)>,
}

impl Output {
    /// Memory: what the file holds in this section, and [`Tree::new`].
    pub(super) fn read(
        file: &mut Reader<'_>,
        bytes: &[u8],
        quantised: bool,
        loss: LossName,
        labels: &[Label],
        dim: usize,
    ) -> Result<Output, Error> {
        let matrix = Matrix::read(file, quantised)?;
        matrix.expect("output matrix", labels.len(), dim)?;
        if matrix.rows() != labels.len() {
            return broken("the output matrix has more rows than there are labels");
        }
        let loss = match loss {
            LossName::Softmax => Loss::Softmax,
            LossName::NegativeSampling | LossName::OneVsAll => {
                Loss::Sigmoid(Box::new(Sigmoid::new()))
            }
            LossName::HierarchicalSoftmax => Loss::Tree(Tree::new(labels)?),
        };
        if let Matrix::Dense(dense) = &matrix {
            let view = dense.view(bytes);
            if (0..dense.rows).any(|row| view.row(row).any(|number| !number.is_finite())) {
                return broken("the output matrix holds a number that is not finite");
            }
        }
        let weights = match (&loss, &matrix) {
            (Loss::Softmax | Loss::Sigmoid(_), Matrix::Dense(dense)) => {
                let mut columns = vec![0.0; dense.rows * dense.columns];
                let view = dense.view(bytes);
                for row in 0..dense.rows {
                    for (column, number) in view.row(row).enumerate() {
                        columns[column * dense.rows + row] = number;
                    }
                }
                Weights::Columns(columns)
            }
            _ => Weights::Rows(matrix),
        };
        Ok(Output { weights, loss })
    }

    /// The most probable label (of those `among`) and its probability; `None` where the model's numbers give none.
    /// Of labels that are alike the last one is taken, as in the reference implementation.
    ///
    /// Where `among` narrows the choice, the probabilities of softmax are those among these labels.
    pub(super) fn best(
        &self,
        bytes: &[u8],
        hidden: &[f32],
        labels: usize,
        among: Option<&[bool]>,
        space: &mut Space,
    ) -> Option<(usize, f32)> {
        match (&self.loss, &self.weights) {
            (Loss::Tree(tree), Weights::Rows(Matrix::Dense(rows))) => {
                descend(tree, &rows.view(bytes), hidden, among, &mut space.open)
            }
            (Loss::Tree(tree), Weights::Rows(Matrix::Quantised(rows))) => {
                descend(tree, &rows.view(bytes), hidden, among, &mut space.open)
            }
            _ => {
                space.scores.clear();
                space.scores.resize(labels, 0.0);
                self.scores(bytes, hidden, &mut space.scores);
                if let Some(among) = among {
                    for (score, among) in space.scores.iter_mut().zip(among) {
                        if !among {
                            *score = f32::NEG_INFINITY;
                        }
                    }
                }
                match &self.loss {
                    Loss::Sigmoid(sigmoid) => sigmoid.apply(&mut space.scores),
                    _ => softmax(&mut space.scores),
                }
                last_best(&space.scores, among)
            }
        }
    }

    /// The product of each label's row and the hidden vector, added up in order of columns.
    fn scores(&self, bytes: &[u8], hidden: &[f32], scores: &mut [f32]) {
        match &self.weights {
            Weights::Columns(columns) => {
                for (column, factor) in columns.chunks_exact(scores.len()).zip(hidden) {
                    for (score, number) in scores.iter_mut().zip(column) {
                        *score += number * factor;
                    }
                }
            }
            Weights::Rows(Matrix::Dense(rows)) => products(&rows.view(bytes), hidden, scores),
            Weights::Rows(Matrix::Quantised(rows)) => products(&rows.view(bytes), hidden, scores),
        }
    }
}

fn products(rows: &impl Rows, hidden: &[f32], scores: &mut [f32]) {
    for (row, score) in scores.iter_mut().enumerate() {
        *score = rows.dot(row, hidden);
    }
}

fn softmax(scores: &mut [f32]) {
    let max = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let mut sum = 0.0;
    for score in scores.iter_mut() {
        *score = (*score - max).exp();
        sum += *score;
    }
    for score in scores {
        *score /= sum;
    }
}

/// The last of the highest, compared as logarithms.
fn last_best(scores: &[f32], among: Option<&[bool]>) -> Option<(usize, f32)> {
    /// Scores that are nearer than this (relatively) may have the same logarithm in 32 bits; a few ulps are 1e-6.
    const NEAR: f32 = 1.0 - 1e-6;
    let mut best: Option<(usize, f32)> = None;
    for (label, score) in scores.iter().copied().enumerate() {
        let better = match best {
            None => score >= 0.0,
            Some((_, top)) => score >= top || (score >= top * NEAR && log(score) >= log(top)),
        };
        if better && among.is_none_or(|among| among.get(label) == Some(&true)) {
            best = Some((label, score));
        }
    }
    best.map(|(label, score)| (label, log(score).exp()))
}

/// Walks down the tree, left before right, and leaves out what cannot win.
fn descend(
    tree: &Tree,
    rows: &impl Rows,
    hidden: &[f32],
    among: Option<&[bool]>,
    open: &mut Vec<(u32, f32)>,
) -> Option<(usize, f32)> {
    // The reference implementation gives up what is less probable than this.
    let floor = log(0.0);
    let mut best: Option<(usize, f32)> = None;
    let mut sum = 0.0;
    open.clear();
    open.push((tree.root(), 0.0));
    while let Some((number, score)) = open.pop() {
        let lost = best.is_some_and(|(_, top)| score < top);
        if score < floor || (lost && among.is_none()) {
            continue;
        }
        match tree.node(number) {
            Node::Leaf(label) => {
                if among.is_some_and(|among| among.get(label) != Some(&true)) {
                    continue;
                }
                sum += score.exp();
                if best.is_none_or(|(_, top)| score >= top) {
                    best = Some((label, score));
                }
            }
            Node::Inner(row, [left, right]) => {
                let odds = (-rows.dot(row, hidden)).exp();
                let share = (1.0 / f64::from(1.0 + odds)) as f32;
                if share.is_nan() {
                    return None;
                }
                open.push((right, score + log(share)));
                open.push((left, score + log((1.0 - f64::from(share)) as f32)));
            }
        }
    }
    let (label, score) = best?;
    let whole = if among.is_some() { sum } else { 1.0 };
    Some((label, score.exp() / whole))
}

/// The reference implementation's logarithm, which is never of zero.
fn log(share: f32) -> f32 {
    (f64::from(share) + 1e-5).ln() as f32
}
