//! Megabytes a second, one thread, all peers in one run.

use std::hint::black_box;
use std::time::Duration;

use cpu_time::ThreadTime;

use crate::lines::Line;
use crate::peers::Peer;

/// What one pass of a peer takes at least and about at most: the slow ones are asked about the first lines only.
const PASS: Duration = Duration::from_millis(200);

/// A peer's figures.
pub struct Speed {
    /// The peer.
    pub name: &'static str,
    /// Megabytes a second: the median of all rounds.
    pub megabytes: f64,
    /// How many times its speed ours was in the same round: the median of all rounds.
    pub ours_to_it: f64,
}

/// Asks all peers in turn, round after round; the first is ours.
pub fn measure(peers: &[Peer], lines: &[Line], rounds: usize) -> Vec<Speed> {
    let shares: Vec<&[Line]> = peers
        .iter()
        .map(|peer| &lines[..share(peer, lines)])
        .collect();
    let mut rates = vec![Vec::new(); peers.len()];
    for _ in 0..rounds {
        for ((peer, share), rates) in peers.iter().zip(&shares).zip(&mut rates) {
            rates.push(rate(peer, share));
        }
    }
    let speed = |(peer, own): (&Peer, &Vec<f64>)| Speed {
        name: peer.name,
        megabytes: median(own.clone()),
        ours_to_it: median(
            rates[0]
                .iter()
                .zip(own)
                .map(|(ours, its)| ours / its)
                .collect(),
        ),
    };
    peers.iter().zip(&rates).map(speed).collect()
}

/// How many of the lines a peer reads in a pass. The trial is its warming up as well.
fn share(peer: &Peer, lines: &[Line]) -> usize {
    let mut asked = 0;
    let start = ThreadTime::now();
    while asked < lines.len() && start.elapsed() < PASS {
        ask(peer, &lines[asked..lines.len().min(asked + 16)]);
        asked += 16;
    }
    asked.min(lines.len())
}

fn ask(peer: &Peer, lines: &[Line]) {
    for line in lines {
        black_box(peer.identify(black_box(line.text())));
    }
}

/// Megabytes a second over these lines, read again until a pass's time is filled.
fn rate(peer: &Peer, lines: &[Line]) -> f64 {
    let bytes: usize = lines.iter().map(|line| line.text().len()).sum();
    let mut read = 0;
    let start = ThreadTime::now();
    while read == 0 || start.elapsed() < PASS {
        ask(peer, lines);
        read += bytes;
    }
    read as f64 / 1e6 / start.elapsed().as_secs_f64()
}

fn median(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    numbers.get(numbers.len() / 2).copied().unwrap_or(f64::NAN)
}
