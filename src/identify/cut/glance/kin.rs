//! Which languages of a script speak for the same words: they share a lane well.

use crate::identify::ngram::Group;

/// Of the table's buckets one in so many is read.
const SAMPLE: usize = 64;

/// Nearness that a language more in a family must make good: no family swallows all.
const BALANCE: f32 = 0.01;

/// For each two languages of a script, how much they have of the same words and n-grams.
pub struct Kin {
    count: usize,
    common: Vec<f32>,
}

impl Kin {
    /// By a sample of the table.
    pub fn of(group: &Group<'_>) -> Kin {
        let count = group.count;
        let mut common = vec![0.0; count * count];
        let mut positive: Vec<(usize, f32)> = Vec::new();
        let mut add = |row: &[u8]| {
            positive.clear();
            for &[label, weight] in row.as_chunks().0 {
                if weight as i8 > 0 && (label as usize) < count {
                    positive.push((label as usize, f32::from(weight as i8)));
                }
            }
            for (a, x) in &positive {
                for (b, y) in &positive {
                    if let Some(sum) = common.get_mut(a * count + b) {
                        *sum += x.min(*y);
                    }
                }
            }
        };
        group.words.sample(SAMPLE, &mut add);
        group.grams.sample(SAMPLE, &mut add);
        Kin { count, common }
    }

    fn common(&self, a: usize, b: usize) -> f32 {
        self.common.get(a * self.count + b).copied().unwrap_or(0.0)
    }

    /// How near two languages are, 0 to 1.
    pub fn nearness(&self, a: usize, b: usize) -> f32 {
        let own = |l: usize| self.common(l, l).max(1.0);
        self.common(a, b) / (own(a) * own(b)).sqrt()
    }

    /// Languages as at most `most` families: the two that are nearest to one another are joined, again and again.
    pub fn families(&self, labels: &[usize], most: usize) -> Vec<Vec<usize>> {
        let mut families: Vec<Vec<usize>> = labels.iter().map(|&l| vec![l]).collect();
        // Sums of nearness between families.
        let mut sums: Vec<Vec<f32>> = labels
            .iter()
            .map(|&a| labels.iter().map(|&b| self.nearness(a, b)).collect())
            .collect();
        while families.len() > most.max(1) {
            let Some((i, j)) = nearest(&families, &sums) else {
                break;
            };
            let gone = families.swap_remove(i);
            let mut row = sums.swap_remove(i);
            row.swap_remove(i);
            for (k, sum) in sums.iter_mut().enumerate() {
                let moved = sum.swap_remove(i);
                if k != j {
                    sum[j] += moved;
                }
            }
            for (k, moved) in row.into_iter().enumerate() {
                if k != j {
                    sums[j][k] += moved;
                }
            }
            families[j].extend(gone);
        }
        families
    }
}

/// The two families with the highest mean nearness, less for large ones; the later first.
fn nearest(families: &[Vec<usize>], sums: &[Vec<f32>]) -> Option<(usize, usize)> {
    let mut best = (f32::MIN, None);
    for (i, (a, row)) in families.iter().zip(sums).enumerate() {
        for (j, (b, sum)) in families.iter().zip(row).enumerate().take(i) {
            let mean = sum / (a.len() * b.len()) as f32;
            let worth = mean - BALANCE * (a.len() + b.len()) as f32;
            if worth > best.0 {
                best = (worth, Some((i, j)));
            }
        }
    }
    best.1
}
