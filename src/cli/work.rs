//! One task: its documents through the river, and what is to be written of them. Runs on many threads.

use cleanfilter::document::{Document, Reading};
use cleanfilter::format::{self, Item, Output, Record};
use cleanfilter::ledger::{self, Origin};
use cleanfilter::{Filter, decode};

use super::args::{Malformed, Stage};
use super::source::Task;
use super::summary::Summary;
use super::{explain, show, tsv};

/// What is printed of a document.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Print {
    /// What was kept.
    Text(Output),
    /// Records.
    Json,
    /// A fragment a line.
    Tsv,
    /// The document in colour.
    Explain,
    /// One stage's view.
    Show(Stage),
}

/// What to do with every document.
#[derive(Debug)]
pub struct Plan {
    /// What is printed.
    pub print: Print,
    /// Whether `Print::Explain` may use colour.
    pub colour: bool,
    /// What becomes of a record that cannot be read.
    pub malformed: Malformed,
    /// Whether the output is a tree of files.
    pub tree: bool,
    /// Whether the ledger is written.
    pub ledger: bool,
    /// Whether samples are kept for the report.
    pub report: bool,
}

/// What came of a task.
#[derive(Debug, Default)]
pub struct Sheet {
    /// For the output.
    pub out: Vec<u8>,
    /// For the ledger.
    pub ledger: Vec<u8>,
    /// Figures, and samples for the report.
    pub summary: Summary,
    /// For standard error, in order.
    pub messages: Vec<String>,
    /// Whether the run must end here (`--malformed stop`).
    pub stop: bool,
}

/// Takes a task's documents through the river.
pub fn work(task: &mut Task, filter: &Filter, plan: &Plan) -> Sheet {
    let mut sheet = Sheet::default();
    let mut ordinal = task.ordinal;
    // What lies between documents belongs on an output that lies as the input.
    let same = plan.print == Print::Text(Output::Same);
    let mut items = std::mem::take(&mut task.items);
    let mut documents = read(task, &mut items, filter).into_iter();
    for item in items {
        match item {
            Item::Record(record) => {
                // There is one for each record.
                let Some(read) = documents.next() else { break };
                document(task, &record, read, ordinal, plan, &mut sheet);
                ordinal += 1;
            }
            Item::Damaged {
                line,
                cause,
                cure,
                raw,
            } => {
                sheet.messages.push(damage(task, line, &cause, cure));
                sheet.summary.add_malformed();
                if same && plan.malformed == Malformed::Pass {
                    sheet.out.extend_from_slice(&raw);
                }
                if plan.malformed == Malformed::Stop {
                    sheet.stop = true;
                    return sheet;
                }
            }
            Item::Skipped { cause, .. } => sheet.summary.add_skipped(cause),
            Item::Other { bytes, damaged } => {
                if same && (!damaged || plan.malformed == Malformed::Pass) {
                    sheet.out.extend_from_slice(&bytes);
                }
            }
        }
    }
    if let Some(trouble) = &task.trouble {
        sheet.messages.push(trouble.clone());
        sheet.summary.add_unreadable();
    }
    sheet
}

/// What is told of a record that cannot be read.
pub fn damage(task: &Task, line: u64, cause: &str, cure: Option<String>) -> String {
    let counted = task.file.format.counts();
    let cure = cure.map(|cure| format!(" ({cure})")).unwrap_or_default();
    format!("{}: {counted} {line}: {cause}{cure}", task.file.name)
}

/// A document, and how many bytes it was read from.
struct Read {
    document: Document,
    bytes: u64,
}

/// Reads the records among some items. All are named before the first is judged, so that what either looks things up in
/// stays in the processor's caches.
fn read(task: &Task, items: &mut [Item], filter: &Filter) -> Vec<Read> {
    let mut documents = Vec::with_capacity(items.len());
    for item in items.iter_mut() {
        let Item::Record(record) = item else { continue };
        // Records compare what is kept with what they held; files, lines and rows have no more use for it.
        let body = match &record.frame {
            format::Frame::Plain | format::Frame::Line(_) | format::Frame::Row { .. } => {
                std::mem::take(&mut record.body)
            }
            format::Frame::Json(_) | format::Frame::Warc(_) => record.body.clone(),
        };
        let bytes = body.len() as u64;
        let (text, mut reading) = decoded(task, record, body, &filter.settings().decode);
        reading.replaced_bytes += record.replaced_bytes + record.lone_surrogates;
        let document = filter.name_languages(text, reading);
        documents.push((record.url.as_deref(), Read { document, bytes }));
    }
    let judged = documents.into_iter().map(|(url, mut read)| {
        filter.judge(url, &mut read.document);
        read
    });
    judged.collect()
}

/// Writes a document.
fn document(
    task: &Task,
    record: &Record,
    Read { document, bytes }: Read,
    ordinal: u64,
    plan: &Plan,
    sheet: &mut Sheet,
) {
    // In a tree a file is known by its place below the folder, wherever that lies.
    let relative = task.file.relative.to_string_lossy();
    let origin = Origin {
        document: ordinal,
        path: if plan.tree {
            &relative
        } else {
            &task.file.name
        },
        id: record.id.as_deref(),
        url: record.url.as_deref(),
        part: (!record.part.is_whole()).then_some(record.part.index),
    };
    match plan.print {
        Print::Text(output) => format::write(
            record,
            Some(&task.file.name),
            &document.clean(),
            output,
            &mut sheet.out,
        ),
        Print::Json => ledger::write_records(&mut sheet.out, &origin, &document),
        Print::Tsv => tsv::write(ordinal, &document, &mut sheet.out),
        Print::Explain => explain::write(&origin, &document, plan.colour, &mut sheet.out),
        Print::Show(stage) => show::write(stage, &origin, &document, &mut sheet.out),
    }
    if plan.ledger {
        ledger::write_entry(&mut sheet.ledger, &origin, &document);
    }
    sheet.summary.add(&origin, &document, bytes, plan.report);
}

/// The text of a record: strings of JSON and of tables are text already; the later parts of a document are read as the
/// first was, UTF-8 with the damage that it may have.
pub fn decoded(
    task: &Task,
    record: &Record,
    body: Vec<u8>,
    settings: &decode::Settings,
) -> (String, Reading) {
    match (&record.frame, task.encoding) {
        (format::Frame::Json(_) | format::Frame::Row { is_text: true }, _)
            if !settings.repair_mojibake =>
        {
            match decode::into_string(body) {
                Ok(text) => (text, Reading::default()),
                Err(body) => decode::decode_owned(body, None, settings),
            }
        }
        (_, Some("UTF-8")) => decode::decode_owned(body, Some("utf-8"), settings),
        (_, Some(encoding)) => {
            let stated = decode::Settings {
                encoding: Some(encoding.to_owned()),
                ..settings.clone()
            };
            decode::decode_owned(body, record.declared.as_deref(), &stated)
        }
        _ => decode::decode_owned(body, record.declared.as_deref(), settings),
    }
}
