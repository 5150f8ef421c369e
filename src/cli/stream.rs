//! A stream that can be looked into before it is read.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::input::compress::unpack;

/// Bytes read at once: a pipe's whole buffer, and for a file few enough calls to not be seen in a profile.
const READ_BYTES: usize = 256 << 10;
/// Bytes that tell the format, and whether it is text: the signatures lie in the first few hundred, a long JSON record
/// is known by its first brace.
pub const HEAD_BYTES: usize = 8 << 10;

/// A stream whose first bytes can be looked at, and that tells from outside how many bytes are there without reading.
pub struct Stream {
    /// What was looked at.
    pub head: Vec<u8>,
    /// Bytes of the head that were taken.
    at: usize,
    /// What ended the stream while its head was read, to be told behind it.
    error: Option<io::Error>,
    inner: BufReader<Box<dyn BufRead + Send>>,
    /// Bytes that are there without reading.
    pub buffered: Arc<AtomicUsize>,
}

impl Stream {
    /// Opens a file, or standard input for `-`, and unpacks it, a file by so many threads beside this one.
    pub fn open(path: &Path, unpackers: usize) -> io::Result<Stream> {
        let is_stdin = path.as_os_str() == "-";
        let raw: Box<dyn Read + Send> = if is_stdin {
            Box::new(io::stdin())
        } else {
            Box::new(File::open(path)?)
        };
        // Who writes into a pipe is not kept waiting for a part to be full.
        let unpackers = if is_stdin { 0 } else { unpackers };
        let (_, unpacked) = unpack(BufReader::with_capacity(READ_BYTES, raw), unpackers)?;
        Ok(Stream::new(unpacked))
    }

    fn new(inner: Box<dyn BufRead + Send>) -> Stream {
        let inner = BufReader::with_capacity(READ_BYTES, inner);
        Stream {
            head: Vec::new(),
            at: 0,
            error: None,
            inner,
            buffered: Arc::default(),
        }
    }

    /// Reads at most `bytes` bytes to look at, which will be read again.
    pub fn read_head(&mut self, bytes: usize) {
        while self.head.len() < bytes && self.error.is_none() {
            let missing = bytes - self.head.len();
            match self.inner.fill_buf() {
                Ok([]) => break,
                Ok(more) => {
                    let taken = more.len().min(missing);
                    self.head.extend_from_slice(&more[..taken]);
                    self.inner.consume(taken);
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => self.error = Some(error),
            }
        }
    }

    fn tell(&self) {
        let bytes = self.head.len() - self.at + self.inner.buffer().len();
        self.buffered.store(bytes, Ordering::Relaxed);
    }
}

impl Read for Stream {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let ready = self.fill_buf()?;
        let n = ready.len().min(buf.len());
        buf[..n].copy_from_slice(&ready[..n]);
        self.consume(n);
        Ok(n)
    }
}

impl BufRead for Stream {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.at == self.head.len() {
            if let Some(error) = self.error.take() {
                return Err(error);
            }
            self.inner.fill_buf()?;
        }
        self.tell();
        if self.at < self.head.len() {
            Ok(&self.head[self.at..])
        } else {
            Ok(self.inner.buffer())
        }
    }

    fn consume(&mut self, amount: usize) {
        if self.at < self.head.len() {
            self.at = (self.at + amount).min(self.head.len());
        } else {
            self.inner.consume(amount);
        }
        self.tell();
    }
}
