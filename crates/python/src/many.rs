//! Many documents: read in order from an iterable, worked on by all threads, given back in order.

use std::collections::VecDeque;
use std::ops::ControlFlow;
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Mutex, PoisonError};

use cleanfilter::parallel::Threads;
use cleanfilter::{Document as Read, Filter as River, document};
use pyo3::exceptions::{PyRuntimeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyIterator;

use crate::document::{Document, Guess};
use crate::filter::Filter;
use crate::input::Input;
use crate::waiting::receive;

/// Bytes of documents that are handed to a thread together: some milliseconds of work.
const JOB_BYTES: usize = 64 << 10;

/// What a document costs beside its bytes, so that empty ones are bounded too.
const DOCUMENT_BYTES: usize = 64;

/// Bytes read ahead of what was given back, for each thread: no thread waits for the interpreter, and a broken-off run
/// ends within tenths of a second.
const AHEAD_BYTES_PER_THREAD: usize = 512 << 10;

/// What is wanted of every document.
#[derive(Clone, Copy, Debug)]
pub enum Want {
    /// What is passed on.
    Text,
    /// All that is known.
    Document,
    /// The language as a whole.
    Guess,
}

/// What came of a document.
enum Done {
    Text(String),
    Document(Box<Read>),
    Guess(Option<document::Guess>),
}

impl Want {
    fn of(self, input: Input, river: &River) -> Done {
        match self {
            Want::Text => Done::Text(input.read(river).clean()),
            Want::Document => Done::Document(Box::new(input.read(river))),
            Want::Guess => {
                let text = input.decoded(&river.settings().decode).text;
                Done::Guess(river.identifier().identify(&text))
            }
        }
    }
}

impl Done {
    fn into_python(self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        Ok(match self {
            Done::Text(text) => text.into_pyobject(py)?.into_any().unbind(),
            Done::Document(read) => Py::new(py, Document::new(*read))?.into_any(),
            Done::Guess(guess) => {
                let guess = guess.as_ref().map(Guess::from);
                guess.into_pyobject(py)?.unbind()
            }
        })
    }
}

/// Documents that a thread works on together, and their size.
type Job = (Vec<Input>, usize);

/// An iterator over what came of each document, in order.
#[pyclass(module = "cleanfilter")]
pub struct Many {
    documents: Option<Py<PyIterator>>,
    urls: Option<Py<PyIterator>>,
    /// Documents that make no job yet.
    job: Vec<Input>,
    job_bytes: usize,
    jobs: Option<Sender<Job>>,
    done: Mutex<Receiver<(Vec<Done>, usize)>>,
    ready: VecDeque<Done>,
    /// Bytes of jobs that did not come back.
    ahead: usize,
    most_ahead: usize,
    /// What the iterable raised, to be told behind what came before it.
    error: Option<PyErr>,
    /// Where the threads are: a child of `fork` has none.
    process: u32,
}

impl Many {
    /// Begins with no document read.
    ///
    /// # Errors
    /// If something is not iterable, or no thread can be started.
    pub fn new(
        filter: &Filter,
        want: Want,
        documents: &Bound<'_, PyAny>,
        urls: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Many> {
        let iterator = |from: &Bound<'_, PyAny>| PyResult::Ok(from.try_iter()?.unbind());
        let (documents, urls) = (iterator(documents)?, urls.map(iterator).transpose()?);
        let threads = Threads::new(filter.threads(), usize::MAX);
        let threads = threads.map_err(PyRuntimeError::new_err)?;
        let most_ahead = AHEAD_BYTES_PER_THREAD * threads.count();
        let (jobs, todo) = mpsc::channel::<Job>();
        let (finished, done) = mpsc::channel();
        let river = filter.river().clone();
        std::thread::spawn(move || {
            threads.ordered(
                move || todo.recv().ok().map(|job| (job, 0)),
                |(inputs, bytes)| {
                    let done = inputs.into_iter().map(|input| want.of(input, &river));
                    (done.collect::<Vec<Done>>(), bytes)
                },
                |done| match finished.send(done) {
                    Ok(()) => ControlFlow::Continue(()),
                    // The iterator is gone.
                    Err(_) => ControlFlow::Break(()),
                },
            );
        });
        Ok(Many {
            documents: Some(documents),
            urls,
            job: Vec::new(),
            job_bytes: 0,
            jobs: Some(jobs),
            done: Mutex::new(done),
            ready: VecDeque::new(),
            ahead: 0,
            most_ahead,
            error: None,
            process: std::process::id(),
        })
    }

    /// Reads ahead as far as it may.
    fn feed(&mut self, py: Python<'_>) {
        while self.documents.is_some() && self.ahead + self.job_bytes < self.most_ahead {
            match self.pull(py) {
                Ok(Some(input)) => {
                    self.job_bytes += input.bytes() + DOCUMENT_BYTES;
                    self.job.push(input);
                    if self.job_bytes >= JOB_BYTES {
                        self.send();
                    }
                }
                Ok(None) => self.documents = None,
                Err(error) => {
                    self.documents = None;
                    self.error = Some(error);
                }
            }
        }
        self.send();
        if self.documents.is_none() {
            self.jobs = None;
        }
    }

    /// The next document of the iterable.
    fn pull(&mut self, py: Python<'_>) -> PyResult<Option<Input>> {
        let Some(documents) = &self.documents else {
            return Ok(None);
        };
        let Some(document) = documents.bind(py).clone().next() else {
            return Ok(None);
        };
        let url = match &self.urls {
            None => None,
            Some(urls) => match urls.bind(py).clone().next() {
                Some(url) => url?.extract()?,
                None => return Err(PyValueError::new_err("fewer urls than documents")),
            },
        };
        Input::new(&document?, url).map(Some)
    }

    fn send(&mut self) {
        if self.job.is_empty() {
            return;
        }
        let job = (std::mem::take(&mut self.job), self.job_bytes);
        self.ahead += std::mem::take(&mut self.job_bytes);
        if let Some(jobs) = &self.jobs {
            // If nobody takes it, nothing will come back, and that is told then.
            drop(jobs.send(job));
        }
    }
}

#[pymethods]
impl Many {
    fn __iter__(slf: PyRef<'_, Self>) -> PyRef<'_, Self> {
        slf
    }

    fn __next__(&mut self, py: Python<'_>) -> PyResult<Option<Py<PyAny>>> {
        loop {
            if let Some(done) = self.ready.pop_front() {
                return done.into_python(py).map(Some);
            }
            if self.process != std::process::id() {
                return Err(PyRuntimeError::new_err(
                    "begun before a fork (call clean_many in the child)",
                ));
            }
            self.feed(py);
            if self.ahead == 0 {
                return self.error.take().map_or(Ok(None), Err);
            }
            let done = self.done.get_mut().unwrap_or_else(PoisonError::into_inner);
            let Some((done, bytes)) = receive(py, done)? else {
                return Err(PyRuntimeError::new_err("the work broke off"));
            };
            self.ahead -= bytes;
            self.ready.extend(done);
        }
    }
}
