//! What was dropped, cut at its reasons.

use std::ops::Range;

use crate::document::{Document, Fragment, Reason, Verdict};

/// A stretch of text that one fragment took with it: the fragment and the separators beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DroppedPiece {
    /// Bytes of the document's text.
    pub range: Range<usize>,
    /// Which of the document's fragments it is.
    pub fragment: usize,
}

impl DroppedPiece {
    /// The fragment and the reason why it was dropped.
    pub fn reason<'a>(&self, document: &'a Document) -> Option<(&'a Fragment, Reason)> {
        let fragment = document.fragments.get(self.fragment)?;
        match fragment.verdict {
            Verdict::Drop(reason) => Some((fragment, reason)),
            Verdict::Keep => None,
        }
    }
}

/// All that is left out of a document, in order: [`Document::dropped`] cut where one fragment ends and the next
/// begins. A separator goes with the fragment before it; what stands before the first one, with the first.
pub fn dropped_pieces(document: &Document) -> Vec<DroppedPiece> {
    let mut pieces = Vec::new();
    let mut fragments = document
        .fragments
        .iter()
        .enumerate()
        .filter(|(_, f)| !f.verdict.is_keep())
        .peekable();
    for range in document.dropped() {
        let mut start = range.start;
        let mut owner = None;
        while let Some((i, fragment)) = fragments.next_if(|(_, f)| f.span.start < range.end) {
            if let Some(before) = owner.replace(i) {
                pieces.push(DroppedPiece {
                    range: start..fragment.span.start,
                    fragment: before,
                });
                start = fragment.span.start;
            }
        }
        if let Some(fragment) = owner {
            pieces.push(DroppedPiece {
                range: start..range.end,
                fragment,
            });
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Paragraph;

    #[test]
    fn separators_go_with_the_fragment_beside_them() {
        // Paragraphs: one, two (dropped), three (dropped), four + five (dropped) on a line.
        let text = "one\n\ntwo\nthree\n\nfour five\n";
        let spans = [
            (0..3, None),
            (5..8, Some("a")),
            (9..14, Some("b")),
            (16..20, None),
            (20..25, Some("c")),
        ];
        let fragments = spans.map(|(span, rule)| Fragment {
            span,
            language: None,
            evidence: 0.0,
            spared: false,
            verdict: rule.map_or(Verdict::Keep, |rule| {
                Verdict::Drop(Reason {
                    rule,
                    measured: 1.0,
                })
            }),
        });
        let paragraph = |span: Range<usize>, fragments| Paragraph {
            span,
            fragments,
            language: None,
        };
        let document = Document {
            text: text.into(),
            fragments: fragments.into(),
            paragraphs: vec![
                paragraph(0..3, 0..1),
                paragraph(5..8, 1..2),
                paragraph(9..14, 2..3),
                paragraph(16..25, 3..5),
            ],
            ..Document::default()
        };
        let pieces = dropped_pieces(&document);
        let shown: Vec<_> = pieces
            .iter()
            .map(|p| (&text[p.range.clone()], p.fragment))
            .collect();
        assert_eq!(shown, [("two\n", 1), ("three\n\n", 2), (" five", 4)]);
    }
}
