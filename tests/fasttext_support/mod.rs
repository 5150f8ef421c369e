//! What the tests of hostile models need: a writer of models, and an allocator that notes the largest request.

pub mod largest;
pub mod writer;

/// The `i`-th bucket whose place in the reader's table is near that of the others: the reader multiplies buckets by a
/// constant (2654435769) and takes the low bits, folded; this inverts the multiplication.
pub fn colliding(i: u32) -> i32 {
    // The inverse of 2654435769 modulo 2^32, by Newton's iteration.
    let mut inverse = 2_654_435_769_u32;
    for _ in 0..5 {
        inverse = inverse.wrapping_mul(2_u32.wrapping_sub(2_654_435_769_u32.wrapping_mul(inverse)));
    }
    // Products `p` with `p ^ (p >> 15)` ending in 15 zero bits: the high bits are `i`'s, the low ones follow.
    let high = i << 15;
    let product = high | ((high >> 15) & 0x7fff);
    (product.wrapping_mul(inverse) & 0x7fff_ffff) as i32
}

/// 2 to the `stages` words that all have one hash: each stage has two endings that lead to the same state, so that words
/// double with each (Joux's multicollision, of FNV-1a in 32 bits).
pub fn colliding_words(stages: u32) -> Vec<String> {
    /// Six letters, enough for the 2^16 or so endings that are tried.
    fn ending(number: u32) -> [u8; 6] {
        std::array::from_fn(|i| b'a' + (number >> (4 * i) & 15) as u8)
    }
    let step = |state: u32, byte: &u8| (state ^ u32::from(*byte)).wrapping_mul(16_777_619);
    let mut words = vec![String::new()];
    let mut state = 2_166_136_261;
    for _ in 0..stages {
        let mut seen = std::collections::HashMap::new();
        let pair = (0..1 << 24).find_map(|number| {
            let after = ending(number).iter().fold(state, step);
            seen.insert(after, number)
                .map(|other| (after, [other, number]))
        });
        let (after, numbers) = pair.unwrap();
        state = after;
        let endings = numbers.map(|number| String::from_utf8(ending(number).to_vec()).unwrap());
        words = words
            .iter()
            .flat_map(|word| endings.each_ref().map(|end| word.clone() + end))
            .collect();
    }
    words
}
