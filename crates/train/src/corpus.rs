//! The corpus as word numbers, one shard per script.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use cleanfilter::identify::ngram::words::{Word, Words};

use crate::letters::SCRIPTS;
use crate::mixed::training_lines;

/// One script's text.
#[derive(Default)]
pub struct Shard {
    pub script: u8,
    pub labels: Vec<String>,
    /// Units of all words, end to end.
    pub units: Vec<u32>,
    /// Where each word's units begin; one more at the end.
    pub word_at: Vec<u32>,
    /// Word numbers per label.
    pub streams: Vec<Vec<u32>>,
    /// Where each line begins in its stream; one more at the end.
    pub lines: Vec<Vec<u32>>,
    /// Lines kept from training, per label.
    pub held: Vec<Vec<Vec<u32>>>,
}

impl Shard {
    pub fn word_count(&self) -> usize {
        self.word_at.len() - 1
    }

    /// Loads word `id` into `word`.
    pub fn load(&self, id: usize, word: &mut Word) {
        word.begin(self.script);
        for &u in &self.units[self.word_at[id] as usize..self.word_at[id + 1] as usize] {
            word.push(u);
        }
        word.close();
    }
}

/// The script number of a label's ISO 15924 code.
pub fn script_number(label: &str) -> u8 {
    let code = match &label[4..] {
        "Hans" | "Hant" | "Jpan" => "Hani",
        c => c,
    };
    SCRIPTS
        .iter()
        .position(|s| *s == code)
        .map_or(SCRIPTS.len() as u8, |i| i as u8 + 1)
}

/// FNV-1a, to choose lines by their content.
pub fn line_hash(line: &str) -> u64 {
    line.bytes().fold(0xcbf2_9ce4_8422_2325, |h, b| {
        (h ^ b as u64).wrapping_mul(0x0100_0000_01b3)
    })
}

/// Held-out lines a label has at most.
const HELD: usize = 300;
/// One line in so many is held out.
const HELD_OF: u64 = 30;

pub fn read_lines(folder: &Path, label: &str) -> Vec<String> {
    let plain = folder.join(format!("{label}.txt"));
    let text = if let Ok(t) = fs::read_to_string(&plain) {
        t
    } else {
        let packed = fs::File::open(folder.join(format!("{label}.txt.zst")))
            .unwrap_or_else(|e| panic!("{label}: {e}"));
        let mut text = String::new();
        let mut d =
            zstd::stream::read::Decoder::new(packed).unwrap_or_else(|e| panic!("{label}: {e}"));
        std::io::Read::read_to_string(&mut d, &mut text).unwrap_or_else(|e| panic!("{label}: {e}"));
        text
    };
    text.lines()
        .filter(|l| !l.trim().is_empty())
        .map(str::to_owned)
        .collect()
}

/// Reads the labels of one script.
pub fn load(
    folder: &Path,
    script: u8,
    labels: Vec<String>,
    extra: &HashMap<String, Vec<String>>,
) -> Shard {
    let mut shard = Shard {
        script,
        ..Shard::default()
    };
    shard.word_at.push(0);
    let mut ids: HashMap<u64, u32> = HashMap::new();
    let mut word = Word::default();
    for label in labels {
        let mut stream = Vec::new();
        let mut starts = vec![0u32];
        let mut held: Vec<Vec<u32>> = Vec::new();
        let mut lines = training_lines(folder, &label);
        if let Some(more) = extra.get(&label) {
            lines.extend(more.iter().cloned());
        }
        for line in &lines {
            let from = stream.len();
            let mut words = Words::new(line);
            while words.next_into(&mut word) {
                if word.script != script {
                    continue;
                }
                let id = *ids.entry(word.whole()).or_insert_with(|| {
                    shard.units.extend(word.unit_values());
                    shard.word_at.push(shard.units.len() as u32);
                    shard.word_at.len() as u32 - 2
                });
                stream.push(id);
            }
            if stream.len() == from {
                continue;
            }
            if line_hash(line).is_multiple_of(HELD_OF) && held.len() < HELD {
                held.push(stream.split_off(from));
            } else {
                starts.push(stream.len() as u32);
            }
        }
        shard.labels.push(label);
        shard.streams.push(stream);
        shard.lines.push(starts);
        shard.held.push(held);
    }
    shard
}

/// The text of the held-out lines of a label.
pub fn held_lines(folder: &Path, label: &str) -> Vec<String> {
    training_lines(folder, label)
        .into_iter()
        .filter(|l| line_hash(l).is_multiple_of(HELD_OF))
        .take(HELD)
        .collect()
}
