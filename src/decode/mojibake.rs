//! Text that was UTF-8, was read in another encoding, and was written again as UTF-8: `CafÃ©`.
//!
//! A line is such when every character beyond ASCII is part of a sequence that is UTF-8 once it is put back into bytes, and
//! when the line reads better so. It may have happened more than once.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::sync::OnceLock;

use super::encoding::Encoding;
use super::readable;
use super::readings;

/// Encodings that UTF-8 is read in by mistake: the defaults of Windows, DOS and the Macintosh. windows-1252 stands for
/// Latin-1 as well, whose controls it leaves as they are.
const MISTAKEN: &[&str] = &[
    "windows-1252",
    "windows-1251",
    "windows-1250",
    "windows-1254",
    "macintosh",
    "cp437",
    "cp850",
    "cp852",
    "ibm866",
    "windows-1253",
    "windows-1257",
    "windows-1255",
    "windows-1256",
    "iso-8859-2",
    "iso-8859-15",
    "koi8-r",
    "x-mac-cyrillic",
];
/// What the mended line must gain, in sixteenths of a nat: a word that is mojibake by accident gains less.
const GAIN: u32 = 5 * 16;
/// Characters mended for each that cannot be, at least. A text about mojibake has the right character beside the wrong ones.
const MENDED_PER_LEFT: usize = 8;
/// How often a text is put back at most; twice is seen in crawls.
const ROUNDS: usize = 3;

/// Which byte each character came from.
struct Mistake {
    encoding: Encoding,
    bytes: HashMap<char, u8>,
}

fn mistakes() -> &'static [Mistake] {
    static MISTAKES: OnceLock<Vec<Mistake>> = OnceLock::new();
    MISTAKES.get_or_init(|| {
        let laid = readings::readings().single_byte.iter();
        let known = MISTAKEN
            .iter()
            .filter_map(|label| Encoding::for_label(label));
        let find = |encoding: Encoding| laid.clone().find(|single| single.encoding == encoding);
        let mistake = |encoding| {
            let chars = find(encoding)?.chars.iter().zip(0..=u8::MAX);
            // Bytes that mean nothing in it are left as controls by most programs.
            let mut bytes: HashMap<char, u8> =
                (0x80..=0xff).map(|byte| (char::from(byte), byte)).collect();
            bytes.retain(|c, _| *c < '\u{a0}');
            bytes.extend(
                chars
                    .filter(|(c, byte)| **c != '\u{fffd}' && *byte >= 0x80)
                    .map(|(c, byte)| (*c, byte)),
            );
            Some(Mistake { encoding, bytes })
        };
        known.filter_map(mistake).collect()
    })
}

/// A line as it was meant, and the encoding that it was read in by mistake; `None` where it is as it was meant.
pub(crate) fn mend(line: &str) -> Option<(String, &'static str)> {
    let mut mended: Cow<str> = Cow::Borrowed(line);
    let mut by = None;
    for _ in 0..ROUNDS {
        let Some((better, name)) = round(&mended) else {
            break;
        };
        by = by.or(Some(name));
        mended = Cow::Owned(better);
    }
    by.map(|name| (mended.into_owned(), name))
}

/// How many lines of a text look like mojibake, by the encoding that they seem to have been read in by mistake.
///
/// ```
/// let lines = cleanfilter::decode::mojibake_lines("A letter\nLe cafÃ© de la gare\n");
/// assert_eq!(lines.into_iter().collect::<Vec<_>>(), [("windows-1252", 1)]);
/// ```
pub fn mojibake_lines(text: &str) -> BTreeMap<&'static str, u64> {
    let mut lines = BTreeMap::new();
    for (_, by) in text.lines().filter_map(mend) {
        *lines.entry(by).or_default() += 1;
    }
    lines
}

fn round(line: &str) -> Option<(String, &'static str)> {
    if line.is_ascii() {
        return None;
    }
    let candidates = mistakes()
        .iter()
        .filter_map(|mistake| Some((put_back(line, &mistake.bytes)?, mistake.encoding.name())));
    let weighed = candidates.map(|(text, name)| (readable::cost_beyond_ascii(&text), text, name));
    let (cost, text, name) = weighed.min_by_key(|(cost, ..)| *cost)?;
    (cost + GAIN <= readable::cost_beyond_ascii(line)).then_some((text, name))
}

/// The line with its sequences put back into bytes and read as UTF-8; `None` where there are none, or too much is left.
fn put_back(line: &str, bytes: &HashMap<char, u8>) -> Option<String> {
    let mut out = String::with_capacity(line.len());
    let (mut mended, mut left) = (0, 0);
    let mut rest = line.chars();
    while let Some(c) = rest.next() {
        if c.is_ascii() {
            out.push(c);
            continue;
        }
        match sequence(c, rest.as_str(), bytes) {
            Some((meant, used)) => {
                out.push(meant);
                mended += 1;
                rest.by_ref().take(used).for_each(drop);
            }
            None => {
                out.push(c);
                left += 1;
            }
        }
    }
    (mended > 0 && left * MENDED_PER_LEFT <= mended).then_some(out)
}

/// The character that `first` and what follows it were bytes of, and how many characters follow in it.
fn sequence(first: char, rest: &str, bytes: &HashMap<char, u8>) -> Option<(char, usize)> {
    let lead = *bytes.get(&first)?;
    let length = match lead {
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf4 => 4,
        _ => return None,
    };
    let mut sequence = vec![lead];
    for c in rest.chars().take(length - 1) {
        sequence.push(*bytes.get(&c)?);
    }
    let meant = std::str::from_utf8(&sequence).ok()?.chars().next()?;
    Some((meant, length - 1))
}
