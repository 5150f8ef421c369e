//! Damage, line by line: UTF-8 with bad bytes, with stretches of windows-1252, with lines in a legacy encoding.

use super::encoding::Encoding;
use super::losses::Losses;
use super::utf8::{self, Tally};
use super::{head, statistics};

/// How bytes that break UTF-8 are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Damage {
    /// What lines are read in that are not UTF-8 at all; `None`: they are UTF-8 with bad bytes.
    pub companion: Option<Encoding>,
    /// Whether stray bytes in lines of UTF-8 read well as windows-1252; otherwise they are U+FFFD.
    pub stray_1252: bool,
}

/// Whether bytes are UTF-8 with some damage: twice as many good sequences as bad ones.
///
/// In legacy encodings sequences are good by chance: one in seven GB 2312 characters, fewer in others.
pub(crate) fn mostly_utf8(tally: Tally) -> bool {
    tally.good > 0 && tally.good >= 2 * tally.bad
}

/// How the damage in `bytes`, which are mostly UTF-8, is read; `None` where there is none.
pub(crate) fn damage(bytes: &[u8], outside: Option<&str>) -> Option<Damage> {
    let mut foreign = Vec::new();
    let mut strays = (0usize, 0usize);
    for line in bytes.split_inclusive(|&b| b == b'\n') {
        let tally = utf8::tally(line);
        if tally.bad == 0 {
            continue;
        }
        if !mostly_utf8(tally) && is_foreign(line) {
            foreign.extend_from_slice(line);
        } else {
            let (well, ill) = strays_read_well(line);
            strays = (strays.0 + well, strays.1 + ill);
        }
    }
    if foreign.is_empty() && strays == (0, 0) {
        return None;
    }
    let companion = (!foreign.is_empty()).then(|| head::legacy(&foreign, outside).0);
    Some(Damage {
        companion,
        stray_1252: strays.0 > strays.1,
    })
}

/// Whether a line that is not UTF-8 has enough bytes above ASCII to be in an encoding of its own.
fn is_foreign(line: &[u8]) -> bool {
    line.iter().filter(|b| !b.is_ascii()).count() >= 2
}

/// How many stray bytes of a line read well as windows-1252, and how many do not.
fn strays_read_well(line: &[u8]) -> (usize, usize) {
    let (mut well, mut ill) = (0, 0);
    let mut before = None;
    let mut chunks = line.utf8_chunks().peekable();
    while let Some(chunk) = chunks.next() {
        before = chunk.valid().chars().next_back().or(before);
        let after = chunks.peek().and_then(|next| next.valid().chars().next());
        if chunk.invalid().is_empty() {
            continue;
        }
        if statistics::stray_reads_well(before, chunk.invalid(), after) {
            well += 1
        } else {
            ill += 1
        }
    }
    (well, ill)
}

/// Reads a line that is UTF-8 with bad bytes.
pub(crate) fn read_damaged(
    line: &[u8],
    offset: u64,
    damage: Damage,
    out: &mut String,
    losses: &mut Losses,
) {
    let mut at = offset;
    for chunk in line.utf8_chunks() {
        out.push_str(chunk.valid());
        at += chunk.valid().len() as u64;
        let bad = chunk.invalid();
        if bad.is_empty() {
            continue;
        }
        if damage.stray_1252 {
            out.push_str(&encoding_rs::WINDOWS_1252.decode_without_bom_handling(bad).0);
        } else {
            losses.replace(at..at + bad.len() as u64, out);
        }
        at += bad.len() as u64;
    }
}

/// Whether a line that is valid UTF-8 is so in a text whose encoding is another.
pub(crate) fn is_utf8_among(text: &str, encoding: Encoding) -> bool {
    let sequences = text.chars().filter(|c| !c.is_ascii()).count();
    sequences
        >= if statistics::is_multi_byte(encoding) {
            4
        } else {
            2
        }
}
