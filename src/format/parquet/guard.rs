//! Damage that the library meets with a panic is an error of the table.

use std::any::Any;
use std::cell::Cell;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::damaged;

thread_local! {
    static GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// Whether this thread reads a table, so that a panic is no fault of the program's and need not be told: for a panic hook.
pub fn is_guarded() -> bool {
    GUARDED.get()
}

/// Reads from a table; after an error it is not read further.
pub(super) fn guard<T>(read: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
    let before = GUARDED.replace(true);
    // What was being read is given up with the table.
    let result = catch_unwind(AssertUnwindSafe(read));
    GUARDED.set(before);
    result.unwrap_or_else(|panic| Err(damaged(&cause(&*panic))))
}

fn cause(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "it cannot be read".to_owned())
}
