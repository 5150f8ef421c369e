//! A run: source -> work on all threads -> sink, and what is said of it.

use std::fs;
use std::io::{self, IsTerminal, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use std::time::Instant;

use cleanfilter::Filter;
use cleanfilter::format::{Format, Options, Output};
use cleanfilter::parallel::Threads;

use super::args::{FilterArguments, InputFormat, OutputForm, Progress};
use super::exit::End;
use super::input::walk::Walk;
use super::ledger_file::{LedgerFile, Left};
use super::progress::Bar;
use super::sink::Sink;
use super::source::{Source, Task, Wanted};
use super::summary::Summary;
use super::work::{Plan, Print, Sheet, work};
use super::{config, report, tell};

/// Bytes of input in work at once, for each thread, beside one document that is larger: two of the longest parts, and
/// enough that no thread waits for another at batches of 256 KiB.
pub const WINDOW_BYTES_PER_THREAD: usize = 8 << 20;

/// The longest document that was asked for, if any was.
pub fn limits(max_document_bytes: Option<usize>) -> Options {
    let default = Options::default();
    Options {
        max_document_bytes: max_document_bytes.unwrap_or(default.max_document_bytes),
        max_part_bytes: max_document_bytes.unwrap_or(default.max_part_bytes),
        ..default
    }
}

/// Said behind the record that `--malformed stop` ended the run at.
const STOPPED: &str =
    "stopped at the first record that cannot be read (--malformed skip passes over it)";

/// Runs the filter over the paths.
pub fn run(args: &FilterArguments) -> Result<End, End> {
    let settings = config::settings(args).map_err(End::failed)?;
    if args.print_config {
        return print(settings.to_toml().as_bytes());
    }
    let filter = Filter::new(settings).map_err(End::failed)?;
    let threads = Threads::new(
        args.threads,
        WINDOW_BYTES_PER_THREAD * threads_wanted(args.threads),
    )
    .map_err(End::failed)?;
    let plan = plan(args);
    let (mut outputs, left) = Outputs::open(args, &plan)?;
    let mut source = Source::new(wanted(args, &filter, left));
    let found = source.found.clone();
    let bar = Bar::new(show_progress(args), &args.paths);

    let start = Instant::now();
    let mut end = Ok(());
    threads.ordered(
        || source.next(),
        |mut task| {
            let sheet = work(&mut task, &filter, &plan);
            (task, sheet)
        },
        |(task, sheet)| {
            bar.add(&sheet.summary);
            for message in &sheet.messages {
                bar.above(|| tell::line(message));
            }
            let stop = sheet.stop;
            end = outputs.put(&task, sheet);
            if stop && end.is_ok() {
                end = Err(End::failed(STOPPED));
            }
            if end.is_err() {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        },
    );
    bar.finish();
    end?;
    if found.load(Ordering::Relaxed) == 0 {
        return Err(no_input(&args.paths));
    }
    outputs.summary.seconds = Some(start.elapsed().as_secs_f64());
    let summary = outputs.finish()?;
    if !args.quiet {
        tell::text(&summary.human());
    }
    Ok(if summary.is_clean() {
        End::Done
    } else {
        End::Damaged
    })
}

/// Everything that a run writes.
struct Outputs<'a> {
    args: &'a FilterArguments,
    sink: Sink,
    ledger: Option<LedgerFile>,
    summary: Summary,
    /// Whether the output lies as the input.
    same: bool,
}

impl<'a> Outputs<'a> {
    /// Opens what a run writes; with what the ledger of a run that was stopped holds.
    fn open(args: &'a FilterArguments, plan: &Plan) -> Result<(Outputs<'a>, Option<Left>), End> {
        let mut left = None;
        let sink = Sink::open(args.output.as_deref(), args.output_dir.as_deref())
            .map_err(|(path, e)| cannot_write(&path, &e))?;
        let ledger = match (&args.ledger, &args.output_dir) {
            (None, _) => None,
            (Some(path), None) => {
                Some(LedgerFile::whole(path).map_err(|e| cannot_write(path, &e))?)
            }
            (Some(path), Some(folder)) if args.resume => {
                let resumed = LedgerFile::resumed(path, |file| folder.join(file).exists());
                let (file, found) = resumed.map_err(|e| cannot_write(path, &e))?;
                left = Some(found);
                Some(file)
            }
            (Some(path), Some(_)) => {
                Some(LedgerFile::growing(path).map_err(|e| cannot_write(path, &e))?)
            }
        };
        let summary = Summary::default();
        Ok((
            Outputs {
                args,
                sink,
                ledger,
                summary,
                same: plan.print == Print::Text(Output::Same),
            },
            left,
        ))
    }

    fn put(&mut self, task: &Task, sheet: Sheet) -> Result<(), End> {
        if let (Some(file), Some(path)) = (&mut self.ledger, &self.args.ledger) {
            file.add(&sheet.ledger, task.last)
                .map_err(|e| cannot_write(path, &e))?;
        }
        self.summary.merge(sheet.summary);
        let table = task.table.as_ref().filter(|_| self.same);
        self.sink
            .put(
                &task.file.relative,
                table,
                task.first,
                task.last,
                &sheet.out,
            )
            .map_err(|(path, e)| cannot_write(&path, &e))
    }

    fn finish(self) -> Result<Summary, End> {
        self.sink
            .finish()
            .map_err(|(path, e)| cannot_write(&path, &e))?;
        if let (Some(file), Some(path)) = (self.ledger, &self.args.ledger) {
            file.finish().map_err(|e| cannot_write(path, &e))?;
        }
        if let Some(path) = &self.args.summary {
            fs::write(path, self.summary.json()).map_err(|e| cannot_write(path, &e))?;
        }
        if let Some(path) = &self.args.report {
            fs::write(path, report::html(&self.summary)).map_err(|e| cannot_write(path, &e))?;
        }
        Ok(self.summary)
    }
}

/// Prints and says whether that went well.
pub fn print(bytes: &[u8]) -> Result<End, End> {
    let mut out = io::stdout().lock();
    out.write_all(bytes)
        .and_then(|()| out.flush())
        .map_err(|e| cannot_write(Path::new("<stdout>"), &e))?;
    Ok(End::Done)
}

/// A reader of the output that has gone ends the run quietly; all else is told.
pub fn cannot_write(path: &Path, error: &io::Error) -> End {
    if error.kind() == io::ErrorKind::BrokenPipe {
        return End::BrokenPipe;
    }
    End::failed(format!(
        "{}: cannot write: {}",
        path.display(),
        tell::cause(error)
    ))
}

fn wanted(args: &FilterArguments, filter: &Filter, left: Option<Left>) -> Wanted {
    let resume = args.output_dir.clone().filter(|_| args.resume);
    Wanted {
        paths: args.paths.clone(),
        format: format(args.format),
        options: Options {
            text_field: args.text_field.clone(),
            ..limits(args.max_document_bytes)
        },
        decode: filter.settings().decode.clone(),
        walk: Walk {
            hidden: args.hidden,
            ignored: args.no_ignore,
        },
        leave_out: args.output_dir.clone(),
        unpackers: unpackers(threads_wanted(args.threads)),
        distinct: args.output_dir.is_some(),
        documents_before: left.as_ref().map_or(0, |left| left.documents),
        done: Box::new(move |relative| {
            let there = resume
                .as_ref()
                .is_some_and(|folder| folder.join(relative).exists());
            there
                && left
                    .as_ref()
                    .is_none_or(|left| left.holds(&relative.to_string_lossy()))
        }),
    }
}

/// The library's name of a format; none where it is to be guessed.
pub fn format(format: InputFormat) -> Option<Format> {
    match format {
        InputFormat::Auto => None,
        InputFormat::Plain => Some(Format::Plain),
        InputFormat::Lines => Some(Format::Lines),
        InputFormat::Jsonl => Some(Format::Jsonl),
        InputFormat::Warc => Some(Format::Warc),
        InputFormat::Parquet => Some(Format::Parquet),
    }
}

fn plan(args: &FilterArguments) -> Plan {
    let print = match args.output_format {
        _ if args.json => Print::Json,
        _ if args.explain => Print::Explain,
        OutputForm::Tsv => Print::Tsv,
        OutputForm::Same => Print::Text(Output::Same),
        OutputForm::Text => Print::Text(Output::Text),
        OutputForm::Jsonl => Print::Text(Output::Jsonl),
    };
    let print = args.show.map_or(print, Print::Show);
    let colour = anstream::AutoStream::choice(&io::stdout()) != anstream::ColorChoice::Never
        && args.output.is_none();
    Plan {
        print,
        colour,
        malformed: args.malformed,
        tree: args.output_dir.is_some(),
        ledger: args.ledger.is_some(),
        report: args.report.is_some(),
    }
}

/// How many threads there will be.
pub fn threads_wanted(threads: usize) -> usize {
    match threads {
        0 => std::thread::available_parallelism().map_or(1, usize::from),
        n => n,
    }
}

/// Threads that unpack a file beside the one that reads it, for so many that work: one unpacks about 200 MB of text a
/// second, which is what eight clean.
pub fn unpackers(threads: usize) -> usize {
    if threads < 8 { 0 } else { threads / 8 + 1 }
}

fn show_progress(args: &FilterArguments) -> bool {
    match args.progress {
        Progress::Always => true,
        Progress::Never => false,
        // Text that scrolls past on the same terminal and a bar do not go together.
        Progress::Auto => {
            !args.quiet
                && io::stderr().is_terminal()
                && (args.output_dir.is_some()
                    || args.output.is_some()
                    || !io::stdout().is_terminal())
        }
    }
}

/// There was no file in any of the paths.
pub fn no_input(paths: &[PathBuf]) -> End {
    let names: Vec<String> = paths.iter().map(|p| p.display().to_string()).collect();
    End::NoInput(format!(
        "no file to read in {} (hidden and ignored files are left out: --hidden, --no-ignore)",
        names.join(", ")
    ))
}
