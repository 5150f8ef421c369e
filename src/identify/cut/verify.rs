//! The cheap look: is there, for any language, a stretch of a paragraph that speaks for it and against the hosts?

use std::ops::Range;

use crate::identify::ngram::{Label, Ngram, WordEvidence};

use super::LEAST;
use super::marks::Marks;
use super::prior::{Rarity, same};
use super::weigh::{MAX_NATS, Scale, host_nats};

/// Rivals that a paragraph is searched for.
pub(super) const MAX_RIVALS: usize = 5;

/// The most that one word may say for a document's or paragraph's language, in nats: about what a frequent word of a
/// language of few cognates says, so that words count and their oddity does not.
pub(super) const MAX_VOTE: f32 = 2.5;

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

/// For each language, what the words of a text say for it: each within bounds, so that a few long ones do not decide.
pub(super) struct Votes {
    group: u8,
    step: f32,
    count: usize,
    letters: usize,
    words: usize,
    sums: [i32; 256],
}

impl Votes {
    fn new(group: u8, word: &WordEvidence<'_>) -> Votes {
        Votes {
            group,
            // The table of a script with one language weighs nothing; any step will do there.
            step: if word.step() > 0.0 { word.step() } else { 1.0 },
            count: word.count,
            letters: 0,
            words: 0,
            sums: [0; 256],
        }
    }

    fn add(&mut self, word: &WordEvidence<'_>) {
        let most = (MAX_VOTE / self.step) as i32;
        // A Han character or a syllable says as much as two letters.
        self.letters += if word.dense() {
            2 * word.units
        } else {
            word.units
        };
        self.words += 1;
        for (sum, s) in self.sums.iter_mut().zip(word.sums()) {
            *sum += (*s).clamp(-most, most);
        }
    }

    fn merge(&mut self, other: &Votes) {
        self.letters += other.letters;
        self.words += other.words;
        for (sum, s) in self.sums.iter_mut().zip(&other.sums) {
            *sum += s;
        }
    }

    fn nats(&self, label: Label) -> f32 {
        self.sums
            .get(label.index as usize)
            .map_or(0.0, |s| *s as f32 * self.step)
    }

    /// The language that has most, rarity counted against it.
    fn best(&self, ngram: &Ngram) -> Option<(Label, f32)> {
        self.all(ngram)
            .max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.index.cmp(&a.0.index)))
    }

    /// All languages, those that have most first.
    fn ranked(&self, ngram: &Ngram) -> Vec<(Label, f32)> {
        let mut all: Vec<(Label, f32)> = self.all(ngram).collect();
        all.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.index.cmp(&b.0.index)));
        all
    }

    fn all(&self, ngram: &Ngram) -> impl Iterator<Item = (Label, f32)> + '_ {
        let rarity = Rarity::of(ngram);
        (0..self.count).map(move |i| {
            let label = Label {
                group: self.group,
                index: i as u8,
            };
            (label, self.nats(label) - rarity.nats(label))
        })
    }
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

/// For one script, the best stretch of every language so far, in steps of the script's table.
struct Heat {
    votes: Votes,
    now: [i32; 256],
    most: [i32; 256],
}

impl Heat {
    fn new(group: u8, word: &WordEvidence<'_>) -> Heat {
        Heat {
            votes: Votes::new(group, word),
            now: [0; 256],
            most: [0; 256],
        }
    }

    /// A word of the script: for each language, the best stretch that ends here.
    fn add(&mut self, word: &WordEvidence<'_>, scale: &Scale) {
        self.votes.add(word);
        let steps = |nats: f32| (nats / self.votes.step) as i32;
        let (less, add) = (steps(scale.less), steps(scale.add));
        let (least, most_one) = (steps(scale.least), steps(scale.most));
        for ((now, most), s) in self.now.iter_mut().zip(&mut self.most).zip(word.sums()) {
            *now = (*now + (s - less).clamp(least, most_one) + add).max(0);
            *most = (*most).max(*now);
        }
    }

    /// A word of the hosts, in another script.
    fn cool(&mut self) {
        let steps = (MAX_NATS / self.votes.step) as i32;
        self.now
            .iter_mut()
            .for_each(|now| *now = (*now - steps).max(0));
    }
}

/// Looks at a paragraph; a stretch needs `least` nats, its language's rarity counted against it. What stands outside
/// quotations votes for the document's language.
pub(super) fn look(
    text: &str,
    span: Range<usize>,
    ngram: &Ngram,
    hosts: &[Label],
    marks: &Marks,
    votes: &mut Vec<Votes>,
) -> Look {
    let mut heats: Vec<Box<Heat>> = Vec::new();
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
        let at = match heats.iter().position(|h| h.votes.group == group) {
            Some(at) => at,
            None => {
                heats.push(Box::new(Heat::new(group, &word)));
                heats.len() - 1
            }
        };
        let host = host_nats(&word, hosts);
        let scale = Scale::of(&word, host, word.unspaced());
        for (i, heat) in heats.iter_mut().enumerate() {
            if i == at {
                heat.add(&word, &scale);
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
                Some(v) => v.add(&word),
                None => {
                    let mut v = Box::new(Votes::new(group, &word));
                    v.add(&word);
                    outside.push(v);
                }
            }
        }
    }
    if quoted.is_empty() {
        heats.iter().for_each(|h| cast(votes, &h.votes));
    } else {
        outside.iter().for_each(|v| cast(votes, v));
    }
    let main = outside.iter().map(|v| &**v).max_by_key(|v| v.letters);
    let main = main.or(heats.iter().map(|h| &h.votes).max_by_key(|v| v.letters));
    finish(ngram, hosts, &heats, main)
}

fn cast(all: &mut Vec<Votes>, votes: &Votes) {
    match all.iter_mut().find(|v| v.group == votes.group) {
        Some(v) => v.merge(votes),
        None => {
            let mut first = Votes {
                sums: [0; 256],
                letters: 0,
                words: 0,
                ..*votes
            };
            first.merge(votes);
            all.push(first);
        }
    }
}

fn finish(ngram: &Ngram, hosts: &[Label], heats: &[Box<Heat>], main: Option<&Votes>) -> Look {
    let rarity = Rarity::of(ngram);
    let mut found: Vec<(f32, Label)> = Vec::new();
    for heat in heats {
        let votes = &heat.votes;
        for (l, most) in heat.most.iter().take(votes.count).enumerate() {
            let most = *most as f32 * votes.step;
            let label = Label {
                group: votes.group,
                index: l as u8,
            };
            let worth = most - rarity.nats(label);
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
