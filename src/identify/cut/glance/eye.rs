//! A glance at a paragraph: the sums of its words, lane by lane.

use std::ops::Range;
use std::rc::Rc;

use multiversion::multiversion;

use crate::identify::ngram::letters::{HANG, LATN, UNSPACED};
use crate::identify::ngram::{Label, Ngram};

use super::super::marks::Marks;
use super::super::stretch::pieces;
use super::super::verify::{Look, MAX_RIVALS};
use super::super::votes::MAX_VOTE;
use super::super::weigh::{ALIEN, LATIN_MOST, MAX_NATS};
use super::ballot::{Urn, Votes};
use super::cache::Cache;
use super::panel::{FEW, Lanes, NEVER, Panel, SOME, bits};
use super::runs::{Prices, Runs};
use super::scan::{Ahead, Scan};
use super::{Glance, Sight};

/// What a paragraph is seen with.
pub(super) struct Eye<'a> {
    pub text: &'a str,
    pub ngram: &'a Ngram,
    pub marks: &'a Marks,
    /// The host's script number.
    pub script: u8,
    pub cache: &'a mut Cache,
}

impl Eye<'_> {
    /// What is seen of a paragraph, its votes added to the document's; `None` where the full look must be taken.
    pub fn paragraph(&mut self, span: &Range<usize>, sight: &mut Sight) -> Option<Glance> {
        let panel = Rc::clone(&sight.panel);
        let quotes = self.marks.within(span).iter().filter(|m| m.quotes);
        let quoted: Vec<&Range<usize>> = quotes.map(|m| &m.span).collect();
        let votes = self.first(&panel, span, &quoted);
        let may_be_in = bits(votes.may_be_in(&panel));
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
            lanes: may_be_in,
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
            let peak = runs_of_few(self, panel, piece, quoted, &mut votes);
            for ((risen, p), r) in votes.risen.iter_mut().zip(peak).zip(panel.rarity) {
                *risen |= rises(p, r);
            }
        }
        votes
    }

    /// Whether words of other scripts may make a stretch: in the one lane they all share each says the most that it can.
    fn strangers_rise(&mut self, span: &Range<usize>) -> bool {
        const STEP: f32 = 0.01;
        let steps = |nats: f32| [(nats / STEP) as i16];
        let own = steps(-MAX_NATS);
        pieces(self.text, span).any(|piece| {
            let text = self.text.get(..piece.end).unwrap_or("");
            let mut runs = Runs::new(Prices::of(STEP));
            let mut scan = Scan::new(text, piece.start, &mut self.cache.gaps);
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
                for (peak, p) in peak.iter_mut().zip(runs_of_some(self, &panel, piece)) {
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
}

/// The best run of each of the few lanes in a piece that the search would search at once.
#[multiversion(targets("x86_64+avx2+bmi1+bmi2"))]
fn runs_of_few(
    eye: &mut Eye<'_>,
    panel: &Panel<FEW>,
    piece: Range<usize>,
    quoted: &[&Range<usize>],
    votes: &mut Votes,
) -> Lanes<FEW> {
    let text = eye.text.get(..piece.end).unwrap_or("");
    let Cache {
        words, pen, gaps, ..
    } = &mut *eye.cache;
    let dense = if eye.script <= HANG { 2 } else { 1 };
    let vote = (MAX_VOTE / panel.step) as i16;
    let mut urn = Urn::new(vote);
    let (mut quote, mut outside) = (0, true);
    let mut runs = Runs::new(panel.prices);
    let mut scan = Scan::new(text, piece.start, gaps);
    let mut ahead = Ahead::default();
    while ahead.fill(&mut scan, |word| words.expect(word.key ^ panel.salt)) {
        for &((between, numbers), word) in ahead.words() {
            if word.script != eye.script {
                // Those of scripts without languages count for nothing anywhere.
                if eye.ngram.group_of(word.script).is_some() {
                    votes.other_letters += word.units as usize;
                }
                runs.stranger(between, numbers);
                continue;
            }
            let key = word.key ^ panel.salt;
            let write = || pen.entry(eye.ngram, panel, text, &word, key);
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
    }
    votes.count(&mut urn, outside);
    let (behind, numbers) = scan.behind();
    runs.end(behind, numbers)
}

/// The best run of each of some rivals in a piece.
#[multiversion(targets("x86_64+avx2+bmi1+bmi2"))]
fn runs_of_some(eye: &mut Eye<'_>, panel: &Panel<SOME>, piece: Range<usize>) -> [i16; SOME] {
    let text = eye.text.get(..piece.end).unwrap_or("");
    let mut runs = Runs::new(panel.prices);
    let Cache { pen, gaps, .. } = &mut *eye.cache;
    let mut scan = Scan::new(text, piece.start, gaps);
    let mut ahead = Ahead::default();
    while ahead.fill(&mut scan, |word| pen.expect(word.key)) {
        for &((between, numbers), word) in ahead.words() {
            if word.script == eye.script {
                let delta = pen.each(eye.ngram, panel, text, &word);
                runs.word(between, numbers, word.small, &delta);
            } else {
                runs.stranger(between, numbers);
            }
        }
    }
    let (behind, numbers) = scan.behind();
    runs.end(behind, numbers)
}

/// Whether a lane's best run is worth its languages' rarity, a step of rounding aside.
fn rises(peak: i16, rarity: i16) -> bool {
    peak >= rarity - 1
}
