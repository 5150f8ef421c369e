//! Damage, line by line: UTF-8 with bad bytes, with stretches of windows-1252, with lines in a legacy encoding.

use super::damaged::{self, Stray};
use super::encoding::{Encoding, Machine};
use super::losses::Losses;
use super::sample::Sample;
use super::statistics;
use super::{readable, utf8};

/// What the encoding of a few lines must gain over UTF-8 with bad bytes, in sixteenths of a nat: it is rarer to meet.
const FEW_LINES: u32 = 8 * 16;
/// Bytes of broken lines that are weighed.
const WEIGHED_BYTES: usize = 64 << 10;

/// How bytes that break UTF-8 are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Damage {
    /// What lines are read in that are not UTF-8 at all; `None`: they are UTF-8 with bad bytes.
    pub companion: Option<Encoding>,
    /// How stray bytes in lines of UTF-8 are read.
    pub stray: Stray,
}

/// The lines that break UTF-8, up to a bound; all of the bytes where that is none.
pub(crate) fn broken(bytes: &[u8]) -> Vec<u8> {
    let mut broken: Vec<u8> = Vec::new();
    let mut rest = bytes;
    while let (false, Err(e)) = (
        broken.len() >= WEIGHED_BYTES,
        simdutf8::compat::from_utf8(rest),
    ) {
        let (before, after) = rest.split_at_checked(e.valid_up_to()).unwrap_or_default();
        let start = memchr::memrchr(b'\n', before).map_or(0, |n| n + 1);
        let end = memchr::memchr(b'\n', after).map_or(rest.len(), |n| before.len() + n + 1);
        broken.extend_from_slice(rest.get(start..end).unwrap_or_default());
        rest = rest.get(end..).unwrap_or_default();
    }
    if broken.is_empty() {
        bytes.to_vec()
    } else {
        broken
    }
}

/// How the damage in `bytes`, which are UTF-8 otherwise, is read; `None` where there is none.
pub(crate) fn damage(bytes: &[u8], declared: &[Encoding]) -> Option<Damage> {
    if simdutf8::basic::from_utf8(bytes).is_ok() {
        return None;
    }
    let broken = broken(bytes);
    let sample = Sample::of(&broken);
    let stray = match [Stray::Lost, Stray::Windows1252]
        .map(|stray| damaged::cost_damaged(&sample, stray))
    {
        [lost, read] if read < lost => Stray::Windows1252,
        _ => Stray::Lost,
    };
    let mut foreign = Vec::new();
    for line in broken
        .split_inclusive(|&b| b == b'\n')
        .filter(|line| !utf8::surely(line))
    {
        foreign.extend_from_slice(line);
    }
    let sample = Sample::of(&foreign);
    let damaged = damaged::cost_damaged(&sample, Stray::Lost)
        .min(damaged::cost_damaged(&sample, Stray::Windows1252));
    let best = statistics::cheapest(&sample, declared);
    let companion = best
        .filter(|(_, cost)| !foreign.is_empty() && cost + FEW_LINES < damaged)
        .map(|(e, _)| e);
    Some(Damage { companion, stray })
}

/// Whether a line that breaks UTF-8 reads better in the companion encoding than as UTF-8 with bad bytes.
pub(crate) fn is_companion(line: &[u8], damage: Damage) -> Option<Encoding> {
    let companion = damage.companion?;
    if utf8::surely(line) {
        return None;
    }
    let tally = utf8::tally(line);
    let mut text = String::new();
    Machine::new(companion).decode(line, 0, true, &mut text, &mut Losses::default());
    let damaged = damaged::cost_damaged(&Sample::of(line), damage.stray);
    (tally.good == 0 && tally.bad > 2 || readable::cost_beyond_ascii(&text) <= damaged)
        .then_some(companion)
}

/// Reads a line that is UTF-8 with bad bytes.
///
/// A character cut at the start of the input, or at its end, is lost however strays are read.
pub(crate) fn read_damaged(
    line: &[u8],
    offset: u64,
    damage: Damage,
    last: bool,
    out: &mut String,
    losses: &mut Losses,
) {
    let mut at = 0;
    let cut = line.len() - if last { utf8::cut(line) } else { 0 };
    for chunk in line.utf8_chunks() {
        out.push_str(chunk.valid());
        at += chunk.valid().len();
        let bad = chunk.invalid();
        let begun =
            offset == 0 && at < 3 && line.iter().take(at + 1).all(|b| matches!(b, 0x80..=0xbf));
        if damage.stray == Stray::Lost || begun || at >= cut {
            if !bad.is_empty() {
                losses.replace(offset + at as u64..offset + (at + bad.len()) as u64, out);
            }
        } else {
            out.push_str(&encoding_rs::WINDOWS_1252.decode_without_bom_handling(bad).0);
        }
        at += bad.len();
    }
}

/// Whether a line that is valid UTF-8 is so in a text whose encoding is another: it reads better so.
pub(crate) fn is_utf8_among(line: &str, encoding: Encoding) -> bool {
    let mut text = String::new();
    Machine::new(encoding).decode(line.as_bytes(), 0, true, &mut text, &mut Losses::default());
    readable::costs_less(line, &text)
}
