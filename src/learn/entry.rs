//! What is counted: a paragraph of a site.

/// A paragraph of a site, and in how many documents it stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// The site, as [`Scope::site`](super::Scope::site) numbers it.
    pub site: u64,
    /// A hash of the paragraph's letters and digits, as the rule `repeated` folds them.
    pub paragraph: u64,
    /// The smallest XXH64 of the texts of the documents that it stands in: the one that may keep it. The smallest and
    /// not the first, so that it does not depend on the order in which documents are read.
    pub keeper: u64,
    /// Documents that it stands in; stays at the largest number that fits.
    pub documents: u32,
}

impl Entry {
    /// Bytes of an entry in a file: site, paragraph, keeper, documents, little-endian.
    pub const BYTES: usize = 28;

    /// What entries are sorted by.
    pub(super) fn key(&self) -> (u64, u64) {
        (self.site, self.paragraph)
    }

    /// Takes the documents of another entry of the same key in. The order does not matter.
    pub(super) fn absorb(&mut self, other: &Entry) {
        self.documents = self.documents.saturating_add(other.documents);
        self.keeper = self.keeper.min(other.keeper);
    }

    pub(super) fn to_bytes(self) -> [u8; Entry::BYTES] {
        let mut bytes = [0; Entry::BYTES];
        let words = [self.site, self.paragraph, self.keeper];
        for (to, word) in bytes.chunks_exact_mut(8).zip(words) {
            to.copy_from_slice(&word.to_le_bytes());
        }
        bytes[24..].copy_from_slice(&self.documents.to_le_bytes());
        bytes
    }

    pub(super) fn from_bytes(bytes: &[u8; Entry::BYTES]) -> Entry {
        match bytes.as_chunks::<8>() {
            ([site, paragraph, keeper], &[a, b, c, d]) => Entry {
                site: u64::from_le_bytes(*site),
                paragraph: u64::from_le_bytes(*paragraph),
                keeper: u64::from_le_bytes(*keeper),
                documents: u32::from_le_bytes([a, b, c, d]),
            },
            // 28 bytes are three words and four bytes.
            _ => Entry::default(),
        }
    }
}

/// Sorts entries and joins those of the same key.
pub(super) fn settle(entries: &mut Vec<Entry>) {
    entries.sort_unstable_by_key(Entry::key);
    entries.dedup_by(|later, kept| {
        let same = later.key() == kept.key();
        if same {
            kept.absorb(later);
        }
        same
    });
}
