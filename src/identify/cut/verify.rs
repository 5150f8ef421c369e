//! The cheap look: is there, for any language, a stretch of a paragraph that speaks for it and against the hosts?

use std::ops::Range;

use crate::identify::ngram::{Label, Ngram};

use super::LEAST;
use super::heat::{Heat, Room};
use super::marks::Marks;
use super::prior::{Rarity, same};
use super::votes::{Votes, said};
use super::weigh::{Scale, host_nats};

/// Rivals that a paragraph is searched for.
pub(super) const MAX_RIVALS: usize = 5;

/// What a paragraph says as a whole, and of which languages it may hold a stretch.
#[derive(Default)]
pub(super) struct Look {
    /// The script with the most letters.
    pub group: Option<u8>,
    /// Letters of that script.
    pub letters: usize,
    /// Words of that script.
    pub words: usize,
    /// Letters of the hosts' scripts.
    pub own_letters: usize,
    /// The host that its words speak for most, of those written in that script.
    pub host: Option<Label>,
    /// The language that they speak for most, rarity counted against it, and by how many nats more than for the host.
    pub best: Option<(Label, f32)>,
    /// Languages that a stretch may be in; empty for a paragraph that is the hosts' own.
    pub rivals: Vec<Label>,
}

/// The languages that the votes of a document's paragraphs name: the one that leads, and those over which it does not
/// lead clearly; of `first`, the identifier's own answer, it must lead more clearly. A text between two languages is cut
/// in neither.
pub(super) fn elect(ngram: &Ngram, votes: &[Votes], first: Option<Label>) -> Vec<Label> {
    let Some(main) = votes.iter().max_by_key(|v| v.letters) else {
        return first.into_iter().collect();
    };
    let ranked = main.ranked(ngram);
    let most = ranked.first().map_or(0.0, |r| r.1);
    let held =
        first.filter(|f| f.group == main.group && main.nats(*f) >= most * (1.0 - MORE_CLEARLY));
    let close = ranked
        .into_iter()
        .filter(|r| r.1 >= most * (1.0 - CLEARLY))
        .map(|r| r.0);
    let mut elected: Vec<Label> = held.into_iter().collect();
    elected.extend(close.filter(|c| Some(*c) != held).take(MAX_ELECTED));
    elected
}

/// Languages that a text may be between.
const MAX_ELECTED: usize = 3;

/// Share of its votes by which a language leads clearly over any other.
pub(super) const CLEARLY: f32 = 0.08;

/// The same over the identifier's own answer.
const MORE_CLEARLY: f32 = 0.15;

/// Looks at a paragraph; a stretch needs `least` nats, its language's rarity counted against it. What stands outside
/// quotations votes for the document's language.
pub(super) fn look(
    text: &str,
    span: Range<usize>,
    ngram: &Ngram,
    hosts: &[Label],
    marks: &Marks,
    room: &mut Room,
) -> Look {
    room.clear();
    let mut outside: Vec<Box<Votes>> = Vec::new();
    let quoted: Vec<&Range<usize>> = marks
        .within(&span)
        .iter()
        .filter(|m| m.quotes)
        .map(|m| &m.span)
        .collect();
    let mut quote = 0;
    let mut reader = ngram.words(&text[span.clone()]);
    while let Some(word) = reader.next() {
        let Some(group) = word.group else { continue };
        let at = room.at(group, &word);
        let host = host_nats(&word, hosts);
        let said = said(&word);
        let scale = Scale::of(&word, host, word.unspaced());
        for (i, heat) in room.heats().iter_mut().enumerate() {
            if i == at {
                heat.add(&word, said, &scale);
            } else if host.is_some() {
                heat.cool();
            }
        }
        let start = span.start + word.span.start;
        while quoted.get(quote).is_some_and(|q| q.end <= start) {
            quote += 1;
        }
        if !quoted.is_empty() && quoted.get(quote).is_none_or(|q| q.start > start) {
            match outside.iter_mut().find(|v| v.group == group) {
                Some(v) => v.add(&word, said),
                None => {
                    let mut v = Box::new(Votes::new(group, &word));
                    v.add(&word, said);
                    outside.push(v);
                }
            }
        }
    }
    room.heats().iter_mut().for_each(|h| h.settle());
    outside.iter_mut().for_each(|v| v.settle());
    if quoted.is_empty() {
        room.cast_all();
    } else {
        outside.iter().for_each(|v| room.cast(v));
    }
    let heats = &*room.heats();
    let main = outside.iter().map(|v| &**v).max_by_key(|v| v.letters);
    let main = main.or(heats.iter().map(|h| &h.votes).max_by_key(|v| v.letters));
    finish(ngram, hosts, heats, main)
}

fn finish(ngram: &Ngram, hosts: &[Label], heats: &[Box<Heat>], main: Option<&Votes>) -> Look {
    let rarity = Rarity::of(ngram);
    let mut found: Vec<(f32, Label)> = Vec::new();
    for heat in heats {
        for (label, nats) in heat.stretches() {
            // Rarity only takes away.
            if nats < LEAST {
                continue;
            }
            let worth = nats - rarity.nats(label);
            let own = |h: &Label| *h == label || same(ngram.language(*h), ngram.language(label));
            if worth >= LEAST && !hosts.iter().any(own) {
                found.push((worth, label));
            }
        }
    }
    found.sort_by(|a, b| {
        b.0.total_cmp(&a.0)
            .then((a.1.group, a.1.index).cmp(&(b.1.group, b.1.index)))
    });
    found.truncate(MAX_RIVALS);
    let host = main.and_then(|votes| {
        let of_script = hosts.iter().filter(|h| h.group == votes.group);
        of_script
            .copied()
            .max_by(|a, b| votes.nats(*a).total_cmp(&votes.nats(*b)))
    });
    let best = main.and_then(|votes| {
        let (label, nats) = votes.best(ngram)?;
        Some((label, nats - host.map_or(0.0, |h| votes.nats(h))))
    });
    Look {
        group: main.map(|v| v.group),
        letters: main.map_or(0, |v| v.letters),
        words: main.map_or(0, |v| v.words),
        own_letters: heats
            .iter()
            .filter(|h| hosts.iter().any(|host| host.group == h.votes.group))
            .map(|h| h.votes.letters)
            .sum(),
        host,
        best,
        rivals: found.into_iter().map(|f| f.1).collect(),
    }
}
