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

/// What an error of the system says, without its number.
pub fn cause(error: &std::io::Error) -> String {
    let text = error.to_string();
    let words = text.split(" (os error ").next().unwrap_or(&text);
    let mut chars = words.chars();
    match chars.next() {
        // "No such file", but not "PNG image".
        Some(first) if error.raw_os_error().is_some() => {
            first.to_lowercase().chain(chars).collect()
        }
        _ => words.to_owned(),
    }
}
