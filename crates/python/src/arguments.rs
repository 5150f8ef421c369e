//! Keyword arguments -> settings, as the command's flags.

use std::path::PathBuf;

use cleanfilter::Settings;
use cleanfilter::judge::boilerplate::Level;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

/// What the command's flags say, by the same names.
#[derive(Debug)]
#[allow(missing_docs)] // the flags of the same names
pub struct Arguments {
    pub preset: Option<String>,
    pub config: Option<PathBuf>,
    pub settings: Option<String>,
    pub language: Vec<String>,
    pub rules: Vec<String>,
    pub strict_language: bool,
    pub boilerplate: Option<String>,
    pub identifier: Option<String>,
    pub candidates: Vec<String>,
    pub encoding: Option<String>,
    pub repair_mojibake: bool,
}

impl Arguments {
    /// Defaults <- preset <- file <- TOML <- the others.
    ///
    /// # Errors
    /// `ValueError` with one line, as the command's.
    pub fn settings(self) -> PyResult<Settings> {
        let mut layers = Vec::new();
        if let Some(path) = &self.config {
            let name = path.display().to_string();
            let text = std::fs::read_to_string(path);
            let text = text.map_err(|error| PyValueError::new_err(format!("{name}: {error}")))?;
            layers.push((name, text));
        }
        layers.extend(self.settings.map(|text| ("settings".to_owned(), text)));
        let layers: Vec<(&str, &str)> = layers
            .iter()
            .map(|(name, text)| (name.as_str(), text.as_str()))
            .collect();
        let settings = Settings::layered(self.preset.as_deref(), &layers);
        let mut settings = settings.map_err(PyValueError::new_err)?;

        let judge = &mut settings.judge;
        if !self.language.is_empty() {
            judge.languages = self.language;
        }
        if !self.rules.is_empty() {
            judge.rules = self.rules;
        }
        if let Some(name) = &self.boilerplate {
            let level = Level::named(name).ok_or_else(|| {
                PyValueError::new_err(format!(
                    "there is no level {name:?} of boilerplate (there are: careful, balanced, thorough)"
                ))
            })?;
            judge.boilerplate.threshold = level.threshold();
        }
        judge.off_language.strict |= self.strict_language;
        settings.decode.repair_mojibake |= self.repair_mojibake;
        if self.encoding.is_some() {
            settings.decode.encoding = self.encoding;
        }
        if let Some(identifier) = self.identifier {
            settings.identify.identifier = identifier;
        }
        if !self.candidates.is_empty() {
            settings.identify.candidates = self.candidates;
        }
        Ok(settings)
    }
}
