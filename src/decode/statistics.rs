//! The witness of statistics: which reading of the bytes looks most like text.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};

use super::encoding::Encoding;

/// Bytes that the statistics look at.
const SAMPLE_BYTES: usize = 64 << 10;

/// The encoding whose reading of `bytes` looks most like text.
pub(crate) fn best(bytes: &[u8], declared: &[Encoding]) -> (Encoding, &'static str) {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    let sample = sample(bytes);
    detector.feed(&sample, false);
    let guess = Encoding::Whatwg(detector.guess(None, Utf8Detection::Deny));
    for &encoding in declared {
        if encoding.lines_stand_alone()
            && encoding != Encoding::UTF8
            && bears_out(&sample, encoding)
        {
            return (encoding, "declaration");
        }
    }
    (guess, "statistics")
}

fn bears_out(bytes: &[u8], encoding: Encoding) -> bool {
    let mut text = String::new();
    let mut losses = super::losses::Losses::default();
    super::encoding::Machine::new(encoding).decode(bytes, 0, true, &mut text, &mut losses);
    losses.bytes <= 1
}

/// The lines that hold bytes above ASCII, up to a bound.
fn sample(bytes: &[u8]) -> Vec<u8> {
    let mut sample = Vec::new();
    for line in bytes
        .split_inclusive(|&b| b == b'\n')
        .filter(|line| !line.is_ascii())
    {
        let room = SAMPLE_BYTES - sample.len();
        sample.extend_from_slice(line.get(..room).unwrap_or(line));
        if sample.len() == SAMPLE_BYTES {
            break;
        }
    }
    sample
}

/// Whether bytes that break UTF-8 read well as windows-1252 between the characters that stand beside them.
pub(crate) fn stray_reads_well(before: Option<char>, bytes: &[u8], after: Option<char>) -> bool {
    let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes);
    let latin = |c: Option<char>| {
        c.is_some_and(|c| c.is_ascii_alphabetic() || matches!(c, '\u{c0}'..='\u{24f}'))
    };
    let blank = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    let (Some(first), Some(last)) = (text.chars().next(), text.chars().next_back()) else {
        return false;
    };
    if text
        .chars()
        .all(|c| c.is_alphabetic() && c != 'ª' && c != 'º' && c != 'µ')
    {
        return (latin(before) || blank(before))
            && (latin(after) || blank(after))
            && (latin(before) || latin(after));
    }
    match (first, last) {
        ('“' | '‘' | '„' | '‚' | '«' | '¿' | '¡' | '§', _) => {
            blank(before) && !blank(after)
        }
        (_, '”' | '…' | '™' | '®' | '»' | '°' | 'ª' | 'º') => {
            !blank(before) && blank(after)
        }
        ('’', _) => !blank(before),
        ('–' | '—' | '•' | '·' | '©', _) => blank(before) == blank(after),
        ('€' | '£' | '¥', _) => blank(before) != blank(after),
        ('\u{a0}' | '½' | '¼' | '¾' | '²' | '³', _) => true,
        _ => false,
    }
}

/// Whether characters of the encoding take more than one byte.
pub(crate) fn is_multi_byte(encoding: Encoding) -> bool {
    match encoding {
        Encoding::Whatwg(e) => !e.is_single_byte(),
        Encoding::Page(_) => false,
        _ => true,
    }
}
