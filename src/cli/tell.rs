//! What is said on standard error: one line each, `cleanfilter: PATH: line N: cause (cure)`.

use std::fmt::Display;
use std::io::Write;

/// Says one line. A standard error that is closed is no reason to stop.
pub fn line(message: impl Display) {
    let _ = writeln!(std::io::stderr().lock(), "cleanfilter: {message}");
}

/// Says lines as they are.
pub fn text(text: &str) {
    let _ = std::io::stderr().lock().write_all(text.as_bytes());
}
