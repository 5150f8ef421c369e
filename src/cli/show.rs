//! `--show paragraphs|languages|verdicts`: what one stage sees, one line each, tabs between the columns.
//!
//! A document begins with a line `# PATH`; text is escaped as in `--output-format tsv`.

use std::io::Write as _;
use std::ops::Range;

use super::args::Stage;
use super::tsv;
use cleanfilter::document::{Document, Paragraph, Verdict};
use cleanfilter::ledger::Origin;

/// Appends one stage's view of a document.
pub fn write(stage: Stage, origin: &Origin<'_>, document: &Document, out: &mut Vec<u8>) {
    out.extend_from_slice(b"# ");
    tsv::escape(origin.path, out);
    if let Some(id) = origin.id {
        out.push(b' ');
        tsv::escape(id, out);
    }
    if let Some(part) = origin.part {
        let _ = write!(out, " part {part}");
    }
    if stage == Stage::Languages {
        out.push(b'\t');
        tsv::guess(document.language, out);
    }
    out.push(b'\n');
    for (i, paragraph) in document.paragraphs.iter().enumerate() {
        match stage {
            Stage::Paragraphs => line(i, &paragraph.span, document, out, |_| {}),
            Stage::Languages | Stage::Verdicts => fragments(stage, i, paragraph, document, out),
        }
    }
}

fn fragments(
    stage: Stage,
    i: usize,
    paragraph: &Paragraph,
    document: &Document,
    out: &mut Vec<u8>,
) {
    for fragment in document
        .fragments
        .get(paragraph.fragments.clone())
        .unwrap_or_default()
    {
        line(i, &fragment.span, document, out, |out| {
            if stage == Stage::Languages {
                tsv::guess(fragment.language, out);
                let _ = write!(
                    out,
                    "\t{}\t{}\t",
                    fragment.evidence,
                    if fragment.spared { "spared" } else { "-" }
                );
                return;
            }
            let _ = match fragment.verdict {
                Verdict::Keep => write!(out, "keep\t-\t-\t"),
                Verdict::Drop(reason) => {
                    write!(out, "drop\t{}\t{}\t", reason.rule, reason.measured)
                }
            };
        });
    }
}

/// Number, span, what is to be said of it, text.
fn line(
    i: usize,
    span: &Range<usize>,
    document: &Document,
    out: &mut Vec<u8>,
    say: impl Fn(&mut Vec<u8>),
) {
    let _ = write!(out, "{i}\t{}..{}\t", span.start, span.end);
    say(out);
    tsv::escape(document.text.get(span.clone()).unwrap_or_default(), out);
    out.push(b'\n');
}

#[cfg(test)]
mod tests {
    use super::*;
    use cleanfilter::{Filter, Settings};

    #[test]
    fn each_stage_has_its_columns() {
        let document = Filter::new(Settings::default())
            .unwrap()
            .read(b"-- -- --\n\nA bridge\tis closed.\n");
        let shown = |stage| {
            let mut out = Vec::new();
            let origin = Origin {
                path: "a",
                part: Some(1),
                ..Origin::default()
            };
            write(stage, &origin, &document, &mut out);
            String::from_utf8(out).unwrap()
        };
        assert_eq!(
            shown(Stage::Paragraphs),
            "# a part 1\n0\t0..8\t-- -- --\n1\t10..29\tA bridge\\tis closed.\n"
        );
        let columns = |stage| -> Vec<usize> {
            shown(stage)
                .lines()
                .skip(1)
                .map(|l| l.split('\t').count())
                .collect()
        };
        assert_eq!(columns(Stage::Languages), [7, 7]);
        assert_eq!(columns(Stage::Verdicts), [6, 6]);
        assert!(
            shown(Stage::Verdicts).contains("\tdrop\tsymbols\t"),
            "{}",
            shown(Stage::Verdicts)
        );
    }
}
