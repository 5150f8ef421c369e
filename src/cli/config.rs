//! The settings that hold: defaults <- preset <- file <- flags.

use cleanfilter::judge::boilerplate::Level;
use cleanfilter::{PRESETS, Settings, preset};

use super::args::{BoilerplateLevel, FilterArguments, Repair};

/// Reads the file that `--config` names and puts the flags over it.
///
/// # Errors
/// One line: a preset or file that is not there, a key that is not known, with line and column.
pub fn settings(args: &FilterArguments) -> Result<Settings, String> {
    let mut layers = Vec::new();
    if let Some(name) = &args.preset {
        let names = || {
            PRESETS
                .iter()
                .map(|preset| preset.name)
                .collect::<Vec<_>>()
                .join(", ")
        };
        let found = preset(name)
            .ok_or_else(|| format!("there is no preset {name:?} (there are: {})", names()))?;
        layers.push((format!("preset {name}"), found.toml.to_owned()));
    }
    if let Some(path) = &args.config {
        let text = std::fs::read_to_string(path)
            .map_err(|error| format!("{}: {error}", path.display()))?;
        layers.push((path.display().to_string(), text));
    }
    let texts: Vec<&str> = layers.iter().map(|(_, text)| text.as_str()).collect();
    let settings = Settings::from_layers(&texts)
        .map_err(|(i, message)| format!("{}: {message}", layers[i].0))?;
    Ok(flags_over(settings, args))
}

fn flags_over(mut settings: Settings, args: &FilterArguments) -> Settings {
    if args.encoding.is_some() {
        settings.decode.encoding.clone_from(&args.encoding);
    }
    settings.decode.repair_mojibake |= args.repair.contains(&Repair::Mojibake);
    if let Some(identifier) = &args.identifier {
        settings.identify.identifier.clone_from(identifier);
    }
    if !args.candidates.is_empty() {
        settings.identify.candidates.clone_from(&args.candidates);
    }
    if !args.language.is_empty() {
        settings.judge.languages.clone_from(&args.language);
    }
    if !args.rules.is_empty() {
        settings.judge.rules.clone_from(&args.rules);
    }
    if let Some(level) = args.boilerplate {
        settings.judge.boilerplate.threshold = match level {
            BoilerplateLevel::Careful => Level::Careful,
            BoilerplateLevel::Balanced => Level::Balanced,
            BoilerplateLevel::Thorough => Level::Thorough,
        }
        .threshold();
    }
    settings.judge.off_language.strict |= args.strict_language;
    settings
}
