//! A paragraph as tokens: what stands between white space, with what its words say of a few languages.

use std::ops::Range;

use unicode_script::Script;

use crate::identify::script;
use crate::unicode::{is_alphabetic, is_alphanumeric};

use super::glyphs::{
    Case, is_address, is_bullet, is_closing, is_opening, is_pause, is_stop, is_wide_stop,
};

/// Letters of a script without word spaces that weigh as one word.
pub(super) const UNSPACED: usize = 3;

/// What stands between a token and the one before it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Border {
    /// The paragraph's edge.
    Edge,
    /// A sentence's end.
    Sentence,
    /// A comma, a dash, a bracket, a bullet; white space in a script that writes none.
    Clause,
    /// White space where the script changes.
    Script,
    /// White space, and a capital after it.
    Capital,
    /// White space.
    Gap,
    /// Nothing: the script changes.
    Glued,
}

impl Border {
    /// Whether a sentence runs on over it.
    pub fn inner(self) -> bool {
        matches!(
            self,
            Border::Gap | Border::Capital | Border::Script | Border::Glued
        )
    }
}

/// A run between white space, or the part of one that is of one script where scripts without spaces meet others.
#[derive(Clone, Debug)]
pub(super) struct Token {
    /// Bytes of the text, without the white space before it.
    pub span: Range<usize>,
    /// What stands before it.
    pub before: Border,
    /// Words that it counts for: 1, or more for a run of a script without spaces; 0 without letter or digit.
    pub words: f32,
    /// Whether its script writes no spaces.
    pub unspaced: bool,
    /// Whether one of its words is listed: frequent in some language.
    pub listed: bool,
    /// Whether it holds letters of a script that no host is written in.
    pub alien: bool,
    /// Whether its words are in Latin letters.
    pub latin: bool,
    /// Whether it ends in a comma.
    pub comma: bool,
    /// Its letters' case.
    pub case: Case,
    /// Whether it is an address, code or markup: no words of a language.
    pub address: bool,
    /// Nats for each state: first the hosts, then the rivals, against the best host.
    pub nats: Vec<f32>,
}

/// The tokens of a stretch of text, without nats.
pub(super) fn tokens(text: &str, span: Range<usize>) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::new();
    let mut open: Option<Open> = None;
    for (i, c) in text[span.clone()].char_indices() {
        let at = span.start + i;
        if c.is_whitespace() {
            close(text, &mut open, at, &mut out);
            continue;
        }
        let kind = kind(c);
        let ends = open
            .as_ref()
            .is_some_and(|o| o.ended || matches!((o.kind, kind), (Some(a), Some(b)) if a != b));
        if ends {
            let ended = open.as_ref().is_some_and(|o| o.ended);
            if !ended || !is_closing(c) && !is_wide_stop(c) {
                close(text, &mut open, at, &mut out);
            }
        }
        let spaced = out.last().is_none_or(|t| t.span.end < at);
        let o = open.get_or_insert(Open {
            start: at,
            kind: None,
            letters: 0,
            digits: false,
            ended: false,
            glued: !spaced,
        });
        if kind.is_some() {
            o.kind = kind;
            o.letters += 1;
        }
        o.digits |= c.is_numeric();
        o.ended = is_wide_stop(c) || o.ended && is_closing(c);
    }
    close(text, &mut open, span.end, &mut out);
    out
}

struct Open {
    start: usize,
    /// Whether its letters are of a script without spaces.
    kind: Option<bool>,
    letters: usize,
    digits: bool,
    ended: bool,
    glued: bool,
}

fn close(text: &str, open: &mut Option<Open>, end: usize, out: &mut Vec<Token>) {
    let Some(o) = open.take() else { return };
    let unspaced = o.kind == Some(true);
    let address = is_address(&text[o.start..end]);
    let words = match (o.letters, unspaced) {
        _ if address => 0.0,
        (0, _) => {
            if o.digits {
                1.0
            } else {
                0.0
            }
        }
        (n, true) => n as f32 / UNSPACED as f32 * 2.0,
        _ => 1.0,
    };
    let before = match out.last() {
        None => Border::Edge,
        Some(last) if last.address != address => Border::Clause,
        Some(last) => border(
            &text[last.span.clone()],
            &text[o.start..end],
            last.unspaced && !o.glued,
            o.glued,
        ),
    };
    let case = Case::of(&text[o.start..end]);
    out.push(Token {
        span: o.start..end,
        case,
        latin: false,
        comma: text[o.start..end].ends_with([',', '،', '、', '，']),
        before,
        words,
        unspaced,
        listed: false,
        alien: false,
        address,
        nats: Vec::new(),
    });
}

/// `Some(true)` for a letter of a script without spaces, `Some(false)` for another, `None` for what is no letter.
fn kind(c: char) -> Option<bool> {
    if !is_alphabetic(c) {
        return None;
    }
    match script::script(c) {
        Script::Common | Script::Inherited | Script::Unknown => None,
        s => Some(matches!(
            s,
            Script::Han
                | Script::Thai
                | Script::Lao
                | Script::Khmer
                | Script::Myanmar
                | Script::Tibetan
        )),
    }
}

fn border(last: &str, next: &str, unspaced: bool, glued: bool) -> Border {
    let mark = |token: &str| !token.contains(is_alphanumeric);
    if mark(next) && !next.contains(|c| is_opening(c) || is_bullet(c)) {
        return Border::Glued;
    }
    let bare = last.trim_end_matches(is_closing);
    if mark(last) && bare.is_empty() {
        return Border::Sentence;
    }
    match bare.chars().next_back().or(last.chars().next_back()) {
        Some(c) if is_stop(c) => Border::Sentence,
        Some(c) if is_pause(c) => Border::Clause,
        _ if bare.len() < last.len()
            || next.starts_with(['(', '[', '（', '【', '¿', '¡'])
            || next.starts_with(is_pause) =>
        {
            Border::Clause
        }
        _ if glued => Border::Glued,
        _ if unspaced => Border::Clause,
        _ if next.starts_with(char::is_uppercase) => Border::Capital,
        _ => Border::Gap,
    }
}
