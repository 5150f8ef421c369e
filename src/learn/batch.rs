//! Documents -> entries. Batches are filled on many threads.

use std::ops::Range;

use super::entry::settle;
use super::{Entry, Scope};
use crate::judge::normal::folded;
use crate::ledger::xxh64;

/// The paragraphs of some documents.
#[derive(Clone, Debug)]
pub struct Batch {
    pub(super) scope: Scope,
    pub(super) entries: Vec<Entry>,
    pub(super) documents: u64,
    pub(super) paragraphs: u64,
    /// The paragraphs of one document, held for the next.
    seen: Vec<u64>,
}

impl Batch {
    /// A batch without documents. Its scope is that of the counter that will take it.
    pub fn new(scope: Scope) -> Batch {
        Batch {
            scope,
            entries: Vec::new(),
            documents: 0,
            paragraphs: 0,
            seen: Vec::new(),
        }
    }

    /// Counts a document: its address, its text, and where its paragraphs lie in the text. A paragraph counts once a
    /// document, and one without a letter or digit does not count.
    pub fn add(&mut self, url: Option<&str>, text: &str, paragraphs: &[Range<usize>]) {
        let (site, keeper) = (self.scope.site(url), xxh64(text.as_bytes()));
        let texts = paragraphs.iter().filter_map(|span| text.get(span.clone()));
        let words = texts.map(folded).filter(|folded| folded.chars > 0);
        self.seen.clear();
        self.seen.extend(words.map(|folded| folded.key()));
        self.paragraphs += self.seen.len() as u64;
        self.seen.sort_unstable();
        self.seen.dedup();
        self.entries
            .extend(self.seen.iter().map(|&paragraph| Entry {
                site,
                paragraph,
                keeper,
                documents: 1,
            }));
        self.documents += 1;
    }

    /// Joins what is equal, so that less is handed over.
    pub fn settle(&mut self) {
        settle(&mut self.entries);
    }
}
