//! Grows what kinds are told by: counts of words and shapes of lines whose kind is known.

use std::collections::{BTreeMap, HashSet};

use cleanfilter::judge::boilerplate::kinds::{self, KINDS, Kind, STEPS, UNITS, WORD_UNITS};
use cleanfilter::judge::boilerplate::words::Weights;

use super::data::number;
use super::fit::Measured;
use super::linear;

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

/// The tables: words, shapes.
pub struct Tables {
    pub words: Vec<u8>,
    pub shapes: Vec<[i8; STEPS]>,
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
    let mut shapes = vec![[1f32; STEPS]; KINDS];
    let mut prior = [1f32; KINDS];
    for ((page, measures), (labels, words)) in measured
        .pages
        .iter()
        .zip(&measured.measures)
        .zip(labels.iter().zip(words))
    {
        let site = number(&page.site);
        for (i, kind) in labels.iter().enumerate() {
            let kind = match kind {
                Some(k) => *k,
                None => continue,
            };
            let weight = 1.0 / (page.lines.len() as f32).sqrt();
            prior[kind as usize] += weight;
            kinds::steps(measures, i, |s| shapes[kind as usize][s] += weight);
            for &w in &words[i] {
                if seen.insert((w, site, kind as u8)) {
                    counts.entry(w).or_default()[kind as usize] += 1.0;
                }
            }
        }
    }
    for (kind, language, words) in phrases {
        // A sentence of a notice has many words that any line may have; a short line is known by its own.
        let weight = if words.len() <= SHORT { 3.0 } else { 0.7 };
        for &w in words.iter().filter(|w| functions.get(**w).is_none()) {
            if seen.insert((w, *language, *kind as u8)) {
                counts.entry(w).or_default()[*kind as usize] += weight;
            }
        }
    }
    // The kinds' own shares are flattened: menus have most lines, and would win every doubt.
    let flat: Vec<f32> = prior.iter().map(|p| p.sqrt()).collect();
    let sum: f32 = flat.iter().sum();
    let share: Vec<f32> = flat.iter().map(|p| p / sum).collect();
    let entries = counts.into_iter().filter_map(|(feature, c)| {
        let total: f32 = c.iter().sum();
        if total < 2.0 {
            return None;
        }
        let (kind, lift) = (0..KINDS)
            .map(|k| (k, ((c[k] + 2.0 * share[k]) / (total + 2.0) / share[k]).ln()))
            .max_by(|a, b| a.1.total_cmp(&b.1))?;
        let strength = (lift * WORD_UNITS).round().clamp(0.0, 15.0) as u8;
        (strength >= 2).then_some((feature, total, (kind as u8) << 4 | strength))
    });
    let shapes = shapes
        .iter()
        .enumerate()
        .map(|(k, s)| {
            let mut out = [0i8; STEPS];
            let mut offset = 0;
            for (_, _, steps) in kinds::SHAPES {
                let range = offset..offset + steps as usize;
                let sum: f32 = s[range.clone()].iter().sum();
                for at in range {
                    // Measures of a shape repeat each other: each says half of what it would alone.
                    let mut nats = 0.5 * (s[at] / sum).ln();
                    if offset == 0 {
                        nats += share[k].ln();
                    }
                    out[at] = (nats * UNITS).round().clamp(-127.0, 127.0) as i8;
                }
                offset += steps as usize;
            }
            out
        })
        .collect();
    Tables {
        words: table(entries, 1 << 14),
        shapes,
    }
}

/// As [`linear::table`], the entries seen most stay.
fn table(entries: impl Iterator<Item = (u32, f32, u8)>, buckets: usize) -> Vec<u8> {
    let mut sorted: Vec<(u32, f32, u8)> = entries.collect();
    sorted.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    linear::fill(sorted.into_iter().map(|(f, _, v)| (f, v)), buckets)
}
