//! Arguments in, exit status out. Only this room knows paths, the terminal and clap.

mod args;
mod config;
mod exit;
mod explain;
mod figures;
mod input;
mod lay;
mod learn;
mod ledger_file;
mod listing;
mod output;
mod progress;
mod report;
mod restore;
mod run;
mod samples;
mod show;
mod sink;
mod source;
mod stream;
mod summary;
mod tell;
mod temporary;
mod tsv;
mod visible;
mod work;

use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use self::args::{Arguments, Command};
use self::exit::End;

/// Runs the command.
pub fn main() -> ExitCode {
    // A damaged table is told in a line of its own.
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if !cleanfilter::format::parquet::is_guarded() {
            hook(panic);
        }
    }));
    let end = match Arguments::try_parse() {
        Ok(arguments) => dispatch(arguments).unwrap_or_else(|end| end),
        Err(error) => usage(&error),
    };
    if let Some(message) = end.message() {
        tell::line(message);
    }
    ExitCode::from(&end)
}

fn dispatch(arguments: Arguments) -> Result<End, End> {
    match arguments.command {
        None => run::run(&arguments.filter),
        Some(Command::Restore(args)) => restore::run(&args),
        Some(Command::Learn(args)) => learn::run(&args),
        Some(Command::Languages(args)) => listing::languages(args.json),
        Some(Command::Rules(args)) => listing::rules(args.json),
        Some(Command::Completions { shell }) => {
            let mut out = Vec::new();
            clap_complete::generate(shell, &mut Arguments::command(), "cleanfilter", &mut out);
            run::print(&out)
        }
        Some(Command::Man) => {
            let mut out = Vec::new();
            let rendered = clap_mangen::Man::new(Arguments::command()).render(&mut out);
            rendered.map_err(|error| End::failed(error.to_string()))?;
            run::print(&out)
        }
    }
}

/// Help and version go to standard output; a mistake is one line, and where to read on.
fn usage(error: &clap::Error) -> End {
    use clap::error::ErrorKind;
    match error.kind() {
        ErrorKind::DisplayHelp
        | ErrorKind::DisplayVersion
        | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            let _ = error.print();
            End::Done
        }
        _ => {
            let text = error.render().to_string();
            let text = text
                .split("\n\nUsage:")
                .next()
                .unwrap_or(&text)
                .split("\n\nFor more")
                .next()
                .unwrap_or(&text);
            let line = text
                .trim_start_matches("error: ")
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" ");
            End::failed(format!("{line} (cleanfilter --help tells the options)"))
        }
    }
}
