//! What was kept of a document, back into the stream.

use super::cell::Cell;
use super::jsonl::write_string;
use super::{Frame, Record};

/// How documents lie in the output.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Output {
    /// As in the input: see each format; a row of a table as a [`Cell`]. A document with nothing kept leaves its frame (an empty line, a record with
    /// an empty text).
    #[default]
    Same,
    /// The text alone, as `cat` would give it. Of lines, JSON Lines and WARC each document ends in a line end, one being
    /// added where there is none; after those of JSON Lines and WARC an empty line follows. A document with nothing
    /// kept leaves nothing.
    Text,
    /// A JSON object a line: a record of JSON Lines as in [`Output::Same`]; of other formats
    /// `{"id", "path", "url", "part", "text"}`, where each but the text is left out if there is none. `part` counts the
    /// parts of a document that was cut, from 0.
    Jsonl,
}

/// Appends a record to `out`, with `text` as what was kept of its text. `path` is what [`Output::Jsonl`] says of where
/// it came from.
pub fn write(record: &Record, path: Option<&str>, text: &str, output: Output, out: &mut Vec<u8>) {
    match output {
        Output::Same => match &record.frame {
            Frame::Plain => out.extend_from_slice(text.as_bytes()),
            Frame::Line(end) => {
                out.extend_from_slice(text.as_bytes());
                out.extend_from_slice(end.as_str().as_bytes());
            }
            Frame::Json(frame) => frame.write(record, text, out),
            Frame::Warc(frame) => frame.write(record, text, out),
            Frame::Row { .. } => Cell::write_text(text.as_bytes(), record.part.last, out),
        },
        Output::Text => write_text(record, text, out),
        Output::Jsonl => write_jsonl(record, path, text, out),
    }
}

fn write_text(record: &Record, text: &str, out: &mut Vec<u8>) {
    out.extend_from_slice(text.as_bytes());
    if !record.part.last || text.is_empty() || record.frame == Frame::Plain {
        return;
    }
    if !text.ends_with('\n') {
        out.push(b'\n');
    }
    if !matches!(record.frame, Frame::Line(_)) {
        out.push(b'\n');
    }
}

fn write_jsonl(record: &Record, path: Option<&str>, text: &str, out: &mut Vec<u8>) {
    if let Frame::Json(frame) = &record.frame {
        frame.write(record, text, out);
        if out.last() != Some(&b'\n') {
            out.push(b'\n');
        }
        return;
    }
    out.push(b'{');
    for (name, value) in [
        ("id", record.id.as_deref()),
        ("path", path),
        ("url", record.url.as_deref()),
    ] {
        if let Some(value) = value {
            out.extend_from_slice(format!("\"{name}\":").as_bytes());
            write_string(value, out);
            out.push(b',');
        }
    }
    if !record.part.is_whole() {
        out.extend_from_slice(format!("\"part\":{},", record.part.index).as_bytes());
    }
    out.extend_from_slice(b"\"text\":");
    write_string(text, out);
    out.extend_from_slice(b"}\n");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::lines::LineEnd;
    use crate::format::{Format, Part, contract::records};

    fn written(record: &Record, text: &str, output: Output) -> String {
        let mut out = Vec::new();
        write(record, Some("a/b.txt"), text, output, &mut out);
        String::from_utf8(out).unwrap_or_default()
    }

    #[test]
    fn frames_and_outputs() {
        let plain = Record::new(b"a".to_vec(), 1, Frame::Plain, Part::WHOLE);
        let line = Record::new(b"a".to_vec(), 1, Frame::Line(LineEnd::CrLf), Part::WHOLE);
        let json = records(b"{\"text\":\"a\",\"n\":1}", Format::Jsonl, 64).remove(0);
        let cases = [
            (
                &plain,
                "b",
                ["b", "b", "{\"path\":\"a/b.txt\",\"text\":\"b\"}\n"],
            ),
            (
                &plain,
                "",
                ["", "", "{\"path\":\"a/b.txt\",\"text\":\"\"}\n"],
            ),
            (
                &line,
                "b\"",
                [
                    "b\"\r\n",
                    "b\"\n",
                    "{\"path\":\"a/b.txt\",\"text\":\"b\\\"\"}\n",
                ],
            ),
            (
                &line,
                "",
                ["\r\n", "", "{\"path\":\"a/b.txt\",\"text\":\"\"}\n"],
            ),
            (
                &json,
                "b\n",
                [
                    "{\"text\":\"b\\n\",\"n\":1}",
                    "b\n\n",
                    "{\"text\":\"b\\n\",\"n\":1}\n",
                ],
            ),
            (
                &json,
                "",
                ["{\"text\":\"\",\"n\":1}", "", "{\"text\":\"\",\"n\":1}\n"],
            ),
        ];
        for (record, text, expected) in cases {
            let found = [Output::Same, Output::Text, Output::Jsonl]
                .map(|output| written(record, text, output));
            assert_eq!(found, expected);
        }
    }

    #[test]
    fn parts_are_counted_and_join() {
        let part = Record {
            id: Some("7".into()),
            ..Record::new(
                b"a".to_vec(),
                1,
                Frame::Line(LineEnd::None),
                Part {
                    index: 1,
                    last: false,
                },
            )
        };
        assert_eq!(written(&part, "a", Output::Text), "a");
        assert_eq!(
            written(&part, "a", Output::Jsonl),
            "{\"id\":\"7\",\"path\":\"a/b.txt\",\"part\":1,\"text\":\"a\"}\n"
        );
    }
}
