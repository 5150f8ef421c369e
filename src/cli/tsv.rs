//! `--output-format tsv`: one fragment a line.
//!
//! Nine columns, no header line (so that `awk -F'\t'` and `sort` need not skip one): document, start, end (bytes of
//! the decoded text), language (`spa_Latn`, `und`), confidence, verdict, rule, measured, text. What there is not is
//! `-`. In the text, tab, line feed, carriage return and backslash stand as `\t`, `\n`, `\r` and `\\`.

use std::fmt::Write as _;

use crate::document::{Document, Fragment, Guess, Verdict};

/// Appends the fragments of a document, one a line.
pub fn write(out: &mut String, document: u64, found: &Document) {
    for fragment in &found.fragments {
        let Fragment { span, language, .. } = fragment;
        // Writing to a string cannot fail, here and below.
        let _ = write!(out, "{document}\t{}\t{}\t", span.start, span.end);
        guess(out, *language);
        let _ = match fragment.verdict {
            Verdict::Keep => write!(out, "\tkeep\t-\t-\t"),
            Verdict::Drop(reason) => write!(out, "\tdrop\t{}\t{}\t", reason.rule, reason.measured),
        };
        escape(out, found.text.get(span.clone()).unwrap_or_default());
        out.push('\n');
    }
}

/// A language and its confidence, with a tab between them: `spa_Latn` and `0.97`, or `und` and `-`.
pub(super) fn guess(out: &mut String, guess: Option<Guess>) {
    let _ = match guess {
        Some(Guess {
            language,
            confidence,
        }) => write!(out, "{language}\t{confidence}"),
        None => write!(out, "und\t-"),
    };
}

/// Text on one line, in one column.
pub(super) fn escape(out: &mut String, text: &str) {
    let mut rest = text;
    while let Some(at) = rest.find(['\t', '\n', '\r', '\\']) {
        let (head, tail) = rest.split_at(at);
        out.push_str(head);
        out.push_str(match tail.as_bytes().first() {
            Some(b'\t') => "\\t",
            Some(b'\n') => "\\n",
            Some(b'\r') => "\\r",
            _ => "\\\\",
        });
        rest = tail.get(1..).unwrap_or_default();
    }
    out.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Reason;
    use crate::identify::Language;

    #[test]
    fn nine_columns_whatever_the_text() {
        let text = "a\tb\\\r\nc";
        let language = Language::from_label("spa_Latn").map(|language| Guess {
            language,
            confidence: 0.5,
        });
        let verdict = Verdict::Drop(Reason {
            rule: "boilerplate/legal",
            measured: 1.5,
        });
        let fragment = |span, language, verdict| Fragment {
            span,
            language,
            evidence: 0.0,
            spared: false,
            verdict,
        };
        let found = Document {
            text: text.to_owned(),
            fragments: vec![
                fragment(0..4, None, Verdict::Keep),
                fragment(4..7, language, verdict),
            ],
            ..Document::default()
        };
        let mut out = String::new();
        write(&mut out, 7, &found);
        assert_eq!(
            out,
            "7\t0\t4\tund\t-\tkeep\t-\t-\ta\\tb\\\\\n7\t4\t7\tspa_Latn\t0.5\tdrop\tboilerplate/legal\t1.5\t\\r\\nc\n"
        );
    }
}
