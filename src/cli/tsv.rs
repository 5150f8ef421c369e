//! `--output-format tsv`: one fragment a line.
//!
//! Nine columns, no header line (so that `awk -F'\t'` and `sort` need not skip one): document, start, end (bytes of
//! the decoded text), language (`spa_Latn`, `und`), confidence, verdict, rule, measured, text. What there is not is
//! `-`. In the text, tab, line feed, carriage return and backslash stand as `\t`, `\n`, `\r` and `\\`.

use std::io::Write as _;

use cleanfilter::document::{Document, Fragment, Guess, Verdict};

/// Appends the fragments of a document, one a line.
pub fn write(document: u64, found: &Document, out: &mut Vec<u8>) {
    for fragment in &found.fragments {
        let Fragment { span, language, .. } = fragment;
        // Writing to memory cannot fail, here and below.
        let _ = write!(out, "{document}\t{}\t{}\t", span.start, span.end);
        guess(*language, out);
        let _ = match fragment.verdict {
            Verdict::Keep => write!(out, "\tkeep\t-\t-\t"),
            Verdict::Drop(reason) => write!(out, "\tdrop\t{}\t{}\t", reason.rule, reason.measured),
        };
        escape(found.text.get(span.clone()).unwrap_or_default(), out);
        out.push(b'\n');
    }
}

/// A language and its confidence, with a tab between them: `spa_Latn` and `0.97`, or `und` and `-`.
pub(super) fn guess(guess: Option<Guess>, out: &mut Vec<u8>) {
    let _ = match guess {
        Some(Guess {
            language,
            confidence,
        }) => write!(out, "{language}\t{confidence}"),
        None => write!(out, "und\t-"),
    };
}

/// Text on one line, in one column.
pub(super) fn escape(text: &str, out: &mut Vec<u8>) {
    let mut rest = text;
    while let Some(at) = rest.find(['\t', '\n', '\r', '\\']) {
        let (head, tail) = rest.split_at(at);
        out.extend_from_slice(head.as_bytes());
        out.extend_from_slice(match tail.as_bytes().first() {
            Some(b'\t') => b"\\t",
            Some(b'\n') => b"\\n",
            Some(b'\r') => b"\\r",
            _ => b"\\\\",
        });
        rest = tail.get(1..).unwrap_or_default();
    }
    out.extend_from_slice(rest.as_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;
    use cleanfilter::document::Reason;
    use cleanfilter::identify::Language;

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
        let mut out = Vec::new();
        write(7, &found, &mut out);
        assert_eq!(
            String::from_utf8(out).unwrap(),
            "7\t0\t4\tund\t-\tkeep\t-\t-\ta\\tb\\\\\n7\t4\t7\tspa_Latn\t0.5\tdrop\tboilerplate/legal\t1.5\t\\r\\nc\n"
        );
    }
}
