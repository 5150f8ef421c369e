//! The whole river over kinds of documents, and each of its stages. Inputs grow from `seeds/`.

#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)] // a bench that cannot go on should say so; criterion writes functions

mod inputs;

use std::hint::black_box;
use std::ops::ControlFlow;

use cleanfilter::parallel::Threads;
use cleanfilter::{Filter, Settings, decode, segment};
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};

/// Every default rule over each kind of document, one thread.
fn river(c: &mut Criterion) {
    let filter = Filter::new(Settings::default()).expect("the default settings hold");
    let mut group = c.benchmark_group("river");
    group.sample_size(20);
    for (kind, documents) in inputs::kinds() {
        group.throughput(Throughput::Bytes(inputs::bytes(&documents)));
        group.bench_with_input(
            BenchmarkId::from_parameter(kind),
            &documents,
            |b, documents| {
                b.iter(|| {
                    documents
                        .iter()
                        .map(|d| filter.read(d).dropped().len())
                        .sum::<usize>()
                });
            },
        );
    }
    group.finish();
}

/// The same, documents spread over threads and back in order.
fn threads(c: &mut Criterion) {
    let filter = Filter::new(Settings::default()).expect("the default settings hold");
    let (_, documents) = inputs::kinds().swap_remove(0);
    let mut group = c.benchmark_group("threads");
    group.sample_size(20);
    group.throughput(Throughput::Bytes(inputs::bytes(&documents)));
    for (name, count) in [("1", 1), ("all", 0)] {
        let threads = Threads::new(count, 64 << 20).expect("threads start");
        group.bench_function(name, |b| {
            b.iter(|| {
                let mut next = documents.iter();
                let mut dropped = 0;
                threads.ordered(
                    || next.next().map(|d| (d, d.len())),
                    |d| filter.read(d).dropped().len(),
                    |n| {
                        dropped += n;
                        ControlFlow::Continue(())
                    },
                );
                dropped
            });
        });
    }
    group.finish();
}

/// What each rule costs: the river with it and without.
fn rules(c: &mut Criterion) {
    let (_, documents) = inputs::kinds().swap_remove(0);
    let mut group = c.benchmark_group("rules");
    group.sample_size(20);
    group.throughput(Throughput::Bytes(inputs::bytes(&documents)));
    for rules in ["default", "none", "-off-language", "-boilerplate"] {
        let mut settings = Settings::default();
        settings.judge.rules = vec![rules.to_owned()];
        let filter = Filter::new(settings).expect("these rules are there");
        group.bench_function(rules, |b| {
            b.iter(|| {
                documents
                    .iter()
                    .map(|d| filter.read(d).dropped().len())
                    .sum::<usize>()
            });
        });
    }
    group.finish();
}

/// Each stage by itself, over English articles.
fn stages(c: &mut Criterion) {
    let (_, documents) = inputs::kinds().swap_remove(0);
    let settings = Settings::default();
    let texts: Vec<String> = documents
        .iter()
        .map(|d| decode::decode(d, None, &settings.decode).0)
        .collect();
    let filter = Filter::new(settings.clone()).expect("the default settings hold");
    let mut group = c.benchmark_group("stages");
    group.throughput(Throughput::Bytes(inputs::bytes(&documents)));
    group.bench_function("decode", |b| {
        b.iter(|| {
            documents
                .iter()
                .map(|d| decode::decode(black_box(d), None, &settings.decode).0.len())
                .sum::<usize>()
        });
    });
    group.bench_function("segment", |b| {
        b.iter(|| {
            texts
                .iter()
                .map(|t| segment::paragraphs(black_box(t), &settings.segment).len())
                .sum::<usize>()
        });
    });
    group.bench_function("identify", |b| {
        b.iter(|| {
            texts
                .iter()
                .filter_map(|t| filter.identifier().identify(black_box(t)))
                .count()
        });
    });
    group.finish();
}

criterion_group!(benches, river, threads, rules, stages);
criterion_main!(benches);
