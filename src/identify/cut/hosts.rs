//! The document's own languages.

use crate::document::Guess;
use crate::identify::Language;
use crate::identify::ngram::{Label, Ngram};

use super::prior::same;
use super::verify::Look;

/// Share of the letters that makes a second language the document's own where it has several paragraphs: a page in two
/// languages gives each a good part, a stray stretch is shorter.
pub(super) const MIN_SHARE: f32 = 0.25;

/// The same where it has one.
const MIN_SHARE_OF_ONE: f32 = 0.4;

/// Nats a word by which a paragraph must speak for another language before it counts for it: a paragraph that is half
/// in one and half in the other does not reach it.
pub(super) const MIN_MARGIN: f32 = 1.2;

/// Letters of the hosts' scripts in a paragraph of another script, as a share of that script's: with more, it is a
/// paragraph of both.
const MAX_OWN_LETTERS: f32 = 0.2;

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
            let least = if paragraphs > 1 {
                MIN_SHARE
            } else {
                MIN_SHARE_OF_ONE
            };
            letters as f32 >= least * all as f32
        })
        .map(|f| f.0)
        .collect()
}

/// The language of a paragraph that as a whole is in none of the hosts.
fn foreign(ngram: &Ngram, hosts: &[Label], look: &Look) -> Option<Label> {
    let (label, margin) = look.best?;
    let own = hosts
        .iter()
        .any(|h| same(ngram.language(*h), ngram.language(label)));
    let far = match look.host {
        Some(_) => !own && margin >= MIN_MARGIN * look.words as f32,
        None => (look.own_letters as f32) < MAX_OWN_LETTERS * look.letters as f32,
    };
    far.then_some(label)
}
