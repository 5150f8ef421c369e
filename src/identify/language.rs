//! A language in a script, the answer's name.

use std::fmt;

/// A language written in a script: ISO 639-3 and ISO 15924, such as `spa_Latn`.
///
/// The type is open: an identifier of yours may name languages that the built-in one does not know.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Language {
    code: [u8; 3],
    script: [u8; 4],
}

impl Language {
    /// Nothing linguistic: numbers, code, symbols (ISO 639-3 `zxx`; script `Zyyy`).
    pub const ZXX: Language = Language {
        code: *b"zxx",
        script: *b"Zyyy",
    };

    /// From ISO 639-3 (three lower-case letters) and ISO 15924 (`Latn`); `None` where the letters are not of that form.
    pub const fn new(iso639_3: &str, script: &str) -> Option<Language> {
        let (c, s) = (iso639_3.as_bytes(), script.as_bytes());
        if c.len() != 3 || s.len() != 4 || !s[0].is_ascii_uppercase() {
            return None;
        }
        let mut i = 0;
        while i < 3 {
            if !c[i].is_ascii_lowercase() || !s[i + 1].is_ascii_lowercase() {
                return None;
            }
            i += 1;
        }
        Some(Language {
            code: [c[0], c[1], c[2]],
            script: [s[0], s[1], s[2], s[3]],
        })
    }

    /// From a label of the form `spa_Latn`.
    pub const fn from_label(label: &str) -> Option<Language> {
        let b = label.as_bytes();
        if b.len() != 8 || b[3] != b'_' {
            return None;
        }
        let (code, rest) = label.split_at(3);
        Language::new(code, rest.split_at(1).1)
    }

    /// ISO 639-3: `spa`.
    pub fn iso639_3(&self) -> &str {
        std::str::from_utf8(&self.code).unwrap_or("und")
    }

    /// ISO 15924: `Latn`.
    pub fn script(&self) -> &str {
        std::str::from_utf8(&self.script).unwrap_or("Zyyy")
    }
}

/// `spa_Latn`
impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}_{}", self.iso639_3(), self.script())
    }
}

/// `spa_Latn`
impl fmt::Debug for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
