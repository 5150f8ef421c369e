//! Languages as people write them (`es`, `zh-Hant`, `sr-Latn`, `spa`, `spa_Latn`), and back.

use std::fmt;

use super::codes::{FOLDED, TWO_LETTERS, USUAL_SCRIPTS};
use super::language::Language;

/// A code that names no language that is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownLanguage {
    /// The code as it was given.
    pub code: String,
}

impl fmt::Display for UnknownLanguage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "unknown language '{}' (codes are BCP 47 or ISO 639-3; `cleanfilter languages` lists them)",
            self.code
        )
    }
}

impl std::error::Error for UnknownLanguage {}

impl Language {
    /// BCP 47: the shortest code, and the script where it is not the language's usual one; Chinese always with its script.
    pub fn bcp47(&self) -> String {
        let three = fold(self.iso639_3());
        let two = TWO_LETTERS
            .iter()
            .rev()
            .find(|(_, t)| *t == three)
            .map_or(three, |(two, _)| *two);
        if self.script() == "Zyyy" || usual_script(three) == Some(self.script()) {
            two.to_owned()
        } else {
            format!("{two}-{}", self.script())
        }
    }

    /// Those of `known` that a code from a user means: BCP 47 (`es`, `sr-Latn`, `zh-TW`), ISO 639-3 (`spa`) or a label
    /// (`spa_Latn`), letter case free. A code without a script means the language in all of its scripts.
    ///
    /// # Errors
    /// The code names no language of `known`.
    pub fn parse(code: &str, known: &[Language]) -> Result<Vec<Language>, UnknownLanguage> {
        let unknown = || UnknownLanguage {
            code: code.to_owned(),
        };
        let mut parts = code.trim().split(['-', '_']);
        let first = parts.next().unwrap_or("").to_ascii_lowercase();
        let three = match first.len() {
            2 => TWO_LETTERS
                .iter()
                .find(|(two, _)| *two == first)
                .map(|(_, t)| *t)
                .or(two_letter_alias(&first)),
            3 => Some(fold(&first)),
            _ => None,
        };
        let three = three.ok_or_else(unknown)?;
        let mut script = None;
        for part in parts {
            match (three, part.len()) {
                (_, 4) => script = Some(part.to_ascii_lowercase()),
                ("cmn", 2) if script.is_none() => {
                    let traditional =
                        ["tw", "hk", "mo"].contains(&part.to_ascii_lowercase().as_str());
                    script = Some(if traditional { "hant" } else { "hans" }.to_owned());
                }
                (_, 2 | 3 | 5..=8) => {}
                _ => return Err(unknown()),
            }
        }
        let found: Vec<Language> = known
            .iter()
            .copied()
            .filter(|l| fold(l.iso639_3()) == three)
            .filter(|l| {
                script
                    .as_ref()
                    .is_none_or(|s| l.script().eq_ignore_ascii_case(s))
            })
            .collect();
        if found.is_empty() {
            Err(unknown())
        } else {
            Ok(found)
        }
    }

    /// [`Language::parse`] over a list with commas or blanks between.
    ///
    /// # Errors
    /// The first code that names no language of `known`.
    pub fn parse_list(list: &str, known: &[Language]) -> Result<Vec<Language>, UnknownLanguage> {
        let mut all: Vec<Language> = Vec::new();
        for code in list.split([',', ' ']).filter(|c| !c.is_empty()) {
            for l in Language::parse(code, known)? {
                if !all.contains(&l) {
                    all.push(l);
                }
            }
        }
        Ok(all)
    }

    /// Whether two are the same language, in whatever script, macrolanguages folded.
    pub fn same_language(&self, other: &Language) -> bool {
        fold(self.iso639_3()) == fold(other.iso639_3())
    }
}

/// The code that stands for a macrolanguage or a folded variety; itself where nothing is folded.
pub fn fold(three: &str) -> &str {
    FOLDED
        .iter()
        .find(|(from, _)| *from == three)
        .map_or(three, |(_, to)| *to)
}

/// Two-letter codes of the past or of a macrolanguage.
fn two_letter_alias(two: &str) -> Option<&'static str> {
    match two {
        "no" => Some("nob"),
        "iw" => Some("heb"),
        "in" => Some("ind"),
        "ji" => Some("ydd"),
        "jw" => Some("jav"),
        "mo" => Some("ron"),
        "sh" => Some("srp"),
        _ => None,
    }
}

/// `None` for Chinese, whose script is always told.
fn usual_script(three: &str) -> Option<&'static str> {
    if three == "cmn" {
        return None;
    }
    let other = USUAL_SCRIPTS
        .iter()
        .find(|(_, codes)| codes.split(' ').any(|c| c == three));
    Some(other.map_or("Latn", |(script, _)| script))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn language(label: &str) -> Language {
        Language::from_label(label).unwrap_or(Language::ZXX)
    }

    #[test]
    fn shortest_code_and_script_where_unusual() {
        for (label, tag) in [
            ("spa_Latn", "es"),
            ("cmn_Hans", "zh-Hans"),
            ("cmn_Hant", "zh-Hant"),
            ("yue_Hant", "yue"),
            ("srp_Cyrl", "sr"),
            ("srp_Latn", "sr-Latn"),
            ("arb_Arab", "ar"),
            ("arz_Arab", "arz"),
            ("lvs_Latn", "lv"),
            ("jpn_Jpan", "ja"),
            ("kor_Hang", "ko"),
            ("azb_Arab", "azb"),
            ("pes_Arab", "fa"),
            ("twi_Latn", "tw"),
            ("zxx_Zyyy", "zxx"),
            ("kaz_Arab", "kk-Arab"),
            ("ydd_Hebr", "yi"),
            ("nob_Latn", "nb"),
            ("ckb_Arab", "ckb"),
            ("hin_Latn", "hi-Latn"),
        ] {
            assert_eq!(language(label).bcp47(), tag, "{label}");
        }
    }

    #[test]
    fn what_users_write() {
        let known: Vec<Language> = [
            "spa_Latn", "cmn_Hans", "cmn_Hant", "srp_Latn", "srp_Cyrl", "nob_Latn", "arb_Arab",
            "zsm_Latn",
        ]
        .map(language)
        .into();
        let parse = |code: &str| {
            Language::parse(code, &known).map(|l| {
                l.iter()
                    .map(|l| l.to_string())
                    .collect::<Vec<_>>()
                    .join(" ")
            })
        };
        for (code, labels) in [
            ("es", "spa_Latn"),
            ("ES-mx", "spa_Latn"),
            ("spa", "spa_Latn"),
            ("spa_Latn", "spa_Latn"),
            ("zh", "cmn_Hans cmn_Hant"),
            ("zh-TW", "cmn_Hant"),
            ("zh-CN", "cmn_Hans"),
            ("zh-hant-hk", "cmn_Hant"),
            ("sr", "srp_Latn srp_Cyrl"),
            ("sr-Latn", "srp_Latn"),
            ("no", "nob_Latn"),
            ("nor", "nob_Latn"),
            ("ara", "arb_Arab"),
            ("msa", "zsm_Latn"),
        ] {
            assert_eq!(parse(code).as_deref(), Ok(labels), "{code}");
        }
        for code in ["xx", "", "spanish", "es-Cyrl", "deu", "es-", "е"] {
            assert_eq!(
                parse(code),
                Err(UnknownLanguage {
                    code: code.to_owned()
                })
            );
        }
    }
}
