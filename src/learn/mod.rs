//! What a corpus repeats: learnt in one pass over it, used by the rule `repeated` in the next.
//!
//! A [`Batch`] turns documents into entries, one for each paragraph; a [`Counter`] takes batches in any order, joins
//! equal entries, and moves sorted runs out of memory when it is full; what it [finishes](Counter::finish) is a file
//! that [`Learnt`] reads and [`join_files`] joins with others. Nothing here knows paths or threads.
//!
//! ```
//! use std::io::Cursor;
//! use cleanfilter::learn::{Batch, Counter, Learnt, Scope};
//!
//! let mut counter = Counter::new(Scope::Site, 1 << 20, || Ok(Cursor::new(Vec::new())))?;
//! for page in ["The bridge is closed.\nRead our newsletter", "Rain fell on Monday.\nRead our newsletter"] {
//!     let mut batch = Batch::new(Scope::Site);
//!     batch.add(Some("https://news.example/a"), page, &[0..page.len() - 20, page.len() - 19..page.len()]);
//!     counter.add(batch)?;
//! }
//! let mut file = Vec::new();
//! let figures = counter.finish(2, &mut file)?;
//! assert_eq!((figures.documents, figures.written), (2, 1));
//! let learnt = Learnt::read(Cursor::new(file), "news.repeated", 0)?;
//! assert_eq!(learnt.len(), 1);
//! # Ok::<(), std::io::Error>(())
//! ```
//!
//! # What a site is
//! The host of the document's address in lower case, without a leading `www.`, a port or a final dot. There is no list
//! of public suffixes: `a.blog.example` and `b.blog.example` are two sites, as their pages nearly always differ. A
//! document without an address that has a host belongs to one nameless site.
//!
//! # What may go wrong
//! Paragraphs and sites are known by 64-bit hashes. Among n different paragraphs of one site n²/2⁶⁵ pairs are expected
//! to share one by chance: for a thousand million paragraphs 0.03 pairs. A paragraph that the file does not hold is
//! taken for one of the m that it holds for its site with odds of m to 2⁶⁴. The hashes are no protection against somebody who
//! makes texts that collide.

mod batch;
mod count;
mod entry;
mod file;
mod learnt;
mod merge;

#[cfg(test)]
mod tests;

pub use batch::Batch;
pub use count::{Counter, Figures};
pub use entry::Entry;
pub use file::{Records, Summed, join_files};
pub use learnt::{Known, Learnt};

use crate::ledger::xxh64;

/// Over what documents are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Each site by itself.
    Site,
    /// The corpus as a whole, whatever the site.
    Corpus,
}

impl Scope {
    /// The number of the site that a document with this address counts for.
    pub fn site(self, url: Option<&str>) -> u64 {
        let host = match self {
            Scope::Site => url.and_then(host),
            Scope::Corpus => None,
        };
        // 0 is the nameless site; a host whose hash it is would share it.
        host.map_or(0, |host| xxh64(host.to_lowercase().as_bytes()))
    }
}

/// The host of an address, without `www.`.
fn host(url: &str) -> Option<&str> {
    let (scheme, rest) = url.trim().split_once("://")?;
    if scheme.is_empty() {
        return None;
    }
    let authority = rest.split(['/', '?', '#', '\\']).next()?;
    let place = authority.rsplit('@').next()?;
    let host = if place.starts_with('[') {
        place.split_inclusive(']').next()?
    } else {
        place.split(':').next()?
    };
    let host = host.trim_end_matches('.');
    let bare = match host.get(..4) {
        // `www.example` is itself a name.
        Some(front) if front.eq_ignore_ascii_case("www.") && host[4..].contains('.') => &host[4..],
        _ => host,
    };
    (!bare.is_empty()).then_some(bare)
}
