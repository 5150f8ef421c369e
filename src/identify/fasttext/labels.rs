//! A model's label -> a language.
//!
//! Models name languages as `__label__en` (lid.176: ISO 639-1 and the codes of Wikipedias), `__label__eng_Latn`
//! (OpenLID, NLLB, GlotLID), `__label__eng`; people's own models have all of these and others, such as `zh-Hant`.

use super::features::LABEL_PREFIX;
use super::han;
use super::script;
use crate::identify::{Language, iso639};

/// What a label means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Name {
    /// A language in a script.
    Whole(Language),
    /// A language (ISO 639-3); the text tells the script.
    Code {
        code: [u8; 3],
        /// The script it is mostly written in.
        usual: &'static str,
    },
    /// No language that we can read.
    Unknown,
}

/// What the labels of a model mean.
pub(super) fn names(labels: &[&str]) -> Vec<Name> {
    let bare: Vec<&str> = labels.iter().map(|label| without_prefix(label)).collect();
    // `als` is Alemannic in models with the codes of Wikipedias, which have two letters where there are two, and Tosk
    // Albanian elsewhere.
    let wikipedia = bare.iter().any(|label| label.len() == 2);
    bare.iter().map(|label| name(label, wikipedia)).collect()
}

fn without_prefix(label: &str) -> &str {
    std::str::from_utf8(LABEL_PREFIX)
        .ok()
        .and_then(|prefix| label.strip_prefix(prefix))
        .unwrap_or(label)
}

fn name(label: &str, wikipedia: bool) -> Name {
    let mut parts = label.split(['_', '-']);
    let code = parts.next().unwrap_or_default().to_ascii_lowercase();
    let code = match code.as_str() {
        "als" if wikipedia && label.len() == 3 => "gsw",
        two if two.len() == 2 => match iso639::from_two_letters(two) {
            Some(code) => iso639::used(code),
            None => return Name::Unknown,
        },
        three if three.len() == 3 => iso639::used(three),
        _ => return Name::Unknown,
    };
    let usual = iso639::usual_script(code);
    let Ok(bytes) = <[u8; 3]>::try_from(code.as_bytes()) else {
        return Name::Unknown;
    };
    if !bytes.iter().all(u8::is_ascii_lowercase) || code == "und" {
        return Name::Unknown;
    }
    match parts.find(|part| part.len() == 4 && part.bytes().all(|b| b.is_ascii_alphabetic())) {
        None => Name::Code { code: bytes, usual },
        // Han is simplified, traditional or part of Japanese: the text tells.
        Some(script) if script.eq_ignore_ascii_case("hani") => Name::Code { code: bytes, usual },
        Some(script) => {
            let (first, rest) = script.split_at(1);
            let script = first.to_ascii_uppercase() + &rest.to_ascii_lowercase();
            let script = match script.as_str() {
                "Kore" => "Hang",
                "Hrkt" | "Hira" | "Kana" => "Jpan",
                other => other,
            };
            if code == "zxx" {
                return Name::Whole(Language::ZXX);
            }
            Language::new(code, script).map_or(Name::Unknown, Name::Whole)
        }
    }
}

impl Name {
    /// The language of this text, given that the model named it so.
    pub(super) fn language(&self, text: &str) -> Option<Language> {
        match self {
            Name::Whole(language) => Some(*language),
            Name::Unknown => None,
            Name::Code { code, usual } => {
                let code = std::str::from_utf8(code).ok()?;
                if code == "zxx" {
                    return Some(Language::ZXX);
                }
                let script = match (script::of_most(text)?, *usual) {
                    ("Hani" | "Hira" | "Kana", "Jpan") => "Jpan",
                    ("Hani", "Hang") => "Hang",
                    ("Hira" | "Kana", _) => "Jpan",
                    ("Hani", usual) => han::variety(text).unwrap_or(match usual {
                        "Hant" => "Hant",
                        _ => "Hans",
                    }),
                    (script, _) => script,
                };
                Language::new(code, script)
            }
        }
    }

    /// Whether a text of that name may be in this language.
    pub(super) fn may_be(&self, language: Language) -> bool {
        match self {
            Name::Whole(own) => *own == language,
            Name::Code { code, .. } => language.iso639_3().as_bytes() == code,
            Name::Unknown => false,
        }
    }

    /// The language, in the script it is mostly written in where the label has none.
    pub(super) fn usual(&self) -> Option<Language> {
        match self {
            Name::Whole(language) => Some(*language),
            Name::Unknown => None,
            Name::Code { code, usual } => {
                let code = std::str::from_utf8(code).ok()?;
                Language::new(code, usual)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(label: &str, text: &str) -> Option<String> {
        names(&[label])[0]
            .language(text)
            .map(|language| language.to_string())
    }

    #[test]
    fn reads_the_labels_of_known_models() {
        let cases = [
            ("__label__eng_Latn", "", Some("eng_Latn")),
            ("__label__zho_Hant", "", Some("cmn_Hant")),
            ("__label__est_Latn", "", Some("est_Latn")),
            ("__label__ekk_Latn", "", Some("est_Latn")),
            ("__label__als_Latn", "", Some("als_Latn")),
            ("__label__cmn_Hani", "学习汉语", Some("cmn_Hans")),
            ("__label__zh", "學習漢語", Some("cmn_Hant")),
            ("__label__zh", "人", Some("cmn_Hans")),
            ("__label__yue", "人", Some("yue_Hant")),
            ("__label__ja", "日本語を学ぶ", Some("jpn_Jpan")),
            ("__label__ja", "日本", Some("jpn_Jpan")),
            ("__label__ko", "한국어 공부", Some("kor_Hang")),
            ("__label__sr", "Како си", Some("srp_Cyrl")),
            ("__label__sr", "Kako si", Some("srp_Latn")),
            ("__label__eng", "How", Some("eng_Latn")),
            ("en", "How", Some("eng_Latn")),
            ("zh-hant", "", Some("cmn_Hant")),
            ("zh-CN", "汉语", Some("cmn_Hans")),
            ("zxx_Zxxx", "", Some("zxx_Zyyy")),
            ("und_Mong", "", None),
            ("__label__en", "12 + 3", None),
            ("__label__positive", "good", None),
            ("__label__q9", "good", None),
            ("__label__", "good", None),
            ("__label__xx", "good", None),
            ("ångström", "good", None),
        ];
        for (label, text, expected) in cases {
            assert_eq!(read(label, text).as_deref(), expected, "{label} {text}");
        }
    }

    #[test]
    fn als_depends_on_the_model() {
        let text = "Wie gaht's";
        let name = |labels: &[&str]| names(labels)[0].language(text).map(|l| l.to_string());
        assert_eq!(
            name(&["__label__als", "__label__en"]).as_deref(),
            Some("gsw_Latn")
        );
        assert_eq!(
            name(&["__label__als", "__label__eng"]).as_deref(),
            Some("als_Latn")
        );
    }
}
