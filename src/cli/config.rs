//! The settings that hold: defaults <- preset <- file <- flags.

use std::path::Path;

use cleanfilter::Settings;
use cleanfilter::judge::boilerplate::Level;

use super::args::{BoilerplateLevel, FilterArguments, Repair};

/// Reads the preset and the file that are named and puts the flags over them.
///
/// # Errors
/// One line: a preset or file that is not there, a key that is not known, with line and column.
pub fn settings(args: &FilterArguments) -> Result<Settings, String> {
    let settings = layered(args.preset.as_deref(), args.config.as_deref())?;
    Ok(flags_over(settings, args))
}

/// Defaults <- preset <- file.
///
/// # Errors
/// As [`settings`].
pub fn layered(preset_name: Option<&str>, config: Option<&Path>) -> Result<Settings, String> {
    let Some(path) = config else {
        return Settings::layered(preset_name, &[]);
    };
    let name = path.display().to_string();
    let text = std::fs::read_to_string(path).map_err(|error| format!("{name}: {error}"))?;
    Settings::layered(preset_name, &[(&name, &text)])
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
    if let Some(path) = &args.repeated {
        settings.judge.repeated.corpus_file = path.display().to_string();
    }
    settings.judge.off_language.strict |= args.strict_language;
    settings
}
