//! Stretches of a paragraph by sentence ends and changes of script, each named by the identifier.

use std::ops::Range;

use unicode_script::Script;

use super::{Identify, Language, quotes, script};
use crate::document::{Fragment, Guess, Verdict};

/// Letters that a piece needs before its language is asked for: below, whatlang's trigrams guess
/// (`tests/judgement/fragments`, short names).
const MIN_LETTERS: usize = 16;

/// Adds the fragments of one paragraph: neighbouring pieces of one language together, so that they tile it.
pub(super) fn cut(
    text: &str,
    span: Range<usize>,
    host: Option<Guess>,
    identifier: &dyn Identify,
    out: &mut Vec<Fragment>,
) {
    let quoted = quotes::quoted(text, span.clone());
    let first = out.len();
    for piece in pieces(text, span.clone()) {
        let body = &text[piece.clone()];
        let language = if letters(body) < MIN_LETTERS {
            None
        } else {
            identifier.identify(body)
        };
        let inside = quoted.iter().any(|q| overlap(q, &piece) * 2 > piece.len());
        let same = out[first..].last().is_some_and(|last: &Fragment| {
            let code = |g: Option<Guess>| g.map(|g| g.language);
            code(last.language) == code(language) && last.spared == inside
                // A piece that says nothing goes with what stands before it, when that is the host's.
                || language.is_none() && code(last.language) == code(host)
        });
        if let Some(last) = out.last_mut().filter(|_| same) {
            last.span.end = piece.end;
            if language.is_some() {
                last.language = stronger(last.language, language);
            }
            continue;
        }
        let evidence = language.map_or(0.0, log_odds);
        out.push(Fragment {
            span: piece,
            language,
            evidence,
            spared: inside,
            verdict: Verdict::Keep,
        });
    }
}

/// A second language with at least this share of a document's letters is its own too.
const MIN_OWN_SHARE: f32 = 0.25;

/// Takes the evidence from what is in a language that is kept, or where none is asked for in one of the document's own:
/// the one of most of its text, and any other with a good share.
pub(super) fn weigh(text: &str, fragments: &mut [Fragment], kept: &[Language]) {
    let mut shares: Vec<(Language, usize)> = Vec::new();
    for fragment in fragments.iter() {
        let Some(guess) = fragment.language.filter(|g| g.language != Language::ZXX) else {
            continue;
        };
        let letters = letters(&text[fragment.span.clone()]);
        match shares.iter_mut().find(|(l, _)| *l == guess.language) {
            Some((_, n)) => *n += letters,
            None => shares.push((guess.language, letters)),
        }
    }
    let all: usize = shares.iter().map(|(_, n)| n).sum();
    let most = shares.iter().map(|(_, n)| *n).max().unwrap_or(0);
    let own = |l: Language| match shares.iter().find(|(other, _)| *other == l) {
        Some(&(_, n)) => n == most || n as f32 >= MIN_OWN_SHARE * all as f32,
        None => true,
    };
    for fragment in fragments {
        let Some(guess) = fragment.language else {
            continue;
        };
        let keep = if kept.is_empty() {
            own(guess.language)
        } else {
            kept.iter().any(|k| k.same_language(&guess.language))
        };
        if keep {
            fragment.evidence = 0.0;
        }
    }
}

/// Nats for a confidence, as odds against everything else.
fn log_odds(guess: Guess) -> f32 {
    // 1e-6: a confidence of 1 is a rounded number, not a certainty.
    (guess.confidence / (1.0 - guess.confidence).max(1e-6))
        .max(1e-6)
        .ln()
}

fn stronger(a: Option<Guess>, b: Option<Guess>) -> Option<Guess> {
    match (a, b) {
        (Some(a), Some(b)) if b.confidence > a.confidence => Some(b),
        (None, b) => b,
        (a, _) => a,
    }
}

fn letters(text: &str) -> usize {
    // A Han character says as much as about three letters of an alphabet.
    text.chars()
        .filter(|c| c.is_alphabetic())
        .map(|c| {
            if script::script(c) == Script::Han {
                3
            } else {
                1
            }
        })
        .sum()
}

fn overlap(a: &Range<usize>, b: &Range<usize>) -> usize {
    a.end.min(b.end).saturating_sub(a.start.max(b.start))
}

/// Cuts after sentence ends and where the script changes; white space goes with what follows it.
fn pieces(text: &str, span: Range<usize>) -> Vec<Range<usize>> {
    let body = &text[span.clone()];
    let mut cuts = Vec::new();
    let mut previous: Option<Script> = None;
    let mut ended = false;
    let mut gap = 0; // where the white space and marks before the current character began
    for (at, c) in body.char_indices() {
        if c.is_alphanumeric() {
            let now = script::script(c);
            if c.is_alphabetic() && !matches!(now, Script::Common | Script::Inherited) {
                let changed = previous.is_some_and(|p| p != now);
                if at > 0 && gap > 0 && (changed || ended) {
                    cuts.push(gap);
                }
                previous = Some(now);
            }
            ended = false;
            gap = at + c.len_utf8();
        } else if is_end(c) {
            ended = true;
            gap = at + c.len_utf8();
        } else if ended && is_closing(c) {
            gap = at + c.len_utf8();
        } else if ended && !c.is_whitespace() && gap == at {
            // "3.5", "example.com": no white space after the stop.
            ended = matches!(c, '。' | '！' | '？');
        }
    }
    let mut out = Vec::with_capacity(cuts.len() + 1);
    let mut from = span.start;
    for cut in cuts {
        let cut = span.start + cut;
        if cut > from && cut < span.end {
            out.push(from..cut);
            from = cut;
        }
    }
    out.push(from..span.end);
    out
}

fn is_end(c: char) -> bool {
    matches!(
        c,
        '.' | '!' | '?' | '…' | '。' | '！' | '？' | '।' | '؟' | '۔' | '։' | '።'
    )
}

fn is_closing(c: char) -> bool {
    matches!(
        c,
        '"' | '”' | '’' | '»' | ')' | ']' | '」' | '』' | '“' | '\''
    )
}
