//! Grows what kinds are told by: counts of words and shapes of lines whose kind is known.

use std::collections::{BTreeMap, HashSet};

use cleanfilter::judge::boilerplate::kinds::{self, KINDS, Kind, STEPS, UNITS, WORD_UNITS};
use cleanfilter::judge::boilerplate::words::Weights;

use super::data::{Page, number};
use super::measured::Measured;
use super::{linear, softmax};

/// Phrases with their kinds: language, kind, text.
pub struct Phrase {
    pub language: String,
    pub kind: Kind,
    pub text: String,
}

/// Reads the phrases that `phrases.py` writes: more of them, from programs' translations.
pub fn read(path: &std::path::Path) -> std::io::Result<Vec<Phrase>> {
    let text = std::fs::read_to_string(path)?;
    Ok(text
        .lines()
        .filter_map(|line| {
            let mut parts = line.splitn(3, '\t');
            let (language, kind, text) = (parts.next()?, parts.next()?, parts.next()?);
            let kind = Kind::ALL.iter().copied().find(|k| k.name() == kind)?;
            Some(Phrase {
                language: language.to_string(),
                kind,
                text: text.to_string(),
            })
        })
        .collect())
}

/// The phrases that were written for this project: a row a language, the kinds in the first row.
pub fn written() -> Vec<Phrase> {
    let mut rows = include_str!("../../data/boilerplate-phrases.tsv")
        .lines()
        .filter(|l| !l.starts_with('#'));
    let kinds: Vec<Option<Kind>> = rows
        .next()
        .unwrap_or("")
        .split('\t')
        .map(|name| Kind::ALL.iter().copied().find(|k| k.name() == name))
        .collect();
    let mut phrases = Vec::new();
    for row in rows {
        let language = row.split('\t').next().unwrap_or("");
        for (kind, text) in kinds.iter().zip(row.split('\t')) {
            if let Some(kind) = *kind {
                phrases.push(Phrase {
                    language: language.to_string(),
                    kind,
                    text: text.to_string(),
                });
            }
        }
    }
    phrases
}

/// Features of a phrase of about four words.
const SHORT: usize = 11;

/// What of a kind's stickiness counts: the names that an HTML element gives its lines are more alike than lines are.
const STICK: f32 = 0.25;
/// To which power a kind counts for its rareness: menus have most lines, and would win every doubt.
const RARE: f32 = 0.45;

/// The tables: words, shapes, what it is worth to stay with a kind.
pub struct Tables {
    pub words: Vec<u8>,
    pub shapes: Vec<[i8; KINDS]>,
    pub stay: [i8; KINDS],
}

/// Grows them.
pub fn grow(
    measured: &Measured,
    labels: &[&[Option<Kind>]],
    words: &[Vec<Vec<u32>>],
    phrases: &[(Kind, u64, Vec<u32>)],
    functions: &[u8],
) -> Tables {
    let functions = Weights::new(functions);
    // A feature counts once a site and kind: what one site says on each page is said once.
    let mut seen: HashSet<(u32, u64, u8)> = HashSet::new();
    let mut counts: BTreeMap<u32, [f32; KINDS]> = BTreeMap::new();
    let mut prior = [1f32; KINDS];
    let mut stay = Stay::default();
    let mut lines = Vec::new();
    for ((page, measures), (labels, words)) in measured
        .pages
        .iter()
        .zip(&measured.measures)
        .zip(labels.iter().zip(words))
    {
        let site = number(&page.site);
        let weight = 1.0 / (page.lines.len() as f32).sqrt();
        stay.page(page, labels, weight);
        for (i, kind) in labels.iter().enumerate() {
            let Some(kind) = kind.map(|k| k as usize) else {
                continue;
            };
            prior[kind] += weight;
            for &w in &words[i] {
                if seen.insert((w, site, kind as u8)) {
                    counts.entry(w).or_default()[kind] += 1.0;
                }
            }
            let mut steps = Vec::new();
            kinds::steps(measures, i, |s| steps.push(s as u8));
            lines.push((&words[i], steps, kind, weight));
        }
    }
    let mut said = Vec::new();
    for (kind, language, words) in phrases {
        // A sentence of a notice has many words that any line may have; a short line is known by its own.
        let short = words.len() <= SHORT;
        let weight = if short { 3.0 } else { 0.7 };
        for &w in words.iter().filter(|w| functions.get(**w).is_none()) {
            if seen.insert((w, *language, *kind as u8)) {
                counts.entry(w).or_default()[*kind as usize] += weight;
            }
        }
        said.push((words, Vec::new(), *kind as usize, SAID));
    }
    let flat: Vec<f32> = prior.iter().map(|p| p.sqrt()).collect();
    let sum: f32 = flat.iter().sum();
    let share: Vec<f32> = flat.iter().map(|p| p / sum).collect();
    let known: BTreeMap<u32, Known> = counts
        .into_iter()
        .filter_map(|(feature, c)| Some((feature, known(&c, &share)?)))
        .enumerate()
        .map(|(at, (feature, known))| (feature, Known { at, ..known }))
        .collect();
    let all: f32 = prior.iter().sum();
    let lines: Vec<softmax::Line> = lines
        .into_iter()
        .chain(said)
        .map(|(words, steps, kind, weight)| softmax::Line {
            words: words
                .iter()
                .filter_map(|w| known.get(w).map(|k| k.at as u32))
                .collect(),
            steps,
            kind,
            weight: weight * (all / prior[kind]).powf(RARE),
        })
        .collect();
    let kinds: Vec<usize> = known.values().map(|k| k.kind).collect();
    let begin: Vec<f32> = known.values().map(|k| k.lift * 0.8).collect();
    let learnt = softmax::learn(&lines, &kinds, begin);
    let entries = known
        .iter()
        .zip(&learnt.words)
        .filter_map(|((f, k), nats)| {
            let strength = (nats * WORD_UNITS).round().clamp(0.0, 15.0) as u8;
            (strength > 0).then_some((*f, k.total, (k.kind as u8) << 4 | strength))
        });
    let units = |nats: f32| (nats * UNITS).round().clamp(-127.0, 127.0) as i8;
    let shapes =
        (0..STEPS).map(|step| std::array::from_fn(|kind| units(learnt.shapes[kind][step])));
    Tables {
        words: table(entries, 1 << 14),
        shapes: shapes.collect(),
        stay: stay.worth(),
    }
}

/// What a phrase without a page counts, beside a page's lines of about 0.1 each.
const SAID: f32 = 0.01;

/// A word that speaks for a kind.
struct Known {
    /// Which of all.
    at: usize,
    kind: usize,
    /// How much oftener it stands in the kind than in any line, in nats.
    lift: f32,
    /// How often it stands.
    total: f32,
}

/// The kind that a word speaks for, of how often it stands in each, and the kinds' shares.
fn known(counts: &[f32; KINDS], share: &[f32]) -> Option<Known> {
    let total: f32 = counts.iter().sum();
    if total < 2.0 {
        return None;
    }
    let (kind, lift) = (0..KINDS)
        .map(|k| {
            let lift = (counts[k] + 2.0 * share[k]) / (total + 2.0) / share[k];
            (k, lift.ln())
        })
        .max_by(|a, b| a.1.total_cmp(&b.1))?;
    Some(Known {
        at: 0,
        kind,
        lift,
        total,
    })
}

/// How often a line is of a kind behind one of that kind, and behind others.
struct Stay {
    begins: [f32; KINDS],
    behind: [f32; KINDS],
    same: [f32; KINDS],
    pairs: f32,
}

impl Default for Stay {
    fn default() -> Self {
        Stay {
            begins: [1.0; KINDS],
            behind: [1.0; KINDS],
            same: [1.0; KINDS],
            pairs: 2.0,
        }
    }
}

impl Stay {
    /// Counts the lines of a page.
    fn page(&mut self, page: &Page, labels: &[Option<Kind>], weight: f32) {
        let mut before = None;
        for (wanted, kind) in page.wanted.iter().zip(labels) {
            if *wanted == Some(true) {
                before = None;
            }
            let Some(kind) = kind.map(|k| k as usize) else {
                continue;
            };
            if before != Some(kind) {
                self.begins[kind] += weight;
            }
            if let Some(before) = before {
                self.pairs += weight;
                self.behind[before] += weight;
                if before == kind {
                    self.same[kind] += weight;
                }
            }
            before = Some(kind);
        }
    }

    /// What it is worth to stay, in the table's units.
    fn worth(&self) -> [i8; KINDS] {
        std::array::from_fn(|k| {
            let yes = self.same[k] / self.behind[k];
            let no = self.begins[k] / (self.pairs - self.behind[k]).max(1.0);
            (STICK * (yes / no).ln() * UNITS).round().clamp(0.0, 127.0) as i8
        })
    }
}

/// As [`linear::table`], the entries seen most stay.
fn table(entries: impl Iterator<Item = (u32, f32, u8)>, buckets: usize) -> Vec<u8> {
    let mut sorted: Vec<(u32, f32, u8)> = entries.collect();
    sorted.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    linear::fill(sorted.into_iter().map(|(f, _, v)| (f, v)), buckets)
}
