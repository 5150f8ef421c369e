//! Stretches in another language than the document's, searched for by the words' evidence.
//!
//! A paragraph is looked at once: does any stretch of it speak for another language ([`verify`])? Only then its tokens
//! are weighed for the languages found ([`token`]), the best way through them is taken ([`path`]), and each stretch is
//! judged by what it holds and where it stands ([`stretch`]).

mod glyphs;
mod hosts;
mod marks;
mod path;
mod prior;
mod seen;
mod spare;
mod stretch;
mod token;
mod verify;
mod weigh;

use std::ops::Range;

use super::ngram::{Label, Ngram};
use super::{Identify, Language, Languages};
use crate::document::{Fragment, Guess, Verdict};

/// Nats below which no stretch is told: it would be one odd word's.
const LEAST: f32 = 2.0;

/// Names the document's language and the stretches that are in another one than it or than `kept`.
pub(super) fn languages(
    text: &str,
    spans: Vec<Range<usize>>,
    ngram: &Ngram,
    kept: &[Language],
) -> Languages {
    let document = ngram.identify(text);
    let marks = marks::Marks::of(text, &spans);
    let look = |hosts: &[Label], votes: &mut Vec<verify::Votes>| -> Vec<verify::Look> {
        spans
            .iter()
            .map(|span| {
                if is_code(&text[span.clone()]) {
                    verify::Look::default()
                } else {
                    verify::look(text, span.clone(), ngram, hosts, &marks, votes)
                }
            })
            .collect()
    };
    let mut hosts = hosts::first(ngram, document, kept);
    let mut votes = Vec::new();
    let mut looks = look(&hosts, &mut votes);
    if kept.is_empty() {
        // The words of the whole text name its language at a first glance; those outside quotations and code, none of
        // them with more than its share, name it for good.
        let elected = verify::elect(ngram, &votes, hosts.first().copied());
        if elected != hosts {
            hosts = elected;
            looks = look(&hosts, &mut Vec::new());
        }
        let further = hosts::further(ngram, &hosts, &looks);
        if !further.is_empty() {
            hosts.extend(further);
            looks = look(&hosts, &mut Vec::new());
        }
    }
    let mut out = Languages {
        document,
        ..Languages::default()
    };
    let mut found: Vec<Vec<stretch::Found>> = spans
        .iter()
        .zip(&looks)
        .map(|(span, look)| {
            if hosts.is_empty() || look.rivals.is_empty() {
                Vec::new()
            } else {
                let search = stretch::Search {
                    text,
                    ngram,
                    hosts: &hosts,
                    rivals: &look.rivals,
                    marks: marks.within(span),
                };
                search.paragraph(span)
            }
        })
        .collect();
    spare::mark(text, &spans, &mut found);
    for ((span, look), found) in spans.iter().cloned().zip(looks).zip(found) {
        let from = out.fragments.len();
        let own = own(ngram, &look, document);
        tile(span.clone(), own, found, ngram, &mut out.fragments);
        out.add_paragraph(span, from);
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

/// Whether a paragraph is a line of code: it begins or ends as statements do, or every eighth character is code's.
fn is_code(paragraph: &str) -> bool {
    let marks = paragraph
        .bytes()
        .filter(|b| b"{}();=<>[]_$\\".contains(b))
        .count();
    if paragraph.trim_start().starts_with("//") {
        return true;
    }
    let ends = paragraph.ends_with([';', '{', '}']) && marks >= 2 && marks * 30 >= paragraph.len();
    ends || marks >= 4 && marks * 8 >= paragraph.len()
}

/// The host that a paragraph is in; `None` without letters.
fn own(ngram: &Ngram, look: &verify::Look, document: Option<Guess>) -> Option<Guess> {
    look.group?;
    let language = match look.host {
        Some(label) => ngram.language(label),
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
        // Two strays that meet both claim the white space between them: the first has it.
        let start = f.span.start.max(at);
        if start > at {
            out.push(fragment(at..start, own));
        }
        at = f.span.end;
        out.push(Fragment {
            span: start..at,
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
