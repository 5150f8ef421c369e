//! Gopher's repetition rules: Rae et al. 2021, appendix A.1.1, table A1 (all thresholds).

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hasher};

use super::{Found, Page, share, thresholds};

thresholds! {
    /// Drops documents whose paragraphs (parted by blank lines) repeat.
    Paragraphs {
        /// The share of paragraphs that may stand in the document before.
        #[serde(with = "crate::settings::threshold")] max_share: f32 = 0.3,
        /// The share of characters that may stand in such paragraphs.
        #[serde(with = "crate::settings::threshold")] max_char_share: f32 = 0.2,
    }
    /// Drops documents whose lines repeat.
    Lines {
        /// The share of lines that may stand in the document before.
        #[serde(with = "crate::settings::threshold")] max_share: f32 = 0.3,
        /// The share of characters that may stand in such lines.
        #[serde(with = "crate::settings::threshold")] max_char_share: f32 = 0.2,
    }
    /// Drops documents that one phrase fills.
    TopNgrams {
        /// The share of characters that the most frequent phrase of two words may have.
        #[serde(with = "crate::settings::threshold")] max_char_share_2: f32 = 0.2,
        /// Of three words.
        #[serde(with = "crate::settings::threshold")] max_char_share_3: f32 = 0.18,
        /// Of four words.
        #[serde(with = "crate::settings::threshold")] max_char_share_4: f32 = 0.16,
    }
    /// Drops documents with many repeated phrases.
    DuplicateNgrams {
        /// The share of characters that may stand in repeated phrases of five words.
        #[serde(with = "crate::settings::threshold")] max_char_share_5: f32 = 0.15,
        /// Of six words.
        #[serde(with = "crate::settings::threshold")] max_char_share_6: f32 = 0.14,
        /// Of seven words.
        #[serde(with = "crate::settings::threshold")] max_char_share_7: f32 = 0.13,
        /// Of eight words.
        #[serde(with = "crate::settings::threshold")] max_char_share_8: f32 = 0.12,
        /// Of nine words.
        #[serde(with = "crate::settings::threshold")] max_char_share_9: f32 = 0.11,
        /// Of ten words.
        #[serde(with = "crate::settings::threshold")] max_char_share_10: f32 = 0.1,
    }
}

impl Paragraphs {
    pub(super) fn measure(&self, page: &Page<'_>) -> Found {
        let parts = blocks(page.document.text.trim(), 2);
        let (again, chars) = repeated(&parts);
        first_above([
            (
                "gopher/repetition-paragraphs/count",
                share(again, parts.len()),
                self.max_share,
            ),
            (
                "gopher/repetition-paragraphs/characters",
                share_of_text(chars, page),
                self.max_char_share,
            ),
        ])
    }
}

impl Lines {
    pub(super) fn measure(&self, page: &Page<'_>) -> Found {
        let parts = blocks(&page.document.text, 1);
        let (again, chars) = repeated(&parts);
        first_above([
            (
                "gopher/repetition-lines/count",
                share(again, parts.len()),
                self.max_share,
            ),
            (
                "gopher/repetition-lines/characters",
                share_of_text(chars, page),
                self.max_char_share,
            ),
        ])
    }
}

impl TopNgrams {
    pub(super) fn measure(&self, page: &Page<'_>) -> Found {
        let words = page.words();
        [
            ("gopher/repetition-top-ngrams/2", 2, self.max_char_share_2),
            ("gopher/repetition-top-ngrams/3", 3, self.max_char_share_3),
            ("gopher/repetition-top-ngrams/4", 4, self.max_char_share_4),
        ]
        .into_iter()
        .find_map(|(name, n, max)| {
            let share = share_of_text(top_phrase(words, n), page);
            (share > max).then_some((name, share))
        })
    }
}

impl DuplicateNgrams {
    pub(super) fn measure(&self, page: &Page<'_>) -> Found {
        let words = page.words();
        let chars: Vec<usize> = words.iter().map(|word| word.chars().count()).collect();
        [
            (
                "gopher/repetition-duplicate-ngrams/5",
                5,
                self.max_char_share_5,
            ),
            (
                "gopher/repetition-duplicate-ngrams/6",
                6,
                self.max_char_share_6,
            ),
            (
                "gopher/repetition-duplicate-ngrams/7",
                7,
                self.max_char_share_7,
            ),
            (
                "gopher/repetition-duplicate-ngrams/8",
                8,
                self.max_char_share_8,
            ),
            (
                "gopher/repetition-duplicate-ngrams/9",
                9,
                self.max_char_share_9,
            ),
            (
                "gopher/repetition-duplicate-ngrams/10",
                10,
                self.max_char_share_10,
            ),
        ]
        .into_iter()
        .find_map(|(name, n, max)| {
            let share = share_of_text(duplicate_phrases(words, &chars, n), page);
            (share > max).then_some((name, share))
        })
    }
}

fn first_above<const N: usize>(found: [(&'static str, f32, f32); N]) -> Found {
    let above = found.into_iter().find(|(_, share, max)| share > max);
    above.map(|(name, share, _)| (name, share))
}

fn share_of_text(chars: usize, page: &Page<'_>) -> f32 {
    share(chars, page.document.text.chars().count())
}

/// The text cut at runs of at least `ends` line feeds; a text that begins or ends with one has an empty part there.
fn blocks(text: &str, ends: usize) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut at) = (0, 0);
    while let Some(found) = text[at..].find('\n') {
        let from = at + found;
        let run = text[from..].len() - text[from..].trim_start_matches('\n').len();
        at = from + run;
        if run >= ends {
            parts.push(&text[start..from]);
            start = at;
        }
    }
    parts.push(&text[start..]);
    parts
}

/// How many parts stand among the ones before them, and their characters.
pub(super) fn repeated(parts: &[&str]) -> (usize, usize) {
    let mut seen = HashSet::new();
    let again = parts.iter().filter(|part| !seen.insert(**part));
    again.fold((0, 0), |(count, chars), part| {
        (count + 1, chars + part.chars().count())
    })
}

/// Characters that the most frequent phrase of `n` words has in all its places, a blank between its words; among equally
/// frequent ones the first counts, as published.
fn top_phrase(words: &[&str], n: usize) -> usize {
    let mut counts: HashMap<&[&str], (usize, usize)> = HashMap::new();
    for (i, phrase) in words.windows(n).enumerate() {
        counts.entry(phrase).or_insert((0, i)).0 += 1;
    }
    let top = counts
        .into_iter()
        .max_by_key(|(_, (count, first))| (*count, usize::MAX - first));
    top.map_or(0, |(phrase, (count, _))| {
        let chars: usize = phrase.iter().map(|word| word.chars().count()).sum();
        count * (chars + n - 1)
    })
}

/// Characters of phrases of `n` words that stand in the text before; they do not overlap.
fn duplicate_phrases(words: &[&str], chars: &[usize], n: usize) -> usize {
    let mut seen: HashSet<u64> = HashSet::new();
    let (mut at, mut total) = (0, 0);
    while let Some(phrase) = words.get(at..at + n) {
        // Published as the words without what parts them; a hash of it is enough to tell two phrases of a page apart.
        let mut hash = DefaultHasher::new();
        phrase.iter().for_each(|word| hash.write(word.as_bytes()));
        if seen.insert(hash.finish()) {
            at += 1;
        } else {
            total += chars.iter().skip(at).take(n).sum::<usize>();
            at += n;
        }
    }
    total
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repetition_is_counted_as_published() {
        assert_eq!(blocks("a\nb\n\n\nc", 2), ["a\nb", "c"]);
        assert_eq!(blocks("\na\n\nb\n", 1), ["", "a", "b", ""]);
        assert_eq!(repeated(&["ab", "c", "ab", "ab"]), (2, 4));
        let words: Vec<&str> = "a b a b c".split(' ').collect();
        assert_eq!(top_phrase(&words, 2), 6);
        assert_eq!(top_phrase(&words, 9), 0);
        let words: Vec<&str> = "one two three one two three one".split(' ').collect();
        let chars: Vec<usize> = words.iter().map(|word| word.len()).collect();
        assert_eq!(duplicate_phrases(&words, &chars, 3), 11);
    }
}
