//! Packed output, as the name of the output says.

use std::io::{self, Write};

use bzip2::write::BzEncoder;
use flate2::write::GzEncoder;
use liblzma::write::XzEncoder;

use crate::cli::input::compress::Compression;

/// The level of xz(1); flate2, zstd and bzip2 know the usual levels of theirs.
const XZ_LEVEL: u32 = 6;

/// Packs what is written. [`Packer::finish`] ends the archive; one that is dropped before is not whole.
pub enum Packer<W: Write> {
    None(W),
    Gzip(GzEncoder<W>),
    Zstd(zstd::Encoder<'static, W>),
    Bzip2(BzEncoder<W>),
    Xz(XzEncoder<W>),
}

impl<W: Write> Packer<W> {
    /// Packs into `out`. The same bytes give the same archive: it holds no name and no time.
    ///
    /// # Errors
    /// If there is no memory for the packer.
    pub fn new(compression: Compression, out: W) -> io::Result<Self> {
        Ok(match compression {
            Compression::None => Packer::None(out),
            Compression::Gzip => Packer::Gzip(GzEncoder::new(out, flate2::Compression::default())),
            Compression::Zstd => {
                let mut encoder = zstd::Encoder::new(out, zstd::DEFAULT_COMPRESSION_LEVEL)?;
                // As zstd(1) does: without it a flipped bit may stay unseen.
                encoder.include_checksum(true)?;
                Packer::Zstd(encoder)
            }
            Compression::Bzip2 => Packer::Bzip2(BzEncoder::new(out, bzip2::Compression::best())),
            Compression::Xz => Packer::Xz(XzEncoder::new(out, XZ_LEVEL)),
        })
    }

    /// Ends the archive and gives the output back.
    ///
    /// # Errors
    /// What writing the rest gave.
    pub fn finish(self) -> io::Result<W> {
        match self {
            Packer::None(mut out) => out.flush().map(|()| out),
            Packer::Gzip(encoder) => encoder.finish(),
            Packer::Zstd(encoder) => encoder.finish(),
            Packer::Bzip2(encoder) => encoder.finish(),
            Packer::Xz(encoder) => encoder.finish(),
        }
    }

    fn inner(&mut self) -> &mut dyn Write {
        match self {
            Packer::None(out) => out,
            Packer::Gzip(encoder) => encoder,
            Packer::Zstd(encoder) => encoder,
            Packer::Bzip2(encoder) => encoder,
            Packer::Xz(encoder) => encoder,
        }
    }
}

impl<W: Write> Write for Packer<W> {
    fn write(&mut self, buf: &[u8]) -> io::Result<usize> {
        self.inner().write(buf)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner().flush()
    }
}
