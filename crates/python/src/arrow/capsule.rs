//! Arrow's C data interface in capsules: the one file that trusts a pointer.

use std::ffi::CStr;

use arrow_array::RecordBatchReader;
use arrow_array::ffi_stream::{FFI_ArrowArrayStream, RecordBatchStreamReader};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyCapsuleMethods};

const NAME: &CStr = c"arrow_array_stream";

/// A stream of record batches from an object that has one: a table of pyarrow, Polars, pandas, DuckDB ...
///
/// # Errors
/// `TypeError` for an object without one.
pub fn import(data: &Bound<'_, PyAny>) -> PyResult<RecordBatchStreamReader> {
    let Ok(method) = data.getattr("__arrow_c_stream__") else {
        return Err(PyTypeError::new_err(format!(
            "{} has no __arrow_c_stream__: it is no table in Arrow's C data interface",
            data.get_type().name()?
        )));
    };
    let given = method.call0()?;
    let capsule = given.cast::<PyCapsule>()?;
    let pointer = capsule.pointer_checked(Some(NAME))?;
    #[allow(unsafe_code)]
    // SAFETY: a capsule of this name holds a valid `ArrowArrayStream` (the Arrow PyCapsule interface), nobody else
    // reads it while the interpreter is held, and `from_raw` leaves a released one in its place, as the interface asks
    // of a consumer.
    let stream =
        unsafe { FFI_ArrowArrayStream::from_raw(pointer.cast::<FFI_ArrowArrayStream>().as_ptr()) };
    RecordBatchStreamReader::try_new(stream)
        .map_err(|error| PyValueError::new_err(error.to_string()))
}

/// A capsule of a stream; the stream is released with it if nobody takes it out.
///
/// # Errors
/// If there is no memory.
pub fn export(
    py: Python<'_>,
    reader: Box<dyn RecordBatchReader + Send>,
) -> PyResult<Bound<'_, PyCapsule>> {
    PyCapsule::new_with_value(py, FFI_ArrowArrayStream::new(reader), NAME)
}
