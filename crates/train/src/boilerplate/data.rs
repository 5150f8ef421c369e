//! The labelled pages: text, lines, which of them are wanted, how much each weighs.

use std::io::{self, BufRead, BufReader};
use std::ops::Range;
use std::path::Path;

use serde::Deserialize;

/// All sets grown from; on the last, whose labels are a tool's, the rule is not measured.
pub const SETS: [&str; 8] = [
    "wcxb",
    "daniel",
    "fundus",
    "scrapinghub",
    "cleaneval",
    "l3s",
    "dragnet",
    "readability",
];
/// How many of them, the first ones, the rule is measured on.
pub const MEASURED: usize = SETS.len() - 1;

#[derive(Deserialize)]
struct Record {
    id: serde_json::Value,
    #[serde(default)]
    lang: String,
    #[serde(default)]
    site: Option<String>,
    #[serde(default, rename = "type")]
    kind: Option<String>,
    paragraphs: Vec<Labelled>,
}

#[derive(Deserialize)]
struct Labelled {
    text: String,
    keep: bool,
    #[serde(default)]
    ign: bool,
}

/// A labelled page.
#[derive(Default)]
pub struct Page {
    /// Index in [`SETS`].
    pub set: usize,
    /// The record's name.
    pub id: String,
    /// The language of what is wanted in it.
    pub lang: String,
    /// The kind of page, where the set tells it.
    pub kind: String,
    /// The registered name of its site.
    pub site: String,
    /// Its lines, joined.
    pub text: String,
    /// Bytes of each line.
    pub lines: Vec<Range<usize>>,
    /// Whether each line is wanted; `None` where the labels do not say.
    pub wanted: Vec<Option<bool>>,
    /// Words of each line, as the measure counts them.
    pub tokens: Vec<f32>,
    /// Cut and changed by [`super::augment`], not as it was found.
    pub made: bool,
    /// To be learnt from without what its phrases say.
    pub masked: bool,
}

/// Words as the measure counts them: runs between white space, and each Han, kana, Hangul or Thai letter by itself.
pub fn tokens(text: &str) -> f32 {
    let (mut n, mut inside) = (0, false);
    for c in text.chars() {
        let wide = matches!(c, '\u{e00}'..='\u{e7f}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}');
        if wide {
            n += 1 + inside as u32;
            inside = false;
        } else if c.is_whitespace() {
            n += inside as u32;
            inside = false;
        } else {
            inside = true;
        }
    }
    (n + inside as u32) as f32
}

/// A number of a name, the same everywhere (FNV-1a, then mixed).
pub fn number(name: &str) -> u64 {
    let mut h: u64 = 0xcbf2_9ce4_8422_2325;
    for b in name.bytes() {
        h = (h ^ b as u64).wrapping_mul(0x0100_0000_01b3);
    }
    h ^= h >> 29;
    h = h.wrapping_mul(0xbf58_476d_1ce4_e5b9);
    h ^ (h >> 32)
}

/// Reads one set.
pub fn read(folder: &Path, set: usize) -> io::Result<Vec<Page>> {
    let name = SETS.get(set).copied().unwrap_or_default();
    let file = std::fs::File::open(folder.join(format!("{name}.jsonl.zst")))?;
    let reader = BufReader::new(zstd::Decoder::new(file)?);
    let mut pages = Vec::new();
    for line in reader.lines() {
        let record: Record = serde_json::from_str(&line?)?;
        pages.push(page(set, record));
    }
    Ok(pages)
}

fn page(set: usize, record: Record) -> Page {
    let id = match record.id {
        serde_json::Value::String(s) => s,
        other => other.to_string(),
    };
    let site = record.site.unwrap_or_else(|| id.clone());
    let mut page = Page {
        set,
        id,
        lang: record.lang,
        kind: record.kind.unwrap_or_default(),
        site,
        text: String::new(),
        lines: Vec::new(),
        wanted: Vec::new(),
        tokens: Vec::new(),
        made: false,
        masked: false,
    };
    for p in record.paragraphs {
        let label = if p.ign { None } else { Some(p.keep) };
        page.push(&p.text, label);
    }
    page
}

impl Page {
    /// Adds a line.
    pub fn push(&mut self, text: &str, wanted: Option<bool>) {
        let start = self.text.len();
        for (i, word) in text.split_whitespace().enumerate() {
            if i > 0 {
                self.text.push(' ');
            }
            self.text.push_str(word);
        }
        self.lines.push(start..self.text.len());
        self.tokens.push(tokens(&self.text[start..]));
        self.text.push('\n');
        self.wanted.push(wanted);
    }

    /// The text of a line.
    pub fn line(&self, i: usize) -> &str {
        self.lines
            .get(i)
            .and_then(|l| self.text.get(l.clone()))
            .unwrap_or("")
    }

    /// Words wanted.
    pub fn kept_tokens(&self) -> f32 {
        self.wanted
            .iter()
            .zip(&self.tokens)
            .filter(|(w, _)| **w == Some(true))
            .map(|(_, t)| t)
            .sum()
    }

    /// Words that have a label.
    pub fn labelled_tokens(&self) -> f32 {
        self.wanted
            .iter()
            .zip(&self.tokens)
            .filter(|(w, _)| w.is_some())
            .map(|(_, t)| t)
            .sum()
    }

    /// Which of `folds` parts the page's site belongs to.
    pub fn fold(&self, folds: u64) -> usize {
        (number(&self.site) % folds) as usize
    }
}
