//! JSON Lines: a line is a JSON object, one of whose fields is the document.
//!
//! - The field may lie inside objects (`meta.content`); a field whose own name is the whole dotted path counts first.
//!   A name given twice counts the last time, as for nearly all readers of JSON; the first passes through.
//! - Everything around the text passes through byte for byte and in its order, bytes that are no UTF-8 included. A
//!   text with nothing dropped keeps its escapes as they were. A changed one is escaped no more than JSON demands, or
//!   to ASCII alone if the old one was and needed it.
//! - Bytes of the text that are no UTF-8, and escapes of half a surrogate pair, are read as U+FFFD and counted; such a
//!   text is written as it was read, so that it is whole afterwards.
//! - Blank lines, and a byte order mark before the first record, pass through.
//! - A record that is no JSON, or has no text, or is longer than the limit, is [`Item::Damaged`]. Of one that is too
//!   long the rest follows as [`Item::Other`], in pieces.

mod scan;

use std::io::BufRead;
use std::ops::Range;

use super::input::{Input, LineStop};
use super::{Frame, Item, Part, Record};

/// Bytes of a piece of a record that is too long: what a pipe or a disk likes to be handed.
const PIECE_BYTES: usize = 64 << 10;

/// Fields that a message lists at most.
const FIELDS_TOLD: usize = 4;

const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// A JSON record around its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JsonFrame {
    /// The line with its end.
    raw: Vec<u8>,
    /// Where the text's value stands in it, with its quotes.
    value: Range<usize>,
}

pub(super) struct Jsonl {
    field: String,
    /// Lines before the present one.
    before: u64,
    /// Inside a record that is too long.
    overlong: bool,
}

impl Jsonl {
    pub fn new(field: &str) -> Self {
        Jsonl {
            field: field.into(),
            before: 0,
            overlong: false,
        }
    }

    pub fn next<R: BufRead>(&mut self, input: &mut Input<R>, limit: usize) -> Option<Item> {
        let mut raw = Vec::new();
        if self.overlong {
            let stop = input.take_line(limit.min(PIECE_BYTES), &mut raw);
            self.overlong = stop == LineStop::Limit;
            if !raw.is_empty() {
                return Some(Item::Other {
                    bytes: raw,
                    damaged: true,
                });
            }
        }
        let stop = input.take_line(limit, &mut raw);
        if raw.is_empty() {
            return None;
        }
        self.before += 1;
        if stop == LineStop::Limit && !input.at_end() {
            self.overlong = true;
            return Some(Item::Damaged {
                line: self.before,
                cause: format!("record longer than max_document_bytes ({limit})"),
                cure: Some("raise the limit".into()),
                raw,
            });
        }
        Some(self.item(raw))
    }

    fn item(&self, raw: Vec<u8>) -> Item {
        let start = if self.before == 1 && raw.starts_with(BYTE_ORDER_MARK) {
            BYTE_ORDER_MARK.len()
        } else {
            0
        };
        let json = &raw[start..];
        if json
            .iter()
            .all(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n'))
        {
            return Item::Other {
                bytes: raw,
                damaged: false,
            };
        }
        match self.locate(json) {
            Ok(found) => record(found, start, self.before, raw),
            Err((cause, cure)) => Item::Damaged {
                line: self.before,
                cause,
                cure,
                raw,
            },
        }
    }

    /// Where the text and the record's name for itself stand.
    fn locate(&self, json: &[u8]) -> Result<Found, (String, Option<String>)> {
        // Without the line end: at it the parser would begin to count anew.
        scan::check(json.trim_ascii_end()).map_err(|error| malformed(&error))?;
        let (first, rest) = match self.field.split_once('.') {
            Some((first, rest)) => (first, Some(rest)),
            None => (self.field.as_str(), None),
        };
        let Some([whole, step, id, url]) =
            scan::members(json, 0..json.len(), [&self.field, first, "id", "url"])
        else {
            return Err(("record is not a JSON object".into(), None));
        };
        let text = match (whole, rest) {
            (Some(whole), _) => Some(whole),
            (None, Some(rest)) => step.and_then(|range| inside(json, range, rest)),
            (None, None) => step,
        };
        match text {
            Some(text) if json.get(text.start) == Some(&b'"') => Ok(Found { text, id, url }),
            Some(text) => Err((
                format!(
                    "field `{}` is {}, not a string",
                    self.field,
                    kind(json, text.start)
                ),
                None,
            )),
            None => Err((format!("no field `{}`", self.field), other_fields(json))),
        }
    }
}

struct Found {
    text: Range<usize>,
    id: Option<Range<usize>>,
    url: Option<Range<usize>>,
}

/// The record of a line whose JSON begins at `start`.
fn record(found: Found, start: usize, line: u64, raw: Vec<u8>) -> Item {
    let json = &raw[start..];
    let text = scan::unescape(&json[found.text.clone()]);
    let scalar =
        |range: Option<Range<usize>>| range.and_then(|r| scan::scalar(&json[r])).map(String::from);
    let (id, url) = (scalar(found.id), scalar(found.url));
    let value = found.text.start + start..found.text.end + start;
    Item::Record(Record {
        id,
        url,
        replaced_bytes: text.replaced_bytes,
        lone_surrogates: text.lone_surrogates,
        ..Record::new(
            text.text.into_bytes(),
            line,
            Frame::Json(JsonFrame { raw, value }),
            Part::WHOLE,
        )
    })
}

/// Follows a dotted path into the object in `range`.
fn inside(json: &[u8], mut range: Range<usize>, path: &str) -> Option<Range<usize>> {
    for name in path.split('.') {
        let [found] = scan::members(json, range, [name])?;
        range = found?;
    }
    Some(range)
}

fn malformed(error: &serde_json::Error) -> (String, Option<String>) {
    let told = error.to_string();
    // The parser counts lines inside the record, which is one line.
    let what = told
        .rsplit_once(" at line ")
        .map_or(told.as_str(), |(what, _)| what);
    let cure = (error.column() == 1 || error.is_eof()).then(|| "one JSON object a line".into());
    (
        format!(
            "malformed JSON at column {}: {}",
            error.column(),
            lower_first(what)
        ),
        cure,
    )
}

/// Without a capital, if that begins a word and not an abbreviation.
fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    match (chars.next(), chars.clone().next()) {
        (Some(first), Some(second)) if !second.is_uppercase() => {
            first.to_lowercase().chain(chars).collect()
        }
        _ => text.into(),
    }
}

fn kind(json: &[u8], at: usize) -> &'static str {
    match json.get(at) {
        Some(b'{') => "an object",
        Some(b'[') => "an array",
        Some(b't' | b'f') => "a boolean",
        Some(b'n') => "null",
        _ => "a number",
    }
}

/// The fields that could have been meant.
fn other_fields(json: &[u8]) -> Option<String> {
    let mut names = scan::string_members(json, 0..json.len());
    if names.is_empty() {
        return None;
    }
    names.truncate(FIELDS_TOLD);
    Some(format!(
        "its strings are `{}`: name one as the text field",
        names.join("`, `")
    ))
}

impl JsonFrame {
    /// Appends the record with `text` in place of its text.
    pub(super) fn write(&self, record: &Record, text: &str, out: &mut Vec<u8>) {
        let untouched = record.replaced_bytes == 0
            && record.lone_surrogates == 0
            && text.as_bytes() == record.body;
        if untouched {
            out.extend_from_slice(&self.raw);
            return;
        }
        let old = &self.raw[self.value.clone()];
        let ascii = old.is_ascii() && !record.body.is_ascii();
        out.extend_from_slice(&self.raw[..self.value.start]);
        scan::escape(text, ascii, out);
        out.extend_from_slice(&self.raw[self.value.end..]);
    }
}

/// Appends a JSON string.
pub(super) fn write_string(text: &str, out: &mut Vec<u8>) {
    scan::escape(text, false, out);
}

#[cfg(test)]
mod tests;
