//! Temporary files beside the output, where there is room for it.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// Makes temporary files.
#[derive(Debug)]
pub struct Runs {
    /// The output's path, and what marks the files.
    stem: OsString,
    made: u64,
}

impl Runs {
    /// Beside a path.
    pub fn beside(output: &Path) -> Runs {
        let mut stem = output.to_owned().into_os_string();
        // Two processes that write to one output would spoil each other's runs without it.
        stem.push(format!(".cleanfilter-run-{}-", std::process::id()));
        Runs { stem, made: 0 }
    }

    /// The next file, empty.
    pub fn next(&mut self) -> io::Result<TemporaryFile> {
        let mut path = self.stem.clone();
        path.push(self.made.to_string());
        self.made += 1;
        let path = PathBuf::from(path);
        let file = File::options()
            .read(true)
            .write(true)
            .create_new(true)
            .open(&path)?;
        // Where the system allows it the name goes at once: then nothing is left behind even by a kill.
        let left = fs::remove_file(&path).is_err().then_some(path);
        Ok(TemporaryFile { file, left })
    }
}

/// A file that is gone when it is dropped.
#[derive(Debug)]
pub struct TemporaryFile {
    file: File,
    left: Option<PathBuf>,
}

impl Drop for TemporaryFile {
    fn drop(&mut self) {
        if let Some(path) = &self.left {
            let _ = fs::remove_file(path);
        }
    }
}

impl Read for TemporaryFile {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        self.file.read(buf)
    }
}

impl Write for TemporaryFile {
    fn write(&mut self, buf: &[u8]) -> io::Result<usize> {
        self.file.write(buf)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Seek for TemporaryFile {
    fn seek(&mut self, pos: SeekFrom) -> io::Result<u64> {
        self.file.seek(pos)
    }
}
