//! The stream under the formats: looks ahead, takes back, and holds an error until what came before it is used up.

use std::io::{self, BufRead, ErrorKind};

use memchr::memchr;

pub(super) struct Input<R> {
    inner: R,
    /// Bytes that were looked at or given back, read before `inner`; those before `at` are used up.
    front: Vec<u8>,
    at: usize,
    ended: bool,
    error: Option<io::Error>,
}

/// How a line ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LineStop {
    /// With its line feed, which was taken.
    Feed,
    /// The stream ended first.
    End,
    /// The limit came first.
    Limit,
}

impl<R: BufRead> Input<R> {
    pub fn new(inner: R) -> Self {
        Input {
            inner,
            front: Vec::new(),
            at: 0,
            ended: false,
            error: None,
        }
    }

    /// The error that ended the stream, once.
    pub fn error(&mut self) -> Option<io::Error> {
        self.error.take()
    }

    pub fn put_back_error(&mut self, error: io::Error) {
        self.error = Some(error);
    }

    /// The bytes at hand; empty only at the end of the stream.
    pub fn fill(&mut self) -> &[u8] {
        if self.at < self.front.len() {
            return &self.front[self.at..];
        }
        if self.ended || !self.advance() {
            return &[];
        }
        // Buffered by now: the second call returns the same bytes.
        self.inner.fill_buf().unwrap_or_default()
    }

    /// Whether `inner` has bytes buffered; an error is kept and ends the stream.
    fn advance(&mut self) -> bool {
        loop {
            match self.inner.fill_buf() {
                Ok(bytes) => self.ended = bytes.is_empty(),
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                Err(error) => {
                    self.error = Some(error);
                    self.ended = true;
                }
            }
            return !self.ended;
        }
    }

    pub fn consume(&mut self, bytes: usize) {
        if self.at < self.front.len() {
            self.at = (self.at + bytes).min(self.front.len());
            if self.at == self.front.len() {
                self.front.clear();
                self.at = 0;
            }
        } else {
            self.inner.consume(bytes);
        }
    }

    pub fn at_end(&mut self) -> bool {
        self.fill().is_empty()
    }

    /// The next `bytes` bytes without taking them; fewer only before the end.
    pub fn peek(&mut self, bytes: usize) -> &[u8] {
        while self.front.len() - self.at < bytes && !self.ended && self.advance() {
            let Ok(more) = self.inner.fill_buf() else {
                break;
            };
            let missing = (bytes - (self.front.len() - self.at)).min(more.len());
            self.front.extend_from_slice(&more[..missing]);
            self.inner.consume(missing);
        }
        let end = (self.at + bytes).min(self.front.len());
        &self.front[self.at..end]
    }

    /// Gives bytes back, to be read next.
    pub fn unread(&mut self, mut bytes: Vec<u8>) {
        bytes.extend_from_slice(&self.front[self.at..]);
        self.front = bytes;
        self.at = 0;
    }

    /// Appends at most `bytes` bytes to `out`; fewer only before the end.
    pub fn take(&mut self, bytes: usize, out: &mut Vec<u8>) {
        let mut missing = bytes;
        while missing > 0 {
            let ready = self.fill();
            let n = ready.len().min(missing);
            if n == 0 {
                return;
            }
            out.extend_from_slice(&ready[..n]);
            missing -= n;
            self.consume(n);
        }
    }

    /// Appends bytes to `out` up to and with the next line feed, while `out` is shorter than `limit`.
    pub fn take_line(&mut self, limit: usize, out: &mut Vec<u8>) -> LineStop {
        while out.len() < limit {
            let ready = self.fill();
            if ready.is_empty() {
                return LineStop::End;
            }
            let ready = &ready[..ready.len().min(limit - out.len())];
            let feed = memchr(b'\n', ready);
            let n = feed.map_or(ready.len(), |at| at + 1);
            out.extend_from_slice(&ready[..n]);
            self.consume(n);
            if feed.is_some() {
                return LineStop::Feed;
            }
        }
        LineStop::Limit
    }
}
