//! Lines: a line is a document.
//!
//! A line ends with `\n` or `\r\n`; its end is kept in the frame and written back, so that output and input have the
//! same number of lines whatever is dropped, and files that are parallel line by line stay so. A last line without an
//! end stays without. An empty line is an empty document. A line longer than the limit goes on as its next part.
//!
//! In UTF-16 and UTF-32 (told by byte order mark, or by the NULs of the first line) lines end where the code units do.

use std::io::BufRead;
use std::mem;

use super::input::{Input, LineStop};
use super::unit::{Unit, cut};
use super::{Frame, Item, Part, Record};

/// What ends a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineEnd {
    /// The end of the stream, or of a part that is not the last.
    None,
    /// `\n`
    Lf,
    /// `\r\n`
    CrLf,
}

impl LineEnd {
    /// Its characters.
    pub fn as_str(self) -> &'static str {
        match self {
            LineEnd::None => "",
            LineEnd::Lf => "\n",
            LineEnd::CrLf => "\r\n",
        }
    }
}

#[derive(Default)]
pub(super) struct Lines {
    unit: Option<Unit>,
    /// What lies behind the cut that ended the last part.
    carry: Vec<u8>,
    /// Parts of the present line so far.
    parts: u32,
    /// Lines before the present one.
    before: u64,
}

impl Lines {
    pub fn next<R: BufRead>(&mut self, input: &mut Input<R>, limit: usize) -> Option<Item> {
        let mut body = mem::take(&mut self.carry);
        let unit = self.unit(input, limit);
        let stop = take_line(input, unit, limit, &mut body);
        let end = match stop {
            LineStop::End if body.is_empty() && self.parts == 0 => return None,
            LineStop::End => LineEnd::None,
            LineStop::Feed => strip_end(&mut body, unit),
            LineStop::Limit => {
                self.carry = body.split_off(cut(&body, unit));
                LineEnd::None
            }
        };
        let last = stop != LineStop::Limit;
        let part = Part {
            index: self.parts,
            last,
        };
        let mut record = Record::new(body, self.before + 1, Frame::Line(end), part);
        record.declared = unit.label().map(String::from);
        if last {
            self.parts = 0;
            self.before += 1;
        } else {
            self.parts = self.parts.saturating_add(1);
        }
        Some(Item::Record(record))
    }

    /// The stream's code unit, told from its first line.
    fn unit<R: BufRead>(&mut self, input: &mut Input<R>, limit: usize) -> Unit {
        if let Some(unit) = self.unit {
            return unit;
        }
        let mut first = Vec::new();
        input.take_line(limit, &mut first);
        let unit = Unit::of(&first);
        input.unread(first);
        self.unit = Some(unit);
        unit
    }
}

/// As [`Input::take_line`], with a line feed that is a whole unit.
fn take_line<R: BufRead>(
    input: &mut Input<R>,
    unit: Unit,
    limit: usize,
    out: &mut Vec<u8>,
) -> LineStop {
    let width = unit.width();
    loop {
        match input.take_line(limit, out) {
            LineStop::Feed if width > 1 => {
                // A unit that has begun is taken whole.
                input.take((width - out.len() % width) % width, out);
                if unit.at(out, (out.len() / width).saturating_sub(1)) == 0x0A
                    && out.len().is_multiple_of(width)
                {
                    return LineStop::Feed;
                }
            }
            stop => return stop,
        }
    }
}

/// Takes the line end off a line that has one.
fn strip_end(line: &mut Vec<u8>, unit: Unit) -> LineEnd {
    let width = unit.width();
    let feed = line.len().saturating_sub(width);
    line.truncate(feed);
    if feed >= width && unit.at(line, feed / width - 1) == 0x0D {
        line.truncate(feed - width);
        LineEnd::CrLf
    } else {
        LineEnd::Lf
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::{Format, contract::records};

    fn lines(stream: &[u8], limit: usize) -> Vec<(Vec<u8>, LineEnd, u64, u32, bool)> {
        records(stream, Format::Lines, limit)
            .into_iter()
            .map(|r| {
                let Frame::Line(end) = r.frame else {
                    panic!("frame")
                };
                (r.body, end, r.line, r.part.index, r.part.last)
            })
            .collect()
    }

    fn whole(body: &[u8], end: LineEnd, line: u64) -> (Vec<u8>, LineEnd, u64, u32, bool) {
        (body.to_vec(), end, line, 0, true)
    }

    #[test]
    fn ends_are_kept() {
        assert_eq!(lines(b"", 64), []);
        assert_eq!(
            lines(b"one\ntwo\r\n\nlast\r", 64),
            [
                whole(b"one", LineEnd::Lf, 1),
                whole(b"two", LineEnd::CrLf, 2),
                whole(b"", LineEnd::Lf, 3),
                whole(b"last\r", LineEnd::None, 4)
            ]
        );
    }

    #[test]
    fn long_lines_go_on_as_their_next_part() {
        assert_eq!(
            lines(b"short\naaaa aaaa aaaa aaaa\nend", 16),
            [
                whole(b"short", LineEnd::Lf, 1),
                (b"aaaa aaaa aaaa ".to_vec(), LineEnd::None, 2, 0, false),
                (b"aaaa".to_vec(), LineEnd::Lf, 2, 1, true),
                whole(b"end", LineEnd::None, 3)
            ]
        );
    }

    #[test]
    fn wide_lines_end_where_units_do() {
        // U+0A0A and U+0A00 hold the byte of a line feed, and are letters.
        let text = "ਊ one\r\n\u{A00}two\n\nਊ";
        for big in [false, true] {
            let encode = |s: &str| -> Vec<u8> {
                s.encode_utf16()
                    .flat_map(|u| {
                        if big {
                            u.to_be_bytes()
                        } else {
                            u.to_le_bytes()
                        }
                    })
                    .collect()
            };
            let found = records(&encode(&format!("\u{FEFF}{text}")), Format::Lines, 64);
            let bodies: Vec<_> = found.iter().map(|r| r.body.clone()).collect();
            assert_eq!(
                bodies,
                [
                    encode("\u{FEFF}ਊ one"),
                    encode("\u{A00}two"),
                    encode(""),
                    encode("ਊ")
                ]
            );
            assert_eq!(
                found[0].declared.as_deref(),
                Some(if big { "utf-16be" } else { "utf-16le" })
            );
        }
    }
}
