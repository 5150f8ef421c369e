//! A matrix whose rows are codes: each piece of a row names one of 256 vectors of that piece's codebook (product
//! quantisation, as in the reference implementation's `.ftz` files).

use std::ops::Range;

use super::error::{Error, broken};
use super::matrix::Rows;
use super::reader::Reader;

/// Vectors in a codebook: what a code of one byte can name.
const CODES: usize = 256;

/// Codes stay in the file; codebooks are copied (256 floats a column, as in the file).
pub(super) struct Quantised {
    pub rows: usize,
    pub columns: usize,
    codes: Range<usize>,
    books: Books,
    norms: Option<Norms>,
}

/// The codebooks of all pieces, one after another; the last piece may be shorter.
struct Books {
    pieces: usize,
    /// Columns of a piece, and of the last one.
    width: usize,
    last_width: usize,
    centroids: Vec<f32>,
}

/// Lengths of the rows, where they were quantised apart.
struct Norms {
    codes: Range<usize>,
    lengths: Vec<f32>,
}

impl Quantised {
    pub(super) fn read(file: &mut Reader<'_>) -> Result<Quantised, Error> {
        let has_norms = file.flag("qnorm")?;
        let rows = file.size64("rows")?;
        let columns = file.size64("columns")?;
        let code_bytes = file.size32("size of codes")?;
        let codes = file.range(code_bytes)?;
        let books = Books::read(file)?;
        if books.columns() != columns || rows.checked_mul(books.pieces) != Some(code_bytes) {
            return broken(format!(
                "{code_bytes} codes do not make a quantised matrix of {rows} x {columns}"
            ));
        }
        let norms = if has_norms {
            let codes = file.range(rows)?;
            let lengths = Books::read(file)?;
            if lengths.columns() != 1 {
                return broken("the codebook of norms has more than one column");
            }
            Some(Norms {
                codes,
                lengths: lengths.centroids,
            })
        } else {
            None
        };
        Ok(Quantised {
            rows,
            columns,
            codes,
            books,
            norms,
        })
    }

    pub(super) fn view<'a>(&'a self, bytes: &'a [u8]) -> QuantisedView<'a> {
        QuantisedView {
            codes: &bytes[self.codes.clone()],
            books: &self.books,
            norms: self
                .norms
                .as_ref()
                .map(|norms| (&bytes[norms.codes.clone()], norms.lengths.as_slice())),
        }
    }
}

impl Books {
    fn read(file: &mut Reader<'_>) -> Result<Books, Error> {
        let columns = file.size32("columns of a codebook")?;
        let pieces = file.size32("pieces of a codebook")?;
        let width = file.size32("width of a piece")?;
        let last_width = file.size32("width of the last piece")?;
        let fits = width > 0
            && (1..=width).contains(&last_width)
            && pieces
                .checked_sub(1)
                .and_then(|full| full.checked_mul(width))
                .and_then(|full| full.checked_add(last_width))
                == Some(columns);
        if !fits {
            return broken(format!(
                "pieces of {width} and {last_width}, {pieces} in all, do not make {columns} columns"
            ));
        }
        let Some(count) = columns.checked_mul(CODES) else {
            return broken("a codebook is too large");
        };
        Ok(Books {
            pieces,
            width,
            last_width,
            centroids: file.floats(count)?,
        })
    }

    fn columns(&self) -> usize {
        (self.pieces - 1) * self.width + self.last_width
    }

    /// The codebooks of the full pieces, and the last one.
    #[inline(always)]
    fn split(&self) -> (&[f32], &[f32]) {
        self.centroids
            .split_at((self.pieces - 1) * CODES * self.width)
    }
}

/// See [`Quantised`].
pub(super) struct QuantisedView<'a> {
    codes: &'a [u8],
    books: &'a Books,
    norms: Option<(&'a [u8], &'a [f32])>,
}

impl QuantisedView<'_> {
    #[inline(always)]
    fn codes(&self, row: usize) -> &[u8] {
        let start = row * self.books.pieces;
        self.codes
            .get(start..start + self.books.pieces)
            .unwrap_or_default()
    }

    #[inline(always)]
    fn norm(&self, row: usize) -> f32 {
        let Some((codes, lengths)) = self.norms else {
            return 1.0;
        };
        codes
            .get(row)
            .and_then(|code| lengths.get(*code as usize))
            .copied()
            .unwrap_or(1.0)
    }
}

impl Rows for QuantisedView<'_> {
    #[inline(always)]
    fn add_to(&self, row: u32, sum: &mut [f32]) {
        let row = row as usize;
        let norm = self.norm(row);
        let Some((last_code, codes)) = self.codes(row).split_last() else {
            return;
        };
        let (books, last_book) = self.books.split();
        let width = self.books.width;
        let (full, last) = sum.split_at_mut(codes.len() * width);
        if width == 2 {
            // The width of nearly all models, with its loop unrolled.
            let books = books.as_chunks::<{ 2 * CODES }>().0;
            for ((sum, book), code) in full.as_chunks_mut::<2>().0.iter_mut().zip(books).zip(codes)
            {
                let at = *code as usize * 2;
                sum[0] += norm * book[at];
                sum[1] += norm * book[at + 1];
            }
        } else {
            let books = books.chunks_exact(width * CODES);
            for ((sum, book), code) in full.chunks_exact_mut(width).zip(books).zip(codes) {
                add(sum, norm, book, *code);
            }
        }
        add(last, norm, last_book, *last_code);
    }

    fn dot(&self, row: usize, vector: &[f32]) -> f32 {
        let Some((last_code, codes)) = self.codes(row).split_last() else {
            return 0.0;
        };
        let (books, last_book) = self.books.split();
        let width = self.books.width;
        let (full, last) = vector.split_at(codes.len() * width);
        let books = books.chunks_exact(width * CODES);
        let mut sum = 0.0;
        for ((vector, book), code) in full.chunks_exact(width).zip(books).zip(codes) {
            sum = add_products(sum, vector, book, *code);
        }
        add_products(sum, last, last_book, *last_code) * self.norm(row)
    }
}

/// Adds the vector that the code names in the book.
#[inline(always)]
fn add(sum: &mut [f32], norm: f32, book: &[f32], code: u8) {
    let centroid = &book[code as usize * sum.len()..];
    for (sum, number) in sum.iter_mut().zip(centroid) {
        *sum += norm * number;
    }
}

/// Adds the product with the vector that the code names in the book, number by number.
#[inline(always)]
fn add_products(sum: f32, vector: &[f32], book: &[f32], code: u8) -> f32 {
    let centroid = &book[code as usize * vector.len()..];
    vector
        .iter()
        .zip(centroid)
        .fold(sum, |sum, (a, b)| sum + a * b)
}
