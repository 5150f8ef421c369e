//! Function words: in each language's texts the words that stand in most sentences.

use std::collections::{BTreeMap, HashMap};
use std::io::{self, BufRead, BufReader};
use std::path::Path;

use cleanfilter::judge::boilerplate::{line, words::finish};

/// Words a language; what the word must have of the language's sentences.
const PER_LANGUAGE: usize = 40;
const MIN_SHARE: f32 = 0.025;
/// Sentences read a language.
const SENTENCES: usize = 6000;

/// Reads the languages' texts, gives the table's bytes.
pub fn grow(folder: &Path, core: &Path) -> io::Result<Vec<u8>> {
    let labels = std::fs::read_to_string(core)?;
    let mut all: BTreeMap<u32, u32> = BTreeMap::new();
    for label in labels.split_whitespace().filter(|l| l.len() == 8) {
        let Ok(file) = std::fs::File::open(folder.join(format!("{label}.txt.zst"))) else {
            continue;
        };
        let mut arena = line::Arena::default();
        let mut counts: HashMap<u32, u32> = HashMap::new();
        let mut sentences = 0;
        for text in BufReader::new(zstd::Decoder::new(file)?).lines() {
            let text = text?;
            arena.words.clear();
            let l = line::read(&text, 0..text.len(), &mut arena);
            // Sentences, not labels of buttons: function words are what joins others.
            if l.units < 8.0 {
                continue;
            }
            sentences += 1;
            arena.words.sort_unstable();
            arena.words.dedup();
            for w in &arena.words {
                *counts.entry(*w).or_default() += 1;
            }
            if sentences >= SENTENCES {
                break;
            }
        }
        let mut best: Vec<(u32, u32)> = counts.into_iter().collect();
        best.sort_by_key(|(w, n)| (std::cmp::Reverse(*n), *w));
        for (w, n) in best.into_iter().take(PER_LANGUAGE) {
            if n as f32 >= MIN_SHARE * sentences as f32 {
                *all.entry(finish(w)).or_default() += 1;
            }
        }
    }
    Ok(super::linear::table(
        all.into_keys().map(|f| (f, 1.0)),
        1 << 12,
    ))
}
