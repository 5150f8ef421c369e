//! Encodings that shift between character sets, or compose syllables: UTF-7, HZ, ISO-2022-KR, Johab.
//!
//! Their shifts end with the line, so each line is read by itself. A long line is read in pieces: `inside` says whether a
//! piece begins within a shift, and a piece that is not the last of its line is read as far as its sequences are whole.
//! Chinese and Korean pairs are handed to the WHATWG decoders of GBK and EUC-KR, which hold the same sets with the high
//! bits on.

use super::losses::Losses;

/// UTF-7: `+` opens a run of modified base64 that holds UTF-16, `-` or any byte outside the alphabet ends it.
pub(crate) fn utf7(
    bytes: &[u8],
    offset: u64,
    (inside, last): (&mut bool, bool),
    out: &mut String,
    losses: &mut Losses,
) -> usize {
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let place = offset + at as u64;
        if byte != b'+' && !*inside {
            at += 1;
            if byte.is_ascii() {
                out.push(char::from(byte))
            } else {
                losses.replace(place..place + 1, out)
            }
            continue;
        }
        let begin = at + usize::from(!*inside);
        let rest = bytes.get(begin..).unwrap_or_default();
        let length = rest.iter().position(|&b| sextet(b).is_none());
        // A run that the piece cuts is left for the next, but for one that fills a piece.
        let cut = length.is_none() && !last;
        if cut && at > 0 {
            return at;
        }
        let mut run = rest.get(..length.unwrap_or(rest.len())).unwrap_or_default();
        if cut {
            run = whole_units(run);
        }
        at = begin + run.len();
        let opened = !std::mem::replace(inside, cut);
        if !cut && bytes.get(at) == Some(&b'-') {
            at += 1;
            if run.is_empty() && opened {
                out.push('+');
            }
        } else if run.is_empty() && opened {
            losses.replace(place..offset + at as u64, out);
        }
        if !run.is_empty() {
            match utf7_run(run) {
                Some(text) => out.push_str(&text),
                None => losses.replace(place..offset + at as u64, out),
            }
        }
        if cut {
            return at;
        }
    }
    at
}

/// As much of a run as makes whole UTF-16 units (three in eight characters), and ends outside a surrogate pair.
fn whole_units(run: &[u8]) -> &[u8] {
    let whole = |length: usize| run.get(..length).unwrap_or(run);
    let end = run.len() / 8 * 8;
    match utf7_run(whole(end)) {
        None if end > 8 && utf7_run(whole(end - 8)).is_some() => whole(end - 8),
        _ => whole(end),
    }
}

/// The text of a base64 run of UTF-7; `None` where it is not UTF-16 or has bits left over.
pub(crate) fn utf7_run(run: &[u8]) -> Option<String> {
    let (mut bits, mut count, mut units) = (0u32, 0u32, Vec::with_capacity(run.len() / 2));
    for &byte in run {
        bits = (bits << 6 | sextet(byte)?) & 0x3f_ffff;
        count += 6;
        if count >= 16 {
            count -= 16;
            units.push(u16::try_from(bits >> count & 0xffff).ok()?);
        }
    }
    // Fewer than six bits are padding, and they are zero (RFC 2152, rule 2).
    if run.is_empty() || count >= 6 || bits & ((1 << count) - 1) != 0 {
        return None;
    }
    String::from_utf16(&units).ok()
}

fn sextet(byte: u8) -> Option<u32> {
    Some(u32::from(match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => return None,
    }))
}

/// HZ: `~{` to `~}` holds GB 2312 pairs without their high bits; `~~` is a tilde; `~` and a line end are nothing.
pub(crate) fn hz(
    bytes: &[u8],
    offset: u64,
    (inside, last): (&mut bool, bool),
    out: &mut String,
    losses: &mut Losses,
) -> usize {
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let place = offset + at as u64;
        let next = bytes.get(at + 1).copied();
        if next.is_none() && !last {
            break;
        }
        at += 2;
        match (byte, next) {
            (b'~', Some(b'{')) if !*inside => *inside = true,
            (b'~', Some(b'}')) if *inside => *inside = false,
            (b'~', Some(b'~')) if !*inside => out.push('~'),
            (b'~', Some(b'\n')) if !*inside => {}
            (0x21..=0x7e, Some(second @ 0x21..=0x7e)) if *inside => {
                pair(
                    encoding_rs::GBK,
                    [byte | 0x80, second | 0x80],
                    place,
                    out,
                    losses,
                );
            }
            _ => {
                at -= 1;
                // A line end closes a run that was not closed.
                *inside &= byte != b'\n';
                if byte.is_ascii() {
                    out.push(char::from(byte))
                } else {
                    losses.replace(place..place + 1, out)
                }
            }
        }
    }
    at
}

/// ISO-2022-KR: SO to SI holds KS X 1001 pairs without their high bits; the header `ESC $ ) C` is not text.
pub(crate) fn iso2022kr(
    bytes: &[u8],
    offset: u64,
    (inside, last): (&mut bool, bool),
    out: &mut String,
    losses: &mut Losses,
) -> usize {
    const HEADER: &[u8] = b"\x1b$)C";
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let place = offset + at as u64;
        let rest = bytes.get(at..).unwrap_or_default();
        if rest.len() < HEADER.len() && !last {
            break;
        }
        if rest.starts_with(HEADER) {
            at += HEADER.len();
            continue;
        }
        let next = bytes.get(at + 1).copied();
        at += 1;
        match (byte, next) {
            (0x0e, _) => *inside = true,
            (0x0f, _) => *inside = false,
            (0x21..=0x7e, Some(second @ 0x21..=0x7e)) if *inside => {
                at += 1;
                pair(
                    encoding_rs::EUC_KR,
                    [byte | 0x80, second | 0x80],
                    place,
                    out,
                    losses,
                );
            }
            _ => {
                *inside &= byte != b'\n';
                if byte.is_ascii() {
                    out.push(char::from(byte))
                } else {
                    losses.replace(place..place + 1, out)
                }
            }
        }
    }
    at
}

/// Johab: Hangul composed of three five-bit parts; the symbols and Hanja of KS X 1001 folded into other rows.
pub(crate) fn johab(bytes: &[u8], offset: u64, out: &mut String, losses: &mut Losses) {
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let place = offset + at as u64;
        at += 1;
        if byte.is_ascii() {
            // Johab has the won sign at 0x5C; files have a backslash there.
            out.push(char::from(byte));
            continue;
        }
        let Some(&second) = bytes.get(at) else {
            losses.replace(place..place + 1, out);
            return;
        };
        let code = u16::from_be_bytes([byte, second]);
        match johab_hangul(code) {
            Some(char) => out.push(char),
            None => match johab_pair(byte, second) {
                Some(euc) => pair(encoding_rs::EUC_KR, euc, place, out, losses),
                None => {
                    losses.replace(place..place + 1, out);
                    continue;
                }
            },
        }
        at += 1;
    }
}

/// The syllable or letter of a Johab code: a bit that is one, then initial, vowel and final of five bits each.
fn johab_hangul(code: u16) -> Option<char> {
    if !(0x8441..=0xd3bd).contains(&code) {
        return None;
    }
    let (initial, vowel, end) = (code >> 10 & 31, code >> 5 & 31, code & 31);
    // Codes 1 (initial, final) and 2 (vowel) are fillers; gaps in the codes are not used.
    let initial = (1..=20).contains(&initial).then_some(initial)?;
    let vowel = match vowel {
        2 => 0,
        3..=7 => vowel - 2,
        10..=15 => vowel - 4,
        18..=23 => vowel - 6,
        26..=29 => vowel - 8,
        _ => return None,
    };
    let end = match end {
        1..=17 => end - 1,
        19..=29 => end - 2,
        _ => return None,
    };
    let scalar = match (initial, vowel, end) {
        (2.., 1.., _) => {
            0xac00 + (u32::from(initial - 2) * 21 + u32::from(vowel - 1)) * 28 + u32::from(end)
        }
        // A letter alone, as in the compatibility block.
        (1, 1.., 0) => 0x314f + u32::from(vowel - 1),
        (2.., 0, 0) => u32::from(*INITIALS.get(usize::from(initial - 2))?),
        (1, 0, 1..) => u32::from(*FINALS.get(usize::from(end - 1))?),
        _ => return None,
    };
    char::from_u32(scalar)
}

/// Compatibility letters of the nineteen initials, in order.
const INITIALS: [u16; 19] = [
    0x3131, 0x3132, 0x3134, 0x3137, 0x3138, 0x3139, 0x3141, 0x3142, 0x3143, 0x3145, 0x3146, 0x3147,
    0x3148, 0x3149, 0x314a, 0x314b, 0x314c, 0x314d, 0x314e,
];

/// Compatibility letters of the twenty-seven finals, in order.
const FINALS: [u16; 27] = [
    0x3131, 0x3132, 0x3133, 0x3134, 0x3135, 0x3136, 0x3137, 0x3139, 0x313a, 0x313b, 0x313c, 0x313d,
    0x313e, 0x313f, 0x3140, 0x3141, 0x3142, 0x3144, 0x3145, 0x3146, 0x3147, 0x3148, 0x314a, 0x314b,
    0x314c, 0x314d, 0x314e,
];

/// The EUC-KR pair of a symbol (lead bytes D9 to DE) or Hanja (E0 to F9): two rows of KS X 1001 share a lead byte.
fn johab_pair(lead: u8, trail: u8) -> Option<[u8; 2]> {
    let column = match trail {
        0x31..=0x7e => trail - 0x31,
        0x91..=0xfe => trail - 0x91 + 78,
        _ => return None,
    };
    let row = match lead {
        0xd9..=0xde => (lead - 0xd9) * 2,
        0xe0..=0xf9 => (lead - 0xe0) * 2 + 41,
        _ => return None,
    };
    Some([0xa1 + row + column / 94, 0xa1 + column % 94])
}

/// Decodes one pair with a WHATWG decoder.
fn pair(
    encoding: &'static encoding_rs::Encoding,
    pair: [u8; 2],
    at: u64,
    out: &mut String,
    losses: &mut Losses,
) {
    match encoding.decode_without_bom_handling_and_without_replacement(&pair) {
        Some(text) => out.push_str(&text),
        None => losses.replace(at..at + 2, out),
    }
}
