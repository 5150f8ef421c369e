//! The decoder of a stream: a bounded head decides, later bytes that contradict it are read for what they are.

use std::collections::BTreeMap;

use super::damaged::Stray;
use super::declared;
use super::encoding::{Encoding, Machine};
use super::head::{self, Decision};
use super::lines::{self, Damage};
use super::losses::Losses;
use super::mojibake;
use super::pieces::line_end;
use super::settings::Settings;
use super::utf8;
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

/// What a line needs before it can be read.
enum Line {
    Read,
    /// Bytes after it, to decide how damage is read.
    Ahead,
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

    /// Reads whole lines from `at`; returns where it stopped.
    fn read_lines(
        &mut self,
        body: &mut Body,
        bytes: &[u8],
        mut at: usize,
        last: bool,
        out: &mut String,
    ) -> usize {
        if body.decision.encoding == Encoding::UTF8 && !self.settings.repair_mojibake {
            at = self.read_valid(body, bytes, at, last, out);
        }
        while let Some(end) = line_end(bytes, at, last, body.decision.encoding) {
            let line = bytes.get(at..end).unwrap_or_default();
            let begin = out.len();
            // The line before may have revised it.
            let utf8 = body.decision.encoding == Encoding::UTF8;
            match simdutf8::basic::from_utf8(line) {
                Ok(text) if utf8 || text.is_ascii() => {
                    body.ascii &= text.is_ascii();
                    out.push_str(text);
                }
                Ok(text) if lines::is_utf8_among(text, body.decision.encoding) => {
                    body.foreign_lines += 1;
                    out.push_str(text);
                }
                Err(_) if utf8 => {
                    let ahead = bytes.get(at..).unwrap_or_default();
                    if let Line::Ahead = self.read_broken(body, line, ahead, at, last, out) {
                        return at;
                    }
                }
                _ => {
                    let place = self.offset + at as u64;
                    body.machine
                        .decode(line, place, true, out, &mut self.losses);
                }
            }
            if self.settings.repair_mojibake {
                self.mend(out, begin);
            }
            at = end;
        }
        at
    }

    /// Puts the line that begins at `begin` right, where it was read wrongly before it came here.
    fn mend(&mut self, out: &mut String, begin: usize) {
        if let Some((line, by)) = out.get(begin..).and_then(mojibake::mend) {
            out.truncate(begin);
            out.push_str(&line);
            *self.mended.entry(by).or_default() += 1;
        }
    }

    /// Reads a line that breaks UTF-8; `ahead` are the bytes from it on.
    fn read_broken(
        &mut self,
        body: &mut Body,
        line: &[u8],
        ahead: &[u8],
        at: usize,
        last: bool,
        out: &mut String,
    ) -> Line {
        let place = self.offset + at as u64;
        let head = self.settings.head();
        let ahead_end = at + ahead.len();
        if body
            .damage
            .is_none_or(|d| d.companion.is_none() && place >= body.looked)
        {
            if ahead.len() < head && !last {
                return Line::Ahead;
            }
            let ahead = ahead.get(..head).unwrap_or(ahead);
            body.looked = place + ahead.len() as u64;
            let declared = declared::declared(ahead, self.outside.as_deref());
            if body.ascii && !utf8::surely(ahead) {
                // Nothing but ASCII so far: these bytes are the first to tell the encoding.
                let (encoding, witness) = head::legacy(ahead, &declared);
                (body.decision.encoding, body.decision.witness) = (encoding, witness);
                body.machine = Machine::new(encoding);
            }
            if body.decision.encoding == Encoding::UTF8 {
                let found = lines::damage(ahead, &declared);
                // How strays are read was decided where the first were met.
                let stray = body.damage.or(found).map_or(Stray::Lost, |d| d.stray);
                body.damage = Some(Damage {
                    companion: found.and_then(|d| d.companion),
                    stray,
                });
            }
            body.ascii = false;
        }
        if body.decision.encoding != Encoding::UTF8 {
            body.machine
                .decode(line, place, true, out, &mut self.losses);
            return Line::Read;
        }
        let damage = body.damage.unwrap_or(Damage {
            companion: None,
            stray: Stray::Lost,
        });
        match lines::is_companion(line, damage) {
            Some(companion) => {
                body.foreign_lines += 1;
                Machine::new(companion).decode(line, place, true, out, &mut self.losses);
            }
            None => {
                let last = last && at + line.len() == ahead_end;
                lines::read_damaged(line, place, damage, last, out, &mut self.losses);
            }
        }
        Line::Read
    }

    /// Reads as many whole lines of valid UTF-8 as there are, at memory speed.
    fn read_valid(
        &mut self,
        body: &mut Body,
        bytes: &[u8],
        at: usize,
        last: bool,
        out: &mut String,
    ) -> usize {
        let rest = bytes.get(at..).unwrap_or_default();
        let end = if last {
            rest.len()
        } else {
            memchr::memrchr(b'\n', rest).map_or(0, |n| n + 1)
        };
        let lines = rest.get(..end).unwrap_or_default();
        let text = simdutf8::compat::from_utf8(lines).or_else(|e| {
            let valid = lines.get(..e.valid_up_to()).unwrap_or_default();
            let whole = memchr::memrchr(b'\n', valid).map_or(0, |n| n + 1);
            simdutf8::compat::from_utf8(valid.get(..whole).unwrap_or_default())
        });
        let text = text.unwrap_or_default();
        let good = text.len();
        body.ascii &= text.is_ascii();
        out.push_str(text);
        at + good
    }
}
