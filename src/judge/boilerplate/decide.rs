//! From how likely each line is wanted to which lines stay.

use std::ops::Range;

use multiversion::multiversion;

use super::line::mass;

/// How far the lines of a page's best stretch may be misjudged at once: the standard deviation of a shift of their log
/// odds, in nats. The lines of a page are wrong together, because it is the page that is misread, or because its
/// collection wants more or less than others.
const SHIFT: f32 = 2.0;
/// The same of the lines around it.
const SHIFT_AROUND: f32 = 4.0;
/// How far, one way or the other, the lines around may be misjudged beside: comments and lists of teasers are wanted
/// or not as a whole, whatever the text before them is.
///
/// With one shift of 2 for all lines, the best of its kind, F1 at a setting of 0.45 was 0.9187 in cross-validation
/// by site, and 0.9218 at the best threshold; with these three it is 0.9223, and 0.9230 at 0.5. With shifts of 3 to 4
/// and 3 to 5 beside it lies between 0.9204 and 0.9223.
const BESIDE: f32 = 5.0;
/// A line as likely as this is worth nothing to a stretch, which goes over lines that are less likely, if there is enough
/// behind them. About where lines are cut on a page that is hard to read.
const EVEN: f32 = 0.35;
/// So many lines before and after a stretch are not yet around it: headings, captions, what is left of a list. Of 0, 3,
/// 6 and 10 all are as good within 0.001.
const NEAR: usize = 6;
/// A line of the best stretch or near it stays if it is as likely as this part of the setting: headings, captions and
/// list items are short, so that an F hardly notices them, but a reader does. In cross-validation by site F1 is the same
/// with it within 0.0005, and recall 0.005 higher; of such lines 44 in a hundred are wanted.
const AMONG: f32 = 0.7;

/// Lines less likely than this part of the setting need no place in the order: of 160,000, at each of the three levels, none
/// stays.
const HOPELESS: f32 = 0.04;

/// Which lines of a page stay.
#[derive(Clone, Debug, PartialEq)]
pub struct Cut {
    /// Those at least as likely.
    least: f32,
    /// The best stretch, with the lines near it, and what is enough for these.
    main: Range<usize>,
    among: f32,
}

impl Cut {
    /// Nothing goes.
    pub const NOTHING: Cut = Cut {
        least: 0.0,
        main: 0..0,
        among: 0.0,
    };

    /// Whether a line stays, by how likely it is wanted.
    #[inline]
    pub fn keeps(&self, line: usize, wanted: f32) -> bool {
        wanted >= self.least || wanted >= self.among && self.main.contains(&line)
    }
}

/// Five points of a normal distribution and their weights (Gauss–Hermite quadrature).
const POINTS: [(f32, f32); 5] = [
    (-2.856_97, 0.011_257_41),
    (-1.355_626, 0.222_075_92),
    (0.0, 0.533_333_3),
    (1.355_626, 0.222_075_92),
    (2.856_97, 0.011_257_41),
];

/// Each point of the page's shift with what is around shifted beside, one way and the other way.
const BOTH: usize = 2 * POINTS.len();
/// As many numbers as that and some that weigh nothing: the processor takes eight at a time.
const WIDE: usize = BOTH.next_multiple_of(8);

/// What each of them weighs.
const WEIGHTS: [f32; WIDE] = {
    let mut weights = [0.0; WIDE];
    let mut k = 0;
    while k < BOTH {
        weights[k] = POINTS[k % POINTS.len()].1;
        k += 1;
    }
    weights
};

/// Which lines of a page go: those below the probability that makes the expected F-measure the largest, but for what is
/// likely enough to belong to the text that it stands in.
///
/// Lines go from the least likely up, and what stays is the set with the best expected F (Ye, Chai, Lee and Chieu
/// 2012), as a mean over shifts of the whole page and of what is around its best stretch. `part` sets which F: at 0.5
/// it is F1; below, recall counts more, above, precision. Without shifts, the lines that stay would be those with a
/// probability above `part` of that F (Lipton, Elkan and Narayanaswamy 2014), so 0 keeps everything. `weights` are the
/// lines' words.
#[multiversion(targets("x86_64+avx2+bmi1+bmi2+popcnt"))]
pub fn cut(wanted: &[f32], weights: &[f32], part: f32, order: &mut Vec<u64>) -> Cut {
    if part <= 0.0 {
        return Cut::NOTHING;
    }
    // The weight of recall beside precision, beta squared.
    let beta = (1.0 / part - 1.0).max(0.0);
    // The likeliest first, of equals the first: a probability's bits, the other way round, and the line.
    let numbered = wanted.iter().zip(0u64..);
    let numbered = numbered.map(|(p, line)| u64::from(!p.to_bits()) << 32 | line);
    let line = |key: &u64| *key as u32 as usize;
    let p = |key: &u64| f32::from_bits(!(*key >> 32) as u32);
    let w = |key: &u64| weights.get(line(key)).copied().unwrap_or(0.0);
    let main = stretch(wanted, weights);
    let (inside, around) = (odds(SHIFT, 0.0), odds(SHIFT_AROUND, BESIDE));
    let shifted = |key: &u64| {
        let (yes, no) = (p(key), 1.0 - p(key));
        if main.contains(&line(key)) {
            shifted(yes, no, &inside)
        } else {
            shifted(apart(yes), apart(no), &around)
        }
    };
    let mut wanted_words = [0.0; WIDE];
    order.clear();
    for key in numbered {
        add(&mut wanted_words, shifted(&key), w(&key));
        if p(&key) >= HOPELESS * part {
            order.push(key);
        }
    }
    order.sort_unstable();
    let (mut hit, mut chosen, mut best) = ([0.0; WIDE], 0.0, (0.0f32, 0.0));
    for (at, key) in order.iter().enumerate() {
        add(&mut hit, shifted(key), w(key));
        chosen += w(key);
        let mut parts = WEIGHTS;
        for ((part, hit), wanted) in parts.iter_mut().zip(&hit).zip(&wanted_words) {
            *part = *part * hit / (chosen + beta * wanted).max(1e-9);
        }
        let f = parts.iter().sum::<f32>();
        if f > best.0 {
            best = (f, (p(key) + order.get(at + 1).map_or(0.0, p)) / 2.0);
        }
    }
    Cut {
        least: best.1,
        main,
        among: AMONG * part,
    }
}

/// Whether by the first look all lines of a page are as likely as the setting: then all of it stays, whatever a second
/// look might say. Of documents without surroundings most are told so, at a third less cost; of 1,298 crawled ones none
/// would have lost a line more.
pub fn is_plain(first: &[f32], part: f32) -> bool {
    first.iter().all(|p| *p >= part)
}

/// What each shift does to the odds of a line.
fn odds(shift: f32, beside: f32) -> [f32; WIDE] {
    std::array::from_fn(|k| {
        let beside = if k < POINTS.len() { -beside } else { beside };
        (POINTS[k % POINTS.len()].0 * shift + beside).exp()
    })
}

/// A line's probability under each shift, of what speaks for it and against.
#[inline(always)]
fn shifted(yes: f32, no: f32, odds: &[f32; WIDE]) -> [f32; WIDE] {
    odds.map(|o| yes * o / (no + yes * o))
}

/// What speaks for a line or against it, so far apart that over large shifts the line is about as likely as it was said
/// to be.
fn apart(p: f32) -> f32 {
    p * p * p.sqrt()
}

/// What a line of so many words is worth to a stretch.
pub fn worth(p: f32, words: f32) -> f32 {
    (p - EVEN) * mass(words)
}

/// The lines with the best sum of words, those less likely than [`EVEN`] counted against (Kadane's algorithm), and those
/// near by.
fn stretch(wanted: &[f32], weights: &[f32]) -> Range<usize> {
    let (mut sum, mut start, mut best) = (0.0f32, 0, (f32::MIN, 0..0));
    for (i, (p, w)) in wanted.iter().zip(weights).enumerate() {
        if sum <= 0.0 {
            (sum, start) = (0.0, i);
        }
        sum += worth(*p, *w);
        if sum > best.0 {
            best = (sum, start..i + 1);
        }
    }
    let (_, Range { start, end }) = best;
    start.saturating_sub(NEAR)..end + NEAR
}

#[inline(always)]
fn add(sums: &mut [f32; WIDE], values: [f32; WIDE], weight: f32) {
    for (sum, value) in sums.iter_mut().zip(values) {
        *sum += value * weight;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(wanted: &[f32], weights: &[f32], part: f32) -> f32 {
        super::cut(wanted, weights, part, &mut Vec::new()).least
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
        // Lines 6 to 8 are the best stretch, the last three lines are around it.
        let mut wanted = [0.02; 18];
        let mut weights = [1.0; 18];
        wanted[6..9].copy_from_slice(&[0.9, 0.7, 0.45]);
        weights[6..9].copy_from_slice(&[5.0, 20.0, 10.0]);
        wanted[15..].copy_from_slice(&[0.05, 0.3, 0.3]);
        weights[15..].copy_from_slice(&[40.0, 7.0, 6.0]);
        assert_eq!(stretch(&wanted, &weights), 0..15);
        let expected = |above: f32| -> f32 {
            let f = |k: usize| {
                let p: [f32; 18] = std::array::from_fn(|i| {
                    let (yes, no) = (wanted[i], 1.0 - wanted[i]);
                    if i < 15 {
                        shifted(yes, no, &odds(SHIFT, 0.0))[k]
                    } else {
                        shifted(apart(yes), apart(no), &odds(SHIFT_AROUND, BESIDE))[k]
                    }
                });
                let sum = |keep: &dyn Fn(usize) -> bool, p: &[f32]| -> f32 {
                    let lines = (0..wanted.len()).filter(|i| keep(*i));
                    lines.map(|i| p[i] * weights[i]).sum()
                };
                let kept = |i: usize| wanted[i] > above;
                let both = sum(&kept, &[1.0; 18]) + sum(&|_| true, &p);
                POINTS[k % POINTS.len()].1 * 2.0 * sum(&kept, &p) / both
            };
            (0..BOTH).map(f).sum()
        };
        let best = expected(cut(&wanted, &weights, 0.5));
        for other in [0.0, 0.03, 0.1, 0.4, 0.6, 0.8] {
            assert!(best + 1e-6 >= expected(other), "{other}");
        }
    }

    #[test]
    fn a_heading_stays_in_its_text_and_goes_elsewhere() {
        let mut wanted = [0.98; 40];
        wanted[20] = 0.37;
        wanted[28..].fill(0.01);
        wanted[39] = 0.37;
        let mut weights = [40.0; 40];
        weights[20] = 2.0;
        weights[39] = 2.0;
        let cut = super::cut(&wanted, &weights, 0.5, &mut Vec::new());
        assert!(cut.least > 0.37, "{cut:?}");
        assert!(cut.keeps(20, 0.37) && !cut.keeps(39, 0.37), "{cut:?}");
        assert!(!cut.keeps(20, 0.3), "{cut:?}");
    }

    #[test]
    fn a_long_list_in_doubt_goes_from_behind_a_text() {
        // It is wanted or not as a whole: were each line in doubt by itself, all would stay.
        let mut wanted = [0.95; 80];
        wanted[20..].fill(0.3);
        let behind = cut(&wanted, &[10.0; 80], 0.5);
        assert!((0.3..0.95).contains(&behind), "{behind}");
    }
}
