//! Judgement cases of the published recipes: `tests/judgement/recipes/*.toml`.

#![allow(clippy::unwrap_used, clippy::expect_used)] // a test that cannot go on should say so

use std::collections::BTreeSet;

use cleanfilter::judge::RULES;
use cleanfilter::{Filter, Settings, Verdict, preset};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cases {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    /// The rule that speaks alone, or the name of a preset.
    rule: String,
    text: String,
    /// How many copies of the text make the document; 1 where it is not said.
    #[serde(default)]
    copies: Option<usize>,
    /// The lines that go, in order; `["*"]` for all.
    drop: Vec<String>,
    /// The kind that the first drop names, where it is not the rule's name.
    #[serde(default)]
    named: Option<String>,
}

fn cases() -> Vec<Case> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/judgement/recipes");
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        all.extend(toml::from_str::<Cases>(&text).unwrap().case);
    }
    all
}

fn filter(rule: &str) -> Filter {
    let settings = match preset(rule) {
        Some(preset) => Settings::from_layers(&[preset.toml]).unwrap(),
        None => Settings::from_layers(&[&format!(
            "[judge]\nrules = [{rule:?}]\n[segment]\nunwrap = false\n[identify]\nidentifier = \"whatlang\"\n"
        )])
        .unwrap(),
    };
    Filter::new(settings).unwrap()
}

#[test]
fn what_the_cases_say_goes_and_nothing_else() {
    for case in cases() {
        let text = vec![case.text.trim(); case.copies.unwrap_or(1)].join("\n");
        let document = filter(&case.rule).read(text.as_bytes());
        let lines = document.paragraphs.iter().filter(|paragraph| {
            document.fragments[paragraph.fragments.clone()]
                .iter()
                .all(|fragment| !fragment.verdict.is_keep())
        });
        let gone: Vec<&str> = lines.map(|line| &text[line.span.clone()]).collect();
        let expected: Vec<&str> = match case.drop.as_slice() {
            [all] if all == "*" => text
                .lines()
                .filter(|line| !line.trim().is_empty())
                .collect(),
            some => some.iter().map(String::as_str).collect(),
        };
        assert_eq!(gone, expected, "{}: {}", case.rule, case.text);
        let first = document
            .fragments
            .iter()
            .find_map(|fragment| match fragment.verdict {
                Verdict::Drop(reason) => Some(reason.rule),
                Verdict::Keep => None,
            });
        let named = case.named.as_deref().unwrap_or(&case.rule);
        assert!(
            first.is_none_or(|rule| rule == named),
            "{first:?}: {}",
            case.text
        );
    }
}

#[test]
fn every_rule_of_a_recipe_has_a_case_that_it_drops_and_one_that_it_must_not() {
    let cases = cases();
    for rule in RULES.iter().filter(|rule| rule.name.contains('/')) {
        let own: Vec<&Case> = cases.iter().filter(|case| case.rule == rule.name).collect();
        assert!(
            own.iter().any(|case| !case.drop.is_empty()),
            "{}",
            rule.name
        );
        assert!(own.iter().any(|case| case.drop.is_empty()), "{}", rule.name);
    }
}

#[test]
fn a_preset_switches_exactly_its_recipe_on() {
    for recipe in ["c4", "gopher", "fineweb"] {
        let on: BTreeSet<&str> = filter(recipe)
            .rules()
            .iter()
            .map(|rule| rule.about().name)
            .collect();
        let own = RULES.iter().map(|rule| rule.name);
        let own: BTreeSet<&str> = own
            .filter(|name| name.starts_with(&format!("{recipe}/")))
            .collect();
        assert!(on == own && !own.is_empty(), "{recipe}");
    }
    assert!(
        RULES
            .iter()
            .all(|rule| !(rule.default && rule.name.contains('/')))
    );
}
