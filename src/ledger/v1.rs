//! Version 1 of the records, frozen: a field may be added, none changes its meaning or goes.
//!
//! One JSON object a line. A field that is an `Option` or a list here is left out where there is nothing to say, but
//! `language`, which is then null.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::document::{self, Guess, Verdict};
use crate::ledger::Origin;

/// The version that every `document`, `ledger` and `summary` record bears.
pub const VERSION: u32 = 1;

/// The first line of a ledger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename = "ledger")]
pub struct Ledger<'a> {
    /// [`VERSION`].
    pub version: u32,
    /// What wrote it: `cleanfilter 0.1.0`.
    pub program: Cow<'a, str>,
}

/// A document, in `--json` and in the ledger.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename = "document")]
pub struct Document<'a> {
    /// [`VERSION`].
    pub version: u32,
    /// Its place in the run, from 0.
    pub document: u64,
    /// The file it came from; `<stdin>` for standard input.
    pub path: Cow<'a, str>,
    /// What its record calls itself (JSON Lines, WARC).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<Cow<'a, str>>,
    /// Where its record came from (JSON Lines, WARC).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<Cow<'a, str>>,
    /// Which part of a long document it is, from 0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<u32>,
    /// The encoding it was read in.
    pub encoding: Cow<'a, str>,
    /// What decided on the encoding.
    pub witness: Cow<'a, str>,
    /// Bytes that could not be decoded.
    pub replaced_bytes: u64,
    /// Where they lay in the input: [start, end) in bytes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub replaced: Vec<[u64; 2]>,
    /// What a reader should know of the decoding.
    #[serde(default, skip_serializing_if = "no_notes")]
    pub notes: Cow<'a, [String]>,
    /// Bytes of the decoded text (UTF-8).
    pub bytes: u64,
    /// Its language as a whole; null where the identifier abstains.
    pub language: Option<Language<'a>>,
    /// Bytes of the decoded text that are passed on.
    pub kept_bytes: u64,
    /// Bytes of the decoded text that are left out.
    pub dropped_bytes: u64,
    /// In the ledger: of the decoded text, `xxh64:` and 16 hexadecimal digits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub checksum: Option<Cow<'a, str>>,
    /// In the ledger: how many `dropped` records follow.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dropped: Option<u64>,
}

/// A fragment, in `--json`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename = "fragment")]
pub struct Fragment<'a> {
    /// The document it stands in.
    pub document: u64,
    /// The paragraph it stands in, from 0.
    pub paragraph: u64,
    /// [start, end) in bytes of the decoded text.
    pub span: [u64; 2],
    /// Its language; null where the identifier abstains.
    pub language: Option<Language<'a>>,
    /// Nats of evidence that it is in this language and not in the document's.
    pub evidence: f32,
    /// Whether it stands where an author's own words in another language stand.
    pub spared: bool,
    /// `keep` or `drop`.
    pub verdict: Cow<'a, str>,
    /// Which rule dropped it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<Cow<'a, str>>,
    /// The number that crossed the rule's threshold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub measured: Option<f32>,
}

/// Text that was dropped, in the ledger.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename = "dropped")]
pub struct Dropped<'a> {
    /// The document it stood in.
    pub document: u64,
    /// Where it stood: a byte offset in the decoded text.
    pub at: u64,
    /// Which rule dropped it.
    pub rule: Cow<'a, str>,
    /// The number that crossed the rule's threshold; null where that is no finite number.
    pub measured: Option<f32>,
    /// Its language; null where the identifier abstains.
    pub language: Option<Language<'a>>,
    /// What was dropped, with the white space that went with it.
    pub text: Cow<'a, str>,
}

/// A language.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Language<'a> {
    /// BCP 47: `es`, `zh-Hant`.
    pub bcp47: Cow<'a, str>,
    /// ISO 639-3: `spa`; `zxx` for nothing linguistic.
    pub iso639_3: Cow<'a, str>,
    /// ISO 15924: `Latn`.
    pub script: Cow<'a, str>,
    /// Share of answers given with this confidence that are right, 0 to 1.
    pub confidence: f32,
}

fn no_notes(notes: &[String]) -> bool {
    notes.is_empty()
}

impl<'a> Document<'a> {
    /// The record of a document, without what the ledger adds.
    pub fn new(origin: &Origin<'a>, document: &'a document::Document) -> Self {
        let dropped_bytes = document
            .dropped()
            .iter()
            .map(|range| range.len() as u64)
            .sum();
        let bytes = document.text.len() as u64;
        let reading = &document.reading;
        Document {
            version: VERSION,
            document: origin.document,
            path: origin.path.into(),
            id: origin.id.map(Cow::Borrowed),
            url: origin.url.map(Cow::Borrowed),
            part: origin.part,
            encoding: reading.encoding.into(),
            witness: reading.witness.into(),
            replaced_bytes: reading.replaced_bytes,
            replaced: reading
                .replaced
                .iter()
                .map(|place| [place.start, place.end])
                .collect(),
            notes: Cow::Borrowed(&reading.notes),
            bytes,
            language: document.language.as_ref().map(Language::from),
            kept_bytes: bytes.saturating_sub(dropped_bytes),
            dropped_bytes,
            checksum: None,
            dropped: None,
        }
    }
}

impl<'a> Fragment<'a> {
    /// The record of a fragment of the document and paragraph of these numbers.
    pub fn new(document: u64, paragraph: usize, fragment: &'a document::Fragment) -> Self {
        let reason = match fragment.verdict {
            Verdict::Keep => None,
            Verdict::Drop(reason) => Some(reason),
        };
        Fragment {
            document,
            paragraph: paragraph as u64,
            span: [fragment.span.start as u64, fragment.span.end as u64],
            language: fragment.language.as_ref().map(Language::from),
            evidence: fragment.evidence,
            spared: fragment.spared,
            verdict: if reason.is_none() { "keep" } else { "drop" }.into(),
            rule: reason.map(|reason| reason.rule.into()),
            measured: reason.map(|reason| reason.measured),
        }
    }
}

impl<'a> From<&'a Guess> for Language<'a> {
    fn from(guess: &'a Guess) -> Self {
        Language {
            bcp47: guess.language.bcp47().into(),
            iso639_3: guess.language.iso639_3().into(),
            script: guess.language.script().into(),
            confidence: guess.confidence,
        }
    }
}
