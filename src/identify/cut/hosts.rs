//! The document's own languages.

use crate::document::Guess;
use crate::identify::Language;
use crate::identify::ngram::{Label, Ngram};

use super::prior::rarity;
use super::verify::Look;

/// Share of the letters that makes a second language the document's own: a page in two languages gives each a good
/// part, a stray stretch is shorter.
const MIN_SHARE: f32 = 0.25;

/// Paragraphs of a second language: one alone, however long, may be a stray.
const MIN_PARAGRAPHS: usize = 3;

/// Nats a word by which a paragraph must speak for another language before it counts for it.
const MIN_MARGIN: f32 = 0.5;

/// The languages that are kept, as places of the table: those asked for, else the document's.
pub(super) fn first(ngram: &Ngram, document: Option<Guess>, kept: &[Language]) -> Vec<Label> {
    if kept.is_empty() {
        document
            .and_then(|g| ngram.label(g.language))
            .into_iter()
            .collect()
    } else {
        kept.iter().filter_map(|l| ngram.label(*l)).collect()
    }
}

/// Further languages of a document: those of a good share of it, in several paragraphs.
pub(super) fn further(ngram: &Ngram, hosts: &[Label], looks: &[Look]) -> Vec<Label> {
    let all: usize = looks.iter().map(|l| l.letters).sum();
    let mut found: Vec<(Label, usize, usize)> = Vec::new();
    for look in looks {
        let Some(label) = foreign(ngram, hosts, look) else {
            continue;
        };
        match found.iter_mut().find(|f| f.0 == label) {
            Some(f) => {
                f.1 += look.letters;
                f.2 += 1;
            }
            None => found.push((label, look.letters, 1)),
        }
    }
    found
        .into_iter()
        .filter(|&(_, letters, paragraphs)| {
            letters as f32 >= MIN_SHARE * all as f32 && paragraphs >= MIN_PARAGRAPHS
        })
        .map(|f| f.0)
        .collect()
}

/// The language of a paragraph that as a whole is in none of the hosts.
fn foreign(ngram: &Ngram, hosts: &[Label], look: &Look) -> Option<Label> {
    let tally = look.tally.as_ref()?;
    let host = hosts
        .iter()
        .filter(|h| h.group == tally.group)
        .map(|h| tally.nats(*h))
        .reduce(f32::max);
    let Some(host) = host else {
        return tally.best(None).map(|b| b.0);
    };
    let (label, nats) = look
        .rivals
        .iter()
        .filter(|r| r.group == tally.group)
        .map(|r| (*r, tally.nats(*r) - rarity(ngram.language(*r))))
        .max_by(|a, b| a.1.total_cmp(&b.1))?;
    (nats - host >= MIN_MARGIN * tally.words as f32).then_some(label)
}
