//! How often each is right, over the languages that it knows, beside how often ours is on the same lines.

use std::collections::HashMap;

use cleanfilter::Language;

use crate::lines::Line;
use crate::peers::{Answer, Peer};

/// A peer's figures.
pub struct Accuracy {
    /// The peer.
    pub name: &'static str,
    /// Languages of the corpus that it named at least once: those that it knows.
    pub languages: usize,
    /// Percent of the lines in them that it names rightly, each language counting alike.
    pub its: f64,
    /// The same of ours.
    pub ours: f64,
}

/// Asks every peer about up to `most` lines of each language; the first peer is ours.
pub fn measure(peers: &[Peer], lines: &[Line], most: usize) -> Vec<Accuracy> {
    let mut known: Vec<Language> = lines.iter().map(|line| line.language).collect();
    known.sort();
    known.dedup();
    // The languages take turns, so this is some of each.
    let lines = &lines[..lines.len().min(most * known.len())];
    let answers: Vec<Vec<Vec<Language>>> = peers
        .iter()
        .map(|peer| {
            lines
                .iter()
                .map(|line| meant(peer.identify(line.text()), &known))
                .collect()
        })
        .collect();
    let figures = |(peer, answers_of): (&Peer, &Vec<Vec<Language>>)| {
        let mut its = HashMap::<Language, [u32; 3]>::new();
        for ((line, answer), ours) in lines.iter().zip(answers_of).zip(&answers[0]) {
            let counts = its.entry(line.language).or_default();
            counts[0] += 1;
            counts[1] += u32::from(answer.contains(&line.language));
            // What the peer has one name for, ours need not tell apart: Chinese in either script, a macrolanguage.
            let alike = |l: &Language| {
                *l == line.language || peer.name != peers[0].name && l.same_language(&line.language)
            };
            counts[2] += u32::from(ours.iter().any(alike));
        }
        its.retain(|language, _| answers_of.iter().any(|answer| answer.contains(language)));
        let mean = |which: usize| {
            100.0
                * its
                    .values()
                    .map(|c| f64::from(c[which]) / f64::from(c[0]))
                    .sum::<f64>()
                / its.len() as f64
        };
        Accuracy {
            name: peer.name,
            languages: its.len(),
            its: mean(1),
            ours: mean(2),
        }
    };
    peers.iter().zip(&answers).map(figures).collect()
}

/// The languages of the corpus that an answer may mean.
fn meant(answer: Option<Answer>, known: &[Language]) -> Vec<Language> {
    answer
        .and_then(|answer| Language::parse(&answer.code(), known).ok())
        .unwrap_or_default()
}
