//! What words and shapes say of kinds, learnt together: each word speaks for one kind, each step of a shape for or
//! against all.

use cleanfilter::judge::boilerplate::kinds::{KINDS, STEPS, spread};

use super::Random;

/// A line whose kind is known.
pub struct Line {
    /// Which words it has.
    pub words: Vec<u32>,
    /// Which steps its shape is at; none where it is a phrase without a page.
    pub steps: Vec<u8>,
    /// Its kind.
    pub kind: usize,
    /// How much it counts.
    pub weight: f32,
}

/// Passes over the lines, AdaGrad's step, and the pull of each word towards 0, a step: first guesses.
const EPOCHS: usize = 6;
const RATE: f32 = 0.1;
const DECAY: f32 = 1e-4;

/// What is learnt: for each word how much it says for its kind, for each kind what each step says, in nats.
pub struct Learnt {
    pub words: Vec<f32>,
    pub shapes: Vec<[f32; STEPS]>,
}

/// Learns them; `kinds` are the words' kinds, `words` what they say at first.
pub fn learn(lines: &[Line], kinds: &[usize], words: Vec<f32>) -> Learnt {
    let mut learnt = Learnt {
        words,
        shapes: vec![[0.0; STEPS]; KINDS],
    };
    let mut word_squares = vec![1e-4f32; kinds.len()];
    let mut step_squares = vec![[1e-4f32; STEPS]; KINDS];
    let mut order: Vec<u32> = (0..lines.len() as u32).collect();
    let mut random = Random(5);
    for _ in 0..EPOCHS {
        random.shuffle(&mut order);
        for &at in &order {
            let line = &lines[at as usize];
            let scale = spread(line.words.len() as f32);
            let mut votes = [0f32; KINDS];
            for &w in &line.words {
                votes[kinds[w as usize]] += learnt.words[w as usize] * scale;
            }
            for (vote, shape) in votes.iter_mut().zip(&learnt.shapes) {
                *vote += line.steps.iter().map(|s| shape[*s as usize]).sum::<f32>();
            }
            let most = votes.iter().copied().fold(f32::MIN, f32::max);
            let sum: f32 = votes.iter().map(|v| (v - most).exp()).sum();
            let gradients: [f32; KINDS] = std::array::from_fn(|k| {
                let p = (votes[k] - most).exp() / sum;
                (p - (k == line.kind) as u8 as f32) * line.weight
            });
            for &w in &line.words {
                let w = w as usize;
                let g = gradients[kinds[w]] * scale;
                word_squares[w] += g * g;
                let word = &mut learnt.words[w];
                *word -= RATE * g / word_squares[w].sqrt() + DECAY * *word;
                *word = word.max(0.0);
            }
            for ((shape, squares), g) in learnt
                .shapes
                .iter_mut()
                .zip(&mut step_squares)
                .zip(gradients)
            {
                for s in &line.steps {
                    let s = *s as usize;
                    squares[s] += g * g;
                    shape[s] -= RATE * g / squares[s].sqrt();
                }
            }
        }
    }
    learnt
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_of_one_kind_and_a_step_of_another_are_learnt() {
        let line = |words: &[u32], steps: &[u8], kind| Line {
            words: words.to_vec(),
            steps: steps.to_vec(),
            kind,
            weight: 1.0,
        };
        // The first word stands in lines of the first kind, the second in lines of any; the second step is the second kind's.
        let lines: Vec<Line> = (0..60)
            .flat_map(|_| [line(&[0, 1], &[0], 0), line(&[1], &[1], 1)])
            .collect();
        let learnt = learn(&lines, &[0, 2], vec![0.5; 2]);
        assert!(
            learnt.words[0] > 0.8 && learnt.words[1] < 0.2,
            "{:?}",
            learnt.words
        );
        assert!(learnt.shapes[1][1] > learnt.shapes[0][1] + 1.0);
    }
}
