//! `boilerplate`: what stands around what a reader came for, told by the text alone.
//!
//! Each line is measured ([`line`](mod@line), [`page`]), by itself and among its neighbours; what its words say is looked up
//! ([`words`]). A first look ([`trees`]) says how likely each line is wanted; a second one is told what the first said of
//! the lines around ([`guess`]). The lines stay that make the best page together ([`decide`]); what goes has a kind
//! ([`kinds`]). The tables are grown by `crates/train`, from labelled pages.

pub mod chars;
pub mod columns;
pub mod decide;
pub mod guess;
pub mod kinds;
pub mod line;
mod model;
pub mod page;
mod rule;
pub mod trees;
pub mod words;

pub use model::{Model, Scratch, Verdict};
pub use rule::{Boilerplate, Level};
