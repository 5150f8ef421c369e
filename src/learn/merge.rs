//! Sorted sources -> one, equal keys joined.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;
use std::collections::binary_heap::PeekMut;
use std::io;

use super::Entry;

/// A sorted source of entries.
pub(super) type Source<'a> = Box<dyn Iterator<Item = io::Result<Entry>> + 'a>;

/// Hands the entries of all sources on in the order of their keys, those of the same key as one.
///
/// # Errors
/// The first of a source, or of `each`.
pub(super) fn merge(
    mut sources: Vec<Source<'_>>,
    mut each: impl FnMut(Entry) -> io::Result<()>,
) -> io::Result<()> {
    let mut heads = BinaryHeap::with_capacity(sources.len());
    for (source, entries) in sources.iter_mut().enumerate() {
        if let Some(entry) = entries.next() {
            heads.push(Reverse(Head {
                entry: entry?,
                source,
            }));
        }
    }
    let mut present: Option<Entry> = None;
    while let Some(mut head) = heads.peek_mut() {
        let Head { entry, source } = head.0;
        match sources.get_mut(source).and_then(Iterator::next) {
            Some(next) => head.0.entry = next?,
            None => drop(PeekMut::pop(head)),
        }
        match &mut present {
            Some(joined) if joined.key() == entry.key() => joined.absorb(&entry),
            _ => {
                if let Some(done) = present.replace(entry) {
                    each(done)?;
                }
            }
        }
    }
    present.map_or(Ok(()), each)
}

/// The next entry of a source.
struct Head {
    entry: Entry,
    source: usize,
}

impl Ord for Head {
    fn cmp(&self, other: &Head) -> Ordering {
        self.entry.key().cmp(&other.entry.key())
    }
}

impl PartialOrd for Head {
    fn partial_cmp(&self, other: &Head) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Head {
    fn eq(&self, other: &Head) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Head {}
