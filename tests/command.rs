//! The command from outside, where a case file cannot say it: trees, pipes, breaks, memory.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stderr)] // a test that cannot go on should say so

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

fn cleanfilter() -> Command {
    Command::new(env!("CARGO_BIN_EXE_cleanfilter"))
}

fn run(args: &[&str], folder: &Path) -> Output {
    cleanfilter()
        .args(args)
        .current_dir(folder)
        .output()
        .expect("the command starts")
}

fn seeds() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds")
}

/// A tree of a few hundred files in every encoding, in folders, some packed, some hidden, one binary.
fn crawl() -> TempDir {
    let folder = TempDir::new().expect("a folder");
    for (i, entry) in fs::read_dir(seeds()).expect("seeds").enumerate() {
        let path = entry.expect("a seed").path();
        let name = path
            .file_name()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        if !name.ends_with(".txt") && !name.ends_with(".jsonl") {
            continue;
        }
        for copy in 0..6 {
            let to = folder.path().join(format!("crawl/{}/{copy}", i % 5));
            fs::create_dir_all(&to).expect("a folder");
            fs::copy(&path, to.join(&name)).expect("a copy");
        }
    }
    fs::write(
        folder.path().join("crawl/image.txt"),
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
    )
    .expect("a file");
    fs::write(folder.path().join("crawl/empty.txt"), b"").expect("a file");
    fs::write(folder.path().join("crawl/.hidden.txt"), b"hidden").expect("a file");
    folder
}

/// Every file below a folder, by its relative path.
fn tree(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let bytes = fs::read(&path).expect("a file");
                files.push((path.strip_prefix(folder).expect("below").to_owned(), bytes));
            }
        }
    }
    files.sort();
    files
}

#[test]
fn a_tree_is_cleaned_into_the_same_paths_whatever_the_threads() {
    let folder = crawl();
    let one = run(&["--output-dir", "one", "-j1", "crawl"], folder.path());
    let many = run(&["--output-dir", "many", "-j7", "crawl"], folder.path());
    // The seeds hold a malformed record and the tree an image: told, counted, passed over.
    assert_eq!((one.status.code(), many.status.code()), (Some(1), Some(1)));
    assert!(String::from_utf8_lossy(&one.stderr).contains("crawl/image.txt: PNG image, not text"));
    let cleaned = tree(&folder.path().join("one"));
    assert_eq!(cleaned, tree(&folder.path().join("many")));
    let mut expected: Vec<PathBuf> = tree(&folder.path().join("crawl"))
        .into_iter()
        .map(|(path, _)| path)
        .collect();
    expected.retain(|path| path != Path::new("image.txt") && path != Path::new(".hidden.txt"));
    assert_eq!(
        cleaned
            .into_iter()
            .map(|(path, _)| path)
            .collect::<Vec<_>>(),
        expected
    );
}

#[test]
fn a_run_that_was_killed_goes_on_to_the_same_bytes() {
    let folder = crawl();
    run(&["-q", "--output-dir", "whole", "crawl"], folder.path());
    let whole = tree(&folder.path().join("whole"));
    let mut killed = cleanfilter()
        .args([
            "-q",
            "-j1",
            "--output-dir",
            "parts",
            "--ledger",
            "l.jsonl",
            "crawl",
        ])
        .current_dir(folder.path())
        .stderr(Stdio::null())
        .spawn()
        .expect("the command starts");
    // As soon as something is there: in the middle of the run.
    while !folder.path().join("parts/0").exists() && killed.try_wait().expect("a child").is_none() {
        std::thread::yield_now();
    }
    killed.kill().expect("a child");
    killed.wait().expect("a child");
    let done: Vec<_> = tree(&folder.path().join("parts"))
        .into_iter()
        .filter(|(path, _)| !path.to_string_lossy().ends_with(".cleanfilter-partial"))
        .collect();
    // What is there is whole.
    assert!(done.iter().all(|file| whole.contains(file)));
    let before = done.first().map(|(path, _)| {
        fs::metadata(folder.path().join("parts").join(path))
            .unwrap()
            .modified()
            .unwrap()
    });
    let resumed = run(
        &[
            "-q",
            "--resume",
            "--output-dir",
            "parts",
            "--ledger",
            "l.jsonl",
            "crawl",
        ],
        folder.path(),
    );
    assert_eq!(resumed.status.code(), Some(1));
    assert_eq!(tree(&folder.path().join("parts")), whole);
    // What was done is not done again.
    let after = done.first().map(|(path, _)| {
        fs::metadata(folder.path().join("parts").join(path))
            .unwrap()
            .modified()
            .unwrap()
    });
    assert_eq!(before, after);
    // The ledger is that of an unbroken run.
    run(
        &[
            "-q",
            "--output-dir",
            "again",
            "--ledger",
            "unbroken.jsonl",
            "crawl",
        ],
        folder.path(),
    );
    let ledger = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
    assert_eq!(ledger("l.jsonl"), ledger("unbroken.jsonl"));
}

/// An archive without the digests of its records, and anything else as it is.
fn without_digests(bytes: &[u8]) -> Vec<u8> {
    let lines = bytes.split_inclusive(|byte| *byte == b'\n');
    let kept = lines.filter(|line| !line.starts_with(b"WARC-Block-Digest:"));
    kept.collect::<Vec<_>>().concat()
}

#[test]
fn restore_gives_the_decoded_input_back() {
    let folder = crawl();
    run(
        &[
            "-q",
            "--output-dir",
            "clean",
            "--ledger",
            "dropped.jsonl",
            "crawl",
        ],
        folder.path(),
    );
    run(
        &["-q", "--output-dir", "bare", "--rules", "none", "crawl"],
        folder.path(),
    );
    let restored = run(
        &[
            "restore",
            "--ledger",
            "dropped.jsonl",
            "--output-dir",
            "back",
            "clean",
        ],
        folder.path(),
    );
    assert!(
        restored.status.success(),
        "{}",
        String::from_utf8_lossy(&restored.stderr)
    );
    // Byte for byte what no rule would have dropped from; but a record that was changed in between has no digest.
    let restored = |name: &str| -> Vec<(PathBuf, Vec<u8>)> {
        let files = tree(&folder.path().join(name)).into_iter();
        files
            .map(|(path, bytes)| (path, without_digests(&bytes)))
            .collect()
    };
    assert_eq!(restored("back"), restored("bare"));
    // One file, and a stream of records.
    for (format, seed) in [
        ("plain", "article-en-es.txt"),
        ("jsonl", "records.jsonl"),
        ("warc", "sample.warc.wet"),
        ("lines", "menu-en.txt"),
    ] {
        let seed = seeds().join(seed);
        let seed = seed.to_string_lossy();
        run(
            &[
                "-q",
                "-f",
                format,
                "-o",
                "clean.out",
                "--ledger",
                "l.jsonl",
                &seed,
            ],
            folder.path(),
        );
        let bare = run(
            &["-q", "-f", format, "--rules", "none", &seed],
            folder.path(),
        );
        let back = run(
            &["restore", "-f", format, "--ledger", "l.jsonl", "clean.out"],
            folder.path(),
        );
        assert!(
            back.status.success(),
            "{format}: {}",
            String::from_utf8_lossy(&back.stderr)
        );
        assert_eq!(
            String::from_utf8_lossy(&without_digests(&back.stdout)),
            String::from_utf8_lossy(&without_digests(&bare.stdout)),
            "{format}"
        );
    }
    // An output that was edited is told.
    fs::write(folder.path().join("clean.out"), "something else").unwrap();
    let wrong = run(
        &["restore", "-f", "lines", "--ledger", "l.jsonl", "clean.out"],
        folder.path(),
    );
    assert_eq!(wrong.status.code(), Some(2));
}

#[test]
fn packed_input_is_known_by_its_bytes_and_packed_output_by_its_name() {
    let folder = TempDir::new().unwrap();
    let seed = fs::read(seeds().join("article-en-es.txt")).unwrap();
    let plain = run(
        &["-q", seeds().join("article-en-es.txt").to_str().unwrap()],
        folder.path(),
    )
    .stdout;
    for name in ["a.gz", "a.zst", "a.bz2", "a.xz"] {
        fs::write(folder.path().join("a.txt"), &seed).unwrap();
        assert!(
            run(
                &["-q", "--rules", "none", "-o", name, "a.txt"],
                folder.path()
            )
            .status
            .success()
        );
        let packed = fs::read(folder.path().join(name)).unwrap();
        assert!(packed != seed && packed.len() < seed.len());
        // Twice behind each other, under a name that says nothing.
        fs::write(
            folder.path().join("b"),
            [packed.clone(), packed.clone()].concat(),
        )
        .unwrap();
        assert_eq!(run(&["-q", name], folder.path()).stdout, plain, "{name}");
        let both = run(&["-q", "--rules", "none", "b"], folder.path()).stdout;
        assert_eq!(both, [seed.clone(), seed.clone()].concat(), "{name}");
        // Cut off: what was read before the break is kept, and the break is told.
        fs::write(folder.path().join("cut"), &packed[..packed.len() - 9]).unwrap();
        let cut = run(&["-q", "--rules", "none", "cut"], folder.path());
        assert_eq!(cut.status.code(), Some(1), "{name}");
        assert!(
            String::from_utf8_lossy(&cut.stderr).contains("truncated"),
            "{name}"
        );
        assert!(seed.starts_with(&cut.stdout), "{name}");
    }
}

#[test]
fn the_first_records_come_out_before_the_input_ends() {
    let mut child = cleanfilter()
        .args(["-q", "-f", "jsonl"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the command starts");
    let mut input = child.stdin.take().expect("a pipe");
    let mut output = BufReader::new(child.stdout.take().expect("a pipe"));
    for i in 0..3 {
        writeln!(
            input,
            "{{\"id\": {i}, \"text\": \"The kettle boiled over again.\"}}"
        )
        .unwrap();
        input.flush().unwrap();
        let mut line = String::new();
        // The input is still open: this would wait for ever if records were held back.
        output.read_line(&mut line).unwrap();
        assert!(line.starts_with(&format!("{{\"id\": {i}")), "{line}");
    }
    drop(input);
    let mut rest = String::new();
    output.read_to_string(&mut rest).unwrap();
    assert_eq!(rest, "");
    assert!(child.wait().unwrap().success());
}

#[test]
fn a_reader_that_has_gone_ends_the_run_quietly() {
    let mut child = cleanfilter()
        .args(["-f", "lines", "--quiet"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command starts");
    let mut input = child.stdin.take().expect("a pipe");
    drop(child.stdout.take());
    let line =
        b"The kettle boiled over again, and nobody in the house was surprised.\n".repeat(4000);
    // Until the command has gone too.
    while input.write_all(&line).is_ok() {}
    let mut told = String::new();
    child
        .stderr
        .take()
        .expect("a pipe")
        .read_to_string(&mut told)
        .unwrap();
    assert_eq!(told, "");
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn a_long_document_goes_on_as_its_next_part_and_nothing_is_lost() {
    let folder = TempDir::new().unwrap();
    let paragraph = "The ferry left the harbour at noon and came back in the evening, as it does on most days.\n\n";
    let text: String = (0..900).map(|i| format!("{i} {paragraph}")).collect();
    let utf16: Vec<u8> = std::iter::once(0xFEFF)
        .chain(text.encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    for bytes in [text.clone().into_bytes(), utf16] {
        fs::write(folder.path().join("long.txt"), &bytes).unwrap();
        let out = run(
            &[
                "-q",
                "--max-document-bytes",
                "8K",
                "-o",
                "out.txt",
                "--ledger",
                "l.jsonl",
                "long.txt",
            ],
            folder.path(),
        );
        assert!(out.status.success());
        let records = run(
            &["-q", "--max-document-bytes", "8K", "--json", "long.txt"],
            folder.path(),
        );
        let parts = String::from_utf8_lossy(&records.stdout)
            .lines()
            .filter(|l| l.starts_with("{\"type\":\"document\""))
            .count();
        assert!(parts > 5, "{parts} parts");
        let back = run(
            &["restore", "--ledger", "l.jsonl", "out.txt"],
            folder.path(),
        );
        assert!(
            back.status.success(),
            "{}",
            String::from_utf8_lossy(&back.stderr)
        );
        assert_eq!(String::from_utf8_lossy(&back.stdout), text);
    }
}

/// The most memory that a process had, in bytes, from the system's own account of it.
#[cfg(target_os = "linux")]
fn peak_while(args: &[&str], feed: impl FnOnce(&mut dyn Write)) -> u64 {
    let mut child = cleanfilter()
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .expect("the command starts");
    let mut input = child.stdin.take().expect("a pipe");
    feed(&mut input);
    // All has been written: what is in the pipe still is little.
    let status = fs::read_to_string(format!("/proc/{}/status", child.id())).expect("a process");
    drop(input);
    assert!(child.wait().unwrap().success());
    let line = status
        .lines()
        .find(|l| l.starts_with("VmHWM:"))
        .expect("a peak");
    line.split_whitespace()
        .nth(1)
        .and_then(|n| n.parse::<u64>().ok())
        .expect("a number")
        * 1024
}

#[cfg(target_os = "linux")]
#[test]
fn memory_is_bounded_whatever_the_input() {
    let line = b"{\"id\": 1, \"text\": \"The kettle boiled over again, and nobody in the house was surprised by it.\"}\n".repeat(2000);
    let megabytes = |n: usize| {
        let line = line.clone();
        move |input: &mut dyn Write| (0..n * 5).for_each(|_| input.write_all(&line).unwrap())
    };
    let args = ["-q", "-j2", "-f", "jsonl", "--rules", "repeated"];
    let (small, large) = (
        peak_while(&args, megabytes(8)),
        peak_while(&args, megabytes(48)),
    );
    assert!(
        large < small + (24 << 20),
        "{large} bytes for 48 MB, {small} for 8 MB"
    );
    // One line without an end, and NULs, which are text only if the user says so.
    let args = [
        "-q",
        "-j1",
        "--rules",
        "none",
        "--max-document-bytes",
        "1M",
        "--encoding",
        "utf-8",
    ];
    for byte in [b'a', 0] {
        let peak = peak_while(&args, |input| {
            (0..40).for_each(|_| input.write_all(&vec![byte; 1 << 20]).unwrap());
        });
        assert!(peak < 96 << 20, "{peak} bytes for 40 MB of {byte}");
    }
}
