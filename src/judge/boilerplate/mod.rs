//! What a reader came for, told from what stands around it, by the text alone.
pub mod chars;
pub mod columns;
pub mod line;
pub mod page;
pub mod words;
pub mod decide;
pub mod guess;
