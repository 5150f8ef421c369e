//! The BCP 47 tag of a language, until [`Language`] knows it itself.

use crate::Language;

/// ISO 639-3 and the ISO 639-1 code that BCP 47 asks for instead: the languages that `whatlang` answers.
#[rustfmt::skip]
const SHORTER: [(&str, &str); 79] = [
    ("afr", "af"), ("aka", "ak"), ("amh", "am"), ("ara", "ar"), ("arb", "ar"), ("aze", "az"),
    ("azj", "az"), ("bel", "be"), ("ben", "bn"), ("bul", "bg"), ("cat", "ca"), ("ces", "cs"),
    ("cmn", "zh"), ("cym", "cy"), ("dan", "da"), ("deu", "de"), ("ekk", "et"), ("ell", "el"),
    ("eng", "en"), ("epo", "eo"), ("est", "et"), ("fin", "fi"), ("fra", "fr"), ("guj", "gu"),
    ("heb", "he"), ("hin", "hi"), ("hrv", "hr"), ("hun", "hu"), ("hye", "hy"), ("ind", "id"),
    ("ita", "it"), ("jav", "jv"), ("jpn", "ja"), ("kan", "kn"), ("kat", "ka"), ("khm", "km"),
    ("kor", "ko"), ("lat", "la"), ("lav", "lv"), ("lit", "lt"), ("lvs", "lv"), ("mal", "ml"),
    ("mar", "mr"), ("mkd", "mk"), ("mya", "my"), ("nep", "ne"), ("nld", "nl"), ("nob", "nb"),
    ("npi", "ne"), ("ori", "or"), ("ory", "or"), ("pan", "pa"), ("pes", "fa"), ("pol", "pl"),
    ("por", "pt"), ("ron", "ro"), ("rus", "ru"), ("sin", "si"), ("slk", "sk"), ("slv", "sl"),
    ("sna", "sn"), ("spa", "es"), ("srp", "sr"), ("swe", "sv"), ("tam", "ta"), ("tel", "te"),
    ("tgl", "tl"), ("tha", "th"), ("tuk", "tk"), ("tur", "tr"), ("twi", "tw"), ("ukr", "uk"),
    ("urd", "ur"), ("uzb", "uz"), ("uzn", "uz"), ("vie", "vi"), ("ydd", "yi"), ("yid", "yi"),
    ("zul", "zu"),
];

/// `es`, `nds`, `zxx`.
pub fn bcp47(language: &Language) -> &str {
    let code = language.iso639_3();
    SHORTER
        .iter()
        .find(|(long, _)| *long == code)
        .map_or(code, |(_, short)| short)
}
