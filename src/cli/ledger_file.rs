//! The file that `--ledger` names.
//!
//! Of a stream it appears when the run has ended, as the output does. Beside a tree of files it grows with them: what
//! was dropped from a file is in the ledger before the file gets its name, so that a run that was stopped can go on.

use std::collections::HashSet;
use std::fs::{self, File};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::Path;

use cleanfilter::ledger;
use serde::Deserialize;

use super::sink::Whole;

/// A ledger that is being written.
pub enum LedgerFile {
    /// Appears when it is finished.
    Whole(Box<Whole>),
    /// Grows file by file.
    Growing(BufWriter<File>),
}

/// What a run that was stopped left behind.
#[derive(Debug, Default)]
pub struct Left {
    /// Documents that the ledger holds.
    pub documents: u64,
    /// Hashes of the paths that it holds.
    paths: HashSet<u64>,
}

impl Left {
    /// Whether the ledger holds what was dropped from a file.
    pub fn holds(&self, path: &str) -> bool {
        self.paths.contains(&hash(path))
    }
}

impl LedgerFile {
    /// A ledger beside a stream.
    pub fn whole(path: &Path) -> io::Result<LedgerFile> {
        let mut file = Whole::create(path)?;
        file.write_all(&header())?;
        Ok(LedgerFile::Whole(Box::new(file)))
    }

    /// A ledger beside a tree.
    pub fn growing(path: &Path) -> io::Result<LedgerFile> {
        let mut file = BufWriter::new(File::create(path)?);
        file.write_all(&header())?;
        Ok(LedgerFile::Growing(file))
    }

    /// The ledger of a run that was stopped, without what it says of files that `is_done` does not know: those are
    /// done again.
    pub fn resumed(path: &Path, is_done: impl Fn(&str) -> bool) -> io::Result<(LedgerFile, Left)> {
        let old = match File::open(path) {
            Ok(old) => old,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Ok((LedgerFile::growing(path)?, Left::default()));
            }
            Err(error) => return Err(error),
        };
        let mut file = Whole::create(path)?;
        file.write_all(&header())?;
        let left = copy_done(BufReader::new(old), &mut file, is_done)?;
        file.finish()?;
        let grown = BufWriter::new(fs::OpenOptions::new().append(true).open(path)?);
        Ok((LedgerFile::Growing(grown), left))
    }

    /// Adds entries; `file_ends`: a file of the tree may get its name now.
    pub fn add(&mut self, entries: &[u8], file_ends: bool) -> io::Result<()> {
        match self {
            LedgerFile::Whole(file) => file.write_all(entries),
            LedgerFile::Growing(file) => {
                file.write_all(entries)?;
                if file_ends { file.flush() } else { Ok(()) }
            }
        }
    }

    /// Ends it.
    pub fn finish(self) -> io::Result<()> {
        match self {
            LedgerFile::Whole(file) => file.finish(),
            LedgerFile::Growing(mut file) => file.flush(),
        }
    }
}

/// What is read of a line of the ledger; the line itself is copied as it is.
#[derive(Deserialize)]
struct Line {
    #[serde(rename = "type")]
    kind: String,
    path: Option<String>,
}

/// Copies the entries of the files that are done. The last line may be cut off: then its file is not done.
fn copy_done(
    old: impl BufRead,
    to: &mut impl Write,
    is_done: impl Fn(&str) -> bool,
) -> io::Result<Left> {
    let mut left = Left::default();
    let mut copies = false;
    for line in old.split(b'\n') {
        let line = line?;
        let Ok(read) = serde_json::from_slice::<Line>(&line) else {
            continue;
        };
        match (read.kind.as_str(), read.path) {
            ("document", Some(path)) => {
                copies = is_done(&path);
                if copies {
                    left.documents += 1;
                    left.paths.insert(hash(&path));
                }
            }
            ("dropped", _) => {}
            _ => copies = false,
        }
        if copies {
            to.write_all(&line)?;
            to.write_all(b"\n")?;
        }
    }
    Ok(left)
}

fn header() -> Vec<u8> {
    let mut header = Vec::new();
    ledger::write_header(&mut header);
    header
}

fn hash(path: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    path.hash(&mut hasher);
    hasher.finish()
}
