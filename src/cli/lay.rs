//! How an output lies: bytes one behind the other, or the rows of a table.

use std::fs::File;
use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;

use cleanfilter::format::parquet::{self, Writer};

use super::temporary::{Runs, TemporaryFile};

/// A table of the run.
pub type Table = parquet::Table<File>;

type MakeFile = Box<dyn FnMut() -> io::Result<TemporaryFile> + Send>;

/// An output, which the first thing that is written to it gives its form.
pub struct Lay<W: Write + Send> {
    form: Form<W>,
    runs: Option<Runs>,
}

enum Form<W: Write + Send> {
    /// Nothing was written yet.
    New(W),
    Bytes(W),
    Rows(Box<Writer<File, W, TemporaryFile, MakeFile>>),
    /// What was to be its form failed.
    Broken,
}

impl<W: Write + Send> Lay<W> {
    /// An output; what a table's writer cannot hold goes to files beside `path`.
    pub fn new(out: W, path: &Path) -> Lay<W> {
        Lay {
            form: Form::New(out),
            runs: Some(Runs::beside(path)),
        }
    }

    /// Writes bytes: of a table its rows, which `first` begins.
    pub fn put(&mut self, table: Option<&Arc<Table>>, first: bool, bytes: &[u8]) -> io::Result<()> {
        match (&mut self.form, table) {
            (Form::Rows(rows), Some(table)) => {
                if first {
                    rows.follow(table.clone())?;
                }
                rows.put(bytes)
            }
            (Form::New(_), Some(table)) => {
                let Form::New(out) = std::mem::replace(&mut self.form, Form::Broken) else {
                    return Err(mixed());
                };
                let mut runs = self.runs.take().ok_or_else(mixed)?;
                let make_file: MakeFile = Box::new(move || runs.next());
                let mut rows = Box::new(Writer::new(table.clone(), out, make_file)?);
                rows.put(bytes)?;
                self.form = Form::Rows(rows);
                Ok(())
            }
            (_, None) if bytes.is_empty() => Ok(()),
            (Form::New(_) | Form::Bytes(_), None) => self.write_all(bytes),
            _ => Err(mixed()),
        }
    }

    /// Ends the table, if it is one.
    pub fn finish(self) -> io::Result<W> {
        match self.form {
            Form::New(out) | Form::Bytes(out) => Ok(out),
            Form::Rows(rows) => rows.finish(),
            Form::Broken => Err(mixed()),
        }
    }
}

/// Bytes that are no rows.
impl<W: Write + Send> Write for Lay<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if matches!(self.form, Form::New(_))
            && let Form::New(out) = std::mem::replace(&mut self.form, Form::Broken)
        {
            self.form = Form::Bytes(out);
        }
        match &mut self.form {
            Form::Bytes(out) => out.write(bytes),
            _ => Err(mixed()),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.form {
            Form::New(out) | Form::Bytes(out) => out.flush(),
            Form::Rows(_) | Form::Broken => Ok(()),
        }
    }
}

fn mixed() -> io::Error {
    io::Error::other(
        "Parquet and other formats cannot go into the same file (--output-dir keeps them apart)",
    )
}
