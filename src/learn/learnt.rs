//! What was learnt, in memory: immutable, for all threads.

use std::io::{self, Read, Seek};

use super::{Entry, Records, Scope};

/// The paragraphs that a corpus repeats.
#[derive(Clone, Debug, PartialEq)]
pub struct Learnt {
    scope: Scope,
    documents: u64,
    /// Sorted by site, then paragraph; no two alike.
    entries: Vec<Entry>,
}

/// What is known of one site.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a>(&'a [Entry]);

impl Learnt {
    /// Reads a file, of its entries those that stand in more than `more_than` documents; each takes 32 bytes of
    /// memory. `name` is what errors call the file.
    ///
    /// # Errors
    /// One line that begins with the name: not such a file, of another version, cut short, damaged, not readable.
    pub fn read(input: impl Read + Seek, name: &str, more_than: u32) -> io::Result<Learnt> {
        let mut records = Records::open(input, name)?;
        let mut learnt = Learnt {
            scope: records.scope,
            documents: records.documents,
            entries: Vec::new(),
        };
        for entry in &mut records {
            let entry = entry?;
            if entry.documents > more_than {
                learnt.entries.push(entry);
            }
        }
        learnt.entries.shrink_to_fit();
        Ok(learnt)
    }

    /// What is known of the site that a document with this address belongs to.
    pub fn of(&self, url: Option<&str>) -> Known<'_> {
        let site = self.scope.site(url);
        let from = self.entries.partition_point(|entry| entry.site < site);
        let rest = self.entries.get(from..).unwrap_or_default();
        let count = rest.partition_point(|entry| entry.site == site);
        Known(rest.get(..count).unwrap_or_default())
    }

    /// How many paragraphs it holds, site by site.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// How many documents it was learnt from.
    pub fn documents(&self) -> u64 {
        self.documents
    }
}

impl<'a> Known<'a> {
    /// The entry of a paragraph, by its hash.
    pub fn find(self, paragraph: u64) -> Option<&'a Entry> {
        let found = self
            .0
            .binary_search_by_key(&paragraph, |entry| entry.paragraph);
        found.ok().and_then(|at| self.0.get(at))
    }

    /// Whether nothing is known.
    pub fn is_empty(self) -> bool {
        self.0.is_empty()
    }
}
