//! FineWeb: Penedo et al. 2024, "The FineWeb Datasets: Decanting the Web for the Finest Text Data at Scale", section 3.6
//! (three filters), and the fourth of its published code (`list-lines`).

use serde::{Deserialize, Serialize};

use super::characters::{ends_sentence, is_space};
use super::repetition::repeated;
use super::{About, OfDocument, On, Page, Rule, abouts, share, thresholds};

abouts! { "fineweb":
    PUNCTUATION = "fineweb/line-punctuation", drops "documents with few lines that end in a terminal mark", measures "share of such lines, 0 to 1";
    SHORT = "fineweb/short-lines", drops "documents of mostly short lines", measures "share of such lines, 0 to 1";
    DUPLICATE = "fineweb/duplicate-lines", drops "documents with repeated lines", measures "share of characters in repeated lines, 0 to 1";
    LIST = "fineweb/list-lines", drops "documents with few words to a line: lists", measures "line ends per word";
}

/// The rules of FineWeb.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct FineWeb {
    /// Lines that end in a terminal mark.
    pub line_punctuation: LinePunctuation,
    /// Short lines.
    pub short_lines: ShortLines,
    /// Repeated lines.
    pub duplicate_lines: DuplicateLines,
    /// Lists.
    pub list_lines: ListLines,
}

thresholds! {
    /// Drops documents with few lines that end in a terminal mark.
    LinePunctuation {
        /// The share of lines that must.
        #[serde(with = "crate::settings::threshold")] min_share: f32 = 0.12,
    }
    /// Drops documents of mostly short lines.
    ShortLines {
        /// The share of lines that may be short.
        #[serde(with = "crate::settings::threshold")] max_share: f32 = 0.67,
        /// A line of at most this many characters is short.
        max_chars: usize = 30,
    }
    /// Drops documents with repeated lines.
    DuplicateLines {
        /// The share of characters that may stand in lines that stand in the document before.
        #[serde(with = "crate::settings::threshold")] max_char_share: f32 = 0.01,
    }
    /// Drops documents with few words to a line.
    ListLines {
        /// How many line ends there may be per word.
        #[serde(with = "crate::settings::threshold")] max_per_word: f32 = 0.3,
    }
}

impl FineWeb {
    /// The rules that are on, in the order of the published code.
    pub(in crate::judge) fn enrolled(&self, on: On<'_>) -> Vec<Box<dyn Rule>> {
        let mut rules: Vec<Box<dyn Rule>> = Vec::new();
        macro_rules! rule {
            ($($about:ident: $field:ident,)*) => {$(
                if on(&$about) {
                    let rule = self.$field.clone();
                    rules.push(OfDocument::boxed(&$about, move |page| {
                        rule.measure(page).map(|measured| ($about.name, measured))
                    }));
                }
            )*};
        }
        rule! {
            PUNCTUATION: line_punctuation,
            SHORT: short_lines,
            DUPLICATE: duplicate_lines,
            LIST: list_lines,
        }
        rules
    }
}

/// Lines with something in them, parted by line feeds alone, with the white space at their ends.
fn lines<'a>(page: &'a Page<'_>) -> Vec<&'a str> {
    let lines = page.document.text.split('\n');
    lines.filter(|line| !line.chars().all(is_space)).collect()
}

impl LinePunctuation {
    fn measure(&self, page: &Page<'_>) -> Option<f32> {
        let lines = lines(page);
        let such = lines
            .iter()
            .filter(|line| line.ends_with(ends_sentence))
            .count();
        let share = share(such, lines.len());
        (share < self.min_share).then_some(share)
    }
}

impl ShortLines {
    fn measure(&self, page: &Page<'_>) -> Option<f32> {
        let lines = lines(page);
        let such = lines
            .iter()
            .filter(|line| line.chars().nth(self.max_chars).is_none())
            .count();
        let share = share(such, lines.len());
        (share > self.max_share).then_some(share)
    }
}

impl DuplicateLines {
    fn measure(&self, page: &Page<'_>) -> Option<f32> {
        let (_, chars) = repeated(&lines(page));
        let all = page.document.text.chars().filter(|c| *c != '\n').count();
        let share = share(chars, all);
        (share > self.max_char_share).then_some(share)
    }
}

impl ListLines {
    fn measure(&self, page: &Page<'_>) -> Option<f32> {
        let ends = page.document.text.matches('\n').count();
        let ratio = share(ends, page.words().len());
        (ratio > self.max_per_word).then_some(ratio)
    }
}
