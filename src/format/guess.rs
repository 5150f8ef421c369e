//! `--format auto`: the format of a file from its name and its first bytes.

use std::fmt;
use std::str::FromStr;

use serde::de::IgnoredAny;

use super::Format;

/// Endings of names that only say how the file was packed.
const PACKED: [&str; 6] = ["gz", "zst", "zstd", "bz2", "xz", "part"];

impl Format {
    /// All formats, in the order in which they are told of.
    pub const ALL: [Format; 5] = [
        Format::Plain,
        Format::Lines,
        Format::Jsonl,
        Format::Warc,
        Format::Parquet,
    ];

    /// Its name in settings and options.
    pub fn name(self) -> &'static str {
        match self {
            Format::Plain => "plain",
            Format::Lines => "lines",
            Format::Jsonl => "jsonl",
            Format::Warc => "warc",
            Format::Parquet => "parquet",
        }
    }

    /// What [`Record::line`](super::Record::line) counts.
    pub fn counts(self) -> &'static str {
        match self {
            Format::Warc => "record",
            Format::Parquet => "row",
            _ => "line",
        }
    }

    /// The format of a file, by its name and its first bytes (unpacked; a few thousand tell enough). A stream without
    /// a name is plain: what a pipe holds is for its user to say.
    pub fn guess(name: Option<&str>, head: &[u8]) -> Format {
        let Some(name) = name else {
            return Format::Plain;
        };
        if head.starts_with(b"WARC/1.") || head.starts_with(b"WARC/0.") {
            return Format::Warc;
        }
        if head.starts_with(b"PAR1") {
            return Format::Parquet;
        }
        let name = name
            .rsplit(['/', '\\'])
            .next()
            .unwrap_or(name)
            .to_ascii_lowercase();
        let mut endings = name.rsplit('.').filter(|ending| !PACKED.contains(ending));
        match endings.next() {
            Some("jsonl" | "ndjson" | "jsonlines" | "ldjson") => Format::Jsonl,
            Some("warc" | "wet") => Format::Warc,
            Some("json") if begins_with_object_line(head) => Format::Jsonl,
            _ => Format::Plain,
        }
    }
}

/// Whether the first line is a JSON object, as in many a `.json` that holds lines of them.
fn begins_with_object_line(head: &[u8]) -> bool {
    let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head);
    match memchr::memchr(b'\n', head) {
        Some(end) => {
            head.starts_with(b"{") && serde_json::from_slice::<IgnoredAny>(&head[..end]).is_ok()
        }
        // A line longer than the head: objects laid out for reading break the line behind the brace.
        None => head.starts_with(b"{\""),
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Format {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        let known = Format::ALL.into_iter().find(|format| format.name() == name);
        known.ok_or_else(|| {
            format!("unknown format `{name}` (plain, lines, jsonl, warc or parquet)")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_first_bytes_tell_the_format() {
        let cases: [(Option<&str>, &[u8], Format); 16] = [
            (None, b"WARC/1.0\r\n", Format::Plain),
            (None, b"{\"text\":\"a\"}\n", Format::Plain),
            (Some("a.txt"), b"{\"text\":\"a\"}\n", Format::Plain),
            (Some("a"), b"WARC/1.0\r\n", Format::Warc),
            (Some("a.txt"), b"WARC/1.1\r\n", Format::Warc),
            (Some("part-0"), b"PAR1\x15\x04", Format::Parquet),
            (None, b"PAR1\x15\x04", Format::Plain),
            (Some("CC-MAIN-1.warc.wet.gz"), b"", Format::Warc),
            (Some("b/a.JSONL"), b"", Format::Jsonl),
            (Some("b/a.jsonl.zst"), b"", Format::Jsonl),
            (Some("a.ndjson"), b"", Format::Jsonl),
            (Some("a.json"), b"{\"a\":1}\n{\"a\":2}\n", Format::Jsonl),
            (Some("a.json"), b"{\"a\":\"long", Format::Jsonl),
            (Some("a.json"), b"{\n  \"a\": 1\n}\n", Format::Plain),
            (Some("jsonl/a"), b"", Format::Plain),
            (Some("gz"), b"", Format::Plain),
        ];
        for (name, head, format) in cases {
            assert_eq!(Format::guess(name, head), format, "{name:?}");
        }
    }

    #[test]
    fn names_lead_back() {
        for format in Format::ALL {
            assert_eq!(format.name().parse(), Ok(format));
        }
        assert!("html".parse::<Format>().is_err());
    }
}
