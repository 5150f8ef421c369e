//! Quick timing: MB/s over development lines of 40, 120 and 2,000 characters.

use std::hint::black_box;
use std::time::Instant;

use cleanfilter::identify::ngram::model::{Model, State};
use cleanfilter::identify::ngram::words::{Word, Words};

use crate::evaluate::{Line, print_line};

/// Lines of about `chars` characters, cut from the development lines.
pub fn lines(dev: &[Line], chars: usize) -> Vec<String> {
    let mut out = Vec::new();
    let mut text = String::new();
    for l in dev {
        text.push_str(&l.text);
        text.push(' ');
        if text.chars().count() >= chars {
            out.push(text.chars().take(chars).collect());
            text.clear();
        }
    }
    out
}

pub fn report(model: &Model<'_>, dev: &[Line]) {
    for chars in [40, 120, 2000] {
        let lines = lines(dev, chars);
        let bytes: usize = lines.iter().map(String::len).sum();
        let mut state = State::default();
        let mut rates = [0.0f64; 2];
        for _ in 0..3 {
            let t = Instant::now();
            for l in &lines {
                black_box(model.weigh(l, &mut state, &[]).map(|w| w.scores.best().0));
            }
            rates[0] = rates[0].max(bytes as f64 / t.elapsed().as_secs_f64() / 1e6);
            let t = Instant::now();
            let mut word = Word::default();
            for l in &lines {
                let mut words = Words::new(l);
                while words.next_into(&mut word) {}
            }
            black_box(&word);
            rates[1] = rates[1].max(bytes as f64 / t.elapsed().as_secs_f64() / 1e6);
        }
        print_line(&format!(
            "{chars} characters: {:.1} MB/s, words alone {:.1} MB/s",
            rates[0], rates[1]
        ));
    }
}
