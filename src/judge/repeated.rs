//! `repeated`: what stands in the document before.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::{About, Objections, Page, Rule, normal};

/// Drops a title or paragraph that stands again in the same document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Repeated {
    /// Letters and digits that a paragraph needs before its second copy goes. A refrain's "Yes." or a table's "12"
    /// may stand as often as it likes.
    pub min_chars: usize,
    /// Characters of a site's name that may stand behind a title (`Title | Site`, `Title - Site`) in one of its copies.
    pub max_site_chars: usize,
    /// How far apart, in paragraphs, the two copies of a title with a site's name may stand.
    pub max_title_distance: usize,
}

impl Default for Repeated {
    fn default() -> Self {
        Repeated {
            min_chars: 15,
            max_site_chars: 40,
            max_title_distance: 8,
        }
    }
}

impl Repeated {
    pub(super) const ABOUT: About = About {
        name: "repeated",
        drops: "a title or paragraph that stands in the document before, case, space and punctuation aside",
        measures: "which copy it is: 2 for the second",
        page: include_str!("../../docs/rules/repeated.md"),
        default: true,
    };
}

impl Rule for Repeated {
    fn about(&self) -> &'static About {
        &Self::ABOUT
    }

    fn judge(&self, page: &Page<'_>, objections: &mut Objections) {
        let mut copies: HashMap<String, f32> = HashMap::new();
        let mut recent: Vec<(String, usize)> = Vec::new();
        for (i, paragraph) in page.document.paragraphs.iter().enumerate() {
            let text = &page.document.text[paragraph.span.clone()];
            let folded = normal::folded(text);
            if folded
                .chars()
                .filter(|c| *c != ' ')
                .take(self.min_chars)
                .count()
                < self.min_chars
            {
                continue;
            }
            if let Some(title) = self.without_site(text) {
                recent.push((title, i));
            }
            let count = copies.entry(folded.clone()).or_insert(0.0);
            *count += 1.0;
            if *count > 1.0 {
                objections.drop_paragraph(page, i, Self::ABOUT.name, *count);
            } else if self.is_titles_copy(text, &folded, i, &recent, &copies) {
                objections.drop_paragraph(page, i, Self::ABOUT.name, 2.0);
            }
        }
    }
}

impl Repeated {
    /// The folded title of `Title | Site`, if the line has that form.
    fn without_site(&self, text: &str) -> Option<String> {
        let (at, mark) = [
            " | ", " - ", " – ", " — ", " · ", " « ", " » ", " :: ", " / ",
        ]
        .iter()
        .filter_map(|mark| text.rfind(mark).map(|at| (at, mark)))
        .max()?;
        let site = text[at + mark.len()..].chars().count();
        let title = normal::folded(&text[..at]);
        (site <= self.max_site_chars && title.chars().count() >= self.min_chars).then_some(title)
    }

    /// Whether a line is a title that stands shortly before, with a site's name behind one of the two.
    fn is_titles_copy(
        &self,
        text: &str,
        folded: &str,
        at: usize,
        recent: &[(String, usize)],
        copies: &HashMap<String, f32>,
    ) -> bool {
        let near = |place: usize| place != at && at - place <= self.max_title_distance;
        recent
            .iter()
            .rev()
            .take_while(|(_, place)| at - place <= self.max_title_distance)
            .any(|(t, p)| near(*p) && t == folded)
            || self
                .without_site(text)
                .is_some_and(|title| copies.contains_key(&title))
    }
}
