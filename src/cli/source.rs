//! From the paths of a run to tasks: what is read next, in order, a batch at a time.

use std::collections::{HashSet, VecDeque};
use std::fs;
use std::io::{self, BufRead};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use cleanfilter::decode;
use cleanfilter::format::parquet::Rows;
use cleanfilter::format::{Format, Item, Options, Reader, Record};

use super::input::walk::{Walk, WalkError};
use super::lay::Table;
use super::stream::{HEAD_BYTES, Stream};
use super::tell;

/// Bytes of records that are worth handing to another thread together: some thousand lines, a millisecond of work.
const BATCH_BYTES: usize = 256 << 10;

/// A file of the run, or standard input.
#[derive(Debug)]
pub struct File {
    /// As it is named to people: the path, or `<stdin>`.
    pub name: String,
    /// Where it lies below the folder that was named; what `--output-dir` writes to.
    pub relative: PathBuf,
    /// How its documents lie.
    pub format: Format,
}

/// Some of a file's items, to be worked on together.
#[derive(Debug)]
pub struct Task {
    /// Where the items come from.
    pub file: Arc<File>,
    /// The table that they are rows of.
    pub table: Option<Arc<Table>>,
    /// The ordinal in the run of the first document among them.
    pub ordinal: u64,
    /// What was read.
    pub items: Vec<Item>,
    /// The encoding that earlier parts of the same document were found to have.
    pub encoding: Option<&'static str>,
    /// What went wrong with the file, to be told behind the items.
    pub trouble: Option<String>,
    /// Whether the file begins here.
    pub first: bool,
    /// Whether it ends here.
    pub last: bool,
}

/// What to read, and how.
pub struct Wanted {
    /// Files, folders, `-`.
    pub paths: Vec<PathBuf>,
    /// None: by name and first bytes.
    pub format: Option<Format>,
    /// For the format.
    pub options: Options,
    /// For the encoding of documents in parts.
    pub decode: decode::Settings,
    /// How folders are walked.
    pub walk: Walk,
    /// A folder that is not walked into: the output's own.
    pub leave_out: Option<PathBuf>,
    /// Threads that unpack a file, beside the one that reads it.
    pub unpackers: usize,
    /// Whether two files with the same relative path are an error: they would be written to one place.
    pub distinct: bool,
    /// Documents that an earlier run has written, which are counted on from.
    pub documents_before: u64,
    /// Whether a file, by its relative path, was done by an earlier run.
    pub done: Box<dyn Fn(&Path) -> bool + Send>,
}

/// Reads tasks.
pub struct Source {
    wanted: Wanted,
    waiting: VecDeque<PathBuf>,
    /// The folder that is walked, and its files.
    walk: Option<(PathBuf, Files)>,
    open: Option<Open>,
    ordinal: u64,
    seen: HashSet<PathBuf>,
    /// Files that were found, done or not.
    pub found: Arc<AtomicUsize>,
}

/// Files of a folder, or what is wrong with a path below it.
type Files = Box<dyn Iterator<Item = Result<PathBuf, WalkError>> + Send>;

/// A file that is being read.
struct Open {
    file: Arc<File>,
    items: Items,
    table: Option<Arc<Table>>,
    buffered: Arc<AtomicUsize>,
    encoding: Option<&'static str>,
    first: bool,
}

/// What items are pulled out of.
enum Items {
    Stream(Box<Reader<Box<dyn BufRead + Send>>>),
    Table(Box<Rows<fs::File>>),
}

impl Items {
    fn next(&mut self) -> io::Result<Option<Item>> {
        match self {
            Items::Stream(reader) => reader.next(),
            Items::Table(rows) => rows.next(),
        }
    }
}

impl Source {
    /// A source before its first file.
    pub fn new(wanted: Wanted) -> Source {
        let ordinal = wanted.documents_before;
        let waiting = if wanted.paths.is_empty() {
            [PathBuf::from("-")].into()
        } else {
            wanted.paths.clone().into()
        };
        Source {
            wanted,
            waiting,
            walk: None,
            open: None,
            ordinal,
            seen: HashSet::new(),
            found: Arc::default(),
        }
    }

    /// The next task and its size in bytes.
    pub fn next(&mut self) -> Option<(Task, usize)> {
        loop {
            if let Some(open) = self.open.take() {
                return Some(self.read(open));
            }
            match self.next_file()? {
                Ok((path, relative)) => {
                    let open = self.open(&path, relative);
                    let missing =
                        matches!(&open, Err(error) if error.kind() == io::ErrorKind::NotFound);
                    self.found
                        .fetch_add(usize::from(!missing), Ordering::Relaxed);
                    match open {
                        Ok(open) => self.open = Some(open),
                        Err(error) => return Some(self.trouble(&path, &tell::cause(&error))),
                    }
                }
                Err((path, message)) => return Some(self.trouble(&path, &message)),
            }
        }
    }

    /// The next file: its path and its relative path; or the path that cannot be read, and why.
    fn next_file(&mut self) -> Option<Result<(PathBuf, PathBuf), (PathBuf, String)>> {
        loop {
            if let Some((root, walk)) = &mut self.walk {
                match walk.next() {
                    Some(Ok(path))
                        if self
                            .wanted
                            .leave_out
                            .as_ref()
                            .is_some_and(|out| path.starts_with(out)) => {}
                    Some(Ok(path)) => {
                        let relative = path.strip_prefix(&*root).unwrap_or(&path).to_owned();
                        if let Some(admitted) = self.admit(&path, relative) {
                            return Some(admitted);
                        }
                    }
                    Some(Err(error)) => {
                        return Some(Err((
                            error.path.unwrap_or_else(|| root.clone()),
                            error.cause,
                        )));
                    }
                    None => self.walk = None,
                }
                continue;
            }
            let path = self.waiting.pop_front()?;
            if path.as_os_str() == "-" {
                return Some(Ok((path, PathBuf::from("stdin"))));
            }
            if path.is_dir() {
                let files = self.wanted.walk.files(&path);
                self.walk = Some((path, Box::new(files)));
                continue;
            }
            let relative = path.file_name().map_or_else(|| path.clone(), PathBuf::from);
            match self.admit(&path, relative) {
                Some(admitted) => return Some(admitted),
                None => continue,
            }
        }
    }

    /// Passes a file on unless it was done before; two files that would be written to one place are an error.
    fn admit(
        &mut self,
        path: &Path,
        relative: PathBuf,
    ) -> Option<Result<(PathBuf, PathBuf), (PathBuf, String)>> {
        if self.wanted.distinct
            && self.wanted.paths.len() > 1
            && !self.seen.insert(relative.clone())
        {
            let message = format!(
                "another input lies at {} too (name their common folder instead)",
                relative.display()
            );
            return Some(Err((path.to_owned(), message)));
        }
        if (self.wanted.done)(&relative) {
            self.found.fetch_add(1, Ordering::Relaxed);
            return None;
        }
        Some(Ok((path.to_owned(), relative)))
    }

    fn open(&mut self, path: &Path, relative: PathBuf) -> io::Result<Open> {
        let from_stdin = path.as_os_str() == "-";
        let mut stream = Stream::open(path, self.wanted.unpackers)?;
        let buffered = stream.buffered.clone();
        // A record must not wait for a head to fill; where the format is known the head tells nothing.
        if matches!(self.wanted.format, None | Some(Format::Plain)) {
            stream.read_head(HEAD_BYTES);
        }
        let head = &stream.head;
        let name = if from_stdin {
            "<stdin>".to_owned()
        } else {
            path.display().to_string()
        };
        let guessed = Format::guess((!from_stdin).then_some(name.as_str()), head);
        let format = self.wanted.format.unwrap_or(guessed);
        let open = |items, table| {
            let file = Arc::new(File {
                name: name.clone(),
                relative: relative.clone(),
                format,
            });
            Open {
                file,
                items,
                table,
                buffered: buffered.clone(),
                encoding: None,
                first: true,
            }
        };
        if format == Format::Parquet && !from_stdin {
            let options = &self.wanted.options;
            let table = Table::open(fs::File::open(path)?, &options.text_field)?;
            // A file has its rows at hand.
            buffered.store(usize::MAX, Ordering::Relaxed);
            let rows = Rows::new(table.clone(), options);
            return Ok(open(Items::Table(Box::new(rows)), Some(table)));
        }
        if let Some(kind) = decode::binary(head).filter(|_| {
            let may_be = [Format::Warc, Format::Parquet];
            self.wanted.decode.encoding.is_none() && !may_be.contains(&format)
        }) {
            return Err(io::Error::other(format!(
                "{kind}, not text (passed over; --encoding reads it all the same)"
            )));
        }
        let reader = Reader::new(
            Box::new(stream) as Box<dyn BufRead + Send>,
            format,
            self.wanted.options.clone(),
        );
        Ok(open(Items::Stream(Box::new(reader)), None))
    }

    /// A task of the items at hand: as many as make a batch, or as are there without waiting for more.
    fn read(&mut self, mut open: Open) -> (Task, usize) {
        let (mut items, mut bytes) = (Vec::new(), 0);
        let (ordinal, encoding, first) = (self.ordinal, open.encoding, open.first);
        let (mut last, mut trouble) = (false, None);
        while bytes < BATCH_BYTES {
            match open.items.next() {
                Ok(Some(item)) => {
                    bytes += size(&item);
                    let mut alone = false;
                    if let Item::Record(record) = &item {
                        self.ordinal += 1;
                        alone = !record.part.is_whole();
                        if alone {
                            self.follow(&mut open.encoding, record);
                        }
                    }
                    items.push(item);
                    // What is there is passed on before waiting for more; parts of a document go one by one.
                    if alone || open.buffered.load(Ordering::Relaxed) == 0 {
                        break;
                    }
                }
                Ok(None) => {
                    last = true;
                    break;
                }
                Err(error) => {
                    (last, trouble) = (
                        true,
                        Some(format!("{}: {}", open.file.name, tell::cause(&error))),
                    );
                    break;
                }
            }
        }
        let (file, table) = (open.file.clone(), open.table.clone());
        if !last {
            open.first = false;
            self.open = Some(open);
        }
        (
            Task {
                file,
                table,
                ordinal,
                items,
                encoding,
                trouble,
                first,
                last,
            },
            bytes,
        )
    }

    /// Learns from a document's first part how the others are to be read. ASCII says nothing yet.
    fn follow(&self, encoding: &mut Option<&'static str>, record: &Record) {
        if record.part.last {
            *encoding = None;
        } else if encoding.is_none() && !record.body.is_ascii() {
            let (_, reading) = decode::decode(
                &record.body,
                record.declared.as_deref(),
                &self.wanted.decode,
            );
            *encoding = Some(reading.encoding);
        }
    }

    /// A task for a file that cannot be read at all.
    fn trouble(&self, path: &Path, message: &str) -> (Task, usize) {
        let name = if path.as_os_str() == "-" {
            "<stdin>".to_owned()
        } else {
            path.display().to_string()
        };
        let trouble = Some(format!("{name}: {message}"));
        let file = Arc::new(File {
            name,
            relative: PathBuf::new(),
            format: Format::Plain,
        });
        (
            Task {
                file,
                table: None,
                ordinal: self.ordinal,
                items: Vec::new(),
                encoding: None,
                trouble,
                first: false,
                last: false,
            },
            0,
        )
    }
}

fn size(item: &Item) -> usize {
    match item {
        // 256: what a record costs beside its bytes.
        Item::Record(record) => record.body.len() + 256,
        Item::Damaged { raw, .. } => raw.len() + 256,
        Item::Other { bytes, .. } => bytes.len(),
        Item::Skipped { .. } => 256,
    }
}
