//! How documents lie in a byte stream: one file per format, reading and writing.
//!
//! [`Reader`] pulls [`Item`]s out of a stream; each [`Record`] is a document as it lay there, with the [`Frame`] that
//! surrounded it. [`write`](write()) puts what was kept of a document's text back into its frame. Nothing here knows
//! paths, the terminal, threads or encodings: a record's body is bytes, and `decode` makes text of them.
//!
//! ```
//! use cleanfilter::format::{Format, Item, Options, Output, Reader, write};
//!
//! let stream = &b"{\"id\": 7, \"text\": \"Rain.\\nCookies?\", \"source\": \"a\"}\n"[..];
//! let mut reader = Reader::new(stream, Format::Jsonl, Options::default());
//! let mut out = Vec::new();
//! while let Some(item) = reader.next()? {
//!     if let Item::Record(record) = item {
//!         assert_eq!(record.body, b"Rain.\nCookies?");
//!         write(&record, None, "Rain.", Output::Same, &mut out);
//!     }
//! }
//! assert_eq!(out, b"{\"id\": 7, \"text\": \"Rain.\", \"source\": \"a\"}\n");
//! # Ok::<(), std::io::Error>(())
//! ```
//!
//! What holds for every format:
//! - Memory is bounded by [`Options::max_document_bytes`] (a small multiple of it), whatever the stream holds.
//! - A record comes out as soon as its end has been seen (WARC: as soon as the next record has begun).
//! - Items do not depend on the sizes of the chunks in which the stream arrives.
//! - All items written back in order, with nothing dropped and nothing to be replaced, are the stream byte for byte.
//!   The exceptions are named where they arise ([`jsonl`], [`warc`]).
//! - When the stream breaks (a truncated archive, a failing disk), what was read of the last record is still yielded,
//!   and the error comes after it.

pub mod cell;
mod guess;
mod input;
pub mod jsonl;
pub mod lines;
#[cfg(feature = "parquet")]
pub mod parquet;
pub mod plain;
mod unit;
pub mod warc;
mod write;

#[cfg(test)]
mod contract;

use std::io::{self, BufRead};

use serde::{Deserialize, Serialize};

use input::Input;
pub use write::{Output, write};

/// How documents lie in a stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// The whole stream is one document.
    Plain,
    /// A line is a document.
    Lines,
    /// A line is a JSON object, one of whose fields is the document.
    Jsonl,
    /// Web archives (WARC/1.0, WARC/1.1) and the text extracted from them (WET).
    Warc,
    /// A row of a table is a document, one of whose columns is its text. A table is read from a file and not from a
    /// stream: see the module `parquet`, of the feature of that name.
    Parquet,
}

/// What a reader of formats can be told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// JSON Lines: the field that holds the text. A field of exactly this name counts first; else dots reach inside
    /// objects.
    pub text_field: String,
    /// The longest document, in bytes as it lies in the stream. A longer one of plain, lines or WARC is cut into
    /// parts; a longer record of JSON Lines is passed over. Below 16 it counts as 16.
    pub max_document_bytes: usize,
    /// The longest part that a document of plain or lines is worked on in, where that is less: so all threads have a
    /// share in one large file.
    pub max_part_bytes: usize,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            text_field: String::from("text"),
            // Some 30 long novels: no record that a person wrote is too long.
            max_document_bytes: 64 << 20,
            // One or two long novels; a longer file is a collection.
            max_part_bytes: 4 << 20,
        }
    }
}

impl Options {
    /// The limit in whole code units of every encoding, so that a part that is full ends where a unit of UTF-16 or
    /// UTF-32 does.
    fn limit(&self) -> usize {
        self.max_document_bytes.max(16) & !3
    }

    /// The same for parts of plain and lines.
    fn part_limit(&self) -> usize {
        self.limit().min(self.max_part_bytes.max(16) & !3)
    }
}

/// A document as it lies in the stream, with what is needed to write it back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// The document's bytes: undecoded for plain, lines and WARC; for JSON Lines the unescaped text field, which is
    /// always valid UTF-8.
    pub body: Vec<u8>,
    /// The record's name for itself: `id` of JSON Lines, `WARC-Record-ID`.
    pub id: Option<String>,
    /// Where it came from: `url` of JSON Lines, `WARC-Target-URI`.
    pub url: Option<String>,
    /// The encoding that the stream declares for this record: the charset of an HTTP or WARC header; `utf-16le` and
    /// its like for lines whose stream is in such an encoding, because one line alone would not show it.
    pub declared: Option<String>,
    /// Where it starts, from 1: a line, or for WARC a record.
    pub line: u64,
    /// What surrounds it.
    pub frame: Frame,
    /// Which part of a document it is.
    pub part: Part,
    /// Bytes of a JSON text field that were no UTF-8 and stand as U+FFFD in the body.
    pub replaced_bytes: u64,
    /// Escapes of a JSON text field that were half a surrogate pair and stand as U+FFFD in the body.
    pub lone_surrogates: u64,
}

/// Which part of a document a record is; a document within the limit is one part, first and last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// From 0.
    pub index: u32,
    /// Whether the document ends with it.
    pub last: bool,
}

impl Part {
    /// A document in one piece.
    pub const WHOLE: Part = Part {
        index: 0,
        last: true,
    };

    /// Whether the document is in one piece.
    pub fn is_whole(self) -> bool {
        self == Part::WHOLE
    }
}

/// What surrounds a document in the stream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Frame {
    /// Nothing.
    Plain,
    /// A line end.
    Line(lines::LineEnd),
    /// The rest of a JSON record.
    Json(jsonl::JsonFrame),
    /// The headers of a WARC record.
    Warc(Box<warc::WarcFrame>),
    /// A row of a table, whose other columns are not touched.
    Row {
        /// Whether its text is a string, and not bytes in some encoding.
        is_text: bool,
    },
}

/// What a reader finds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Item {
    /// A document, or a part of one.
    Record(Record),
    /// A record that cannot be read, or can be read only in part (then `raw` is empty, and what could be read follows as
    /// an [`Item::Record`]).
    Damaged {
        /// Where it starts, from 1: a line, or for WARC a record.
        line: u64,
        /// What is wrong with it, in lower case, without a full stop.
        cause: String,
        /// What a user can do.
        cure: Option<String>,
        /// Its bytes, at most about [`Options::max_document_bytes`]; what is longer follows as [`Item::Other`].
        raw: Vec<u8>,
    },
    /// A record that is well, and that holds no document that can be read yet. Its bytes follow as [`Item::Other`].
    Skipped {
        /// Where it starts, from 1.
        line: u64,
        /// What it is, to be counted: `html response`.
        cause: &'static str,
    },
    /// Bytes between documents: blank lines, records of other kinds. They belong on an output that lies as the input.
    Other {
        /// The bytes, at most about [`Options::max_document_bytes`].
        bytes: Vec<u8>,
        /// Whether they are more of the [`Item::Damaged`] that came last, and share its fate.
        damaged: bool,
    },
}

/// Pulls items out of a stream.
pub struct Reader<R> {
    input: Input<R>,
    options: Options,
    state: State,
}

/// The state of the format that is read.
enum State {
    Plain(plain::Plain),
    Lines(lines::Lines),
    Jsonl(jsonl::Jsonl),
    Warc(Box<warc::Warc>),
    /// No stream.
    Parquet,
}

impl<R: BufRead> Reader<R> {
    /// A reader at the start of a stream.
    pub fn new(input: R, format: Format, options: Options) -> Self {
        let state = match format {
            Format::Plain => State::Plain(plain::Plain::default()),
            Format::Lines => State::Lines(lines::Lines::default()),
            Format::Jsonl => State::Jsonl(jsonl::Jsonl::new(&options.text_field)),
            Format::Warc => State::Warc(Box::default()),
            Format::Parquet => State::Parquet,
        };
        let mut input = Input::new(input);
        if format == Format::Parquet {
            input.put_back_error(io::Error::new(
                io::ErrorKind::Unsupported,
                "a Parquet file cannot be read as a stream: its index is at its end (name the file)",
            ));
        }
        Reader {
            input,
            options,
            state,
        }
    }

    /// The next item; `None` at the end of the stream.
    ///
    /// # Errors
    /// An error of the stream, once, after everything that was read before it.
    #[allow(clippy::should_implement_trait)] // as in `BufRead`: the error is about the stream and not about an item
    pub fn next(&mut self) -> io::Result<Option<Item>> {
        let (limit, part) = (self.options.limit(), self.options.part_limit());
        let item = match &mut self.state {
            State::Plain(plain) => plain.next(&mut self.input, part),
            State::Lines(lines) => lines.next(&mut self.input, part),
            State::Jsonl(jsonl) => jsonl.next(&mut self.input, limit),
            State::Warc(warc) => warc.next(&mut self.input, limit),
            State::Parquet => None,
        };
        match (item, self.input.error()) {
            (None, Some(error)) => Err(error),
            (item, None) => Ok(item),
            (item, Some(error)) => {
                self.input.put_back_error(error);
                Ok(item)
            }
        }
    }
}
