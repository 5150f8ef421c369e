//! The tables of `README.md`, printed in Markdown: `cargo run --release`, or of instructions `cargo run --release -- count`.

use std::io::{self, Write};
use std::process::ExitCode;

use cleanfilter_compare::lines::{LENGTHS, Mix, lines};
use cleanfilter_compare::{accuracy, count, peers, speed};

/// Rounds of each peer in turn.
const ROUNDS: usize = 7;
/// Lines of each language that are asked for accuracy.
const LINES: usize = 10;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        [] => tables(),
        ["count"] => counts(),
        [count::RUN, peer, chars, many] => match (chars.parse(), many.parse()) {
            (Ok(chars), Ok(many)) => count::run(peer, chars, many),
            _ => Err("two numbers are wanted".to_owned()),
        },
        _ => Err("usage: cleanfilter-compare [count]".to_owned()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // A message that cannot be written leaves the status.
            let _ = writeln!(io::stderr(), "cleanfilter-compare: {error}");
            ExitCode::FAILURE
        }
    }
}

fn print(line: &str) -> Result<(), String> {
    writeln!(io::stdout(), "{line}").map_err(|error| error.to_string())
}

fn tables() -> Result<(), String> {
    // Before the models are loaded: whether there is text.
    lines(Mix::Wide, LENGTHS[0])?;
    let peers = peers::all();
    print(
        "| lines | characters | identifier | MB/s | ours to it |\n| --- | --- | --- | --- | --- |",
    )?;
    for mix in Mix::ALL {
        for chars in LENGTHS {
            for s in speed::measure(&peers, &lines(mix, chars)?, ROUNDS) {
                let place = format!("| {} | {chars} | {} |", mix.name(), s.name);
                print(&format!(
                    "{place} {:.2} | {:.2} |",
                    s.megabytes, s.ours_to_it
                ))?;
            }
        }
    }
    print(
        "\n| characters | identifier | languages | right, % | ours on the same, % |\n| --- | --- | --- | --- | --- |",
    )?;
    for chars in LENGTHS {
        for a in accuracy::measure(&peers, &lines(Mix::Wide, chars)?, LINES) {
            print(&format!(
                "| {chars} | {} | {} | {:.1} | {:.1} |",
                a.name, a.languages, a.its, a.ours
            ))?;
        }
    }
    Ok(())
}

fn counts() -> Result<(), String> {
    print("| identifier | characters | instructions a line |\n| --- | --- | --- |")?;
    for peer in peers::fast() {
        for chars in LENGTHS {
            let n = count::instructions(peer.name, chars)?;
            print(&format!("| {} | {chars} | {n:.0} |", peer.name))?;
        }
    }
    Ok(())
}
