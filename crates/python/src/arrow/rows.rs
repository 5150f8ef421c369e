//! Rows: cleaned on all threads, and what is told of each beside its text.

use std::ops::{ControlFlow, Range};
use std::sync::Arc;

use arrow_array::{ArrayRef, Float32Array, Int64Array, StringArray};
use arrow_schema::{DataType, Field, Schema, SchemaRef};
use cleanfilter::parallel::Threads;
use cleanfilter::{Document, Filter as River};

use super::column::{Column, Value};
use crate::input::Input;
use crate::waiting::Stop;

/// Bytes of texts that are handed to a thread together: some milliseconds of work.
const JOB_BYTES: usize = 64 << 10;

/// The columns that are added: BCP 47 and its confidence, bytes of the text that are passed on and left out.
pub const ADDED: [&str; 4] = ["language", "confidence", "kept", "dropped"];

/// What came of a text.
pub struct Cleaned {
    /// What is passed on.
    pub text: String,
    language: Option<(String, f32)>,
    kept: i64,
    dropped: i64,
}

impl Cleaned {
    fn new(document: &Document) -> Cleaned {
        let text = document.clean();
        let bytes = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
        Cleaned {
            language: document
                .language
                .map(|guess| (guess.language.bcp47(), guess.confidence)),
            kept: bytes(text.len()),
            dropped: bytes(document.text.len() - text.len()),
            text,
        }
    }
}

/// The rows of all batches, in order; fewer if it is told to stop.
pub fn clean(
    texts: &[Column<'_>],
    urls: Option<&[Column<'_>]>,
    river: &River,
    threads: &Threads,
    stop: &Stop,
) -> Vec<Option<Cleaned>> {
    let mut jobs = texts
        .iter()
        .enumerate()
        .flat_map(|(batch, column)| ranges(column).map(move |rows| (batch, rows)));
    let mut cleaned = Vec::with_capacity(texts.iter().map(Column::len).sum());
    threads.ordered(
        || jobs.next().map(|job| (job, 0)),
        |(batch, rows)| {
            let (texts, urls) = (texts.get(batch), urls.and_then(|urls| urls.get(batch)));
            let row = |row| {
                let document = texts?
                    .get(row)?
                    .read(urls.and_then(|urls| urls.get(row)), river);
                Some(Cleaned::new(&document))
            };
            if stop.asked() {
                return Vec::new();
            }
            rows.map(row).collect::<Vec<Option<Cleaned>>>()
        },
        |rows| {
            cleaned.extend(rows);
            if stop.asked() {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        },
    );
    cleaned
}

/// The rows of a column in jobs.
fn ranges<'a>(column: &'a Column<'_>) -> impl Iterator<Item = Range<usize>> + 'a {
    let mut next = 0;
    std::iter::from_fn(move || {
        let (start, mut bytes) = (next, 0);
        while next < column.len() && bytes < JOB_BYTES {
            // 64: what a row costs beside its bytes.
            bytes += 64 + column.get(next).map_or(0, |value| value.bytes().len());
            next += 1;
        }
        (start < next).then_some(start..next)
    })
}

impl Value<'_> {
    fn bytes(&self) -> &[u8] {
        match self {
            Value::Text(text) => text.as_bytes(),
            Value::Bytes(bytes) => bytes,
        }
    }

    fn read(&self, url: Option<Value<'_>>, river: &River) -> Document {
        let url = url.map(|url| String::from_utf8_lossy(url.bytes()).into_owned());
        let input = match self {
            Value::Text(text) => Input::of_text((*text).to_owned(), url),
            Value::Bytes(bytes) => Input::of_bytes(bytes.to_vec(), url),
        };
        input.read(river)
    }
}

/// The schema with the added columns.
pub fn schema(of: &Schema, prefix: &str) -> SchemaRef {
    let types = [
        DataType::Utf8,
        DataType::Float32,
        DataType::Int64,
        DataType::Int64,
    ];
    let added = ADDED.iter().zip(types);
    let added =
        added.map(|(name, kind)| Arc::new(Field::new(format!("{prefix}{name}"), kind, true)));
    let fields: Vec<_> = of.fields().iter().cloned().chain(added).collect();
    Arc::new(Schema::new_with_metadata(fields, of.metadata().clone()))
}

/// The added columns; null where the text is, and where the identifier abstains.
pub fn added(rows: &[Option<Cleaned>]) -> [ArrayRef; 4] {
    let rows = || rows.iter().map(Option::as_ref);
    let guess = || rows().map(|row| row.and_then(|row| row.language.as_ref()));
    [
        Arc::new(StringArray::from_iter(
            guess().map(|g| g.map(|g| g.0.as_str())),
        )),
        Arc::new(Float32Array::from_iter(guess().map(|g| g.map(|g| g.1)))),
        Arc::new(Int64Array::from_iter(
            rows().map(|row| row.map(|row| row.kept)),
        )),
        Arc::new(Int64Array::from_iter(
            rows().map(|row| row.map(|row| row.dropped)),
        )),
    ]
}
