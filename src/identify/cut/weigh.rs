//! What a token's words say for each language against the hosts.

use crate::identify::ngram::{Label, Ngram, WordEvidence};

use super::token::{Border, Token, UNSPACED};

/// The most that one word may say for or against a language, in nats: no single odd word carries a stretch. A frequent
/// word of a language weighs 3 to 5.
pub(super) const MAX_NATS: f32 = 4.0;

/// Nats of an address for the hosts.
const ADDRESS: f32 = 0.5;
/// Nats for a word of another script than the hosts', Latin aside.
pub(super) const ALIEN: f32 = 3.0;
/// The most for a listed word in Latin letters in a text of another script.
pub(super) const LATIN_MOST: f32 = 3.5;
/// What a word in Latin letters says for some language by being in Latin letters.
const LATIN_LESS: f32 = 0.5;
/// The most for a word that is not listed, told by its parts: as often a name.
const UNLISTED: f32 = 3.5;
/// The most for one that is not listed: as often a name.
const LATIN_UNLISTED: f32 = 2.5;
/// The least: it is not the host's at any rate, and stays with the words around it.
pub(super) const LATIN_LEAST: f32 = 0.3;

/// Puts into each token what its words say for `hosts` and `rivals`.
pub(super) fn weigh(
    text: &str,
    tokens: &mut [Token],
    ngram: &Ngram,
    hosts: &[Label],
    rivals: &[Label],
) {
    let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else {
        return;
    };
    let (from, to) = (first.span.start, last.span.end);
    let states = hosts.len() + rivals.len();
    for t in tokens.iter_mut() {
        t.nats = vec![0.0; states];
    }
    let mut reader = ngram.words(&text[from..to]);
    let mut at = 0;
    while let Some(word) = reader.next() {
        let start = from + word.span.start;
        while tokens.get(at).is_some_and(|t| t.span.end <= start) {
            at += 1;
        }
        let Some(token) = tokens.get_mut(at) else {
            break;
        };
        if token.address {
            continue;
        }
        token.listed |= word.listed;
        token.latin |= word.latin();
        let host = host_nats(&word, hosts);
        token.alien |= host.is_none();
        let scale = Scale::of(&word, host, token.unspaced);
        for (slot, label) in token.nats.iter_mut().zip(hosts.iter().chain(rivals)) {
            *slot += difference(&word, *label, host, &scale);
        }
    }
    for t in tokens.iter_mut() {
        if t.address {
            // An address stays with the text that gives it.
            t.nats
                .iter_mut()
                .skip(hosts.len())
                .for_each(|n| *n = -ADDRESS);
        }
        let most = MAX_NATS * t.words.max(1.0);
        t.nats.iter_mut().for_each(|n| *n = n.clamp(-most, most));
    }
    let mut alien = None;
    for t in tokens.iter_mut().filter(|t| t.words > 0.0) {
        if alien.is_some_and(|before| before != t.alien)
            && matches!(t.before, Border::Gap | Border::Capital)
        {
            t.before = Border::Script;
        }
        alien = Some(t.alien);
    }
}

/// What the word says for the host that it suits best; `None` where no host is written in its script.
pub(super) fn host_nats(word: &WordEvidence<'_>, hosts: &[Label]) -> Option<f32> {
    hosts.iter().filter_map(|h| word.nats(*h)).reduce(f32::max)
}

/// How a word's nats for a language become its weight against the hosts: less something, within bounds, and more.
pub(super) struct Scale {
    /// Taken off first.
    pub less: f32,
    /// The least that is left.
    pub least: f32,
    /// The most that is left.
    pub most: f32,
    /// Put on at last.
    pub add: f32,
}

impl Scale {
    /// For one word; `host` as [`host_nats`] gives it.
    pub fn of(word: &WordEvidence<'_>, host: Option<f32>, unspaced: bool) -> Scale {
        let weight = if unspaced {
            (word.units as f32 / UNSPACED as f32).max(1.0)
        } else {
            1.0
        };
        match host {
            Some(host) => Scale::against(host, word.listed || unspaced, weight),
            // In Latin letters names, brands and terms stand in texts of every script: there only words that are
            // frequent in a language count.
            None if word.latin() => {
                let most = if word.listed {
                    LATIN_MOST
                } else {
                    LATIN_UNLISTED
                };
                Scale {
                    less: LATIN_LESS,
                    least: LATIN_LEAST,
                    most,
                    add: 0.0,
                }
            }
            // The script alone says that it is not the host's.
            None => Scale {
                less: 0.0,
                least: -weight,
                most: weight,
                add: ALIEN * weight,
            },
        }
    }

    /// For a word that says `host` nats for a host; of one that is no more than its parts less is believed.
    pub fn against(host: f32, is_known: bool, weight: f32) -> Scale {
        let most = if is_known { MAX_NATS } else { UNLISTED };
        Scale {
            less: host,
            least: -MAX_NATS * weight,
            most: most * weight,
            add: 0.0,
        }
    }

    fn apply(&self, nats: f32) -> f32 {
        (nats - self.less).clamp(self.least, self.most) + self.add
    }
}

/// What a word says for a language against the hosts' best, in nats.
fn difference(word: &WordEvidence<'_>, label: Label, host: Option<f32>, scale: &Scale) -> f32 {
    match word.nats(label) {
        Some(nats) => scale.apply(nats),
        // The language does not write this script, the host does.
        None if host.is_some() => -MAX_NATS,
        // Neither does: it stays with the words around it.
        None => LATIN_LEAST,
    }
}
