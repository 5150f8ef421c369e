//! Gopher: Rae et al. 2021, "Scaling Language Models: Methods, Analysis & Insights from Training Gopher", appendix A.1:
//! the quality rules; the repetition rules (its table A1) are in `repetition`.

use serde::{Deserialize, Serialize};

use super::characters::{is_symbol_of_words, lines};
use super::repetition::{DuplicateNgrams, Lines, Paragraphs, TopNgrams};
use super::{About, Found, OfDocument, On, Page, Rule, abouts, share, thresholds};

abouts! { "gopher":
    WORD_COUNT = "gopher/word-count", drops "documents of too few or too many words", measures "words, punctuation aside";
    WORD_LENGTH = "gopher/mean-word-length", drops "documents whose words are very short or very long",
        measures "characters of the mean word, punctuation aside";
    SYMBOLS = "gopher/symbol-ratio", drops "documents with many hash signs or ellipses", measures "hash signs, or ellipses, per word";
    BULLETS = "gopher/bullet-lines", drops "documents whose lines nearly all begin with a bullet", measures "share of such lines, 0 to 1";
    ELLIPSES = "gopher/ellipsis-lines", drops "documents with many lines that end in an ellipsis", measures "share of such lines, 0 to 1";
    ALPHABETIC = "gopher/alphabetic-words", drops "documents with many words without a letter", measures "share of words with a letter, 0 to 1";
    STOP_WORDS = "gopher/stop-words", drops "documents with hardly any English function word", measures "different function words found";
    /// Paragraphs.
    PARAGRAPHS = "gopher/repetition-paragraphs", drops "documents whose paragraphs repeat",
        measures "share of paragraphs, or of characters, in repeated ones, 0 to 1";
    LINES = "gopher/repetition-lines", drops "documents whose lines repeat", measures "share of lines, or of characters, in repeated ones, 0 to 1";
    TOP = "gopher/repetition-top-ngrams", drops "documents that one phrase of two to four words fills",
        measures "share of characters in the most frequent phrase, 0 to 1";
    DUPLICATE = "gopher/repetition-duplicate-ngrams", drops "documents with many repeated phrases of five to ten words",
        measures "share of characters in repeated phrases, 0 to 1";
}

/// The rules of Gopher.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Gopher {
    /// Too few or too many words.
    pub word_count: WordCount,
    /// Very short or very long words.
    pub mean_word_length: MeanWordLength,
    /// Hash signs and ellipses.
    pub symbol_ratio: SymbolRatio,
    /// Lines that begin with a bullet.
    pub bullet_lines: BulletLines,
    /// Lines that end in an ellipsis.
    pub ellipsis_lines: EllipsisLines,
    /// Words without a letter.
    pub alphabetic_words: AlphabeticWords,
    /// Function words.
    pub stop_words: StopWords,
    /// Repeated paragraphs.
    pub repetition_paragraphs: Paragraphs,
    /// Repeated lines.
    pub repetition_lines: Lines,
    /// The most frequent phrase.
    pub repetition_top_ngrams: TopNgrams,
    /// Repeated phrases.
    pub repetition_duplicate_ngrams: DuplicateNgrams,
}

thresholds! {
    /// Drops documents of too few or too many words.
    WordCount {
        /// Words that a document needs.
        min: usize = 50,
        /// Words that it may have.
        max: usize = 100_000,
    }
    /// Drops documents whose mean word is very short or very long.
    MeanWordLength {
        /// Characters that the mean word needs.
        #[serde(with = "crate::settings::threshold")] min: f32 = 3.0,
        /// Characters that it may have.
        #[serde(with = "crate::settings::threshold")] max: f32 = 10.0,
    }
    /// Drops documents with many hash signs or ellipses.
    SymbolRatio {
        /// How many of either there may be per word.
        #[serde(with = "crate::settings::threshold")] max: f32 = 0.1,
    }
    /// Drops documents whose lines nearly all begin with a bullet.
    BulletLines {
        /// The share of lines that may.
        #[serde(with = "crate::settings::threshold")] max_share: f32 = 0.9,
    }
    /// Drops documents with many lines that end in an ellipsis.
    EllipsisLines {
        /// The share of lines that may.
        #[serde(with = "crate::settings::threshold")] max_share: f32 = 0.3,
    }
    /// Drops documents with many words without a letter.
    AlphabeticWords {
        /// The share of words that needs a letter.
        #[serde(with = "crate::settings::threshold")] min_share: f32 = 0.8,
    }
    /// Drops documents with hardly any function word.
    StopWords {
        /// How many different ones a document needs.
        min: usize = 2,
        /// The words, as they are written.
        words: Vec<String> = ["the", "be", "to", "of", "and", "that", "have", "with"].map(str::to_owned).to_vec(),
    }
}

impl Gopher {
    /// The rules that are on, in the paper's order.
    pub(in crate::judge) fn enrolled(&self, on: On<'_>) -> Vec<Box<dyn Rule>> {
        let mut rules: Vec<Box<dyn Rule>> = Vec::new();
        macro_rules! rule {
            ($($about:ident: $field:ident,)*) => {$(
                if on(&$about) {
                    let rule = self.$field.clone();
                    rules.push(OfDocument::boxed(&$about, move |page| rule.measure(page)));
                }
            )*};
        }
        rule! {
            WORD_COUNT: word_count,
            WORD_LENGTH: mean_word_length,
            SYMBOLS: symbol_ratio,
            BULLETS: bullet_lines,
            ELLIPSES: ellipsis_lines,
            ALPHABETIC: alphabetic_words,
            STOP_WORDS: stop_words,
            PARAGRAPHS: repetition_paragraphs,
            LINES: repetition_lines,
            TOP: repetition_top_ngrams,
            DUPLICATE: repetition_duplicate_ngrams,
        }
        rules
    }
}

/// Words that are more than marks.
fn real<'a>(page: &'a Page<'_>) -> impl Iterator<Item = &'a str> {
    page.words()
        .iter()
        .copied()
        .filter(|word| !word.chars().all(is_symbol_of_words))
}

impl WordCount {
    fn measure(&self, page: &Page<'_>) -> Found {
        let count = real(page).count();
        let crossed = count < self.min || count > self.max;
        crossed.then_some((WORD_COUNT.name, count as f32))
    }
}

impl MeanWordLength {
    fn measure(&self, page: &Page<'_>) -> Found {
        let (mut count, mut chars) = (0, 0);
        for word in real(page) {
            count += 1;
            chars += word.chars().count();
        }
        let mean = share(chars, count);
        let crossed = count > 0 && (mean < self.min || mean > self.max);
        crossed.then_some((WORD_LENGTH.name, mean))
    }
}

impl SymbolRatio {
    fn measure(&self, page: &Page<'_>) -> Found {
        let text = &page.document.text;
        let count = page.words().len();
        let hashes = share(text.matches('#').count(), count);
        let ellipses = share(
            text.matches("...").count() + text.matches('…').count(),
            count,
        );
        [
            ("gopher/symbol-ratio/hash", hashes),
            ("gopher/symbol-ratio/ellipsis", ellipses),
        ]
        .into_iter()
        .find(|(_, ratio)| *ratio > self.max)
    }
}

impl BulletLines {
    fn measure(&self, page: &Page<'_>) -> Found {
        let begins = |line: &str| line.trim_start().starts_with(['•', '-']);
        let share = share_of_lines(page, begins);
        (share > self.max_share).then_some((BULLETS.name, share))
    }
}

impl EllipsisLines {
    fn measure(&self, page: &Page<'_>) -> Found {
        let ends = |line: &str| {
            let line = line.trim_end();
            line.ends_with("...") || line.ends_with('…')
        };
        let share = share_of_lines(page, ends);
        (share > self.max_share).then_some((ELLIPSES.name, share))
    }
}

fn share_of_lines(page: &Page<'_>, holds: impl Fn(&str) -> bool) -> f32 {
    let text = &page.document.text;
    let such = lines(text).filter(|line| holds(line)).count();
    share(such, lines(text).count())
}

impl AlphabeticWords {
    fn measure(&self, page: &Page<'_>) -> Found {
        let words = page.words();
        let such = words
            .iter()
            .filter(|word| word.chars().any(char::is_alphabetic));
        let share = share(such.count(), words.len());
        (!words.is_empty() && share < self.min_share).then_some((ALPHABETIC.name, share))
    }
}

impl StopWords {
    fn measure(&self, page: &Page<'_>) -> Found {
        let found = self
            .words
            .iter()
            .filter(|word| page.words().contains(&word.as_str()))
            .count();
        (found < self.min).then_some((STOP_WORDS.name, found as f32))
    }
}
