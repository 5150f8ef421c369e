//! The command: arguments in, exit status out.

pub mod input;
pub mod output;
