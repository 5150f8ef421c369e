//! Documents to measure with, grown from `seeds/`: each seed many times, its paragraphs turned round so that no two
//! documents are equal.

use std::path::PathBuf;

use cleanfilter::decode;

/// Bytes of each kind of document, about: enough that the caches of a processor do not hold it all.
const KIND_BYTES: usize = 4 << 20;

/// A name, and which seeds' names belong to it.
type Kind = (&'static str, fn(&str) -> bool);

/// Kinds of documents, by the names of the seeds that they grow from.
pub const KINDS: [Kind; 5] = [
    ("english articles", |name| {
        ["article-en", "essay", "poem-en", "tutorial"]
            .iter()
            .any(|n| name.starts_with(n))
    }),
    ("30 languages", |name| name.ends_with(".txt")),
    ("chinese and japanese", |name| {
        name.contains("-zh") || name.contains("-ja")
    }),
    ("menus", |name| {
        name.starts_with("menu") || name.starts_with("product")
    }),
    (LEGACY, |name| name.ends_with(".txt")),
];

/// The kind whose documents are bytes as the seeds lie; all others are in UTF-8.
pub const LEGACY: &str = "legacy encodings";

/// All kinds of documents: name, documents.
#[allow(dead_code)] // one of the two benches counts a part of each kind
pub fn kinds() -> Vec<(&'static str, Vec<Vec<u8>>)> {
    let kinds = KINDS.iter();
    kinds
        .map(|&(name, _)| (name, kind(name, KIND_BYTES)))
        .collect()
}

/// Documents of a kind, so many bytes or a few more.
pub fn kind(name: &str, bytes: usize) -> Vec<Vec<u8>> {
    let (_, wanted) = KINDS.iter().find(|k| k.0 == name).expect("a kind's name");
    grown(wanted, name != LEGACY, bytes)
}

/// Bytes of all documents.
pub fn bytes(documents: &[Vec<u8>]) -> u64 {
    documents.iter().map(|d| d.len() as u64).sum()
}

fn grown(wanted: impl Fn(&str) -> bool, as_utf8: bool, bytes: usize) -> Vec<Vec<u8>> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("seeds");
    let mut names: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("seeds are there")
        .flatten()
        .map(|e| e.path())
        .collect();
    names.sort();
    let wanted = |path: &PathBuf| {
        path.file_name()
            .is_some_and(|n| wanted(&n.to_string_lossy()))
    };
    let seeds: Vec<Vec<u8>> = names
        .iter()
        .filter(|p| wanted(p))
        .map(|p| std::fs::read(p).expect("a seed can be read"))
        .collect();
    assert!(!seeds.is_empty(), "no seed of this kind");
    let mut documents = Vec::new();
    let (mut size, mut turn) = (0, 0);
    while size < bytes {
        for seed in &seeds {
            if size >= bytes {
                break;
            }
            let document = if as_utf8 {
                turned(
                    &decode::decode(seed, None, &decode::Settings::default()).0,
                    turn,
                )
            } else {
                seed.clone()
            };
            size += document.len();
            documents.push(document);
        }
        turn += 1;
    }
    documents
}

/// A text with its lines turned round.
fn turned(text: &str, by: usize) -> Vec<u8> {
    let mut lines: Vec<&str> = text.lines().collect();
    let by = by % lines.len().max(1);
    lines.rotate_left(by);
    let mut out = lines.join("\n");
    out.push('\n');
    out.into_bytes()
}
