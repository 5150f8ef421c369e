//! Which encodings of one byte are worth a closer look: letter by letter, whatever stands beside it, they cost least.

use super::encoding::Encoding;
use super::model::{LANES, Model};
use super::readings::{self, SingleByte, Use};
use super::sample::Sample;

/// Bytes above ASCII that are looked at: their costs fit in 16 bits.
const COUNTED: usize = 128;

/// An encoding that is worth a closer look.
pub(crate) struct Likely {
    pub single: &'static SingleByte,
    /// Its place in the list of encodings.
    pub rank: usize,
    /// The languages that are worth it.
    pub uses: Vec<&'static Use>,
    /// The same as bits.
    pub languages: u64,
    /// Which reading of the sample it gives: encodings that read its bytes alike give one.
    pub reading: usize,
}

/// The encodings that are worth a closer look.
pub(crate) fn likely(model: &Model, sample: &Sample, declared: &[Encoding]) -> Vec<Likely> {
    let counted = Counted::of(model, sample);
    let readings = readings::readings();
    let letters = readings.letters.costs(&counted.present);
    // Costs of the letters beyond ASCII, which are few and dear among Latin ones, so that the two kinds are not compared
    // here; and of all letters.
    let costs = |single: &'static SingleByte| {
        let letters = letters.get(single.first..).unwrap_or_default();
        single.uses.iter().zip(letters).map(|(used, letters)| {
            let letters = single.prior + u32::from(*letters);
            let ascii = counted.ascii[used.language % LANES];
            (used, letters, letters + ascii)
        })
    };
    let (mut least, mut least_of_all) = ([u32::MAX / 2; 2], u32::MAX / 2);
    for (used, letters, all) in readings.single_byte.iter().flat_map(costs) {
        let least = &mut least[usize::from(used.is_latin)];
        *least = letters.min(*least);
        least_of_all = least_of_all.min(all);
    }
    let most = least.map(bound);
    let most_of_all = bound(least_of_all);
    let mut found: Vec<Likely> = Vec::new();
    for (rank, single) in readings.single_byte.iter().enumerate() {
        let stated = declared.contains(&single.encoding);
        let near = costs(single).filter(|(used, letters, all)| {
            stated || *letters <= most[usize::from(used.is_latin)] && *all <= most_of_all
        });
        let uses: Vec<&Use> = near.map(|(used, ..)| used).collect();
        if !uses.is_empty() {
            let alike = |other: &&Likely| reads_alike(other.single, single, &counted.present);
            let alike = found.iter().find(alike).map(|other| other.reading);
            found.push(Likely {
                single,
                rank,
                languages: uses
                    .iter()
                    .fold(0, |bits, used| bits | 1 << (used.language % LANES)),
                uses,
                reading: alike.unwrap_or(found.len()),
            });
        }
    }
    found
}

/// The bytes of the words.
struct Counted {
    /// Those above ASCII, and how often they stand among the first of them.
    present: Vec<(u8, u16)>,
    /// What the ASCII letters between these first cost in each language.
    ascii: [u32; LANES],
}

impl Counted {
    fn of(model: &Model, sample: &Sample) -> Counted {
        let (mut there, mut counts, mut high) = ([false; 256], [0u16; 256], 0);
        for &byte in sample.words.bytes() {
            there[usize::from(byte)] = true;
            if high < COUNTED {
                high += usize::from(!byte.is_ascii());
                counts[usize::from(byte)] += 1;
            }
        }
        let mut ascii = [0; LANES];
        for (byte, &count) in (0..128)
            .zip(&counts)
            .filter(|(byte, n)| *byte != b' ' && **n > 0)
        {
            model.ascii.add_single(byte, count, &mut ascii);
        }
        let present = (0..=u8::MAX).zip(there).zip(counts).skip(128);
        let present = present.filter(|((_, there), _)| *there);
        Counted {
            present: present.map(|((byte, _), count)| (byte, count)).collect(),
            ascii,
        }
    }
}

/// What something costs at most, letter by letter, that is worth a closer look where the best costs `least`: what stands
/// beside the letters changes little more in long texts, and much in short ones.
fn bound(least: u32) -> u32 {
    (least + least / 3).saturating_add(40 * 16)
}

/// Whether two encodings read these bytes alike.
fn reads_alike(one: &SingleByte, other: &SingleByte, present: &[(u8, u16)]) -> bool {
    let same =
        |&(byte, _): &(u8, u16)| one.chars[usize::from(byte)] == other.chars[usize::from(byte)];
    present.iter().all(same)
}
