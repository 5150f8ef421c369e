//! Instructions a line, counted by Valgrind: the same number whatever else the machine does.

use std::hint::black_box;
use std::io::Error;
use std::process::Command;

use crate::lines::{Mix, lines};
use crate::peers;

/// What comes after `--run` on the command line that Valgrind is given: a peer, characters, characters to read in all.
pub const RUN: &str = "--run";

/// Characters that are read to warm up, and again as many that count.
const CHARS: usize = 160_000;

/// Instructions a line of `chars` characters; the lines before it have warmed up what it remembers.
///
/// # Errors
/// Valgrind is not installed, or the run failed.
pub fn instructions(peer: &str, chars: usize) -> Result<f64, String> {
    let passes = |n: usize| -> Result<f64, String> {
        let run = || -> Result<_, Error> {
            Command::new("valgrind")
                .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
                .arg(std::env::current_exe()?)
                .args([RUN, peer, &chars.to_string(), &n.to_string()])
                .output()
        };
        let output = run().map_err(|error| format!("valgrind: {error}"))?;
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        let number = told
            .rsplit("Collected :")
            .next()
            .and_then(|rest| rest.split_whitespace().next());
        number.and_then(|n| n.parse().ok()).ok_or(told)
    };
    let counted = CHARS / chars;
    Ok((passes(2 * counted)? - passes(counted)?) / counted as f64)
}

/// Asks a peer about the first lines; what Valgrind runs.
///
/// # Errors
/// There is no such peer, or no text.
pub fn run(peer: &str, chars: usize, many: usize) -> Result<(), String> {
    let fast = peers::fast();
    let peer = fast
        .iter()
        .find(|p| p.name == peer)
        .ok_or_else(|| format!("there is no peer {peer:?}"))?;
    for line in lines(Mix::Wide, chars)?.iter().take(many) {
        black_box(peer.identify(line.text()));
    }
    Ok(())
}
