//! What can be set about decoding.

use serde::{Deserialize, Serialize};

use super::encoding::Encoding;

/// How bytes are read as text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// The encoding to read in, by a WHATWG label or a name beyond that set (`cp437`, `utf-32`); `None`: detect it.
    pub encoding: Option<String>,
    /// Whether text that was decoded wrongly and encoded again is read as it was meant.
    pub repair_mojibake: bool,
    /// Bytes that a stream's encoding is decided on, counted from the first that is not plain ASCII.
    ///
    /// 256 KiB: the memory that a stream may hold back; the statistics look at less of it.
    pub head_bytes: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            encoding: None,
            repair_mojibake: false,
            head_bytes: 256 << 10,
        }
    }
}

impl Settings {
    /// Whether the settings can be followed.
    ///
    /// # Errors
    /// One line that names the cause and the cure, when `encoding` is no label of a known encoding.
    pub fn check(&self) -> Result<(), String> {
        match &self.encoding {
            Some(label) if Encoding::for_label(label).is_none() => Err(format!(
                "unknown encoding {label:?} (use a label such as utf-8, windows-1252, shift_jis, cp437, or leave it out to detect)"
            )),
            _ => Ok(()),
        }
    }

    /// The encoding that is stated, if a known one is.
    pub(crate) fn stated(&self) -> Option<Encoding> {
        self.encoding.as_deref().and_then(Encoding::for_label)
    }

    /// [`Settings::head_bytes`], at least a line's worth, so that a head can hold a declaration.
    pub(crate) fn head(&self) -> usize {
        self.head_bytes.max(4 << 10)
    }
}
