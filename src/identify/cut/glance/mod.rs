//! The first look at a document: which paragraphs can hold no stretch of another language, and whether its words leave
//! any doubt of its own. It says only what the full look ([`verify`](super::verify)) and the search would say too, at a
//! small part of their cost; what it cannot tell is left to them.
//!
//! For each word it reads one entry of a cache: what the word says for the host's rivals, several rivals to a lane. A
//! stretch is bounded by the best run of each lane, entered and left at the price that the search would pay. Where a lane
//! rises, a second glance gives each rival its own.

mod ballot;
mod cache;
mod eye;
mod kin;
mod panel;
mod pen;
mod runs;
mod scan;

use std::cell::RefCell;
use std::ops::Range;
use std::rc::Rc;

use crate::identify::ngram::confidence::{MAX_LEAD, confidence};
use crate::identify::ngram::letters::UNSPACED;
use crate::identify::ngram::{Label, Ngram};

use super::hosts::MIN_SHARE;
use super::marks::Marks;
use super::verify::{CLEARLY, Look};
use ballot::Ballot;
use cache::Cache;
use eye::Eye;
use panel::{FEW, Panel, bits};

/// What was seen of a paragraph.
pub(super) struct Glance {
    /// What the full look would say, the best language apart.
    pub look: Look,
    /// The lanes that as a whole it may be in, a bit each; none where it is in no other language.
    pub lanes: u32,
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

    /// The lanes that have a language which may be one of the document's own, a bit each: enough of its paragraphs may be
    /// in it.
    pub fn may_hold(&self) -> u32 {
        let mut letters = [self.unseen; FEW];
        let mut all = self.unseen;
        for glance in self.glances.iter().flatten() {
            all += glance.look.letters;
            for (lane, sum) in letters.iter_mut().enumerate() {
                *sum += glance.look.letters * (glance.lanes >> lane & 1) as usize;
            }
        }
        let least = MIN_SHARE * all as f32;
        bits(letters.map(|sum| sum as f32 >= least))
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
                    lanes: 0,
                })
            } else {
                eye.paragraph(span, &mut sight)
            };
            sight.glances.push(glance);
        }
        Some(sight)
    })
}
