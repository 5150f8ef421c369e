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

#[cfg(test)]
mod tests {
    use super::threshold;

    #[test]
    fn a_clear_page_is_cut_at_a_half_and_an_unclear_one_below() {
        let mut order = Vec::new();
        let clear = threshold(&[0.99, 0.99, 0.01, 0.01], &[10.0; 4], &mut order);
        assert!((0.45..=0.5).contains(&clear), "{clear}");
        let unclear = threshold(&[0.4, 0.3, 0.2, 0.1], &[10.0; 4], &mut order);
        assert!((0.1..0.35).contains(&unclear), "{unclear}");
        assert_eq!(threshold(&[], &[], &mut order), 0.0);
    }

    #[test]
    fn the_threshold_makes_the_best_expected_f1() {
        let wanted = [0.9, 0.7, 0.45, 0.3, 0.05];
        let weights = [5.0, 20.0, 10.0, 1.0, 40.0];
        let expected = |keep: &dyn Fn(f32) -> bool| {
            let pairs = || wanted.iter().zip(&weights);
            let hit: f32 = pairs().filter(|(p, _)| keep(**p)).map(|(p, w)| p * w).sum();
            let chosen: f32 = pairs().filter(|(p, _)| keep(**p)).map(|(_, w)| w).sum();
            2.0 * hit / (chosen + pairs().map(|(p, w)| p * w).sum::<f32>())
        };
        let at = threshold(&wanted, &weights, &mut Vec::new());
        let best = expected(&|p| p > at);
        for other in [0.0, 0.1, 0.4, 0.6, 0.8] {
            assert!(best + 1e-6 >= expected(&|p| p > other), "{other}");
        }
    }
}
