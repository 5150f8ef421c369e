//! cleanfilter
pub mod document;
pub mod identify;
pub mod tables;
