//! Which encodings of one byte are worth a closer look: letter by letter, whatever stands beside it, they cost least.

use super::encoding::Encoding;
use super::model::Model;
use super::readings::{self, SingleByte, Use};
use super::sample::Sample;

/// An encoding that is worth a closer look.
pub(crate) struct Likely {
    pub single: &'static SingleByte,
    /// Its place in the list of encodings.
    pub rank: usize,
    /// The languages that are worth it.
    pub uses: Vec<&'static Use>,
    /// Which reading of the sample it gives: encodings that read its bytes alike give one.
    pub reading: usize,
}

/// The encodings that are worth a closer look.
pub(crate) fn likely(model: &Model, sample: &Sample, declared: &[Encoding]) -> Vec<Likely> {
    let present = present(sample);
    let readings = readings::readings();
    let costs = readings.letters.costs(&present);
    // Letters beyond ASCII are few among Latin ones, and dear: the two kinds are not compared here.
    let kind = |used: &Use| {
        usize::from(
            model
                .languages
                .get(used.language)
                .is_some_and(|l| l.is_latin),
        )
    };
    let mut least = [u32::MAX / 2; 2];
    for single in &readings.single_byte {
        for (used, cost) in single.uses.iter().zip(single.costs(&costs)) {
            least[kind(used)] = least[kind(used)].min(single.prior + cost);
        }
    }
    let mut found: Vec<Likely> = Vec::new();
    for (rank, single) in readings.single_byte.iter().enumerate() {
        let stated = declared.contains(&single.encoding);
        let uses = single.uses.iter().zip(single.costs(&costs));
        let near =
            |(used, cost): &(&Use, u32)| stated || single.prior + cost <= bound(least[kind(used)]);
        let uses: Vec<&Use> = uses.filter(near).map(|(used, _)| used).collect();
        if !uses.is_empty() {
            let alike = |other: &&Likely| reads_alike(other.single, single, &present);
            let reading = found
                .iter()
                .find(alike)
                .map_or(found.len(), |other| other.reading);
            found.push(Likely {
                single,
                rank,
                uses,
                reading,
            });
        }
    }
    found
}

/// The bytes above ASCII in the words, and how often they stand there.
fn present(sample: &Sample) -> Vec<(u8, u32)> {
    let mut counts = [0u32; 256];
    for &byte in sample.words.iter().flatten().filter(|b| !b.is_ascii()) {
        counts[usize::from(byte)] += 1;
    }
    let counted = (0..=u8::MAX).zip(counts);
    counted.filter(|(_, count)| *count > 0).collect()
}

/// What something costs at most, letter by letter, that is worth a closer look where the best costs `least`: what stands
/// beside the letters changes little more in long texts, and much in short ones.
fn bound(least: u32) -> u32 {
    (least + least / 3).saturating_add(40 * 16)
}

/// Whether two encodings read these bytes alike.
fn reads_alike(one: &SingleByte, other: &SingleByte, present: &[(u8, u32)]) -> bool {
    let same =
        |&(byte, _): &(u8, u32)| one.chars[usize::from(byte)] == other.chars[usize::from(byte)];
    present.iter().all(same)
}
