//! UTF-7 (RFC 2152). A long line is read in pieces, as in `shift`.

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
