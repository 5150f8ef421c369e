//! Long work beside the interpreter: others may run meanwhile, and a signal is answered.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::Duration;

use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;

/// How long a signal may wait: less than a person notices, and not so often that it is seen in a profile.
const PATIENCE: Duration = Duration::from_millis(40);

/// Work smaller than this is done within some milliseconds.
const SMALL_BYTES: usize = 64 << 10;

/// Tells work that nobody waits for it any more.
#[derive(Clone, Debug, Default)]
pub struct Stop(Arc<AtomicBool>);

impl Stop {
    /// Whether the work is for nobody.
    pub fn asked(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// Does work on `bytes` bytes. A signal's exception, such as `KeyboardInterrupt`, ends the waiting; the work is then
/// told to stop.
///
/// # Errors
/// What the signal raised.
pub fn interruptible<T: Send + 'static>(
    py: Python<'_>,
    bytes: usize,
    work: impl FnOnce(&Stop) -> T + Send + 'static,
) -> PyResult<T> {
    let stop = Stop::default();
    if bytes < SMALL_BYTES {
        return Ok(py.detach(|| work(&stop)));
    }
    let (done, mut result) = mpsc::channel();
    let asked = stop.clone();
    std::thread::spawn(move || {
        // Nobody may be waiting any more.
        drop(done.send(work(&asked)));
    });
    let received = receive(py, &mut result);
    stop.0.store(true, Ordering::Relaxed);
    received?.ok_or_else(|| PyRuntimeError::new_err("the work broke off"))
}

/// The next thing that comes; `None` when nothing will come any more.
///
/// # Errors
/// What a signal raised.
pub fn receive<T: Send>(py: Python<'_>, from: &mut Receiver<T>) -> PyResult<Option<T>> {
    loop {
        let again = &mut *from;
        match py.detach(move || again.recv_timeout(PATIENCE)) {
            Ok(result) => return Ok(Some(result)),
            Err(RecvTimeoutError::Disconnected) => return Ok(None),
            Err(RecvTimeoutError::Timeout) => py.check_signals()?,
        }
    }
}
