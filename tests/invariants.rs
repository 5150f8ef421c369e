//! The invariants of the library, as properties: any bytes, any settings.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stderr)] // a test that cannot go on should say so

use cleanfilter::judge::RULES;
use cleanfilter::{Document, Filter, Settings, Verdict};
use proptest::prelude::*;

/// Bytes as crawls have them: texts of several languages and layouts, joined, cut, damaged; and plain noise.
fn bytes() -> impl Strategy<Value = Vec<u8>> {
    let line = prop_oneof![
        Just("The ferry left the harbour at noon and came back in the evening.".to_owned()),
        Just("es un sitio web oficial del Gobierno de la provincia".to_owned()),
        Just("Home | News | Sport | Contact".to_owned()),
        Just("„Das ist alles“, sagte sie, und ging über die Straße nach Hause.".to_owned()),
        Just("Новый мост открыли в понедельник, движение восстановлено.".to_owned()),
        Just("東京の天気は晴れです。明日は雨が降るでしょう。".to_owned()),
        Just("------- *** -------".to_owned()),
        Just("We use cookies to improve your experience. Accept all".to_owned()),
        "\\PC{0,40}",
        "[a-z ]{0,60}",
    ];
    let end = prop::sample::select(vec!["\n", "\r\n", "\n\n", "\r", " ", "\u{2028}", "\n \t\n"]);
    let text = prop::collection::vec((line, end), 0..12).prop_map(|lines| {
        lines
            .into_iter()
            .map(|(line, end)| line + end)
            .collect::<String>()
    });
    prop_oneof![
        4 => text.clone().prop_map(String::into_bytes),
        1 => (text, prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6)).prop_map(|(text, damage)| {
            let mut bytes = text.into_bytes();
            for (at, byte) in damage {
                if !bytes.is_empty() {
                    let at = at.index(bytes.len());
                    bytes[at] = byte;
                }
            }
            bytes
        }),
        1 => prop::collection::vec(any::<u8>(), 0..300),
    ]
}

fn filter(rules: &[&str]) -> Filter {
    let mut settings = Settings::default();
    settings.judge.rules = rules.iter().map(|rule| (*rule).to_owned()).collect();
    Filter::new(settings).expect("these rules are there")
}

/// Spans lie on character boundaries, in order, without overlap; fragments tile their paragraph, paragraphs and the
/// white space between them tile the text.
fn assert_tiles(document: &Document) {
    let text = &document.text;
    let (mut at, mut next) = (0, 0);
    for paragraph in &document.paragraphs {
        assert!(at <= paragraph.span.start && paragraph.span.end <= text.len());
        let between = &text[at..paragraph.span.start];
        assert!(
            between.chars().all(|c| c.is_whitespace() || c.is_control()),
            "{between:?}"
        );
        assert_eq!(paragraph.fragments.start, next);
        let mut edge = paragraph.span.start;
        for fragment in &document.fragments[paragraph.fragments.clone()] {
            assert_eq!(fragment.span.start, edge);
            assert!(fragment.span.end > edge && text.is_char_boundary(fragment.span.end));
            edge = fragment.span.end;
        }
        assert_eq!(edge, paragraph.span.end);
        (at, next) = (paragraph.span.end, paragraph.fragments.end);
    }
    assert_eq!(next, document.fragments.len());
    assert!(
        text[at..]
            .chars()
            .all(|c| c.is_whitespace() || c.is_control())
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn the_text_is_marked_and_never_edited(bytes in bytes()) {
        let bare = filter(&["none"]).read(&bytes);
        let judged = filter(&["all"]).read(&bytes);
        assert_tiles(&bare);
        assert_tiles(&judged);
        prop_assert_eq!(&bare.text, &judged.text);
        prop_assert_eq!(bare.clean(), bare.text);
    }

    #[test]
    fn nothing_is_lost(bytes in bytes()) {
        let document = filter(&["all"]).read(&bytes);
        let mut ranges = [document.kept(), document.dropped()].concat();
        ranges.sort_by_key(|range| range.start);
        let mut at = 0;
        for range in ranges {
            prop_assert_eq!(range.start, at);
            prop_assert!(range.end > at);
            at = range.end;
        }
        prop_assert_eq!(at, document.text.len());
        // What a fragment's verdict says is what happens to it.
        let dropped = document.dropped();
        for fragment in &document.fragments {
            let gone = dropped.iter().any(|cut| cut.start <= fragment.span.start && fragment.span.end <= cut.end);
            prop_assert_eq!(gone, !fragment.verdict.is_keep());
        }
    }

    #[test]
    fn every_drop_names_a_rule_that_spoke_and_its_number(bytes in bytes()) {
        for rule in RULES {
            let document = filter(&[rule.name]).read(&bytes);
            for fragment in document.fragments {
                if let Verdict::Drop(reason) = fragment.verdict {
                    let kind = reason.rule.strip_prefix(rule.name);
                    prop_assert!(kind.is_some_and(|kind| kind.is_empty() || kind.starts_with('/')));
                    prop_assert!(reason.measured.is_finite());
                }
            }
        }
    }

    #[test]
    fn a_rule_can_only_turn_keep_into_drop_and_the_first_objection_stands(bytes in bytes()) {
        let mut names: Vec<&str> = Vec::new();
        let mut before: Option<Document> = None;
        for rule in RULES {
            names.push(rule.name);
            let document = filter(&names).read(&bytes);
            if let Some(before) = before {
                for (old, new) in before.fragments.iter().zip(&document.fragments) {
                    prop_assert!(old.verdict.is_keep() || old.verdict == new.verdict);
                }
            }
            before = Some(document);
        }
    }

    #[test]
    fn verdicts_depend_on_the_document_and_the_settings_alone(one in bytes(), two in bytes()) {
        let shared = filter(&["all"]);
        let first = shared.read(&one);
        shared.read(&two);
        prop_assert_eq!(&shared.read(&one), &first);
        prop_assert_eq!(filter(&["all"]).read(&one), first);
    }
}
