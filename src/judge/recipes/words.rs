//! Words as the recipes count them: white space parts them, and punctuation at their edges is a word of its own.
//!
//! The published implementations take the words of English from spaCy's tokeniser, and some thresholds (a share of words
//! with a letter in them, a mean length) depend on what it calls a word. This is that tokeniser's published behaviour,
//! written anew: marks are taken off a word's edges one by one, until an exception (`Mr.`, `don't`) or nothing is left
//! to take; what remains is an address, or is cut at the marks inside it.

use super::characters::{
    ends_sentence, is_icon, is_letter, is_lower, is_punctuation, is_space, is_upper,
};
use super::contractions;

/// The words of a text.
pub(in crate::judge) fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::with_capacity(text.len() / 5);
    text.split(is_space)
        .filter(|chunk| !chunk.is_empty())
        .for_each(|chunk| split(chunk, &mut words));
    words
}

/// How many sentences a line has: one ends at a word that is an end mark, and the marks behind it go with it.
pub(super) fn sentences(line: &str) -> usize {
    let (mut count, mut any, mut ended) = (0, false, false);
    for word in words(line) {
        let mut chars = word.chars();
        let ends = chars.next().is_some_and(ends_sentence) && chars.next().is_none();
        if ended && !ends && !word.chars().all(is_punctuation) {
            count += 1;
            ended = false;
        }
        ended |= ends;
        any = true;
    }
    count + usize::from(any)
}

/// Cuts what stands between white space.
fn split<'a>(chunk: &'a str, words: &mut Vec<&'a str>) {
    let mut rest = chunk;
    let mut behind: Vec<&str> = Vec::new();
    while !rest.is_empty() && contractions::pieces(rest).is_none() {
        let front = prefix(rest);
        let (mark, bare) = rest.split_at(front);
        if front > 0 && contractions::pieces(bare).is_some() {
            words.push(mark);
            rest = bare;
            break;
        }
        let back = suffix(bare);
        let (body, tail) = bare.split_at(bare.len() - back);
        if front + back == 0 {
            break;
        }
        let whole = &rest[..rest.len() - back];
        if back > 0 && contractions::pieces(whole).is_some() {
            behind.push(tail);
            rest = whole;
            break;
        }
        words.extend(Some(mark).filter(|mark| !mark.is_empty()));
        behind.extend(Some(tail).filter(|tail| !tail.is_empty()));
        rest = body;
    }
    if let Some(pieces) = contractions::pieces(rest) {
        let mut at = 0;
        for piece in pieces {
            words.extend(rest.get(at..at + piece.len()));
            at += piece.len();
        }
    } else if is_address(rest) {
        words.push(rest);
    } else {
        cut_inside(rest, words);
    }
    words.extend(behind.into_iter().rev());
}

/// Marks that are words of their own at either edge of a word.
fn is_edge(c: char) -> bool {
    "…,:;!?¿؟¡()[]{}<>_#*&。？！，、；：～·।،۔؛٪\"'”“`‘´’‚„»«「」『』（）〔〕【】《》〈〉〈〉⟦⟧"
        .contains(c)
        || is_icon(c)
}

fn is_quote(c: char) -> bool {
    ",\"'”“`‘´’‚„»«「」『』（）〔〕【】《》〈〉〈〉⟦⟧".contains(c)
}

fn is_currency(c: char) -> bool {
    matches!(c, '$' | '£' | '¥' | '฿' | '﷼' | '\u{20A0}'..='\u{20BF}')
}

/// Bytes of the mark before a word.
fn prefix(word: &str) -> usize {
    let mut chars = word.chars();
    let Some(c) = chars.next() else { return 0 };
    let next = chars.next();
    match c {
        _ if c.is_ascii_alphanumeric() => ["US$", "C$", "A$"]
            .iter()
            .find(|sign| word.starts_with(**sign))
            .map_or(0, |sign| sign.len()),
        '+' => usize::from(!next.is_some_and(|c| c.is_ascii_digit())),
        '.' if next == Some('.') => word.len() - word.trim_start_matches('.').len(),
        '§' | '%' | '=' | '—' | '–' => c.len_utf8(),
        _ if is_edge(c) || is_currency(c) => c.len_utf8(),
        _ => 0,
    }
}

/// What may stand right behind a number and is a word of its own.
const UNITS: &str = "km km² km³ m m² m³ dm dm² dm³ cm cm² cm³ mm mm² mm³ ha µm nm yd in ft kg g mg µg t lb oz m/s km/h \
    kmh mph hPa Pa mbar mb MB kb KB gb GB tb TB T G M K % км км² км³ м м² м³ дм см мм нм кг г мг м/с км/ч кПа Па мбар \
    Кб КБ кб Мб МБ мб Гб ГБ гб Тб ТБ US$ C$ A$";

/// Bytes of the mark behind a word.
fn suffix(word: &str) -> usize {
    let mut chars = word.chars().rev();
    let Some(c) = chars.next() else { return 0 };
    let before = chars.next();
    let after_digit =
        |size: usize| word[..word.len() - size].ends_with(|c: char| c.is_ascii_digit());
    match c {
        '.' if before == Some('.') => word.len() - word.trim_end_matches('.').len(),
        '.' => {
            let long = before.is_some_and(|b| {
                b.is_ascii_digit()
                    || is_lower(b)
                    || is_edge(b) && !is_icon(b)
                    || "%²-+|".contains(b)
            });
            let capitals = before.is_some_and(is_upper) && chars.next().is_some_and(is_upper);
            usize::from(long || capitals)
        }
        's' | 'S' if matches!(before, Some('\'' | '’')) => 1 + before.map_or(0, char::len_utf8),
        '…' if before == Some('…') => 2 * c.len_utf8(),
        '—' | '–' => c.len_utf8(),
        '+' => usize::from(after_digit(1)),
        _ if is_edge(c) => c.len_utf8(),
        _ if is_currency(c) && after_digit(c.len_utf8()) => c.len_utf8(),
        _ => {
            // Few words have a digit, and fewer end in a unit behind one.
            if !word.bytes().any(|b| b.is_ascii_digit()) {
                return 0;
            }
            let units = UNITS
                .split_whitespace()
                .filter(|unit| word.ends_with(*unit));
            let units = units.map(str::len).filter(|size| after_digit(*size));
            units.max().unwrap_or(0)
        }
    }
}

/// Whether a word is an address: `example.org`, `https://example.org/a`, `a@example.org`.
fn is_address(word: &str) -> bool {
    if !word.contains('.') {
        return false;
    }
    let of_scheme = |c: char| c.is_alphanumeric() || "_+-.".contains(c);
    let rest = match word.split_once("://") {
        Some((scheme, rest)) if scheme.len() >= 2 && scheme.chars().all(of_scheme) => rest,
        _ => word,
    };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or("");
    let host = authority.rsplit('@').next().unwrap_or("");
    let (host, port) = host.split_once(':').unwrap_or((host, "80"));
    let Some((labels, top)) = host.rsplit_once('.') else {
        return false;
    };
    let inner = |c: char| c.is_ascii_alphanumeric() || matches!(c, '\u{A1}'..='\u{FFFF}');
    let is_label = |label: &str| {
        label.chars().count() <= 64
            && label.starts_with(inner)
            && label.ends_with(inner)
            && label.chars().all(|c| inner(c) || matches!(c, '-' | '_'))
    };
    (2..=5).contains(&port.len())
        && port.bytes().all(|b| b.is_ascii_digit())
        && (2..=63).contains(&top.chars().count())
        && top.chars().all(is_lower)
        && labels.split('.').all(is_label)
}

/// Cuts a word at the marks inside it: `well-known` is three words, `rock.Then` is three, `3.14` is one.
fn cut_inside<'a>(word: &'a str, words: &mut Vec<&'a str>) {
    if word.bytes().all(|b| b.is_ascii_alphanumeric()) {
        words.extend(Some(word).filter(|word| !word.is_empty()));
        return;
    }
    let mut start = 0;
    let mut before: Option<char> = None;
    let mut at = 0;
    while let Some(c) = word[at..].chars().next() {
        let size = mark_inside(before, &word[at..]);
        if size == 0 {
            before = Some(c);
            at += c.len_utf8();
            continue;
        }
        // A mark at the very start of what is left stays with what follows it.
        if at > start {
            words.push(&word[start..at]);
            words.push(&word[at..at + size]);
            start = at + size;
        }
        before = word[..at + size].chars().next_back();
        at += size;
    }
    words.extend(Some(&word[start..]).filter(|word| !word.is_empty()));
}

/// Bytes of the mark that `rest` begins with, if the word is cut there.
fn mark_inside(before: Option<char>, rest: &str) -> usize {
    let mut chars = rest.chars();
    let Some(c) = chars.next() else { return 0 };
    let next = chars.next();
    if c == '.' && next == Some('.') {
        return rest.len() - rest.trim_start_matches('.').len();
    }
    if c == '…' || is_icon(c) {
        return c.len_utf8();
    }
    let Some(before) = before else { return 0 };
    let digit = before.is_ascii_digit();
    let letter_next = next.is_some_and(is_letter);
    let cut = match c {
        '+' | '-' | '*' | '^' if digit && next.is_some_and(|n| n.is_ascii_digit() || n == '-') => {
            true
        }
        '.' => {
            (is_lower(before) || is_quote(before))
                && next.is_some_and(|n| is_upper(n) || is_quote(n))
        }
        ',' => is_letter(before) && letter_next,
        '-' | '–' | '—' | '~' | ':' | '<' | '>' | '=' | '/' => {
            (digit || is_letter(before)) && letter_next
        }
        _ => false,
    };
    if cut {
        return c.len_utf8();
    }
    let double = ["--", "---", "——"]
        .into_iter()
        .filter(|dash| {
            rest.strip_prefix(*dash)
                .is_some_and(|tail| tail.starts_with(is_letter))
        })
        .map(str::len)
        .next();
    double.filter(|_| digit || is_letter(before)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_cut_as_the_recipes_cut_them() {
        for (text, expected) in [
            ("The ferry, late again.", "The|ferry|,|late|again|."),
            (
                "Mr. Lind doesn't know (yet).",
                "Mr.|Lind|does|n't|know|(|yet|)|.",
            ),
            (
                "a well-known 3.14 and 10km",
                "a|well|-|known|3.14|and|10|km",
            ),
            (
                "See www.example.org/a, please",
                "See|www.example.org/a|,|please",
            ),
            ("“It’s U.S. law…”", "“|It|’s|U.S.|law|…|”"),
            ("end.Then 5pm -- $20", "end|.|Then|5|pm|--|$|20"),
        ] {
            assert_eq!(words(text).join("|"), expected);
        }
    }

    #[test]
    fn sentences_end_at_marks_that_are_words() {
        assert_eq!(sentences("Dr. Lind left. “Why?” she asked! Nobody knew"), 4);
        assert_eq!(sentences("Wait... what?"), 1);
        assert_eq!(sentences(""), 0);
    }
}
