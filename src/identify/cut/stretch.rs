//! Stretches of a paragraph in another language, with their evidence, and whether an author put them there.

use std::ops::Range;

use crate::identify::ngram::{Label, Ngram};

use super::LEAST;
use super::marks::{Mark, Marks};
use super::path;
use super::prior::{STEP, rarity};
use super::token::{self, Border, Case, Token};

/// Bytes searched at a time, so that a line without end needs no memory without end.
const MAX_BYTES: usize = 64 * 1024;

/// Words of a stretch; fewer are a name, a title or a loan.
const MIN_WORDS: f32 = 3.6;

/// Words from which on a stretch that the host's sentence runs into and out of is no name, title or term.
const MAX_EMBEDDED: f32 = 8.0;

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

/// The stretches of a paragraph that are in one of the rivals.
pub(super) fn search(
    text: &str,
    span: Range<usize>,
    ngram: &Ngram,
    hosts: &[Label],
    rivals: &[Label],
    marks: &Marks,
) -> Vec<Found> {
    let marks = marks.within(&span);
    let mut out = Vec::new();
    let mut from = span.start;
    while from < span.end {
        let mut to = span.end;
        if to - from > MAX_BYTES {
            let head = text.floor_char_boundary(from + MAX_BYTES);
            to = text[from..head]
                .rfind(char::is_whitespace)
                .map_or(head, |i| from + i.max(1));
            to = text.ceil_char_boundary(to);
        }
        piece(text, &span, from..to, ngram, hosts, rivals, marks, &mut out);
        from = to;
    }
    out
}

#[allow(clippy::too_many_arguments)]
fn piece(
    text: &str,
    paragraph: &Range<usize>,
    span: Range<usize>,
    ngram: &Ngram,
    hosts: &[Label],
    rivals: &[Label],
    marks: &[Mark],
    out: &mut Vec<Found>,
) {
    let mut tokens = token::tokens(text, span);
    token::weigh(text, &mut tokens, ngram, hosts, rivals);
    let against: Vec<f32> = hosts
        .iter()
        .map(|_| 0.0)
        .chain(rivals.iter().map(|r| rarity(ngram.language(*r))))
        .collect();
    for s in path::best(&tokens, hosts.len(), &against) {
        if s.state < hosts.len() {
            continue;
        }
        let Some(label) = rivals.get(s.state - hosts.len()) else {
            continue;
        };
        let all = tokens.get(s.tokens.clone()).unwrap_or(&[]);
        let (start, end) = borders(&tokens, &s.tokens);
        if !Seen::of(all, s.state).is_text(against[s.state], start.inner() && end.inner()) {
            continue;
        }
        for part in parts(&tokens, s.tokens.clone(), marks) {
            let Some(inside) = tokens.get(part.clone()) else {
                continue;
            };
            let (start, end) = borders(&tokens, &part);
            let seen = Seen::of(inside, s.state);
            let evidence = seen.nats - against[s.state] - path::cost(start) - path::cost(end);
            if seen.words < MIN_WORDS || evidence < LEAST {
                continue;
            }
            let embedded = start.inner() && end != Border::Edge && seen.words < MAX_EMBEDDED;
            let Some(span) = with_space(text, &tokens, &part, paragraph) else {
                continue;
            };
            out.push(Found {
                whole: start == Border::Edge && end == Border::Edge,
                spared: spared(&tokens, &part, marks)
                    || titled(inside)
                    || embedded
                    || part.start == s.tokens.start && colon(text, &tokens, part.start),
                span,
                label: *label,
                evidence,
            });
        }
    }
}

/// What a stretch holds.
struct Seen {
    words: f32,
    /// Words of a script that no host is written in.
    aliens: f32,
    nats: f32,
    /// Words that are frequent in the language and speak for it.
    spoken: usize,
    /// Tokens that end in a comma.
    commas: usize,
    addresses: usize,
    /// Words of more than four letters that begin small.
    small: usize,
    tokens: usize,
    /// Whether most of it is in Latin letters.
    latin: bool,
    /// Whether most of it is in a script without spaces.
    unspaced: bool,
}

/// Nats of a word that speaks for its language.
const SPEAKS: f32 = 1.5;

/// Words from which on a stretch is long.
const LONG: f32 = 8.0;

impl Seen {
    fn of(inside: &[Token], state: usize) -> Seen {
        let mut seen = Seen {
            words: 0.0,
            aliens: 0.0,
            nats: 0.0,
            spoken: 0,
            commas: 0,
            addresses: 0,
            small: 0,
            tokens: 0,
            latin: false,
            unspaced: false,
        };
        let (mut latin, mut unspaced) = (0, 0);
        for t in inside {
            let nats = t.nats.get(state).copied().unwrap_or(0.0);
            seen.words += t.words;
            seen.aliens += if t.alien { t.words } else { 0.0 };
            seen.nats += nats;
            seen.spoken += usize::from(t.listed && nats >= SPEAKS);
            seen.commas += usize::from(t.comma);
            seen.tokens += usize::from(t.words > 0.0);
            seen.small += usize::from(t.case == Case::Small);
            seen.addresses += usize::from(t.address);
            latin += usize::from(t.latin);
            unspaced += usize::from(t.unspaced);
        }
        seen.latin = latin * 2 > inside.len();
        seen.unspaced = unspaced * 2 > inside.len();
        seen
    }

    /// Whether it is running text of its language rather than names, terms or a list of them: words that are frequent
    /// in the language, or at the least every word strange to the hosts. The rarer the language, the more it takes.
    fn is_text(&self, rarity: f32, loose: bool) -> bool {
        let mean = self.nats / self.words.max(1.0);
        if self.addresses * 5 >= self.tokens {
            return false;
        }
        if self.aliens * 2.0 >= self.words {
            let running = self.spoken >= 1 || self.small >= 2;
            return !self.latin || self.spoken >= 2 || running && mean >= 1.5;
        }
        if self.unspaced {
            return mean >= 1.2;
        }
        let list = self.commas * 5 >= self.tokens * 2;
        let dense_alone = match (rarity > STEP, rarity > 0.0, loose) {
            (true, ..) | (_, _, true) => f32::MAX,
            (_, true, _) => 3.3,
            _ if self.words >= LONG => 2.0,
            _ => 2.5,
        };
        let (enough, dense) = match (rarity > STEP, rarity > 0.0) {
            (true, _) => (3, 2.0),
            (_, true) => (2, 2.0),
            _ => (2, 1.0),
        };
        let enough = if list { enough + 2 } else { enough };
        self.spoken >= enough && mean >= dense || !list && mean >= dense_alone
    }
}

/// Whether the host's text leads up to a stretch with a colon.
fn colon(text: &str, tokens: &[Token], start: usize) -> bool {
    let before = start.checked_sub(1).and_then(|i| tokens.get(i));
    before.is_some_and(|t| text[t.span.clone()].ends_with([':', '：']))
}

/// Capitals throughout, but for the shortest words: a title or a name.
fn titled(inside: &[Token]) -> bool {
    let count = |case: Case| inside.iter().filter(|t| t.case == case).count();
    count(Case::Small) == 0 && count(Case::Capital) >= 2
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

/// The marks that touch a range.
fn over<'m>(marks: &'m [Mark], span: &Range<usize>) -> impl Iterator<Item = &'m Mark> {
    let (from, to) = (span.start, span.end);
    marks
        .iter()
        .filter(move |m| m.span.start < to && from < m.span.end)
}

/// In quotation marks that hold little beside it, or in brackets inside a sentence.
fn spared(tokens: &[Token], part: &Range<usize>, marks: &[Mark]) -> bool {
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
    _text: &str,
    tokens: &[Token],
    part: &Range<usize>,
    paragraph: &Range<usize>,
) -> Option<Range<usize>> {
    let first = tokens.get(part.start)?;
    let last = tokens.get(part.end.checked_sub(1)?)?;
    let after = tokens.get(part.end).map_or(paragraph.end, |t| t.span.start);
    let from_head = part.start == 0;
    let start = match part.start.checked_sub(1).and_then(|i| tokens.get(i)) {
        Some(before) => before.span.end,
        None => first.span.start.min(paragraph.start.max(first.span.start)),
    };
    let start = if from_head { first.span.start } else { start };
    let end = if from_head || part.end == tokens.len() {
        after
    } else {
        last.span.end
    };
    Some(start..end.max(last.span.end))
}
