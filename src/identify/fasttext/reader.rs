//! A cursor over the file that never reads past its end and never trusts a size.

use std::ops::Range;

use super::error::{Error, broken};

/// Reads little-endian numbers in order; each error names the section it was in.
pub(super) struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    section: &'static str,
}

impl<'a> Reader<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Reader {
            bytes,
            at: 0,
            section: "header",
        }
    }

    /// Names the section that follows.
    pub(super) fn enter(&mut self, section: &'static str) {
        self.section = section;
    }

    /// Bytes that are left.
    pub(super) fn left(&self) -> usize {
        self.bytes.len() - self.at
    }

    /// The place of the next `len` bytes, which are passed over.
    pub(super) fn range(&mut self, len: usize) -> Result<Range<usize>, Error> {
        if len > self.left() {
            return broken(format!(
                "the file ends inside its {} ({} bytes needed at {}, {} left)",
                self.section,
                len,
                self.at,
                self.left()
            ));
        }
        let start = self.at;
        self.at += len;
        Ok(start..self.at)
    }

    /// The place of `rows` times `columns` items of `width` bytes each.
    pub(super) fn table(
        &mut self,
        rows: usize,
        columns: usize,
        width: usize,
    ) -> Result<Range<usize>, Error> {
        match rows.checked_mul(columns).and_then(|n| n.checked_mul(width)) {
            Some(len) => self.range(len),
            None => broken(format!("the {} has impossible sizes", self.section)),
        }
    }

    /// The place of the bytes up to the next NUL, which is passed over too.
    pub(super) fn text(&mut self) -> Result<Range<usize>, Error> {
        let rest = &self.bytes[self.at..];
        match memchr::memchr(0, rest) {
            Some(len) => {
                let text = self.range(len)?;
                self.range(1)?;
                Ok(text)
            }
            None => broken(format!("the file ends inside its {}", self.section)),
        }
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], Error> {
        let mut array = [0; N];
        let range = self.range(N)?;
        array.copy_from_slice(&self.bytes[range]);
        Ok(array)
    }

    pub(super) fn u8(&mut self) -> Result<u8, Error> {
        Ok(self.array::<1>()?[0])
    }

    pub(super) fn i32(&mut self) -> Result<i32, Error> {
        Ok(i32::from_le_bytes(self.array()?))
    }

    pub(super) fn i64(&mut self) -> Result<i64, Error> {
        Ok(i64::from_le_bytes(self.array()?))
    }

    /// A flag, as a byte that is 0 or 1.
    pub(super) fn flag(&mut self, name: &str) -> Result<bool, Error> {
        match self.u8()? {
            0 => Ok(false),
            1 => Ok(true),
            other => broken(format!("{name} of the {} is {other}", self.section)),
        }
    }

    /// A size in 32 bits that must not be negative.
    pub(super) fn size32(&mut self, name: &str) -> Result<usize, Error> {
        let size = self.i32()?;
        self.size(name, size.into())
    }

    /// A size in 64 bits that must not be negative.
    pub(super) fn size64(&mut self, name: &str) -> Result<usize, Error> {
        let size = self.i64()?;
        self.size(name, size)
    }

    fn size(&self, name: &str, size: i64) -> Result<usize, Error> {
        match usize::try_from(size) {
            Ok(size) => Ok(size),
            Err(_) => broken(format!("{name} of the {} is {size}", self.section)),
        }
    }

    /// A copy of the next `count` floats, all of them finite. Not larger than what the file holds.
    pub(super) fn floats(&mut self, count: usize) -> Result<Vec<f32>, Error> {
        let range = self.table(count, 1, size_of::<f32>())?;
        let floats = read_floats(&self.bytes[range]);
        if floats.iter().all(|f| f.is_finite()) {
            Ok(floats)
        } else {
            broken(format!(
                "the {} holds a number that is not finite",
                self.section
            ))
        }
    }
}

/// Little-endian floats, copied.
pub(super) fn read_floats(bytes: &[u8]) -> Vec<f32> {
    let (floats, _) = bytes.as_chunks();
    floats.iter().map(|b| f32::from_le_bytes(*b)).collect()
}
