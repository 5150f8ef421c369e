//! Bytes that mean nothing in their encoding: counted, and where they lay.

use std::ops::Range;

use crate::document::Reading;

/// The places of bytes that could not be decoded.
#[derive(Clone, Debug, Default)]
pub(crate) struct Losses {
    /// How many bytes.
    pub bytes: u64,
    /// Where: ranges of the input, in order, neighbours joined, at most [`Reading::MAX_PLACES`].
    pub places: Vec<Range<u64>>,
}

impl Losses {
    /// Notes that the bytes at `place` are lost, and puts U+FFFD in their stead.
    pub fn replace(&mut self, place: Range<u64>, out: &mut String) {
        out.push('\u{fffd}');
        self.bytes += place.end - place.start;
        match self.places.last_mut() {
            Some(last) if last.end == place.start => last.end = place.end,
            last => {
                if last.is_none() || self.places.len() < Reading::MAX_PLACES {
                    self.places.push(place);
                }
            }
        }
    }
}
