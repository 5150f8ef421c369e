//! A document as Python hands it over: text or bytes, and where it came from.

use cleanfilter::{Document, Filter, decode};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyString};

/// A document before it is read.
#[derive(Debug)]
pub struct Input {
    body: Body,
    url: Option<String>,
}

#[derive(Debug)]
enum Body {
    Text(String),
    Bytes(Vec<u8>),
}

impl Input {
    /// Takes it over; the bytes are copied, so that the interpreter is not needed any more.
    ///
    /// # Errors
    /// `TypeError` for what is neither text nor bytes.
    pub fn new(document: &Bound<'_, PyAny>, url: Option<String>) -> PyResult<Input> {
        let body = if let Ok(text) = document.cast::<PyString>() {
            Body::Text(text.to_cow()?.into_owned())
        } else if let Ok(bytes) = document.cast::<PyBytes>() {
            Body::Bytes(bytes.as_bytes().to_vec())
        } else {
            return Err(PyTypeError::new_err(format!(
                "a document is str or bytes, not {}",
                document.get_type().name()?
            )));
        };
        Ok(Input { body, url })
    }

    /// A text that is there already.
    pub fn of_text(text: String, url: Option<String>) -> Input {
        let body = Body::Text(text);
        Input { body, url }
    }

    /// Bytes in some encoding.
    pub fn of_bytes(bytes: Vec<u8>, url: Option<String>) -> Input {
        let body = Body::Bytes(bytes);
        Input { body, url }
    }

    /// How large it is.
    pub fn bytes(&self) -> usize {
        match &self.body {
            Body::Text(text) => text.len(),
            Body::Bytes(bytes) => bytes.len(),
        }
    }

    /// The text, decoded where it is not text yet.
    pub fn decoded(self, settings: &decode::Settings) -> Decoded {
        let (text, reading) = match self.body {
            Body::Text(text) if !settings.repair_mojibake => (text, Default::default()),
            // As a text of JSON Lines: what it was written in is settled.
            Body::Text(text) => {
                let unstated = decode::Settings {
                    encoding: None,
                    ..settings.clone()
                };
                decode::decode_owned(text.into_bytes(), None, &unstated)
            }
            Body::Bytes(bytes) => decode::decode_owned(bytes, None, settings),
        };
        Decoded {
            text,
            reading,
            url: self.url,
        }
    }

    /// Takes it through the river.
    pub fn read(self, filter: &Filter) -> Document {
        let decoded = self.decoded(&filter.settings().decode);
        filter.read_from(decoded.url.as_deref(), decoded.text, decoded.reading)
    }
}

/// A document's text, and what is known of it.
#[derive(Debug)]
pub struct Decoded {
    /// The text.
    pub text: String,
    /// How it was read.
    pub reading: cleanfilter::Reading,
    /// Where it came from.
    pub url: Option<String>,
}
