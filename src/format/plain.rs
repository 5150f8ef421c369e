//! Plain: the whole stream is one document.
//!
//! One longer than the limit is cut in the second half of what fits: behind the last blank line there; else behind the
//! last line end; else behind the last white space; else behind the last punctuation or control character of ASCII; else
//! between two characters of UTF-8 or UTF-16. The cut respects the code units of UTF-16 and UTF-32. Parts after the
//! first begin without a byte order mark: what decodes them is told the encoding of the first.

use std::io::BufRead;
use std::mem;

use super::input::Input;
use super::unit::{Unit, cut};
use super::{Frame, Item, Part, Record};

#[derive(Default)]
pub(super) struct Plain {
    unit: Option<Unit>,
    /// What lies behind the cut that ended the last part.
    carry: Vec<u8>,
    parts: u32,
    /// Line ends in the parts before.
    feeds: u64,
    done: bool,
}

impl Plain {
    pub fn next<R: BufRead>(&mut self, input: &mut Input<R>, limit: usize) -> Option<Item> {
        if self.done {
            return None;
        }
        let mut body = mem::take(&mut self.carry);
        input.take(limit.saturating_sub(body.len()), &mut body);
        let line = self.feeds + 1;
        self.done = body.len() < limit || input.at_end();
        if !self.done {
            let unit = *self.unit.get_or_insert_with(|| Unit::of(&body));
            self.carry = body.split_off(cut(&body, unit));
            self.feeds += unit.feeds(&body);
        }
        let part = Part {
            index: self.parts,
            last: self.done,
        };
        self.parts = self.parts.saturating_add(1);
        Some(Item::Record(Record::new(body, line, Frame::Plain, part)))
    }
}

impl Record {
    /// A record that says nothing of itself.
    pub(super) fn new(body: Vec<u8>, line: u64, frame: Frame, part: Part) -> Self {
        Record {
            body,
            id: None,
            url: None,
            declared: None,
            line,
            frame,
            part,
            replaced_bytes: 0,
            lone_surrogates: 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::format::contract::{items, records};
    use crate::format::{Format, Item, Options};

    #[test]
    fn empty_stream_is_one_empty_document() {
        let found = records(b"", Format::Plain, 64);
        assert_eq!(found.len(), 1);
        assert!(found[0].body.is_empty() && found[0].part.is_whole());
    }

    #[test]
    fn long_documents_go_on_as_their_next_part() {
        let text = b"one one one\n\ntwo two\ntwo two two\n\nthree";
        let found = records(text, Format::Plain, 32);
        let parts: Vec<_> = found
            .iter()
            .map(|r| (r.body.as_slice(), r.line, r.part.index, r.part.last))
            .collect();
        assert_eq!(
            parts,
            [
                (&b"one one one\n\ntwo two\n"[..], 1, 0, false),
                (&b"two two two\n\nthree"[..], 4, 1, true)
            ]
        );
    }

    #[test]
    fn one_large_file_is_work_for_many_threads() {
        let options = Options {
            max_part_bytes: 32,
            ..Options::default()
        };
        let text = b"one one one\n\ntwo two\ntwo two two\n\nthree";
        assert_eq!(items(text, Format::Plain, &options).len(), 2);
        // A record is never cut so.
        let record = b"{\"text\": \"one one one one one one one one\"}\n";
        let found = items(record, Format::Jsonl, &options);
        assert!(matches!(found.as_slice(), [Item::Record(r)] if r.part.is_whole()));
    }

    #[test]
    fn an_exact_fit_is_whole() {
        let found = records(b"0123456789abcdef", Format::Plain, 16);
        assert!(found[0].part.is_whole());
    }
}
