//! `learn`: what a corpus repeats, to a file that `--repeated` reads.

use std::fs::File;
use std::io::{self, IsTerminal};
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::atomic::Ordering;
use std::time::Instant;

use cleanfilter::format::{Item, Options};
use cleanfilter::learn::{Batch, Counter, Figures, Records, Scope, join_files};
use cleanfilter::parallel::Threads;
use cleanfilter::{Settings, segment};

use super::args::{LearnArguments, Progress};
use super::exit::End;
use super::figures::{bytes, count, counted};
use super::input::compress::Compression;
use super::input::walk::Walk;
use super::progress::Bar;
use super::run::{
    WINDOW_BYTES_PER_THREAD, cannot_write, format, limits, no_input, threads_wanted, unpackers,
};
use super::sink::Whole;
use super::source::{Source, Task, Wanted};
use super::summary::Summary;
use super::temporary::Runs;
use super::work::{damage, decoded};
use super::{config, tell};

/// Learns from the paths, or joins what was learnt.
pub fn run(args: &LearnArguments) -> Result<End, End> {
    if Compression::of_name(&args.output) != Compression::None {
        return Err(End::failed(format!(
            "{}: hashes do not compress (name the file without the ending)",
            args.output.display()
        )));
    }
    if args.merge { join(args) } else { learn(args) }
}

/// Joins files.
fn join(args: &LearnArguments) -> Result<End, End> {
    let mut files = Vec::new();
    for path in &args.paths {
        let name = path.display().to_string();
        let file = File::open(path)
            .map_err(|error| End::failed(format!("{name}: {}", tell::cause(&error))))?;
        let file = Records::open(file, &name).map_err(|error| End::failed(tell::cause(&error)))?;
        // What a single file left out is missed by no sum.
        if file.min_documents > 1 && args.paths.len() > 1 {
            tell::line(format_args!(
                "{name}: what stands in fewer than {} documents was left out when it was learnt, and is missing from \
                 the sum (learn parts with --min-documents 1)",
                file.min_documents
            ));
        }
        files.push(file);
    }
    let documents = files.iter().map(|file| file.documents).sum();
    let mut out = Output::create(&args.output)?;
    let joined = join_files(files, args.min_documents, &mut out.whole);
    // Damage of an input names its file; all else is about the output.
    let joined = joined.map_err(|error| match error.kind() {
        io::ErrorKind::InvalidData => End::failed(error.to_string()),
        _ => cannot_write(&args.output, &error),
    })?;
    out.finish()?;
    if !args.quiet {
        tell::text(&format!(
            "{} in {}\n",
            counted(documents, "document"),
            counted(args.paths.len() as u64, "file")
        ));
        tell::text(&written(args, joined.different, joined.written));
    }
    Ok(End::Done)
}

/// Learns from documents.
fn learn(args: &LearnArguments) -> Result<End, End> {
    let settings = config::layered(None, args.config.as_deref()).map_err(End::failed)?;
    let window = WINDOW_BYTES_PER_THREAD * threads_wanted(args.threads);
    let threads = Threads::new(args.threads, window).map_err(End::failed)?;
    let scope = if args.global {
        Scope::Corpus
    } else {
        Scope::Site
    };
    let broken = |error: io::Error| cannot_write(&args.output, &error);
    // Tried now, made when the input has been read: it may lie in a folder that is read.
    drop(Output::create(&args.output)?);
    let mut runs = Runs::beside(&args.output);
    let mut counter = Counter::new(scope, args.memory, || runs.next()).map_err(broken)?;
    let mut source = Source::new(wanted(args, &settings));
    let found = source.found.clone();
    let bar = Bar::new(show_progress(args), &args.paths);

    let start = Instant::now();
    let mut summary = Summary::default();
    let mut end = Ok(());
    threads.ordered(
        || source.next(),
        |mut task| work(&mut task, scope, &settings),
        |sheet| {
            bar.add(&sheet.summary);
            for message in &sheet.messages {
                bar.above(|| tell::line(message));
            }
            summary.merge(sheet.summary);
            end = counter.add(sheet.batch);
            if end.is_err() {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        },
    );
    bar.finish();
    end.map_err(broken)?;
    if found.load(Ordering::Relaxed) == 0 {
        return Err(no_input(&args.paths));
    }
    let mut out = Output::create(&args.output)?;
    let figures = counter
        .finish(args.min_documents, &mut out.whole)
        .map_err(broken)?;
    out.finish()?;
    if !args.quiet {
        tell::text(&human(
            args,
            &figures,
            &summary,
            start.elapsed().as_secs_f64(),
        ));
    }
    Ok(if summary.is_clean() {
        End::Done
    } else {
        End::Damaged
    })
}

/// What came of a task.
struct Sheet {
    batch: Batch,
    /// Only what was read and what could not be.
    summary: Summary,
    messages: Vec<String>,
}

/// Reads and counts a task's documents. Runs on many threads.
fn work(task: &mut Task, scope: Scope, settings: &Settings) -> Sheet {
    let mut sheet = Sheet {
        batch: Batch::new(scope),
        summary: Summary::default(),
        messages: Vec::new(),
    };
    for item in std::mem::take(&mut task.items) {
        match item {
            Item::Record(mut record) => {
                let body = std::mem::take(&mut record.body);
                sheet.summary.input_bytes += body.len() as u64;
                let (text, _) = decoded(task, &record, body, &settings.decode);
                let paragraphs = segment::paragraphs(&text, &settings.segment);
                sheet.batch.add(record.url.as_deref(), &text, &paragraphs);
            }
            Item::Damaged {
                line, cause, cure, ..
            } => {
                sheet.messages.push(damage(task, line, &cause, cure));
                sheet.summary.add_malformed();
            }
            Item::Skipped { cause, .. } => sheet.summary.add_skipped(cause),
            Item::Other { .. } => {}
        }
    }
    if let Some(trouble) = &task.trouble {
        sheet.messages.push(trouble.clone());
        sheet.summary.add_unreadable();
    }
    sheet.batch.settle();
    sheet
}

fn wanted(args: &LearnArguments, settings: &Settings) -> Wanted {
    Wanted {
        paths: args.paths.clone(),
        format: format(args.format),
        options: Options {
            text_field: args.text_field.clone(),
            ..limits(args.max_document_bytes)
        },
        decode: settings.decode.clone(),
        walk: Walk {
            hidden: args.hidden,
            ignored: args.no_ignore,
        },
        leave_out: Some(args.output.clone()),
        unpackers: unpackers(threads_wanted(args.threads)),
        distinct: false,
        documents_before: 0,
        done: Box::new(|_| false),
    }
}

fn show_progress(args: &LearnArguments) -> bool {
    match args.progress {
        Progress::Always => true,
        Progress::Never => false,
        Progress::Auto => !args.quiet && io::stderr().is_terminal(),
    }
}

/// What was done, in some lines.
fn human(args: &LearnArguments, figures: &Figures, summary: &Summary, seconds: f64) -> String {
    let mut out = format!(
        "{}, {} in {seconds:.1} s ({:.1} MB/s)\n",
        counted(figures.documents, "document"),
        bytes(summary.input_bytes),
        summary.input_bytes as f64 / 1e6 / seconds
    );
    out += &format!("  paragraphs   {}", count(figures.paragraphs));
    if figures.runs > 0 {
        out += &format!(", in {}", counted(figures.runs, "run"));
    }
    out.push('\n');
    out += &written(args, figures.different, figures.written);
    let passed_over: u64 = summary.skipped.values().sum();
    let passed_over = passed_over + summary.malformed + summary.unreadable;
    out + &format!("  passed over  {}\n", count(passed_over))
}

fn written(args: &LearnArguments, different: u64, written: u64) -> String {
    format!(
        "  different    {}\n  written      {}, those in {} or more\n",
        count(different),
        count(written),
        counted(u64::from(args.min_documents), "document")
    )
}

/// The output: there whole or not at all.
struct Output<'a> {
    path: &'a Path,
    whole: Whole,
}

impl<'a> Output<'a> {
    fn create(path: &'a Path) -> Result<Output<'a>, End> {
        let whole = Whole::create(path).map_err(|error| cannot_write(path, &error))?;
        Ok(Output { path, whole })
    }

    fn finish(self) -> Result<(), End> {
        self.whole
            .finish()
            .map_err(|error| cannot_write(self.path, &error))
    }
}
