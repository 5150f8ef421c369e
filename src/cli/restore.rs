//! `restore`: cleaned output and its ledger, back to the decoded input.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use cleanfilter::format::parquet::Rows;
use cleanfilter::format::{Format, Item, Options, Output, Reader, Record, write};
use cleanfilter::ledger::{Entry, Restorer};

use super::args::RestoreArguments;
use super::exit::End;
use super::input::walk::Walk;
use super::lay::Table;
use super::run::{cannot_write, format as input_format};
use super::sink::Sink;
use super::stream::{HEAD_BYTES, Stream};

/// Puts back what was dropped.
pub fn run(args: &RestoreArguments) -> Result<End, End> {
    let mut restore = Restore::open(args)?;
    let stdin = [PathBuf::from("-")];
    let paths = if args.paths.is_empty() {
        &stdin[..]
    } else {
        &args.paths
    };
    for path in paths {
        if path.as_os_str() == "-" {
            restore.file(path, Path::new("stdin"))?;
        } else if path.is_dir() {
            let everything = Walk {
                hidden: true,
                ignored: true,
            };
            for file in everything.files(path) {
                let file = file.map_err(|error| End::failed(error.cause))?;
                restore.file(&file, file.strip_prefix(path).unwrap_or(&file))?;
            }
        } else {
            restore.file(
                path,
                Path::new(path.file_name().unwrap_or(path.as_os_str())),
            )?;
        }
    }
    restore.finish()
}

/// A way back that has been begun.
struct Restore<'a> {
    args: &'a RestoreArguments,
    ledger: Restorer<BufReader<File>>,
    /// The entry that comes next.
    next: Option<Entry>,
    sink: Sink,
}

impl<'a> Restore<'a> {
    fn open(args: &'a RestoreArguments) -> Result<Restore<'a>, End> {
        let told = |message: String| End::failed(format!("{}: {message}", args.ledger.display()));
        let file = File::open(&args.ledger).map_err(|error| told(error.to_string()))?;
        let mut ledger = Restorer::new(BufReader::new(file)).map_err(told)?;
        let next = ledger.next_entry().map_err(told)?;
        let sink = Sink::open(args.output.as_deref(), args.output_dir.as_deref())
            .map_err(|(path, e)| cannot_write(&path, &e))?;
        Ok(Restore {
            args,
            ledger,
            next,
            sink,
        })
    }

    /// The next entry, taken.
    fn entry(&mut self) -> Result<Option<Entry>, End> {
        let following = self.ledger.next_entry();
        let following =
            following.map_err(|m| End::failed(format!("{}: {m}", self.args.ledger.display())))?;
        Ok(std::mem::replace(&mut self.next, following))
    }

    /// Restores one file of the output.
    fn file(&mut self, path: &Path, relative: &Path) -> Result<(), End> {
        let failed =
            |error: &dyn std::fmt::Display| End::failed(format!("{}: {error}", path.display()));
        let from_stdin = path.as_os_str() == "-";
        let mut input = Stream::open(path, 0).map_err(|e| failed(&e))?;
        input.read_head(HEAD_BYTES);
        let name = path.to_string_lossy();
        let guessed = Format::guess((!from_stdin).then_some(&*name), &input.head);
        let format = input_format(self.args.format).unwrap_or(guessed);
        if format == Format::Parquet && !from_stdin {
            return self.rows(path, relative);
        }
        self.put(relative, true, false, &[])?;
        match format {
            Format::Plain => self.plain(input, path, relative)?,
            _ => self.records(input, format, path, relative)?,
        }
        self.put(relative, false, true, &[])
    }

    /// Plain output: the documents' kept bytes follow each other. In a tree each file holds those of one path.
    fn plain(&mut self, mut input: Stream, path: &Path, relative: &Path) -> Result<(), End> {
        let failed =
            |error: &dyn std::fmt::Display| End::failed(format!("{}: {error}", path.display()));
        let source = self.next.as_ref().map(|entry| entry.document.path.clone());
        loop {
            let at_end = input.fill_buf().map_err(|e| failed(&e))?.is_empty();
            let of_this_file = |entry: &Entry| {
                if self.args.output_dir.is_some() {
                    Some(&entry.document.path) == source.as_ref()
                } else {
                    !at_end || entry.document.kept_bytes == 0
                }
            };
            if !self.next.as_ref().is_some_and(of_this_file) {
                return if at_end {
                    Ok(())
                } else {
                    Err(failed(
                        &"the output goes on behind its ledger (give the output of the same run)",
                    ))
                };
            }
            let Some(entry) = self.entry()? else {
                return Ok(());
            };
            let mut kept = Vec::new();
            (&mut input)
                .take(entry.document.kept_bytes)
                .read_to_end(&mut kept)
                .map_err(|e| failed(&e))?;
            let kept = String::from_utf8(kept)
                .map_err(|_| failed(&"not the output of a run: it is not UTF-8"))?;
            let text = entry.restore(&kept).map_err(|m| failed(&m))?;
            self.put(relative, false, false, text.as_bytes())?;
        }
    }

    /// Records: one entry each, or one for each of its parts.
    fn records(
        &mut self,
        input: Stream,
        format: Format,
        path: &Path,
        relative: &Path,
    ) -> Result<(), End> {
        let failed =
            |error: &dyn std::fmt::Display| End::failed(format!("{}: {error}", path.display()));
        let mut reader = Reader::new(input, format, self.options());
        let mut out = Vec::new();
        while let Some(item) = reader.next().map_err(|e| failed(&e))? {
            match item {
                Item::Record(record) => {
                    let text = self.record(&record).map_err(|m| {
                        failed(&format!("{} {}: {m}", format.counts(), record.line))
                    })?;
                    write(&record, None, &text, Output::Same, &mut out);
                }
                Item::Damaged { raw, .. } => out.extend_from_slice(&raw),
                Item::Other { bytes, .. } => out.extend_from_slice(&bytes),
                Item::Skipped { .. } => {}
            }
            self.put(relative, false, false, &out)?;
            out.clear();
        }
        Ok(())
    }

    /// Rows of a table: one entry each, or one for each of its parts.
    fn rows(&mut self, path: &Path, relative: &Path) -> Result<(), End> {
        let failed =
            |error: &dyn std::fmt::Display| End::failed(format!("{}: {error}", path.display()));
        let file = File::open(path).map_err(|e| failed(&e))?;
        let options = self.options();
        let table = Table::open(file, &options.text_field).map_err(|e| failed(&e))?;
        let mut rows = Rows::new(table.clone(), &options);
        let put = |restore: &mut Self, first, last, bytes: &[u8]| {
            let put = restore.sink.put(relative, Some(&table), first, last, bytes);
            put.map_err(|(path, e)| cannot_write(&path, &e))
        };
        put(self, true, false, &[])?;
        let mut out = Vec::new();
        while let Some(item) = rows.next().map_err(|e| failed(&e))? {
            match item {
                Item::Record(record) => {
                    let text = self
                        .record(&record)
                        .map_err(|m| failed(&format!("row {}: {m}", record.line)))?;
                    write(&record, None, &text, Output::Same, &mut out);
                }
                Item::Other { bytes, .. } => out.extend_from_slice(&bytes),
                Item::Damaged { .. } | Item::Skipped { .. } => {}
            }
            put(self, false, false, &out)?;
            out.clear();
        }
        put(self, false, true, &[])
    }

    /// What was written was within the limit of the run that wrote it.
    fn options(&self) -> Options {
        Options {
            text_field: self.args.text_field.clone(),
            max_document_bytes: usize::MAX / 4,
            max_part_bytes: usize::MAX / 4,
        }
    }

    fn record(&mut self, record: &Record) -> Result<String, String> {
        let mut kept = String::from_utf8_lossy(&record.body).into_owned();
        let mut text = String::new();
        loop {
            let entry = self
                .entry()
                .map_err(|end| end.message().unwrap_or_default().to_owned())?;
            let entry = entry
                .ok_or("the ledger ends before the output (give the output of the same run)")?;
            let more = match (
                entry.document.part,
                self.next.as_ref().and_then(|next| next.document.part),
            ) {
                (Some(part), Some(next)) => next == part + 1,
                _ => false,
            };
            let size = usize::try_from(entry.document.kept_bytes).unwrap_or(usize::MAX);
            let rest = if more && kept.is_char_boundary(size) {
                kept.split_off(size.min(kept.len()))
            } else {
                String::new()
            };
            text += &entry.restore(&kept)?;
            kept = rest;
            if !more {
                return Ok(text);
            }
        }
    }

    fn put(&mut self, relative: &Path, first: bool, last: bool, bytes: &[u8]) -> Result<(), End> {
        self.sink
            .put(relative, None, first, last, bytes)
            .map_err(|(path, e)| cannot_write(&path, &e))
    }

    fn finish(self) -> Result<End, End> {
        if let Some(entry) = self.next {
            return Err(End::failed(format!(
                "{}: document {} of {}: the output ends before it (give the output of the same run, unedited and in its order)",
                self.args.ledger.display(),
                entry.document.document,
                entry.document.path
            )));
        }
        self.sink
            .finish()
            .map_err(|(path, e)| cannot_write(&path, &e))?;
        Ok(End::Done)
    }
}
