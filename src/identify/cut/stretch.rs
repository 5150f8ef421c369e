//! Stretches of a paragraph in another language, with their evidence, and whether an author put them there.

use std::ops::Range;

use crate::identify::ngram::{Label, Ngram};

use super::LEAST;
use super::marks::Mark;
use super::path;
use super::prior::Rarity;
use super::seen::{Seen, titled};
use super::token::{self, Border, Token};
use super::weigh;

/// Bytes searched at a time, so that a line without end needs no memory without end.
const MAX_BYTES: usize = 64 * 1024;

/// Words of a stretch; fewer are a name, a title or a loan.
pub(super) const MIN_WORDS: f32 = 3.6;

/// Words from which on a stretch that the host's sentence runs into and out of is no name, title or term.
const MAX_EMBEDDED: f32 = 9.0;

/// A stretch in another language.
#[derive(Debug)]
pub(super) struct Found {
    /// Bytes of the text, with the white space that goes with it.
    pub span: Range<usize>,
    pub label: Label,
    /// Nats for its language and against the hosts, less what its place and its language's rarity speak against it.
    pub evidence: f32,
    /// Whether it is the whole paragraph.
    pub whole: bool,
    /// Whether an author put it there.
    pub spared: bool,
}

/// What a paragraph is searched by.
pub(super) struct Search<'a> {
    pub text: &'a str,
    pub ngram: &'a Ngram,
    /// The languages that are kept.
    pub hosts: &'a [Label],
    /// Languages that a stretch may be in.
    pub rivals: &'a [Label],
    /// The paragraph's marks.
    pub marks: &'a [Mark],
}

impl Search<'_> {
    /// The stretches of a paragraph that are in one of the rivals.
    pub fn paragraph(&self, paragraph: &Range<usize>) -> Vec<Found> {
        let mut out = Vec::new();
        for piece in pieces(self.text, paragraph) {
            self.piece(paragraph, piece, &mut out);
        }
        out
    }

    fn piece(&self, paragraph: &Range<usize>, span: Range<usize>, out: &mut Vec<Found>) {
        let mut tokens = token::tokens(self.text, span);
        weigh::weigh(self.text, &mut tokens, self.ngram, self.hosts, self.rivals);
        let rarity = Rarity::of(self.ngram);
        let of_hosts = self.hosts.iter().map(|_| 0.0);
        let against: Vec<f32> = of_hosts
            .chain(self.rivals.iter().map(|r| rarity.nats(*r)))
            .collect();
        for s in path::best(&tokens, self.hosts.len(), &against) {
            if s.state < self.hosts.len() {
                continue;
            }
            let against = against.get(s.state).copied().unwrap_or(0.0);
            let all = tokens.get(s.tokens.clone()).unwrap_or(&[]);
            let (start, end) = borders(&tokens, &s.tokens);
            if !Seen::of(all, s.state).is_text(against, start.inner() && end.inner()) {
                continue;
            }
            for part in parts(&tokens, s.tokens.clone(), self.marks) {
                let led_up_to =
                    part.start == s.tokens.start && colon(self.text, &tokens, part.start);
                let found = self.found(paragraph, &tokens, part, s.state, against);
                out.extend(found.map(|f| Found {
                    spared: f.spared || led_up_to,
                    ..f
                }));
            }
        }
    }

    /// A part of a stretch, where it is long enough and the evidence is enough to tell of it.
    fn found(
        &self,
        paragraph: &Range<usize>,
        tokens: &[Token],
        part: Range<usize>,
        state: usize,
        against: f32,
    ) -> Option<Found> {
        let inside = tokens.get(part.clone())?;
        let (start, end) = borders(tokens, &part);
        let seen = Seen::of(inside, state);
        let evidence = seen.nats - against - path::cost(start) - path::cost(end);
        if seen.words < MIN_WORDS || evidence < LEAST {
            return None;
        }
        let embedded = start.inner() && end != Border::Edge && seen.words < MAX_EMBEDDED;
        let label = *self.rivals.get(state.checked_sub(self.hosts.len())?)?;
        let nouns = ["deu", "ltz", "gsw", "nds"].contains(&self.ngram.language(label).iso639_3());
        Some(Found {
            span: with_space(tokens, &part, paragraph)?,
            label,
            evidence,
            whole: start == Border::Edge && end == Border::Edge,
            // Where all nouns have capitals they tell no title.
            spared: embedded || titled(inside) && !nouns || marked(tokens, &part, self.marks),
        })
    }
}

/// The parts of a paragraph that are searched one by one.
pub(super) fn pieces<'t>(
    text: &'t str,
    paragraph: &Range<usize>,
) -> impl Iterator<Item = Range<usize>> + 't {
    let (mut from, end) = (paragraph.start, paragraph.end);
    std::iter::from_fn(move || {
        if from >= end {
            return None;
        }
        let mut to = end;
        if to - from > MAX_BYTES {
            let head = text.floor_char_boundary(from + MAX_BYTES);
            let space = text[from..head].rfind(char::is_whitespace);
            to = space.map_or(head, |i| text.ceil_char_boundary(from + i.max(1)));
        }
        let piece = from..to;
        from = to;
        Some(piece)
    })
}

/// Whether the host's text leads up to a stretch with a colon.
fn colon(text: &str, tokens: &[Token], start: usize) -> bool {
    let before = start.checked_sub(1).and_then(|i| tokens.get(i));
    before.is_some_and(|t| text[t.span.clone()].ends_with([':', '：']))
}

/// A stretch cut where quotations begin and end at its edges: the author's words and the stray beside them are two.
fn parts(tokens: &[Token], stretch: Range<usize>, marks: &[Mark]) -> Vec<Range<usize>> {
    let Some(inside) = tokens.get(stretch.clone()) else {
        return Vec::new();
    };
    let (Some(first), Some(last)) = (inside.first(), inside.last()) else {
        return Vec::new();
    };
    let span = first.span.start..last.span.end;
    let mut cuts = vec![stretch.start];
    for mark in over(marks, &span).filter(|m| m.quotes).map(|m| &m.span) {
        let within = |t: &Token| t.span.start < mark.end && mark.start < t.span.end;
        let from = inside.iter().position(within).map(|i| stretch.start + i);
        let to = inside
            .iter()
            .rposition(within)
            .map(|i| stretch.start + i + 1);
        let (Some(from), Some(to)) = (from, to) else {
            continue;
        };
        // A long quotation at one of the edges.
        if to - from >= MIN_QUOTED && to - from < stretch.len() {
            // It belongs to the text around where that text runs up to it.
            if to < stretch.end && from == stretch.start && from > 0 {
                cuts.push(to);
            } else if from > stretch.start && to == stretch.end && to < tokens.len() {
                cuts.push(from);
            }
        }
    }
    cuts.push(stretch.end);
    cuts.sort_unstable();
    cuts.dedup();
    cuts.windows(2).map(|w| w[0]..w[1]).collect()
}

/// Words of a quotation that is cut from a stretch of its language; a shorter one is part of the sentence around it.
const MIN_QUOTED: usize = 4;

fn borders(tokens: &[Token], part: &Range<usize>) -> (Border, Border) {
    let start = tokens.get(part.start).map_or(Border::Edge, |t| t.before);
    let end = tokens.get(part.end).map_or(Border::Edge, |t| t.before);
    (start, end)
}

/// Bytes of the longest marked stretch that is looked for: a longer one is a mark that was never closed.
const MAX_MARKED: usize = 16 * 1024;

/// The marks that touch a range.
fn over<'m>(marks: &'m [Mark], span: &Range<usize>) -> impl Iterator<Item = &'m Mark> {
    let from = span.start;
    let first = marks.partition_point(|m| m.span.start + MAX_MARKED < from);
    let last = marks.partition_point(|m| m.span.start < span.end);
    let near = marks.get(first..last).unwrap_or(&[]);
    near.iter().filter(move |m| from < m.span.end)
}

/// In quotation marks that hold little beside it, or in brackets inside a sentence.
fn marked(tokens: &[Token], part: &Range<usize>, marks: &[Mark]) -> bool {
    let Some(inside) = tokens.get(part.clone()) else {
        return false;
    };
    let (Some(first), Some(last)) = (inside.first(), inside.last()) else {
        return false;
    };
    let span = first.span.start..last.span.end;
    let (start, _) = borders(tokens, part);
    let apart = |b: Border| matches!(b, Border::Edge | Border::Sentence);
    over(marks, &span).any(|m| {
        let common = m
            .span
            .end
            .min(span.end)
            .saturating_sub(m.span.start.max(span.start));
        let most = if m.quotes { 6 } else { 8 };
        let filled = common * 20 >= span.len() * 17 && common * 10 >= m.span.len() * most;
        filled && (m.quotes || !apart(start))
    })
}

/// The stretch in bytes: at the paragraph's head the white space after it goes with it, else the white space before.
fn with_space(
    tokens: &[Token],
    part: &Range<usize>,
    paragraph: &Range<usize>,
) -> Option<Range<usize>> {
    let first = tokens.get(part.start)?;
    let last = tokens.get(part.end.checked_sub(1)?)?;
    let before = part.start.checked_sub(1).and_then(|i| tokens.get(i));
    let after = tokens.get(part.end).map(|t| t.span.start);
    Some(match (before, after) {
        (Some(before), Some(_)) => before.span.end..last.span.end,
        (Some(before), None) => before.span.end..paragraph.end.min(last.span.end),
        (None, Some(after)) => first.span.start..after,
        (None, None) => first.span.start..last.span.end,
    })
}
