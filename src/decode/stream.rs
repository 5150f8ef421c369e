//! The decoder of a stream: a bounded head decides, later bytes that contradict it are read for what they are.

mod by_line;

use std::collections::BTreeMap;

use super::declared;
use super::encoding::{Encoding, Machine};
use super::head::{self, Decision};
use super::lines::Damage;
use super::losses::Losses;
use super::pieces::line_end;
use super::settings::Settings;
use crate::document::Reading;

/// Decodes a stream, chunk by chunk. How the bytes are cut into chunks makes no difference.
pub struct Decoder {
    settings: Settings,
    outside: Option<String>,
    /// Bytes not read yet.
    pending: Vec<u8>,
    /// Where in the input they begin.
    offset: u64,
    body: Option<Body>,
    losses: Losses,
    notes: Vec<String>,
    /// Lines that were put right, by the encoding that they had been read in by mistake.
    mended: BTreeMap<&'static str, u64>,
}

/// What holds once the head has decided.
struct Body {
    decision: Decision,
    machine: Machine,
    /// How lines that break UTF-8 are read; `None` until one comes.
    damage: Option<Damage>,
    /// The place in the input up to which bytes were looked at to decide it.
    looked: u64,
    /// Whether only ASCII came so far.
    ascii: bool,
    /// Lines read in another encoding than the text's.
    foreign_lines: u64,
}

impl Decoder {
    /// A decoder for one input. `declared` is what somebody outside says of the encoding.
    pub fn new(declared: Option<&str>, settings: &Settings) -> Decoder {
        Decoder {
            settings: settings.clone(),
            outside: declared.map(str::to_owned),
            pending: Vec::new(),
            offset: 0,
            body: None,
            losses: Losses::default(),
            notes: Vec::new(),
            mended: BTreeMap::new(),
        }
    }

    /// Takes the next bytes (`last`: there are no more) and appends the text that is certain by now to `out`.
    pub fn feed(&mut self, bytes: &[u8], last: bool, out: &mut String) {
        if self.pending.is_empty() {
            let read = self.read(bytes, last, out);
            self.pending
                .extend_from_slice(bytes.get(read..).unwrap_or_default());
        } else {
            let mut pending = std::mem::take(&mut self.pending);
            pending.extend_from_slice(bytes);
            let read = self.read(&pending, last, out);
            pending.drain(..read);
            self.pending = pending;
        }
    }

    /// How the input was read, as far as it has been.
    pub fn reading(&self) -> Reading {
        let mut reading = Reading {
            replaced_bytes: self.losses.bytes,
            replaced: self.losses.places.clone(),
            notes: self.notes.clone(),
            ..Reading::default()
        };
        if let Some(body) = &self.body {
            reading.encoding = body.decision.encoding.name();
            reading.witness = body.decision.witness;
            if body.foreign_lines > 0 {
                let other = match body.damage.and_then(|d| d.companion) {
                    Some(companion) if body.decision.encoding == Encoding::UTF8 => companion,
                    _ => Encoding::UTF8,
                };
                reading.notes.push(format!(
                    "{} lines read as {}",
                    body.foreign_lines,
                    other.name()
                ));
            }
        }
        for (by, lines) in &self.mended {
            reading.notes.push(format!(
                "{lines} lines of mojibake put right: UTF-8 that had been read as {by}"
            ));
        }
        reading
    }

    /// Reads what can be read of `bytes`, which begin at `self.offset`; returns how many it was.
    fn read(&mut self, bytes: &[u8], last: bool, out: &mut String) -> usize {
        let mut body = match self.body.take() {
            Some(body) => body,
            None if bytes.len() >= self.settings.head() || last => self.begin(bytes),
            None => return 0,
        };
        let mut at = if self.offset == 0 {
            body.decision.mark.min(bytes.len())
        } else {
            0
        };
        if self.offset == 0 && body.decision.cut > 0 && at < bytes.len() {
            let end = at + body.decision.cut;
            self.losses.replace(at as u64..end as u64, out);
            at = end;
        }
        let encoding = body.decision.encoding;
        if body.decision.by_line {
            at = self.read_lines(&mut body, bytes, at, last, out);
        } else if encoding.is_read_by_line() {
            while let Some(end) = line_end(bytes, at, last, encoding) {
                let piece = bytes.get(at..end).unwrap_or_default();
                let last = !encoding.shifts() || last && end == bytes.len();
                let place = self.offset + at as u64;
                at += body
                    .machine
                    .decode(piece, place, last, out, &mut self.losses);
            }
        } else {
            let rest = bytes.get(at..).unwrap_or_default();
            let whole = rest.len() - rest.len() % encoding.unit();
            let piece = rest
                .get(..if last { rest.len() } else { whole })
                .unwrap_or_default();
            let place = self.offset + at as u64;
            at += body
                .machine
                .decode(piece, place, last, out, &mut self.losses);
        }
        self.offset += at as u64;
        self.body = Some(body);
        at
    }

    /// Decides on the head.
    fn begin(&mut self, bytes: &[u8]) -> Body {
        let head = bytes.get(..self.settings.head()).unwrap_or(bytes);
        let declared = declared::declared(head, self.outside.as_deref());
        let decision = head::decide(head, &declared, &self.settings);
        if decision.witness != "stated" {
            let note = declared::contradiction(head, &declared, decision.encoding);
            self.notes.extend(note);
        }
        Body {
            machine: Machine::new(decision.encoding),
            damage: decision.damage,
            looked: head.len() as u64,
            ascii: true,
            foreign_lines: 0,
            decision,
        }
    }
}
