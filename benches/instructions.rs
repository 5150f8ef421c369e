//! Instructions per byte of each stage, counted by Valgrind: the same number whatever else the machine does.
//!
//! `cargo bench --bench instructions` prints the rows of the table in `docs/speed.md`; `-- --check` compares its last
//! column with what stands there and fails where that has grown by more than 3 %; `-- --write` puts the new rows in place.

#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)] // a bench that cannot go on should say so
#![allow(clippy::print_stdout, clippy::exit)] // it is a command

mod inputs;

use std::hint::black_box;
use std::path::PathBuf;
use std::process::{Command, ExitCode};

use cleanfilter::{Filter, Settings, decode, segment};

/// Bytes of each kind that are counted.
const BYTES: usize = 128 << 10;

/// How much a figure may grow.
const MOST: f64 = 1.03;

/// Stages, each with those before it.
const STAGES: [&str; 4] = ["decode", "segment", "identify", "judge"];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [flag, kind, stage, passes] = arguments.as_slice()
        && flag == "--run"
    {
        run(kind, stage, passes.parse().expect("a number of passes"));
        return ExitCode::SUCCESS;
    }
    if Command::new("valgrind").arg("--version").output().is_err() {
        println!("instructions: skipped, valgrind is not installed");
        return ExitCode::SUCCESS;
    }
    if arguments.iter().any(|a| a == "--check") {
        return check();
    }
    let table = table();
    println!("{table}");
    if arguments.iter().any(|a| a == "--write") {
        let old = std::fs::read_to_string(page()).expect("docs/speed.md can be read");
        let (before, after) = around(&old);
        std::fs::write(page(), format!("{before}{table}{after}"))
            .expect("docs/speed.md can be written");
    }
    ExitCode::SUCCESS
}

fn page() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("docs/speed.md")
}

/// The page before and after the table's rows.
fn around(page: &str) -> (&str, &str) {
    let rule = "| --- | --- | --- | --- | --- |\n";
    let from = page.find(rule).expect("docs/speed.md has the table") + rule.len();
    let rows = page[from..]
        .lines()
        .take_while(|line| line.starts_with('|'));
    let to = from + rows.map(|line| line.len() + 1).sum::<usize>();
    (&page[..from], &page[to..])
}

/// The table's rows: a kind each, what each stage adds, and the whole river.
fn table() -> String {
    let mut out = String::new();
    for kind in kinds() {
        let bytes = inputs::bytes(&documents(kind)) as f64;
        let counts = STAGES.map(|stage| count(kind, stage) / bytes);
        let [decode, segment, identify, judge] = counts;
        out += &format!(
            "| {kind} | {decode:.1} | {:.1} | {:.1} | {judge:.0} |\n",
            segment - decode,
            identify - segment,
        );
    }
    out
}

fn check() -> ExitCode {
    let told = std::fs::read_to_string(page()).expect("docs/speed.md can be read");
    let mut worse = false;
    for kind in kinds() {
        let now = count(kind, "judge") / inputs::bytes(&documents(kind)) as f64;
        let row = told
            .lines()
            .find(|line| line.starts_with(&format!("| {kind} |")));
        let figure =
            row.and_then(|row| row.trim_end_matches(" |").rsplit("| ").next()?.parse().ok());
        let figure: f64 = figure.expect("docs/speed.md has a row for each kind");
        // A figure is rounded to a whole instruction.
        let grown = now > figure * MOST + 0.5;
        worse |= grown;
        println!(
            "{kind}: {now:.1} instructions a byte, {figure:.0} in docs/speed.md{}",
            if grown {
                ": MORE than 3 % above it"
            } else {
                ""
            }
        );
    }
    if worse {
        println!(
            "to renew the figures where that is meant: cargo bench --bench instructions -- --write"
        );
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

/// Instructions of a pass over the documents once all is warm: of two passes less those of one.
fn count(kind: &str, stage: &str) -> f64 {
    let passes = |n: &str| {
        let output = Command::new("valgrind")
            .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
            .arg(std::env::current_exe().expect("this program has a path"))
            .args(["--run", kind, stage, n])
            .output()
            .expect("valgrind runs");
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        let number = told.rsplit("Collected :").next().unwrap_or("");
        let number = number.split_whitespace().next().unwrap_or("");
        number
            .parse::<f64>()
            .unwrap_or_else(|_| panic!("valgrind said: {told}"))
    };
    passes("2") - passes("1")
}

fn run(kind: &str, stage: &str, passes: usize) {
    let documents = documents(kind);
    let mut settings = Settings::default();
    if stage == "identify" {
        settings.judge.rules = vec!["none".to_owned()];
    }
    let filter = Filter::new(settings.clone()).expect("the settings hold");
    for _ in 0..passes {
        for document in &documents {
            let (text, reading) = decode::decode(document, None, &settings.decode);
            match stage {
                "decode" => drop(black_box(text)),
                "segment" => drop(black_box(segment::paragraphs(&text, &settings.segment))),
                _ => drop(black_box(filter.read_decoded(text, reading))),
            }
        }
    }
}

/// The English articles as one line without end.
const LINE: &str = "one line";

/// The names of what is counted.
fn kinds() -> impl Iterator<Item = &'static str> {
    let kinds = inputs::KINDS.iter().map(|k| k.0);
    kinds.filter(|kind| *kind != inputs::LEGACY).chain([LINE])
}

fn documents(kind: &str) -> Vec<Vec<u8>> {
    if kind != LINE {
        return inputs::kind(kind, BYTES);
    }
    let mut line = inputs::kind(inputs::KINDS[0].0, BYTES).concat();
    line.iter_mut()
        .filter(|b| **b == b'\n')
        .for_each(|b| *b = b' ');
    vec![line]
}
