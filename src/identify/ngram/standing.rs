//! Who leads, and by how much.
//!
//! Sums are compared as 16 bits each where that loses nothing, which it does for all but long texts: the processor takes
//! eight of them at a time or sixteen, and the answer is the same.

use multiversion::multiversion;

use super::scores::{LANES, OUT, Scores};

/// e^x, within a ten-thousandth, alike on every machine.
#[inline(always)]
pub fn exp(x: f32) -> f32 {
    let x = if x > -80.0 { x } else { -80.0 };
    let x = if x < 80.0 { x } else { 80.0 } * std::f32::consts::LOG2_E;
    // Adding 1.5 * 2^23 rounds to an integer.
    let n = (x + 12_582_912.0) - 12_582_912.0;
    let f = x - n;
    let p = 1.0
        + f * (std::f32::consts::LN_2
            + f * (0.240_226_5 + f * (0.055_504_1 + f * (0.009_618_1 + f * 0.001_333_4))));
    p * f32::from_bits(((n as i32 + 127) as u32) << 23)
}

/// A sum in 16 bits; what is beyond them is at their end.
#[inline(always)]
fn narrow(sum: i32) -> i16 {
    sum.clamp(i16::MIN as i32, i16::MAX as i32) as i16
}

/// Below e^-14 a rival is not heard, nor are 255 of them.
const HEARD: f32 = 14.0;

impl Scores {
    /// The label with the highest sum (of equal ones the last), and the sum.
    #[inline]
    pub fn best(&self) -> (usize, i32) {
        let top = self.top();
        let at = self.running().iter().rposition(|&s| s == top);
        (at.unwrap_or(0), top)
    }

    /// Whether the highest sum is at least so many steps above all others.
    #[inline]
    pub fn leads_by(&self, steps: i32) -> bool {
        let (top, second) = top_two(self.running());
        let least = (top as i32).saturating_sub(steps);
        if is_whole(top) && least >= i16::MIN as i32 {
            return second as i32 <= least;
        }
        let least = self.top().saturating_sub(steps);
        self.running().iter().filter(|&&s| s > least).count() <= 1
    }

    /// The odds of all other labels against the best, a step being worth `step` nats.
    #[inline]
    pub fn rivals(&self, step: f32) -> f32 {
        self.standing(step).1
    }

    /// The label with the highest sum (of equal ones the last), and the odds of all others against it, a step being worth
    /// `step` nats.
    #[inline]
    pub fn standing(&self, step: f32) -> (usize, f32) {
        standing(self.running(), self.top(), step)
    }

    /// The sums of the labels that may be in the running.
    #[inline(always)]
    fn running(&self) -> &[i32] {
        &self.sums[..self.lanes.min(256)]
    }

    #[inline(always)]
    fn top(&self) -> i32 {
        let (top, _) = top_two(self.running());
        if is_whole(top) {
            return top as i32;
        }
        self.running().iter().copied().fold(OUT, i32::max)
    }
}

/// The highest sum and the one after it, in 16 bits.
#[multiversion(targets("x86_64+avx2"))]
fn top_two(sums: &[i32]) -> (i16, i16) {
    let mut firsts = [i16::MIN; LANES];
    let mut seconds = [i16::MIN; LANES];
    for some in sums.as_chunks::<LANES>().0 {
        for i in 0..LANES {
            let s = narrow(some[i]);
            seconds[i] = seconds[i].max(firsts[i].min(s));
            firsts[i] = firsts[i].max(s);
        }
    }
    let (mut first, mut second) = (i16::MIN, i16::MIN);
    for i in 0..LANES {
        second = second.max(first.min(firsts[i])).max(seconds[i]);
        first = first.max(firsts[i]);
    }
    (first, second)
}

/// Of sums of which `top` is the highest, the last that has it, and the odds of all others against it.
#[multiversion(targets("x86_64+avx2"))]
fn standing(sums: &[i32], top: i32, step: f32) -> (usize, f32) {
    let least = top.saturating_sub((HEARD / step.max(1e-3)) as i32);
    // Most labels are far behind; those that are not are raised to their powers together.
    let mut best = 0;
    let mut odds = 0.0f32;
    let mut near = [0i32; NEAR];
    let mut waiting = 0;
    let mut ahead = [0u8; 256];
    for (flag, &s) in ahead.iter_mut().zip(sums) {
        *flag = (s > least) as u8;
    }
    let eights = ahead.as_chunks::<8>().0.iter().zip(sums.as_chunks::<8>().0);
    for (i, (flags, eight)) in eights.enumerate() {
        let mut flags = u64::from_le_bytes(*flags);
        while flags != 0 {
            let at = flags.trailing_zeros() as usize / 8 % 8;
            flags &= flags - 1;
            let behind = eight[at] - top;
            best = if behind == 0 { i * 8 + at } else { best };
            near[waiting % NEAR] = behind;
            waiting += 1;
            if waiting == NEAR {
                odds = add_powers(odds, &near, NEAR, step);
                waiting = 0;
            }
        }
    }
    (best, add_powers(odds, &near, waiting, step) - 1.0)
}

/// Whether 16 bits hold the sum itself, not the end of what they can.
#[inline(always)]
fn is_whole(sum: i16) -> bool {
    i16::MIN < sum && sum < i16::MAX
}

/// Labels whose powers are taken together.
const NEAR: usize = 16;

/// Adds e to the power of each of the first `many`, in their order.
#[inline(always)]
fn add_powers(mut odds: f32, near: &[i32; NEAR], many: usize, step: f32) -> f32 {
    let mut powers = [0.0f32; NEAR];
    for (power, &steps) in powers.iter_mut().zip(near) {
        *power = exp(steps as f32 * step);
    }
    for power in powers.iter().take(many) {
        odds += power;
    }
    odds
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The same, one label after another.
    fn plainly(sums: &[i32], steps: i32, step: f32) -> (bool, usize, f32) {
        let top = sums.iter().copied().fold(OUT, i32::max);
        let ahead = sums.iter().filter(|&&s| s > top - steps).count();
        let least = top - (HEARD / step) as i32;
        let near = sums.iter().filter(|&&s| s > least);
        let odds = near.fold(0.0, |odds, &s| odds + exp((s - top) as f32 * step));
        let best = sums.iter().rposition(|&s| s == top);
        (ahead <= 1, best.unwrap_or(0), odds - 1.0)
    }

    proptest! {
        /// Within 16 bits, at their ends and beyond them, with labels out of the running.
        #[test]
        fn what_sixteen_bits_say_is_so(
            sums in prop::collection::vec(-300i32..300, 1..256),
            around in prop::sample::select(vec![0, 32_600, 32_767, 200_000, -32_500, -200_000]),
            steps in 0i32..200,
            step in 0.03f32..0.2,
        ) {
            let mut priors = [OUT; 256];
            for (prior, s) in priors.iter_mut().zip(&sums) {
                *prior = s + around;
            }
            let mut scores = Scores::default();
            scores.open(&priors, sums.len());
            let (leads, best, odds) = plainly(&priors, steps, step);
            prop_assert_eq!(scores.leads_by(steps), leads);
            prop_assert_eq!(scores.best().0, best);
            let (at, rivals) = scores.standing(step);
            prop_assert_eq!((at, rivals.to_bits()), (best, odds.to_bits()));
        }
    }
}
