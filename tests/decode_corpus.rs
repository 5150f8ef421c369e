//! Exact decodes over the encodings corpus, by group. Needs `CLEANFILTER_SHARED`, a folder that holds `corpus/encodings`.
//!
//! `cargo test --release --test decode_corpus -- --nocapture` prints the table, with what chardetng alone gives beside it;
//! `WRONG=group/kind` lists what is wrong.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stderr)] // a test that cannot go on should say so

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use cleanfilter::decode::{Settings, decode};
use serde_json::Value;

/// Writes what Python's codecs make of each file whose truth is not stored.
const TRUTHS: &str = r#"
import json, pathlib, sys
files = pathlib.Path(sys.argv[2])
for line in open(sys.argv[1], encoding="utf-8"):
    row = json.loads(line)
    if "truth" not in row:
        text = (files / row["path"]).read_bytes().decode(row["codec"])
        (files / (row["path"] + ".text")).write_bytes(text.encode("utf-8", "surrogatepass"))
"#;

/// Groups and the share that must be exact, in percent: a little under what was reached when this was written.
const FLOORS: &[(&str, f64)] = &[
    ("real", 98.5),
    ("synthetic", 98.5),
    ("damaged", 98.5),
    ("mojibake", 98.5),
    ("html-meta", 99.0),
    ("xml-decl", 98.0),
    ("beyond-whatwg", 98.5),
];

fn plain(text: &str) -> String {
    text.replace('\u{feff}', "")
        .replace("\r\n", "\n")
        .replace('\r', "\n")
        .trim_end_matches('\n')
        .to_owned()
}

/// A third of the files, by a hash of their paths, that nothing was tuned on.
fn unseen(path: &str) -> bool {
    path.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |h, b| {
        (h ^ u64::from(b)).wrapping_mul(0x100_0000_01b3)
    }) >> 20
        & 0xffff
        < 0x5555
}

/// The text that chardetng and encoding_rs make of a file by themselves.
fn by_chardetng(bytes: &[u8]) -> String {
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    let encoding = detector.guess(None, chardetng::Utf8Detection::Allow);
    encoding.decode(bytes).0.into_owned()
}

fn unpack(shared: &Path) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let manifest = shared.join("corpus/encodings/manifest.jsonl");
    let ok = Command::new("tar")
        .args(["--zstd", "-xf"])
        .arg(shared.join("corpus/encodings/files.tar.zst"))
        .arg("-C")
        .arg(folder.path())
        .status()
        .unwrap()
        .success();
    assert!(
        ok,
        "tar could not unpack the files (it needs the zstd command)"
    );
    let ok = Command::new("python3")
        .args(["-c", TRUTHS])
        .arg(&manifest)
        .arg(folder.path())
        .status()
        .unwrap()
        .success();
    assert!(ok, "python3 could not write the truths");
    (folder, manifest)
}

#[test]
fn corpus() {
    let Some(shared) = std::env::var_os("CLEANFILTER_SHARED").map(PathBuf::from) else {
        println!("skipped: CLEANFILTER_SHARED is not set");
        return;
    };
    for tool in ["zstd", "tar", "python3"] {
        if Command::new(tool).arg("--version").output().is_err() {
            println!("skipped: the command {tool} is not there");
            return;
        }
    }
    let (folder, manifest) = unpack(&shared);
    let wanted = std::env::var("WRONG").ok();
    let part = std::env::var("PART").unwrap_or_default();
    let mut counts: BTreeMap<String, [usize; 5]> = BTreeMap::new();
    for line in std::fs::read_to_string(manifest).unwrap().lines() {
        let row: Value = serde_json::from_str(line).unwrap();
        let field = |name: &str| row[name].as_str().unwrap_or_default().to_owned();
        let (path, group, kind) = (field("path"), field("group"), field("kind"));
        let bytes = std::fs::read(folder.path().join(&path)).unwrap();
        let settings = Settings {
            repair_mojibake: group == "mojibake",
            ..Settings::default()
        };
        let (text, reading) = decode(&bytes, None, &settings);
        let text = plain(&text);
        let truths: Vec<String> = match row["truth"].as_array() {
            Some(names) => names
                .iter()
                .map(|n| n.as_str().unwrap().to_owned())
                .collect(),
            None => vec![format!("{path}.text")],
        };
        let truths = truths.iter().map(|n| {
            let truth = std::fs::read(folder.path().join(n)).unwrap();
            plain(&String::from_utf8_lossy(&truth))
        });
        let truths: Vec<String> = truths.collect();
        let good = truths.contains(&text);
        let peer = truths.contains(&plain(&by_chardetng(&bytes)));
        let apart = unseen(&path);
        for key in [group.clone(), format!("{group}/{kind}")] {
            let n = counts.entry(key).or_default();
            n[usize::from(apart) * 2] += usize::from(good);
            n[usize::from(apart) * 2 + 1] += 1;
            n[4] += usize::from(peer);
        }
        let shown = wanted
            .as_ref()
            .is_some_and(|w| format!("{group}/{kind}").starts_with(w.as_str()));
        if !good && shown && (apart == (part == "unseen")) {
            println!(
                "{path} {} {} {}: {} by {} {:?} | {}",
                field("encoding"),
                field("lang"),
                row["declared"],
                reading.encoding,
                reading.witness,
                reading.notes,
                text.chars()
                    .filter(|c| *c != '\n')
                    .take(60)
                    .collect::<String>()
            );
        }
    }
    println!(
        "{:32} {:>14} {:>14} {:>14} {:>14}",
        "percent exact", "tuned on", "unseen", "both", "chardetng"
    );
    let share = |good: usize, all: usize| {
        format!("{:6.2} of {all:4}", 100.0 * good as f64 / all.max(1) as f64)
    };
    for (key, [a, b, c, d, peer]) in &counts {
        println!(
            "{key:32} {:>14} {:>14} {:>14} {:>14}",
            share(*a, *b),
            share(*c, *d),
            share(a + c, b + d),
            share(*peer, b + d)
        );
    }
    for (group, floor) in FLOORS {
        let [a, b, c, d, _] = counts[*group];
        let reached = 100.0 * (a + c) as f64 / (b + d) as f64;
        assert!(
            reached >= *floor,
            "{group}: {reached:.2} percent exact, {floor} wanted"
        );
    }
}
