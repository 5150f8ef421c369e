//! A table: a file with the index that stands at its end.

use std::io;
use std::sync::Arc;

use parquet::basic::{ConvertedType, LogicalType, Type};
use parquet::file::metadata::{PageIndexPolicy, ParquetMetaData, ParquetMetaDataReader};
use parquet::schema::types::ColumnDescriptor;

use super::guard::guard;
use super::{Source, told};

/// Columns that a message lists at most.
const COLUMNS_TOLD: usize = 8;

/// A table that is open.
#[derive(Debug)]
pub struct Table<R> {
    pub(super) file: Arc<R>,
    pub(super) index: ParquetMetaData,
    /// The column of texts.
    pub(super) text: usize,
    /// Whether it holds strings, and not bytes in some encoding.
    pub(super) is_text: bool,
    pub(super) id: Option<usize>,
    pub(super) url: Option<usize>,
}

impl<R: Source> Table<R> {
    /// Reads the index of a file and finds the column of texts.
    ///
    /// # Errors
    /// One line: not such a file, a damaged one, or one without such a column.
    pub fn open(file: R, text_field: &str) -> io::Result<Arc<Table<R>>> {
        guard(|| Self::read(file, text_field))
    }

    fn read(file: R, text_field: &str) -> io::Result<Arc<Table<R>>> {
        let reader = ParquetMetaDataReader::new().with_page_index_policy(PageIndexPolicy::Optional);
        let index = reader.parse_and_finish(&file).map_err(told)?;
        let columns = index.file_metadata().schema_descr().columns();
        let text = find(columns.iter().map(|c| &**c), text_field);
        let text = text.ok_or_else(|| missing(&index, text_field))?;
        let descriptor = &columns[text];
        if descriptor.physical_type() != Type::BYTE_ARRAY || descriptor.max_rep_level() > 0 {
            return Err(io::Error::other(format!(
                "column `{text_field}` holds no texts (name another as the text field)"
            )));
        }
        let is_text = descriptor.converted_type() == ConvertedType::UTF8
            || matches!(descriptor.logical_type_ref(), Some(LogicalType::String));
        let beside = |name: &str| {
            let at = columns.iter().position(|c| c.path().parts() == [name])?;
            let kinds = [Type::BYTE_ARRAY, Type::INT32, Type::INT64];
            let readable = kinds.contains(&columns[at].physical_type());
            (readable && columns[at].max_rep_level() == 0).then_some(at)
        };
        let (id, url) = (beside("id"), beside("url"));
        Ok(Arc::new(Table {
            file: Arc::new(file),
            text,
            is_text,
            id,
            url,
            index,
        }))
    }

    /// How many rows it has.
    pub fn rows(&self) -> u64 {
        u64::try_from(self.index.file_metadata().num_rows()).unwrap_or(0)
    }

    pub(super) fn group_rows(&self, group: usize) -> u64 {
        let groups = self.index.row_groups();
        groups
            .get(group)
            .map_or(0, |group| u64::try_from(group.num_rows()).unwrap_or(0))
    }
}

/// The column whose own name is the whole field, or which lies at the field's path.
fn find<'a>(columns: impl Iterator<Item = &'a ColumnDescriptor>, field: &str) -> Option<usize> {
    let mut inside = None;
    for (at, column) in columns.enumerate() {
        match column.path().parts() {
            [name] if name == field => return Some(at),
            parts if inside.is_none() && parts.join(".") == field => inside = Some(at),
            _ => {}
        }
    }
    inside
}

fn missing(index: &ParquetMetaData, field: &str) -> io::Error {
    let columns = index.file_metadata().schema_descr().columns();
    let texts = columns
        .iter()
        .filter(|c| c.physical_type() == Type::BYTE_ARRAY && c.max_rep_level() == 0)
        .map(|c| format!("`{}`", c.path().string()));
    let names: Vec<String> = texts.take(COLUMNS_TOLD).collect();
    let cure = if names.is_empty() {
        "it has no column of texts".to_owned()
    } else {
        format!(
            "its texts are {}: name one as the text field",
            names.join(", ")
        )
    };
    io::Error::other(format!("no column `{field}` ({cure})"))
}
