//! Encodings that shift between ASCII and a set of two bytes: HZ and ISO-2022-KR.
//!
//! Their shifts end with the line, so each line is read by itself. A long line is read in pieces: `inside` says whether a
//! piece begins within a shift, and a piece that is not the last of its line is read as far as its sequences are whole.
//! Pairs are handed to the WHATWG decoders of GBK and EUC-KR, which hold the same sets with the high bits on.

use super::losses::Losses;

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

/// Decodes one pair with a WHATWG decoder.
pub(crate) fn pair(
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
