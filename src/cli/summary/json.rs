//! A summary as JSON: `--summary FILE`. `docs/ledger.md` describes the fields.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Dropped, Share, Summary};
use cleanfilter::ledger::v1;

/// Version 1 of the record, frozen: fields may be added.
#[derive(Serialize)]
#[serde(tag = "type", rename = "summary")]
struct Record<'a> {
    version: u32,
    documents: u64,
    parts: u64,
    changed_documents: u64,
    emptied_documents: u64,
    input_bytes: u64,
    bytes: u64,
    kept_bytes: u64,
    dropped_bytes: u64,
    replaced_bytes: u64,
    replaced_documents: u64,
    rules: &'a BTreeMap<&'static str, Dropped>,
    languages: BTreeMap<String, Share>,
    encodings: &'a BTreeMap<&'static str, Share>,
    malformed: u64,
    unreadable: u64,
    skipped: &'a BTreeMap<&'static str, u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    seconds: Option<f64>,
}

impl Summary {
    /// The record of `--summary`, for people's eyes too; ends in a line end. Languages are named like `spa_Latn`.
    ///
    /// `seconds` is the one figure that differs between two runs over the same input.
    pub fn json(&self) -> String {
        let languages = self.languages.iter().map(|(language, share)| {
            let name = language.map_or_else(|| "und".to_owned(), |language| language.to_string());
            (name, *share)
        });
        let record = Record {
            version: v1::VERSION,
            documents: self.documents,
            parts: self.parts,
            changed_documents: self.changed,
            emptied_documents: self.emptied,
            input_bytes: self.input_bytes,
            bytes: self.bytes,
            kept_bytes: self.kept_bytes(),
            dropped_bytes: self.dropped_bytes,
            replaced_bytes: self.replaced_bytes,
            replaced_documents: self.replaced_documents,
            rules: &self.rules,
            languages: languages.collect(),
            encodings: &self.encodings,
            malformed: self.malformed,
            unreadable: self.unreadable,
            skipped: &self.skipped,
            seconds: self
                .seconds
                .map(|seconds| (seconds * 1000.0).round() / 1000.0),
        };
        // Numbers and strings with string keys: writing them to memory cannot fail.
        let mut text = serde_json::to_string_pretty(&record).unwrap_or_default();
        text.push('\n');
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use cleanfilter::ledger::Origin;
    use cleanfilter::{Filter, Settings};

    const PAGES: [&str; 3] = [
        "The ferry is late again today\n\nThe ferry is late again today\n\nIt waits for the fog to lift.\n",
        "*** *** ***\n",
        "La lluvia cerró ayer la carretera de la costa y nadie sabe cuándo se abrirá.\n",
    ];

    /// The second is a part of a long document.
    fn origin(i: usize) -> Origin<'static> {
        Origin {
            document: i as u64,
            path: "a",
            part: (i == 1).then_some(0),
            ..Origin::default()
        }
    }

    #[test]
    fn merging_is_the_same_as_adding_in_any_order() {
        let filter = Filter::new(Settings::default()).unwrap();
        let of = |pages: &[usize]| {
            let mut summary = Summary::default();
            pages.iter().for_each(|&i| {
                summary.add(&origin(i), &filter.read(PAGES[i].as_bytes()), 10, true)
            });
            summary.add_malformed();
            summary
        };
        let (mut a, mut b) = (of(&[0]), of(&[2, 1]));
        let (a0, b0) = (a.clone(), b.clone());
        a.merge(b0);
        b.merge(a0);
        assert_eq!(a, b);
        let mut all = of(&[0, 1, 2]);
        all.add_malformed();
        assert_eq!(a, all);
        assert_eq!(
            (all.documents, all.parts, all.changed, all.emptied),
            (3, 1, 2, 1)
        );
        let by_rule: u64 = all.rules.values().map(|dropped| dropped.bytes).sum();
        assert_eq!(by_rule, all.dropped_bytes);
        assert!(!all.is_clean());
    }

    #[test]
    fn json_holds_the_figures() {
        let mut summary = Summary::default();
        let document = Filter::new(Settings::default())
            .unwrap()
            .read(PAGES[0].as_bytes());
        summary.add(&origin(0), &document, 10, false);
        summary.add_skipped("html response");
        summary.seconds = Some(1.23456);
        let json: serde_json::Value = serde_json::from_str(&summary.json()).unwrap();
        assert_eq!(
            (&json["type"], &json["version"]),
            (&"summary".into(), &1.into())
        );
        assert_eq!(
            json["rules"]["repeated"],
            serde_json::json!({"documents": 1, "fragments": 1, "bytes": 31})
        );
        assert_eq!(json["languages"]["eng_Latn"]["documents"], 1);
        assert_eq!(json["skipped"]["html response"], 1);
        assert_eq!(json["seconds"], 1.235);
        assert!(summary.is_clean());
        let docs = include_str!("../../../docs/ledger.md");
        for field in json.as_object().unwrap().keys() {
            assert!(
                docs.contains(&format!("`{field}`")),
                "{field} is not in docs/ledger.md"
            );
        }
    }
}
