//! What is written about documents, and how what was left out is put back.
//!
//! Three things leave this room: the records of `--json` ([`write_records`]), the ledger of what was dropped
//! ([`write_header`], [`write_entry`]), and the way back ([`Restorer`], [`Entry::restore`]). Their form is frozen in
//! [`v1`]; `docs/ledger.md` describes every field. Nothing here knows paths or files: records go into a buffer, the
//! ledger is read from a [`BufRead`](std::io::BufRead).
//!
//! ```
//! use cleanfilter::{Filter, Settings, ledger};
//!
//! let filter = Filter::new(Settings::default())?;
//! let page = "A storm closed the coast road\n\nA storm closed the coast road\n\nIt is open again since noon.\n";
//! let document = filter.read(page.as_bytes());
//! assert_ne!(document.clean(), page);
//!
//! let mut file = Vec::new();
//! ledger::write_header(&mut file);
//! ledger::write_entry(&mut file, &ledger::Origin { path: "coast.txt", ..Default::default() }, &document);
//!
//! let mut restorer = ledger::Restorer::new(&file[..])?;
//! assert_eq!(restorer.next_document(&document.clean())?, page);
//! restorer.finish()?;
//! # Ok::<(), String>(())
//! ```

mod checksum;
mod dropped;
mod read;
mod restore;
pub mod v1;
mod write;

#[doc(hidden)]
pub use checksum::xxh64;
pub use dropped::{DroppedPiece, dropped_pieces};
pub use read::Restorer;
pub use restore::Entry;
pub use write::{write_entry, write_header, write_records};

/// Where a document came from: what the records say of it that it does not know itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Origin<'a> {
    /// Its place in the run, from 0. A part of a long document has a place of its own.
    pub document: u64,
    /// The file, as the user named it; `<stdin>` for standard input.
    pub path: &'a str,
    /// What a record of JSON Lines or WARC calls itself.
    pub id: Option<&'a str>,
    /// Where a record came from on the web, if it says so.
    pub url: Option<&'a str>,
    /// Which part of a long document it is, from 0; `None` for a document in one piece.
    pub part: Option<u32>,
}
