//! What words are learnt from: labelled lines, and phrases of programs.

use cleanfilter::judge::boilerplate::columns::Page as Measures;
use cleanfilter::judge::boilerplate::kinds::Kind;
use cleanfilter::judge::boilerplate::line::{self, Line};
use cleanfilter::judge::boilerplate::page::{Knowledge, Lines, SHORT};
use cleanfilter::judge::boilerplate::words;

use super::data::{Page, number};
use super::fit::language;
use super::grow_kinds::Phrase;
use super::linear::Example;

/// What is learnt from words: of their own line, and of the lines after.
pub struct Examples {
    pub own: Vec<Example>,
    pub follow: Vec<Example>,
}

impl Examples {
    /// Those of a page.
    pub fn of(page: &Page, lines: &mut Lines) -> Examples {
        let know = Knowledge::default();
        lines.measure(&page.text, &page.lines, know, &mut Measures::default());
        Examples {
            own: own(page, lines),
            follow: short(page, lines),
        }
    }
}

/// The labelled lines of a page, as the phrase model sees them.
fn own(page: &Page, lines: &Lines) -> Vec<Example> {
    let site = number(&page.site) as u32;
    let kept = page.kept_tokens().max(1.0);
    let n = page.lines.len() as f32;
    let mut out = Vec::new();
    for (i, wanted) in page.wanted.iter().enumerate() {
        let Some(wanted) = *wanted else {
            continue;
        };
        let Some(features) = distinct(lines.features(i)) else {
            continue;
        };
        let weight = (page.tokens[i] / kept).min(0.2) * 2.0 + 2.0 / n;
        out.push(Example {
            features,
            wanted: wanted as u8 as f32,
            weight: weight.min(1.0),
            site,
            program: false,
        });
    }
    out
}

/// Lines after a short one that it may speak of, and their words at most.
const FOLLOWING: (usize, f32) = (24, 300.0);

/// The short lines of a page, each with the share that is wanted of the lines after it.
fn short(page: &Page, lines: &Lines) -> Vec<Example> {
    let site = number(&page.site) as u32;
    let mut out = Vec::new();
    for (i, l) in lines.lines.iter().enumerate() {
        if l.units >= SHORT || l.visible == 0 {
            continue;
        }
        let (mut all, mut wanted) = (0.0, 0.0);
        let (most_lines, most_words) = FOLLOWING;
        for j in (i + 1..page.lines.len()).take(most_lines) {
            let Some(w) = page.wanted[j] else { continue };
            let mass = (page.tokens[j] + 0.5).min(60.0);
            all += mass;
            wanted += if w { mass } else { 0.0 };
            if all > most_words {
                break;
            }
        }
        if all == 0.0 {
            continue;
        }
        let Some(features) = distinct(lines.features(i)) else {
            continue;
        };
        out.push(Example {
            features,
            wanted: wanted / all,
            weight: (8.0 / page.lines.len() as f32).min(1.0) * (all / most_words).min(1.0),
            site,
            program: false,
        });
    }
    out
}

/// The features of a line.
fn features(line: &Line, words: &[u32]) -> Vec<u32> {
    let mut features = Vec::new();
    words::features(line, words, &mut features);
    features
}

/// Features, each once; `None` where there are none.
fn distinct(features: &[u32]) -> Option<Vec<u32>> {
    let mut features = features.to_vec();
    features.sort_unstable();
    features.dedup();
    (!features.is_empty()).then_some(features)
}

/// The features of phrases.
pub fn said(phrases: &[Phrase]) -> Vec<(Kind, u64, Vec<u32>)> {
    let mut arena = line::Arena::default();
    phrases
        .iter()
        .map(|p| {
            arena.words.clear();
            let l = line::read(&p.text, 0..p.text.len(), &mut arena);
            let features = features(&l, &arena.words);
            (p.kind, language(&p.language) as u64, features)
        })
        .collect()
}

/// The features of each line that has a label.
pub fn line_words(pages: &[&Page], labels: &[&[Option<Kind>]]) -> Vec<Vec<Vec<u32>>> {
    let mut arena = line::Arena::default();
    pages
        .iter()
        .zip(labels)
        .map(|(page, labels)| {
            (0..page.lines.len())
                .map(|i| {
                    if labels.get(i).is_none_or(|l| l.is_none()) {
                        return Vec::new();
                    }
                    arena.words.clear();
                    let l = line::read(&page.text, page.lines[i].clone(), &mut arena);
                    features(&l, &arena.words)
                })
                .collect()
        })
        .collect()
}
