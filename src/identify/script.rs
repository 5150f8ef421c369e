//! The script of a stretch of text.

use unicode_script::{Script, UnicodeScript};

use crate::unicode::is_alphabetic;

/// Letters of each script in a text, the most frequent first; Common and Inherited characters are not counted.
#[derive(Clone, Debug, Default)]
pub struct Scripts {
    counts: Vec<(Script, usize)>,
}

impl Scripts {
    /// Counts the letters of a text.
    pub fn of(text: &str) -> Scripts {
        let mut scripts = Scripts::default();
        for c in text.chars().filter(|c| is_alphabetic(*c)) {
            scripts.add(script(c));
        }
        scripts
            .counts
            .sort_by_key(|&(s, n)| (std::cmp::Reverse(n), s.short_name()));
        scripts
    }

    fn add(&mut self, script: Script) {
        if matches!(script, Script::Common | Script::Inherited | Script::Unknown) {
            return;
        }
        match self.counts.iter_mut().find(|(s, _)| *s == script) {
            Some((_, n)) => *n += 1,
            None => self.counts.push((script, 1)),
        }
    }

    /// The script of most letters, with its share of them (0 to 1).
    pub fn main(&self) -> Option<(Script, f32)> {
        let all: usize = self.counts.iter().map(|(_, n)| n).sum();
        self.counts
            .first()
            .map(|&(s, n)| (s, n as f32 / all as f32))
    }
}

/// The script of a character; kana counts as Han, so that Japanese is one script.
pub fn script(c: char) -> Script {
    if c.is_ascii_alphabetic() {
        return Script::Latin;
    }
    match c.script() {
        Script::Hiragana | Script::Katakana => Script::Han,
        s => s,
    }
}
