//! What goes out.

pub mod compress;
