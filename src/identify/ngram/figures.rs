//! What was measured of each language when the table was grown.

use crate::identify::Language;
use crate::tables::languages::FIGURES;

/// Figures of a language, on lines that it was not learnt from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Figures {
    /// Kilobytes of text that it was learnt from.
    pub train_kilobytes: u32,
    /// Lines that were measured.
    pub lines: u32,
    /// Percent of them named rightly, all languages of the table as candidates.
    pub right_percent: f32,
}

/// The figures of a language; `None` where the table lacks it.
pub fn figures(language: Language) -> Option<Figures> {
    let label = language.to_string();
    let row = FIGURES.iter().find(|f| f.0 == label)?;
    Some(Figures {
        train_kilobytes: row.1,
        lines: row.2,
        right_percent: row.3 as f32 / 100.0,
    })
}
