//! The file of what was learnt, version 1: a header, sorted entries, and a trailer that says whether it is whole.
//!
//! | bytes | what (numbers are little-endian) |
//! | --- | --- |
//! | 8 | `cfrepeat` |
//! | 4 | version: 1 |
//! | 4 | scope: 1 site, 0 corpus |
//! | 4 | the fewest documents of an entry that was written |
//! | 4 | 0 |
//! | 28 each | entries: site 8, paragraph 8, keeper 8, documents 4; site, then paragraph ascending, no two alike |
//! | 8 | how many entries |
//! | 8 | how many documents were read |
//! | 8 | checksum: XXH64 of the header; for each entry rotated left by one bit, plus the entry's XXH64; at last as for an entry with the 16 bytes before |

use std::io::{self, BufReader, BufWriter, ErrorKind, Read, Seek, SeekFrom, Write};

use super::merge::{Source, merge};
use super::{Entry, Scope};
use crate::ledger::xxh64;

const MAGIC: [u8; 8] = *b"cfrepeat";
const VERSION: u32 = 1;
const HEADER_BYTES: usize = 24;
const TRAILER_BYTES: usize = 24;

/// Bytes read or written at once: few enough calls to not be seen in a profile.
const BUFFER_BYTES: usize = 256 << 10;

/// What went into a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Summed {
    /// Different paragraphs that were offered.
    pub different: u64,
    /// Of them, those with enough documents.
    pub written: u64,
}

/// Writes a file from its start to its end.
pub(super) struct Writer<W: Write> {
    out: BufWriter<W>,
    min_documents: u32,
    summed: Summed,
    checksum: u64,
}

impl<W: Write> Writer<W> {
    pub fn new(out: W, scope: Scope, min_documents: u32) -> io::Result<Writer<W>> {
        let scope = match scope {
            Scope::Site => 1u32,
            Scope::Corpus => 0,
        };
        let mut header = MAGIC.to_vec();
        for number in [VERSION, scope, min_documents, 0] {
            header.extend_from_slice(&number.to_le_bytes());
        }
        let mut out = BufWriter::with_capacity(BUFFER_BYTES, out);
        out.write_all(&header)?;
        Ok(Writer {
            out,
            min_documents,
            summed: Summed {
                different: 0,
                written: 0,
            },
            checksum: xxh64(&header),
        })
    }

    /// Writes an entry if it has enough documents. Entries come in order.
    pub fn write(&mut self, entry: &Entry) -> io::Result<()> {
        self.summed.different += 1;
        if entry.documents < self.min_documents {
            return Ok(());
        }
        self.summed.written += 1;
        let bytes = entry.to_bytes();
        self.checksum = roll(self.checksum, &bytes);
        self.out.write_all(&bytes)
    }

    pub fn finish(mut self, documents: u64) -> io::Result<Summed> {
        let mut numbers = self.summed.written.to_le_bytes().to_vec();
        numbers.extend_from_slice(&documents.to_le_bytes());
        self.out.write_all(&numbers)?;
        self.out
            .write_all(&roll(self.checksum, &numbers).to_le_bytes())?;
        self.out.flush()?;
        Ok(self.summed)
    }
}

fn roll(checksum: u64, bytes: &[u8]) -> u64 {
    checksum.rotate_left(1).wrapping_add(xxh64(bytes))
}

/// Reads the entries of a file in order; the last item is an error if the file is damaged.
#[derive(Debug)]
pub struct Records<R> {
    input: BufReader<R>,
    name: String,
    /// Over what it was counted.
    pub scope: Scope,
    /// The fewest documents of an entry that was written: counts below it are not known.
    pub min_documents: u32,
    /// How many documents were read.
    pub documents: u64,
    left: u64,
    last: Option<(u64, u64)>,
    checksum: u64,
    expected: u64,
}

impl<R: Read + Seek> Records<R> {
    /// Opens a file; `name` is what errors call it.
    ///
    /// # Errors
    /// One line that begins with the name: not such a file, of another version, cut short, or not readable.
    pub fn open(mut input: R, name: &str) -> io::Result<Records<R>> {
        let told = |error: io::Error| broken(name, &error.to_string());
        let bytes = input.seek(SeekFrom::End(0)).map_err(told)?;
        let header = read_at::<HEADER_BYTES, R>(&mut input, 0, bytes).map_err(told)?;
        let (scope, min_documents) = parse_header(header).map_err(|cause| broken(name, &cause))?;
        let body = bytes.checked_sub((HEADER_BYTES + TRAILER_BYTES) as u64);
        let body = body
            .filter(|body| body % Entry::BYTES as u64 == 0)
            .ok_or_else(|| broken(name, CUT_SHORT))?;
        let at = HEADER_BYTES as u64 + body;
        let trailer = read_at::<TRAILER_BYTES, R>(&mut input, at, bytes).map_err(told)?;
        let [entries, documents, expected] = words(&trailer);
        if entries != body / Entry::BYTES as u64 {
            return Err(broken(name, CUT_SHORT));
        }
        input
            .seek(SeekFrom::Start(HEADER_BYTES as u64))
            .map_err(told)?;
        Ok(Records {
            input: BufReader::with_capacity(BUFFER_BYTES, input),
            name: name.to_owned(),
            scope,
            min_documents,
            documents,
            left: entries,
            last: None,
            checksum: xxh64(&header),
            expected,
        })
    }
}

impl<R: Read> Records<R> {
    fn read(&mut self) -> io::Result<Entry> {
        let mut bytes = [0; Entry::BYTES];
        let read = self.input.read_exact(&mut bytes);
        read.map_err(|error| broken(&self.name, &error.to_string()))?;
        let entry = Entry::from_bytes(&bytes);
        self.checksum = roll(self.checksum, &bytes);
        if self.last >= Some(entry.key()) || entry.documents < self.min_documents {
            return Err(broken(&self.name, DAMAGED));
        }
        self.last = Some(entry.key());
        self.left -= 1;
        Ok(entry)
    }

    /// The error of a file whose checksum is not its own.
    fn check(&mut self) -> Option<io::Error> {
        // `last` is asked for once: then there is nothing left to check.
        let expected = std::mem::replace(&mut self.expected, 0);
        let mut numbers = [0; 16];
        self.input.read_exact(&mut numbers).ok()?;
        (roll(self.checksum, &numbers) != expected).then(|| broken(&self.name, DAMAGED))
    }
}

impl<R: Read> Iterator for Records<R> {
    type Item = io::Result<Entry>;

    fn next(&mut self) -> Option<io::Result<Entry>> {
        if self.left == 0 {
            return self.check().map(Err);
        }
        let entry = self.read();
        if entry.is_err() {
            self.left = 0;
        }
        Some(entry)
    }
}

/// Joins files: counts add up. Entries with fewer than `min_documents` documents are left out, and so are those with
/// fewer than any of the files left out, because their counts are not known.
///
/// # Errors
/// One line: a file that is damaged, files of different scopes, and errors of `out`.
pub fn join_files<R: Read>(
    files: Vec<Records<R>>,
    min_documents: u32,
    out: impl Write,
) -> io::Result<Summed> {
    let Some(first) = files.first() else {
        return Err(io::Error::other("no files to join"));
    };
    if let Some(other) = files.iter().find(|file| file.scope != first.scope) {
        return Err(broken(
            &other.name,
            &format!(
                "counted over {}, unlike {} (learn both alike)",
                other.scope.name(),
                first.name
            ),
        ));
    }
    let scope = first.scope;
    let documents = files
        .iter()
        .fold(0u64, |sum, file| sum.saturating_add(file.documents));
    let most = files.iter().map(|file| file.min_documents).max();
    let mut writer = Writer::new(out, scope, min_documents.max(most.unwrap_or(0)))?;
    let sources = files
        .into_iter()
        .map(|file| Box::new(file) as Source<'_>)
        .collect();
    merge(sources, |entry| writer.write(&entry))?;
    writer.finish(documents)
}

impl Scope {
    fn name(self) -> &'static str {
        match self {
            Scope::Site => "each site",
            Scope::Corpus => "the whole corpus",
        }
    }
}

const CUT_SHORT: &str = "cut short (learn it again)";
const DAMAGED: &str = "damaged: its checksum does not match (learn it again)";

fn broken(name: &str, cause: &str) -> io::Error {
    io::Error::new(ErrorKind::InvalidData, format!("{name}: {cause}"))
}

/// Some bytes at a place; zeros where the file of `bytes` bytes ends before.
fn read_at<const N: usize, R: Read + Seek>(
    input: &mut R,
    at: u64,
    bytes: u64,
) -> io::Result<[u8; N]> {
    let mut read = [0; N];
    input.seek(SeekFrom::Start(at))?;
    let there = usize::try_from(bytes.saturating_sub(at))
        .unwrap_or(N)
        .min(N);
    input.read_exact(&mut read[..there])?;
    Ok(read)
}

fn parse_header(header: [u8; HEADER_BYTES]) -> Result<(Scope, u32), String> {
    let (magic, numbers) = header.split_at(MAGIC.len());
    if magic != MAGIC {
        return Err("not a file that `cleanfilter learn` wrote".to_owned());
    }
    let numbers: Vec<u32> = numbers
        .as_chunks::<4>()
        .0
        .iter()
        .map(|n| u32::from_le_bytes(*n))
        .collect();
    match numbers[..] {
        [VERSION, 1, min, 0] => Ok((Scope::Site, min)),
        [VERSION, 0, min, 0] => Ok((Scope::Corpus, min)),
        [VERSION, ..] => Err(DAMAGED.to_owned()),
        [version, ..] => Err(format!(
            "of version {version}, and this build reads version {VERSION} (learn it again)"
        )),
        [] => Err(CUT_SHORT.to_owned()),
    }
}

fn words(trailer: &[u8; TRAILER_BYTES]) -> [u64; 3] {
    match trailer.as_chunks::<8>().0 {
        [a, b, c] => [a, b, c].map(|word| u64::from_le_bytes(*word)),
        _ => [0; 3],
    }
}
