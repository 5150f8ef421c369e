//! Each identifier over lines of 40, 120 and 2,000 characters: `cargo bench`, or for one of them `cargo bench -- cleanfilter`.

#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)] // a bench that cannot go on should say so; criterion writes functions

use std::time::Duration;

use cleanfilter_compare::lines::{LENGTHS, Mix, lines};
use cleanfilter_compare::peers;
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};

/// Lines of a pass: of a wide mix about three of each language, so that the slowest is done in seconds.
const LINES: usize = 1000;

fn identifiers(c: &mut Criterion) {
    let peers = peers::all();
    for chars in LENGTHS {
        let mut lines = lines(Mix::Wide, chars).expect("text to measure on");
        lines.truncate(LINES * LENGTHS[0] / chars.min(LENGTHS[1]));
        let bytes: usize = lines.iter().map(|line| line.text().len()).sum();
        let mut group = c.benchmark_group(format!("{chars} characters"));
        group.throughput(Throughput::Bytes(bytes as u64));
        group.sample_size(10).warm_up_time(Duration::from_secs(1));
        for peer in &peers {
            group.bench_with_input(
                BenchmarkId::from_parameter(peer.name),
                &lines,
                |b, lines| {
                    b.iter(|| {
                        lines
                            .iter()
                            .filter(|line| peer.identify(line.text()).is_some())
                            .count()
                    });
                },
            );
        }
        group.finish();
    }
}

criterion_group!(benches, identifiers);
criterion_main!(benches);
