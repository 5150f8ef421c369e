//! Archives of several members, unpacked by several threads.
//!
//! The packed bytes are cut where a member seems to begin, each part is unpacked by itself, and the parts follow one
//! another in order. From the first part on that cannot be unpacked so (what looked like a member was none, or the
//! archive is broken, or it unpacks to more than memory should hold) the rest is unpacked as one stream.

use std::collections::VecDeque;
use std::io::{self, BufRead, Cursor, ErrorKind, Read};
use std::sync::Arc;
use std::thread::JoinHandle;

use memchr::memmem;

use super::{Compression, decoder};

/// Packed bytes of a part, about.
pub(super) const PART_BYTES: usize = 512 << 10;

/// Packed bytes without the begin of a member from which on an archive is taken for one of few members.
const MEMBER_BYTES: usize = 4 << 20;

/// Unpacked bytes of a part at most.
const UNPACKED_BYTES: u64 = 64 << 20;

/// Reads such an archive.
pub struct Ahead<'a> {
    compression: Compression,
    input: Box<dyn BufRead + Send + 'a>,
    /// Packed bytes that are in no part yet.
    pending: Vec<u8>,
    ended: bool,
    parts: VecDeque<Part>,
    threads: usize,
    ready: Cursor<Vec<u8>>,
    /// The rest as one stream.
    rest: Option<Box<dyn Read + Send + 'a>>,
}

/// A part that is being unpacked.
struct Part {
    packed: Arc<Vec<u8>>,
    unpacked: JoinHandle<Option<Vec<u8>>>,
}

impl<'a> Ahead<'a> {
    /// Whether archives of this kind have members that can be told by their first bytes.
    pub fn can(compression: Compression) -> bool {
        matches!(compression, Compression::Gzip | Compression::Zstd)
    }

    /// Unpacks with so many threads.
    pub fn new(
        compression: Compression,
        input: impl BufRead + Send + 'a,
        threads: usize,
    ) -> Ahead<'a> {
        Ahead {
            compression,
            input: Box::new(input),
            pending: Vec::new(),
            ended: false,
            parts: VecDeque::new(),
            threads: threads.max(1),
            ready: Cursor::default(),
            rest: None,
        }
    }

    /// Keeps all threads at work, as long as the archive has parts.
    fn feed(&mut self) {
        while self.parts.len() < self.threads
            && let Some(end) = self.part()
        {
            let after = self.pending.split_off(end);
            let packed = Arc::new(std::mem::replace(&mut self.pending, after));
            let (compression, bytes) = (self.compression, Arc::clone(&packed));
            self.parts.push_back(Part {
                packed,
                unpacked: std::thread::spawn(move || unpacked(compression, &bytes)),
            });
        }
    }

    /// Where the next part ends; `None` at the end, where no member begins for long, and where reading failed.
    fn part(&mut self) -> Option<usize> {
        let mut wanted = PART_BYTES;
        loop {
            self.read_packed(wanted)?;
            if self.ended {
                return Some(self.pending.len()).filter(|end| *end > 0);
            }
            if let Some(end) = last_member(self.compression, &self.pending) {
                return Some(end);
            }
            if wanted >= MEMBER_BYTES {
                return None;
            }
            wanted *= 2;
        }
    }

    fn read_packed(&mut self, wanted: usize) -> Option<()> {
        while self.pending.len() < wanted && !self.ended {
            match self.input.fill_buf() {
                Ok([]) => self.ended = true,
                Ok(more) => {
                    self.pending.extend_from_slice(more);
                    let read = more.len();
                    self.input.consume(read);
                }
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => {
                    // To be told behind what was read.
                    self.input = Box::new(Failed(Some(error)));
                    return None;
                }
            }
        }
        Some(())
    }

    /// All that is not unpacked yet, from `first` on, as one stream.
    fn one_stream(&mut self, first: Option<Arc<Vec<u8>>>) -> io::Result<()> {
        let mut packed = Vec::new();
        let others = self.parts.drain(..).map(|part| part.packed);
        for part in first.into_iter().chain(others) {
            packed.extend_from_slice(&part);
        }
        packed.append(&mut self.pending);
        let input = std::mem::replace(&mut self.input, Box::new(io::empty()));
        self.rest = Some(decoder(self.compression, Cursor::new(packed).chain(input))?);
        Ok(())
    }
}

impl Read for Ahead<'_> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        loop {
            let n = self.ready.read(buf)?;
            if n > 0 || buf.is_empty() {
                return Ok(n);
            }
            if let Some(rest) = &mut self.rest {
                return rest.read(buf);
            }
            self.feed();
            let Some(Part { packed, unpacked }) = self.parts.pop_front() else {
                if self.ended {
                    return Ok(0);
                }
                self.one_stream(None)?;
                continue;
            };
            match unpacked.join() {
                Ok(Some(bytes)) => self.ready = Cursor::new(bytes),
                _ => self.one_stream(Some(packed))?,
            }
        }
    }
}

/// A part as it unpacks by itself; `None` where it does not.
fn unpacked(compression: Compression, packed: &[u8]) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(4 * packed.len());
    let mut decoder = decoder(compression, packed).ok()?.take(UNPACKED_BYTES);
    decoder.read_to_end(&mut bytes).ok()?;
    (decoder.limit() > 0).then_some(bytes)
}

/// Where the last member begins behind the first, by its header.
fn last_member(compression: Compression, packed: &[u8]) -> Option<usize> {
    let magic: &[u8] = match compression {
        Compression::Gzip => b"\x1F\x8B\x08",
        Compression::Zstd => b"\x28\xB5\x2F\xFD",
        _ => return None,
    };
    let is_head = |at: &usize| match (compression, &packed[*at..]) {
        // Flags that are in use, one of the usual ways of packing, and a system that is known.
        (Compression::Gzip, [_, _, _, flags, _, _, _, _, way, system, ..]) => {
            *flags < 0x20 && matches!(way, 0 | 2 | 4) && matches!(system, 0..14 | 255)
        }
        (kind, _) => kind != Compression::Gzip,
    };
    memmem::FinderRev::new(magic)
        .rfind_iter(packed)
        .find(is_head)
        .filter(|at| *at > 0)
}

/// A stream of one error.
struct Failed(Option<io::Error>);

impl Read for Failed {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.fill_buf().map(<[u8]>::len)
    }
}

impl BufRead for Failed {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.0.take().map_or(Ok(&[]), Err)
    }

    fn consume(&mut self, _: usize) {}
}
