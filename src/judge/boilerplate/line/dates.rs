//! Numbers of a line, and what of them is a year, a time of day or a date.

use super::Line;

#[derive(Default)]
pub(super) struct Number {
    value: u32,
    length: u32,
    before: char,
    last_length: u32,
    last_before: char,
    last_end: char,
}

impl Number {
    /// Whether the last character was a digit of it.
    pub(super) fn open(&self) -> bool {
        self.length > 0
    }

    /// Takes a digit; `last` is the character before it.
    pub(super) fn digit(&mut self, c: char, last: char) {
        if self.length == 0 {
            self.before = last;
            self.value = 0;
        }
        self.length += 1;
        self.value = self.value.wrapping_mul(10).wrapping_add((c as u32) & 0xF);
    }

    /// Ends at the character `next`, and is counted in the line.
    pub(super) fn end(&mut self, next: char, line: &mut Line) {
        let n = self;
        line.numbers += 1;
        let joined = n.last_length > 0 && n.last_end == n.before;
        if n.length == 4 && (1900..2100).contains(&n.value) {
            line.date |= 1;
        }
        if joined && matches!(n.before, ':' | '：') && n.length == 2 && n.last_length <= 2 {
            line.date |= 2;
        }
        if joined
            && matches!(n.before, '/' | '.' | '-')
            && n.last_before == n.before
            && n.length <= 4
        {
            line.date |= 4;
        }
        if matches!(next, '年' | '月' | '日' | '년' | '월' | '일') {
            line.date |= 4;
        }
        n.last_before = n.before;
        n.last_length = n.length;
        n.last_end = next;
        n.length = 0;
    }
}
