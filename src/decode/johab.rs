//! Johab (KS X 1001 annex 3): Hangul composed of their parts.

use super::losses::Losses;
use super::shift::pair;

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
