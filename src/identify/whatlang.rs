//! The identifier of the crate `whatlang`: 69 languages by trigrams.

use whatlang::{Detector, Lang, Script};

use super::{Identify, Language};
use crate::document::Guess;

/// Letters read of a long text. whatlang's answer does not change beyond some thousand characters, its cost does.
const MAX_BYTES: usize = 16 * 1024;

/// `--identifier whatlang`.
#[derive(Debug, Default)]
pub struct Whatlang {
    detector: Detector,
}

impl Whatlang {
    /// One that may answer any language it knows.
    pub fn new() -> Whatlang {
        Whatlang::default()
    }

    /// One that may answer only these; languages that it does not know are passed over.
    pub fn with_candidates(candidates: &[Language]) -> Whatlang {
        let list = Lang::all()
            .iter()
            .copied()
            .filter(|&l| candidates.iter().any(|c| c.iso639_3() == code(l)));
        Whatlang {
            detector: Detector::with_allowlist(list.collect()),
        }
    }
}

impl Identify for Whatlang {
    fn name(&self) -> &str {
        "whatlang"
    }

    fn languages(&self) -> Vec<Language> {
        Lang::all()
            .iter()
            .filter_map(|&l| Language::new(code(l), usual_script(l)))
            .collect()
    }

    fn identify(&self, text: &str) -> Option<Guess> {
        let head = &text[..text.floor_char_boundary(MAX_BYTES)];
        let info = self.detector.detect(head)?;
        let script = match info.lang() {
            Lang::Jpn | Lang::Cmn => usual_script(info.lang()),
            _ => iso15924(info.script()),
        };
        let language = Language::new(code(info.lang()), script)?;
        Some(Guess {
            language,
            confidence: info.confidence() as f32,
        })
    }
}

/// ISO 639-3, with macrolanguages as the language that stands for them (SIL's macrolanguage mappings).
fn code(lang: Lang) -> &'static str {
    match lang {
        Lang::Ara => "arb",
        Lang::Yid => "ydd",
        Lang::Lav => "lvs",
        Lang::Aze => "azj",
        Lang::Nep => "npi",
        Lang::Ori => "ory",
        Lang::Uzb => "uzn",
        Lang::Aka => "twi",
        lang => lang.code(),
    }
}

fn usual_script(lang: Lang) -> &'static str {
    match lang {
        Lang::Rus | Lang::Ukr | Lang::Bul | Lang::Bel | Lang::Srp | Lang::Mkd => "Cyrl",
        Lang::Ara | Lang::Urd | Lang::Pes => "Arab",
        Lang::Hin | Lang::Mar | Lang::Nep => "Deva",
        Lang::Heb | Lang::Yid => "Hebr",
        Lang::Cmn => "Hans",
        Lang::Jpn => "Jpan",
        Lang::Kor => "Hang",
        Lang::Ben => "Beng",
        Lang::Kat => "Geor",
        Lang::Amh => "Ethi",
        Lang::Ell => "Grek",
        Lang::Kan => "Knda",
        Lang::Tam => "Taml",
        Lang::Tha => "Thai",
        Lang::Guj => "Gujr",
        Lang::Pan => "Guru",
        Lang::Tel => "Telu",
        Lang::Mal => "Mlym",
        Lang::Ori => "Orya",
        Lang::Mya => "Mymr",
        Lang::Sin => "Sinh",
        Lang::Khm => "Khmr",
        Lang::Hye => "Armn",
        _ => "Latn",
    }
}

fn iso15924(script: Script) -> &'static str {
    match script {
        Script::Arabic => "Arab",
        Script::Armenian => "Armn",
        Script::Bengali => "Beng",
        Script::Cyrillic => "Cyrl",
        Script::Devanagari => "Deva",
        Script::Ethiopic => "Ethi",
        Script::Georgian => "Geor",
        Script::Greek => "Grek",
        Script::Gujarati => "Gujr",
        Script::Gurmukhi => "Guru",
        Script::Hangul => "Hang",
        Script::Hebrew => "Hebr",
        Script::Hiragana | Script::Katakana => "Jpan",
        Script::Kannada => "Knda",
        Script::Khmer => "Khmr",
        Script::Latin => "Latn",
        Script::Malayalam => "Mlym",
        Script::Mandarin => "Hans",
        Script::Myanmar => "Mymr",
        Script::Oriya => "Orya",
        Script::Sinhala => "Sinh",
        Script::Tamil => "Taml",
        Script::Telugu => "Telu",
        Script::Thai => "Thai",
    }
}
