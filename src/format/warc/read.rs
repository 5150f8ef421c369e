//! A WARC record's bytes: its header, its block, and how far to believe its length.

use std::io::BufRead;

use memchr::memmem;

use super::super::input::{Input, LineStop};
use super::header::{charset, is_type, value};
use super::http::{Response, response};

/// The longest header: a hundred times that of a crawler with its longest URL.
const HEAD_BYTES: usize = 256 << 10;

/// Bytes of a piece of a record that passes through: what a pipe or a disk likes to be handed.
const PIECE_BYTES: usize = 64 << 10;

/// Line ends that may follow a record; the standard has four bytes of them.
const TAIL_BYTES: usize = 64;

/// Bytes in which a record's first line and the name of its first field stand.
const BEGINNING_BYTES: usize = 32;

const MAGIC: &[u8] = b"WARC/";

/// What stands at the start of a record.
pub enum Next {
    /// Something that does not begin with `WARC/`.
    Garbage,
    /// A header that does not say where its record ends.
    BrokenHeader { cause: &'static str, head: Vec<u8> },
    /// A record, of whose block so many bytes are still to be read because it is longer than the limit.
    Record {
        head: Vec<u8>,
        block: Block,
        remaining: u64,
    },
}

/// A record's block, or its beginning.
pub struct Block {
    pub bytes: Vec<u8>,
    /// The line ends behind it.
    pub tail: Vec<u8>,
    /// What is wrong with the length that the header tells.
    pub misfit: Option<String>,
}

/// What a record holds.
pub enum Kind {
    /// Text that starts at `payload` of the block.
    Text {
        payload: usize,
        chunked: bool,
        declared: Option<String>,
    },
    /// No document that can be read yet.
    Skipped(&'static str),
    /// No document.
    Other,
    /// A document whose inner header cannot be read.
    Broken(&'static str),
}

/// Reads a record up to the limit. The stream is not at its end.
pub fn record<R: BufRead>(input: &mut Input<R>, limit: usize) -> Next {
    if input.peek(MAGIC.len()) != MAGIC {
        return Next::Garbage;
    }
    let head = match head(input) {
        Ok(head) => head,
        Err((cause, head)) => return Next::BrokenHeader { cause, head },
    };
    let Some(told) = value(&head, "Content-Length") else {
        return Next::BrokenHeader {
            cause: "record without a Content-Length",
            head,
        };
    };
    let Some(length) = length(told) else {
        return Next::BrokenHeader {
            cause: "Content-Length is not a number",
            head,
        };
    };
    let mut bytes = Vec::new();
    let wanted = usize::try_from(length).map_or(limit, |length| length.min(limit));
    input.take(wanted, &mut bytes);
    let mut block = Block {
        bytes,
        tail: Vec::new(),
        misfit: None,
    };
    if block.bytes.len() == wanted && wanted as u64 != length && !input.at_end() {
        let remaining = length - wanted as u64;
        return Next::Record {
            head,
            block,
            remaining,
        };
    }
    block.tail = tail(input);
    let short = (block.bytes.len() as u64) < length;
    if (short || !(input.at_end() || input.peek(MAGIC.len()) == MAGIC))
        && cut_back(&mut block, input)
    {
        block.misfit = Some("Content-Length reaches into the next record".into());
    } else if short {
        let missing = length - block.bytes.len() as u64;
        block.misfit = Some(format!(
            "stream ends {missing} bytes before the record does"
        ));
    }
    Next::Record {
        head,
        block,
        remaining: 0,
    }
}

/// Reads a header with its empty line.
fn head<R: BufRead>(input: &mut Input<R>) -> Result<Vec<u8>, (&'static str, Vec<u8>)> {
    let mut head = Vec::new();
    loop {
        let start = head.len();
        let stop = input.take_line(HEAD_BYTES, &mut head);
        if start > 0 && head[start..].starts_with(MAGIC) {
            let next = head.split_off(start);
            input.unread(next);
            return Err(("header without an end", head));
        }
        match stop {
            LineStop::Feed if matches!(&head[start..], b"\n" | b"\r\n") => return Ok(head),
            LineStop::Feed => {}
            LineStop::End => return Err(("stream ends inside a header", head)),
            LineStop::Limit => return Err(("header without an end", head)),
        }
    }
}

fn length(told: &[u8]) -> Option<u64> {
    let digits = std::str::from_utf8(told)
        .ok()
        .filter(|told| told.bytes().all(|byte| byte.is_ascii_digit()))?;
    digits.parse().ok()
}

/// The line ends at hand.
pub fn tail<R: BufRead>(input: &mut Input<R>) -> Vec<u8> {
    let mut tail = Vec::new();
    while tail.len() < TAIL_BYTES && matches!(input.fill().first(), Some(b'\r' | b'\n')) {
        input.take(1, &mut tail);
    }
    tail
}

/// If another record begins inside the block, gives that and all behind it back to the input.
fn cut_back<R: BufRead>(block: &mut Block, input: &mut Input<R>) -> bool {
    let length = block.bytes.len();
    // The block may end inside the first lines of the next record.
    block.bytes.append(&mut block.tail);
    input.take(BEGINNING_BYTES, &mut block.bytes);
    let begins = |at: &usize| {
        let line = &block.bytes[at + 1..];
        let Some(feed) = memchr::memchr(b'\n', line) else {
            return false;
        };
        let field = line.get(feed + 1..feed + 6);
        *at < length && field.is_some_and(|field| field.eq_ignore_ascii_case(b"WARC-"))
    };
    let Some(at) = memmem::find_iter(&block.bytes, b"\nWARC/1.").find(begins) else {
        input.unread(block.bytes.split_off(length));
        block.tail = tail(input);
        return false;
    };
    input.unread(block.bytes.split_off(at + 1));
    // A record ends in two line ends that do not belong to its block.
    let mut end = block.bytes.len();
    for _ in 0..2 {
        if block.bytes[..end].ends_with(b"\n") {
            end -= 1;
            if block.bytes[..end].ends_with(b"\r") {
                end -= 1;
            }
        }
    }
    block.tail = block.bytes.split_off(end);
    true
}

/// Bytes up to the next line that begins a record, at most about a limit of them, and whether it was found.
pub fn lost<R: BufRead>(input: &mut Input<R>, limit: usize) -> (Vec<u8>, bool) {
    let limit = limit.min(PIECE_BYTES);
    let mut bytes = Vec::new();
    while bytes.len() < limit {
        // The piece before may have ended inside a line; a record that begins there is found all the same.
        if input.peek(MAGIC.len()) == MAGIC {
            return (bytes, true);
        }
        if input.take_line(limit, &mut bytes) == LineStop::End {
            break;
        }
    }
    (bytes, false)
}

/// The next bytes of a record that passes through, its tail with the last of them, and how many remain.
pub fn piece<R: BufRead>(input: &mut Input<R>, remaining: u64) -> (Vec<u8>, u64) {
    let mut bytes = Vec::new();
    let wanted =
        usize::try_from(remaining).map_or(PIECE_BYTES, |remaining| remaining.min(PIECE_BYTES));
    input.take(wanted, &mut bytes);
    let remaining = remaining - bytes.len() as u64;
    if remaining == 0 {
        bytes.extend(tail(input));
    }
    (bytes, remaining)
}

/// What a record holds, by its header and the beginning of its block.
pub fn kind(head: &[u8], block: &[u8]) -> Kind {
    let media = value(head, "Content-Type");
    let is = |name: &str| media.is_some_and(|media| is_type(media, name));
    let text = || Kind::Text {
        payload: 0,
        chunked: false,
        declared: media.and_then(charset),
    };
    match value(head, "WARC-Type")
        .unwrap_or_default()
        .to_ascii_lowercase()
        .as_slice()
    {
        b"conversion" if media.is_none() || is("text/plain") => text(),
        b"resource" | b"response" if is("text/plain") => text(),
        b"response" if media.is_none() || is("application/http") => match response(block) {
            Response::Text {
                payload,
                chunked,
                declared,
            } => Kind::Text {
                payload,
                chunked,
                declared,
            },
            Response::Other(cause) => Kind::Skipped(cause),
            Response::Broken(cause) => Kind::Broken(cause),
        },
        _ => Kind::Other,
    }
}
