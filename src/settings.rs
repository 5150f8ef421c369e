//! One type for all settings: the library's, the TOML file's, and what `--print-config` prints.

use serde::{Deserialize, Serialize};

use crate::{decode, identify, judge, segment};

/// All settings, one part per stage; each stage declares its own.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Settings {
    /// Bytes to text.
    pub decode: decode::Settings,
    /// Text to paragraphs.
    pub segment: segment::Settings,
    /// Languages.
    pub identify: identify::Settings,
    /// Verdicts.
    pub judge: judge::Settings,
}

/// A preset: settings under a name.
#[derive(Debug)]
pub struct Preset {
    /// Its name, as `--preset` takes it.
    pub name: &'static str,
    /// Its settings in TOML: only what differs from the default.
    pub toml: &'static str,
}

/// The presets, from the most careful with the text to the most thorough with its surroundings; then the published
/// recipes.
pub const PRESETS: &[Preset] = &[
    Preset {
        name: "careful",
        toml: include_str!("presets/careful.toml"),
    },
    Preset {
        name: "balanced",
        toml: include_str!("presets/balanced.toml"),
    },
    Preset {
        name: "thorough",
        toml: include_str!("presets/thorough.toml"),
    },
    Preset {
        name: "c4",
        toml: include_str!("presets/c4.toml"),
    },
    Preset {
        name: "gopher",
        toml: include_str!("presets/gopher.toml"),
    },
    Preset {
        name: "fineweb",
        toml: include_str!("presets/fineweb.toml"),
    },
];

impl Settings {
    /// Settings from layers of TOML, the later over the earlier, the first over the defaults.
    ///
    /// # Errors
    /// A message with line and column where a layer is not TOML, has an unknown key, or a value of the wrong type;
    /// with the number of the layer (0-based).
    pub fn from_layers(layers: &[&str]) -> Result<Settings, (usize, String)> {
        let mut merged = toml::Table::new();
        for (i, layer) in layers.iter().enumerate() {
            // Each layer is read as settings by itself: the merged table has no lines to point at.
            toml::from_str::<Settings>(layer).map_err(|error| (i, place(&error, layer)))?;
            let table: toml::Table =
                toml::from_str(layer).map_err(|error| (i, place(&error, layer)))?;
            merge(&mut merged, table);
        }
        merged.try_into().map_err(|error: toml::de::Error| {
            (layers.len().saturating_sub(1), one_line(error.message()))
        })
    }

    /// Settings from a preset and layers of TOML over it, each with the name that errors call it.
    ///
    /// # Errors
    /// One line: a preset that is not there; else as [`Settings::from_layers`], behind the layer's name.
    pub fn layered(preset_name: Option<&str>, over: &[(&str, &str)]) -> Result<Settings, String> {
        let mut layers = Vec::new();
        if let Some(name) = preset_name {
            let found = preset(name).ok_or_else(|| {
                let names: Vec<&str> = PRESETS.iter().map(|preset| preset.name).collect();
                let names = names.join(", ");
                format!("there is no preset {name:?} (there are: {names})")
            })?;
            layers.push((format!("preset {name}"), found.toml));
        }
        layers.extend(over.iter().map(|(name, text)| ((*name).to_owned(), *text)));
        let texts: Vec<&str> = layers.iter().map(|(_, text)| *text).collect();
        Settings::from_layers(&texts).map_err(|(i, message)| format!("{}: {message}", layers[i].0))
    }

    /// The settings as TOML, every key.
    pub fn to_toml(&self) -> String {
        toml::to_string_pretty(self).unwrap_or_default()
    }
}

/// The preset of a name.
pub fn preset(name: &str) -> Option<&'static Preset> {
    PRESETS.iter().find(|preset| preset.name == name)
}

fn merge(into: &mut toml::Table, from: toml::Table) {
    for (key, value) in from {
        match (into.get_mut(&key), value) {
            (Some(toml::Value::Table(old)), toml::Value::Table(new)) => merge(old, new),
            (_, value) => {
                into.insert(key, value);
            }
        }
    }
}

/// `line 3, column 5: unknown field ...`
fn place(error: &toml::de::Error, text: &str) -> String {
    let message = one_line(error.message());
    let Some(span) = error.span() else {
        return message;
    };
    let before = &text[..text.floor_char_boundary(span.start.min(text.len()))];
    let line = before.matches('\n').count() + 1;
    let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
    format!("line {line}, column {column}: {message}")
}

fn one_line(message: &str) -> String {
    message.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A threshold as it was written: `0.1` of 32 bits is `0.10000000149011612` of 64, and TOML has 64.
pub(crate) mod threshold {
    use serde::{Deserialize, Deserializer, Serializer};

    /// The shortest number that reads back as the same threshold.
    pub fn serialize<S: Serializer>(value: &f32, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(value.to_string().parse().unwrap_or(f64::from(*value)))
    }

    /// Back to 32 bits.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<f32, D::Error> {
        f32::deserialize(deserializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::judge::boilerplate::Level;

    #[test]
    fn a_preset_and_the_level_of_its_name_cut_pages_alike() {
        for level in [Level::Careful, Level::Balanced, Level::Thorough] {
            let settings = Settings::layered(Some(level.name()), &[]).unwrap();
            assert_eq!(settings.judge.boilerplate.threshold, level.threshold());
        }
    }
}
