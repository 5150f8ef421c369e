//! Reading a ledger, and putting back what was left out, document after document.

use std::borrow::Cow;
use std::io::BufRead;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::ledger::{Entry, v1};

/// Reads a ledger, one document at a time, and puts back what was left out.
///
/// Memory holds one document's entry.
#[derive(Debug)]
pub struct Restorer<R: BufRead> {
    reader: R,
    line: String,
    number: u64,
}

/// What is said where a line is missing or broken.
const WHOLE: &str = "give the whole ledger of a run that ended";

impl<R: BufRead> Restorer<R> {
    /// A restorer at the first document of a ledger.
    ///
    /// # Errors
    /// One line if this is no ledger, or one of a later version, or cannot be read.
    pub fn new(reader: R) -> Result<Self, String> {
        let mut restorer = Restorer {
            reader,
            line: String::new(),
            number: 0,
        };
        match restorer.record() {
            Ok(Some(Record::Ledger(ledger))) if ledger.version == v1::VERSION => Ok(restorer),
            Ok(Some(Record::Ledger(v1::Ledger { version, program }))) => Err(format!(
                "line 1: a ledger of version {version}, and this program reads {} (use {program})",
                v1::VERSION
            )),
            Err(Trouble::Unreadable(cause)) => Err(cause),
            _ => Err("line 1: this is no ledger (give the file that --ledger wrote)".to_owned()),
        }
    }

    /// What the ledger holds of the next document; `None` behind the last.
    ///
    /// # Errors
    /// One line if the ledger cannot be read or is not whole.
    pub fn next_entry(&mut self) -> Result<Option<Entry>, String> {
        let document = match self.record()? {
            None => return Ok(None),
            Some(Record::Document(document)) => *document,
            Some(_) => return Err(self.missing("a document's record")),
        };
        let mut dropped = Vec::new();
        for _ in 0..document.dropped.unwrap_or_default() {
            match self.record()? {
                Some(Record::Dropped(record)) if record.document == document.document => {
                    dropped.push(record)
                }
                _ => return Err(self.missing("a dropped record")),
            }
        }
        Ok(Some(Entry { document, dropped }))
    }

    /// The next document's decoded text, byte for byte, from what was kept of it.
    ///
    /// # Errors
    /// One line, cause and cure, if the ledger ends here, cannot be read, or does not fit what was kept.
    pub fn next_document(&mut self, kept: &str) -> Result<String, String> {
        match self.next_entry()? {
            Some(entry) => entry.restore(kept),
            None => Err(
                "the ledger ends before the output (give the output of the same run)".to_owned(),
            ),
        }
    }

    /// That every document has been restored.
    ///
    /// # Errors
    /// One line that names the next document, if there is one.
    pub fn finish(mut self) -> Result<(), String> {
        match self.next_entry()? {
            None => Ok(()),
            Some(entry) => Err(entry.misfit("the output ends before it")),
        }
    }

    fn record(&mut self) -> Result<Option<Record>, Trouble> {
        self.line.clear();
        self.number += 1;
        let number = self.number;
        match self.reader.read_line(&mut self.line) {
            Ok(0) => Ok(None),
            Ok(_) => match parse(&self.line) {
                Ok(record) => Ok(Some(record)),
                Err(cause) => Err(Trouble::NoRecord(format!("line {number}: {cause}"))),
            },
            Err(error) => Err(Trouble::Unreadable(format!(
                "line {number}: the ledger cannot be read: {error}"
            ))),
        }
    }

    fn missing(&self, what: &str) -> String {
        format!("line {}: {what} is missing ({WHOLE})", self.number)
    }
}

/// Why there is no record.
enum Trouble {
    Unreadable(String),
    NoRecord(String),
}

impl From<Trouble> for String {
    fn from(trouble: Trouble) -> String {
        match trouble {
            Trouble::Unreadable(cause) | Trouble::NoRecord(cause) => cause,
        }
    }
}

enum Record {
    Ledger(v1::Ledger<'static>),
    Document(Box<v1::Document<'static>>),
    Dropped(v1::Dropped<'static>),
}

fn parse(line: &str) -> Result<Record, String> {
    #[derive(Deserialize)]
    struct Kind<'a> {
        #[serde(borrow)]
        r#type: Cow<'a, str>,
    }
    fn read<T: DeserializeOwned>(line: &str) -> Result<T, String> {
        serde_json::from_str(line).map_err(no_record)
    }
    let kind: Kind<'_> = serde_json::from_str(line).map_err(no_record)?;
    match kind.r#type.as_ref() {
        "ledger" => read(line).map(Record::Ledger),
        "document" => read(line).map(|document| Record::Document(Box::new(document))),
        "dropped" => read(line).map(Record::Dropped),
        kind => Err(format!("a ledger has no record of type {kind:?} ({WHOLE})")),
    }
}

fn no_record(error: serde_json::Error) -> String {
    // serde_json counts the one line it sees; its place in the file is told before.
    let message = error.to_string();
    let cause = message.split(" at line ").next().unwrap_or_default();
    format!("no record of a ledger: {cause} ({WHOLE})")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::{Origin, write_entry, write_header};
    use crate::{Document, Fragment, Paragraph, Reason, Verdict};

    /// Two paragraphs, the second dropped.
    fn document() -> Document {
        let fragment = |span, verdict| Fragment {
            span,
            language: None,
            evidence: 0.0,
            spared: false,
            verdict,
        };
        let paragraph = |span, fragments| Paragraph {
            span,
            fragments,
            language: None,
        };
        Document {
            text: "né\n\nné\n".into(),
            paragraphs: vec![paragraph(0..3, 0..1), paragraph(5..8, 1..2)],
            fragments: vec![
                fragment(0..3, Verdict::Keep),
                fragment(
                    5..8,
                    Verdict::Drop(Reason {
                        rule: "repeated",
                        measured: 2.0,
                    }),
                ),
            ],
            ..Document::default()
        }
    }

    fn ledger() -> String {
        let mut file = Vec::new();
        write_header(&mut file);
        write_entry(
            &mut file,
            &Origin {
                path: "a",
                ..Origin::default()
            },
            &document(),
        );
        String::from_utf8(file).unwrap()
    }

    fn error(ledger: &str, kept: &str) -> String {
        Restorer::new(ledger.as_bytes())
            .and_then(|mut r| r.next_document(kept))
            .unwrap_err()
    }

    #[test]
    fn puts_back_and_counts() {
        let (file, document) = (ledger(), document());
        let mut restorer = Restorer::new(file.as_bytes()).unwrap();
        assert_eq!(
            restorer.next_document(&document.clean()).unwrap(),
            document.text
        );
        assert!(
            restorer
                .next_document("")
                .unwrap_err()
                .starts_with("the ledger ends")
        );
        let unused = Restorer::new(file.as_bytes())
            .unwrap()
            .finish()
            .unwrap_err();
        assert!(
            unused.starts_with("document 0 of a: the output ends before it"),
            "{unused}"
        );
    }

    #[test]
    fn what_does_not_fit_is_told() {
        let (file, kept) = (ledger(), document().clean());
        for (ledger, kept, cause) in [
            (file.clone(), kept.replacen("né", "ne", 1), "its text has"),
            (
                file.clone(),
                kept.replacen("né", "nè", 1),
                "its text is not the one",
            ),
            (
                file.replace("\"at\":3", "\"at\":2"),
                kept.clone(),
                "nothing can be put back at byte 2",
            ),
            (
                file.replace("\"at\":3", "\"at\":99"),
                kept.clone(),
                "nothing can be put back at byte 99",
            ),
            (
                file.replace("ledger\",\"version\":1", "ledger\",\"version\":2"),
                kept.clone(),
                "a ledger of version 2",
            ),
            (kept.clone(), kept.clone(), "line 1: this is no ledger"),
            (String::new(), kept.clone(), "line 1: this is no ledger"),
            (
                file[..file.len() - 9].to_owned(),
                kept.clone(),
                "line 3: no record of a ledger",
            ),
            (
                file.lines().take(2).map(|l| format!("{l}\n")).collect(),
                kept.clone(),
                "line 3: a dropped record is",
            ),
            (
                file.replace("\"dropped\":1", "\"dropped\":0"),
                kept.clone(),
                "its text is not the one",
            ),
        ] {
            let found = error(&ledger, &kept);
            assert!(found.contains(cause), "{found}, not {cause}, of {ledger}");
            assert!(found.ends_with(')') && !found.contains('\n'), "{found}");
        }
    }
}
