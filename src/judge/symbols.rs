//! `symbols`: paragraphs with hardly any letters.

use serde::{Deserialize, Serialize};

use super::{About, Objections, Page, Rule};
use crate::unicode::is_alphanumeric;

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
        let paragraphs = &page.document.paragraphs;
        let text = |i: usize| {
            let paragraph = paragraphs.get(i)?;
            page.document.text.get(paragraph.span.clone())
        };
        for i in 0..paragraphs.len() {
            let Some(share) = text(i).and_then(|text| self.share_if_low(text)) else {
                continue;
            };
            let beside = [i.checked_sub(1).and_then(text), text(i + 1)];
            if !belongs(text(i).unwrap_or("").trim(), beside) {
                objections.drop_paragraph(page, i, Self::ABOUT.name, share);
            }
        }
    }
}

impl Symbols {
    /// The share of letters and digits, if it is so low that the paragraph goes.
    fn share_if_low(&self, text: &str) -> Option<f32> {
        // There are no more characters than bytes: so many letters seen are enough, whatever follows.
        let enough = |words: usize, most: usize| {
            words > 0 && words as f32 / most as f32 >= self.min_word_share
        };
        let mut words = 0;
        for some in text.as_bytes().chunks(16) {
            words += some
                .iter()
                .map(|b| u8::from(b.is_ascii_alphanumeric()))
                .sum::<u8>() as usize;
            if enough(words, text.len()) {
                return None;
            }
        }
        if text.len() > 4 * self.max_chars && text.chars().any(is_alphanumeric) {
            return None;
        }
        let (mut words, mut all, mut rest) = (0, 0, text.len());
        for c in text.chars() {
            rest -= c.len_utf8();
            if c.is_whitespace() {
                continue;
            }
            all += 1;
            if is_alphanumeric(c) || is_part_of_word(c) {
                words += 1;
                if enough(words, all + rest) {
                    return None;
                }
            }
        }
        let share = words as f32 / all.max(1) as f32;
        let low = words == 0 || all <= self.max_chars && share < self.min_word_share;
        (all > 0 && low).then_some(share)
    }
}

/// Whether a line of symbols belongs to the paragraphs beside it: a bracket of code, the line under a table's head, the
/// fence around a block.
fn belongs(symbols: &str, beside: [Option<&str>; 2]) -> bool {
    let any = |is: &dyn Fn(&str) -> bool| beside.into_iter().flatten().any(|text| is(text.trim()));
    let only = |of: &[char]| {
        symbols
            .chars()
            .all(|c| c.is_whitespace() || of.contains(&c))
    };
    if symbols == "```" || symbols == "~~~" || symbols == "\"\"\"" {
        return any(&|_| true);
    }
    if symbols.contains('|') && symbols.contains("--") && only(&['|', '-', ':', '+']) {
        return any(&|text| text.contains('|'));
    }
    let brackets = [
        '{', '}', '(', ')', '[', ']', ';', ',', '<', '>', '/', '"', '\'',
    ];
    let ends = ['{', '}', '(', ')', '[', ']', ';', ',', '>', ':'];
    symbols.contains(['{', '}', '(', ')', '[', ']'])
        && only(&brackets)
        && any(&|text| text.ends_with(ends))
}

/// Combining marks and joiners, which scripts such as Thai or Devanagari write words with.
fn is_part_of_word(c: char) -> bool {
    let c = c as u32;
    matches!(c, 0x300..=0x36F | 0x483..=0x489 | 0x591..=0x5C7 | 0x610..=0x61A | 0x64B..=0x65F | 0x6D6..=0x6ED
        | 0x900..=0xDFF | 0xE31..=0xE4E | 0xEB1..=0xECD | 0xF18..=0xFBC | 0x102B..=0x109D | 0x135D..=0x135F
        | 0x17B4..=0x17DD | 0x200C | 0x200D | 0x3099 | 0x309A)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_table_rules_and_fences_belong_to_what_they_stand_in() {
        assert!(belongs("}", [Some("  return total;"), Some("fn main() {")]));
        assert!(belongs("});", [Some("  done();"), None]));
        assert!(belongs("[", [None, Some("  \"a\": 1,")]));
        assert!(belongs("| --- | --- |", [Some("| key | meaning |"), None]));
        assert!(belongs("```", [Some("Run this:"), Some("make all")]));
        assert!(!belongs(
            "}",
            [Some("Parking is free"), Some("Opening hours")]
        ));
        assert!(!belongs("()", [None, None]));
        assert!(!belongs("| | |", [Some("Home | News"), None]));
        assert!(!belongs("-----", [Some("int a;"), Some("int b;")]));
    }

    /// The definition, every character counted.
    fn counted(rule: &Symbols, text: &str) -> Option<f32> {
        if text.len() > 4 * rule.max_chars && text.chars().any(char::is_alphanumeric) {
            return None;
        }
        let all = text.chars().filter(|c| !c.is_whitespace()).count();
        let words = text
            .chars()
            .filter(|c| !c.is_whitespace() && (c.is_alphanumeric() || is_part_of_word(*c)))
            .count();
        let share = words as f32 / all.max(1) as f32;
        let low = words == 0 || all <= rule.max_chars && share < rule.min_word_share;
        (all > 0 && low).then_some(share)
    }

    #[test]
    fn leaving_early_changes_nothing() {
        let rule = Symbols::default();
        let parts = ["-", "a", "—", "я", "  ", "7", "***", "ไ่", "|", "é"];
        let mut state = 1u64;
        let (mut low, mut high) = (0, 0);
        for round in 0..4000 {
            let mut text = String::new();
            for _ in 0..round % 60 * if round % 7 == 0 { 20 } else { 1 } {
                state = state
                    .wrapping_mul(6364136223846793005)
                    .wrapping_add(1442695040888963407);
                let letters = round % 3 == 0 || state >> 60 == 0;
                let at = (state >> 33) as usize % parts.len();
                text.push_str(if letters {
                    parts[at]
                } else {
                    parts[at / 6 * 6]
                });
            }
            let said = rule.share_if_low(&text);
            assert_eq!(said, counted(&rule, &text), "{text}");
            low += u32::from(said.is_some());
            high += u32::from(said.is_none());
        }
        assert!(low > 100 && high > 100, "{low} {high}");
    }
}
