//! `cleanfilter` reads documents in any encoding, splits them into paragraphs, names the language of every stretch of
//! text, and passes on only the text that a reader came for. Boilerplate and off-language fragments are *marked and
//! left out*, with the reason, and can always be put back.
//!
//! ```
//! use cleanfilter::{Filter, Settings, Verdict};
//!
//! let filter = Filter::new(Settings::default())?;
//! let page = "Ferry service to the island starts again\n\
//!             \n\
//!             Ferry service to the island starts again\n\
//!             \n\
//!             The first boat left the harbour on Monday morning with forty people on board.\n";
//! let document = filter.read(page.as_bytes());
//!
//! assert_eq!(document.paragraphs.len(), 3);
//! assert_eq!(document.language.map(|guess| guess.language.iso639_3().to_owned()).as_deref(), Some("eng"));
//! let Verdict::Drop(reason) = document.fragments[1].verdict else { panic!("the second title goes") };
//! assert_eq!(reason.rule, "repeated");
//! assert_eq!(document.clean(), page.replacen("Ferry service to the island starts again\n\n", "", 1));
//! # Ok::<(), String>(())
//! ```
//!
//! # Invariants
//! 1. The text is never edited, only marked. Spans lie on character boundaries, in order, without overlap or gap.
//! 2. [`Filter::read`] does no input or output, cannot fail and cannot panic: bytes always have a reading.
//! 3. Verdicts depend on the document's bytes, its address and the settings alone: not on chunk sizes, threads, other
//!    documents, locale or time. What is [learnt](learn) across documents is learnt before, and is then a setting.
//! 4. A rule can only turn keep into drop; the first objection stands; every drop names its rule and its number.
//! 5. Nothing is lost: what is kept and what is dropped are together all of the text.
//!
//! # The river
//! [`decode`] (bytes to text) → [`segment`] (text to paragraphs) → [`identify`] (paragraphs to fragments with a
//! language) → [`judge`] (fragments to verdicts). [`format`](mod@format) says how documents lie in a stream or a table.

mod bytes;
pub mod decode;
pub mod document;
mod filter;
pub mod format;
pub mod identify;
pub mod judge;
pub mod learn;
pub mod ledger;
pub mod parallel;
pub mod segment;
mod settings;
mod simd;
#[doc(hidden)]
pub mod tables;
mod unicode;

pub use document::{Document, Fragment, Guess, Paragraph, Reading, Reason, Verdict};
pub use filter::Filter;
pub use identify::{Identify, Language};
pub use judge::Rule;
pub use settings::{PRESETS, Preset, Settings, preset};
