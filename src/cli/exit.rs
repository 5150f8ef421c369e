//! Exit statuses; the one file that knows them.

use std::process::ExitCode;

/// How a run ended.
#[derive(Clone, Debug, PartialEq)]
pub enum End {
    /// All was read and written.
    Done,
    /// Finished, but something was passed over.
    Damaged,
    /// Wrong usage, or the output could not be written.
    Failed(String),
    /// There was nothing to read.
    NoInput(String),
    /// Whoever read the output has gone: nothing to say.
    BrokenPipe,
}

impl End {
    /// A failure with its one line.
    pub fn failed(message: impl Into<String>) -> End {
        End::Failed(message.into())
    }

    /// The line to tell, if there is one.
    pub fn message(&self) -> Option<&str> {
        match self {
            End::Failed(message) | End::NoInput(message) => Some(message),
            End::Done | End::Damaged | End::BrokenPipe => None,
        }
    }
}

impl From<&End> for ExitCode {
    fn from(end: &End) -> ExitCode {
        ExitCode::from(match end {
            End::Done | End::BrokenPipe => 0,
            End::Damaged => 1,
            End::Failed(_) => 2,
            End::NoInput(_) => 3,
        })
    }
}
