//! cleanfilter
pub mod decode;
pub mod document;
pub mod identify;
mod tables;
