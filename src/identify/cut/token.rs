//! A paragraph as tokens: what stands between white space, with what its words say of a few languages.

use std::ops::Range;

use unicode_script::Script;

use crate::identify::ngram::{Label, Ngram, WordEvidence};
use crate::identify::script;

/// The most that one word may say for or against a language, in nats: no single odd word carries a stretch. A frequent
/// word of a language weighs 3 to 5.
pub(super) const MAX_NATS: f32 = 4.0;

/// Letters of a script without word spaces that weigh as one word.
const UNSPACED: usize = 3;

/// What stands between a token and the one before it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Border {
    /// The paragraph's edge.
    Edge,
    /// A sentence's end.
    Sentence,
    /// A comma, a dash, a bracket, a bullet; white space in a script that writes none.
    Clause,
    /// White space where the script changes.
    Script,
    /// White space, and a capital after it.
    Capital,
    /// White space.
    Gap,
    /// Nothing: the script changes.
    Glued,
}

impl Border {
    /// Whether a sentence runs on over it.
    pub fn inner(self) -> bool {
        matches!(
            self,
            Border::Gap | Border::Capital | Border::Script | Border::Glued
        )
    }
}

/// The case of a token's letters.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Case {
    /// No letters, or of a script without case.
    None,
    /// The first is small, and there are more than four.
    Small,
    /// The first is small, and there are at most four: articles, prepositions.
    Short,
    /// The first is a capital.
    Capital,
    /// All are capitals, and there are several.
    Capitals,
}

/// A run between white space, or the part of one that is of one script where scripts without spaces meet others.
#[derive(Clone, Debug)]
pub(super) struct Token {
    /// Bytes of the text, without the white space before it.
    pub span: Range<usize>,
    /// What stands before it.
    pub before: Border,
    /// Words that it counts for: 1, or more for a run of a script without spaces; 0 without letter or digit.
    pub words: f32,
    /// Whether its script writes no spaces.
    pub unspaced: bool,
    /// Whether one of its words is listed: frequent in some language.
    pub listed: bool,
    /// Whether it holds letters of a script that no host is written in.
    pub alien: bool,
    /// Whether its words are in Latin letters.
    pub latin: bool,
    /// Whether it ends in a comma.
    pub comma: bool,
    /// Its letters' case.
    pub case: Case,
    /// Whether it is an address, code or markup: no words of a language.
    pub address: bool,
    /// Nats for each state: first the hosts, then the rivals, against the best host.
    pub nats: Vec<f32>,
}

/// The tokens of a stretch of text, without nats.
pub(super) fn tokens(text: &str, span: Range<usize>) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::new();
    let mut open: Option<Open> = None;
    for (i, c) in text[span.clone()].char_indices() {
        let at = span.start + i;
        if c.is_whitespace() {
            close(text, &mut open, at, &mut out);
            continue;
        }
        let kind = kind(c);
        let ends = open
            .as_ref()
            .is_some_and(|o| o.ended || matches!((o.kind, kind), (Some(a), Some(b)) if a != b));
        if ends {
            let ended = open.as_ref().is_some_and(|o| o.ended);
            if !ended || !is_closing(c) && !is_wide_stop(c) {
                close(text, &mut open, at, &mut out);
            }
        }
        let spaced = out.last().is_none_or(|t| t.span.end < at);
        let o = open.get_or_insert(Open {
            start: at,
            kind: None,
            letters: 0,
            digits: false,
            ended: false,
            glued: !spaced,
        });
        if kind.is_some() {
            o.kind = kind;
            o.letters += 1;
        }
        o.digits |= c.is_numeric();
        o.ended = is_wide_stop(c) || o.ended && is_closing(c);
    }
    close(text, &mut open, span.end, &mut out);
    out
}

struct Open {
    start: usize,
    /// Whether its letters are of a script without spaces.
    kind: Option<bool>,
    letters: usize,
    digits: bool,
    ended: bool,
    glued: bool,
}

fn close(text: &str, open: &mut Option<Open>, end: usize, out: &mut Vec<Token>) {
    let Some(o) = open.take() else { return };
    let unspaced = o.kind == Some(true);
    let address = is_address(&text[o.start..end]);
    let words = match (o.letters, unspaced) {
        _ if address => 0.0,
        (0, _) => {
            if o.digits {
                1.0
            } else {
                0.0
            }
        }
        (n, true) => n as f32 / UNSPACED as f32 * 2.0,
        _ => 1.0,
    };
    let before = match out.last() {
        None => Border::Edge,
        Some(last) if last.address != address => Border::Clause,
        Some(last) => border(
            &text[last.span.clone()],
            &text[o.start..end],
            last.unspaced && !o.glued,
            o.glued,
        ),
    };
    let case = case(&text[o.start..end]);
    out.push(Token {
        span: o.start..end,
        case,
        latin: false,
        comma: text[o.start..end].ends_with([',', '،', '、', '，']),
        before,
        words,
        unspaced,
        listed: false,
        alien: false,
        address,
        nats: Vec::new(),
    });
}

/// `Some(true)` for a letter of a script without spaces, `Some(false)` for another, `None` for what is no letter.
fn kind(c: char) -> Option<bool> {
    if !c.is_alphabetic() {
        return None;
    }
    match script::script(c) {
        Script::Common | Script::Inherited | Script::Unknown => None,
        s => Some(matches!(
            s,
            Script::Han
                | Script::Thai
                | Script::Lao
                | Script::Khmer
                | Script::Myanmar
                | Script::Tibetan
        )),
    }
}

fn border(last: &str, next: &str, unspaced: bool, glued: bool) -> Border {
    let mark = |token: &str| !token.contains(char::is_alphanumeric);
    if mark(next) && !next.contains(|c| is_opening(c) || is_bullet(c)) {
        return Border::Glued;
    }
    let bare = last.trim_end_matches(is_closing);
    if mark(last) && bare.is_empty() {
        return Border::Sentence;
    }
    match bare.chars().next_back().or(last.chars().next_back()) {
        Some(c) if is_stop(c) => Border::Sentence,
        Some(c) if is_pause(c) => Border::Clause,
        _ if bare.len() < last.len()
            || next.starts_with(['(', '[', '（', '【', '¿', '¡'])
            || next.starts_with(is_pause) =>
        {
            Border::Clause
        }
        _ if glued => Border::Glued,
        _ if unspaced => Border::Clause,
        _ if next.starts_with(char::is_uppercase) => Border::Capital,
        _ => Border::Gap,
    }
}

fn case(token: &str) -> Case {
    let mut letters = token.chars().filter(|c| c.is_alphabetic());
    let Some(first) = letters.next() else {
        return Case::None;
    };
    let (mut count, mut small) = (1, first.is_lowercase());
    for c in letters {
        count += 1;
        small |= c.is_lowercase();
    }
    match (first.is_uppercase(), first.is_lowercase()) {
        (true, _) if small || count == 1 => Case::Capital,
        (true, _) => Case::Capitals,
        (_, true) if count <= 4 => Case::Short,
        (_, true) => Case::Small,
        _ => Case::None,
    }
}

/// Addresses, tags, identifiers, assignments.
fn is_address(token: &str) -> bool {
    token.contains("://")
        || token.contains("www.")
        || token.contains(['@', '<', '=', '{', '}', '\\', '_', '`'])
        || token.contains("()")
        || token.contains("::")
        || token.starts_with('/') && token.len() > 2
        || token.starts_with('-') && token.as_bytes().get(1).is_some_and(u8::is_ascii_lowercase)
        || is_domain(token)
}

/// `example.com`, `notes.txt,`: a dot between ASCII letters or digits, a few small letters after the last one.
fn is_domain(token: &str) -> bool {
    let token = token.trim_matches(|c: char| c.is_ascii_punctuation());
    token.rsplit_once('.').is_some_and(|(name, end)| {
        token.is_ascii()
            && name.len() >= 2
            && name
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'/'))
            && (2..=4).contains(&end.len())
            && end.bytes().all(|b| b.is_ascii_lowercase())
    })
}

fn is_stop(c: char) -> bool {
    matches!(
        c,
        '.' | '!'
            | '?'
            | '…'
            | '。'
            | '！'
            | '？'
            | '।'
            | '॥'
            | '؟'
            | '۔'
            | '։'
            | '።'
            | '‼'
            | '⁉'
    )
}

fn is_bullet(c: char) -> bool {
    matches!(
        c,
        '–' | '—' | '-' | '|' | '•' | '·' | '/' | '>' | '›' | '■' | '►' | '&' | '+'
    )
}

/// Punctuation of scripts without spaces, after which a token ends.
fn is_wide_stop(c: char) -> bool {
    matches!(
        c,
        '。' | '！' | '？' | '、' | '，' | '；' | '：' | '．' | '｜'
    )
}

fn is_pause(c: char) -> bool {
    matches!(
        c,
        ',' | ';'
            | ':'
            | '–'
            | '—'
            | '-'
            | '|'
            | '•'
            | '·'
            | '/'
            | '>'
            | '»'
            | '、'
            | '，'
            | '；'
            | '：'
            | '｜'
            | '，'
            | '،'
            | '؛'
            | '›'
            | '■'
            | '►'
    )
}

fn is_opening(c: char) -> bool {
    matches!(
        c,
        '(' | '['
            | '{'
            | '"'
            | '“'
            | '„'
            | '«'
            | '‹'
            | '「'
            | '『'
            | '《'
            | '〈'
            | '（'
            | '【'
            | '‘'
            | '¿'
            | '¡'
    )
}

fn is_closing(c: char) -> bool {
    matches!(
        c,
        '"' | '”'
            | '’'
            | '»'
            | ')'
            | ']'
            | '}'
            | '」'
            | '』'
            | '》'
            | '〉'
            | '）'
            | '】'
            | '\''
            | '›'
            | '“'
    )
}

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
            Some(host) => {
                let most = if word.listed || unspaced {
                    MAX_NATS
                } else {
                    UNLISTED
                };
                Scale {
                    less: host,
                    least: -MAX_NATS * weight,
                    most: most * weight,
                    add: 0.0,
                }
            }
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

    fn apply(&self, nats: f32) -> f32 {
        (nats - self.less).clamp(self.least, self.most) + self.add
    }
}

/// Nats of an address for the hosts.
const ADDRESS: f32 = 0.5;
/// Nats for a word of another script than the hosts', Latin aside.
const ALIEN: f32 = 3.0;
/// The most for a listed word in Latin letters in a text of another script.
const LATIN_MOST: f32 = 3.5;
/// What a word in Latin letters says for some language by being in Latin letters.
const LATIN_LESS: f32 = 0.5;
/// The most for a word that is not listed, told by its parts: as often a name.
const UNLISTED: f32 = 3.5;
/// The most for one that is not listed: as often a name.
const LATIN_UNLISTED: f32 = 2.5;
/// The least: it is not the host's at any rate, and stays with the words around it.
const LATIN_LEAST: f32 = 0.3;

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
