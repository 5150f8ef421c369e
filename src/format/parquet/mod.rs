//! Parquet: a row of a table is a document, its text a column.
//!
//! - The column of texts may lie inside others (`meta.content`); one whose own name is the whole dotted path counts
//!   first. It holds byte arrays, of strings or in any encoding, and may not lie in a list. Columns `id` and `url` of the
//!   same level are read beside it.
//! - Only those columns are read. On an output that lies as the input all columns but the texts are copied as they lie,
//!   packed and encoded, with their statistics, page indexes and Bloom filters; schema, metadata, row groups and the order
//!   of rows stay. The texts are packed as theirs were.
//! - A null is no document and stays one. A document longer than the limit is read in parts, which are one text again
//!   in the row.
//! - Memory holds a page of each column that is read, and of the row group that is written what the output's [`Writer`]
//!   may hold; the rest of it lies in a temporary file.
//! - A table has its index at its end, so that it is read from a file and not from a stream.
//! - Of a table that breaks, the row groups before the damage are written. The library takes much of a table for granted
//!   and panics where it is not so: here that is an error like any other ([`is_guarded`]).

mod column;
mod guard;
mod rows;
mod spool;
mod table;
mod write;

#[cfg(test)]
mod tests;

pub use guard::is_guarded;
pub use rows::Rows;
pub use table::Table;
pub use write::Writer;

use std::io;

use parquet::errors::ParquetError;

/// A file may be read at several places at once: a `File`, or bytes in memory.
pub trait Source: parquet::file::reader::ChunkReader {}

impl<T: parquet::file::reader::ChunkReader> Source for T {}

/// The library's error, in one line.
fn told(error: ParquetError) -> io::Error {
    match error {
        ParquetError::External(error) => match error.downcast::<io::Error>() {
            Ok(error) => *error,
            Err(error) => damaged(&error),
        },
        error => damaged(&error),
    }
}

fn damaged(error: &dyn std::fmt::Display) -> io::Error {
    let text = error.to_string();
    let words: Vec<&str> = text.split_whitespace().collect();
    let words = words.join(" ");
    let cause = words.strip_prefix("Parquet error: ").unwrap_or(&words);
    io::Error::new(
        io::ErrorKind::InvalidData,
        format!("no Parquet file, or a damaged one: {cause}"),
    )
}
