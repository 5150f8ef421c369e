//! Paragraph -> language of each fragment.

mod bcp47;
mod codes;
mod language;
pub mod ngram;

use crate::document::Guess;
pub use bcp47::UnknownLanguage;
pub use language::Language;

/// Names the language of a text. People bring their own models by this trait.
pub trait Identify: Send + Sync {
    /// The name of the identifier, as `--identifier` takes it.
    fn name(&self) -> &str;

    /// The languages that it can answer.
    fn languages(&self) -> Vec<Language>;

    /// The language of the text as a whole, or `None` where it abstains.
    fn identify(&self, text: &str) -> Option<Guess>;
}
