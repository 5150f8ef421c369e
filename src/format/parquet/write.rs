//! Cleaned texts, back into their rows.

use std::io::{self, Read, Seek, Write};
use std::sync::Arc;

use parquet::basic::Compression;
use parquet::bloom_filter::Sbbf;
use parquet::column::writer::ColumnCloseResult;
use parquet::data_type::{ByteArray, ByteArrayType};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};

use super::guard::guard;
use super::spool::Spool;
use super::{Source, Table, told};
use crate::format::cell::Cell;

/// Bytes of texts of a row group that are held in memory; the rest waits in a file.
const HELD_BYTES: usize = 64 << 20;

/// Bytes, and rows, that the column's writer is handed at once: it looks at the size of a page behind each.
const WRITE_BYTES: usize = 256 << 10;
const WRITE_ROWS: usize = 1024;

/// Writes tables like those that were read, row group by row group.
pub struct Writer<R, W: Write + Send, F, M> {
    out: SerializedFileWriter<W>,
    table: Arc<Table<R>>,
    /// The row group whose texts come next, and its rows whose texts did not come yet.
    group: usize,
    left: u64,
    spool: Spool<F, M>,
}

impl<R, W, F, M> Writer<R, W, F, M>
where
    R: Source,
    W: Write + Send,
    F: Read + Write + Seek,
    M: FnMut() -> io::Result<F>,
{
    /// A writer of a table like this one; `make_file` gives an empty file for what does not fit into memory.
    ///
    /// # Errors
    /// Of `out`.
    pub fn new(table: Arc<Table<R>>, out: W, make_file: M) -> io::Result<Self> {
        let metadata = table.index.file_metadata();
        let schema = metadata.schema_descr().root_schema_ptr();
        let properties = Arc::new(properties(&table));
        let out = SerializedFileWriter::new(out, schema, properties).map_err(told)?;
        let mut writer = Writer {
            out,
            group: 0,
            left: table.group_rows(0),
            table,
            spool: Spool::new(HELD_BYTES, make_file),
        };
        writer.write_groups()?;
        Ok(writer)
    }

    /// Goes on with the rows of another table.
    ///
    /// # Errors
    /// If it has another schema, and of the output.
    pub fn follow(&mut self, table: Arc<Table<R>>) -> io::Result<()> {
        let schema = table.index.file_metadata().schema();
        if schema != self.out.schema_descr().root_schema() {
            return Err(io::Error::other(
                "a table of another schema cannot go into the same file (--output-dir keeps them apart)",
            ));
        }
        // Of one that broke, what is left of its row group goes.
        drop(self.spool.take()?);
        (self.group, self.left) = (0, table.group_rows(0));
        self.table = table;
        self.write_groups()
    }

    /// Takes the texts of the next rows, as [`write`](crate::format::write) lays them.
    ///
    /// # Errors
    /// Of the files.
    pub fn put(&mut self, mut cells: &[u8]) -> io::Result<()> {
        while !cells.is_empty() {
            let (bytes, rows) = Cell::skip(cells, self.left);
            let (now, later) = cells.split_at(bytes);
            self.spool.push(now)?;
            self.left -= rows;
            self.write_groups()?;
            if bytes == 0 {
                return Err(io::Error::other("more rows than the table has"));
            }
            cells = later;
        }
        Ok(())
    }

    /// Ends the file.
    ///
    /// # Errors
    /// Of the output.
    pub fn finish(self) -> io::Result<W> {
        self.out.into_inner().map_err(told)
    }

    /// Writes the row groups whose rows are all there.
    fn write_groups(&mut self) -> io::Result<()> {
        while self.left == 0 && self.group < self.table.index.num_row_groups() {
            guard(|| self.write_group())?;
            self.group += 1;
            self.left = self.table.group_rows(self.group);
        }
        Ok(())
    }

    fn write_group(&mut self) -> io::Result<()> {
        let (table, number) = (&self.table, self.group);
        let group = table.index.row_group(number);
        let mut texts = self.spool.take()?;
        let mut out = self.out.next_row_group().map_err(told)?;
        for column in 0..group.num_columns() {
            if column == table.text {
                let writer = out.next_column().map_err(told)?;
                let writer = writer.ok_or_else(|| io::Error::other("a column too few"))?;
                let there = group.column(column).column_descr().max_def_level();
                write_texts(&mut texts, there, writer)?;
            } else {
                out.append_column(&*table.file, as_it_lies(table, number, column))
                    .map_err(told)?;
            }
        }
        out.close().map_err(told)?;
        Ok(())
    }
}

/// What is said of a column that is copied.
fn as_it_lies<R: Source>(table: &Table<R>, group: usize, column: usize) -> ColumnCloseResult {
    let rows = table.group_rows(group);
    let chunk = table.index.row_group(group).column(column);
    let index = table.index.page_index();
    ColumnCloseResult {
        bytes_written: u64::try_from(chunk.compressed_size()).unwrap_or(0),
        rows_written: rows,
        metadata: chunk.clone(),
        // One that cannot be read is only a help that is missing.
        bloom_filter: Sbbf::read_from_column_chunk(chunk, &*table.file)
            .ok()
            .flatten(),
        column_index: index
            .and_then(|index| index.column_index(group, column))
            .cloned(),
        offset_index: index
            .and_then(|index| index.offset_index(group, column))
            .cloned(),
    }
}

/// The texts are written as they were: packed alike, with a dictionary where they had one.
fn properties<R>(table: &Table<R>) -> WriterProperties {
    let groups = table.index.row_groups();
    let chunks = || groups.iter().map(|group| group.column(table.text));
    let compression = chunks().next().map(|chunk| chunk.compression());
    let compression = match compression.unwrap_or(Compression::UNCOMPRESSED) {
        // The older framing is read and not written.
        Compression::LZ4 => Compression::LZ4_RAW,
        other => other,
    };
    // Texts that were changed are not sorted any more.
    let text = i32::try_from(table.text).unwrap_or(-1);
    let sorting = groups.first().and_then(|group| group.sorting_columns());
    let sorting = sorting.filter(|columns| columns.iter().all(|c| c.column_idx != text));
    let metadata = table.index.file_metadata();
    WriterProperties::builder()
        .set_created_by(concat!("cleanfilter version ", env!("CARGO_PKG_VERSION")).to_owned())
        .set_key_value_metadata(metadata.key_value_metadata().cloned())
        .set_sorting_columns(sorting.cloned())
        .set_dictionary_enabled(chunks().any(|chunk| chunk.dictionary_page_offset().is_some()))
        .set_compression(compression)
        .build()
}

/// Writes the column of texts.
fn write_texts(
    cells: &mut impl Read,
    there: i16,
    mut out: SerializedColumnWriter<'_>,
) -> io::Result<()> {
    let (mut values, mut levels, mut bytes) = (Vec::new(), Vec::new(), 0);
    loop {
        let cell = Cell::read(cells)?;
        let ended = cell.is_none();
        match cell {
            Some(Cell::Text(text)) => {
                bytes += text.len();
                values.push(ByteArray::from(text));
                levels.push(there);
            }
            Some(Cell::Null(level)) => levels.push(level),
            None => {}
        }
        if ended || bytes >= WRITE_BYTES || levels.len() >= WRITE_ROWS {
            let levels_there = (there > 0).then_some(&levels[..]);
            out.typed::<ByteArrayType>()
                .write_batch(&values, levels_there, None)
                .map_err(told)?;
            values.clear();
            levels.clear();
            bytes = 0;
        }
        if ended {
            return out.close().map_err(told);
        }
    }
}
