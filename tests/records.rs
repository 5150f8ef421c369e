//! The records of version 1 are frozen, and `docs/ledger.md` tells them as they are.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stderr)] // a test that cannot go on should say so

use std::ops::Range;

use cleanfilter::ledger::{self, Origin};
use cleanfilter::{Document, Fragment, Guess, Language, Paragraph, Reading, Reason, Verdict};

/// Records of `--json`, whole: what a reader of version 1 may rely on.
#[test]
fn records_are_frozen() {
    let text = "One.\n\nUno.\n";
    let guess = |label, confidence| {
        Language::from_label(label).map(|language| Guess {
            language,
            confidence,
        })
    };
    let (english, spanish) = (guess("eng_Latn", 0.5), guess("spa_Latn", 0.75));
    let reason = Reason {
        rule: "off-language",
        measured: 3.5,
    };
    let fragment = |span, language, evidence, verdict| Fragment {
        span,
        language,
        evidence,
        spared: false,
        verdict,
    };
    let document = Document {
        text: text.to_owned(),
        reading: Reading {
            encoding: "windows-1252",
            witness: "statistics",
            replaced_bytes: 2,
            replaced: vec![7..8, 20..21],
            notes: vec!["a note".to_owned()],
        },
        language: english,
        paragraphs: vec![
            Paragraph {
                span: 0..4,
                fragments: 0..1,
                language: english,
            },
            Paragraph {
                span: 6..10,
                fragments: 1..2,
                language: spanish,
            },
        ],
        fragments: vec![
            fragment(0..4, None, 0.0, Verdict::Keep),
            fragment(6..10, spanish, 3.5, Verdict::Drop(reason)),
        ],
    };
    let origin = Origin {
        document: 7,
        path: "b.txt",
        id: Some("x"),
        url: Some("https://example.org/"),
        part: Some(1),
    };
    let mut out = Vec::new();
    ledger::write_records(&mut out, &origin, &document);
    let head = r#"{"type":"document","version":1,"document":7,"path":"b.txt","id":"x","url":"https://example.org/","part":1,"encoding":"windows-1252","witness":"statistics","replaced_bytes":2,"replaced":[[7,8],[20,21]],"notes":["a note"],"bytes":11,"language":{"bcp47":"en","iso639_3":"eng","script":"Latn","confidence":0.5},"kept_bytes":5,"dropped_bytes":6"#;
    let records = [
        &format!("{head}}}"),
        r#"{"type":"fragment","document":7,"paragraph":0,"span":[0,4],"language":null,"evidence":0.0,"spared":false,"verdict":"keep"}"#,
        r#"{"type":"fragment","document":7,"paragraph":1,"span":[6,10],"language":{"bcp47":"es","iso639_3":"spa","script":"Latn","confidence":0.75},"evidence":3.5,"spared":false,"verdict":"drop","rule":"off-language","measured":3.5}"#,
    ];
    assert_eq!(
        String::from_utf8(out).unwrap().lines().collect::<Vec<_>>(),
        records
    );

    let mut out = Vec::new();
    ledger::write_header(&mut out);
    ledger::write_entry(&mut out, &origin, &document);
    let out = String::from_utf8(out).unwrap();
    let header = format!(
        r#"{{"type":"ledger","version":1,"program":"cleanfilter {}"}}"#,
        env!("CARGO_PKG_VERSION")
    );
    let checksum = ledger::xxh64(text.as_bytes());
    let entry = format!(r#"{head},"checksum":"xxh64:{checksum:016x}","dropped":1}}"#);
    let dropped = r#"{"type":"dropped","document":7,"at":4,"rule":"off-language","measured":3.5,"language":{"bcp47":"es","iso639_3":"spa","script":"Latn","confidence":0.75},"text":"\n\nUno."}"#;
    assert_eq!(out.lines().collect::<Vec<_>>(), [&header, &entry, dropped]);
}

/// Every field that is written is described, and the examples are what is written.
#[test]
fn the_docs_are_true() {
    let docs = include_str!("../docs/ledger.md");
    let origin = Origin {
        path: "coast.txt",
        ..Origin::default()
    };
    let example = records(&origin, &coast());
    let examples: Vec<&str> = docs.lines().filter(|line| line.starts_with('{')).collect();
    assert_eq!(examples.len(), 5);
    for line in examples {
        assert!(
            example.lines().any(|written| written == line),
            "{line} is not among:\n{example}"
        );
    }

    let reading = Reading {
        replaced: vec![0..1, 4..6],
        notes: vec!["a note".to_owned()],
        ..Reading::default()
    };
    let origin = Origin {
        id: Some("a"),
        url: Some("b"),
        part: Some(0),
        ..origin
    };
    for line in records(&origin, &Document { reading, ..coast() }).lines() {
        let record: serde_json::Value = serde_json::from_str(line).unwrap();
        let language = record["language"].as_object().into_iter().flatten();
        for (field, _) in record.as_object().unwrap().iter().chain(language) {
            assert!(
                docs.contains(&format!("`{field}`")),
                "{field} is not in docs/ledger.md"
            );
        }
    }
}

/// Records and ledger of a document.
fn records(origin: &Origin<'_>, document: &Document) -> String {
    let mut out = Vec::new();
    ledger::write_records(&mut out, origin, document);
    ledger::write_header(&mut out);
    ledger::write_entry(&mut out, origin, document);
    String::from_utf8_lossy(&out).into_owned()
}

/// The example of the docs: a title that stands twice, and a sentence.
fn coast() -> Document {
    let title = "A storm closed the coast road";
    let guess = |confidence| {
        Language::from_label("eng_Latn").map(|language| Guess {
            language,
            confidence,
        })
    };
    let again = Verdict::Drop(Reason {
        rule: "repeated",
        measured: 2.0,
    });
    let spans = [
        (0..29, Verdict::Keep),
        (31..60, again),
        (62..90, Verdict::Keep),
    ];
    let paragraph = |(i, (span, _)): (usize, &(Range<usize>, Verdict))| Paragraph {
        span: span.clone(),
        fragments: i..i + 1,
        language: guess(0.5),
    };
    let fragment = |(span, verdict): &(Range<usize>, Verdict)| Fragment {
        span: span.clone(),
        language: guess(0.5),
        evidence: 0.0,
        spared: false,
        verdict: *verdict,
    };
    Document {
        text: format!("{title}\n\n{title}\n\nIt is open again since noon.\n"),
        language: guess(0.75),
        paragraphs: spans.iter().enumerate().map(paragraph).collect(),
        fragments: spans.iter().map(fragment).collect(),
        ..Document::default()
    }
}
