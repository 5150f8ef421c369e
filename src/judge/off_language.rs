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
    /// A second language with at least this share of the document's letters (0 to 1) is the document's own too.
    #[serde(with = "crate::settings::threshold")]
    pub min_own_share: f32,
}

impl Default for OffLanguage {
    fn default() -> Self {
        OffLanguage {
            min_evidence: 2.2,
            strict: false,
            min_own_share: 0.25,
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
        let own = if page.languages.is_empty() {
            own_languages(page, self.min_own_share)
        } else {
            page.languages.to_vec()
        };
        if own.is_empty() {
            return;
        }
        for (i, fragment) in page.document.fragments.iter().enumerate() {
            let Some(guess) = fragment.language else {
                continue;
            };
            let kept =
                guess.language == Language::ZXX || own.iter().any(|l| same(*l, guess.language));
            if !kept && (self.strict || !fragment.spared) && fragment.evidence >= self.min_evidence
            {
                objections.drop(i, Self::ABOUT.name, fragment.evidence);
            }
        }
    }
}

/// The document's own languages: the one of most of its text, and any other with a good share.
fn own_languages(page: &Page<'_>, min_share: f32) -> Vec<Language> {
    let mut shares: Vec<(Language, usize)> = Vec::new();
    for fragment in &page.document.fragments {
        let Some(guess) = fragment.language.filter(|g| g.language != Language::ZXX) else {
            continue;
        };
        let letters = page.document.text[fragment.span.clone()]
            .chars()
            .filter(|c| c.is_alphabetic())
            .count();
        match shares.iter_mut().find(|(l, _)| *l == guess.language) {
            Some((_, n)) => *n += letters,
            None => shares.push((guess.language, letters)),
        }
    }
    let all: usize = shares.iter().map(|(_, n)| n).sum();
    let most = shares.iter().map(|(_, n)| *n).max().unwrap_or(0);
    let own = |n: usize| n == most || n as f32 >= min_share * all as f32;
    shares
        .into_iter()
        .filter(|&(_, n)| own(n))
        .map(|(l, _)| l)
        .collect()
}

/// A kept language without a script of its own choice is kept in any script.
fn same(kept: Language, other: Language) -> bool {
    kept.iso639_3() == other.iso639_3()
}
