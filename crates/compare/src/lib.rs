//! cleanfilter's identifier and its peers, on the same lines.
//!
//! The lines are cut from the development text of the corpus, which is not part of the project:
//! `CLEANFILTER_SHARED` says where it lies.

pub mod accuracy;
pub mod count;
pub mod lines;
pub mod peers;
pub mod speed;
