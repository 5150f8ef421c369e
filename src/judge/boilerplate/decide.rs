//! From how likely each line is wanted to which lines stay.

/// The threshold under which lines go, for a page: half of the best F1 that can be expected of it.
///
/// The set of lines that maximises the expected F1 is those whose probability is above half of that F1 (Lipton, Elkan and
/// Narayanaswamy 2014): on a page that is clear the threshold is near a half, on one that is not it is lower, so that
/// more stays in doubt. `weights` are the lines' words.
pub fn threshold(wanted: &[f32], weights: &[f32], order: &mut Vec<u32>) -> f32 {
    order.clear();
    order.extend(0..wanted.len() as u32);
    let p = |i: &u32| wanted.get(*i as usize).copied().unwrap_or(0.0);
    let w = |i: &u32| weights.get(*i as usize).copied().unwrap_or(0.0);
    order.sort_unstable_by(|a, b| p(b).total_cmp(&p(a)).then(a.cmp(b)));
    let total: f32 = order.iter().map(|i| p(i) * w(i)).sum();
    let (mut hit, mut chosen, mut best) = (0.0, 0.0, 0.0f32);
    for i in order.iter() {
        hit += p(i) * w(i);
        chosen += w(i);
        best = best.max(2.0 * hit / (chosen + total).max(1e-9));
    }
    best / 2.0
}
