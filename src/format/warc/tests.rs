use proptest::prelude::*;

use super::super::contract::{items, rebuilt, records};
use super::super::{Format, Item, Options, Output, write};

/// A well-formed record.
fn record(kind: &str, fields: &str, block: &str) -> String {
    let length = block.len();
    format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{length}>\r\n{fields}Content-Length: {length}\r\n\r\n{block}\r\n\r\n"
    )
}

fn wet(text: &str) -> String {
    record(
        "conversion",
        "WARC-Target-URI: https://example.org/\r\nContent-Type: text/plain\r\n",
        text,
    )
}

fn answer(header: &str, body: &str) -> String {
    record(
        "response",
        "WARC-Block-Digest: sha1:AAAA\r\nContent-Type: application/http; msgtype=response\r\n",
        &format!("HTTP/1.1 200 OK\r\n{header}\r\n\r\n{body}"),
    )
}

/// Items in short: `document text`, `damaged cause`, `skipped cause`, `other`.
fn told(stream: &str, limit: usize) -> Vec<String> {
    let options = Options {
        max_document_bytes: limit,
        ..Options::default()
    };
    items(stream.as_bytes(), Format::Warc, &options)
        .into_iter()
        .map(|item| match item {
            Item::Record(record) => format!(
                "{} document {}",
                record.line,
                String::from_utf8_lossy(&record.body)
            ),
            Item::Damaged { line, cause, .. } => format!("{line} damaged {cause}"),
            Item::Skipped { line, cause } => format!("{line} skipped {cause}"),
            Item::Other { damaged: true, .. } => "more of it".into(),
            Item::Other { .. } => "other".into(),
        })
        .collect()
}

#[test]
fn documents_are_found() {
    let stream = [
        record("warcinfo", "", "software: a"),
        wet("Rain.\n"),
        record(
            "request",
            "Content-Type: application/http\r\n",
            "GET / HTTP/1.1\r\n\r\n",
        ),
        answer("Content-Type: text/plain; charset=koi8-r", "Snow."),
        answer("Content-Type: text/html", "<p>Hail."),
        answer(
            "Content-Type: text/plain\r\nTransfer-Encoding: chunked",
            "5\r\nSleet\r\n1\r\n.\r\n0\r\n\r\n",
        ),
        record(
            "resource",
            "Content-Type: text/plain; charset=latin1\r\n",
            "Fog.",
        ),
        record("metadata", "Content-Type: text/plain\r\n", "a: b"),
    ]
    .concat();
    assert_eq!(
        told(&stream, 1 << 10),
        [
            "other",
            "2 document Rain.\n",
            "other",
            "4 document Snow.",
            "5 skipped html response",
            "other",
            "6 document Sleet.",
            "7 document Fog.",
            "other"
        ]
    );
    let found = records(stream.as_bytes(), Format::Warc, 1 << 10);
    let declared: Vec<_> = found.iter().map(|r| r.declared.as_deref()).collect();
    assert_eq!(declared, [None, Some("koi8-r"), None, Some("latin1")]);
    assert_eq!(found[0].url.as_deref(), Some("https://example.org/"));
    assert_eq!(found[0].id.as_deref(), Some("<urn:uuid:6>"));
    assert_eq!(
        rebuilt(stream.as_bytes(), Format::Warc, &Options::default()),
        stream.as_bytes()
    );
}

#[test]
fn a_changed_record_tells_its_new_length() {
    let cases = [
        (wet("Rain. Cookies?"), wet("Rain.").replace(":5>", ":14>")),
        (
            answer(
                "Content-Type: text/plain; charset=latin1\r\nContent-Length: 14",
                "Rain. Cookies?",
            ),
            answer(
                "Content-Type: text/plain; charset=utf-8\r\nContent-Length: 5",
                "Rain.",
            )
            .replace("WARC-Block-Digest: sha1:AAAA\r\n", "")
            .replace("urn:uuid:84", "urn:uuid:95"),
        ),
        (
            answer(
                "Transfer-Encoding: chunked\r\nContent-Type: text/plain",
                "5\r\nRain?\r\n0\r\n\r\n",
            ),
            answer("Content-Type: text/plain", "Rain.")
                .replace("WARC-Block-Digest: sha1:AAAA\r\n", "")
                .replace("urn:uuid:50", "urn:uuid:88"),
        ),
    ];
    for (stream, expected) in cases {
        let found = records(stream.as_bytes(), Format::Warc, 1 << 10);
        let mut out = Vec::new();
        write(&found[0], None, "Rain.", Output::Same, &mut out);
        assert_eq!(String::from_utf8_lossy(&out), expected);
    }
}

#[test]
fn damage_stays_where_it_is() {
    let lies = |text: &str, length: &str| {
        wet(text).replace(
            &format!("Length: {}\r", text.len()),
            &format!("Length: {length}\r"),
        )
    };
    let cases = [
        (
            "too short",
            lies("Rain and snow.", "4") + &wet("Hail."),
            vec![
                "1 document Rain",
                "2 damaged expected a WARC header",
                "2 document Hail.",
            ],
        ),
        (
            "too long",
            lies("Rain.", "12") + &wet("Hail."),
            vec![
                "1 damaged Content-Length reaches into the next record",
                "1 document Rain.",
                "2 document Hail.",
            ],
        ),
        (
            "much too long",
            lies("Rain.", "90") + &wet("Hail.") + &wet("Fog."),
            vec![
                "1 damaged Content-Length reaches into the next record",
                "1 document Rain.",
                "2 document Hail.",
                "3 document Fog.",
            ],
        ),
        (
            "longer than the stream",
            lies("Rain.", "900") + &wet("Hail."),
            vec![
                "1 damaged Content-Length reaches into the next record",
                "1 document Rain.",
                "2 document Hail.",
            ],
        ),
        (
            "no number",
            lies("Rain.", "-5") + &wet("Hail."),
            vec![
                "1 damaged Content-Length is not a number",
                "more of it",
                "2 document Hail.",
            ],
        ),
        (
            "none",
            wet("Rain.").replace("Content-Length", "Length") + &wet("Hail."),
            vec![
                "1 damaged record without a Content-Length",
                "more of it",
                "2 document Hail.",
            ],
        ),
        (
            "no end of header",
            "WARC/1.0\r\nWARC-Type: conversion\r\n".to_string() + &wet("Hail."),
            vec!["1 damaged header without an end", "2 document Hail."],
        ),
        (
            "garbage",
            "Rain.\n".to_string() + &wet("Hail."),
            vec!["1 damaged expected a WARC header", "1 document Hail."],
        ),
        (
            "cut",
            wet("Rain.")[..wet("Rain.").len() - 6].to_string(),
            vec![
                "1 damaged stream ends 2 bytes before the record does",
                "1 document Rai",
            ],
        ),
        (
            "cut in the header",
            wet("Rain.")[..40].to_string(),
            vec!["1 damaged stream ends inside a header"],
        ),
        (
            "cut behind the block",
            wet("Rain.")[..wet("Rain.").len() - 4].to_string(),
            vec!["1 document Rain."],
        ),
        (
            "no answer",
            record("response", "", "Rain.") + &wet("Hail."),
            vec![
                "1 damaged response without an HTTP header",
                "2 document Hail.",
            ],
        ),
        (
            "cut chunks",
            answer(
                "Content-Type: text/plain\r\nTransfer-Encoding: chunked",
                "9\r\nRain",
            ) + &wet("Hail."),
            vec![
                "1 damaged chunked body ends early",
                "1 document Rain",
                "2 document Hail.",
            ],
        ),
    ];
    for (what, stream, expected) in cases {
        assert_eq!(told(&stream, 1 << 10), expected, "{what}");
    }
}

#[test]
fn a_record_with_a_wrong_length_is_written_with_the_right_one() {
    let stream = wet("Rain.").replace("Length: 5\r", "Length: 900\r") + &wet("Hail.");
    let mended = wet("Rain.") + &wet("Hail.");
    assert_eq!(
        String::from_utf8_lossy(&rebuilt(
            stream.as_bytes(),
            Format::Warc,
            &Options::default()
        )),
        mended
    );
}

#[test]
fn long_records_pass_in_pieces_and_long_documents_in_parts() {
    let text = "Rain all day. ".repeat(9);
    let stream = [record("metadata", "", &text), wet(&text), wet("Hail.")].concat();
    let found = told(&stream, 64);
    assert_eq!(
        found,
        [
            "other".into(),
            "other".into(),
            format!("2 document {}", "Rain all day. ".repeat(4) + "Rain "),
            format!(
                "2 document {}",
                "all day. ".to_string() + &"Rain all day. ".repeat(3) + "Rain all "
            ),
            "2 document day. ".into(),
            "3 document Hail.".to_string(),
        ]
    );
    let parts = records(stream.as_bytes(), Format::Warc, 64);
    let mut out = Vec::new();
    for part in &parts {
        write(
            part,
            None,
            &String::from_utf8_lossy(&part.body),
            Output::Same,
            &mut out,
        );
    }
    let again = records(&out, Format::Warc, 1 << 10);
    let joined: Vec<u8> = again[..3]
        .iter()
        .flat_map(|part| part.body.clone())
        .collect();
    assert_eq!(String::from_utf8_lossy(&joined), text);
    assert!(
        String::from_utf8_lossy(&out).contains("\r\nWARC-Segment-Number: 3\r\n\r\nday. \r\n\r\n")
    );
}

proptest! {
    #[test]
    fn sound_archives_come_back(
        texts in proptest::collection::vec(("[a-zé\r\n]{0,80}", 0u8..6), 0..6),
    ) {
        let stream: String = texts
            .iter()
            .map(|(text, kind)| match kind {
                0 => record("request", "", text),
                1 => answer("Content-Type: text/html", text),
                2 => answer("Content-Type: text/plain", text),
                3 => answer(
                    "Content-Type: text/plain\r\nTransfer-Encoding: chunked",
                    &format!("{:x}\r\n{text}\r\n0\r\n\r\n", text.len()),
                ),
                _ => wet(text),
            })
            .collect();
        let again = rebuilt(stream.as_bytes(), Format::Warc, &Options::default());
        prop_assert_eq!(String::from_utf8_lossy(&again), stream);
    }
}
