//! Text -> paragraphs.
//!
//! A line is a paragraph, unless the text was wrapped by hand at a column: then the lines of a block are one.

mod lines;
mod wrap;

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// How paragraphs are found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Settings {
    /// Join the lines of text that was wrapped at a column.
    pub unwrap: bool,
    /// The narrowest column, in character cells, at which text counts as wrapped. Newspaper columns of 40 cells are the
    /// narrowest that the cases in `tests/judgement/segment` hold; below it lists and verse look alike.
    pub min_wrap_column: usize,
    /// The widest such column, in character cells. Mail and plain-text books wrap at 65 to 80, some editors at 100 or
    /// 120; a longer line is a paragraph that was never wrapped.
    pub max_wrap_column: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            unwrap: true,
            min_wrap_column: 40,
            max_wrap_column: 120,
        }
    }
}

/// The paragraphs of a text, in order: byte ranges from a line's start to the last character of its (or its block's
/// last line's) text. Between two of them stands white space only.
pub fn paragraphs(text: &str, settings: &Settings) -> Vec<Range<usize>> {
    let lines = lines::content(text);
    if !settings.unwrap {
        return lines.into_iter().map(|line| line.span).collect();
    }
    wrap::join(text, lines, settings)
}
