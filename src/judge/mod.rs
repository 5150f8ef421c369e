//! Fragments -> verdicts.
pub mod boilerplate;
