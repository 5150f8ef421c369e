//! `Filter`: settings in, documents through.

use std::io::Cursor;
use std::path::PathBuf;
use std::sync::Arc;

use cleanfilter::learn::Learnt;
use cleanfilter::{Filter as River, Settings};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict};

use crate::arguments::Arguments;
use crate::arrow::{self, Plan};
use crate::document::{Document, Guess};
use crate::input::Input;
use crate::many::{Many, Want};
use crate::waiting::interruptible;

/// Reads documents and marks what is not for the reader. Immutable: one serves all threads, and it can be pickled.
///
/// The keywords are the command's flags: `preset` (a name), `config` (a TOML file), `settings` (TOML over it),
/// `language` and `rules` (lists of names), `strict_language`, `boilerplate` (a level), `repeated` (a file that
/// `cleanfilter learn` wrote, or its bytes), `identifier`, `candidates` (a list), `encoding`, `repair_mojibake`;
/// `threads` for the methods on many documents, 0: one per core.
///
/// Raises ValueError with one line, the command's, that names the setting, the cause and the cure.
#[pyclass(frozen, module = "cleanfilter")]
pub struct Filter {
    river: Arc<River>,
    threads: usize,
    /// What was learnt, if it was handed over as bytes: another process has no file of it.
    repeated: Option<Py<PyBytes>>,
}

/// What a corpus repeats: a file, or what is in one.
#[derive(FromPyObject)]
enum Repeated {
    Bytes(Py<PyBytes>),
    File(PathBuf),
}

impl Filter {
    fn make(
        mut settings: Settings,
        repeated: Option<Repeated>,
        threads: usize,
        py: Python<'_>,
    ) -> PyResult<Filter> {
        let mut held = None;
        match repeated {
            None => {}
            Some(Repeated::File(path)) => {
                settings.judge.repeated.corpus_file = path.display().to_string();
            }
            Some(Repeated::Bytes(bytes)) => {
                let rule = &mut settings.judge.repeated;
                let learnt = Learnt::read(
                    Cursor::new(bytes.as_bytes(py)),
                    "repeated",
                    rule.max_documents,
                );
                let learnt = learnt.map_err(|error| PyValueError::new_err(error.to_string()))?;
                rule.learnt = Some(Arc::new(learnt));
                held = Some(bytes);
            }
        }
        let river = py.detach(|| River::new(settings));
        Ok(Filter {
            river: Arc::new(river.map_err(PyValueError::new_err)?),
            threads,
            repeated: held,
        })
    }

    /// The library's filter.
    pub fn river(&self) -> &Arc<River> {
        &self.river
    }

    /// How many threads work on many documents; 0: one per core.
    pub fn threads(&self) -> usize {
        self.threads
    }
}

#[pymethods]
impl Filter {
    #[new]
    #[pyo3(signature = (*, preset=None, config=None, settings=None, language=None, rules=None,
        strict_language=false, boilerplate=None, repeated=None, identifier=None, candidates=None,
        encoding=None, repair_mojibake=false, threads=0))]
    #[allow(clippy::too_many_arguments)] // they are the command's flags, by name
    fn new(
        py: Python<'_>,
        preset: Option<String>,
        config: Option<PathBuf>,
        settings: Option<String>,
        language: Option<Vec<String>>,
        rules: Option<Vec<String>>,
        strict_language: bool,
        boilerplate: Option<String>,
        repeated: Option<Repeated>,
        identifier: Option<String>,
        candidates: Option<Vec<String>>,
        encoding: Option<String>,
        repair_mojibake: bool,
        threads: usize,
    ) -> PyResult<Filter> {
        let arguments = Arguments {
            preset,
            config,
            settings,
            language: language.unwrap_or_default(),
            rules: rules.unwrap_or_default(),
            strict_language,
            boilerplate,
            identifier,
            candidates: candidates.unwrap_or_default(),
            encoding,
            repair_mojibake,
        };
        Filter::make(arguments.settings()?, repeated, threads, py)
    }

    /// All settings that hold, as TOML: what `cleanfilter --print-config` prints.
    #[getter]
    fn settings(&self) -> String {
        self.river.settings().to_toml()
    }

    /// Threads that work on many documents; 0: one per core.
    #[getter(threads)]
    fn threads_(&self) -> usize {
        self.threads
    }

    /// The text of a document that is passed on.
    ///
    /// `url` is the address that it came from: what was learnt of a corpus is known site by site.
    ///
    /// Raises TypeError if the document is neither str nor bytes. Bytes always have a reading.
    #[pyo3(signature = (document, url=None))]
    fn clean(
        &self,
        py: Python<'_>,
        document: &Bound<'_, PyAny>,
        url: Option<String>,
    ) -> PyResult<String> {
        let (input, river) = (Input::new(document, url)?, self.river.clone());
        interruptible(py, input.bytes(), move |_| input.read(&river).clean())
    }

    /// A document with its marks: languages, verdicts, spans.
    ///
    /// Raises TypeError if the document is neither str nor bytes.
    #[pyo3(signature = (document, url=None))]
    fn read(
        &self,
        py: Python<'_>,
        document: &Bound<'_, PyAny>,
        url: Option<String>,
    ) -> PyResult<Document> {
        let (input, river) = (Input::new(document, url)?, self.river.clone());
        let read = interruptible(py, input.bytes(), move |_| input.read(&river))?;
        Ok(Document::new(read))
    }

    /// The language of a document as a whole; None where the identifier abstains.
    ///
    /// Raises TypeError if the document is neither str nor bytes.
    fn identify(&self, py: Python<'_>, document: &Bound<'_, PyAny>) -> PyResult<Option<Guess>> {
        let (input, river) = (Input::new(document, None)?, self.river.clone());
        let guess = interruptible(py, input.bytes(), move |_| {
            let text = input.decoded(&river.settings().decode).text;
            river.identifier().identify(&text)
        })?;
        Ok(guess.as_ref().map(Guess::from))
    }

    /// What is passed on of each document, in order, on all cores.
    ///
    /// Reads ahead of what was given back by half a megabyte for each thread, so memory is bounded whatever the iterable.
    /// `urls` holds an address, or None, for each document.
    ///
    /// Raises what the iterable raises, behind the documents that came before; TypeError at a document that is neither
    /// str nor bytes; ValueError if there are fewer urls than documents.
    #[pyo3(signature = (documents, urls=None))]
    fn clean_many(
        &self,
        documents: &Bound<'_, PyAny>,
        urls: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Many> {
        Many::new(self, Want::Text, documents, urls)
    }

    /// Each document with its marks, as `read` gives it; else as `clean_many`.
    #[pyo3(signature = (documents, urls=None))]
    fn read_many(
        &self,
        documents: &Bound<'_, PyAny>,
        urls: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Many> {
        Many::new(self, Want::Document, documents, urls)
    }

    /// The language of each document, as `identify` gives it; else as `clean_many`.
    fn identify_many(&self, documents: &Bound<'_, PyAny>) -> PyResult<Many> {
        Many::new(self, Want::Guess, documents, None)
    }

    /// A table with what is passed on in the place of its texts, and columns beside it: `language` (BCP 47; null where
    /// the identifier abstains), `confidence` (0 to 1), `kept` and `dropped` (bytes of the text in UTF-8). Other
    /// columns are passed on as they are, without a copy; a null stays one.
    ///
    /// `data` is any table in Arrow's C data interface (pyarrow, Polars, pandas, DuckDB, ...); what is returned is of its
    /// kind, else a `Table` that Arrow's readers take. The column holds strings, or bytes in any encoding, and keeps its
    /// type. `url_column` names a column of addresses. `prefix` goes before the names of the added columns.
    ///
    /// Raises TypeError if it is no table, or a column holds no texts; KeyError if there is no such column; ValueError
    /// if an added column is there already.
    #[pyo3(signature = (data, column="text", *, url_column=None, prefix=""))]
    fn clean_batch<'py>(
        &self,
        data: &Bound<'py, PyAny>,
        column: &str,
        url_column: Option<String>,
        prefix: &str,
    ) -> PyResult<Bound<'py, PyAny>> {
        let plan = Plan {
            column: column.to_owned(),
            url_column,
            prefix: prefix.to_owned(),
        };
        let table = arrow::clean(data, self.river.clone(), self.threads, plan)?;
        let like = data.py().import("cleanfilter._tables")?.getattr("like")?;
        like.call1((data, table))
    }

    /// Another process makes the same filter of its settings.
    fn __reduce__<'py>(
        slf: &Bound<'py, Self>,
    ) -> PyResult<(Bound<'py, PyAny>, (Bound<'py, PyDict>,))> {
        let (py, this) = (slf.py(), slf.get());
        let arguments = PyDict::new(py);
        arguments.set_item("settings", this.settings())?;
        arguments.set_item("threads", this.threads)?;
        arguments.set_item("repeated", this.repeated.as_ref())?;
        let made = py.import("cleanfilter")?.getattr("_filter")?;
        Ok((made, (arguments,)))
    }

    fn __repr__(&self) -> String {
        let rules: Vec<&str> = self.river.rules().iter().map(|r| r.about().name).collect();
        format!("<Filter: {}>", rules.join(", "))
    }
}
