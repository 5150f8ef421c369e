//! Lines of the corpus that lie under the label of another language.

use std::path::Path;

use crate::corpus::read_lines;

/// A label many of whose lines are in another language, and short words that only one of the two writes.
struct Mixed {
    label: &'static str,
    own: &'static [&'static str],
    /// The label of the other language.
    other: &'static str,
    others: &'static [&'static str],
}

/// The news under Northern Sotho is Southern Sotho: 1,575 of its lines have such words of the one and none of the other.
const MIXED: [Mixed; 1] = [Mixed {
    label: "nso_Latn",
    own: &[
        "go", "gore", "goba", "gomme", "gobane", "tše", "fao", "yeo", "kudu", "eupša", "ge",
    ],
    other: "sot_Latn",
    others: &[
        "ho", "hore", "hoba", "tse", "ntho", "ntse", "hae", "haholo", "hape", "haeba", "jwang",
        "jwale", "kahoo", "empa",
    ],
}];

impl Mixed {
    /// Whether a line is in the other language: it has more of its words.
    fn is_other(&self, line: &str) -> bool {
        let line = line.to_lowercase();
        let words = || line.split(|c: char| !c.is_alphabetic());
        let count = |list: &[&str]| words().filter(|w| list.contains(w)).count();
        count(self.others) > count(self.own)
    }
}

/// The lines that a label is learnt from.
pub fn training_lines(folder: &Path, label: &str) -> Vec<String> {
    let mut lines = read_lines(folder, label);
    for mixed in &MIXED {
        if mixed.label == label {
            lines.retain(|l| !mixed.is_other(l));
        }
        if mixed.other == label {
            let more = read_lines(folder, mixed.label);
            lines.extend(more.into_iter().filter(|l| mixed.is_other(l)));
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_two_sothos_are_told_by_their_short_words() {
        for (line, other) in [
            (
                "Ngwana o ne a re ho mme: ke batla ho ya sekolong, empa pula e a na.",
                true,
            ),
            (
                "Ngwana o rile go mma: ke nyaka go ya sekolong, eupša pula e a na.",
                false,
            ),
            ("Pula", false),
        ] {
            assert_eq!(MIXED[0].is_other(line), other, "{line}");
        }
    }
}
