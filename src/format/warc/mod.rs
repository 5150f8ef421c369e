//! Web archives: WARC/1.0 and WARC/1.1, and WET, the text that was extracted from them.
//!
//! Documents are `conversion` and `resource` records of type text/plain, and `response` records whose HTTP answer is
//! text/plain (chunks are joined). HTML answers, answers that are no text, and compressed ones are
//! [`Item::Skipped`]; those and all records of other types (`warcinfo`, `request`, `metadata` …) pass through as they
//! are.
//!
//! On an output that lies as the input a record with nothing dropped is written as it was read. A changed one has its
//! lengths set, its charset named `utf-8`, its chunks joined, and no digests of what it was (`WARC-Block-Digest`,
//! `WARC-Payload-Digest`, `Content-MD5`, `Digest`); the other fields stay, `WARC-Record-ID` among them.
//!
//! A record that lies about itself is named and does not take its neighbours with it: a header that is broken is passed
//! over up to the next line that begins with `WARC/`; a length that reaches into the next record is cut back to where
//! that begins; a record that the stream's end cuts short is kept as far as it goes. Such a record is written with the
//! length it has. (The neighbour inside a record longer than the limit is not looked for.)
//!
//! A document longer than the limit goes on as its next part. Each part is written as a record of its own: the same
//! header with the part's length and, beyond the standard, a `WARC-Segment-Number`.

pub(super) mod header;
mod http;
mod read;

use std::io::BufRead;
use std::mem;

use super::input::Input;
use super::unit::{Unit, cut};
use super::{Frame, Item, Part, Record};
use read::{Block, Next};

/// What surrounds the text of a WARC record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WarcFrame {
    /// The WARC header with its empty line.
    head: Vec<u8>,
    /// The HTTP header with its empty line, or nothing.
    http: Vec<u8>,
    /// The body as it lay, if it was in chunks.
    wire: Option<Vec<u8>>,
    /// The line ends behind the record.
    tail: Vec<u8>,
    /// Whether the header tells the length of what was read.
    exact: bool,
}

impl WarcFrame {
    /// Appends the record with `text` as its text.
    pub(super) fn write(&self, record: &Record, text: &str, out: &mut Vec<u8>) {
        if self.exact && text.as_bytes() == record.body {
            self.write_as_read(record, out);
            return;
        }
        let mut http = Vec::with_capacity(self.http.len());
        header::rewrite(&self.http, text.len(), &mut http);
        header::rewrite(&self.head, http.len() + text.len(), out);
        if !record.part.is_whole() {
            let blank = if out.ends_with(b"\r\n") { "\r\n" } else { "\n" };
            out.truncate(out.len().saturating_sub(blank.len()));
            let number = u64::from(record.part.index) + 1;
            out.extend_from_slice(
                format!("WARC-Segment-Number: {number}{blank}{blank}").as_bytes(),
            );
        }
        out.extend_from_slice(&http);
        out.extend_from_slice(text.as_bytes());
        if memchr::memchr_iter(b'\n', &self.tail).count() < 2 {
            out.extend_from_slice(b"\r\n\r\n");
        } else {
            out.extend_from_slice(&self.tail);
        }
    }

    /// Appends the record byte for byte.
    pub(super) fn write_as_read(&self, record: &Record, out: &mut Vec<u8>) {
        for piece in [
            &self.head,
            &self.http,
            self.wire.as_ref().unwrap_or(&record.body),
            &self.tail,
        ] {
            out.extend_from_slice(piece);
        }
    }
}

#[derive(Default)]
pub(super) struct Warc {
    /// Records that have begun.
    count: u64,
    /// Items that the last record brought beyond the first.
    queue: std::collections::VecDeque<Item>,
    state: State,
}

#[derive(Default)]
enum State {
    /// At the start of a record.
    #[default]
    Between,
    /// Behind a broken header: the next one is looked for.
    Lost,
    /// Inside a record that is too long and no document; so many bytes are still to come.
    Passing { remaining: u64, damaged: bool },
    /// Inside a document that is too long.
    Cutting(Box<Parts>),
}

/// A document that is too long, and how far it has been read.
struct Parts {
    /// The record without its text.
    like: Record,
    frame: WarcFrame,
    carry: Vec<u8>,
    remaining: u64,
    unit: Option<Unit>,
}

impl Warc {
    pub fn next<R: BufRead>(&mut self, input: &mut Input<R>, limit: usize) -> Option<Item> {
        while self.queue.is_empty() {
            match mem::take(&mut self.state) {
                State::Between if input.at_end() => return None,
                State::Between => self.begin(input, limit),
                State::Lost => {
                    let (bytes, found) = read::lost(input, limit);
                    if !found {
                        self.state = State::Lost;
                    }
                    if bytes.is_empty() && !found {
                        return None;
                    }
                    self.other(bytes, true);
                }
                State::Passing { remaining, damaged } => self.pass(input, remaining, damaged),
                State::Cutting(parts) => self.part(input, limit, parts),
            }
        }
        self.queue.pop_front()
    }

    fn begin<R: BufRead>(&mut self, input: &mut Input<R>, limit: usize) {
        match read::record(input, limit) {
            Next::Garbage => {
                let (raw, found) = read::lost(input, limit);
                if !found {
                    self.state = State::Lost;
                }
                self.damaged(self.count + 1, "expected a WARC header", raw);
            }
            Next::BrokenHeader { cause, head } => {
                self.count += 1;
                self.state = State::Lost;
                self.damaged(self.count, cause, head);
            }
            Next::Record {
                head,
                block,
                remaining,
            } => {
                self.count += 1;
                self.record(head, block, remaining);
            }
        }
    }

    /// Sorts a record into document, skipped, and other.
    fn record(&mut self, head: Vec<u8>, block: Block, remaining: u64) {
        let kind = read::kind(&head, &block.bytes);
        let count = self.count;
        if remaining > 0 && !matches!(kind, read::Kind::Text { chunked: false, .. }) {
            let damaged = matches!(kind, read::Kind::Text { .. } | read::Kind::Broken(_));
            self.state = State::Passing { remaining, damaged };
        }
        let all = |head: Vec<u8>, block: Block| [head, block.bytes, block.tail].concat();
        match kind {
            read::Kind::Text {
                payload,
                chunked,
                declared,
            } if !(chunked && remaining > 0) => {
                let mut frame = WarcFrame {
                    head,
                    exact: block.misfit.is_none(),
                    tail: block.tail,
                    ..Default::default()
                };
                frame.http = block.bytes;
                let body = frame.http.split_off(payload);
                let like = Record {
                    id: header::text(&frame.head, "WARC-Record-ID"),
                    url: header::text(&frame.head, "WARC-Target-URI")
                        .map(|uri| uri.trim_matches(['<', '>']).to_string()),
                    declared,
                    ..Record::new(Vec::new(), count, Frame::Plain, Part::WHOLE)
                };
                if remaining > 0 {
                    let parts = Parts {
                        like,
                        frame,
                        carry: body,
                        remaining,
                        unit: None,
                    };
                    self.state = State::Cutting(Box::new(parts));
                } else {
                    if let Some(cause) = block.misfit {
                        self.damaged(count, cause, Vec::new());
                    }
                    self.document(like, frame, body, chunked);
                }
            }
            read::Kind::Text { .. } => {
                self.damaged(
                    count,
                    "chunked record longer than max_document_bytes",
                    all(head, block),
                );
            }
            read::Kind::Broken(cause) => self.damaged(count, cause, all(head, block)),
            read::Kind::Skipped(cause) => {
                self.queue.push_back(Item::Skipped { line: count, cause });
                self.rest(head, block);
            }
            read::Kind::Other => self.rest(head, block),
        }
    }

    /// A record that is no document.
    fn rest(&mut self, head: Vec<u8>, mut block: Block) {
        match block.misfit.take() {
            Some(cause) => {
                self.damaged(self.count, cause, [head, block.bytes, block.tail].concat())
            }
            None => self.other([head, block.bytes, block.tail].concat(), false),
        }
    }

    fn document(&mut self, like: Record, mut frame: WarcFrame, mut body: Vec<u8>, chunked: bool) {
        if chunked {
            match http::unchunk(&body) {
                http::Chunked::Whole(joined) => frame.wire = Some(mem::replace(&mut body, joined)),
                http::Chunked::Broken(joined) => {
                    // A record that is cut short has been named already.
                    if frame.exact {
                        self.damaged(self.count, "chunked body ends early", Vec::new());
                    }
                    frame.exact = false;
                    frame.wire = Some(mem::replace(&mut body, joined));
                }
                http::Chunked::Plain => {}
            }
        }
        self.queue.push_back(Item::Record(Record {
            body,
            frame: Frame::Warc(Box::new(frame)),
            ..like
        }));
    }

    fn part<R: BufRead>(&mut self, input: &mut Input<R>, limit: usize, mut parts: Box<Parts>) {
        let mut body = mem::take(&mut parts.carry);
        let before = body.len();
        let room = limit.saturating_sub(before);
        let wanted = usize::try_from(parts.remaining).map_or(room, |remaining| remaining.min(room));
        input.take(wanted, &mut body);
        let taken = body.len() - before;
        parts.remaining -= taken as u64;
        let mut record = parts.like.clone();
        let mut frame = parts.frame.clone();
        frame.exact = false;
        if parts.remaining == 0 || taken < wanted {
            if parts.remaining > 0 {
                let cause = format!(
                    "stream ends {} bytes before the record does",
                    parts.remaining
                );
                self.damaged(self.count, cause, Vec::new());
            }
            frame.tail = read::tail(input);
        } else {
            let unit = *parts.unit.get_or_insert_with(|| Unit::of(&body));
            parts.carry = body.split_off(cut(&body, unit));
            record.part.last = false;
            parts.like.part.index = parts.like.part.index.saturating_add(1);
            self.state = State::Cutting(parts);
        }
        self.queue.push_back(Item::Record(Record {
            body,
            frame: Frame::Warc(Box::new(frame)),
            ..record
        }));
    }

    fn pass<R: BufRead>(&mut self, input: &mut Input<R>, remaining: u64, damaged: bool) {
        let (bytes, remaining) = read::piece(input, remaining);
        if remaining > 0 {
            self.state = State::Passing { remaining, damaged };
        }
        if bytes.is_empty() && remaining > 0 {
            self.state = State::Between;
            let cause = format!("stream ends {remaining} bytes before the record does");
            self.damaged(self.count, cause, Vec::new());
        }
        self.other(bytes, damaged);
    }

    fn damaged(&mut self, line: u64, cause: impl Into<String>, raw: Vec<u8>) {
        self.queue.push_back(Item::Damaged {
            line,
            cause: cause.into(),
            cure: None,
            raw,
        });
    }

    fn other(&mut self, bytes: Vec<u8>, damaged: bool) {
        if !bytes.is_empty() {
            self.queue.push_back(Item::Other { bytes, damaged });
        }
    }
}

#[cfg(test)]
mod tests;
