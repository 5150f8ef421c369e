//! Records into a buffer.

use serde::Serialize;

use crate::document::Document;
use crate::ledger::{Origin, dropped_pieces, v1, xxh64};

/// Appends what `--json` says of a document: its record, then its fragments'.
pub fn write_records(out: &mut Vec<u8>, origin: &Origin<'_>, document: &Document) {
    line(out, &v1::Document::new(origin, document));
    for (i, paragraph) in document.paragraphs.iter().enumerate() {
        let fragments = document
            .fragments
            .get(paragraph.fragments.clone())
            .unwrap_or_default();
        for fragment in fragments {
            line(out, &v1::Fragment::new(origin.document, i, fragment));
        }
    }
}

/// Appends the first line of a ledger.
pub fn write_header(out: &mut Vec<u8>) {
    let program = concat!("cleanfilter ", env!("CARGO_PKG_VERSION")).into();
    line(
        out,
        &v1::Ledger {
            version: v1::VERSION,
            program,
        },
    );
}

/// Appends a document's entry in the ledger: its record, then what was dropped from it.
pub fn write_entry(out: &mut Vec<u8>, origin: &Origin<'_>, document: &Document) {
    let pieces = dropped_pieces(document);
    let mut record = v1::Document::new(origin, document);
    record.checksum = Some(checksum(&document.text).into());
    record.dropped = Some(pieces.len() as u64);
    line(out, &record);
    for piece in &pieces {
        let Some((fragment, reason)) = piece.reason(document) else {
            continue;
        };
        line(
            out,
            &v1::Dropped {
                document: origin.document,
                at: piece.range.start as u64,
                rule: reason.rule.into(),
                measured: reason.measured.is_finite().then_some(reason.measured),
                language: fragment.language.as_ref().map(v1::Language::from),
                text: document
                    .text
                    .get(piece.range.clone())
                    .unwrap_or_default()
                    .into(),
            },
        );
    }
}

/// `xxh64:` and 16 hexadecimal digits.
pub(super) fn checksum(text: &str) -> String {
    format!("xxh64:{:016x}", xxh64(text.as_bytes()))
}

/// Appends a record and a line end.
fn line(out: &mut Vec<u8>, record: &impl Serialize) {
    let start = out.len();
    if serde_json::to_writer(&mut *out, record).is_err() {
        // A record of strings and numbers written to memory cannot fail; half a line would be worse than none.
        out.truncate(start);
        return;
    }
    out.push(b'\n');
}
