//! The figures of a run: gathered per document, merged in any order, told to people and written as JSON.

mod human;
mod json;

use serde::Serialize;
use std::collections::BTreeMap;

use cleanfilter::document::Document;
use cleanfilter::identify::Language;
use cleanfilter::ledger::{DroppedPiece, Origin, dropped_pieces};

use super::samples::Samples;

/// Figures of some documents. [`Summary::merge`] is commutative and associative, so that threads may gather apart.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Summary {
    /// Documents read; each part of a long one counts.
    pub documents: u64,
    /// Of them, parts of documents that were cut because they were too long.
    pub parts: u64,
    /// Documents that lost anything.
    pub changed: u64,
    /// Documents of which nothing stays, though they were not empty.
    pub emptied: u64,
    /// Bytes of the documents as they lay in the input, undecoded.
    pub input_bytes: u64,
    /// Bytes of decoded text.
    pub bytes: u64,
    /// Of them, bytes left out.
    pub dropped_bytes: u64,
    /// Bytes that could not be decoded.
    pub replaced_bytes: u64,
    /// Documents with such bytes.
    pub replaced_documents: u64,
    /// What each rule dropped, by the names in the verdicts (`boilerplate/cookies`).
    pub rules: BTreeMap<&'static str, Dropped>,
    /// Documents of each language; `None` where the identifier abstained.
    pub languages: BTreeMap<Option<Language>, Share>,
    /// Documents of each encoding.
    pub encodings: BTreeMap<&'static str, Share>,
    /// Records that break their format.
    pub malformed: u64,
    /// Files that could not be read to their end, or are not text.
    pub unreadable: u64,
    /// What is well-formed and holds no text to read, by what it is: `html response`.
    pub skipped: BTreeMap<&'static str, u64>,
    /// What was dropped, for people to look at.
    pub samples: Samples,
    /// How long the run took, once it has ended.
    pub seconds: Option<f64>,
}

/// What a rule dropped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Dropped {
    /// Documents that it dropped from.
    pub documents: u64,
    /// Fragments.
    pub fragments: u64,
    /// Bytes, with the separators that went with them.
    pub bytes: u64,
}

/// A share of the documents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Share {
    /// How many.
    pub documents: u64,
    /// Bytes of their decoded text.
    pub bytes: u64,
}

impl Summary {
    /// Counts a document of `input_bytes` undecoded bytes; `with_samples`: keeps what was dropped for the report.
    pub fn add(
        &mut self,
        origin: &Origin<'_>,
        document: &Document,
        input_bytes: u64,
        with_samples: bool,
    ) {
        let size = document.text.len() as u64;
        self.documents += 1;
        self.parts += u64::from(origin.part.is_some());
        self.input_bytes += input_bytes;
        self.bytes += size;
        self.replaced_bytes += document.reading.replaced_bytes;
        self.replaced_documents += u64::from(document.reading.replaced_bytes > 0);
        self.languages
            .entry(document.language.map(|guess| guess.language))
            .or_default()
            .add(size);
        self.encodings
            .entry(document.reading.encoding)
            .or_default()
            .add(size);
        let pieces = dropped_pieces(document);
        let dropped = self.add_dropped(document, &pieces);
        self.dropped_bytes += dropped;
        self.changed += u64::from(dropped > 0);
        self.emptied += u64::from(dropped > 0 && dropped == size);
        if with_samples {
            pieces
                .iter()
                .for_each(|piece| self.samples.add(origin, document, piece));
        }
    }

    fn add_dropped(&mut self, document: &Document, pieces: &[DroppedPiece]) -> u64 {
        let mut total = 0;
        // A page's menu is hundreds of fragments of a few rules: most are of the last one's.
        let mut rules: Vec<(&'static str, Dropped)> = Vec::new();
        let mut last = 0;
        for piece in pieces {
            let Some((_, reason)) = piece.reason(document) else {
                continue;
            };
            let same = |(rule, _): &(&'static str, Dropped)| std::ptr::eq(*rule, reason.rule);
            if !rules.get(last).is_some_and(same) {
                let known = rules.iter().position(|(rule, _)| *rule == reason.rule);
                last = known.unwrap_or(rules.len());
                if known.is_none() {
                    rules.push((reason.rule, Dropped::default()));
                }
            }
            if let Some((_, rule)) = rules.get_mut(last) {
                rule.fragments += 1;
                rule.bytes += piece.range.len() as u64;
            }
            total += piece.range.len() as u64;
        }
        for (rule, dropped) in rules {
            let all = self.rules.entry(rule).or_default();
            all.documents += 1;
            all.fragments += dropped.fragments;
            all.bytes += dropped.bytes;
        }
        total
    }

    /// Counts a record that breaks its format.
    pub fn add_malformed(&mut self) {
        self.malformed += 1;
    }

    /// Counts a file that could not be read to its end, or is not text.
    pub fn add_unreadable(&mut self) {
        self.unreadable += 1;
    }

    /// Counts something well-formed that holds no text to read, by what it is.
    pub fn add_skipped(&mut self, what: &'static str) {
        *self.skipped.entry(what).or_default() += 1;
    }

    /// Whether all was read: what the exit status tells.
    pub fn is_clean(&self) -> bool {
        self.malformed == 0 && self.unreadable == 0
    }

    /// Bytes of decoded text that are passed on.
    pub fn kept_bytes(&self) -> u64 {
        self.bytes.saturating_sub(self.dropped_bytes)
    }

    /// Takes the figures of other documents in.
    pub fn merge(&mut self, other: Summary) {
        self.documents += other.documents;
        self.parts += other.parts;
        self.changed += other.changed;
        self.emptied += other.emptied;
        self.input_bytes += other.input_bytes;
        self.bytes += other.bytes;
        self.dropped_bytes += other.dropped_bytes;
        self.replaced_bytes += other.replaced_bytes;
        self.replaced_documents += other.replaced_documents;
        for (rule, dropped) in &other.rules {
            let own = self.rules.entry(rule).or_default();
            own.documents += dropped.documents;
            own.fragments += dropped.fragments;
            own.bytes += dropped.bytes;
        }
        merge_shares(&mut self.languages, &other.languages);
        merge_shares(&mut self.encodings, &other.encodings);
        self.malformed += other.malformed;
        self.unreadable += other.unreadable;
        for (what, number) in &other.skipped {
            *self.skipped.entry(what).or_default() += number;
        }
        self.samples.merge(other.samples);
        self.seconds = self.seconds.or(other.seconds);
    }
}

impl Share {
    fn add(&mut self, bytes: u64) {
        self.documents += 1;
        self.bytes += bytes;
    }
}

fn merge_shares<K: Ord + Copy>(own: &mut BTreeMap<K, Share>, other: &BTreeMap<K, Share>) {
    for (key, share) in other {
        let own = own.entry(*key).or_default();
        own.documents += share.documents;
        own.bytes += share.bytes;
    }
}

/// The largest first; equals in their own order.
pub(super) fn largest_first<K: Copy, V: Copy>(
    map: &BTreeMap<K, V>,
    size: impl Fn(V) -> u64,
) -> Vec<(K, V)> {
    let mut list: Vec<(K, V)> = map.iter().map(|(key, value)| (*key, *value)).collect();
    list.sort_by_key(|(_, value)| std::cmp::Reverse(size(*value)));
    list
}

/// `es`, or `und`.
pub(super) fn tag(language: Option<Language>) -> String {
    language.map_or_else(|| "und".to_owned(), |language| language.bcp47())
}
