//! Stretches in another language than the document's, searched for by the words' evidence.
//!
//! A paragraph is looked at once: does any stretch of it speak for another language ([`verify`])? Only then its tokens
//! are weighed for the languages found ([`token`]), the best way through them is taken ([`path`]), and each stretch is
//! judged by what it holds and where it stands ([`stretch`]).

mod hosts;
mod marks;
mod path;
mod prior;
mod stretch;
mod token;
mod verify;

use std::ops::Range;

use super::ngram::{Label, Ngram};
use super::{Identify, Language, Languages};
use crate::document::{Fragment, Guess, Paragraph, Verdict};

/// Nats below which no stretch is told: it would be one odd word's.
const LEAST: f32 = 3.0;

/// Names the document's language and the stretches that are in another one than it or than `kept`.
pub(super) fn languages(
    text: &str,
    spans: Vec<Range<usize>>,
    ngram: &Ngram,
    kept: &[Language],
) -> Languages {
    let document = ngram.identify(text);
    let mut hosts = hosts::first(ngram, document, kept);
    let looks: Vec<verify::Look> = spans
        .iter()
        .map(|span| verify::look(text, span.clone(), ngram, &hosts, LEAST))
        .collect();
    if kept.is_empty() && !hosts.is_empty() {
        hosts.extend(hosts::further(ngram, &hosts, &looks));
    }
    let marks = marks::Marks::of(text, &spans);
    let mut out = Languages {
        document,
        ..Languages::default()
    };
    for (span, look) in spans.into_iter().zip(looks) {
        let from = out.fragments.len();
        let own = own(ngram, &hosts, &look, document);
        if hosts.is_empty() || look.rivals.is_empty() {
            out.fragments.push(fragment(span.clone(), own));
        } else {
            let found = stretch::search(text, span.clone(), ngram, &hosts, &look.rivals, &marks);
            tile(span.clone(), own, found, ngram, &mut out.fragments);
        }
        let longest = out.fragments[from..].iter().max_by_key(|f| f.span.len());
        let language = longest.and_then(|f| f.language);
        out.paragraphs.push(Paragraph {
            span,
            fragments: from..out.fragments.len(),
            language,
        });
    }
    out
}

fn fragment(span: Range<usize>, language: Option<Guess>) -> Fragment {
    Fragment {
        span,
        language,
        evidence: 0.0,
        spared: false,
        verdict: Verdict::Keep,
    }
}

/// The host that a paragraph is in; `None` without letters.
fn own(
    ngram: &Ngram,
    hosts: &[Label],
    look: &verify::Look,
    document: Option<Guess>,
) -> Option<Guess> {
    let tally = look.tally.as_ref()?;
    let best = hosts
        .iter()
        .filter(|h| h.group == tally.group)
        .max_by(|a, b| tally.nats(**a).total_cmp(&tally.nats(**b)));
    let language = match best {
        Some(label) => ngram.language(*label),
        None => return document,
    };
    Some(Guess {
        language,
        confidence: document.map_or(1.0, |g| g.confidence),
    })
}

/// Adds the fragments of a paragraph: the stretches found, and the host's text between them.
fn tile(
    span: Range<usize>,
    own: Option<Guess>,
    found: Vec<stretch::Found>,
    ngram: &Ngram,
    out: &mut Vec<Fragment>,
) {
    let mut at = span.start;
    for f in found {
        if f.span.start > at {
            out.push(fragment(at..f.span.start, own));
        }
        at = f.span.end;
        out.push(Fragment {
            span: f.span,
            language: Some(Guess {
                language: ngram.language(f.label),
                // The odds of the evidence, as a share.
                confidence: 1.0 / (1.0 + (-f.evidence).exp()),
            }),
            evidence: f.evidence,
            spared: f.spared,
            verdict: Verdict::Keep,
        });
    }
    if at < span.end {
        out.push(fragment(at..span.end, own));
    }
}
