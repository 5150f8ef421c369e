//! What the tests over `tests/judgement/fragments/*.toml` share.

#![allow(dead_code)]

use std::sync::OnceLock;

use cleanfilter::{Document, Filter, Settings};
use serde::Deserialize;

#[derive(Deserialize)]
struct File {
    case: Vec<Case>,
}

/// A text and what should become of it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    pub name: String,
    #[serde(default)]
    pub unseen: bool,
    pub host: String,
    pub text: String,
    pub drop: Vec<String>,
    #[serde(default)]
    pub keep: Vec<String>,
    pub fragment: Option<String>,
    pub words: Option<u32>,
    pub place: Option<String>,
    #[serde(default)]
    pub may_abstain: bool,
    pub why: Option<String>,
    pub foreign: Option<String>,
    pub note: Option<String>,
    /// Why it is not yet judged as it should be. The day it is, the suite says so.
    pub known_failure: Option<String>,
}

/// Every case, in the order of files and places in them.
pub fn cases() -> Vec<Case> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/judgement/fragments");
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "toml"))
        .collect();
    paths.sort();
    paths
        .into_iter()
        .flat_map(|path| {
            let text = std::fs::read_to_string(&path).unwrap();
            toml::from_str::<File>(&text)
                .unwrap_or_else(|error| panic!("{}: {error}", path.display()))
                .case
        })
        .collect()
}

/// The filter with the one rule.
pub fn filter() -> &'static Filter {
    static FILTER: OnceLock<Filter> = OnceLock::new();
    FILTER.get_or_init(|| {
        let mut settings = Settings::default();
        settings.judge.rules = vec!["off-language".to_owned()];
        Filter::new(settings).unwrap()
    })
}

/// The document as the filter reads it.
pub fn read(text: &str) -> Document {
    filter().read_text(text.to_owned())
}

/// What is left of a text.
pub fn clean(text: &str) -> String {
    read(text).clean()
}

/// Words between white space; each character of a script without spaces is one.
pub fn words(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut word = String::new();
    for c in text.chars() {
        let wide = matches!(c, '\u{e00}'..='\u{e7f}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}');
        if c.is_whitespace() || wide {
            if !word.is_empty() {
                out.push(std::mem::take(&mut word));
            }
            if wide {
                out.push(c.to_string());
            }
        } else {
            word.push(c);
        }
    }
    if !word.is_empty() {
        out.push(word);
    }
    out
}
