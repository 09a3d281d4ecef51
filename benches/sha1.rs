//! The SHA-1 kernel on one core, data in memory, against the crate `sha1`.

mod streams;

use std::hint::black_box;
use std::time::Duration;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use reelpack::digest::sha1::{START, Simd, advance};
use sha1::{Digest as _, Sha1};
use streams::{STREAM_LEN, hash_in_lanes, memory, streams};

fn many_streams(c: &mut Criterion) {
    let mut group = c.benchmark_group("sha1/many");
    group.sample_size(20).measurement_time(Duration::from_secs(3));
    for (name, count) in [("avx512", 16), ("avx512", 8), ("avx512", 4), ("avx2", 8), ("avx2", 4)] {
        let Ok(simd) = name.parse::<Simd>() else { continue };
        let memory = memory(count);
        let streams = streams(&memory);
        group.throughput(Throughput::Bytes((streams.len() * STREAM_LEN) as u64));
        group.bench_function(format!("{name} {count}"), |b| {
            b.iter(|| hash_in_lanes((START, advance), simd, black_box(&streams)));
        });
    }
    group.finish();
}

fn one_stream(c: &mut Criterion) {
    let mut group = c.benchmark_group("sha1/one");
    group.sample_size(20).measurement_time(Duration::from_secs(3));
    let memory = memory(1);
    let streams = streams(&memory);
    group.throughput(Throughput::Bytes(STREAM_LEN as u64));
    group.bench_function("reelpack", |b| {
        b.iter(|| hash_in_lanes((START, advance), Simd::best(), black_box(&streams)));
    });
    group.bench_function("rival sha1", |b| b.iter(|| Sha1::digest(black_box(streams[0]))));
    group.finish();
}

criterion_group!(benches, many_streams, one_stream);
criterion_main!(benches);
