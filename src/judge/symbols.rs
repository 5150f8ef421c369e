//! `symbols`: paragraphs with hardly any letters.

use serde::{Deserialize, Serialize};

use super::{About, Objections, Page, Rule};

/// Drops paragraphs of symbols: rules of dashes, arrows, bullets, emoji alone, remains of a layout.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Symbols {
    /// A paragraph goes if fewer than this share of its characters (white space aside) are letters or digits.
    #[serde(with = "crate::settings::threshold")]
    pub min_word_share: f32,
    /// A paragraph shorter than this many characters goes by the share alone; a longer one may be a formula or a
    /// table and goes only if it has no letter or digit at all.
    pub max_chars: usize,
}

impl Default for Symbols {
    fn default() -> Self {
        Symbols {
            min_word_share: 0.2,
            max_chars: 400,
        }
    }
}

impl Symbols {
    pub(super) const ABOUT: About = About {
        name: "symbols",
        drops: "paragraphs with hardly any letters or digits",
        measures: "share of letters and digits among the characters, 0 to 1",
        page: include_str!("../../docs/rules/symbols.md"),
        default: true,
    };
}

impl Rule for Symbols {
    fn about(&self) -> &'static About {
        &Self::ABOUT
    }

    fn judge(&self, page: &Page<'_>, objections: &mut Objections) {
        for (i, paragraph) in page.document.paragraphs.iter().enumerate() {
            let text = &page.document.text[paragraph.span.clone()];
            // Most paragraphs are long and begin with a letter: nothing is to be counted.
            if text.len() > 4 * self.max_chars && text.chars().any(char::is_alphanumeric) {
                continue;
            }
            let (mut words, mut all) = (0usize, 0usize);
            for c in text.chars().filter(|c| !c.is_whitespace()) {
                all += 1;
                words += usize::from(c.is_alphanumeric() || is_part_of_word(c));
            }
            let share = words as f32 / all.max(1) as f32;
            if all > 0 && (words == 0 || all <= self.max_chars && share < self.min_word_share) {
                objections.drop_paragraph(page, i, Self::ABOUT.name, share);
            }
        }
    }
}

/// Combining marks and joiners, which scripts such as Thai or Devanagari write words with.
fn is_part_of_word(c: char) -> bool {
    let c = c as u32;
    matches!(c, 0x300..=0x36F | 0x483..=0x489 | 0x591..=0x5C7 | 0x610..=0x61A | 0x64B..=0x65F | 0x6D6..=0x6ED
        | 0x900..=0xDFF | 0xE31..=0xE4E | 0xEB1..=0xECD | 0xF18..=0xFBC | 0x102B..=0x109D | 0x135D..=0x135F
        | 0x17B4..=0x17DD | 0x200C | 0x200D | 0x3099 | 0x309A)
}
