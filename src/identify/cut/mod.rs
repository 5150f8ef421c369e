//! Stretches in another language than the document's, searched for by the words' evidence.
//!
//! A paragraph is looked at once: does any stretch of it speak for another language ([`verify`])? Only then its tokens
//! are weighed for the languages found ([`token`]), the best way through them is taken ([`path`]), and each stretch is
//! judged by what it holds and where it stands ([`stretch`]).

mod glance;
mod glyphs;
mod heat;
mod hosts;
mod marks;
mod path;
mod prior;
mod seen;
mod spare;
mod stretch;
#[cfg(test)]
mod tests;
mod token;
mod verify;
mod votes;
mod weigh;

use std::ops::Range;

use heat::Room;

use super::ngram::model::{LONG, WINDOW};
use super::ngram::{Label, Ngram};
use super::{Identify, Language, Languages};
use crate::bytes;
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
    search(text, spans, ngram, kept, true)
}

/// As [`languages`]; without a glance every paragraph is looked at in full.
fn search(
    text: &str,
    spans: Vec<Range<usize>>,
    ngram: &Ngram,
    kept: &[Language],
    glance: bool,
) -> Languages {
    let marks = marks::Marks::of(text, &spans);
    let reader = Reader {
        text,
        spans: &spans,
        ngram,
        marks: &marks,
        glance,
    };
    let (document, hosts, looks) = reader.looks(kept);
    let mut out = Languages::of(document, spans.len());
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

/// A document's paragraphs, to be looked at for these hosts and for those.
struct Reader<'a> {
    text: &'a str,
    spans: &'a [Range<usize>],
    ngram: &'a Ngram,
    marks: &'a marks::Marks,
    /// Whether a glance may spare a paragraph the full look.
    glance: bool,
}

impl Reader<'_> {
    /// The document's language, the languages that are kept, and what is seen of each paragraph.
    fn looks(&self, kept: &[Language]) -> (Option<Guess>, Vec<Label>, Vec<verify::Look>) {
        let Reader { text, ngram, .. } = *self;
        let part = glimpse(text);
        let guess = ngram.identify(part.unwrap_or(text));
        let mut hosts = hosts::first(ngram, guess, kept);
        // In a text that is in another language than is kept a glance would clear next to nothing.
        let own = guess.is_none_or(|g| kept.is_empty() || self.is_host(&hosts, g));
        let mut sight = if own { self.sight(&hosts) } else { None };
        let document = if part.is_none() {
            guess
        } else {
            // What a part of the text suggests, all of it bears out, or it is asked for as a whole.
            let borne_out = sight.as_ref().filter(|s| s.elects_host()).and_then(|s| {
                let guess = guess.filter(|g| self.is_host(&hosts, *g))?;
                s.confidence().map(|confidence| Guess {
                    confidence,
                    ..guess
                })
            });
            borne_out.or_else(|| ngram.identify(text))
        };
        let first = hosts::first(ngram, document, kept);
        if first != hosts {
            hosts = first;
            sight = self.sight(&hosts);
        }
        let sure = !kept.is_empty() || sight.as_ref().is_some_and(glance::Sight::elects_host);
        let mut looks = if sure {
            self.complete(sight, &hosts)
        } else {
            // The words of the whole text name its language at a first glance; those outside quotations and code, none
            // of them with more than its share, name it for good.
            let mut room = Room::default();
            let looks = self.look(&hosts, &mut room);
            let elected = verify::elect(ngram, &room.votes, hosts.first().copied());
            if elected == hosts {
                looks
            } else {
                hosts = elected;
                self.complete(self.sight(&hosts), &hosts)
            }
        };
        if kept.is_empty() {
            let further = hosts::further(ngram, &hosts, &looks);
            if !further.is_empty() {
                hosts.extend(further);
                looks = self.look(&hosts, &mut Room::default());
            }
        }
        (document, hosts, looks)
    }

    fn is_host(&self, hosts: &[Label], guess: Guess) -> bool {
        hosts.len() == 1 && self.ngram.label(guess.language) == hosts.first().copied()
    }

    /// What a glance tells, where there is one host.
    fn sight(&self, hosts: &[Label]) -> Option<glance::Sight> {
        let &[host] = hosts else { return None };
        if !self.glance {
            return None;
        }
        glance::sight(self.text, self.spans, self.ngram, host, self.marks, is_code)
    }

    /// The full look at every paragraph.
    fn look(&self, hosts: &[Label], room: &mut Room) -> Vec<verify::Look> {
        let one = |span: &Range<usize>| self.look_at(span, hosts, room);
        self.spans.iter().map(one).collect()
    }

    fn look_at(&self, span: &Range<usize>, hosts: &[Label], room: &mut Room) -> verify::Look {
        if is_code(&self.text[span.clone()]) {
            verify::Look::default()
        } else {
            verify::look(self.text, span.clone(), self.ngram, hosts, self.marks, room)
        }
    }

    /// The full look at those paragraphs that a glance does not clear.
    fn complete(&self, sight: Option<glance::Sight>, hosts: &[Label]) -> Vec<verify::Look> {
        let Some(sight) = sight else {
            return self.look(hosts, &mut Room::default());
        };
        let mut room = Room::default();
        let foreign = sight.may_hold();
        let one = |(span, glance): (&Range<usize>, Option<glance::Glance>)| match glance {
            Some(g) if g.lanes & foreign == 0 => g.look,
            _ => self.look_at(span, hosts, &mut room),
        };
        self.spans.iter().zip(sight.glances).map(one).collect()
    }
}

/// A window in the middle of a long text, to guess its language from; `None` of a short one.
fn glimpse(text: &str) -> Option<&str> {
    (text.len() > LONG).then(|| {
        let from = text.floor_char_boundary(text.len() / 2);
        let to = text.floor_char_boundary(from + WINDOW);
        &text[from..to]
    })
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

/// Whether a byte is one of `{ } ( ) ; = < > [ ] _ $ \\`.
#[inline(always)]
fn is_code_mark(b: u8) -> bool {
    // `{`, `}` and what lies between them, and `[`, `]` and what lies between.
    let bracket = ((b | 0x20).wrapping_sub(b'{') < 3) & (b != b'|');
    let parenthesis = b & 0xFE == b'(';
    let compares = b.wrapping_sub(b';') < 4;
    bracket | parenthesis | compares | (b == b'_') | (b == b'$')
}

/// Whether a paragraph is a line of code: it begins or ends as statements do, or every eighth character is code's.
fn is_code(paragraph: &str) -> bool {
    let marks = bytes::count(paragraph.as_bytes(), is_code_mark);
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
