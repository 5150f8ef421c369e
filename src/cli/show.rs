//! `--show paragraphs|languages|verdicts`: what one stage sees, one line each, tabs between the columns.
//!
//! A document begins with a line `# PATH`; text is escaped as in `--output-format tsv`.

use std::fmt::Write as _;

use super::tsv;
use crate::document::{Document, Paragraph, Verdict};
use crate::ledger::Origin;

/// A stage that can be looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Stage {
    /// Where paragraphs begin and end: number, span, text.
    Paragraphs,
    /// The language of each fragment: paragraph, span, language, confidence, evidence, spared, text.
    Languages,
    /// What became of each fragment: paragraph, span, verdict, rule, measured, text.
    Verdicts,
}

/// Appends one stage's view of a document.
pub fn write(out: &mut String, stage: Stage, origin: &Origin<'_>, document: &Document) {
    out.push_str("# ");
    tsv::escape(out, origin.path);
    if let Some(id) = origin.id {
        out.push(' ');
        tsv::escape(out, id);
    }
    if let Some(part) = origin.part {
        let _ = write!(out, " part {part}");
    }
    if stage == Stage::Languages {
        out.push('\t');
        tsv::guess(out, document.language);
    }
    out.push('\n');
    for (i, paragraph) in document.paragraphs.iter().enumerate() {
        match stage {
            Stage::Paragraphs => line(out, i, &paragraph.span, document, |_| {}),
            Stage::Languages | Stage::Verdicts => fragments(out, stage, i, paragraph, document),
        }
    }
}

fn fragments(out: &mut String, stage: Stage, i: usize, paragraph: &Paragraph, document: &Document) {
    for fragment in document
        .fragments
        .get(paragraph.fragments.clone())
        .unwrap_or_default()
    {
        line(out, i, &fragment.span, document, |out| {
            if stage == Stage::Languages {
                tsv::guess(out, fragment.language);
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
    out: &mut String,
    i: usize,
    span: &std::ops::Range<usize>,
    document: &Document,
    say: impl Fn(&mut String),
) {
    let _ = write!(out, "{i}\t{}..{}\t", span.start, span.end);
    say(out);
    tsv::escape(out, document.text.get(span.clone()).unwrap_or_default());
    out.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Filter, Settings};

    #[test]
    fn each_stage_has_its_columns() {
        let document = Filter::new(Settings::default())
            .unwrap()
            .read(b"-- -- --\n\nA bridge\tis closed.\n");
        let shown = |stage| {
            let mut out = String::new();
            write(
                &mut out,
                stage,
                &Origin {
                    path: "a",
                    part: Some(1),
                    ..Origin::default()
                },
                &document,
            );
            out
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
