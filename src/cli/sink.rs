//! Where the output goes: standard output, a file, a tree of files. A file is written beside and then renamed, so that
//! it is there whole or not at all.

use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::input::compress::Compression;
use super::lay::{Lay, Table};
use super::output::compress::Packer;

/// Bytes collected before they are written.
const WRITE_BYTES: usize = 256 << 10;
/// Behind the name of a file that is not yet whole. A run that goes on writes it anew.
const PARTIAL: &str = ".cleanfilter-partial";

/// Where the output goes.
pub enum Sink {
    /// One stream: standard output, or something that cannot be renamed (a device, a pipe).
    Stream(Lay<Box<dyn Write + Send>>),
    /// One file.
    File(Whole),
    /// The same relative paths below a folder.
    Tree {
        /// The folder.
        folder: PathBuf,
        /// The file that is being written.
        open: Option<Whole>,
    },
}

/// A file that appears when it is finished.
pub struct Whole {
    path: PathBuf,
    partial: PathBuf,
    writer: Option<Lay<Packer<BufWriter<fs::File>>>>,
}

impl Whole {
    /// Opens a file beside `path`; compressed if the name of `path` says so.
    pub fn create(path: &Path) -> io::Result<Whole> {
        let mut partial = path.to_owned().into_os_string();
        partial.push(PARTIAL);
        let partial = PathBuf::from(partial);
        let file = BufWriter::with_capacity(WRITE_BYTES, fs::File::create(&partial)?);
        let writer = Packer::new(Compression::of_name(path), file)?;
        Ok(Whole {
            path: path.to_owned(),
            partial,
            writer: Some(Lay::new(writer, path)),
        })
    }

    /// Ends the file and gives it its name.
    pub fn finish(mut self) -> io::Result<()> {
        if let Some(writer) = self.writer.take() {
            writer.finish()?.finish()?.flush()?;
        }
        fs::rename(&self.partial, &self.path)
    }

    fn put(&mut self, table: Option<&Arc<Table>>, first: bool, bytes: &[u8]) -> io::Result<()> {
        match &mut self.writer {
            Some(writer) => writer.put(table, first, bytes),
            None => Err(io::ErrorKind::WriteZero.into()),
        }
    }
}

impl Write for Whole {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.writer {
            Some(writer) => writer.write(bytes),
            None => Err(io::ErrorKind::WriteZero.into()),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.writer.as_mut().map_or(Ok(()), Write::flush)
    }
}

/// What was not finished is not left lying about.
impl Drop for Whole {
    fn drop(&mut self) {
        if self.writer.take().is_some() {
            let _ = fs::remove_file(&self.partial);
        }
    }
}

impl Sink {
    /// A file, a tree, or standard output where neither is named.
    ///
    /// # Errors
    /// An error of the system, with the path that it is about.
    pub fn open(file: Option<&Path>, folder: Option<&Path>) -> Result<Sink, (PathBuf, io::Error)> {
        match (file, folder) {
            (Some(path), _) => Sink::file(path).map_err(|e| (path.to_owned(), e)),
            (_, Some(folder)) => Sink::tree(folder).map_err(|e| (folder.to_owned(), e)),
            _ => Ok(Sink::stdout()),
        }
    }

    /// Standard output.
    fn stdout() -> Sink {
        let aside = std::env::temp_dir().join("stdout");
        Sink::Stream(Lay::new(Box::new(io::stdout()), &aside))
    }

    /// A file by name.
    fn file(path: &Path) -> io::Result<Sink> {
        // A device or a pipe is written to as it is.
        let special = fs::metadata(path).is_ok_and(|m| !m.is_file() && !m.is_dir());
        if special {
            let out = fs::File::options().write(true).open(path)?;
            let aside = std::env::temp_dir().join("stdout");
            return Ok(Sink::Stream(Lay::new(Box::new(out), &aside)));
        }
        Whole::create(path).map(Sink::File)
    }

    /// A tree below a folder, which is made if it is not there.
    fn tree(folder: &Path) -> io::Result<Sink> {
        fs::create_dir_all(folder)?;
        Ok(Sink::Tree {
            folder: folder.to_owned(),
            open: None,
        })
    }

    /// Writes bytes of a file of the run, which begins or ends with them; of a table its rows.
    ///
    /// # Errors
    /// An error of the system, with the path that it is about.
    pub fn put(
        &mut self,
        relative: &Path,
        table: Option<&Arc<Table>>,
        first: bool,
        last: bool,
        bytes: &[u8],
    ) -> Result<(), (PathBuf, io::Error)> {
        match self {
            Sink::Stream(out) => out
                .put(table, first, bytes)
                .and_then(|()| out.flush())
                .map_err(|e| (PathBuf::from("<stdout>"), e)),
            Sink::File(whole) => whole
                .put(table, first, bytes)
                .map_err(|e| (whole.path.clone(), e)),
            Sink::Tree { folder, open } => {
                let path = folder.join(relative);
                put_in_tree(open, &path, table, first, last, bytes).map_err(|e| (path, e))
            }
        }
    }

    /// Ends the output.
    pub fn finish(self) -> Result<(), (PathBuf, io::Error)> {
        match self {
            Sink::Stream(out) => out
                .finish()
                .and_then(|mut out| out.flush())
                .map_err(|e| (PathBuf::from("<stdout>"), e)),
            Sink::File(whole) => {
                let path = whole.path.clone();
                whole.finish().map_err(|e| (path, e))
            }
            Sink::Tree { .. } => Ok(()),
        }
    }
}

fn put_in_tree(
    open: &mut Option<Whole>,
    path: &Path,
    table: Option<&Arc<Table>>,
    first: bool,
    last: bool,
    bytes: &[u8],
) -> io::Result<()> {
    if first {
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        *open = Some(Whole::create(path)?);
    }
    if let Some(whole) = open {
        whole.put(table, first, bytes)?;
    }
    match open.take_if(|_| last) {
        Some(whole) => whole.finish(),
        None => Ok(()),
    }
}
