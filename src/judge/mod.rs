//! Fragments -> verdicts.
//!
//! A rule is one file: its thresholds, its one method, its documentation, its tests. All rules are enrolled in the
//! list at the end of this file, and everything that is told of rules is read from [`RULES`].

pub mod boilerplate;
pub(crate) mod normal;
mod off_language;
mod recipes;
mod repeated;
mod symbols;

use std::cell::OnceCell;

use serde::{Deserialize, Serialize};

pub use self::boilerplate::Boilerplate;
pub use self::off_language::OffLanguage;
pub use self::recipes::{C4, FineWeb, Gopher, c4, fineweb, gopher};
pub use self::repeated::Repeated;
pub use self::symbols::Symbols;
use crate::document::{Document, Reason, Verdict};
use crate::identify::Language;

/// Objects to fragments. A rule can only turn keep into drop.
pub trait Rule: Send + Sync {
    /// What is told of the rule.
    fn about(&self) -> &'static About;

    /// Looks at a document and names the fragments that it objects to.
    fn judge(&self, page: &Page<'_>, objections: &mut Objections);
}

/// What is told of a rule: by `cleanfilter rules`, the help, the man page and the docs.
#[derive(Debug)]
pub struct About {
    /// Its name in the code, the settings, the ledger and the tests.
    pub name: &'static str,
    /// What it drops, in one line.
    pub drops: &'static str,
    /// What the number in a verdict is.
    pub measures: &'static str,
    /// Its page: what it drops, why, an example, settings, where it was measured.
    pub page: &'static str,
    /// Whether it is on by default.
    pub default: bool,
}

/// What a rule sees.
#[derive(Debug)]
pub struct Page<'a> {
    /// The document with its paragraphs and fragments; the verdicts are not yet made.
    pub document: &'a Document,
    /// The languages that are kept.
    pub languages: &'a [Language],
    /// Where the document came from, if its record says so.
    pub url: Option<&'a str>,
    /// Its words, once a rule has asked for them.
    words: OnceCell<Vec<&'a str>>,
}

impl<'a> Page<'a> {
    /// A document before its verdicts, the languages that are kept, and where it came from.
    pub fn new(
        document: &'a Document,
        languages: &'a [Language],
        url: Option<&'a str>,
    ) -> Page<'a> {
        Page {
            document,
            languages,
            url,
            words: OnceCell::new(),
        }
    }

    /// The document's words and punctuation marks, as the published recipes cut them; found once, when first asked for.
    pub fn words(&self) -> &[&'a str] {
        self.words
            .get_or_init(|| recipes::words(&self.document.text))
    }
}

/// What rules say of the fragments of one document.
#[derive(Debug, Default)]
pub struct Objections {
    list: Vec<(usize, Reason)>,
}

impl Objections {
    /// Objects to a fragment: `rule` is the rule's name, with a kind behind a slash if it has kinds.
    pub fn drop(&mut self, fragment: usize, rule: &'static str, measured: f32) {
        self.list.push((fragment, Reason { rule, measured }));
    }

    /// Objects to every fragment of a paragraph.
    pub fn drop_paragraph(
        &mut self,
        page: &Page<'_>,
        paragraph: usize,
        rule: &'static str,
        measured: f32,
    ) {
        if let Some(p) = page.document.paragraphs.get(paragraph) {
            p.fragments
                .clone()
                .for_each(|fragment| self.drop(fragment, rule, measured));
        }
    }

    /// Every objection, in the order in which they were raised: fragment, reason.
    pub fn all(&self) -> &[(usize, Reason)] {
        &self.list
    }
}

/// Lets the rules speak in order; the first objection to a fragment stands.
pub(crate) fn judge(
    document: &mut Document,
    languages: &[Language],
    url: Option<&str>,
    rules: &[Box<dyn Rule>],
) {
    let objections = audit(&Page::new(document, languages, url), rules);
    for (fragment, reason) in objections.list {
        if let Some(f) = document
            .fragments
            .get_mut(fragment)
            .filter(|f| f.verdict.is_keep())
        {
            f.verdict = Verdict::Drop(reason);
        }
    }
}

/// Every objection that every rule has, for an audit: which rule alone removes what.
pub fn audit(page: &Page<'_>, rules: &[Box<dyn Rule>]) -> Objections {
    let mut objections = Objections::default();
    rules
        .iter()
        .for_each(|rule| rule.judge(page, &mut objections));
    objections
}

/// Which rules speak: `none`, `default`, `all`, names; `+name` and `-name` change what stands before them (the default
/// where nothing does).
pub fn select(list: &[String]) -> Result<Vec<&'static About>, String> {
    let mut chosen = vec![false; RULES.len()];
    let defaults =
        |chosen: &mut Vec<bool>| *chosen = RULES.iter().map(|about| about.default).collect();
    if list.iter().all(|item| item.starts_with(['+', '-'])) {
        defaults(&mut chosen);
    }
    for item in list {
        let (name, on) = match item.strip_prefix('-') {
            Some(name) => (name, false),
            None => (item.strip_prefix('+').unwrap_or(item), true),
        };
        match name {
            "none" => chosen.fill(false),
            "default" => defaults(&mut chosen),
            "all" => chosen.fill(true),
            _ => match RULES.iter().position(|about| about.name == name) {
                Some(i) => chosen[i] = on,
                None => {
                    let names: Vec<&str> = RULES.iter().map(|about| about.name).collect();
                    return Err(format!(
                        "there is no rule {name:?} (the rules are: {})",
                        names.join(", ")
                    ));
                }
            },
        }
    }
    Ok(RULES
        .iter()
        .zip(chosen)
        .filter(|(_, on)| *on)
        .map(|(about, _)| *about)
        .collect())
}

/// Enrols the rules: their settings, their order, what is told of them. A family is a recipe of several rules with one
/// part of the settings; it tells what its rules are (`ABOUTS`) and makes those that are on (`enrolled`).
macro_rules! enrol {
    (
        rules { $($(#[$doc:meta])* $field:ident: $rule:ident,)* }
        families { $($(#[$told:meta])* $part:ident: $family:ident,)* }
    ) => {
        /// How fragments are judged: which rules speak, what is kept, and a part for each rule or family of rules.
        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
        pub struct Settings {
            /// Which rules speak: see [`select`]; empty for the default.
            pub rules: Vec<String>,
            /// Languages to keep (BCP 47 or ISO 639-3); empty: each document's own.
            pub languages: Vec<String>,
            $($(#[$doc])* pub $field: $rule,)*
            $($(#[$told])* pub $part: $family,)*
        }

        const PARTS: &[&[&About]] = &[&[$(&$rule::ABOUT),*], $($part::ABOUTS),*];

        /// What is told of every rule, in the order in which they speak.
        pub static RULES: &[&About] = &joined::<{ total(PARTS) }>(PARTS);

        impl Settings {
            /// The rules that speak, with their thresholds.
            pub fn enrolled(&self) -> Result<Vec<Box<dyn Rule>>, String> {
                let chosen = select(&self.rules)?;
                let on = |about: &About| chosen.iter().any(|c| c.name == about.name);
                let mut rules: Vec<Box<dyn Rule>> = Vec::new();
                $(if on(&$rule::ABOUT) { rules.push(Box::new(self.$field.clone())); })*
                $(rules.extend(self.$part.enrolled(&on));)*
                Ok(rules)
            }
        }
    };
}

/// How many rules the parts of the list have together.
const fn total(parts: &[&[&About]]) -> usize {
    let (mut count, mut part) = (0, 0);
    while part < parts.len() {
        count += parts[part].len();
        part += 1;
    }
    count
}

/// The parts of the list as one. Runs when the crate is compiled.
const fn joined<const N: usize>(parts: &[&[&'static About]]) -> [&'static About; N] {
    let mut all = [parts[0][0]; N];
    let (mut at, mut part) = (0, 0);
    while part < parts.len() {
        let mut i = 0;
        while i < parts[part].len() {
            all[at] = parts[part][i];
            at += 1;
            i += 1;
        }
        part += 1;
    }
    all
}

enrol! {
    rules {
        /// Text in another language than the document's.
        off_language: OffLanguage,
        /// What stands in the document before.
        repeated: Repeated,
        /// Hardly any letters.
        symbols: Symbols,
        /// What a page says around its text.
        boilerplate: Boilerplate,
    }
    families {
        /// The recipe of C4.
        c4: C4,
        /// The recipe of Gopher.
        gopher: Gopher,
        /// The recipe of FineWeb.
        fineweb: FineWeb,
    }
}
