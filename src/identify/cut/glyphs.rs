//! What characters and runs of them are: marks that end, pause, open and close; addresses; the case of letters.

use crate::unicode::is_alphabetic;

/// The case of a token's letters.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Case {
    /// No letters, or of a script without case.
    None,
    /// The first is small, and there are more than four.
    Small,
    /// The first is small, and there are at most four: articles, prepositions; or there is one.
    Short,
    /// The first is a capital.
    Capital,
    /// All are capitals, and there are several.
    Capitals,
}

impl Case {
    /// Of a token.
    pub fn of(token: &str) -> Case {
        let mut letters = token.chars().filter(|c| is_alphabetic(*c));
        let Some(first) = letters.next() else {
            return Case::None;
        };
        let (mut count, mut small) = (1, first.is_lowercase());
        for c in letters {
            count += 1;
            small |= c.is_lowercase();
        }
        match (first.is_uppercase(), first.is_lowercase()) {
            (true, _) if small => Case::Capital,
            (true, _) if count == 1 => Case::Short,
            (true, _) => Case::Capitals,
            (_, true) if count <= 4 => Case::Short,
            (_, true) => Case::Small,
            _ => Case::None,
        }
    }
}

/// Addresses, tags, identifiers, assignments.
pub(super) fn is_address(token: &str) -> bool {
    let bytes = token.as_bytes();
    let sign = |b: &u8| SIGNS.contains(b);
    let signs = || {
        bytes.iter().enumerate().any(|(i, b)| match b {
            b':' => bytes[i..].starts_with(b"://") || bytes[i..].starts_with(b"::"),
            b'(' => bytes[i..].starts_with(b"()"),
            b'w' => bytes[i..].starts_with(b"www."),
            _ => sign(b),
        })
    };
    signs()
        || token.starts_with('/') && token.len() > 2
        || token.starts_with('-') && bytes.get(1).is_some_and(u8::is_ascii_lowercase)
        || bytes.contains(&b'.') && is_domain(token)
}

/// What stands in addresses, markup and code alone.
const SIGNS: &[u8] = b"@<={}\\_`";

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

/// Ends a sentence.
pub(super) fn is_stop(c: char) -> bool {
    is(c, STOP)
}

/// Ends a part of a sentence, or stands between items.
pub(super) fn is_pause(c: char) -> bool {
    is(c, PAUSE)
}

/// Stands before an item.
pub(super) fn is_bullet(c: char) -> bool {
    is(c, BULLET)
}

/// Punctuation of scripts without spaces, after which a token ends.
pub(super) fn is_wide_stop(c: char) -> bool {
    is(c, WIDE_STOP)
}

/// Opens a quotation, a bracket or a sentence.
pub(super) fn is_opening(c: char) -> bool {
    is(c, OPENING)
}

/// Closes a quotation or a bracket.
pub(super) fn is_closing(c: char) -> bool {
    is(c, CLOSING)
}

const STOP: u8 = 1;
const PAUSE: u8 = 2;
const BULLET: u8 = 4;
const WIDE_STOP: u8 = 8;
const OPENING: u8 = 16;
const CLOSING: u8 = 32;

/// The marks of each kind.
const MARKS: [(u8, &str); 6] = [
    (STOP, ".!?…。！？।॥؟۔።։‼⁉"),
    (PAUSE, ",;:–—-|•·/>»、，；：｜،؛›■►"),
    (BULLET, "–—-|•·/>›■►&+"),
    (WIDE_STOP, "。！？、，；：．｜"),
    (OPENING, "([{\"“„«‹「『《〈（【‘¿¡"),
    (CLOSING, "\"”’»)]}」』》〉）】'›“"),
];

/// The kinds of each character of ASCII, a bit each.
static ASCII: [u8; 128] = {
    let mut kinds = [0; 128];
    let mut k = 0;
    while k < MARKS.len() {
        let (kind, marks) = (MARKS[k].0, MARKS[k].1.as_bytes());
        let mut i = 0;
        while i < marks.len() {
            if marks[i] < 128 {
                kinds[marks[i] as usize] |= kind;
            }
            i += 1;
        }
        k += 1;
    }
    kinds
};

#[inline(always)]
fn is(c: char, kind: u8) -> bool {
    match ASCII.get(c as usize) {
        Some(kinds) => kinds & kind != 0,
        None => is_wide(c, kind),
    }
}

#[cold]
fn is_wide(c: char, kind: u8) -> bool {
    MARKS
        .iter()
        .any(|(k, marks)| *k == kind && marks.contains(c))
}
