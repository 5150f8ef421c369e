//! What holds for every format, as properties.

use std::io::{self, BufRead, Read};

use proptest::prelude::*;

use super::{Format, Frame, Item, Options, Output, Reader, Record, write};

/// All items of a stream.
pub fn items(stream: &[u8], format: Format, options: &Options) -> Vec<Item> {
    read_all(Reader::new(stream, format, options.clone())).0
}

/// All records of a stream.
pub fn records(stream: &[u8], format: Format, max_document_bytes: usize) -> Vec<Record> {
    let options = Options {
        max_document_bytes,
        ..Options::default()
    };
    items(stream, format, &options)
        .into_iter()
        .filter_map(|item| {
            if let Item::Record(record) = item {
                Some(record)
            } else {
                None
            }
        })
        .collect()
}

/// The stream written again with nothing dropped and damaged records passed.
pub fn rebuilt(stream: &[u8], format: Format, options: &Options) -> Vec<u8> {
    let mut out = Vec::new();
    for item in items(stream, format, options) {
        match item {
            Item::Record(record) => match std::str::from_utf8(&record.body) {
                Ok(text) if record.declared.is_none() => {
                    write(&record, None, text, Output::Same, &mut out)
                }
                // What decoding would do is not this room's: the body stands for itself.
                _ => write_raw(&record, &mut out),
            },
            Item::Damaged { raw: bytes, .. } | Item::Other { bytes, .. } => out.extend(bytes),
            Item::Skipped { .. } => {}
        }
    }
    out
}

fn write_raw(record: &Record, out: &mut Vec<u8>) {
    match &record.frame {
        Frame::Plain => out.extend_from_slice(&record.body),
        Frame::Line(end) => {
            out.extend_from_slice(&record.body);
            for byte in end.as_str().bytes() {
                match record.declared.as_deref() {
                    None => out.push(byte),
                    Some("utf-16le") => out.extend([byte, 0]),
                    Some("utf-16be") => out.extend([0, byte]),
                    Some("utf-32le") => out.extend([byte, 0, 0, 0]),
                    other => {
                        assert_eq!(other, Some("utf-32be"));
                        out.extend([0, 0, 0, byte]);
                    }
                }
            }
        }
        Frame::Warc(frame) => frame.write_as_read(record, out),
        Frame::Json(_) | Frame::Row { .. } => unreachable!("always UTF-8, or no stream"),
    }
}

fn read_all<R: BufRead>(mut reader: Reader<R>) -> (Vec<Item>, Option<io::Error>) {
    let mut found = Vec::new();
    loop {
        match reader.next() {
            Ok(Some(item)) => found.push(item),
            Ok(None) => return (found, None),
            Err(error) => return (found, Some(error)),
        }
    }
}

/// Hands out a stream in chunks of the given sizes, then fails if it is told to.
struct Chunks<'a> {
    rest: &'a [u8],
    sizes: std::iter::Cycle<std::vec::IntoIter<usize>>,
    ready: usize,
    fails: bool,
}

impl<'a> Chunks<'a> {
    fn new(rest: &'a [u8], sizes: Vec<usize>, fails: bool) -> Self {
        Chunks {
            rest,
            sizes: sizes.into_iter().cycle(),
            ready: 0,
            fails,
        }
    }
}

impl Read for Chunks<'_> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let ready = self.fill_buf()?;
        let n = ready.len().min(buf.len());
        buf[..n].copy_from_slice(&ready[..n]);
        self.consume(n);
        Ok(n)
    }
}

impl BufRead for Chunks<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.ready == 0 {
            match self.sizes.next() {
                Some(0) => return Err(io::ErrorKind::Interrupted.into()),
                size => self.ready = size.unwrap_or(1).min(self.rest.len()),
            }
        }
        if self.rest.is_empty() && self.fails {
            return Err(io::Error::other("the disk is gone"));
        }
        Ok(&self.rest[..self.ready])
    }

    fn consume(&mut self, amount: usize) {
        self.rest = &self.rest[amount..];
        self.ready -= amount;
    }
}

/// Streams that lie near what the formats look for.
fn stream() -> impl Strategy<Value = Vec<u8>> {
    let pieces = prop_oneof![
        prop_oneof![
            Just("\n"),
            Just("\r\n"),
            Just("\r"),
            Just(" "),
            Just("\n\n"),
            Just("\r\n\r\n"),
            Just("\0")
        ]
        .prop_map(|s| s.as_bytes().to_vec()),
        prop_oneof![
            Just(r#"{"text":"a\n\u00e9"}"#),
            Just(r#"{"id":1,"text":"words of some length","b":{"text":[]}}"#),
            Just(r#"{"text":1}"#),
            Just(r#"{"text":"#),
            Just("\u{FEFF}"),
        ]
        .prop_map(|s| s.as_bytes().to_vec()),
        prop_oneof![
            Just("WARC/1.0\r\n"),
            Just("WARC-Type: conversion\r\n"),
            Just("WARC-Type: response\r\nContent-Type: application/http\r\n"),
            Just("WARC-Type: warcinfo\r\n"),
            Just("Content-Length: 5\r\n"),
            Just("Content-Length: 80\r\n"),
            Just("HTTP/1.1 200 OK\r\n"),
            Just("Content-Type: text/plain; charset=latin1\r\n"),
            Just("Transfer-Encoding: chunked\r\n"),
            Just("5\r\nhello\r\n0\r\n\r\n"),
            Just("hello"),
        ]
        .prop_map(|s| s.as_bytes().to_vec()),
        "[a-zäß \u{4e00}]{0,40}".prop_map(String::into_bytes),
        proptest::collection::vec(any::<u8>(), 0..12),
    ];
    proptest::collection::vec(pieces, 0..24).prop_map(|pieces| pieces.concat())
}

/// The formats that lie in a stream; tables have properties of their own, beside them.
fn format() -> impl Strategy<Value = Format> {
    proptest::sample::select(vec![
        Format::Plain,
        Format::Lines,
        Format::Jsonl,
        Format::Warc,
    ])
}

fn options(max_document_bytes: usize) -> Options {
    Options {
        max_document_bytes,
        ..Options::default()
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn chunks_do_not_matter(
        stream in stream(),
        format in format(),
        limit in 16usize..200,
        sizes in proptest::collection::vec(0usize..9, 1..8),
    ) {
        let sizes = if sizes.iter().all(|&size| size == 0) { vec![0, 1] } else { sizes };
        let reader = Reader::new(Chunks::new(&stream, sizes, false), format, options(limit));
        prop_assert_eq!(read_all(reader).0, items(&stream, format, &options(limit)));
    }

    #[test]
    fn nothing_is_lost(stream in stream(), limit in 16usize..200) {
        for format in [Format::Plain, Format::Lines, Format::Jsonl] {
            prop_assert_eq!(
                rebuilt(&stream, format, &options(limit)).escape_ascii().to_string(),
                stream.escape_ascii().to_string(),
                "{}", format
            );
        }
    }

    #[test]
    fn nothing_of_an_archive_is_lost(stream in stream()) {
        let mut out = Vec::new();
        for item in items(&stream, Format::Warc, &Options::default()) {
            match item {
                Item::Record(record) => write_raw(&record, &mut out),
                Item::Damaged { raw: bytes, .. } | Item::Other { bytes, .. } => out.extend(bytes),
                Item::Skipped { .. } => {}
            }
        }
        prop_assert_eq!(out.escape_ascii().to_string(), stream.escape_ascii().to_string());
    }

    #[test]
    fn memory_is_bounded(stream in stream(), format in format(), limit in 16usize..100) {
        for item in items(&stream, format, &options(limit)) {
            let bytes = match item {
                Item::Record(record) => record.body.len(),
                Item::Damaged { raw: bytes, .. } | Item::Other { bytes, .. } => bytes.len(),
                Item::Skipped { .. } => 0,
            };
            // A line end and a code unit may come on top; WARC headers have a bound of their own.
            prop_assert!(format == Format::Warc || bytes <= limit + 4);
        }
    }

    #[test]
    fn an_error_comes_after_what_was_read(stream in stream(), format in format()) {
        let whole = items(&stream, format, &Options::default());
        let (found, error) = read_all(Reader::new(Chunks::new(&stream, vec![7], true), format, Options::default()));
        prop_assert_eq!(found, whole);
        prop_assert_eq!(error.map(|e| e.to_string()), Some("the disk is gone".to_string()));
    }
}
