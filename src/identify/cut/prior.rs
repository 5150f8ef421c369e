//! How likely a language is as a stray one, before its words are read.

use std::sync::OnceLock;

use crate::identify::Language;
use crate::identify::ngram::{Label, Ngram};

/// Languages with at least a hundredth of the pages of the open web crawl (Common Crawl's language statistics of 2024).
#[rustfmt::skip]
const COMMON: &[&str] = &[
    "eng", "rus", "deu", "jpn", "cmn", "spa", "fra", "ita", "por", "nld", "pol", "tur", "ces", "vie", "ind",
];

/// Languages with at least a thousandth.
#[rustfmt::skip]
const LESS_COMMON: &[&str] = &[
    "arb", "pes", "ukr", "swe", "kor", "hun", "ell", "ron", "dan", "fin", "slk", "nob", "tha", "heb", "bul", "hrv",
    "lit", "cat", "slv", "srp", "est", "lvs", "hin", "ben", "zsm", "eus", "bos", "kat", "aze", "azj", "als", "mkd",
    "hye", "tgl", "tam", "mar", "tel", "urd", "isl", "glg", "nno", "bel", "kaz", "uzn", "cym", "gle", "afr", "epo",
    "lat", "swh",
];

/// A stray stretch is ten times less likely in a language of ten times fewer pages: ln 10 nats a step.
pub(super) const STEP: f32 = 2.3;

/// Nats that each language of the table has against it as the language of a stray stretch.
pub(super) struct Rarity {
    nats: Vec<Vec<f32>>,
}

impl Rarity {
    /// For the table in the binary: there is one, whatever languages an identifier of it may answer.
    pub fn of(ngram: &Ngram) -> &'static Rarity {
        static RARITY: OnceLock<Rarity> = OnceLock::new();
        RARITY.get_or_init(|| Rarity {
            nats: ngram
                .tables()
                .iter()
                .map(|languages| languages.iter().map(|l| nats(*l)).collect())
                .collect(),
        })
    }

    /// Of one language.
    pub fn nats(&self, label: Label) -> f32 {
        let group = self.nats.get(label.group as usize);
        group
            .and_then(|g| g.get(label.index as usize))
            .copied()
            .unwrap_or(0.0)
    }
}

fn nats(language: Language) -> f32 {
    let code = language.iso639_3();
    if COMMON.contains(&code) {
        0.0
    } else if LESS_COMMON.contains(&code) {
        STEP
    } else {
        3.0 * STEP
    }
}

/// Languages that are written alike, as far as a few words can tell; a stretch of one in a text of another is no stray.
const ALIKE: &[&[&str]] = &[
    &["hrv", "srp", "bos", "cnr", "hbs"],
    &["ind", "zsm"],
    &["nob", "nno"],
    &["cmn", "yue", "wuu", "lzh", "hak", "cdo", "gan"],
    &[
        "arb", "arz", "apc", "ajp", "ary", "acm", "ars", "aeb", "apd",
    ],
    &["pes", "prs"],
    &["ell", "grc"],
];

/// Whether two languages are one for this purpose, in whatever script.
pub(super) fn same(a: Language, b: Language) -> bool {
    let (a, b) = (a.iso639_3(), b.iso639_3());
    a == b
        || ALIKE
            .iter()
            .any(|group| group.contains(&a) && group.contains(&b))
}
