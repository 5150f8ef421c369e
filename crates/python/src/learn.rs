//! `Learner`: what a corpus repeats, counted part by part and joined.

use std::fs::File;
use std::io::{self, Cursor};

use cleanfilter::learn::{Batch, Counter, Records, Scope, join_files};
use cleanfilter::{Settings, segment};
use pyo3::exceptions::{PyOSError, PyRuntimeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyBytes;

use crate::filter::Filter;
use crate::input::Input;

/// A file without a name for what does not fit into memory.
type Runs = fn() -> io::Result<File>;

/// Counts in how many documents each paragraph stands, in bounded memory.
///
/// Learner(filter=None, *, whole_corpus=False, memory_bytes=67108864): reads documents as `filter` does; counts each
/// site's documents by themselves, or those of the whole corpus.
#[pyclass(module = "cleanfilter")]
pub struct Learner {
    counter: Option<Counter<File, Runs>>,
    scope: Scope,
    settings: Settings,
}

impl Learner {
    fn counter(&mut self) -> PyResult<&mut Counter<File, Runs>> {
        let finished = || PyRuntimeError::new_err("finished (make another Learner)");
        self.counter.as_mut().ok_or_else(finished)
    }
}

#[pymethods]
impl Learner {
    #[new]
    #[pyo3(signature = (filter=None, *, whole_corpus=false, memory_bytes=67108864))]
    fn new(
        filter: Option<&Bound<'_, Filter>>,
        whole_corpus: bool,
        memory_bytes: usize,
    ) -> PyResult<Learner> {
        let scope = if whole_corpus {
            Scope::Corpus
        } else {
            Scope::Site
        };
        let counter = Counter::new(scope, memory_bytes, tempfile::tempfile as Runs);
        Ok(Learner {
            counter: Some(counter.map_err(PyOSError::new_err)?),
            scope,
            settings: filter.map_or_else(Settings::default, |filter| {
                filter.get().river().settings().clone()
            }),
        })
    }

    /// Counts a document, as the filter will read it.
    ///
    /// Raises TypeError if it is neither str nor bytes, RuntimeError after `finish`, OSError if a temporary file cannot be
    /// written.
    #[pyo3(signature = (document, url=None))]
    fn add(
        &mut self,
        py: Python<'_>,
        document: &Bound<'_, PyAny>,
        url: Option<String>,
    ) -> PyResult<()> {
        let input = Input::new(document, url)?;
        let (scope, settings) = (self.scope, &self.settings);
        let batch = py.detach(|| {
            let decoded = input.decoded(&settings.decode);
            let paragraphs = segment::paragraphs(&decoded.text, &settings.segment);
            let mut batch = Batch::new(scope);
            batch.add(decoded.url.as_deref(), &decoded.text, &paragraphs);
            batch
        });
        let counter = self.counter()?;
        py.detach(|| counter.add(batch)).map_err(PyOSError::new_err)
    }

    /// What a file of `cleanfilter learn` holds: what stands in `min_documents` documents or more. 1 for parts that are to
    /// be merged. `Filter(repeated=...)` takes it.
    ///
    /// Raises RuntimeError when called twice.
    #[pyo3(signature = (min_documents=2))]
    fn finish<'py>(
        &mut self,
        py: Python<'py>,
        min_documents: u32,
    ) -> PyResult<Bound<'py, PyBytes>> {
        self.counter()?;
        let counter = self.counter.take();
        let mut file = Vec::new();
        if let Some(counter) = counter {
            let finished = py.detach(|| counter.finish(min_documents, &mut file));
            finished.map_err(PyOSError::new_err)?;
        }
        Ok(PyBytes::new(py, &file))
    }
}

/// Joins what was learnt of parts: the same bytes as if it had been learnt in one go, if the parts were finished with
/// `min_documents=1`.
///
/// Raises ValueError if there are no parts, or one is damaged or counted over something else than the first.
#[pyfunction]
#[pyo3(signature = (parts, min_documents=2))]
pub fn merge_learnt<'py>(
    py: Python<'py>,
    parts: Vec<Bound<'py, PyBytes>>,
    min_documents: u32,
) -> PyResult<Bound<'py, PyBytes>> {
    let told = |error: io::Error| PyValueError::new_err(error.to_string());
    let mut records = Vec::new();
    for (i, part) in parts.iter().enumerate() {
        let part = Cursor::new(part.as_bytes());
        records.push(Records::open(part, &format!("part {i}")).map_err(told)?);
    }
    let mut joined = Vec::new();
    join_files(records, min_documents, &mut joined).map_err(told)?;
    Ok(PyBytes::new(py, &joined))
}
