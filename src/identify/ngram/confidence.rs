//! From a lead in nats to the share of such answers that are right.

use crate::tables::calibration::{BANDS, CONFIDENCE};

/// A lead beyond which nothing more is learnt; also that of a script with one language.
pub const MAX_LEAD: f32 = 30.0;

/// How far the best label leads, given the summed odds of its rivals.
pub fn lead(rivals: f32) -> f32 {
    (-rivals.ln()).min(MAX_LEAD)
}

/// The band of a text of so many words and letters: two for single words, short and long, then by letters.
pub fn band(words: u32, letters: u32) -> usize {
    match (words, letters) {
        (1, ..=7) => 0,
        (1, ..=24) => 1,
        _ => {
            2 + BANDS
                .iter()
                .position(|&b| letters <= b)
                .unwrap_or(BANDS.len() - 1)
        }
    }
}

/// Share of answers with this lead, on texts of so many words and letters, that are right.
pub fn confidence(words: u32, letters: u32, lead: f32) -> f32 {
    let Some(knots) = CONFIDENCE.get(band(words, letters)) else {
        return 0.0;
    };
    let (Some(first), Some(last)) = (knots.first(), knots.last()) else {
        return 0.0;
    };
    if lead <= first.0 {
        return first.1;
    }
    for pair in knots.windows(2) {
        if lead <= pair[1].0 {
            let t = (lead - pair[0].0) / (pair[1].0 - pair[0].0).max(1e-6);
            return pair[0].1 + t * (pair[1].1 - pair[0].1);
        }
    }
    last.1
}
