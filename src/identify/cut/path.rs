//! The best way through a paragraph: which tokens are the hosts', which a rival's.

use std::ops::Range;

use super::token::{Border, Token};

/// A run of tokens in one state.
#[derive(Clone, Debug)]
pub(super) struct Stretch {
    /// Tokens.
    pub tokens: Range<usize>,
    /// State: below the number of hosts a host, else a rival.
    pub state: usize,
}

/// Nats that a change of language costs at a border: the likelier a stray begins or ends there, the less.
pub(super) fn cost(border: Border) -> f32 {
    match border {
        Border::Edge => 0.5,
        Border::Sentence => 1.5,
        Border::Clause | Border::Script => 2.0,
        Border::Capital => 3.5,
        Border::Gap => 4.5,
        Border::Glued => 6.0,
    }
}

/// Nats against one stray right after another: what looks so is mostly one, in the language of both.
const BETWEEN: f32 = 4.0;

/// Nats that a word costs in a stray: a word as likely on either side of its edge is the host's.
pub(super) const PRICE: f32 = 0.3;

/// Runs of tokens, in order, that together weigh most; `against` holds what each state costs to enter.
pub(super) fn best(tokens: &[Token], hosts: usize, against: &[f32]) -> Vec<Stretch> {
    let states = against.len();
    let mut score: Vec<f32> = (0..states)
        .map(|s| {
            if s < hosts {
                0.0
            } else {
                -cost(Border::Edge) - against[s]
            }
        })
        .collect();
    let mut from: Vec<u8> = Vec::with_capacity(tokens.len() * states);
    let mut next = vec![0.0; states];
    for (i, token) in tokens.iter().enumerate() {
        let change = if i == 0 { 0.0 } else { cost(token.before) };
        for s in 0..states {
            let (mut best, mut came) = (score[s], s);
            if i > 0 {
                for (p, before) in score.iter().enumerate().filter(|&(p, _)| p != s) {
                    let between_hosts = p < hosts && s < hosts;
                    let rivals = p >= hosts && s >= hosts;
                    let way = before
                        - change * if rivals { 2.0 } else { 1.0 }
                        - if rivals { BETWEEN } else { 0.0 }
                        - if between_hosts { 0.0 } else { against[s] };
                    if way > best {
                        (best, came) = (way, p);
                    }
                }
            }
            next[s] = best + token.nats.get(s).copied().unwrap_or(0.0)
                - if s < hosts { 0.0 } else { PRICE * token.words };
            from.push(came as u8);
        }
        std::mem::swap(&mut score, &mut next);
    }
    let mut state = (0..states)
        .max_by(|&a, &b| score[a].total_cmp(&score[b]).then(b.cmp(&a)))
        .unwrap_or(0);
    let mut out: Vec<Stretch> = Vec::new();
    for i in (0..tokens.len()).rev() {
        match out.last_mut() {
            Some(last) if last.state == state => last.tokens.start = i,
            _ => out.push(Stretch {
                tokens: i..i + 1,
                state,
            }),
        }
        state = from.get(i * states + state).map_or(0, |&s| s as usize);
    }
    out.reverse();
    out
}
