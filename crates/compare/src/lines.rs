//! Lines of so many characters, cut from the corpus.

use std::fs;
use std::path::PathBuf;

use cleanfilter::Language;

/// The lengths that are measured, in characters.
pub const LENGTHS: [usize; 3] = [40, 120, 2000];

/// The languages that every peer knows: those of whichlang.
const SHARED: [&str; 16] = [
    "arb_Arab", "cmn_Hans", "deu_Latn", "eng_Latn", "fra_Latn", "hin_Deva", "ita_Latn", "jpn_Jpan",
    "kor_Hang", "nld_Latn", "por_Latn", "rus_Cyrl", "spa_Latn", "swe_Latn", "tur_Latn", "vie_Latn",
];

/// Which languages the lines are in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mix {
    /// All that cleanfilter's identifier names.
    Wide,
    /// The sixteen that each of the peers knows.
    Shared,
}

impl Mix {
    /// Both.
    pub const ALL: [Mix; 2] = [Mix::Wide, Mix::Shared];

    /// As the tables call it.
    pub fn name(self) -> &'static str {
        match self {
            Mix::Wide => "all languages of the table",
            Mix::Shared => "the 16 languages that all know",
        }
    }
}

/// A line and the language that it is in.
pub struct Line {
    /// What it is in.
    pub language: Language,
    padded: String,
}

/// Blanks after each line: CLD2 reads a few bytes beyond a text's end, and crashes where they are not UTF-8.
const PADDING: &str = "        ";

impl Line {
    /// The line.
    pub fn text(&self) -> &str {
        &self.padded[..self.padded.len() - PADDING.len()]
    }
}

/// Lines of `chars` characters, the languages in turn, so that any first part of them is a mix of all.
///
/// # Errors
/// Why there is no text to cut them from.
pub fn lines(mix: Mix, chars: usize) -> Result<Vec<Line>, String> {
    let languages = corpus()?;
    let mut lines = Vec::new();
    let texts = languages.iter().filter(|(label, _)| match mix {
        Mix::Wide => true,
        Mix::Shared => SHARED.contains(&label.as_str()),
    });
    for (label, text) in texts {
        let language = Language::from_label(label).ok_or_else(|| format!("{label} is no label"))?;
        lines.extend(cut(text, chars).enumerate().map(|(turn, text)| {
            (
                turn,
                Line {
                    language,
                    padded: text + PADDING,
                },
            )
        }));
    }
    lines.sort_by_key(|(turn, _)| *turn);
    if lines.is_empty() {
        return Err("the corpus holds no lines".to_owned());
    }
    Ok(lines.into_iter().map(|(_, line)| line).collect())
}

/// The labels of the wide set, each with its development text as one line.
fn corpus() -> Result<Vec<(String, String)>, String> {
    let shared = std::env::var_os("CLEANFILTER_SHARED").ok_or(
        "CLEANFILTER_SHARED is not set (it names the folder with corpus/languages, whose development text is measured on)",
    )?;
    let folder = PathBuf::from(shared).join("corpus/languages");
    let read = |path: PathBuf| {
        fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))
    };
    let labels = read(folder.join("wide.txt"))?;
    let texts = labels.split_whitespace().filter_map(|label| {
        // A few labels have text to learn from and none to measure on.
        let path = folder.join(format!("dev/{label}.txt"));
        let text = path.is_file().then(|| read(path))?;
        Some(text.map(|text| (label.to_owned(), text.replace('\n', " "))))
    });
    texts.collect()
}

/// A text in pieces of so many characters; what is left at the end is not enough for a line.
fn cut(text: &str, chars: usize) -> impl Iterator<Item = String> {
    let mut left = text.chars();
    std::iter::from_fn(move || {
        let line: String = left.by_ref().take(chars).collect();
        (line.chars().count() == chars).then_some(line)
    })
}
