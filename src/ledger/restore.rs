//! Putting back what was left out of one document.

use crate::ledger::v1;
use crate::ledger::write::checksum;

/// What a ledger holds of one document.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The document's record: its place, path and id, its size before and after, its checksum.
    pub document: v1::Document<'static>,
    /// What was dropped from it, in order.
    pub dropped: Vec<v1::Dropped<'static>>,
}

impl Entry {
    /// The document's decoded text, byte for byte, from what was kept of it.
    ///
    /// # Errors
    /// One line, cause and cure, if what was kept and this entry do not belong together.
    pub fn restore(&self, kept: &str) -> Result<String, String> {
        let record = &self.document;
        if kept.len() as u64 != record.kept_bytes {
            let (found, told) = (kept.len(), record.kept_bytes);
            return Err(self.misfit(&format!(
                "its text has {found} bytes where the ledger says {told}"
            )));
        }
        // The length is not trusted with memory before the rest fits.
        let mut text = String::with_capacity(kept.len());
        let mut rest = kept;
        for dropped in &self.dropped {
            let before = usize::try_from(dropped.at)
                .ok()
                .and_then(|at| at.checked_sub(text.len()));
            let Some((head, tail)) = before.and_then(|before| rest.split_at_checked(before)) else {
                return Err(self.misfit(&format!("nothing can be put back at byte {}", dropped.at)));
            };
            text.push_str(head);
            text.push_str(&dropped.text);
            rest = tail;
        }
        text.push_str(rest);
        if text.len() as u64 != record.bytes
            || record.checksum.as_deref() != Some(checksum(&text).as_str())
        {
            return Err(self.misfit("its text is not the one that the ledger was written of"));
        }
        Ok(text)
    }

    /// The line that says that what was kept and this entry do not belong together.
    pub(super) fn misfit(&self, cause: &str) -> String {
        let v1::Document { document, path, .. } = &self.document;
        format!(
            "document {document} of {path}: {cause} (give the output of the same run, unedited and in its order)"
        )
    }
}
