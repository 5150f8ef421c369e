//! A column of texts, in any of the ways in which Arrow lays them.

use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::{
    Array, ArrayRef, BinaryArray, BinaryViewArray, LargeBinaryArray, LargeStringArray, StringArray,
    StringViewArray,
};
use arrow_schema::{DataType, Field};

use super::Trouble;
use super::rows::Cleaned;

/// What a text is before it is read.
pub enum Value<'a> {
    /// Text.
    Text(&'a str),
    /// Bytes in some encoding.
    Bytes(&'a [u8]),
}

/// A column of a batch.
pub enum Column<'a> {
    Text(&'a StringArray),
    LargeText(&'a LargeStringArray),
    TextView(&'a StringViewArray),
    Bytes(&'a BinaryArray),
    LargeBytes(&'a LargeBinaryArray),
    BytesView(&'a BinaryViewArray),
}

impl<'a> Column<'a> {
    /// Whether a field holds texts.
    pub fn check(field: &Field) -> Result<(), Trouble> {
        match field.data_type() {
            DataType::Utf8
            | DataType::LargeUtf8
            | DataType::Utf8View
            | DataType::Binary
            | DataType::LargeBinary
            | DataType::BinaryView => Ok(()),
            other => Err(Trouble::Type(format!(
                "column `{}` is {other}, not text (cast it to string)",
                field.name()
            ))),
        }
    }

    /// The texts of an array.
    pub fn of(array: &'a ArrayRef) -> Result<Column<'a>, Trouble> {
        Ok(match array.data_type() {
            DataType::Utf8 => Column::Text(array.as_string()),
            DataType::LargeUtf8 => Column::LargeText(array.as_string()),
            DataType::Utf8View => Column::TextView(array.as_string_view()),
            DataType::Binary => Column::Bytes(array.as_binary()),
            DataType::LargeBinary => Column::LargeBytes(array.as_binary()),
            DataType::BinaryView => Column::BytesView(array.as_binary_view()),
            other => return Err(Trouble::Type(format!("a column is {other}, not text"))),
        })
    }

    fn array(&self) -> &dyn Array {
        match self {
            Column::Text(array) => array,
            Column::LargeText(array) => array,
            Column::TextView(array) => array,
            Column::Bytes(array) => array,
            Column::LargeBytes(array) => array,
            Column::BytesView(array) => array,
        }
    }

    /// How many rows it has.
    pub fn len(&self) -> usize {
        self.array().len()
    }

    /// The text of a row; `None` for null.
    pub fn get(&self, row: usize) -> Option<Value<'a>> {
        if self.array().is_null(row) {
            return None;
        }
        Some(match self {
            Column::Text(array) => Value::Text(array.value(row)),
            Column::LargeText(array) => Value::Text(array.value(row)),
            Column::TextView(array) => Value::Text(array.value(row)),
            Column::Bytes(array) => Value::Bytes(array.value(row)),
            Column::LargeBytes(array) => Value::Bytes(array.value(row)),
            Column::BytesView(array) => Value::Bytes(array.value(row)),
        })
    }

    /// A column of the same type, of what is passed on.
    pub fn rebuilt(&self, rows: &[Option<Cleaned>]) -> Result<ArrayRef, Trouble> {
        let texts = || {
            rows.iter()
                .map(|row| row.as_ref().map(|row| row.text.as_str()))
        };
        let bytes = || texts().map(|text| text.map(str::as_bytes));
        if matches!(self, Column::Text(_) | Column::Bytes(_)) {
            // What was read as U+FFFD has grown.
            let total: usize = texts().flatten().map(str::len).sum();
            if i32::try_from(total).is_err() {
                return Err(Trouble::Other(format!(
                    "{total} bytes of text in a batch are more than its type holds (use smaller batches)"
                )));
            }
        }
        Ok(match self {
            Column::Text(_) => Arc::new(StringArray::from_iter(texts())),
            Column::LargeText(_) => Arc::new(LargeStringArray::from_iter(texts())),
            Column::TextView(_) => Arc::new(StringViewArray::from_iter(texts())),
            Column::Bytes(_) => Arc::new(BinaryArray::from_iter(bytes())),
            Column::LargeBytes(_) => Arc::new(LargeBinaryArray::from_iter(bytes())),
            Column::BytesView(_) => Arc::new(BinaryViewArray::from_iter(bytes())),
        })
    }
}
