//! Tables: a column of texts through the river, the others as they are.

mod capsule;
mod column;
mod rows;

use std::sync::Arc;

use arrow_array::{RecordBatch, RecordBatchIterator, RecordBatchReader};
use arrow_schema::{ArrowError, Schema, SchemaRef};
use cleanfilter::Filter as River;
use cleanfilter::parallel::Threads;
use pyo3::exceptions::{PyKeyError, PyRuntimeError, PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyCapsule;

use self::column::Column;
use self::rows::{ADDED, Cleaned};
use crate::waiting::{Stop, interruptible};

/// A table, in Arrow's C data interface.
#[pyclass(frozen, module = "cleanfilter")]
pub struct Table {
    schema: SchemaRef,
    batches: Vec<RecordBatch>,
}

#[pymethods]
impl Table {
    /// A capsule of an `ArrowArrayStream`, each time from the start. The schema is what it is, whatever is requested.
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyCapsule>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        let _ = requested_schema;
        // Columns are shared, not copied.
        let batches = self.batches.clone().into_iter().map(Ok);
        let reader = RecordBatchIterator::new(batches, self.schema.clone());
        capsule::export(py, Box::new(reader))
    }

    #[getter]
    fn num_rows(&self) -> usize {
        self.batches.iter().map(RecordBatch::num_rows).sum()
    }

    #[getter]
    fn column_names(&self) -> Vec<&str> {
        let fields = self.schema.fields().iter();
        fields.map(|field| field.name().as_str()).collect()
    }
}

/// What to do with a table.
#[derive(Debug)]
pub struct Plan {
    /// The column of texts.
    pub column: String,
    /// A column of addresses.
    pub url_column: Option<String>,
    /// What the names of added columns begin with.
    pub prefix: String,
}

/// Why a table cannot be cleaned.
enum Trouble {
    /// There is no such column.
    Missing(String),
    /// A column of a type that holds no texts.
    Type(String),
    /// All else.
    Other(String),
}

impl From<ArrowError> for Trouble {
    fn from(error: ArrowError) -> Self {
        Trouble::Other(error.to_string())
    }
}

impl From<Trouble> for PyErr {
    fn from(trouble: Trouble) -> PyErr {
        match trouble {
            Trouble::Missing(message) => PyKeyError::new_err(message),
            Trouble::Type(message) => PyTypeError::new_err(message),
            Trouble::Other(message) => PyValueError::new_err(message),
        }
    }
}

/// Cleans a table.
///
/// # Errors
/// `TypeError` for what is no table, `KeyError` and `TypeError` for a column that is not there or holds no texts.
pub fn clean(
    data: &Bound<'_, PyAny>,
    river: Arc<River>,
    threads: usize,
    plan: Plan,
) -> PyResult<Table> {
    let py = data.py();
    let input = capsule::import(data)?;
    let threads = Threads::new(threads, usize::MAX).map_err(PyRuntimeError::new_err)?;
    // How large it is is known when it has been read.
    let cleaned = interruptible(py, usize::MAX, move |stop| {
        let schema = input.schema();
        let batches = input.collect::<Result<Vec<RecordBatch>, ArrowError>>()?;
        let at = plan.places(&schema)?;
        table(&batches, &schema, at, &plan.prefix, &river, &threads, stop)
    });
    Ok(cleaned??)
}

/// Where the columns are: of texts, of addresses.
type Places = (usize, Option<usize>);

impl Plan {
    fn places(&self, schema: &Schema) -> Result<Places, Trouble> {
        let names = || {
            let fields = schema.fields().iter();
            let names: Vec<&str> = fields.map(|field| field.name().as_str()).collect();
            names.join(", ")
        };
        let find = |name: &str| {
            let missing = || format!("no column `{name}` (there are: {})", names());
            let found = schema.column_with_name(name);
            let (at, field) = found.ok_or_else(|| Trouble::Missing(missing()))?;
            Column::check(field)?;
            Ok::<usize, Trouble>(at)
        };
        for added in ADDED {
            let name = format!("{}{added}", self.prefix);
            if schema.column_with_name(&name).is_some() {
                return Err(Trouble::Other(format!(
                    "there is a column `{name}` already (give the added ones a prefix)"
                )));
            }
        }
        let text = find(&self.column)?;
        let url = self.url_column.as_deref().map(find).transpose()?;
        Ok((text, url))
    }
}

/// All batches, cleaned. Rows of all of them are worked on together.
fn table(
    batches: &[RecordBatch],
    schema: &SchemaRef,
    (text, url): Places,
    prefix: &str,
    river: &River,
    threads: &Threads,
    stop: &Stop,
) -> Result<Table, Trouble> {
    let columns = |at: usize| -> Result<Vec<Column<'_>>, Trouble> {
        batches.iter().map(|b| Column::of(b.column(at))).collect()
    };
    let texts = columns(text)?;
    let urls = url.map(columns).transpose()?;
    let mut rows = rows::clean(&texts, urls.as_deref(), river, threads, stop).into_iter();
    let schema = rows::schema(schema, prefix);
    let mut cleaned = Vec::with_capacity(batches.len());
    for (batch, column) in batches.iter().zip(&texts) {
        let rows: Vec<Option<Cleaned>> = rows.by_ref().take(batch.num_rows()).collect();
        if rows.len() < batch.num_rows() {
            return Err(Trouble::Other("the work broke off".to_owned()));
        }
        let mut arrays = batch.columns().to_vec();
        if let Some(place) = arrays.get_mut(text) {
            *place = column.rebuilt(&rows)?;
        }
        arrays.extend(rows::added(&rows));
        cleaned.push(RecordBatch::try_new(schema.clone(), arrays)?);
    }
    Ok(Table {
        schema,
        batches: cleaned,
    })
}
