//! What must not change the verdicts of `off-language`: a paragraph more, the letters' case, the form of Unicode.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stderr,
    missing_docs
)] // a test that cannot go on should say so

mod judgement_support;

use judgement_support::{Case, cases, read};
use unicode_normalization::UnicodeNormalization;

/// The words that go, letter case and Unicode form aside.
fn gone(text: &str) -> Vec<String> {
    let document = read(text);
    let dropped = document.fragments.iter().filter(|f| !f.verdict.is_keep());
    dropped
        .flat_map(|f| {
            let composed: String = document.text[f.span.clone()].to_lowercase().nfc().collect();
            judgement_support::words(&composed)
        })
        .collect()
}

/// Whether the document is in one language: a second one is its own by its share of the text, which a paragraph changes.
fn one_language(text: &str) -> bool {
    let document = read(text);
    let own = document.fragments.iter().filter(|f| f.evidence == 0.0);
    let mut languages: Vec<_> = own.filter_map(|f| f.language.map(|g| g.language)).collect();
    languages.sort_unstable();
    languages.dedup();
    languages.len() == 1
}

fn judged() -> impl Iterator<Item = Case> {
    cases().into_iter().filter(|c| c.known_failure.is_none())
}

/// Tells which cases differ, and how many are looked at.
fn same(name: &str, least: usize, pairs: impl Iterator<Item = (String, Vec<String>, Vec<String>)>) {
    let mut all = 0;
    let mut wrong = Vec::new();
    for (case, before, after) in pairs {
        all += 1;
        if before != after {
            wrong.push(format!("{case}:\n   {before:?}\n   {after:?}"));
        }
    }
    assert!(all >= least, "{name}: {all} cases");
    assert!(
        wrong.is_empty(),
        "{name}: {} of {all} differ:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn a_paragraph_more_in_the_same_language_changes_no_verdict() {
    let all: Vec<Case> = judged().collect();
    let plain: Vec<(&str, &str)> = all
        .iter()
        .filter(|c| c.drop.is_empty() && c.foreign.is_none())
        .filter_map(|c| Some((c.host.as_str(), c.text.trim().lines().next()?)))
        .collect();
    let settled = all
        .iter()
        .filter(|c| !c.may_abstain && one_language(&c.text));
    let pairs = settled.flat_map(|case| {
        let more = plain
            .iter()
            .filter(|(host, line)| *host == case.host && !case.text.contains(line));
        more.take(2).flat_map(|(_, line)| {
            let before = gone(&case.text);
            [
                (
                    case.name.clone(),
                    before.clone(),
                    gone(&format!("{line}\n\n{}", case.text.trim_start())),
                ),
                (
                    case.name.clone(),
                    before,
                    gone(&format!("{}\n\n{line}", case.text.trim_end())),
                ),
            ]
        })
    });
    same("a paragraph more", 100, pairs);
}

#[test]
fn composed_or_decomposed_is_the_same_text() {
    let pairs = judged().map(|case| {
        let composed: String = case.text.nfc().collect();
        let apart: String = case.text.nfd().collect();
        (case.name, gone(&composed), gone(&apart))
    });
    same("NFC and NFD", 250, pairs);
}

/// Titles and names are told by their capitals, and so are left out here, as is text with letters that have no single
/// counterpart in the other case.
#[test]
fn letter_case_changes_no_cut() {
    let pairs = judged()
        .filter(|c| !c.drop.is_empty())
        .filter(|c| round(&c.text))
        .map(|case| {
            let (upper, lower) = (case.text.to_uppercase(), case.text.to_lowercase());
            let before = gone(&case.text);
            let after = gone(&upper);
            let (changed, after) = if before == after {
                ("lower", gone(&lower))
            } else {
                ("upper", after)
            };
            (format!("{} ({changed})", case.name), before, after)
        });
    same("letter case", 120, pairs);
}

fn round(text: &str) -> bool {
    text.chars().all(|c| {
        let (mut up, mut low) = (c.to_uppercase(), c.to_lowercase());
        let (u, l) = (up.next(), low.next());
        up.next().is_none() && low.next().is_none() && u.and_then(|u| u.to_lowercase().next()) == l
    })
}
