//! Long work beside the interpreter: others may run meanwhile, and a signal is answered.

use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::Duration;

use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;

/// How long a signal may wait: less than a person notices, and not so often that it is seen in a profile.
const PATIENCE: Duration = Duration::from_millis(40);

/// Work smaller than this is done within some milliseconds.
const SMALL_BYTES: usize = 64 << 10;

/// Does work on `bytes` bytes. A signal's exception, such as `KeyboardInterrupt`, ends the waiting; the work is then
/// finished for nobody.
///
/// # Errors
/// What the signal raised.
pub fn interruptible<T: Send + 'static>(
    py: Python<'_>,
    bytes: usize,
    work: impl FnOnce() -> T + Send + 'static,
) -> PyResult<T> {
    if bytes < SMALL_BYTES {
        return Ok(py.detach(work));
    }
    let (done, mut result) = mpsc::channel();
    std::thread::spawn(move || {
        // Nobody may be waiting any more.
        drop(done.send(work()));
    });
    receive(py, &mut result)?.ok_or_else(|| PyRuntimeError::new_err("the work broke off"))
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
