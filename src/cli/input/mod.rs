//! What comes in: folders walked, archives unpacked.

pub mod compress;
pub mod walk;
