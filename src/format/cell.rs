//! Rows of a table between the reading of its texts and their writing: the value of each, or that it is null.
//!
//! | bytes | what |
//! | --- | --- |
//! | 1 | 0: null; 1: a text, or the last part of one; 2: a part that another follows |
//! | null: 2 | the definition level, which says at what depth of the column it is null (little-endian) |
//! | text: 8, then as many | its length (little-endian), and the text |

use std::io::{self, Read};

const NULL: u8 = 0;
const LAST: u8 = 1;
const PART: u8 = 2;

/// The value of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Null, at this definition level.
    Null(i16),
    /// A text.
    Text(Vec<u8>),
}

impl Cell {
    /// Appends null.
    pub fn write_null(level: i16, out: &mut Vec<u8>) {
        out.push(NULL);
        out.extend_from_slice(&level.to_le_bytes());
    }

    /// Appends a text, or a part of one.
    pub fn write_text(text: &[u8], last: bool, out: &mut Vec<u8>) {
        out.push(if last { LAST } else { PART });
        out.extend_from_slice(&(text.len() as u64).to_le_bytes());
        out.extend_from_slice(text);
    }

    /// The next row, its parts joined; `None` at the end.
    ///
    /// # Errors
    /// Of the input.
    pub fn read(input: &mut impl Read) -> io::Result<Option<Cell>> {
        let mut text = Vec::new();
        loop {
            let mut tag = [0];
            if input.read(&mut tag)? == 0 {
                return Ok(None);
            }
            if tag[0] == NULL {
                let mut level = [0; 2];
                input.read_exact(&mut level)?;
                return Ok(Some(Cell::Null(i16::from_le_bytes(level))));
            }
            let mut length = [0; 8];
            input.read_exact(&mut length)?;
            input
                .take(u64::from_le_bytes(length))
                .read_to_end(&mut text)?;
            if tag[0] == LAST {
                return Ok(Some(Cell::Text(text)));
            }
        }
    }

    /// Bytes up to the end of at most `most` rows, and how many rows those are.
    pub fn skip(cells: &[u8], most: u64) -> (usize, u64) {
        let (mut at, mut rows) = (0, 0);
        while rows < most {
            let Some((tag, rest)) = cells.get(at..).and_then(<[u8]>::split_first) else {
                break;
            };
            let length = rest.first_chunk().map_or(0, |n| u64::from_le_bytes(*n));
            at += match *tag {
                NULL => 3,
                _ => 9 + usize::try_from(length).unwrap_or(usize::MAX - 9),
            };
            rows += u64::from(*tag != PART);
        }
        (at.min(cells.len()), rows)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_come_back_and_are_counted() {
        let mut out = Vec::new();
        Cell::write_text(b"a", false, &mut out);
        Cell::write_text(b"bc", true, &mut out);
        Cell::write_null(1, &mut out);
        Cell::write_text(b"", true, &mut out);
        let mut input = &out[..];
        let mut found = Vec::new();
        while let Some(cell) = Cell::read(&mut input).unwrap() {
            found.push(cell);
        }
        assert_eq!(
            found,
            [
                Cell::Text(b"abc".to_vec()),
                Cell::Null(1),
                Cell::Text(Vec::new())
            ]
        );
        assert_eq!(Cell::skip(&out, 1), (21, 1));
        assert_eq!(Cell::skip(&out, 2), (24, 2));
        assert_eq!(Cell::skip(&out, 9), (out.len(), 3));
        assert_eq!(Cell::skip(&out[..10], 9), (10, 0));
    }
}
