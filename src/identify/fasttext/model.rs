//! The file read whole, and text -> label.

use std::cell::Cell;

use super::dictionary::Dictionary;
use super::error::{Error, broken};
use super::features::{self, Cutter};
use super::header::Header;
use super::map::Bytes;
use super::matrix::{Matrix, Rows};
use super::output::{self, Output};
use super::reader::Reader;

/// A model, ready to label text.
pub(super) struct Model {
    bytes: Bytes,
    dim: usize,
    pub dictionary: Dictionary,
    cutter: Cutter,
    input: Matrix,
    output: Output,
}

/// Space that a thread uses again from text to text, of whichever model.
#[derive(Default)]
struct Space {
    cut: features::Space,
    hidden: Vec<f32>,
    output: output::Space,
}

thread_local! {
    static SPACE: Cell<Option<Box<Space>>> = const { Cell::new(None) };
}

impl Model {
    /// Reads the small sections and checks the sizes of all; the input matrix stays where it is.
    pub(super) fn read(bytes: Bytes) -> Result<Model, Error> {
        let mut file = Reader::new(&bytes);
        let header = Header::read(&mut file)?;
        let dictionary = Dictionary::read(&bytes, &mut file, &header)?;

        file.enter("input matrix");
        let quantised = file.flag("kind")?;
        if dictionary.buckets.is_pruned() && !quantised {
            // Known of early downloads: the reference implementation refuses them as well.
            return broken(
                "its dictionary is pruned and its matrix is not quantised (an early, faulty model: fetch it anew)",
            );
        }
        let input = Matrix::read(&mut file, quantised)?;
        let rows = if header.hashes() {
            dictionary.buckets.rows(dictionary.words, header.buckets)
        } else {
            dictionary.words
        };
        input.expect("input matrix", rows, header.dim)?;

        file.enter("output matrix");
        let quantised_output = file.flag("kind")? && quantised;
        let output = Output::read(
            &mut file,
            &bytes,
            quantised_output,
            header.loss,
            &dictionary.labels,
            header.dim,
        )?;
        Ok(Model {
            dim: header.dim,
            cutter: Cutter::new(&header),
            dictionary,
            input,
            output,
            bytes,
        })
    }

    /// The most probable label (its number) of the text read as one line, of those `among`, and its probability.
    /// `None` where the text has no word or n-gram that the model knows, or the model's numbers are not finite.
    pub(super) fn predict(&self, text: &str, among: Option<&[bool]>) -> Option<(usize, f32)> {
        let mut space = SPACE.take().unwrap_or_default();
        let found = self.predict_in(text, among, &mut space);
        space.cut.trim();
        SPACE.set(Some(space));
        found
    }

    fn predict_in(
        &self,
        text: &str,
        among: Option<&[bool]>,
        space: &mut Space,
    ) -> Option<(usize, f32)> {
        space.hidden.clear();
        space.hidden.resize(self.dim, 0.0);
        let count = match &self.input {
            Matrix::Dense(rows) => self.sum(&rows.view(&self.bytes), text, space),
            Matrix::Quantised(rows) => self.sum(&rows.view(&self.bytes), text, space),
        };
        if count == 0 {
            return None;
        }
        let share = (1.0 / count as f64) as f32;
        for number in &mut space.hidden {
            *number *= share;
        }
        if !space.hidden.iter().all(|number| number.is_finite()) {
            return None;
        }
        let labels = self.dictionary.labels.len();
        self.output
            .best(&self.bytes, &space.hidden, labels, among, &mut space.output)
    }

    /// Adds up the rows of the text; how many there were.
    fn sum(&self, rows: &impl Rows, text: &str, space: &mut Space) -> u64 {
        let mut count = 0;
        let Space { cut, hidden, .. } = space;
        self.cutter
            .rows(&self.dictionary, &self.bytes, text.as_bytes(), cut, |row| {
                rows.add_to(row, hidden);
                count += 1;
            });
        count
    }
}
