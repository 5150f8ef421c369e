//! cleanfilter
pub mod document;
pub mod format;
pub mod identify;
