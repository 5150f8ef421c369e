//! cleanfilter
pub mod document;
pub mod identify;
