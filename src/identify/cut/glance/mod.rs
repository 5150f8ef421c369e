//! The first look at a document: which paragraphs can hold no stretch of another language, and whether its words leave
//! any doubt of its own. It says only what the full look ([`verify`](super::verify)) and the search would say too, at a
//! small part of their cost; what it cannot tell is left to them.
//!
//! For each word it reads one entry of a cache: what the word says for the host's rivals, several rivals to a lane. A
//! stretch is bounded by the best run of each lane, entered and left at the price that the search would pay. Where a lane
//! rises, a second glance gives each rival its own.

mod ballot;
mod cache;
mod kin;
mod panel;
mod pen;
mod runs;
mod scan;

use std::cell::RefCell;
use std::ops::Range;
use std::rc::Rc;

use crate::identify::ngram::confidence::{MAX_LEAD, confidence};
use crate::identify::ngram::letters::{HANG, LATN, UNSPACED};
use crate::identify::ngram::{Label, Ngram};

use super::hosts::MIN_SHARE;
use super::marks::Marks;
use super::stretch::pieces;
use super::verify::{CLEARLY, Look, MAX_RIVALS};
use super::votes::MAX_VOTE;
use super::weigh::{ALIEN, LATIN_MOST, MAX_NATS};
use ballot::{Ballot, Urn, Votes};
use cache::Cache;
use panel::{FEW, NEVER, Panel, SOME};
use runs::{Prices, Runs};
use scan::Scan;

/// What was seen of a paragraph.
pub(super) struct Glance {
    /// What the full look would say, the best language apart.
    pub look: Look,
    /// As a whole it is not in another language.
    pub own: bool,
}

/// What was seen of a document.
pub(super) struct Sight {
    /// Of each paragraph; `None` where the full look must be taken.
    pub glances: Vec<Option<Glance>>,
    /// Votes for the host and its rivals.
    votes: Ballot,
    /// Letters of other scripts than the host's.
    other_letters: usize,
    /// Letters of paragraphs where the full look must be taken.
    unseen: usize,
    panel: Rc<Panel<FEW>>,
}

impl Sight {
    /// Whether the host leads all others so clearly that the votes of all words would elect it and no other.
    pub fn elects_host(&self) -> bool {
        let least = self.votes.host as f32 * (1.0 - CLEARLY) - 1.0;
        let clearly = || self.rivals().all(|(votes, rarity)| votes - rarity < least);
        self.other_letters < self.votes.letters && (self.is_alone() || clearly())
    }

    /// How sure the host is as the document's language, where its lead is beyond all that confidence knows of.
    pub fn confidence(&self) -> Option<f32> {
        let best = self.rivals().map(|r| r.0).fold(f32::MIN, f32::max);
        let lead = (self.votes.host as f32 - best) * self.panel.step;
        let sure = self.is_alone() || lead >= MAX_LEAD;
        sure.then(|| confidence(self.votes.words as u32, self.votes.letters as u32, MAX_LEAD))
    }

    /// Whether the paragraphs that may be in another language are enough for a language of the document's own.
    pub fn may_hold_another(&self) -> bool {
        let letters = |g: &Glance| g.look.letters;
        let all: usize = self.glances.iter().flatten().map(letters).sum();
        let may = |g: &&Glance| !g.own || !g.look.rivals.is_empty();
        let may: usize = self.glances.iter().flatten().filter(may).map(letters).sum();
        (may + self.unseen) as f32 >= MIN_SHARE * (all + self.unseen) as f32
    }

    fn is_alone(&self) -> bool {
        self.panel.count == 1
    }

    fn rivals(&self) -> impl Iterator<Item = (f32, f32)> + '_ {
        let lanes = self.votes.lanes.iter().zip(self.panel.doubt);
        lanes.filter_map(|(votes, doubt)| Some((*votes as f32, f32::from(doubt?))))
    }
}

thread_local! {
    static CACHE: RefCell<Cache> = RefCell::new(Cache::default());
}

/// Looks at the paragraphs of a document whose host is `host`; `is_code` tells those that are passed over.
pub(super) fn sight(
    text: &str,
    spans: &[Range<usize>],
    ngram: &Ngram,
    host: Label,
    marks: &Marks,
    is_code: impl Fn(&str) -> bool,
) -> Option<Sight> {
    CACHE.with(|cache| {
        let mut cache = cache.try_borrow_mut().ok()?;
        let panel = cache.panel(ngram, host)?;
        let script = ngram.group(host.group)?.script;
        // Words of scripts without spaces are runs of any length: few come twice.
        if UNSPACED.contains(&script) && panel.count > 1 {
            return None;
        }
        let mut sight = Sight {
            glances: Vec::with_capacity(spans.len()),
            votes: Ballot::default(),
            other_letters: 0,
            unseen: 0,
            panel,
        };
        let mut eye = Eye {
            text,
            ngram,
            marks,
            script,
            cache: &mut cache,
        };
        for span in spans {
            let glance = if is_code(&text[span.clone()]) {
                Some(Glance {
                    look: Look::default(),
                    own: true,
                })
            } else {
                eye.paragraph(span, &mut sight)
            };
            sight.glances.push(glance);
        }
        Some(sight)
    })
}

struct Eye<'a> {
    text: &'a str,
    ngram: &'a Ngram,
    marks: &'a Marks,
    script: u8,
    cache: &'a mut Cache,
}

impl Eye<'_> {
    fn paragraph(&mut self, span: &Range<usize>, sight: &mut Sight) -> Option<Glance> {
        let panel = Rc::clone(&sight.panel);
        let quotes = self.marks.within(span).iter().filter(|m| m.quotes);
        let quoted: Vec<&Range<usize>> = quotes.map(|m| &m.span).collect();
        let votes = self.first(&panel, span, &quoted);
        let own = votes.is_own(&panel);
        let main = *votes.main();
        let Votes {
            all,
            outside,
            other_letters,
            risen,
        } = votes;
        sight.votes.merge(&outside);
        sight.other_letters += other_letters;
        if other_letters > 0 && (other_letters >= all.letters || self.strangers_rise(span)) {
            sight.unseen += all.letters + other_letters;
            return None;
        }
        let any = all.words > 0;
        Some(Glance {
            look: Look {
                group: any.then_some(panel.host.group),
                letters: main.letters,
                words: main.words,
                own_letters: all.letters,
                host: any.then_some(panel.host),
                best: None,
                rivals: self.second(&panel, &risen, span),
            },
            own,
        })
    }

    /// What a paragraph's words say to the few lanes.
    fn first(
        &mut self,
        panel: &Panel<FEW>,
        span: &Range<usize>,
        quoted: &[&Range<usize>],
    ) -> Votes {
        let mut votes = Votes::default();
        for piece in pieces(self.text, span) {
            let peak = self.piece(panel, piece, quoted, &mut votes);
            for ((risen, p), r) in votes.risen.iter_mut().zip(peak).zip(panel.rarity) {
                *risen |= rises(p, r);
            }
        }
        votes
    }

    /// The best run of each of the few lanes in a piece that the search would search at once.
    fn piece(
        &mut self,
        panel: &Panel<FEW>,
        piece: Range<usize>,
        quoted: &[&Range<usize>],
        votes: &mut Votes,
    ) -> [i16; FEW] {
        let text = self.text.get(..piece.end).unwrap_or("");
        let Cache { words, pen, .. } = &mut *self.cache;
        let dense = if self.script <= HANG { 2 } else { 1 };
        let vote = (MAX_VOTE / panel.step) as i16;
        let mut urn = Urn::new(vote);
        let (mut quote, mut outside) = (0, true);
        let mut runs = Runs::new(panel.prices);
        let mut scan = Scan::new(text, piece.start);
        while let Some(((between, numbers), word)) = scan.next() {
            if word.script != self.script {
                // Those of scripts without languages count for nothing anywhere.
                if self.ngram.group_of(word.script).is_some() {
                    votes.other_letters += word.units as usize;
                }
                runs.stranger(between, numbers);
                continue;
            }
            let key = word.key ^ panel.salt;
            let write = || pen.entry(self.ngram, panel, &scan, &word, key);
            let entry = words.entry(key, write);
            runs.word(between, numbers, word.small, &entry.delta);
            if !quoted.is_empty() {
                while quoted.get(quote).is_some_and(|q| q.end <= word.start) {
                    quote += 1;
                }
                let is_outside = quoted.get(quote).is_none_or(|q| q.start > word.start);
                if is_outside != outside {
                    votes.count(&mut urn, outside);
                    outside = is_outside;
                }
            }
            urn.cast(entry, dense * word.units);
            if urn.is_full() {
                votes.count(&mut urn, outside);
            }
        }
        votes.count(&mut urn, outside);
        let (behind, numbers) = scan.behind();
        runs.end(behind, numbers)
    }

    /// Whether words of other scripts may make a stretch: in the one lane they all share each says the most that it can.
    fn strangers_rise(&self, span: &Range<usize>) -> bool {
        const STEP: f32 = 0.01;
        let steps = |nats: f32| [(nats / STEP) as i16];
        let own = steps(-MAX_NATS);
        pieces(self.text, span).any(|piece| {
            let text = self.text.get(..piece.end).unwrap_or("");
            let mut runs = Runs::new(Prices::of(STEP));
            let mut scan = Scan::new(text, piece.start);
            while let Some(((between, numbers), word)) = scan.next() {
                if word.script == self.script {
                    runs.word(between, numbers, word.small, &own);
                } else if UNSPACED.contains(&word.script) {
                    return true;
                } else {
                    let most = if word.script == LATN {
                        LATIN_MOST
                    } else {
                        ALIEN + 1.0
                    };
                    runs.stranger(between, numbers);
                    runs.gain(&steps(most));
                }
            }
            let (behind, numbers) = scan.behind();
            rises(runs.end(behind, numbers)[0], 0)
        })
    }

    /// Of the rivals in lanes that rise in a paragraph, those that rise by themselves, the highest first.
    fn second(
        &mut self,
        panel: &Panel<FEW>,
        risen: &[bool; FEW],
        span: &Range<usize>,
    ) -> Vec<Label> {
        if !risen.contains(&true) {
            return Vec::new();
        }
        let mut found: Vec<(i16, u8)> = Vec::new();
        for labels in panel.languages(risen).chunks(SOME) {
            let Some(panel) = Panel::some(self.ngram, panel.host, labels) else {
                continue;
            };
            let mut peak = [NEVER; SOME];
            for piece in pieces(self.text, span) {
                for (peak, p) in peak.iter_mut().zip(self.peak(&panel, piece)) {
                    *peak = (*peak).max(p);
                }
            }
            let lanes = labels.iter().zip(peak).zip(panel.rarity);
            let risen = lanes.filter(|((_, p), r)| rises(*p, *r));
            found.extend(risen.map(|((index, p), r)| (p - r, *index)));
        }
        found.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        found.truncate(MAX_RIVALS);
        let label = |(_, index): (i16, u8)| Label {
            group: panel.host.group,
            index,
        };
        found.into_iter().map(label).collect()
    }

    /// The best run of each of some rivals in a piece.
    fn peak(&mut self, panel: &Panel<SOME>, piece: Range<usize>) -> [i16; SOME] {
        let text = self.text.get(..piece.end).unwrap_or("");
        let mut runs = Runs::new(panel.prices);
        let mut scan = Scan::new(text, piece.start);
        while let Some(((between, numbers), word)) = scan.next() {
            if word.script == self.script {
                let delta = self.cache.pen.each(self.ngram, panel, &scan, &word);
                runs.word(between, numbers, word.small, &delta);
            } else {
                runs.stranger(between, numbers);
            }
        }
        let (behind, numbers) = scan.behind();
        runs.end(behind, numbers)
    }
}

/// Whether a lane's best run is worth its languages' rarity, a step of rounding aside.
fn rises(peak: i16, rarity: i16) -> bool {
    peak >= rarity - 1
}
