//! What the processor does for many numbers at once and the compiler does not find by itself. All `unsafe` of the hot
//! paths is here.

#![cfg_attr(target_arch = "x86_64", allow(unsafe_code))]

/// The highest bit of each of sixteen bytes, the first byte's lowest.
#[cfg(target_arch = "x86_64")]
#[inline(always)]
fn high_bits(bytes: [u8; 16]) -> u16 {
    use std::arch::x86_64::{_mm_movemask_epi8, _mm_set_epi64x};

    #[inline]
    #[target_feature(enable = "sse2")]
    fn of(bytes: [u8; 16]) -> i32 {
        let half = |i: usize| i64::from_le_bytes(bytes.as_chunks().0[i]);
        _mm_movemask_epi8(_mm_set_epi64x(half(1), half(0)))
    }
    // SAFETY: every processor of this architecture has SSE2.
    unsafe { of(bytes) as u16 }
}

/// The highest bit of each of sixteen bytes, the first byte's lowest.
#[cfg(not(target_arch = "x86_64"))]
#[inline(always)]
fn high_bits(bytes: [u8; 16]) -> u16 {
    const LOWEST: u64 = u64::from_le_bytes([1; 8]);
    // Multiplied by this, the lowest bit of byte i comes to bit 56 + i.
    const TO_THE_TOP: u64 = 0x0102_0408_1020_4080;
    let sixteen = u128::from_le_bytes(bytes);
    let [low, high] = [sixteen, sixteen >> 64].map(|half| {
        let bits = (half as u64 >> 7) & LOWEST;
        (bits.wrapping_mul(TO_THE_TOP) >> 56) as u16
    });
    low | high << 8
}

/// Has what lies at a place brought into the processor's caches, and does not wait for it. A read by itself would be waited
/// for by all that comes long after it, so that few are on their way at a time.
#[inline(always)]
pub(crate) fn expect<T>(of: &[T], at: usize) {
    #[cfg(target_arch = "x86_64")]
    {
        use std::arch::x86_64::{_MM_HINT_T0, _mm_prefetch};

        // SAFETY: every processor of this architecture has it, and it reads nothing: any place will do.
        unsafe { _mm_prefetch::<_MM_HINT_T0>(of.as_ptr().wrapping_add(at).cast()) };
    }
    #[cfg(not(target_arch = "x86_64"))]
    let _ = (of, at);
}

/// How many of sixteen bytes, from the first on, are ASCII letters.
#[cfg(target_arch = "x86_64")]
#[inline(always)]
pub(crate) fn letters(bytes: &[u8; 16]) -> u32 {
    use std::arch::x86_64::*;

    #[inline]
    #[target_feature(enable = "sse2")]
    fn of(bytes: &[u8; 16]) -> u32 {
        // SAFETY: they are sixteen bytes, and may lie anywhere.
        let bytes = unsafe { _mm_loadu_si128(bytes.as_ptr().cast()) };
        let small = _mm_or_si128(bytes, _mm_set1_epi8(0x20));
        // The letters come to be the highest numbers of a signed byte.
        let moved = _mm_add_epi8(small, _mm_set1_epi8((0x7F - b'z') as i8));
        let letters = _mm_cmpgt_epi8(moved, _mm_set1_epi8((0x7E - (b'z' - b'a')) as i8));
        (!_mm_movemask_epi8(letters)).trailing_zeros()
    }
    // SAFETY: every processor of this architecture has SSE2.
    unsafe { of(bytes) }
}

/// How many of sixteen bytes, from the first on, are ASCII letters.
#[cfg(not(target_arch = "x86_64"))]
#[inline(always)]
pub(crate) fn letters(bytes: &[u8; 16]) -> u32 {
    use crate::bytes::letters;

    let sixteen = u128::from_le_bytes(*bytes);
    match letters(sixteen as u64) {
        8 => 8 + letters((sixteen >> 64) as u64),
        few => few,
    }
}

/// Which of some bytes are such ones, the first in the lowest bit: of 64 at most, by sixteens. Where the compiler may use
/// AVX2 it makes ten times the code of it; so it is not for functions that are compiled for that.
#[inline(always)]
pub(crate) fn marks<const N: usize>(bytes: &[u8; N], is: impl Fn(u8) -> bool) -> u64 {
    const { assert!(N <= 64 && N.is_multiple_of(16)) };
    let mut all = 0;
    for (i, part) in bytes.as_chunks::<16>().0.iter().enumerate() {
        // All bits of a byte that is one: so the processor's comparisons say it.
        let marks = high_bits(part.map(|b| if is(b) { u8::MAX } else { 0 }));
        all |= u64::from(marks) << (16 * i);
    }
    all
}

#[cfg(target_arch = "x86_64")]
pub(crate) use avx2::Avx2;

#[cfg(target_arch = "x86_64")]
mod avx2 {
    use std::arch::x86_64::*;

    /// A processor that has AVX2, and what came with it to work on bits.
    #[derive(Clone, Copy)]
    pub(crate) struct Avx2(());

    /// Two slots, each a check byte and a weight.
    type Slots = [u8; 4];

    impl Avx2 {
        /// Where this one has it.
        #[inline(always)]
        pub fn here() -> Option<Avx2> {
            let bits = is_x86_feature_detected!("bmi1") && is_x86_feature_detected!("bmi2");
            (bits && is_x86_feature_detected!("avx2")).then_some(Avx2(()))
        }

        /// What `Weights::look` says of many features: the sum of the weights of those that are known, how many they are,
        /// and the lowest of 0 and them.
        #[inline(always)]
        pub fn look(self, slots: &[Slots], features: &[u32]) -> (i32, u32, i32) {
            // SAFETY: there is no Avx2 where the processor has none.
            unsafe { look(slots, features) }
        }

        /// The weights of the known ones of some features, in order; gives how many they are. There must be room.
        #[inline(always)]
        pub fn known(self, slots: &[Slots], features: &[u32], to: &mut [i8]) -> usize {
            // SAFETY: as above.
            unsafe { known(slots, features, to) }
        }

        /// Asks lines a tree's questions and adds their leaves: each question is where the values of the lines begin, and
        /// what they are to be above of, the highest bit of the leaf's number first; `leaves` are, sixteen at a time, the
        /// low bytes of the leaves and the high ones.
        #[inline(always)]
        pub fn add_tree(
            self,
            values: &[i8],
            questions: [(usize, i8); 6],
            leaves: &[[[u8; 16]; 2]; 4],
            sums: &mut [[i16; 32]],
        ) {
            // SAFETY: as above.
            unsafe { add_tree(values, questions, leaves, sums) }
        }

        /// Finds features in a table: of each the place where its bucket begins, how many features that has, and its name.
        /// A feature is two bytes, a name of twelve bits above a code of four; behind those of a bucket lie their rows, of
        /// so many bytes as `sizes` says of their codes. Gives where each row begins and ends; 0 and 0 where a bucket has
        /// no feature of the name, `None` where sixteen bytes from it on are not all in the table.
        #[inline(always)]
        pub fn rows(
            self,
            table: &[u8],
            sizes: &[u8; 16],
            wanted: impl Iterator<Item = (usize, usize, u16)>,
            row: impl FnMut(Option<(usize, usize)>),
        ) {
            // SAFETY: as above.
            unsafe { rows(table, sizes, wanted, row) }
        }
    }

    #[target_feature(enable = "avx2")]
    #[inline]
    fn eight(numbers: &[u32; 8]) -> __m256i {
        // SAFETY: they are 32 bytes, and may lie anywhere.
        unsafe { _mm256_loadu_si256(numbers.as_ptr().cast()) }
    }

    /// Whether eight features are known, and the weights of those that are; `None` of an empty table.
    #[target_feature(enable = "avx2")]
    #[inline]
    fn weights(slots: &[Slots], features: __m256i) -> Option<(__m256i, __m256i)> {
        let last = i32::try_from(slots.len().checked_sub(1)?).ok()?;
        let byte = _mm256_set1_epi32(0xFF);
        let places = _mm256_and_si256(features, _mm256_set1_epi32(last));
        // SAFETY: no place is below 0 or above the mask, which is the last place of the slots.
        let buckets = unsafe { _mm256_i32gather_epi32::<4>(slots.as_ptr().cast(), places) };
        let check = _mm256_max_epu8(_mm256_srli_epi32::<24>(features), _mm256_set1_epi32(1));
        let first = _mm256_cmpeq_epi32(_mm256_and_si256(buckets, byte), check);
        let upper = _mm256_srli_epi32::<16>(buckets);
        let second = _mm256_cmpeq_epi32(_mm256_and_si256(upper, byte), check);
        let slot = _mm256_blendv_epi8(upper, buckets, first);
        let known = _mm256_or_si256(first, second);
        let weight = _mm256_srai_epi32::<24>(_mm256_slli_epi32::<16>(slot));
        Some((known, _mm256_and_si256(weight, known)))
    }

    /// The first of some features, and which of eight lanes hold one.
    #[target_feature(enable = "avx2")]
    #[inline]
    fn some(features: &[u32]) -> (__m256i, __m256i) {
        let lanes = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7);
        let there = _mm256_cmpgt_epi32(_mm256_set1_epi32(features.len() as i32), lanes);
        match features.first_chunk() {
            Some(all) => (eight(all), there),
            None => {
                // SAFETY: only the lanes are read that hold one.
                let rest = unsafe { _mm256_maskload_epi32(features.as_ptr().cast(), there) };
                (rest, there)
            }
        }
    }

    #[target_feature(enable = "avx2")]
    fn look(slots: &[Slots], features: &[u32]) -> (i32, u32, i32) {
        let zero = _mm256_setzero_si256();
        let (mut sum, mut count, mut low) = (zero, zero, zero);
        for part in features.chunks(8) {
            let (features, there) = some(part);
            let Some((known, weights)) = weights(slots, features) else {
                break;
            };
            let weights = _mm256_and_si256(weights, there);
            sum = _mm256_add_epi32(sum, weights);
            low = _mm256_min_epi32(low, weights);
            count = _mm256_sub_epi32(count, _mm256_and_si256(known, there));
        }
        let halves = |all| {
            (
                _mm256_castsi256_si128(all),
                _mm256_extracti128_si256::<1>(all),
            )
        };
        // The sums and counts of two lanes in one, twice; then those of the two halves.
        let both = _mm256_hadd_epi32(sum, count);
        let both = _mm256_hadd_epi32(both, both);
        let (one, other) = halves(both);
        let both = _mm_add_epi32(one, other);
        let (one, other) = halves(low);
        let low = _mm_min_epi32(one, other);
        let low = _mm_min_epi32(low, _mm_shuffle_epi32::<0b01_00_11_10>(low));
        let low = _mm_min_epi32(low, _mm_shuffle_epi32::<0b10_11_00_01>(low));
        (
            _mm_cvtsi128_si32(both),
            _mm_extract_epi32::<1>(both) as u32,
            _mm_cvtsi128_si32(low),
        )
    }

    #[target_feature(enable = "avx2")]
    fn known(slots: &[Slots], features: &[u32], to: &mut [i8]) -> usize {
        let mut found = 0;
        for part in features.chunks(8) {
            let (features, there) = some(part);
            let Some((known, weights)) = weights(slots, features) else {
                break;
            };
            let known = _mm256_castsi256_ps(_mm256_and_si256(known, there));
            let mut known = _mm256_movemask_ps(known) as u32;
            let mut all = [0i32; 8];
            // SAFETY: there is room for eight.
            unsafe { _mm256_storeu_si256(all.as_mut_ptr().cast(), weights) };
            while known != 0 {
                if let Some(to) = to.get_mut(found) {
                    *to = all[known.trailing_zeros() as usize & 7] as i8;
                    found += 1;
                }
                known &= known - 1;
            }
        }
        found
    }

    #[target_feature(enable = "avx2")]
    fn add_tree(
        values: &[i8],
        questions: [(usize, i8); 6],
        leaves: &[[[u8; 16]; 2]; 4],
        sums: &mut [[i16; 32]],
    ) {
        let last = questions
            .iter()
            .fold(0, |last, (first, _)| last.max(*first));
        assert!(last < values.len() && sums.len() <= (values.len() - last) / 32);
        let mut thresholds = [_mm256_setzero_si256(); 6];
        for (threshold, (_, above)) in thresholds.iter_mut().zip(&questions) {
            *threshold = _mm256_set1_epi8(*above);
        }
        for (i, sums) in sums.iter_mut().enumerate() {
            let mut leaf = _mm256_setzero_si256();
            for ((first, _), threshold) in questions.iter().zip(&thresholds) {
                // SAFETY: from each first one on there are 32 for each of the sums.
                let values = unsafe {
                    let values = values.as_ptr().add(first + 32 * i);
                    _mm256_loadu_si256(values.cast())
                };
                let yes = _mm256_cmpgt_epi8(values, *threshold);
                // Yes is -1.
                leaf = _mm256_sub_epi8(_mm256_add_epi8(leaf, leaf), yes);
            }
            let (mut low, mut high) = (_mm256_setzero_si256(), _mm256_setzero_si256());
            for (sixteen, tables) in leaves.iter().enumerate() {
                // A place is 0x70 and more where the leaf is one of these sixteen; others have the highest bit, for which
                // the look-up gives 0.
                let place = _mm256_xor_si256(leaf, _mm256_set1_epi8((sixteen << 4) as i8));
                let place = _mm256_add_epi8(place, _mm256_set1_epi8(0x70));
                for (found, table) in [&mut low, &mut high].into_iter().zip(tables) {
                    // SAFETY: they are sixteen bytes.
                    let table = unsafe { _mm_loadu_si128(table.as_ptr().cast()) };
                    let table = _mm256_broadcastsi128_si256(table);
                    *found = _mm256_or_si256(*found, _mm256_shuffle_epi8(table, place));
                }
            }
            // The first and third eight leaves, and the second and fourth.
            let odd = _mm256_unpacklo_epi8(low, high);
            let even = _mm256_unpackhi_epi8(low, high);
            let leaves = [
                _mm256_permute2x128_si256::<0x20>(odd, even),
                _mm256_permute2x128_si256::<0x31>(odd, even),
            ];
            for (sums, leaves) in sums.as_chunks_mut::<16>().0.iter_mut().zip(leaves) {
                let at = sums.as_mut_ptr().cast();
                // SAFETY: they are sixteen numbers of two bytes.
                unsafe {
                    _mm256_storeu_si256(at, _mm256_add_epi16(_mm256_loadu_si256(at), leaves))
                };
            }
        }
    }

    const SIXTEEN: usize = size_of::<__m128i>();

    /// From place 16 - n on, the first n of sixteen bytes.
    static FIRST: [u8; 2 * SIXTEEN] = {
        let mut bits = [0; 2 * SIXTEEN];
        let mut i = 0;
        while i < SIXTEEN {
            bits[i] = u8::MAX;
            i += 1;
        }
        bits
    };

    #[target_feature(enable = "avx2,bmi1,bmi2")]
    fn rows(
        table: &[u8],
        sizes: &[u8; 16],
        wanted: impl Iterator<Item = (usize, usize, u16)>,
        mut row: impl FnMut(Option<(usize, usize)>),
    ) {
        // SAFETY: they are sixteen bytes.
        let by_code = unsafe { _mm_loadu_si128(sizes.as_ptr().cast()) };
        'wanted: for (mut at, count, name) in wanted {
            let name = _mm_set1_epi16(name as i16);
            let mut start = at + 2 * count;
            let mut left = count;
            loop {
                if at + SIXTEEN > table.len() {
                    row(None);
                    continue 'wanted;
                }
                // SAFETY: there are sixteen bytes from there on.
                let features = unsafe { _mm_loadu_si128(table.as_ptr().add(at).cast()) };
                let named = _mm_cmpeq_epi16(_mm_srli_epi16::<4>(features), name);
                let named = _bzhi_u32(_mm_movemask_epi8(named) as u32, 2 * left as u32);
                // A byte whose highest bit is set has the size 0.
                let codes = _mm_and_si128(features, _mm_set1_epi16(0xF));
                let codes = _mm_or_si128(codes, _mm_set1_epi16(i16::MIN));
                let all = _mm_shuffle_epi8(by_code, codes);
                let before = _tzcnt_u32(named | 1 << SIXTEEN) as usize;
                // SAFETY: no place is before the first of them, and behind the last are sixteen bytes.
                let first = unsafe { _mm_loadu_si128(FIRST.as_ptr().add(SIXTEEN - before).cast()) };
                let sums = _mm_sad_epu8(_mm_and_si128(all, first), _mm_setzero_si128());
                start += (_mm_cvtsi128_si32(sums) + _mm_extract_epi32::<2>(sums)) as usize;
                if named != 0 {
                    let code = table[at + before] & 15;
                    row(Some((start, start + usize::from(sizes[usize::from(code)]))));
                    continue 'wanted;
                }
                if left <= 8 {
                    row(Some((0, 0)));
                    continue 'wanted;
                }
                (at, left) = (at + SIXTEEN, left - 8);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_counted_as_one_by_one() {
        for byte in 0..=255u8 {
            for at in 0..16 {
                let mut sixteen = *b"aZmAzbQyAzaZmMeE";
                sixteen[at] = byte;
                let one_by_one = sixteen.iter().take_while(|b| b.is_ascii_alphabetic());
                assert_eq!(
                    letters(&sixteen) as usize,
                    one_by_one.count(),
                    "{sixteen:?}"
                );
            }
        }
    }

    #[test]
    fn marks_are_where_the_bytes_are() {
        for at in 0..64 {
            let mut bytes = [0x7F; 64];
            bytes[at] = 0x80;
            assert_eq!(marks(&bytes, |b| b >= 0x80), 1 << at);
            assert_eq!(marks(&bytes, |b| b < 0x80), !(1 << at));
        }
    }
}
