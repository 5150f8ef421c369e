//! Matrices as the file holds them: rows of floats, read in place, or rows of codes.

use std::ops::Range;

use super::error::{Error, broken};
use super::quantised::Quantised;
use super::reader::Reader;

/// One row after another, each of `columns` numbers.
pub(super) enum Matrix {
    Dense(Dense),
    Quantised(Quantised),
}

/// Floats in the file, little-endian, at any alignment.
pub(super) struct Dense {
    pub rows: usize,
    pub columns: usize,
    place: Range<usize>,
}

/// What prediction asks of a matrix, its bytes at hand.
pub(super) trait Rows {
    /// Adds a row to `sum`; a row that does not exist adds nothing (none is asked for: sizes are checked once).
    fn add_to(&self, row: u32, sum: &mut [f32]);

    /// The product of a row and a vector, added up in order of columns as the reference implementation does, so that
    /// rounding is the same.
    fn dot(&self, row: usize, vector: &[f32]) -> f32;
}

impl Matrix {
    pub(super) fn read(file: &mut Reader<'_>, quantised: bool) -> Result<Matrix, Error> {
        if quantised {
            return Ok(Matrix::Quantised(Quantised::read(file)?));
        }
        let rows = file.size64("rows")?;
        let columns = file.size64("columns")?;
        let place = file.table(rows, columns, size_of::<f32>())?;
        Ok(Matrix::Dense(Dense {
            rows,
            columns,
            place,
        }))
    }

    pub(super) fn rows(&self) -> usize {
        match self {
            Matrix::Dense(dense) => dense.rows,
            Matrix::Quantised(quantised) => quantised.rows,
        }
    }

    /// Refuses a matrix that has fewer rows than are needed or another length of rows.
    pub(super) fn expect(&self, name: &str, rows: usize, columns: usize) -> Result<(), Error> {
        let (has_rows, has_columns) = match self {
            Matrix::Dense(dense) => (dense.rows, dense.columns),
            Matrix::Quantised(quantised) => (quantised.rows, quantised.columns),
        };
        if has_rows < rows || has_columns != columns {
            return broken(format!(
                "the {name} is {has_rows} x {has_columns}, and {rows} x {columns} is needed"
            ));
        }
        Ok(())
    }
}

impl Dense {
    pub(super) fn view<'a>(&self, bytes: &'a [u8]) -> DenseView<'a> {
        DenseView {
            floats: bytes[self.place.clone()].as_chunks().0,
            columns: self.columns,
        }
    }
}

/// See [`Dense`].
pub(super) struct DenseView<'a> {
    floats: &'a [[u8; 4]],
    columns: usize,
}

impl DenseView<'_> {
    #[inline(always)]
    pub(super) fn row(&self, row: usize) -> impl Iterator<Item = f32> {
        let start = row * self.columns;
        let floats = self.floats.get(start..start + self.columns);
        floats
            .unwrap_or_default()
            .iter()
            .map(|b| f32::from_le_bytes(*b))
    }
}

impl Rows for DenseView<'_> {
    #[inline(always)]
    fn add_to(&self, row: u32, sum: &mut [f32]) {
        for (sum, number) in sum.iter_mut().zip(self.row(row as usize)) {
            *sum += number;
        }
    }

    fn dot(&self, row: usize, vector: &[f32]) -> f32 {
        self.row(row)
            .zip(vector)
            .fold(0.0, |sum, (a, b)| sum + a * b)
    }
}
