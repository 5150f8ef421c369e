//! What can be wrong with a model file.

use std::fmt;
use std::io;

/// Why a model could not be opened. Its text is one line and does not name the file.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The file could not be read.
    Read(io::Error),
    /// It was read, and is not a fastText model that can label text; the string says what was found.
    Model(String),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Read(cause) => write!(f, "{cause}"),
            Error::Model(cause) => write!(f, "not a fastText model: {cause}"),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Error::Read(cause) => Some(cause),
            Error::Model(_) => None,
        }
    }
}

impl From<io::Error> for Error {
    fn from(cause: io::Error) -> Self {
        Error::Read(cause)
    }
}

/// Shorthand for [`Error::Model`].
pub(super) fn broken<T>(cause: impl Into<String>) -> Result<T, Error> {
    Err(Error::Model(cause.into()))
}
