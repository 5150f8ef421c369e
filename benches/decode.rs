//! How fast bytes become text: plain ASCII, mixed UTF-8, legacy encodings, and small documents whose encoding is guessed.
//!
//! A row is a whole `decode`, decision and text. `owned` keeps a buffer that is UTF-8: nothing but the decision is left.

#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)] // a bench that cannot go on should say so; criterion writes functions

use std::hint::black_box;

use cleanfilter::decode::{Settings, decode, decode_owned};
use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};

const ENGLISH: &str =
    "The harbour was quiet before the boats came in, and nobody had yet opened the fish market.\n";
const MIXED: &str =
    "Le café de la gare est fermé; Übermut tut selten gut. Привет из порта! 港はまだ静かだ。\n";
const RUSSIAN: &str =
    "Гавань была тиха, пока не вернулись лодки, и рыбный рынок ещё никто не открывал.\n";
const FRENCH: &str = "Le marché aux poissons n'était pas encore ouvert, et la rade dormait près des bateaux rentrés.\n";
const JAPANESE: &str = "舟が戻る前の港は静かで、魚市場はまだ誰も開けていなかった。\n";

fn megabytes(line: &str, label: &str, bytes: usize) -> Vec<u8> {
    let encoding = encoding_rs::Encoding::for_label(label.as_bytes()).expect("a label");
    let (line, _, lost) = encoding.encode(line);
    assert!(!lost, "{label} holds the line");
    line.repeat(bytes / line.len() + 1)
}

fn benches(c: &mut Criterion) {
    let settings = Settings::default();
    let mut group = c.benchmark_group("decode");
    group.sample_size(20);
    for (name, line, label, bytes) in [
        ("ascii", ENGLISH, "utf-8", 8 << 20),
        ("utf8 mixed", MIXED, "utf-8", 8 << 20),
        ("windows-1251", RUSSIAN, "windows-1251", 8 << 20),
        ("windows-1252", FRENCH, "windows-1252", 8 << 20),
        ("shift_jis", JAPANESE, "shift_jis", 8 << 20),
        ("windows-1252, 1 kB", FRENCH, "windows-1252", 1 << 10),
        ("windows-1251, 1 kB", RUSSIAN, "windows-1251", 1 << 10),
        ("shift_jis, 1 kB", JAPANESE, "shift_jis", 1 << 10),
    ] {
        let input = megabytes(line, label, bytes);
        group.throughput(Throughput::Bytes(input.len() as u64));
        group.bench_function(name, |b| {
            b.iter(|| decode(black_box(&input), None, &settings))
        });
        if label == "utf-8" {
            group.bench_function(format!("{name}, owned"), |b| {
                b.iter_batched(
                    || input.clone(),
                    |input| decode_owned(input, None, &settings),
                    BatchSize::LargeInput,
                );
            });
        }
    }
    group.finish();
}

criterion_group!(all, benches);
criterion_main!(all);
