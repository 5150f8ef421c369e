//! Generated data, no logic. The first line of each file says what made it.

pub(crate) mod codepages;
pub mod letters;
pub mod ngram;
