use super::super::contract::{items, rebuilt, records};
use super::super::{Format, Item, Options, Output, write};

#[test]
fn the_text_is_found_and_written_back() {
    // Record, field, its text, the record with "new \"text\"" in its place.
    let cases = [
        (r#"{"text":"a"}"#, "text", "a", r#"{"text":"new \"é\""}"#),
        (
            r#"{"id" : 1.50 ,"text" : "a\u0041\/" , "x":[1, 2]}"#,
            "text",
            "aA/",
            r#"{"id" : 1.50 ,"text" : "new \"é\"" , "x":[1, 2]}"#,
        ),
        (
            r#"{"text":"\u00e4"}"#,
            "text",
            "ä",
            r#"{"text":"new \"\u00e9\""}"#,
        ),
        (
            r#"{"meta":{"text":"no","body":"a"},"text":"b"}"#,
            "meta.body",
            "a",
            r#"{"meta":{"text":"no","body":"new \"é\""},"text":"b"}"#,
        ),
        (
            r#"{"a":{"b":"no"},"a.b":"a"}"#,
            "a.b",
            "a",
            r#"{"a":{"b":"no"},"a.b":"new \"é\""}"#,
        ),
        (
            r#"{"text":"no","text":"a"}"#,
            "text",
            "a",
            r#"{"text":"no","text":"new \"é\""}"#,
        ),
        (r#"{"text":""}"#, "text", "", r#"{"text":"new \"é\""}"#),
    ];
    for (json, field, text, changed) in cases {
        let options = Options {
            text_field: field.into(),
            ..Options::default()
        };
        let found = items(json.as_bytes(), Format::Jsonl, &options);
        let [Item::Record(record)] = found.as_slice() else {
            panic!("{json}: {found:?}")
        };
        assert_eq!(record.body, text.as_bytes(), "{json}");
        for (new, expected) in [(text, json), ("new \"é\"", changed)] {
            let mut out = Vec::new();
            write(record, None, new, Output::Same, &mut out);
            assert_eq!(String::from_utf8_lossy(&out), expected);
        }
    }
}

#[test]
fn the_record_names_itself() {
    let cases = [
        (
            r#"{"id":"a\n","url":"u","text":""}"#,
            Some("a\n"),
            Some("u"),
        ),
        (r#"{"id":17,"url":null,"text":""}"#, Some("17"), None),
        (r#"{"id":[1],"in":{"url":"x"},"text":""}"#, None, None),
    ];
    for (json, id, url) in cases {
        let record = records(json.as_bytes(), Format::Jsonl, 1 << 10).remove(0);
        assert_eq!(
            (record.id.as_deref(), record.url.as_deref()),
            (id, url),
            "{json}"
        );
    }
}

#[test]
fn what_cannot_be_read_says_why() {
    let cases: [(&[u8], &str, Option<&str>); 9] = [
        (
            b"hello",
            "malformed JSON at column 1: expected value",
            Some("one JSON object a line"),
        ),
        (
            b"{\"text\":\"a\"",
            "malformed JSON at column 11: EOF while parsing an object",
            Some("one JSON object a line"),
        ),
        (
            b"{\"text\":\"a\"}}",
            "malformed JSON at column 13: trailing characters",
            None,
        ),
        (
            b"{\"text\":\"a\tb\"}",
            "malformed JSON at column 10: control character (\\u0000-\\u001F) found while parsing a string",
            None,
        ),
        (b"[\"a\"]", "record is not a JSON object", None),
        (
            b"{\"text\":null}",
            "field `text` is null, not a string",
            None,
        ),
        (
            b"{\"text\":[\"a\"]}",
            "field `text` is an array, not a string",
            None,
        ),
        (b"{\"id\":1}", "no field `text`", None),
        (
            b"{\"id\":\"x\",\"content\":\"long\"}",
            "no field `text`",
            Some("its strings are `content`, `id`: name one as the text field"),
        ),
    ];
    for (json, expected, expected_cure) in cases {
        let stream = [
            b"{\"text\":\"before\"}\n",
            json,
            b"\n{\"text\":\"after\"}\n",
        ]
        .concat();
        let found = items(&stream, Format::Jsonl, &Options::default());
        let [
            Item::Record(_),
            Item::Damaged {
                line,
                cause,
                cure,
                raw,
            },
            Item::Record(after),
        ] = found.as_slice()
        else {
            panic!("{}: {found:?}", json.escape_ascii())
        };
        assert_eq!(
            (*line, cause.as_str(), cure.as_deref()),
            (2, expected, expected_cure)
        );
        assert_eq!((raw.strip_suffix(b"\n"), after.line), (Some(json), 3));
        assert_eq!(rebuilt(&stream, Format::Jsonl, &Options::default()), stream);
    }
}

#[test]
fn marks_blank_lines_and_missing_ends_pass_through() {
    let stream = b"\xEF\xBB\xBF{\"text\":\"a\"}\r\n\n  \r\n{\"text\":\"b\"}";
    let bodies: Vec<_> = records(stream, Format::Jsonl, 64)
        .into_iter()
        .map(|r| (r.line, r.body))
        .collect();
    assert_eq!(bodies, [(1, b"a".to_vec()), (4, b"b".to_vec())]);
    assert_eq!(rebuilt(stream, Format::Jsonl, &Options::default()), stream);
}

#[test]
fn what_is_no_text_is_replaced_in_the_text_alone() {
    let stream = b"{\"x\":\"\xFF\",\"text\":\"a\xFF\\ud800\",\"y\":\"\\ud800\"}\n";
    let record = records(stream, Format::Jsonl, 1 << 10).remove(0);
    assert_eq!(record.body, "a\u{FFFD}\u{FFFD}".as_bytes());
    assert_eq!((record.replaced_bytes, record.lone_surrogates), (1, 1));
    let expected = [
        b"{\"x\":\"\xFF\",\"text\":\"",
        "a\u{FFFD}\u{FFFD}".as_bytes(),
        b"\",\"y\":\"\\ud800\"}\n",
    ]
    .concat();
    assert_eq!(
        rebuilt(stream, Format::Jsonl, &Options::default()),
        expected
    );
}

#[test]
fn a_record_that_is_too_long_passes_in_pieces() {
    let long = format!("{{\"text\":\"{}\"}}", "a".repeat(100));
    let stream = format!("{{\"text\":\"b\"}}\n{long}\n{{\"text\":\"c\"}}\n");
    let options = Options {
        max_document_bytes: 32,
        ..Options::default()
    };
    let found = items(stream.as_bytes(), Format::Jsonl, &options);
    let pieces = found
        .iter()
        .filter(|item| matches!(item, Item::Other { damaged: true, .. }))
        .count();
    assert_eq!(pieces, 3);
    assert!(matches!(&found[1], Item::Damaged { line: 2, raw, .. } if raw.len() == 32));
    assert!(matches!(found.last(), Some(Item::Record(record)) if record.line == 3));
    assert_eq!(
        rebuilt(stream.as_bytes(), Format::Jsonl, &options),
        stream.as_bytes()
    );
}
