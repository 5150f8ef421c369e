//! The rule: its setting, and the model on the paragraphs of a document.

use std::cell::RefCell;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::model::{Model, Scratch};
use crate::judge::{About, Objections, Page, Rule};

/// Drops what stands around what a reader came for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Boilerplate {
    /// What stays of a page has the best expected F, in which precision and recall count alike at 0.5, precision more
    /// above, recall more below: 0 keeps everything, more drops more. The named levels are [`Level`]s.
    pub threshold: f32,
    /// Kinds to keep: `comments`, `byline` ...
    pub keep: Vec<String>,
}

/// A named threshold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// When in doubt, keep.
    Careful,
    /// Precision and recall count alike.
    Balanced,
    /// When in doubt, drop.
    Thorough,
}

impl Level {
    /// By its name.
    pub fn named(name: &str) -> Option<Level> {
        [Level::Careful, Level::Balanced, Level::Thorough]
            .into_iter()
            .find(|level| level.name() == name)
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Level::Careful => "careful",
            Level::Balanced => "balanced",
            Level::Thorough => "thorough",
        }
    }

    /// Its threshold. The trade-off is the table in `docs/rules/boilerplate.md`.
    pub const fn threshold(self) -> f32 {
        match self {
            Level::Careful => 0.25,
            Level::Balanced => 0.5,
            Level::Thorough => 0.8,
        }
    }
}

impl Default for Boilerplate {
    fn default() -> Self {
        Boilerplate {
            threshold: Level::Balanced.threshold(),
            keep: Vec::new(),
        }
    }
}

impl Boilerplate {
    pub(in crate::judge) const ABOUT: About = About {
        name: "boilerplate",
        drops: "navigation, cookie notices, share lines, related articles, footers and the like, each by its kind",
        measures: "how likely it is not what a reader came for (0 to 1)",
        page: include_str!("../../../docs/rules/boilerplate.md"),
        default: true,
    };
}

thread_local! {
    static SCRATCH: RefCell<(Vec<Range<usize>>, Scratch)> = RefCell::default();
}

impl Rule for Boilerplate {
    fn about(&self) -> &'static About {
        &Self::ABOUT
    }

    fn judge(&self, page: &Page<'_>, objections: &mut Objections) {
        let document = page.document;
        SCRATCH.with_borrow_mut(|(spans, scratch)| {
            spans.clear();
            let mut last = None;
            for paragraph in &document.paragraphs {
                let text = document.text.get(paragraph.span.clone()).unwrap_or("");
                // A title that is printed twice is one line: two like lines would look like a menu's.
                if last != Some(text) {
                    spans.push(paragraph.span.clone());
                    last = Some(text);
                }
            }
            let verdicts = Model::built_in().judge(&document.text, spans, self.threshold, scratch);
            let mut lines = spans.iter().zip(verdicts).peekable();
            let mut of = None;
            for (paragraph, p) in document.paragraphs.iter().enumerate() {
                of = lines.next_if(|(span, _)| **span == p.span).or(of);
                let Some((_, verdict)) = of else { continue };
                let Some(kind) = verdict.kind else { continue };
                if !self.keep.iter().any(|keep| keep == kind.name()) {
                    objections.drop_paragraph(page, paragraph, kind.reason(), 1.0 - verdict.wanted);
                }
            }
        });
    }
}
