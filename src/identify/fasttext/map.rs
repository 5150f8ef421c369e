//! The model's bytes: a file mapped into memory, or bytes that the caller holds.

use std::fs::File;
use std::ops::Deref;
use std::path::Path;

use super::error::{Error, broken};

/// The bytes of a model file.
pub(super) enum Bytes {
    Mapped(memmap2::Mmap),
    Owned(Vec<u8>),
}

impl Bytes {
    /// Maps a regular file.
    ///
    /// The mapping is what lets a model of a gigabyte answer at once and share its pages between processes.
    #[allow(unsafe_code)]
    pub(super) fn open(path: &Path) -> Result<Bytes, Error> {
        let file = File::open(path)?;
        let about = file.metadata()?;
        if !about.is_file() {
            return broken("not a regular file");
        }
        if about.len() == 0 {
            return broken("the file is empty");
        }
        // SAFETY: `Mmap::map` asks that the file not be changed by others while it is mapped, which no program can
        // promise of a file; what holds instead is this. The map is private to this type and handed out as `&[u8]`
        // only: every bit pattern is a valid `u8`, numbers are made from it by copying (`from_le_bytes`), no `str`,
        // `bool` or enum is ever borrowed from it, and labels are copied out when the model is opened. Every size and
        // offset that later reads rely on was checked once and is kept outside the map, and every slice of it is
        // bounds-checked against the length of the mapping, which does not change. So bytes that change under us
        // change numbers, not memory safety. A file that is cut short while it is mapped ends the process with
        // SIGBUS, as with every program that maps files.
        let map = unsafe { memmap2::Mmap::map(&file)? };
        Ok(Bytes::Mapped(map))
    }
}

impl Deref for Bytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match self {
            Bytes::Mapped(map) => map,
            Bytes::Owned(bytes) => bytes,
        }
    }
}
