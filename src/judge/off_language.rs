//! `off-language`: stretches in another language than the document's.

use serde::{Deserialize, Serialize};

use super::{About, Objections, Page, Rule};
use crate::identify::Language;

/// Drops stretches that are in another language than those that are kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct OffLanguage {
    /// Evidence that a stretch needs, in nats, before it is dropped.
    #[serde(with = "crate::settings::threshold")]
    pub min_evidence: f32,
    /// Drop other languages inside quotations as well.
    pub strict: bool,
}

impl Default for OffLanguage {
    fn default() -> Self {
        OffLanguage {
            // Of the values in the page's table the one with the best F1 that hits under 1% of clean documents.
            min_evidence: 4.0,
            strict: false,
        }
    }
}

impl OffLanguage {
    pub(super) const ABOUT: About = About {
        name: "off-language",
        drops: "stretches in another language than the document's, quotations aside",
        measures: "evidence in nats that the stretch is not in a kept language",
        page: include_str!("../../docs/rules/off-language.md"),
        default: true,
    };
}

impl Rule for OffLanguage {
    fn about(&self) -> &'static About {
        &Self::ABOUT
    }

    fn judge(&self, page: &Page<'_>, objections: &mut Objections) {
        for (i, fragment) in page.document.fragments.iter().enumerate() {
            let Some(guess) = fragment.language else {
                continue;
            };
            let kept = guess.language == Language::ZXX
                || page
                    .languages
                    .iter()
                    .any(|l| l.same_language(&guess.language));
            if !kept && (self.strict || !fragment.spared) && fragment.evidence >= self.min_evidence
            {
                objections.drop(i, Self::ABOUT.name, fragment.evidence);
            }
        }
    }
}
