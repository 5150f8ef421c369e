//! Paragraph -> language of each fragment.

#[cfg(feature = "fasttext")]
pub mod fasttext;
#[cfg(feature = "fasttext")]
mod iso639;
mod language;

#[cfg(feature = "fasttext")]
pub use fasttext::FastText;
pub use language::Language;
use crate::document::Guess;

/// Names the language of a text. People bring their own models by this trait.
pub trait Identify: Send + Sync {
    /// The name of the identifier, as `--identifier` takes it.
    fn name(&self) -> &str;

    /// The languages that it can answer.
    fn languages(&self) -> Vec<Language>;

    /// The language of the text as a whole, or `None` where it abstains.
    fn identify(&self, text: &str) -> Option<Guess>;
}
