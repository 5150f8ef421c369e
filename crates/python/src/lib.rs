//! The Python package `cleanfilter`: the library's nouns and verbs for Python, and nothing of its own.

mod arguments;
mod arrow;
mod document;
mod filter;
mod input;
mod learn;
mod many;
mod places;
mod waiting;

use pyo3::prelude::*;

/// What `cleanfilter/__init__.py` makes public.
#[pymodule]
mod _native {
    #[pymodule_export]
    use super::arrow::Table;
    #[pymodule_export]
    use super::document::{Document, Fragment, Guess, Paragraph};
    #[pymodule_export]
    use super::filter::Filter;
    #[pymodule_export]
    use super::learn::{Learner, merge_learnt};
    #[pymodule_export]
    use super::many::Many;
}
