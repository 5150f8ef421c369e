//! What is told of rules: walked from the one slice, so that no rule can be enrolled without it.

#![allow(clippy::unwrap_used, clippy::expect_used)] // a test that cannot go on should say so

use std::path::Path;

use cleanfilter::judge::{RULES, select};
use cleanfilter::{Filter, Settings, Verdict};

fn filter(rules: &str) -> Filter {
    let mut settings = Settings::default();
    settings.judge.rules = vec![rules.to_owned()];
    Filter::new(settings).unwrap()
}

/// The name of a rule's page and part of the settings' path: the family's where the rule belongs to one.
fn family(name: &str) -> &str {
    name.split('/').next().unwrap()
}

/// The block under a heading of a page.
fn section<'a>(page: &'a str, heading: &str) -> &'a str {
    let after = page
        .split(&format!("\n## {heading}\n"))
        .nth(1)
        .unwrap_or_else(|| panic!("no heading {heading:?} in {page}"));
    after.split("\n## ").next().unwrap().trim()
}

#[test]
fn every_rule_has_a_name_a_reason_and_a_page_with_the_same_headings() {
    for rule in RULES {
        assert!(
            !rule.drops.is_empty() && !rule.measures.is_empty(),
            "{}",
            rule.name
        );
        assert!(
            rule.page
                .starts_with(&format!("# `{}`\n", family(rule.name))),
            "{}",
            rule.name
        );
        for heading in [
            "What it drops",
            "Why",
            "Example",
            "Settings",
            "Where it was measured",
        ] {
            assert!(
                section(rule.page, heading).len() > 20,
                "{}: {heading}",
                rule.name
            );
        }
        // A page of several rules says of each by name what it drops.
        assert!(
            family(rule.name) == rule.name
                || section(rule.page, "What it drops").contains(&format!("| `{}` |", rule.name)),
            "{}",
            rule.name
        );
        let path = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join(format!("docs/rules/{}.md", family(rule.name)));
        assert_eq!(std::fs::read_to_string(path).unwrap(), rule.page);
    }
}

#[test]
fn the_example_on_every_page_is_what_the_rule_does() {
    for rule in RULES {
        // On a page of several rules an example stands under its rule's name; what has none there has a case in
        // `tests/judgement/recipes`, as all of the family have (`tests/recipes.rs` walks them).
        let examples = section(rule.page, "Example");
        let block = match family(rule.name) == rule.name {
            true => examples.strip_prefix("```text\n"),
            false => examples
                .split(&format!("`{}`\n```text\n", rule.name))
                .nth(1),
        };
        if block.is_none() && family(rule.name) != rule.name {
            continue;
        }
        let example = block.unwrap().split("\n```").next().unwrap();
        let mark = format!("← {}", rule.name);
        let mut text = String::new();
        let mut expected = Vec::new();
        for line in example.lines() {
            let (body, dropped) = match line.split_once(&mark) {
                Some((body, _)) => (body.trim_end(), true),
                None => (line, false),
            };
            // Where only the end of a line goes, a bar stands before it.
            let (kept, gone) = match (dropped, body.split_once('│')) {
                (true, Some((kept, gone))) => (kept, gone),
                (true, None) => ("", body),
                (false, _) => (body, ""),
            };
            text += &format!("{kept}{gone}\n");
            if !gone.is_empty() {
                expected.push(gone.trim().to_owned());
            }
        }
        let document = filter(rule.name).read(text.as_bytes());
        let dropped: Vec<String> = document
            .fragments
            .iter()
            .filter(|fragment| !fragment.verdict.is_keep())
            .map(|fragment| document.text[fragment.span.clone()].trim().to_owned())
            .collect();
        assert!(
            !expected.is_empty()
                && (document.fragments.len() > expected.len() || family(rule.name) != rule.name),
            "{}",
            rule.name
        );
        assert_eq!(dropped, expected, "{}", rule.name);
        let named = document
            .fragments
            .iter()
            .filter_map(|fragment| match fragment.verdict {
                Verdict::Drop(reason) => Some(reason.rule),
                Verdict::Keep => None,
            });
        let kind = format!("{}/", rule.name);
        assert!(
            named
                .into_iter()
                .all(|name| name == rule.name || name.starts_with(&kind))
        );
    }
}

#[test]
fn every_setting_of_a_rule_stands_on_its_page() {
    let all: toml::Table = toml::from_str(&Settings::default().to_toml()).unwrap();
    for rule in RULES {
        let part = rule.name.split('/').fold(&all["judge"], |at, key| &at[key]);
        let settings = part.as_table().unwrap();
        for key in settings.keys() {
            assert!(
                section(rule.page, "Settings").lines().any(|line| {
                    line.contains(&format!("`{key}`"))
                        && (family(rule.name) == rule.name
                            || line.contains(&format!("[judge.{}]", rule.name.replace('/', "."))))
                }),
                "{}: {key}",
                rule.name
            );
        }
    }
}

#[test]
fn rules_are_chosen_by_names_signs_and_words() {
    let names = |list: &[&str]| {
        let list: Vec<String> = list.iter().map(|item| (*item).to_owned()).collect();
        select(&list).map(|rules| rules.iter().map(|rule| rule.name).collect::<Vec<_>>())
    };
    let default = names(&[]).unwrap();
    assert_eq!(names(&["default"]).unwrap(), default);
    assert_eq!(names(&["none"]).unwrap(), Vec::<&str>::new());
    assert_eq!(
        names(&["symbols", "repeated"]).unwrap(),
        ["repeated", "symbols"]
    );
    let without: Vec<&str> = default
        .iter()
        .copied()
        .filter(|name| *name != "symbols")
        .collect();
    assert_eq!(names(&["-symbols"]).unwrap(), without);
    assert_eq!(names(&["none", "+symbols"]).unwrap(), ["symbols"]);
    assert_eq!(names(&["all"]).unwrap().len(), RULES.len());
    assert!(names(&["symbol"]).unwrap_err().contains("the rules are"));
}

#[test]
fn repeated_finds_a_title_with_a_name_behind_it_and_no_copy_where_only_signs_are() {
    let title = "Ferry service to the island starts again";
    for (text, dropped) in [
        (
            format!("{title}\n\n{title} | Harbour Post\n"),
            [false, true],
        ),
        (
            format!("{title} | Harbour Post\n\n{title}\n"),
            [false, true],
        ),
        // The whole of it reads as its title alone.
        (
            format!("{title} | ***\n\nThe first boat left.\n"),
            [false, false],
        ),
        // Alike for many letters, and then not.
        (format!("{title} soon\n\n{title} late\n"), [false, false]),
    ] {
        let document = filter("repeated").read(text.as_bytes());
        let said: Vec<bool> = document
            .fragments
            .iter()
            .map(|f| !matches!(f.verdict, Verdict::Keep))
            .collect();
        assert_eq!(said, dropped, "{text}");
    }
}

#[test]
fn a_title_that_is_printed_twice_stays_once() {
    let mut settings = Settings::default();
    settings.judge.rules = vec!["repeated".to_owned(), "boilerplate".to_owned()];
    // Where the rule drops more than it does by default.
    settings.judge.boilerplate.threshold = 0.6;
    let text = "The ferry to Little Sorrel will not run on Sunday\n\n\
        The ferry to Little Sorrel will not run on Sunday\n\n\
        The crew has been invited to a wedding, and there is only one crew. Anyone who must cross may ask at the pub.\n";
    let document = Filter::new(settings).unwrap().read(text.as_bytes());
    let said: Vec<Option<&str>> = document
        .fragments
        .iter()
        .map(|f| match &f.verdict {
            Verdict::Drop(reason) => Some(reason.rule),
            Verdict::Keep => None,
        })
        .collect();
    assert_eq!(said, [None, Some("repeated"), None]);
}
