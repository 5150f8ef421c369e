//! `learn` and `--repeated` from outside: two passes over a corpus, in parts, in little memory, on many threads.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stderr)] // a test that cannot go on should say so

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

fn run(args: &[&str], folder: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_cleanfilter"))
        .args(args)
        .current_dir(folder)
        .output()
        .expect("the command starts")
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Runs what must go well, and gives its standard error.
fn good(args: &[&str], folder: &Path) -> String {
    let output = run(args, folder);
    assert_eq!(
        output.status.code(),
        Some(0),
        "{args:?}: {}",
        stderr(&output)
    );
    stderr(&output)
}

const PITCH: &str = "Sign up for our newsletter and miss nothing.";

/// Four files of records: 40 pages of one site, 3 of another and 5 of none. Each has a hundred paragraphs of its own.
fn corpus() -> TempDir {
    let folder = TempDir::new().expect("a folder");
    let mut files = vec![String::new(); 4];
    for page in 0..48 {
        let url = match page {
            0..40 => Some(format!("https://www.news.example/{page}")),
            40..43 => Some(format!("http://small.example:80/{page}")),
            _ => None,
        };
        let mut text = format!("Report number {page} from the harbour\n");
        for line in 0..100 {
            text += &format!("In the year {line} of page {page} the boats came home early.\n");
        }
        let pitch = match page % 3 {
            0 => PITCH.to_owned(),
            1 => PITCH.to_uppercase(),
            _ => PITCH.replace(' ', "  "),
        };
        text += &pitch;
        let text = text.replace('\n', "\\n");
        let url = url.map_or(String::new(), |url| format!("\"url\":\"{url}\","));
        files[page % 4] += &format!("{{{url}\"id\":{page},\"text\":\"{text}\"}}\n");
    }
    for (i, file) in files.iter().enumerate() {
        fs::write(folder.path().join(format!("{i}.jsonl")), file).expect("a file");
    }
    folder
}

#[test]
fn the_file_is_the_same_whatever_the_order_threads_and_memory() {
    let corpus = corpus();
    let folder = corpus.path();
    let paths = ["0.jsonl", "1.jsonl", "2.jsonl", "3.jsonl"];
    let told = good(
        &[&["learn", "-j1", "-o", "a.repeated"], &paths[..]].concat(),
        folder,
    );
    assert!(told.starts_with("48 documents, "), "{told}");
    assert!(told.contains("paragraphs   4,896\n"), "{told}");
    let a = fs::read(folder.join("a.repeated")).unwrap();
    // The pitch: of one site, of the other, of none. A header, three entries, a trailer.
    assert_eq!(a.len(), 24 + 3 * 28 + 24);
    let mut turned = paths;
    turned.reverse();
    let little = ["learn", "-j4", "--memory", "64K", "-o", "b.repeated"];
    let told = good(&[&little[..], &turned[..]].concat(), folder);
    assert!(told.contains("paragraphs   4,896, in 2 runs\n"), "{told}");
    assert!(fs::read(folder.join("b.repeated")).unwrap() == a);
    fs::remove_file(folder.join("a.repeated")).unwrap();
    fs::remove_file(folder.join("b.repeated")).unwrap();
    // The output lies in the folder that is read, and is not read, when it is there already either.
    let again = ["learn", "-q", "-f", "jsonl", "-o", "./c.repeated", "."];
    good(&again, folder);
    good(&again, folder);
    assert!(fs::read(folder.join("c.repeated")).unwrap() == a);
    let left: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|e| e.unwrap().file_name())
        .collect();
    assert_eq!(left.len(), 5, "{left:?}");
}

#[test]
fn parts_that_are_merged_are_the_whole() {
    let corpus = corpus();
    let folder = corpus.path();
    good(
        &[
            "learn", "-q", "-o", "whole", "0.jsonl", "1.jsonl", "2.jsonl", "3.jsonl",
        ],
        folder,
    );
    for (part, files) in [("a", ["2.jsonl", "0.jsonl"]), ("b", ["3.jsonl", "1.jsonl"])] {
        let keep = ["learn", "-q", "--min-documents", "1", "-o", part];
        good(&[&keep[..], &files[..]].concat(), folder);
    }
    let told = good(&["learn", "--merge", "b", "a", "-o", "joined"], folder);
    assert!(told.starts_with("48 documents in 2 files\n"), "{told}");
    assert!(fs::read(folder.join("joined")).unwrap() == fs::read(folder.join("whole")).unwrap());
    // What was left out of a part is missed, and that is said.
    let told = good(
        &["learn", "-q", "--merge", "whole", "a", "-o", "joined"],
        folder,
    );
    assert!(
        told.contains("whole: what stands in fewer than 2 documents was left out"),
        "{told}"
    );
}

/// The pages that keep the pitch.
fn keepers(output: &Output) -> Vec<u64> {
    let text = String::from_utf8_lossy(&output.stdout).to_lowercase();
    let records = text
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    let kept = records.filter(|record| record["text"].as_str().unwrap().contains("newsletter"));
    kept.map(|record| record["id"].as_u64().unwrap()).collect()
}

#[test]
fn what_stands_in_many_documents_of_a_site_goes_from_all_but_one() {
    let corpus = corpus();
    let folder = corpus.path();
    let paths = ["0.jsonl", "1.jsonl", "2.jsonl", "3.jsonl"];
    good(
        &[&["learn", "-q", "-o", "a.repeated"], &paths[..]].concat(),
        folder,
    );
    let filter = ["-q", "--rules", "repeated", "--repeated", "a.repeated"];
    let kept = keepers(&run(&[&filter[..], &paths[..]].concat(), folder));
    // One of 40, all 3 of the small site, one of the five without a site.
    let of = |range: std::ops::Range<u64>| kept.iter().filter(|id| range.contains(id)).count();
    assert_eq!((of(0..40), of(40..43), of(43..48)), (1, 3, 1), "{kept:?}");
    let mut turned = paths;
    turned.reverse();
    let mut other = keepers(&run(&[&filter[..], &["-j3"], &turned[..]].concat(), folder));
    let mut kept = kept;
    kept.sort_unstable();
    other.sort_unstable();
    assert_eq!(kept, other);

    fs::write(
        folder.join("all.toml"),
        "[judge.repeated]\nkeep-one = false\nmax-documents = 2\n",
    )
    .unwrap();
    let config = [&filter[..], &["--config", "all.toml"], &paths[..]].concat();
    assert_eq!(keepers(&run(&config, folder)), Vec::<u64>::new());

    let records = run(&[&filter[..], &["--json"], &paths[..]].concat(), folder);
    let records = String::from_utf8_lossy(&records.stdout).into_owned();
    let measured = |number: &str| {
        let told = format!("\"rule\":\"repeated/corpus\",\"measured\":{number}");
        records.lines().filter(|line| line.contains(&told)).count()
    };
    assert_eq!(
        (measured("40"), measured("5"), measured("3")),
        (39, 4, 0),
        "{}",
        &records[..2000]
    );

    // Over the whole corpus the sites do not matter.
    good(
        &[&["learn", "-q", "--global", "-o", "a.repeated"], &paths[..]].concat(),
        folder,
    );
    assert_eq!(
        keepers(&run(&[&filter[..], &paths[..]].concat(), folder)).len(),
        1
    );
}

#[test]
fn a_broken_file_is_one_line_and_nothing_is_written() {
    let corpus = corpus();
    let folder = corpus.path();
    good(
        &[
            "learn",
            "-q",
            "--min-documents",
            "1",
            "-o",
            "a.repeated",
            "0.jsonl",
            "1.jsonl",
        ],
        folder,
    );
    let whole = fs::read(folder.join("a.repeated")).unwrap();
    let mut bent = whole.clone();
    bent[30] ^= 4;
    for (bytes, cause) in [
        (&whole[..whole.len() - 9], "cut short"),
        (&bent[..], "damaged"),
    ] {
        fs::write(folder.join("b.repeated"), bytes).unwrap();
        for args in [
            &["--repeated", "b.repeated", "0.jsonl"][..],
            &[
                "learn",
                "--merge",
                "a.repeated",
                "b.repeated",
                "-o",
                "c.repeated",
            ],
        ] {
            let output = run(args, folder);
            assert_eq!(output.status.code(), Some(2), "{args:?}");
            let told = stderr(&output);
            let last = told.lines().last().unwrap_or_default();
            assert!(
                last.starts_with(&format!("cleanfilter: b.repeated: {cause}")),
                "{told}"
            );
            let of_the_file = told
                .lines()
                .filter(|line| line.contains("b.repeated"))
                .count();
            assert_eq!((of_the_file, output.stdout.len()), (1, 0), "{told}");
        }
        assert!(!folder.join("c.repeated").exists());
        assert!(!folder.join("c.repeated.cleanfilter-partial").exists());
    }
}

#[test]
fn what_cannot_be_read_is_told_and_passed_over() {
    let folder = TempDir::new().expect("a folder");
    fs::write(
        folder.path().join("a.jsonl"),
        "{\"text\":\"one\"}\n{\"text\":\n{\"text\":\"one\"}\n",
    )
    .unwrap();
    let output = run(
        &["learn", "a.jsonl", "nobody.txt", "-o", "a.repeated"],
        folder.path(),
    );
    assert_eq!(output.status.code(), Some(1));
    let told = stderr(&output);
    assert!(told.contains("a.jsonl: line 2: malformed JSON"), "{told}");
    assert!(told.contains("nobody.txt: no such file"), "{told}");
    assert!(told.contains("written      1, "), "{told}");
    let output = run(&["learn", "nobody.txt", "-o", "b.repeated"], folder.path());
    assert_eq!(output.status.code(), Some(3));
    assert!(!folder.path().join("b.repeated").exists());
}
