//! Grows `src/tables/functions.bin`: the words that most lines of a language have.

use std::collections::HashMap;
use std::path::Path;

use cleanfilter::identify::ngram::words::{Word, Words};

use crate::corpus::{line_hash, script_number};
use crate::mixed::training_lines;

/// Words a language has: the closed class of articles, prepositions, pronouns is about this large.
const WORDS: usize = 100;
/// Lines read per label; more change the list little.
const LINES: usize = 20_000;

/// Labels (8 bytes), and for each 100 times u16 of hash, sorted; shorter lists repeat their last word.
pub fn table(folder: &Path, labels: &[String]) -> Vec<u8> {
    let mut out = (labels.len() as u32).to_le_bytes().to_vec();
    for l in labels {
        out.extend(l.as_bytes());
    }
    let mut word = Word::default();
    for label in labels {
        let script = script_number(label);
        let mut counts: HashMap<u64, u32> = HashMap::new();
        let mut seen: Vec<u64> = Vec::new();
        let mut lines = training_lines(folder, label);
        lines.sort_by_key(|l| line_hash(l));
        for line in lines.iter().take(LINES) {
            let mut words = Words::new(line);
            seen.clear();
            while words.next_into(&mut word) {
                if word.script == script && !seen.contains(&word.whole()) {
                    seen.push(word.whole());
                    *counts.entry(word.whole()).or_default() += 1;
                }
            }
        }
        let mut top: Vec<(u32, u64)> = counts.into_iter().map(|(h, n)| (n, h)).collect();
        top.sort_by(|a, b| b.cmp(a));
        let mut hashes: Vec<u16> = top.iter().take(WORDS).map(|t| (t.1 >> 16) as u16).collect();
        hashes.sort_unstable();
        hashes.dedup();
        let last = hashes.last().copied().unwrap_or(0);
        hashes.resize(WORDS, last);
        for h in hashes {
            out.extend(h.to_le_bytes());
        }
    }
    out
}
