//! From how likely each line is wanted to which lines stay.

/// How far all lines of a page may be misjudged at once: the standard deviation of a shift of their log odds, in nats.
/// The lines of a page are wrong together, because it is the page that is misread, or because its collection wants more
/// or less than others. Of 0, 1, 1.5, 2 and 2.5 the one with the best F1 in cross-validation by site.
const SHIFT: f32 = 2.0;

/// Five points of a normal distribution and their weights (Gauss–Hermite quadrature).
const POINTS: [(f32, f32); 5] = [
    (-2.856_97, 0.011_257_41),
    (-1.355_626, 0.222_075_92),
    (0.0, 0.533_333_3),
    (1.355_626, 0.222_075_92),
    (2.856_97, 0.011_257_41),
];

/// The probability under which lines go, for a page: it makes the expected F-measure the largest.
///
/// Lines go from the least likely up, and what stays is the set with the best expected F (Ye, Chai, Lee and Chieu 2012),
/// as a mean over shifts of the whole page. `part` sets which F: at 0.5 it is F1; below, recall counts more, above,
/// precision. Without shifts, the lines that stay would be those with a probability above `part` of that F (Lipton,
/// Elkan and Narayanaswamy 2014), so 0 keeps everything. `weights` are the lines' words.
pub fn threshold(wanted: &[f32], weights: &[f32], part: f32, order: &mut Vec<u32>) -> f32 {
    if part <= 0.0 {
        return 0.0;
    }
    // The weight of recall beside precision, beta squared.
    let beta = (1.0 / part - 1.0).max(0.0);
    let p = |i: &u32| wanted.get(*i as usize).copied().unwrap_or(0.0);
    let w = |i: &u32| weights.get(*i as usize).copied().unwrap_or(0.0);
    order.clear();
    order.extend(0..wanted.len() as u32);
    order.sort_unstable_by(|a, b| p(b).total_cmp(&p(a)).then(a.cmp(b)));
    let odds = POINTS.map(|(point, _)| (point * SHIFT).exp());
    let shifted = |p: f32| odds.map(|o| p * o / (1.0 - p + p * o));
    let mut wanted_words = [0.0; POINTS.len()];
    for i in order.iter() {
        add(&mut wanted_words, shifted(p(i)), w(i));
    }
    let (mut hit, mut chosen, mut best) = ([0.0; POINTS.len()], 0.0, (0.0f32, 0.0));
    for (at, i) in order.iter().enumerate() {
        add(&mut hit, shifted(p(i)), w(i));
        chosen += w(i);
        let parts = hit.iter().zip(&wanted_words).zip(&POINTS);
        let f: f32 = parts
            .map(|((hit, wanted), (_, weight))| weight * hit / (chosen + beta * wanted).max(1e-9))
            .sum();
        if f > best.0 {
            best = (f, (p(i) + order.get(at + 1).map_or(0.0, p)) / 2.0);
        }
    }
    best.1
}

fn add(sums: &mut [f32; POINTS.len()], values: [f32; POINTS.len()], weight: f32) {
    for (sum, value) in sums.iter_mut().zip(values) {
        *sum += value * weight;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(wanted: &[f32], weights: &[f32], part: f32) -> f32 {
        threshold(wanted, weights, part, &mut Vec::new())
    }

    #[test]
    fn a_clear_page_is_cut_in_its_gap_and_an_unclear_one_keeps_more() {
        let clear = cut(&[0.99, 0.99, 0.01, 0.01], &[10.0; 4], 0.5);
        assert!((0.45..=0.55).contains(&clear), "{clear}");
        let unclear = cut(&[0.4, 0.3, 0.2, 0.1], &[10.0; 4], 0.5);
        assert!((0.0..0.3).contains(&unclear), "{unclear}");
        assert_eq!(cut(&[], &[], 0.5), 0.0);
    }

    #[test]
    fn a_higher_part_keeps_no_more_and_nothing_goes_at_0() {
        let wanted = [0.95, 0.9, 0.7, 0.45, 0.3, 0.2, 0.1, 0.05];
        let weights = [50.0, 5.0, 20.0, 10.0, 1.0, 5.0, 30.0, 40.0];
        let cuts = [0.0, 0.15, 0.37, 0.5, 0.6, 0.8, 1.0].map(|part| cut(&wanted, &weights, part));
        assert!(cuts.is_sorted(), "{cuts:?}");
        assert_eq!(cuts[0], 0.0);
        assert!(cuts[6] > 0.9);
    }

    #[test]
    fn the_best_expected_f_of_all_cuts_is_found() {
        let wanted = [0.9, 0.7, 0.45, 0.3, 0.05];
        let weights = [5.0, 20.0, 10.0, 1.0, 40.0];
        let expected = |above: f32| -> f32 {
            let f = |(point, weight): (f32, f32)| {
                let o = (point * SHIFT).exp();
                let p = wanted.map(|p| p * o / (1.0 - p + p * o));
                let sum = |keep: &dyn Fn(usize) -> bool, p: &[f32]| -> f32 {
                    let lines = (0..wanted.len()).filter(|i| keep(*i));
                    lines.map(|i| p[i] * weights[i]).sum()
                };
                let kept = |i: usize| wanted[i] > above;
                let both = sum(&kept, &[1.0; 5]) + sum(&|_| true, &p);
                weight * 2.0 * sum(&kept, &p) / both
            };
            POINTS.into_iter().map(f).sum()
        };
        let best = expected(cut(&wanted, &weights, 0.5));
        for other in [0.0, 0.1, 0.4, 0.6, 0.8] {
            assert!(best + 1e-6 >= expected(other), "{other}");
        }
    }
}
