//! Running text of the web for languages whose corpus speaks mostly of news and interfaces: the kept paragraphs of pages.

use std::collections::HashMap;
use std::path::Path;

/// Page languages and the labels that their text joins.
const LABELS: [(&str, &str); 12] = [
    ("en", "eng_Latn"),
    ("zh", "cmn_Hans"),
    ("ru", "rus_Cyrl"),
    ("pl", "pol_Latn"),
    ("de", "deu_Latn"),
    ("el", "ell_Grek"),
    ("fr", "fra_Latn"),
    ("es", "spa_Latn"),
    ("it", "ita_Latn"),
    ("pt", "por_Latn"),
    ("ja", "jpn_Jpan"),
    ("nl", "nld_Latn"),
];
/// Bytes of it a label takes at most: about half of what the corpus has, so that the web does not outweigh the rest.
const MAX_BYTES: usize = 800_000;

/// Lines per label, from `boilerplate/*.jsonl.zst`, in the order of the files' names.
pub fn lines(folder: &Path) -> HashMap<String, Vec<String>> {
    let mut out: HashMap<String, Vec<String>> = HashMap::new();
    let mut bytes: HashMap<&str, usize> = HashMap::new();
    let mut names: Vec<_> = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .filter_map(|e| Some(e.ok()?.path()))
        .filter(|p| {
            p.to_string_lossy().ends_with(".jsonl.zst") && !p.to_string_lossy().contains(".html.")
        })
        .collect();
    names.sort();
    for name in names {
        let Ok(file) = std::fs::File::open(&name) else {
            continue;
        };
        let mut text = String::new();
        let read = zstd::stream::read::Decoder::new(file)
            .and_then(|mut d| std::io::Read::read_to_string(&mut d, &mut text));
        if let Err(e) = read {
            panic!("{}: {e}", name.display());
        }
        for line in text.lines() {
            let Ok(page) = serde_json::from_str::<serde_json::Value>(line) else {
                continue;
            };
            let Some(&(_, label)) = LABELS.iter().find(|(l, _)| page["lang"] == *l) else {
                continue;
            };
            for p in page["paragraphs"].as_array().into_iter().flatten() {
                let Some(t) = p["text"].as_str() else {
                    continue;
                };
                let have = bytes.entry(label).or_default();
                if p["keep"] == true && t.len() >= 40 && *have < MAX_BYTES {
                    *have += t.len();
                    out.entry(label.to_owned()).or_default().push(t.to_owned());
                }
            }
        }
    }
    out
}
