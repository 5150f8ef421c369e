//! Bytes -> code points: Python counts the latter.

/// A place in a text, and the code points before it.
type Place = (usize, usize);

/// Where the byte offsets of a text stand in code points.
#[derive(Debug)]
pub struct Places(Option<Vec<Place>>);

impl Places {
    /// For these offsets, which lie on character boundaries, in any order.
    pub fn new(text: &str, offsets: impl Iterator<Item = usize>) -> Places {
        if text.is_ascii() {
            return Places(None);
        }
        let mut offsets: Vec<usize> = offsets.collect();
        offsets.sort_unstable();
        offsets.dedup();
        let (mut bytes, mut chars) = (0, 0);
        let places = offsets.into_iter().map(|offset| {
            chars += text
                .get(bytes..offset)
                .map_or(0, |between| between.chars().count());
            bytes = offset;
            (offset, chars)
        });
        Places(Some(places.collect()))
    }

    /// The code points before one of the offsets.
    pub fn chars(&self, offset: usize) -> usize {
        let Some(places) = &self.0 else {
            return offset;
        };
        let found = places.binary_search_by_key(&offset, |place| place.0);
        found
            .ok()
            .and_then(|at| places.get(at))
            .map_or(offset, |place| place.1)
    }
}
