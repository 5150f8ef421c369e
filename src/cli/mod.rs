//! Arguments in, exit status out.

pub mod explain;
pub mod figures;
pub mod listing;
pub mod show;
pub mod summary;
pub mod tsv;
