//! The reference implementation's hashes, quirk included, and tables keyed by them.

/// FNV-1a, 32 bits: offset basis.
pub(super) const START: u32 = 2_166_136_261;
/// FNV-1a, 32 bits: prime.
const PRIME: u32 = 16_777_619;

/// One more byte. Released models were trained where `char` is signed, so bytes of 0x80 and more are extended by their
/// sign before they are mixed in; the hash is FNV-1a for ASCII only.
#[inline(always)]
pub(super) fn step(hash: u32, byte: u8) -> u32 {
    (hash ^ (byte as i8) as u32).wrapping_mul(PRIME)
}

/// The hash of a word.
pub(super) fn hash(word: &[u8]) -> u32 {
    word.iter().fold(START, |hash, byte| step(hash, *byte))
}

/// `x % n` for many `x` and one `n`, by multiplication (Lemire, Kaser, Kurz: Faster remainder by direct computation,
/// 2019; exact for all of 32 bits).
#[derive(Clone, Copy, Debug)]
pub(super) struct Remainder {
    n: u32,
    magic: u64,
}

impl Remainder {
    /// Of a division by `n`; all remainders of a division by 0 are 0.
    pub(super) fn by(n: u32) -> Self {
        Remainder {
            n,
            magic: (u64::MAX / u64::from(n.max(1))).wrapping_add(1),
        }
    }

    #[inline(always)]
    pub(super) fn of(self, x: u32) -> u32 {
        let low = self.magic.wrapping_mul(x.into());
        ((u128::from(low) * u128::from(self.n)) >> 64) as u32
    }

    /// The same for 64 bits, by division.
    pub(super) fn of_wide(self, x: u64) -> u32 {
        (x % u64::from(self.n.max(1))) as u32
    }
}

/// Where to look first in a table of `mask + 1` slots.
#[inline(always)]
pub(super) fn slot(hash: u32, mask: usize) -> usize {
    // Fibonacci hashing: 2^32 over the golden ratio; the high bits are the well mixed ones.
    let mixed = hash.wrapping_mul(2_654_435_769);
    (mixed ^ (mixed >> 15)) as usize & mask
}

/// Slots for `entries`: a power of two, at most half of them filled.
pub(super) fn slots(entries: usize) -> usize {
    (entries * 2).next_power_of_two().max(2)
}

/// Slots that are tried for one entry. In a table half full the longest run of honest entries is some tens; a file made
/// so that all its words collide is refused, instead of keeping us busy for hours.
pub(super) const MAX_PROBES: usize = 2048;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_ascii_as_fnv() {
        // Test vectors of the FNV reference (32 bits, 1a).
        assert_eq!(hash(b""), 0x811c_9dc5);
        assert_eq!(hash(b"a"), 0xe40c_292c);
        assert_eq!(hash(b"foobar"), 0xbf9c_f968);
    }

    #[test]
    fn hashes_other_bytes_with_their_sign() {
        assert_eq!(hash(&[0xc3]), (START ^ 0xffff_ffc3).wrapping_mul(PRIME));
    }

    #[test]
    fn remainders_are_exact() {
        for n in [1, 2, 3, 7, 1000, 2_000_000, 2_000_003, u32::MAX, 1 << 31] {
            for x in [
                0,
                1,
                n - 1,
                n,
                n.wrapping_add(1),
                12_345_678,
                u32::MAX,
                u32::MAX - 1,
            ] {
                assert_eq!(Remainder::by(n).of(x), x % n, "{x} % {n}");
                assert_eq!(
                    Remainder::by(n).of_wide(u64::from(x) << 20),
                    ((u64::from(x) << 20) % u64::from(n)) as u32
                );
            }
        }
    }
}
