//! Encodings whose lines stand alone: each line is read for what it is.

use super::{Body, Decoder};
use crate::decode::damaged::Stray;
use crate::decode::encoding::{Encoding, Machine};
use crate::decode::lines::{self, Damage};
use crate::decode::pieces::line_end;
use crate::decode::{declared, head, mojibake, utf8};

/// What a line needs before it can be read.
enum Line {
    Read,
    /// Bytes after it, to decide how damage is read.
    Ahead,
}

impl Decoder {
    /// Reads whole lines from `at`; returns where it stopped.
    pub(super) fn read_lines(
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
