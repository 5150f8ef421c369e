//! `train-boilerplate`: grows and measures the rule `boilerplate`.
#![allow(clippy::print_stdout, clippy::print_stderr, clippy::exit)]

#[path = "../boilerplate/mod.rs"]
mod boilerplate;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    if let Err(e) = boilerplate::cross::run(&args) {
        eprintln!("train-boilerplate: {e}");
        std::process::exit(2);
    }
}
