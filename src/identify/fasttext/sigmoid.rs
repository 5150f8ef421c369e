//! The logistic function in steps, as the reference implementation has it.

/// Steps of the table, and where it ends on both sides: constants of the reference implementation. Probabilities of
/// models with independent labels come in these steps, so ties are common.
const STEPS: usize = 512;
const END: f32 = 8.0;

/// A table of 513 values from -8 to 8.
pub(super) struct Sigmoid {
    table: [f32; STEPS + 1],
}

impl Sigmoid {
    pub(super) fn new() -> Sigmoid {
        let table = std::array::from_fn(|i| {
            let x = i as f32 * 2.0 * END / STEPS as f32 - END;
            (1.0 / (1.0 + f64::from((-x).exp()))) as f32
        });
        Sigmoid { table }
    }

    /// Replaces scores by probabilities.
    pub(super) fn apply(&self, scores: &mut [f32]) {
        for score in scores {
            *score = self.of(*score);
        }
    }

    fn of(&self, x: f32) -> f32 {
        if x < -END {
            0.0
        } else if x > END {
            1.0
        } else {
            let step = (x + END) * STEPS as f32 / END / 2.0;
            // What is not a number stays so.
            if step.is_nan() {
                step
            } else {
                self.table[(step as usize).min(STEPS)]
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn goes_in_steps_from_0_to_1() {
        let sigmoid = Sigmoid::new();
        assert_eq!(sigmoid.of(-8.5), 0.0);
        assert_eq!(sigmoid.of(8.5), 1.0);
        assert_eq!(sigmoid.of(0.0), 0.5);
        assert_eq!(sigmoid.of(0.03), 0.5);
        assert!(sigmoid.of(0.04) > 0.5);
        assert!(sigmoid.of(8.0) < 1.0);
        assert!(sigmoid.of(f32::NAN).is_nan());
    }
}
