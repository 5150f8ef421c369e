//! Packed input, known by its first bytes and not by its name.
//!
//! Archives of several members are read through. Of a broken one, what can be unpacked before the break is handed out,
//! and then the error, which is a [`Broken`]: it never looks like the end of the input.

mod ahead;

use std::error::Error;
use std::fmt;
use std::io::{self, BufRead, BufReader, Cursor, ErrorKind, Read};
use std::path::Path;

use bzip2::bufread::MultiBzDecoder;
use flate2::bufread::GzDecoder;
use liblzma::bufread::XzDecoder;
use liblzma::stream::{CONCATENATED, Stream};

use ahead::Ahead;

/// How a file is packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compression {
    None,
    Gzip,
    Zstd,
    Bzip2,
    Xz,
}

/// The longest first bytes: bzip2's header and the mark of its first block.
const MAGIC_BYTES: usize = 10;

/// Unpacked bytes that are asked for at a time. A decoder that meets damage loses what it had unpacked in that call,
/// so this is how much can go missing before a break.
const STEP_BYTES: usize = 8 << 10;

/// The largest window of zstd, 2^31 bytes, as `zstd --long=31` writes it and published dumps need it.
const ZSTD_WINDOW_LOG: u32 = 31;

impl Compression {
    /// By a file's first bytes. `None` while more of them are needed to say.
    fn of_head(head: &[u8]) -> Option<Compression> {
        let mut open = false;
        let mut is = |magic: &[&[u8]]| {
            // Each entry lists what may stand at that byte.
            let fits = head.iter().zip(magic).all(|(byte, any)| any.contains(byte));
            open |= fits && head.len() < magic.len();
            fits && head.len() >= magic.len()
        };
        let gzip = is(&[b"\x1F", b"\x8B", b"\x08"]);
        // A frame, or a skippable one, with which parallel packers begin.
        let zstd = is(&[b"\x28", b"\xB5", b"\x2F", b"\xFD"])
            || is(&[b"PQRSTUVWXYZ[\\]^_", b"\x2A", b"\x4D", b"\x18"]);
        let xz = is(&[b"\xFD", b"7", b"z", b"X", b"Z", b"\0"]);
        // The first block, or the end of an archive of nothing. `BZh1` alone could begin a text.
        let bzip2 = is(&[
            b"B",
            b"Z",
            b"h",
            b"123456789",
            b"1",
            b"A",
            b"Y",
            b"&",
            b"S",
            b"Y",
        ]) || is(&[
            b"B",
            b"Z",
            b"h",
            b"123456789",
            b"\x17",
            b"r",
            b"E",
            b"8",
            b"P",
            b"\x90",
        ]);
        match (gzip, zstd, bzip2, xz) {
            (true, ..) => Some(Compression::Gzip),
            (_, true, ..) => Some(Compression::Zstd),
            (_, _, true, _) => Some(Compression::Bzip2),
            (.., true) => Some(Compression::Xz),
            _ if open => None,
            _ => Some(Compression::None),
        }
    }

    /// By a file's name, for output.
    pub fn of_name(path: &Path) -> Compression {
        match path
            .extension()
            .map(|ending| ending.to_ascii_lowercase())
            .as_deref()
            .and_then(|ending| ending.to_str())
        {
            Some("gz") => Compression::Gzip,
            Some("zst" | "zstd") => Compression::Zstd,
            Some("bz2") => Compression::Bzip2,
            Some("xz") => Compression::Xz,
            _ => Compression::None,
        }
    }
}

impl fmt::Display for Compression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Compression::None => "unpacked",
            Compression::Gzip => "gzip",
            Compression::Zstd => "zstd",
            Compression::Bzip2 => "bzip2",
            Compression::Xz => "xz",
        })
    }
}

/// An archive that cannot be read further; inside an [`io::Error`].
#[derive(Debug)]
pub struct Broken {
    /// What it is.
    pub compression: Compression,
    /// Whether the file ends too early, as opposed to holding something else than it should.
    pub truncated: bool,
    cause: String,
}

impl Broken {
    /// The broken archive behind an error of reading, if that is what it is.
    #[cfg(test)]
    pub fn of(error: &io::Error) -> Option<&Broken> {
        error.get_ref()?.downcast_ref()
    }
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.truncated {
            write!(f, "{} archive is truncated", self.compression)
        } else {
            write!(f, "{} archive is damaged: {}", self.compression, self.cause)
        }
    }
}

impl Error for Broken {}

/// What an input holds, unpacked, and how it was packed. With `threads` an archive of many members is unpacked by so
/// many at once, a few parts ahead of what is read.
///
/// # Errors
/// What reading the first bytes gave. Later errors come out of the reader.
pub fn unpack<'a>(
    mut input: impl BufRead + Send + 'a,
    threads: usize,
) -> io::Result<(Compression, Box<dyn BufRead + Send + 'a>)> {
    let mut head = Vec::with_capacity(MAGIC_BYTES);
    // Byte by byte, so that a person who types sees an answer as soon as it cannot be an archive.
    let compression = loop {
        if let Some(compression) = Compression::of_head(&head).filter(|_| !head.is_empty()) {
            break compression;
        }
        let mut byte = [0];
        match input.read(&mut byte) {
            Ok(0) => break Compression::None,
            Ok(_) => head.extend(byte),
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    };
    let whole = Cursor::new(head).chain(input);
    Ok((compression, open(compression, whole, threads)?))
}

fn open<'a>(
    compression: Compression,
    input: impl BufRead + Send + 'a,
    threads: usize,
) -> io::Result<Box<dyn BufRead + Send + 'a>> {
    if compression == Compression::None {
        return Ok(Box::new(input));
    }
    let decoder = if threads > 0 && Ahead::can(compression) {
        Box::new(Ahead::new(compression, input, threads))
    } else {
        decoder(compression, input)?
    };
    Ok(Box::new(BufReader::with_capacity(
        STEP_BYTES,
        Named {
            decoder,
            compression,
        },
    )))
}

fn decoder<'a>(
    compression: Compression,
    input: impl BufRead + Send + 'a,
) -> io::Result<Box<dyn Read + Send + 'a>> {
    Ok(match compression {
        Compression::None => Box::new(input),
        Compression::Gzip => Box::new(Gzip::new(input)),
        Compression::Zstd => {
            let mut decoder = zstd::Decoder::with_buffer(input)?;
            decoder.window_log_max(ZSTD_WINDOW_LOG)?;
            Box::new(decoder)
        }
        Compression::Bzip2 => Box::new(MultiBzDecoder::new(input)),
        Compression::Xz => {
            let stream =
                Stream::new_stream_decoder(u64::MAX, CONCATENATED).map_err(io::Error::other)?;
            Box::new(XzDecoder::new_stream(input, stream))
        }
    })
}

/// Names the archive in a decoder's errors.
struct Named<D> {
    decoder: D,
    compression: Compression,
}

impl<D: Read> Read for Named<D> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        // Reading to the end asks for more and more at a time.
        let step = buf.len().min(STEP_BYTES);
        self.decoder.read(&mut buf[..step]).map_err(|error| {
            // An error of the disk or the pipe is not the archive's.
            if error.raw_os_error().is_some()
                || matches!(error.kind(), ErrorKind::Interrupted | ErrorKind::WouldBlock)
            {
                return error;
            }
            let truncated = error.kind() == ErrorKind::UnexpectedEof;
            let kind = if truncated {
                ErrorKind::UnexpectedEof
            } else {
                ErrorKind::InvalidData
            };
            io::Error::new(
                kind,
                Broken {
                    compression: self.compression,
                    truncated,
                    cause: error.to_string(),
                },
            )
        })
    }
}

/// Members of gzip one after another, and the zeros with which tapes and block devices fill up behind them.
struct Gzip<R> {
    member: Option<GzDecoder<R>>,
}

impl<R: BufRead> Gzip<R> {
    fn new(input: R) -> Self {
        Gzip {
            member: Some(GzDecoder::new(input)),
        }
    }

    /// Opens the next member, if there is one.
    fn advance(&mut self) -> io::Result<()> {
        let Some(member) = self.member.take() else {
            return Ok(());
        };
        let mut input = member.into_inner();
        loop {
            let ready = input.fill_buf()?;
            let zeros = ready.iter().take_while(|&&byte| byte == 0).count();
            if zeros < ready.len() {
                let begins = ready[zeros] == 0x1F;
                input.consume(zeros);
                if !begins {
                    return Err(io::Error::new(
                        ErrorKind::InvalidData,
                        "something else follows its end",
                    ));
                }
                self.member = Some(GzDecoder::new(input));
                return Ok(());
            }
            if zeros == 0 {
                return Ok(());
            }
            input.consume(zeros);
        }
    }
}

impl<R: BufRead> Read for Gzip<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        if buf.is_empty() {
            return Ok(0);
        }
        while let Some(member) = &mut self.member {
            let n = member.read(buf)?;
            if n > 0 {
                return Ok(n);
            }
            self.advance()?;
        }
        Ok(0)
    }
}

#[cfg(test)]
mod tests;
