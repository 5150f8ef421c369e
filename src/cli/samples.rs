//! Samples of what each rule dropped, for people to look at: bounded, and the same whatever the threads.
//!
//! Kept are the texts with the smallest hashes: as good as drawn by chance, each text once however often it was
//! dropped, and the same set in whatever order they come. A text that is kept at the end was kept from its first
//! sight on, so its count is exact.

use std::collections::BTreeMap;

use cleanfilter::document::{Document, Guess};
use cleanfilter::ledger::{DroppedPiece, Origin, xxh64};

/// Texts kept for each rule: about what a person looks through before going on to the next.
const MAX_PER_RULE: usize = 20;

/// Characters of a text, from its start.
const MAX_CHARS: usize = 400;

/// Characters of what stands before and behind it: enough to see the end of one sentence and the start of the next.
const MAX_CONTEXT_CHARS: usize = 80;

/// Samples by the rule's name in the verdicts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Samples {
    rules: BTreeMap<&'static str, BTreeMap<u64, Sample>>,
}

/// A text that was dropped.
#[derive(Clone, Debug, PartialEq)]
pub struct Sample {
    /// The first document of the run that it was dropped from.
    pub document: u64,
    /// That document's file.
    pub path: String,
    /// The number that crossed the rule's threshold there.
    pub measured: f32,
    /// Its language there.
    pub language: Option<Guess>,
    /// What stands before it.
    pub before: String,
    /// Its text, without white space around it; cut if it is long.
    pub text: String,
    /// Whether it was cut.
    pub cut: bool,
    /// What stands behind it.
    pub after: String,
    /// How often this very text was dropped in the run.
    pub count: u64,
}

impl Samples {
    /// Looks at a piece that was dropped, and keeps it if its turn has come.
    pub fn add(&mut self, origin: &Origin<'_>, document: &Document, piece: &DroppedPiece) {
        let Some((fragment, reason)) = piece.reason(document) else {
            return;
        };
        let text = document
            .text
            .get(fragment.span.clone())
            .unwrap_or_default()
            .trim();
        let hash = xxh64(text.as_bytes());
        let samples = self.rules.entry(reason.rule).or_default();
        if let Some(same) = samples
            .get_mut(&hash)
            .filter(|same| same.document <= origin.document)
        {
            same.count += 1;
            return;
        }
        if samples.len() >= MAX_PER_RULE
            && samples
                .last_key_value()
                .is_some_and(|(last, _)| *last < hash)
        {
            return;
        }
        let start = &text[..end_of(text, MAX_CHARS)];
        let before = document.text.get(..fragment.span.start).unwrap_or_default();
        let after = document.text.get(fragment.span.end..).unwrap_or_default();
        let sample = Sample {
            document: origin.document,
            path: origin.path.to_owned(),
            measured: reason.measured,
            language: fragment.language,
            before: before[start_of(before, MAX_CONTEXT_CHARS)..].to_owned(),
            text: start.to_owned(),
            cut: start.len() < text.len(),
            after: after[..end_of(after, MAX_CONTEXT_CHARS)].to_owned(),
            count: 1,
        };
        keep(samples, hash, sample);
    }

    /// Takes the samples of other documents in.
    pub fn merge(&mut self, other: Samples) {
        for (rule, samples) in other.rules {
            let own = self.rules.entry(rule).or_default();
            samples
                .into_iter()
                .for_each(|(hash, sample)| keep(own, hash, sample));
        }
    }

    /// The samples of a rule, the most frequent first.
    pub fn of(&self, rule: &str) -> Vec<&Sample> {
        let mut samples: Vec<&Sample> = self
            .rules
            .get(rule)
            .into_iter()
            .flat_map(BTreeMap::values)
            .collect();
        samples.sort_by_key(|sample| std::cmp::Reverse(sample.count));
        samples
    }
}

/// Puts a sample in; of one text, the earlier document's is kept.
fn keep(samples: &mut BTreeMap<u64, Sample>, hash: u64, mut sample: Sample) {
    if let Some(own) = samples.remove(&hash) {
        let count = own.count + sample.count;
        if own.document <= sample.document {
            sample = own;
        }
        sample.count = count;
    }
    samples.insert(hash, sample);
    if samples.len() > MAX_PER_RULE {
        samples.pop_last();
    }
}

/// Where the first `chars` characters end.
fn end_of(text: &str, chars: usize) -> usize {
    text.char_indices()
        .nth(chars)
        .map_or(text.len(), |(at, _)| at)
}

/// Where the last `chars` characters start.
fn start_of(text: &str, chars: usize) -> usize {
    chars
        .checked_sub(1)
        .and_then(|n| text.char_indices().nth_back(n))
        .map_or(0, |(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use cleanfilter::document::{Fragment, Paragraph, Reason, Verdict};

    /// `before`, a text that goes, `after`.
    fn document(text: &str) -> Document {
        let span = 7..7 + text.len();
        let verdict = Verdict::Drop(Reason {
            rule: "repeated",
            measured: 2.0,
        });
        Document {
            text: format!("before\n{text}\nafter"),
            paragraphs: vec![Paragraph {
                span: span.clone(),
                fragments: 0..1,
                language: None,
            }],
            fragments: vec![Fragment {
                span,
                language: None,
                evidence: 0.0,
                spared: false,
                verdict,
            }],
            ..Document::default()
        }
    }

    fn of(documents: &[(u64, String)]) -> Samples {
        let mut samples = Samples::default();
        for (i, text) in documents {
            let (document, path) = (document(text), format!("{i}.txt"));
            let piece = DroppedPiece {
                range: 0..document.text.len(),
                fragment: 0,
            };
            samples.add(
                &Origin {
                    document: *i,
                    path: &path,
                    ..Origin::default()
                },
                &document,
                &piece,
            );
        }
        samples
    }

    #[test]
    fn samples_are_bounded_and_the_same_in_any_order() {
        let texts: Vec<(u64, String)> = (0..200).map(|i| (i, format!("text {}", i % 50))).collect();
        let all = of(&texts);
        let mut turned = of(&texts[120..]);
        turned.merge(of(&texts[..40]));
        turned.merge(of(&texts[40..120]));
        assert_eq!(all, turned);
        assert_eq!(all.of("repeated").len(), MAX_PER_RULE);
        assert!(
            all.of("repeated")
                .iter()
                .all(|sample| sample.count == 4 && sample.document < 50)
        );
    }

    #[test]
    fn a_long_text_is_cut_at_a_character() {
        let samples = of(&[(0, "é".repeat(MAX_CHARS + 1))]);
        let [sample] = samples.of("repeated")[..] else {
            panic!("one sample")
        };
        assert_eq!((sample.text.chars().count(), sample.cut), (MAX_CHARS, true));
        assert_eq!(
            (sample.before.as_str(), sample.after.as_str()),
            ("before\n", "\nafter")
        );
    }
}
