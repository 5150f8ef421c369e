//! Judgement cases of the stage `segment`: `tests/judgement/segment/*.toml`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stderr)] // a test that cannot go on should say so

use cleanfilter::segment::{Settings, paragraphs};
use serde::Deserialize;

#[derive(Deserialize)]
struct File {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    text: String,
    paragraphs: Vec<String>,
    /// What the case is about, for people.
    #[serde(rename = "note")]
    _note: Option<String>,
    /// Why it is not yet split as it should be. The day it is, the suite says so.
    known_failure: Option<String>,
}

#[test]
fn every_text_falls_into_its_paragraphs() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/judgement/segment");
    let mut wrong = Vec::new();
    let mut cases = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let file: File = toml::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        for case in file.case {
            cases += 1;
            let spans = paragraphs(&case.text, &Settings::default());
            let got: Vec<&str> = spans
                .into_iter()
                .map(|span| case.text[span].trim_start())
                .collect();
            let want: Vec<&str> = case.paragraphs.iter().map(|text| text.trim()).collect();
            match (got == want, &case.known_failure) {
                (true, None) | (false, Some(_)) => {}
                (true, Some(why)) => wrong.push(format!("{}: no longer fails ({why})", case.name)),
                (false, None) => wrong.push(format!(
                    "{}: {} of {} paragraphs\n   got {got:#?}",
                    case.name,
                    got.len(),
                    want.len()
                )),
            }
        }
    }
    assert!(cases >= 40, "{cases} cases");
    assert!(
        wrong.is_empty(),
        "{} of {cases} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}
