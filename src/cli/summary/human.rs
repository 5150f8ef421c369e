//! A summary for people: a dozen lines.

use std::fmt::Write as _;

use super::{Share, Summary, largest_first, tag};
use crate::cli::figures::{bytes, count, counted, percent};

/// Rules that are told by name; the rest is told as a number. There are fewer rules than this, and only their kinds
/// can be more.
const MAX_RULES: usize = 10;

/// Languages, encodings and kinds of what was passed over that are told by name: what fits on a line.
const MAX_NAMES: usize = 8;

impl Summary {
    /// Some lines, aligned; each ends in a line end.
    pub fn human(&self) -> String {
        let mut out = String::new();
        let _ = write!(
            out,
            "{}, {}",
            counted(self.documents, "document"),
            bytes(self.bytes)
        );
        if let Some(seconds) = self.seconds.filter(|seconds| *seconds > 0.0) {
            let _ = write!(
                out,
                " in {seconds:.1} s ({:.1} MB/s)",
                self.input_bytes as f64 / 1e6 / seconds
            );
        }
        out.push('\n');
        let (kept, dropped) = (self.kept_bytes(), self.dropped_bytes);
        row(
            &mut out,
            "kept",
            &format!("{} ({})", bytes(kept), percent(kept, self.bytes)),
        );
        let mut text = format!("{} ({})", bytes(dropped), percent(dropped, self.bytes));
        if self.changed > 0 {
            let _ = write!(text, " from {}", counted(self.changed, "document"));
        }
        if self.emptied > 0 {
            let _ = write!(text, ", {} of them whole", count(self.emptied));
        }
        row(&mut out, "dropped", &text);
        self.rules(&mut out);
        row(
            &mut out,
            "languages",
            &shares(&self.languages, |language| tag(*language)),
        );
        row(
            &mut out,
            "encodings",
            &shares(&self.encodings, |encoding| (*encoding).to_owned()),
        );
        if self.replaced_bytes > 0 {
            let documents = counted(self.replaced_documents, "document");
            row(
                &mut out,
                "undecodable",
                &format!("{} in {documents}", counted(self.replaced_bytes, "byte")),
            );
        }
        if self.parts > 0 {
            row(
                &mut out,
                "too long",
                &format!("cut into {}", counted(self.parts, "part")),
            );
        }
        row(&mut out, "passed over", &self.passed_over());
        out
    }

    /// `2 malformed records, 1 html response`
    fn passed_over(&self) -> String {
        let counts = [
            (self.malformed, "malformed record"),
            (self.unreadable, "file"),
        ];
        let mut told: Vec<String> = counts
            .iter()
            .filter(|(n, _)| *n > 0)
            .map(|(n, noun)| counted(*n, noun))
            .collect();
        told.extend(
            self.skipped
                .iter()
                .map(|(what, number)| counted(*number, what)),
        );
        told.join(", ")
    }

    /// A table: rule, fragments, bytes.
    fn rules(&self, out: &mut String) {
        let rules = largest_first(&self.rules, |dropped| dropped.bytes);
        let (told, rest) = rules.split_at(rules.len().min(MAX_RULES));
        let cells = told.iter().map(|(rule, d)| {
            [
                (*rule).to_owned(),
                counted(d.fragments, "fragment"),
                bytes(d.bytes),
            ]
        });
        let cells: Vec<[String; 3]> = cells.collect();
        let width = |column: usize| {
            cells
                .iter()
                .filter_map(|row| row.get(column))
                .map(String::len)
                .max()
                .unwrap_or(0)
        };
        let (a, b, c) = (width(0), width(1), width(2));
        for [rule, fragments, bytes] in &cells {
            let _ = writeln!(out, "    {rule:a$}  {fragments:>b$}  {bytes:>c$}");
        }
        if !rest.is_empty() {
            let left: u64 = rest.iter().map(|(_, dropped)| dropped.bytes).sum();
            let _ = writeln!(out, "    {} more: {}", rest.len(), bytes(left));
        }
    }
}

/// `  name          text`
fn row(out: &mut String, name: &str, text: &str) {
    if !text.is_empty() {
        let _ = writeln!(out, "  {name:11}  {text}");
    }
}

/// `en 1,000, es 12, 3 more`: documents of each.
fn shares<K: Copy>(
    map: &std::collections::BTreeMap<K, Share>,
    name: impl Fn(&K) -> String,
) -> String {
    let shares = largest_first(map, |share| share.documents);
    let told = shares
        .iter()
        .take(MAX_NAMES)
        .map(|(key, share)| format!("{} {}", name(key), count(share.documents)));
    let mut text = told.collect::<Vec<_>>().join(", ");
    if shares.len() > MAX_NAMES {
        let _ = write!(text, ", {} more", shares.len() - MAX_NAMES);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::summary::Dropped;
    use cleanfilter::identify::Language;

    #[test]
    fn reads_like_this() {
        let mut summary = Summary {
            documents: 1200,
            parts: 3,
            changed: 310,
            emptied: 1,
            input_bytes: 5_600_000,
            bytes: 5_600_000,
            seconds: Some(2.0),
            dropped_bytes: 12_345,
            replaced_bytes: 1,
            replaced_documents: 1,
            rules: [
                (
                    "boilerplate/legal",
                    Dropped {
                        documents: 1,
                        fragments: 1,
                        bytes: 345,
                    },
                ),
                (
                    "repeated",
                    Dropped {
                        documents: 300,
                        fragments: 1300,
                        bytes: 12_000,
                    },
                ),
            ]
            .into(),
            languages: [
                (
                    None,
                    Share {
                        documents: 1,
                        bytes: 4,
                    },
                ),
                (
                    Language::from_label("spa_Latn"),
                    Share {
                        documents: 1199,
                        bytes: 5_599_996,
                    },
                ),
            ]
            .into(),
            encodings: [(
                "UTF-8",
                Share {
                    documents: 1200,
                    bytes: 5_600_000,
                },
            )]
            .into(),
            ..Summary::default()
        };
        summary.add_skipped("html response");
        summary.add_malformed();
        assert_eq!(
            summary.human(),
            "1,200 documents, 5.6 MB in 2.0 s (2.8 MB/s)\n  \
             kept         5.6 MB (99.8%)\n  \
             dropped      12.3 kB (0.2%) from 310 documents, 1 of them whole\n    \
             repeated           1,300 fragments  12.0 kB\n    \
             boilerplate/legal       1 fragment    345 B\n  \
             languages    es 1,199, und 1\n  \
             encodings    UTF-8 1,200\n  \
             undecodable  1 byte in 1 document\n  \
             too long     cut into 3 parts\n  \
             passed over  1 malformed record, 1 html response\n"
        );
    }
}
