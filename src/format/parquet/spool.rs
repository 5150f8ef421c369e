//! Bytes that are kept for a while: in memory, and from some size on in a file.

use std::io::{self, BufReader, Read, Seek, SeekFrom, Write};

/// Bytes read at once.
const BUFFER_BYTES: usize = 256 << 10;

/// Keeps bytes in their order.
pub(super) struct Spool<F, M> {
    held: Vec<u8>,
    /// Bytes that are held at most, beside those of one call.
    limit: usize,
    file: Option<F>,
    make_file: M,
}

impl<F: Read + Write + Seek, M: FnMut() -> io::Result<F>> Spool<F, M> {
    pub fn new(limit: usize, make_file: M) -> Self {
        Spool {
            held: Vec::new(),
            limit,
            file: None,
            make_file,
        }
    }

    pub fn push(&mut self, bytes: &[u8]) -> io::Result<()> {
        if !self.held.is_empty() && self.held.len() + bytes.len() > self.limit {
            let file = match &mut self.file {
                Some(file) => file,
                none => none.insert((self.make_file)()?),
            };
            file.write_all(&self.held)?;
            self.held.clear();
        }
        self.held.extend_from_slice(bytes);
        Ok(())
    }

    /// All of it, to be read once. The spool is empty then.
    pub fn take(&mut self) -> io::Result<impl Read + use<F, M>> {
        let held = io::Cursor::new(std::mem::take(&mut self.held));
        let file = match self.file.take() {
            Some(mut file) => {
                file.seek(SeekFrom::Start(0))?;
                Some(file)
            }
            None => None,
        };
        let file = file.map(|file| BufReader::with_capacity(BUFFER_BYTES, file));
        Ok(Spooled { file, held })
    }
}

struct Spooled<F> {
    file: Option<BufReader<F>>,
    held: io::Cursor<Vec<u8>>,
}

impl<F: Read> Read for Spooled<F> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if let Some(file) = &mut self.file {
            let n = file.read(out)?;
            if n > 0 || out.is_empty() {
                return Ok(n);
            }
            self.file = None;
        }
        self.held.read(out)
    }
}
