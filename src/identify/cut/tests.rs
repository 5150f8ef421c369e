//! A glance only spares work: with it and without it the same stretches are found.

use proptest::prelude::*;

use super::*;
use crate::{decode, segment};

/// Lines of the seeds, in thirty languages.
fn lines() -> Vec<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/seeds");
    let files = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut paths: Vec<_> = files.map(|file| file.path()).collect();
    paths.sort();
    let mut lines = Vec::new();
    for path in paths
        .iter()
        .filter(|p| p.extension().is_some_and(|e| e == "txt"))
    {
        let bytes = std::fs::read(path).unwrap_or_default();
        let text = decode::decode(&bytes, None, &decode::Settings::default()).0;
        lines.extend(text.lines().filter(|l| l.len() > 3).map(str::to_owned));
    }
    assert!(lines.len() > 300, "the seeds are there");
    lines
}

/// How many languages the document's own text is in.
fn own_languages(found: &Languages) -> usize {
    let own = found.fragments.iter().filter(|f| f.evidence == 0.0);
    let mut languages: Vec<_> = own.filter_map(|f| f.language.map(|g| g.language)).collect();
    languages.sort_unstable();
    languages.dedup();
    languages.len()
}

proptest! {
    // Always the same documents: of more than five languages that a stretch may be in the two ways may take others, which
    // is no fault.
    #![proptest_config(ProptestConfig {
        cases: 400,
        rng_seed: prop::test_runner::RngSeed::Fixed(1),
        ..ProptestConfig::default()
    })]

    #[test]
    fn a_glance_changes_no_stretch(
        host in any::<prop::sample::Index>(),
        stray in any::<prop::sample::Index>(),
        place in 0usize..9,
        picks in prop::collection::vec((0usize..6, 0usize..3), 4..9),
    ) {
        let lines = lines();
        let from = host.index(lines.len());
        let mut text = String::new();
        let stray = &lines[stray.index(lines.len())];
        let strays = place.min(picks.len() - 1);
        for (i, (step, join)) in picks.into_iter().enumerate() {
            text += &lines[(from + step) % lines.len()];
            // Lines of one document, and once a line of another, on its own or within a paragraph.
            match join {
                _ if i != strays => {}
                0 => text += &format!(" {stray}"),
                1 => text += &format!("\n\n{stray}"),
                _ => {}
            }
            text += "\n\n";
        }
        let ngram = Ngram::new();
        let spans = segment::paragraphs(&text, &segment::Settings::default());
        let found = [true, false].map(|glance| search(&text, spans.clone(), &ngram, &[], glance));
        // Of two languages that a document is in, a paragraph may be given to either.
        let between = found.iter().any(|f| own_languages(f) > 1);
        let [with, without] = found.map(|found| {
            let one = |f: &Fragment| {
                let told = f.evidence > 0.0 || !between;
                let language = f.language.filter(|_| told).map(|g| g.language);
                (f.span.clone(), language, f.spared)
            };
            found.fragments.iter().map(one).collect::<Vec<_>>()
        });
        prop_assert_eq!(with, without, "{}", text);
    }
}
