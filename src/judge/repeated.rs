//! `repeated`: what stands in the document before.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::normal::{self, Folded};
use super::{About, Objections, Page, Rule};

/// Bytes of the longest line that is looked at as a title: search engines show about 70 characters of one, three bytes
/// each where the script needs them.
const MAX_TITLE_BYTES: usize = 300;

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
        let mut copies: HashMap<Folded, f32> = HashMap::new();
        // Titles with a site's name behind them, and where they stand.
        let mut titles: Vec<(Folded, usize)> = Vec::new();
        for (i, paragraph) in page.document.paragraphs.iter().enumerate() {
            let text = &page.document.text[paragraph.span.clone()];
            let folded = normal::folded(text);
            if folded.chars < self.min_chars {
                continue;
            }
            let copy = copies.entry(folded).or_insert(0.0);
            *copy += 1.0;
            let copy = *copy;
            let bare = self.without_site(text);
            let near = |place: usize| i - place <= self.max_title_distance;
            if copy > 1.0 {
                objections.drop_paragraph(page, i, Self::ABOUT.name, copy);
            } else if bare.is_some_and(|title| copies.contains_key(&title))
                || titles
                    .iter()
                    .rev()
                    .any(|(title, place)| *title == folded && near(*place))
            {
                objections.drop_paragraph(page, i, Self::ABOUT.name, 2.0);
            }
            titles.extend(bare.map(|title| (title, i)));
        }
    }
}

impl Repeated {
    /// The title of `Title | Site`, if the line has that form.
    fn without_site(&self, text: &str) -> Option<Folded> {
        // A title fits a line; most paragraphs are longer, and are not searched.
        if text.len() > MAX_TITLE_BYTES {
            return None;
        }
        let separators = [
            " | ", " - ", " – ", " — ", " · ", " « ", " » ", " :: ", " / ",
        ];
        let ends = separators
            .iter()
            .filter_map(|mark| text.rfind(mark).map(|at| (at, mark.len())));
        let (at, width) = ends.max()?;
        let title = normal::folded(&text[..at]);
        let site = text[at + width..].chars().count();
        (site <= self.max_site_chars && title.chars >= self.min_chars).then_some(title)
    }
}
