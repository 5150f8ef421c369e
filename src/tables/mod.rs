//! Generated data, no logic. The first line of each file says what made it.

pub(crate) mod boilerplate;
pub mod calibration;
pub(crate) mod codepages;
pub mod functions;
pub mod languages;
pub mod letters;
pub mod ngram;
