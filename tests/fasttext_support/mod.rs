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

/// Endings that, one pair after another, lead FNV-1a (32 bits) to the same state; found by trying random ones.
const PAIRS: [(&str, &str); 12] = [
    ("ooirid", "hzbqvw"),
    ("ajlsgw", "wwfffl"),
    ("elyqxq", "hjrori"),
    ("ryqgxi", "mfkahc"),
    ("zugtpn", "emhrvv"),
    ("cmlyin", "njltbj"),
    ("fejltn", "hdpogq"),
    ("deinkg", "awmbsj"),
    ("tbpili", "enqphd"),
    ("gwgyrk", "joroxs"),
    ("myhdqx", "hvuxgi"),
    ("gqklik", "nlimqj"),
];

/// 4,096 words that all have one hash: they double with each pair (Joux's multicollision).
pub fn colliding_words() -> Vec<String> {
    PAIRS
        .iter()
        .fold(vec![String::new()], |words, (first, second)| {
            words
                .iter()
                .flat_map(|word| [format!("{word}{first}"), format!("{word}{second}")])
                .collect()
        })
}
