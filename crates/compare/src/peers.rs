//! Every identifier by the same call.

use cleanfilter::Language;
use cleanfilter::identify::{Identify, Ngram};
use lingua::LanguageDetectorBuilder;

/// An identifier, ready to be asked.
pub struct Peer {
    /// As the tables call it.
    pub name: &'static str,
    ask: Box<Ask>,
}

type Ask = dyn Fn(&str) -> Option<Answer>;

/// What an identifier answers, as it lies: making a code of it is not part of what is measured.
#[derive(Clone, Copy, Debug)]
pub enum Answer {
    /// cleanfilter's.
    Ours(Language),
    /// whatlang's.
    Whatlang(whatlang::Lang),
    /// whichlang's.
    Whichlang(whichlang::Lang),
    /// CLD2's: BCP 47.
    Cld2(&'static str),
    /// lingua's.
    Lingua(lingua::Language),
}

impl Answer {
    /// BCP 47, ISO 639-3 or a label, as [`Language::parse`] reads it.
    pub fn code(&self) -> String {
        match self {
            Answer::Ours(language) => language.to_string(),
            Answer::Whatlang(language) => language.code().to_owned(),
            Answer::Whichlang(language) => language.three_letter_code().to_owned(),
            // What CLD2 calls by names of its own, and Norwegian, which it takes for one.
            Answer::Cld2("iw") => "he".to_owned(),
            Answer::Cld2("jw") => "jv".to_owned(),
            Answer::Cld2("no") => "nb".to_owned(),
            Answer::Cld2("zh") => "zh-Hans".to_owned(),
            Answer::Cld2(code) => (*code).to_owned(),
            Answer::Lingua(language) => language.iso_code_639_3().to_string(),
        }
    }
}

impl Peer {
    fn new(name: &'static str, ask: impl Fn(&str) -> Option<Answer> + 'static) -> Peer {
        Peer {
            name,
            ask: Box::new(ask),
        }
    }

    /// The language of a text; `None` where it abstains.
    pub fn identify(&self, text: &str) -> Option<Answer> {
        (self.ask)(text)
    }
}

/// cleanfilter's identifier, all of its languages as candidates.
pub fn ours() -> Peer {
    let ngram = Ngram::new();
    Peer::new("cleanfilter", move |text| {
        ngram
            .identify(text)
            .map(|guess| Answer::Ours(guess.language))
    })
}

/// Those that answer in microseconds, ours first.
pub fn fast() -> Vec<Peer> {
    vec![
        ours(),
        Peer::new("whichlang", |text| {
            Some(Answer::Whichlang(whichlang::detect_language(text)))
        }),
        Peer::new("CLD2", |text| {
            let (language, _) = cld2::detect_language(text, cld2::Format::Text);
            language.map(|language| Answer::Cld2(language.0))
        }),
        Peer::new("whatlang", |text| {
            whatlang::detect_lang(text).map(Answer::Whatlang)
        }),
    ]
}

/// All of them, ours first; loads a gigabyte of lingua's models.
pub fn all() -> Vec<Peer> {
    let mut peers = fast();
    let lingua = LanguageDetectorBuilder::from_all_languages()
        .with_preloaded_language_models()
        .build();
    peers.push(Peer::new("lingua", move |text| {
        lingua.detect_language_of(text).map(Answer::Lingua)
    }));
    let quick = LanguageDetectorBuilder::from_all_languages()
        .with_preloaded_language_models()
        .with_low_accuracy_mode()
        .build();
    peers.push(Peer::new("lingua, low accuracy", move |text| {
        quick.detect_language_of(text).map(Answer::Lingua)
    }));
    peers
}
