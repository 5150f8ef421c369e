//! A column that is read row by row.

use std::io;
use std::sync::Arc;

use parquet::column::reader::{ColumnReader, ColumnReaderImpl, get_column_reader};
use parquet::data_type::{ByteArray, DataType};
use parquet::file::serialized_reader::SerializedPageReader;

use super::{Source, Table, told};

/// A column of a row group.
pub(super) struct Column {
    reader: ColumnReader,
    /// The definition level of a value that is there.
    there: i16,
}

/// A value, or the definition level of a null.
pub(super) type Value = Result<ByteArray, i16>;

impl Column {
    pub fn open<R: Source + 'static>(
        table: &Table<R>,
        group: usize,
        column: usize,
    ) -> io::Result<Column> {
        let group = table.index.row_group(group);
        let chunk = group.column(column);
        let rows = usize::try_from(group.num_rows()).unwrap_or(0);
        let pages = SerializedPageReader::new(Arc::clone(&table.file), chunk, rows, None);
        let descriptor = chunk.column_descr_ptr();
        let there = descriptor.max_def_level();
        Ok(Column {
            reader: get_column_reader(descriptor, Box::new(pages.map_err(told)?)),
            there,
        })
    }

    /// The values of the next rows, at most `rows`; none at the end.
    pub fn read(&mut self, rows: usize) -> io::Result<Vec<Value>> {
        let there = self.there;
        match &mut self.reader {
            ColumnReader::ByteArrayColumnReader(reader) => read(reader, there, rows, |value| value),
            ColumnReader::Int64ColumnReader(reader) => read(reader, there, rows, text),
            ColumnReader::Int32ColumnReader(reader) => read(reader, there, rows, text),
            // `Table::open` names no others.
            _ => Ok(Vec::new()),
        }
    }
}

fn text(number: impl ToString) -> ByteArray {
    ByteArray::from(number.to_string().into_bytes())
}

fn read<T: DataType>(
    reader: &mut ColumnReaderImpl<T>,
    there: i16,
    rows: usize,
    value: impl Fn(T::T) -> ByteArray,
) -> io::Result<Vec<Value>> {
    let (mut levels, mut values) = (Vec::new(), Vec::new());
    let wanted = (there > 0).then_some(&mut levels);
    let read = reader.read_records(rows, wanted, None, &mut values);
    read.map_err(told)?;
    let mut values = values.into_iter().map(value);
    if there == 0 {
        return Ok(values.map(Ok).collect());
    }
    let rows = levels.into_iter().map(|level| match level == there {
        true => values.next().ok_or(level),
        false => Err(level),
    });
    Ok(rows.collect())
}
