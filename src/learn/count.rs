//! Batches -> a file, in bounded memory.

use std::io::{self, BufReader, BufWriter, Read, Seek, SeekFrom, Write};

use super::entry::settle;
use super::file::{Summed, Writer};
use super::merge::{Source, merge};
use super::{Batch, Entry, Scope};

/// Runs that are merged into one: each costs a buffer and an open file, and each merge reads and writes all of them.
/// With 16 a thousand million entries in runs of eight million are written twice.
const FAN_IN: usize = 16;

/// Bytes of a run's buffer: [`FAN_IN`] of them on some levels are a few MiB.
const RUN_BUFFER_BYTES: usize = 64 << 10;

/// The fewest entries that are held: below, runs would be smaller than their buffers.
const MIN_ENTRIES: usize = 16;

/// Counts in how many documents each paragraph stands.
///
/// What it writes depends on the documents alone: not on their order, on how they lie in batches, or on its memory.
#[derive(Debug)]
pub struct Counter<F, M> {
    scope: Scope,
    /// Makes room for a run.
    make_run: M,
    entries: Vec<Entry>,
    /// Entries that are held at most.
    limit: usize,
    /// Runs that were moved out; those of the next level are [`FAN_IN`] of this one merged.
    levels: Vec<Vec<Run<F>>>,
    figures: Figures,
}

/// What a counter did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// Documents.
    pub documents: u64,
    /// Paragraphs in them with a letter or digit.
    pub paragraphs: u64,
    /// Different ones, site by site.
    pub different: u64,
    /// Of them, those that were written.
    pub written: u64,
    /// Runs that were moved out of memory, not counting merged ones.
    pub runs: u64,
}

/// A sorted run outside of memory.
#[derive(Debug)]
struct Run<F> {
    file: F,
    entries: u64,
}

impl<F, M> Counter<F, M>
where
    F: Read + Write + Seek,
    M: FnMut() -> io::Result<F>,
{
    /// A counter that holds at most `memory_bytes` of entries; `make_run` gives an empty file for what does not fit.
    ///
    /// # Errors
    /// If there is not so much memory.
    pub fn new(scope: Scope, memory_bytes: usize, make_run: M) -> io::Result<Counter<F, M>> {
        let limit = (memory_bytes / size_of::<Entry>()).max(MIN_ENTRIES);
        let mut entries = Vec::new();
        // All at once: growing by copies would need half as much again. Pages that are not used cost nothing.
        entries
            .try_reserve_exact(limit)
            .map_err(|_| io::Error::other(format!("no memory of {memory_bytes} bytes")))?;
        Ok(Counter {
            scope,
            make_run,
            entries,
            limit,
            levels: Vec::new(),
            figures: Figures::default(),
        })
    }

    /// Takes documents in.
    ///
    /// # Errors
    /// Of the run files; and if the batch has another scope.
    pub fn add(&mut self, batch: Batch) -> io::Result<()> {
        if batch.scope != self.scope {
            return Err(io::Error::other("a batch of another scope"));
        }
        self.figures.documents += batch.documents;
        self.figures.paragraphs += batch.paragraphs;
        let mut rest = &batch.entries[..];
        while !rest.is_empty() {
            if self.entries.len() >= self.limit {
                self.make_room()?;
            }
            let (now, later) = rest.split_at(rest.len().min(self.limit - self.entries.len()));
            self.entries.extend_from_slice(now);
            rest = later;
        }
        Ok(())
    }

    /// Joins what is equal; moves it out if that did not free half of the memory.
    fn make_room(&mut self) -> io::Result<()> {
        settle(&mut self.entries);
        if self.entries.len() <= self.limit / 2 {
            return Ok(());
        }
        self.figures.runs += 1;
        let mut run = (self.make_run)()?;
        let mut out = BufWriter::with_capacity(RUN_BUFFER_BYTES, &mut run);
        for entry in &self.entries {
            out.write_all(&entry.to_bytes())?;
        }
        out.flush()?;
        drop(out);
        let entries = self.entries.len() as u64;
        self.entries.clear();
        self.keep(Run { file: run, entries })
    }

    /// Puts a run on the lowest level, and merges levels that are full.
    fn keep(&mut self, run: Run<F>) -> io::Result<()> {
        let mut run = Some(run);
        let mut level = 0;
        while let Some(rising) = run.take() {
            if self.levels.len() <= level {
                self.levels.push(Vec::new());
            }
            let Some(runs) = self.levels.get_mut(level) else {
                break;
            };
            runs.push(rising);
            if runs.len() >= FAN_IN {
                run = Some(merge_runs(std::mem::take(runs), (self.make_run)()?)?);
            }
            level += 1;
        }
        Ok(())
    }

    /// Writes what stands in `min_documents` documents or more.
    ///
    /// # Errors
    /// Of the run files, and of `out`.
    pub fn finish(mut self, min_documents: u32, out: impl Write) -> io::Result<Figures> {
        settle(&mut self.entries);
        let mut sources: Vec<Source<'_>> = vec![Box::new(self.entries.iter().copied().map(Ok))];
        for run in self.levels.iter_mut().flatten() {
            sources.push(run.read()?);
        }
        let mut writer = Writer::new(out, self.scope, min_documents)?;
        merge(sources, |entry| writer.write(&entry))?;
        let Summed { different, written } = writer.finish(self.figures.documents)?;
        Ok(Figures {
            different,
            written,
            ..self.figures
        })
    }
}

/// Merges runs into one.
fn merge_runs<F: Read + Write + Seek>(mut runs: Vec<Run<F>>, mut file: F) -> io::Result<Run<F>> {
    let mut entries = 0;
    let mut out = BufWriter::with_capacity(RUN_BUFFER_BYTES, &mut file);
    let sources: io::Result<Vec<Source<'_>>> = runs.iter_mut().map(Run::read).collect();
    merge(sources?, |entry| {
        entries += 1;
        out.write_all(&entry.to_bytes())
    })?;
    out.flush()?;
    drop(out);
    Ok(Run { file, entries })
}

impl<F: Read + Seek> Run<F> {
    /// Reads it from its start.
    fn read(&mut self) -> io::Result<Source<'_>> {
        self.file.seek(SeekFrom::Start(0))?;
        let mut input = BufReader::with_capacity(RUN_BUFFER_BYTES, &mut self.file);
        Ok(Box::new((0..self.entries).map(move |_| {
            let mut bytes = [0; Entry::BYTES];
            input.read_exact(&mut bytes)?;
            Ok(Entry::from_bytes(&bytes))
        })))
    }
}
