//! The rows of a table, as items.

use std::collections::VecDeque;
use std::io;
use std::sync::Arc;

use super::column::{Column, Value};
use super::guard::guard;
use super::{Source, Table};
use crate::format::cell::Cell;
use crate::format::unit::{Unit, cut};
use crate::format::{Frame, Item, Options, Part, Record};

/// Rows that are read at once: few enough to lie in memory whatever their texts, and many enough to not be seen in a
/// profile.
const ROWS_READ: usize = 32;

/// Reads the rows of a table in order.
pub struct Rows<R> {
    table: Arc<Table<R>>,
    limit: usize,
    /// The row group that is read, and its columns.
    group: usize,
    columns: Option<Columns>,
    /// Rows before the next one.
    before: u64,
    ready: VecDeque<Item>,
    broken: bool,
}

struct Columns {
    text: Column,
    id: Option<Column>,
    url: Option<Column>,
    /// Rows that were not read yet.
    left: u64,
}

impl<R: Source + 'static> Rows<R> {
    /// A reader before the first row.
    pub fn new(table: Arc<Table<R>>, options: &Options) -> Rows<R> {
        Rows {
            table,
            limit: options.limit(),
            group: 0,
            columns: None,
            before: 0,
            ready: VecDeque::new(),
            broken: false,
        }
    }

    /// The next item; `None` at the end of the table.
    ///
    /// # Errors
    /// An error of the file, once, after everything that was read before it.
    #[allow(clippy::should_implement_trait)] // as `Reader::next`
    pub fn next(&mut self) -> io::Result<Option<Item>> {
        while self.ready.is_empty() && !self.broken {
            match guard(|| self.refill()) {
                Ok(true) => {}
                Ok(false) => return Ok(None),
                Err(error) => {
                    self.broken = true;
                    return Err(error);
                }
            }
        }
        Ok(self.ready.pop_front())
    }

    /// Reads some rows; false at the end.
    fn refill(&mut self) -> io::Result<bool> {
        let Some(columns) = &mut self.columns else {
            if self.group >= self.table.index.num_row_groups() {
                return Ok(false);
            }
            self.columns = Some(Columns::open(&self.table, self.group)?);
            return Ok(true);
        };
        if columns.left == 0 {
            self.columns = None;
            self.group += 1;
            return Ok(true);
        }
        let rows = usize::try_from(columns.left)
            .unwrap_or(ROWS_READ)
            .min(ROWS_READ);
        let texts = columns.text.read(rows)?;
        if texts.is_empty() {
            return Err(super::damaged(&"a column ends before its row group"));
        }
        columns.left -= texts.len() as u64;
        let beside = |column: &mut Option<Column>| match column {
            Some(column) => column.read(texts.len()).map(Vec::into_iter),
            None => Ok(Vec::new().into_iter()),
        };
        let (mut ids, mut urls) = (beside(&mut columns.id)?, beside(&mut columns.url)?);
        for text in texts {
            self.before += 1;
            let (id, url) = (string(ids.next()), string(urls.next()));
            match text {
                Ok(text) => self.document(text.data(), id, url),
                Err(level) => {
                    let mut bytes = Vec::new();
                    Cell::write_null(level, &mut bytes);
                    let damaged = false;
                    self.ready.push_back(Item::Other { bytes, damaged });
                }
            }
        }
        Ok(true)
    }

    /// A document, in parts if it is too long.
    fn document(&mut self, mut text: &[u8], id: Option<String>, url: Option<String>) {
        let frame = Frame::Row {
            is_text: self.table.is_text,
        };
        let mut index = 0;
        loop {
            let last = text.len() <= self.limit;
            let end = if last {
                text.len()
            } else {
                cut(&text[..self.limit], Unit::of(text))
            };
            let part = Part { index, last };
            let mut record = Record::new(text[..end].to_vec(), self.before, frame.clone(), part);
            record.id.clone_from(&id);
            record.url.clone_from(&url);
            self.ready.push_back(Item::Record(record));
            if last {
                return;
            }
            text = &text[end..];
            index += 1;
        }
    }
}

impl Columns {
    fn open<R: Source + 'static>(table: &Table<R>, group: usize) -> io::Result<Columns> {
        let open = |column| Column::open(table, group, column);
        Ok(Columns {
            text: open(table.text)?,
            id: table.id.map(open).transpose()?,
            url: table.url.map(open).transpose()?,
            left: table.group_rows(group),
        })
    }
}

fn string(value: Option<Value>) -> Option<String> {
    let value = value?.ok()?;
    Some(String::from_utf8_lossy(value.data()).into_owned())
}
