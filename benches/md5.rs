//! The MD5 kernel on one core, data in memory, against the crates `md-5` and `md5-many`.

mod streams;

use std::hint::black_box;
use std::time::Duration;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use md5::{Digest as _, Md5};
use reelpack::digest::md5::{START, Simd, advance};
use streams::{STREAM_LEN, hash_in_lanes, memory, streams};

fn many_streams(c: &mut Criterion) {
    let mut group = c.benchmark_group("md5/many");
    group.sample_size(20).measurement_time(Duration::from_secs(3));
    for name in ["avx512", "avx2", "portable"] {
        let Ok(simd) = name.parse::<Simd>() else { continue };
        let memory = memory(simd.width());
        let streams = streams(&memory);
        group.throughput(Throughput::Bytes((streams.len() * STREAM_LEN) as u64));
        group.bench_function(name, |b| {
            b.iter(|| hash_in_lanes((START, advance), simd, black_box(&streams)));
        });
    }
    let memory = memory(32);
    let streams = streams(&memory);
    group.throughput(Throughput::Bytes((streams.len() * STREAM_LEN) as u64));
    group.bench_function("rival md5-many", |b| {
        let mut digests = [[0; 16]; 32];
        b.iter(|| md5_many::md5_many(black_box(&streams), black_box(&mut digests)));
    });
    group.bench_function("rival md-5", |b| {
        b.iter(|| streams.iter().map(|part| Md5::digest(black_box(*part))).collect::<Vec<_>>());
    });
    group.finish();
}

fn one_stream(c: &mut Criterion) {
    let mut group = c.benchmark_group("md5/one");
    group.sample_size(20).measurement_time(Duration::from_secs(3));
    let memory = memory(1);
    let streams = streams(&memory);
    group.throughput(Throughput::Bytes(STREAM_LEN as u64));
    group.bench_function("reelpack", |b| {
        b.iter(|| hash_in_lanes((START, advance), Simd::best(), black_box(&streams)));
    });
    group.bench_function("rival md-5", |b| b.iter(|| Md5::digest(black_box(streams[0]))));
    group.finish();
}

criterion_group!(benches, many_streams, one_stream);
criterion_main!(benches);
