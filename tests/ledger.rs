//! Invariants 1 and 5 as properties: marks tile the text, and nothing that is left out is lost.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stderr)] // a test that cannot go on should say so

use std::ops::Range;

use cleanfilter::ledger::{self, Origin, Restorer, dropped_pieces};
use cleanfilter::{
    Document, Filter, Fragment, Guess, Language, Paragraph, Reason, Settings, Verdict,
};
use proptest::prelude::*;

/// A paragraph: its fragments' texts with their verdicts, and the separator behind it.
type Lines = Vec<(Vec<(String, Option<u8>)>, String)>;

fn lines() -> impl Strategy<Value = Lines> {
    let verdict = prop_oneof![Just(None), (0u8..3).prop_map(Some)];
    // What JSON must escape, what is two to four bytes long, what looks like a line end and is none.
    let fragment = ("[a\"\\\\\u{1}\té字😀\u{2028}\u{FEFF} ]{1,6}", verdict);
    let separator = prop_oneof![Just("\n"), Just("\n\n"), Just("\r\n"), Just(" \n\t\r\n")]
        .prop_map(str::to_owned);
    prop::collection::vec((prop::collection::vec(fragment, 0..4), separator), 0..8)
}

/// A document with these marks; `lead` stands before the first paragraph, and the last separator may be missing.
fn document(lead: &str, lines: &Lines, ends: bool) -> Document {
    let rules = [
        ("repeated", 2.0),
        ("boilerplate/legal", f32::NAN),
        ("off-language", -12.5),
    ];
    let mut document = Document {
        text: lead.to_owned(),
        ..Document::default()
    };
    for (i, (parts, separator)) in lines.iter().enumerate() {
        let (from, first) = (document.text.len(), document.fragments.len());
        for (text, verdict) in parts {
            let start = document.text.len();
            document.text.push_str(text);
            let reason = verdict.map(|i| rules[usize::from(i)]);
            document.fragments.push(Fragment {
                span: start..document.text.len(),
                language: Language::from_label("spa_Latn").map(|language| Guess {
                    language,
                    confidence: 0.25,
                }),
                evidence: 1.5,
                spared: false,
                verdict: reason.map_or(Verdict::Keep, |(rule, measured)| {
                    Verdict::Drop(Reason { rule, measured })
                }),
            });
        }
        let fragments = first..document.fragments.len();
        document.paragraphs.push(Paragraph {
            span: from..document.text.len(),
            fragments,
            language: None,
        });
        if ends || i + 1 < lines.len() {
            document.text.push_str(separator);
        }
    }
    document
}

/// The entry of each document, as one ledger.
fn written(documents: &[Document]) -> Vec<u8> {
    let mut file = Vec::new();
    ledger::write_header(&mut file);
    for (i, document) in documents.iter().enumerate() {
        let origin = Origin {
            document: i as u64,
            path: "a \"path\"",
            id: Some("\n"),
            ..Origin::default()
        };
        ledger::write_entry(&mut file, &origin, document);
    }
    file
}

proptest! {
    #[test]
    fn kept_and_dropped_tile_the_text(lead in "[ \n]{0,3}", lines in lines(), ends: bool) {
        let document = document(&lead, &lines, ends);
        let mut all: Vec<Range<usize>> = document.kept();
        all.extend(document.dropped());
        all.sort_by_key(|range| range.start);
        let mut at = 0;
        for range in all {
            prop_assert_eq!(range.start, at);
            prop_assert!(range.end > at && document.text.is_char_boundary(range.end));
            at = range.end;
        }
        prop_assert_eq!(at, document.text.len());
        // Every fragment is whole on the side of its verdict.
        let dropped = document.dropped();
        for fragment in &document.fragments {
            let gone = dropped.iter().any(|r| r.start <= fragment.span.start && fragment.span.end <= r.end);
            prop_assert_eq!(gone, !fragment.verdict.is_keep());
        }
    }

    #[test]
    fn pieces_tile_what_is_dropped_and_know_their_fragment(lead in "[ \n]{0,3}", lines in lines(), ends: bool) {
        let document = document(&lead, &lines, ends);
        let mut joined: Vec<Range<usize>> = Vec::new();
        for piece in dropped_pieces(&document) {
            let Some((fragment, _)) = piece.reason(&document) else {
                return Err(TestCaseError::fail("a piece of a kept fragment"));
            };
            prop_assert!(piece.range.start <= fragment.span.start && fragment.span.end <= piece.range.end);
            match joined.last_mut() {
                Some(last) if last.end == piece.range.start => last.end = piece.range.end,
                _ => joined.push(piece.range),
            }
        }
        prop_assert_eq!(joined, document.dropped());
    }

    #[test]
    fn restored_is_what_was_read(
        pages in prop::collection::vec(("[ \n]{0,3}", lines(), any::<bool>()), 0..4),
    ) {
        let documents: Vec<Document> = pages.iter().map(|(lead, lines, ends)| document(lead, lines, *ends)).collect();
        let file = written(&documents);
        let mut restorer = Restorer::new(&file[..]).unwrap();
        for document in &documents {
            prop_assert_eq!(restorer.next_document(&document.clean()), Ok(document.text.clone()));
        }
        prop_assert_eq!(restorer.finish(), Ok(()));
    }

    #[test]
    fn edited_output_is_never_taken_for_restored(
        lines in lines(), ends: bool, at in any::<prop::sample::Index>(), with in "[a字\n]",
    ) {
        let document = document("", &lines, ends);
        let kept = document.clean();
        let boundaries: Vec<usize> = (0..=kept.len()).filter(|i| kept.is_char_boundary(*i)).collect();
        let at = boundaries[at.index(boundaries.len())];
        let rest: String = kept[at..].chars().skip(1).collect();
        let edited = format!("{}{with}{rest}", &kept[..at]);
        prop_assume!(edited != kept);
        let file = written(std::slice::from_ref(&document));
        prop_assert!(Restorer::new(&file[..]).unwrap().next_document(&edited).is_err());
    }

    #[test]
    fn a_cut_ledger_is_told(lines in lines(), cut in any::<prop::sample::Index>()) {
        let document = document("", &lines, true);
        let file = written(std::slice::from_ref(&document));
        let file = &file[..cut.index(file.len() - 1)];
        let kept = document.clean();
        prop_assert!(Restorer::new(file).and_then(|mut restorer| restorer.next_document(&kept)).is_err());
    }

    #[test]
    fn any_bytes_are_an_error_and_no_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        prop_assert!(Restorer::new(&bytes[..]).is_err());
    }
}

/// The whole river: what the filter really drops comes back.
#[test]
fn a_page_read_by_the_filter_comes_back() {
    let page = "The mill by the river\r\n\r\nThe mill by the river\r\n\r\n--- --- ---\r\nThe wheel has turned since 1820, \
                and the flour is sold on Saturdays in the yard.\r\nHome | Visit | Prices | Contact\r\n";
    // Rules whose verdicts no table decides.
    let mut settings = Settings::default();
    settings.judge.rules = vec!["repeated".to_owned(), "symbols".to_owned()];
    let document = Filter::new(settings).unwrap().read(page.as_bytes());
    let rules: Vec<&str> = dropped_pieces(&document)
        .iter()
        .filter_map(|piece| Some(piece.reason(&document)?.1.rule))
        .collect();
    assert_eq!(rules, ["repeated", "symbols"]);
    let file = written(std::slice::from_ref(&document));
    let restored = Restorer::new(&file[..])
        .unwrap()
        .next_document(&document.clean());
    assert_eq!(restored.as_deref(), Ok(page));
}
