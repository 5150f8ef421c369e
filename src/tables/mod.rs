//! Generated data, no logic.

pub mod letters;
pub mod ngram;
