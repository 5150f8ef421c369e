//! The nouns, as Python sees them.

use std::sync::Arc;

use cleanfilter::{Document as Read, Verdict, document};
use pyo3::prelude::*;

use crate::places::Places;

/// [start, end).
type Span = (usize, usize);

/// A document as it was read.
#[pyclass(frozen, module = "cleanfilter")]
pub struct Document(Arc<Read>);

/// A paragraph of a document.
#[pyclass(frozen, get_all, module = "cleanfilter")]
#[derive(Clone)]
pub struct Paragraph {
    /// [start, end) in bytes of the text in UTF-8, without the line end.
    byte_span: Span,
    /// The same in code points: slices the text.
    char_span: Span,
    /// The language of most of it; None where the identifier abstains.
    language: Option<Guess>,
    /// [start, end) in the list of fragments.
    fragments: Span,
}

/// A stretch of a paragraph in one language.
#[pyclass(frozen, get_all, module = "cleanfilter")]
#[derive(Clone)]
pub struct Fragment {
    /// [start, end) in bytes of the text in UTF-8.
    byte_span: Span,
    /// The same in code points: slices the text.
    char_span: Span,
    /// The paragraph it stands in, from 0.
    paragraph: usize,
    /// Its language; None where the identifier abstains.
    language: Option<Guess>,
    /// Evidence in nats that it is in this language and not in the document's own.
    evidence: f32,
    /// Whether it stands where an author's own words in another language stand.
    spared: bool,
    /// Whether it is passed on.
    kept: bool,
    /// The rule that dropped it.
    rule: Option<&'static str>,
    /// The number that crossed the rule's threshold.
    measured: Option<f32>,
}

/// A language and how sure the identifier is.
#[pyclass(frozen, eq, get_all, module = "cleanfilter")]
#[derive(Clone, PartialEq)]
pub struct Guess {
    /// BCP 47: `es`, `zh-Hant`.
    bcp47: String,
    /// ISO 639-3: `spa`; `zxx` for nothing linguistic.
    iso639_3: String,
    /// ISO 15924: `Latn`.
    script: String,
    /// Share of answers given with this confidence that are right, 0 to 1.
    confidence: f32,
}

impl From<&document::Guess> for Guess {
    fn from(guess: &document::Guess) -> Self {
        Guess {
            bcp47: guess.language.bcp47(),
            iso639_3: guess.language.iso639_3().to_owned(),
            script: guess.language.script().to_owned(),
            confidence: guess.confidence,
        }
    }
}

impl Document {
    /// Of what the library read.
    pub fn new(read: Read) -> Document {
        Document(Arc::new(read))
    }

    fn spans(&self, spans: Vec<std::ops::Range<usize>>) -> Vec<Span> {
        let ends = spans.iter().flat_map(|span| [span.start, span.end]);
        let places = Places::new(&self.0.text, ends);
        let span = |s: &std::ops::Range<usize>| (places.chars(s.start), places.chars(s.end));
        spans.iter().map(span).collect()
    }
}

#[pymethods]
impl Document {
    /// The decoded text, whole.
    #[getter]
    fn text(&self) -> &str {
        &self.0.text
    }

    /// The text that is passed on.
    fn clean(&self, py: Python<'_>) -> String {
        let read = self.0.clone();
        py.detach(move || read.clean())
    }

    /// The encoding's name, such as `UTF-8`.
    #[getter]
    fn encoding(&self) -> &str {
        self.0.reading.encoding
    }

    /// What decided on the encoding.
    #[getter]
    fn witness(&self) -> &str {
        self.0.reading.witness
    }

    /// Bytes that could not be decoded and stand as U+FFFD in the text.
    #[getter]
    fn replaced_bytes(&self) -> u64 {
        self.0.reading.replaced_bytes
    }

    /// What a reader should know of the decision on the encoding.
    #[getter]
    fn notes(&self) -> Vec<String> {
        self.0.reading.notes.clone()
    }

    /// The identifier's best answer about the text as a whole; None where it abstains.
    #[getter]
    fn language(&self) -> Option<Guess> {
        self.0.language.as_ref().map(Guess::from)
    }

    /// Paragraphs in order. What stands between two of them separates them.
    #[getter]
    fn paragraphs(&self) -> Vec<Paragraph> {
        let paragraphs = &self.0.paragraphs;
        let spans = self.spans(paragraphs.iter().map(|p| p.span.clone()).collect());
        let paragraph = |(p, char_span): (&document::Paragraph, Span)| Paragraph {
            byte_span: (p.span.start, p.span.end),
            char_span,
            language: p.language.as_ref().map(Guess::from),
            fragments: (p.fragments.start, p.fragments.end),
        };
        paragraphs.iter().zip(spans).map(paragraph).collect()
    }

    /// Fragments in order, those of all paragraphs.
    #[getter]
    fn fragments(&self) -> Vec<Fragment> {
        let fragments = &self.0.fragments;
        let mut spans = self
            .spans(fragments.iter().map(|f| f.span.clone()).collect())
            .into_iter();
        let mut found = Vec::with_capacity(fragments.len());
        for (paragraph, p) in self.0.paragraphs.iter().enumerate() {
            for (f, char_span) in fragments[p.fragments.clone()].iter().zip(&mut spans) {
                let reason = match f.verdict {
                    Verdict::Keep => None,
                    Verdict::Drop(reason) => Some(reason),
                };
                found.push(Fragment {
                    byte_span: (f.span.start, f.span.end),
                    char_span,
                    paragraph,
                    language: f.language.as_ref().map(Guess::from),
                    evidence: f.evidence,
                    spared: f.spared,
                    kept: reason.is_none(),
                    rule: reason.map(|reason| reason.rule),
                    measured: reason.map(|reason| reason.measured),
                });
            }
        }
        found
    }

    /// [start, end) of the text that is passed on, in code points, in order.
    #[getter]
    fn kept(&self) -> Vec<Span> {
        self.spans(self.0.kept())
    }

    /// [start, end) of the text that is left out, in code points, in order.
    #[getter]
    fn dropped(&self) -> Vec<Span> {
        self.spans(self.0.dropped())
    }

    /// Bytes of the text (UTF-8) that are passed on.
    #[getter]
    fn kept_bytes(&self) -> usize {
        self.0.text.len() - self.dropped_bytes()
    }

    /// Bytes of the text (UTF-8) that are left out.
    #[getter]
    fn dropped_bytes(&self) -> usize {
        self.0.dropped().iter().map(ExactSizeIterator::len).sum()
    }

    fn __repr__(&self) -> String {
        let language = self.0.language.map(|guess| guess.language.bcp47());
        format!(
            "<Document of {} bytes, {}, {} kept>",
            self.0.text.len(),
            language.as_deref().unwrap_or("und"),
            self.kept_bytes()
        )
    }
}

#[pymethods]
impl Guess {
    fn __repr__(&self) -> String {
        format!("<Guess {} {:.2}>", self.bcp47, self.confidence)
    }
}

#[pymethods]
impl Paragraph {
    fn __repr__(&self) -> String {
        let (start, end) = self.char_span;
        format!("<Paragraph {start}..{end}>")
    }
}

#[pymethods]
impl Fragment {
    fn __repr__(&self) -> String {
        let (start, end) = self.char_span;
        let verdict = self.rule.unwrap_or("kept");
        format!("<Fragment {start}..{end} {verdict}>")
    }
}
