//! What the command can name and what it can object to: `cleanfilter languages`, `cleanfilter rules`.

use std::fmt::Write as _;

use serde::Serialize;

use cleanfilter::identify::ngram::{Figures, figures};
use cleanfilter::identify::{Identify, Language};
use cleanfilter::judge::{self, RULES};
use cleanfilter::{Filter, Settings};

use super::exit::End;
use super::run;

/// A rule as `rules --json` tells it.
#[derive(Serialize)]
struct RuleRecord {
    r#type: &'static str,
    name: &'static str,
    /// Whether it speaks with these settings.
    on: bool,
    default: bool,
    drops: &'static str,
    measures: &'static str,
    /// Its thresholds, as the settings name them.
    settings: serde_json::Value,
    /// Its page, in Markdown.
    page: &'static str,
}

/// A language as `languages --json` tells it.
#[derive(Serialize)]
struct LanguageRecord<'a> {
    r#type: &'static str,
    bcp47: &'a str,
    iso639_3: &'a str,
    script: &'a str,
    /// Percent of the development lines that are named rightly; the built-in identifier's.
    #[serde(skip_serializing_if = "Option::is_none")]
    right_percent: Option<f32>,
    /// How many lines that is of.
    #[serde(skip_serializing_if = "Option::is_none")]
    lines: Option<u32>,
}

/// `cleanfilter languages`.
pub fn languages(json: bool) -> Result<End, End> {
    let filter = Filter::new(Settings::default()).map_err(End::failed)?;
    let identifier = filter.identifier();
    let text = if json {
        languages_json(identifier)
    } else {
        languages_table(identifier)
    };
    run::print(text.as_bytes())
}

/// `cleanfilter rules`.
pub fn rules(json: bool) -> Result<End, End> {
    let settings = judge::Settings::default();
    let text = if json {
        rules_json(&settings)
    } else {
        rules_table(&settings)
    };
    run::print(text.map_err(End::failed)?.as_bytes())
}

/// The rules as JSON, one object a line.
///
/// # Errors
/// One line if the settings name a rule that is not there.
fn rules_json(settings: &judge::Settings) -> Result<String, String> {
    Ok(rule_records(settings)?.iter().map(json_line).collect())
}

/// The rules for people: name, whether it is on, what it drops; below it its number and its thresholds.
///
/// # Errors
/// As [`rules_json`].
fn rules_table(settings: &judge::Settings) -> Result<String, String> {
    let rules = rule_records(settings)?;
    let width = rules.iter().map(|rule| rule.name.len()).max().unwrap_or(0);
    let mut out = String::new();
    for rule in &rules {
        // Writing to a string cannot fail, here and below.
        let _ = writeln!(
            out,
            "{:width$}  {:3}  {}",
            rule.name,
            if rule.on { "on" } else { "off" },
            rule.drops
        );
        let _ = writeln!(out, "{:width$}       measured: {}", "", rule.measures);
        for (name, value) in rule.settings.as_object().into_iter().flatten() {
            let _ = writeln!(out, "{:width$}       {name} = {value}", "");
        }
    }
    Ok(out)
}

fn rule_records(settings: &judge::Settings) -> Result<Vec<RuleRecord>, String> {
    let chosen = judge::select(&settings.rules)?;
    // By way of text: a threshold of 2.2 is 2.2 there, and 2.200000047683716 as the 64-bit number that a value holds.
    let text = serde_json::to_string(settings).map_err(|error| error.to_string())?;
    let all: serde_json::Value = serde_json::from_str(&text).map_err(|error| error.to_string())?;
    let record = |about: &&judge::About| RuleRecord {
        r#type: "rule",
        name: about.name,
        on: chosen.iter().any(|rule| rule.name == about.name),
        default: about.default,
        drops: about.drops,
        measures: about.measures,
        settings: all
            .pointer(&format!("/{}", about.name))
            .cloned()
            .unwrap_or_default(),
        page: about.page,
    };
    Ok(RULES.iter().map(record).collect())
}

/// The languages that an identifier can answer as JSON, one object a line, in the order of their labels.
fn languages_json(identifier: &dyn Identify) -> String {
    let record = |language: &Language| {
        let (iso639_3, script) = (language.iso639_3(), language.script());
        let figures = figures_of(identifier, *language);
        json_line(&LanguageRecord {
            r#type: "language",
            bcp47: &language.bcp47(),
            iso639_3,
            script,
            right_percent: figures.map(|figures| figures.right_percent),
            lines: figures.map(|figures| figures.lines),
        })
    };
    sorted(identifier).iter().map(record).collect()
}

/// The languages for people and `awk`: label, BCP 47, percent right and of how many development lines, tabs between.
fn languages_table(identifier: &dyn Identify) -> String {
    let row = |language: &Language| {
        let figures = figures_of(identifier, *language);
        let figures = figures.map(|f| format!("\t{:.1}\t{}", f.right_percent, f.lines));
        format!(
            "{language}\t{}{}\n",
            language.bcp47(),
            figures.unwrap_or_default()
        )
    };
    sorted(identifier).iter().map(row).collect()
}

/// What was measured of a language, where the identifier is the built-in one.
fn figures_of(identifier: &dyn Identify, language: Language) -> Option<Figures> {
    if identifier.name() == "ngram" {
        figures(language)
    } else {
        None
    }
}

fn sorted(identifier: &dyn Identify) -> Vec<Language> {
    let mut list = identifier.languages();
    list.sort_unstable();
    list.dedup();
    list
}

fn json_line(record: &impl Serialize) -> String {
    // Strings, numbers and string keys: writing them to memory cannot fail.
    let mut line = serde_json::to_string(record).unwrap_or_default();
    line.push('\n');
    line
}

#[cfg(test)]
mod tests {
    use super::*;
    use cleanfilter::identify::{Ngram, Whatlang};

    #[test]
    fn every_rule_is_told_with_its_thresholds() {
        let settings = judge::Settings {
            rules: vec!["-symbols".to_owned()],
            ..Default::default()
        };
        let json = rules_json(&settings).unwrap();
        for (line, about) in json.lines().zip(RULES) {
            let rule: serde_json::Value = serde_json::from_str(line).unwrap();
            assert_eq!(rule["name"], about.name);
            assert_eq!(rule["on"], about.name != "symbols" && about.default);
            assert!(
                rule["settings"].as_object().is_some_and(|s| !s.is_empty()),
                "{} has no settings",
                about.name
            );
        }
        assert_eq!(json.lines().count(), RULES.len());
        let table = rules_table(&settings).unwrap();
        let long = table
            .lines()
            .filter_map(|line| line.split_once(" = "))
            .find(|(_, value)| value.contains('.') && value.contains("00000"));
        assert_eq!(long, None);
        assert!(RULES.iter().all(|about| table.contains(about.drops)));
        assert!(
            rules_json(&judge::Settings {
                rules: vec!["x".to_owned()],
                ..Default::default()
            })
            .is_err()
        );
    }

    #[test]
    fn languages_are_sorted_and_tagged() {
        let table = languages_table(&Whatlang::new());
        assert!(
            table.lines().is_sorted() && table.contains("spa_Latn\tes\n"),
            "{table}"
        );
        assert_eq!(
            languages_json(&Whatlang::new()).lines().count(),
            table.lines().count()
        );
        let first =
            "{\"type\":\"language\",\"bcp47\":\"af\",\"iso639_3\":\"afr\",\"script\":\"Latn\"}\n";
        assert!(languages_json(&Whatlang::new()).starts_with(first));
        // The built-in identifier's come with what was measured.
        let table = languages_table(&Ngram::new());
        assert!(
            table.lines().all(|line| line.split('\t').count() == 4),
            "{table}"
        );
        assert!(languages_json(&Ngram::new()).contains("\"right_percent\":"));
    }
}
