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
        let mut joining = Joining::of(self, labels);
        while joining.families.len() > most.max(1) && joining.join() {}
        joining.families
    }
}

/// Families on their way, with what each is nearest to: after two are joined only few have to look for it again.
struct Joining {
    families: Vec<Vec<usize>>,
    /// Sums of nearness between families.
    sums: Vec<Vec<f32>>,
    /// Of the families before each one the nearest, and how near it is.
    nearest: Vec<(f32, usize)>,
}

impl Joining {
    fn of(kin: &Kin, labels: &[usize]) -> Joining {
        let row = |&a: &usize| labels.iter().map(|&b| kin.nearness(a, b)).collect();
        let mut joining = Joining {
            families: labels.iter().map(|&l| vec![l]).collect(),
            sums: labels.iter().map(row).collect(),
            nearest: Vec::new(),
        };
        joining.nearest = (0..labels.len()).map(|i| joining.nearest_to(i)).collect();
        joining
    }

    /// Joins the two families with the highest mean nearness, less for large ones; of equal ones the first.
    fn join(&mut self) -> bool {
        let mut best = (f32::MIN, None);
        for (i, (worth, j)) in self.nearest.iter().enumerate() {
            if *worth > best.0 {
                best = (*worth, Some((i, *j)));
            }
        }
        let Some((i, j)) = best.1 else { return false };
        let gone = self.families.swap_remove(i);
        let mut row = self.sums.swap_remove(i);
        row.swap_remove(i);
        for (k, sum) in self.sums.iter_mut().enumerate() {
            let moved = sum.swap_remove(i);
            if k != j {
                sum[j] += moved;
            }
        }
        for (k, moved) in row.into_iter().enumerate() {
            if k != j {
                self.sums[j][k] += moved;
            }
        }
        self.families[j].extend(gone);
        self.nearest.swap_remove(i);
        for k in 0..self.families.len() {
            // The last family took the place of the one that is gone.
            let lost = [i, j, self.families.len()].contains(&self.nearest[k].1);
            if k == i || k == j || lost {
                self.nearest[k] = self.nearest_to(k);
                continue;
            }
            for changed in [i, j] {
                let worth = self.worth(k, changed);
                let (highest, at) = self.nearest[k];
                if changed < k && (worth > highest || worth == highest && changed < at) {
                    self.nearest[k] = (worth, changed);
                }
            }
        }
        true
    }

    fn nearest_to(&self, i: usize) -> (f32, usize) {
        let mut best = (f32::MIN, 0);
        for j in 0..i {
            let worth = self.worth(i, j);
            if worth > best.0 {
                best = (worth, j);
            }
        }
        best
    }

    /// How near two families are.
    fn worth(&self, i: usize, j: usize) -> f32 {
        let size = |family: usize| self.families.get(family).map_or(0, Vec::len);
        let sum = self.sums.get(i).and_then(|row| row.get(j)).copied();
        let mean = sum.unwrap_or(0.0) / (size(i) * size(j)) as f32;
        mean - BALANCE * (size(i) + size(j)) as f32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The two nearest families, each pair looked at.
    fn first_of_all(joining: &Joining) -> Option<(usize, usize)> {
        let mut best = (f32::MIN, None);
        for i in 0..joining.families.len() {
            for j in 0..i {
                let worth = joining.worth(i, j);
                if worth > best.0 {
                    best = (worth, Some((i, j)));
                }
            }
        }
        best.1
    }

    #[test]
    fn the_nearest_of_all_pairs_are_joined_each_time() {
        // Nearness in a few steps, so that many pairs are equally near.
        let count = 40;
        let steps = |a: usize, b: usize| ((a * 7 + b * 7 + a * b) % 5) as f32;
        let mut common = vec![0.0; count * count];
        for a in 0..count {
            for b in 0..count {
                common[a * count + b] = if a == b {
                    5.0
                } else {
                    steps(a.min(b), a.max(b))
                };
            }
        }
        let kin = Kin { count, common };
        let labels: Vec<usize> = (0..count).collect();
        let mut joining = Joining::of(&kin, &labels);
        while let Some((i, j)) = first_of_all(&joining) {
            let mut both = [joining.families[j].clone(), joining.families[i].clone()].concat();
            assert!(joining.join());
            both.sort_unstable();
            let joined = joining.families.iter().any(|family| {
                let mut family = family.clone();
                family.sort_unstable();
                family == both
            });
            assert!(joined, "{both:?}");
        }
        assert_eq!(joining.families.len(), 1);
    }
}
