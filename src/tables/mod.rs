//! Generated data, no logic.

pub mod calibration;
pub mod functions;
pub mod letters;
pub mod ngram;
