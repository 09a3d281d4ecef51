//! The MD5 kernel on one core, data in memory, against the crates `md-5` and `md5-many`.
//!
//! Each stream is 1 MiB, so that 32 of them are read from the last-level cache or memory as they are
//! when files are read. `REELPACK_SIMD` chooses nothing here: every path that the processor has runs.

use std::hint::black_box;
use std::time::Duration;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use md5::{Digest as _, Md5};
use reelpack::digest::md5::{BLOCK_LEN, Lane, START, Simd, State, advance};

/// Bytes in each stream.
const STREAM_LEN: usize = 1 << 20;

/// Blocks added at a time: 16 KiB of each stream.
const STEP: usize = 256;

/// Streams in one allocation, each begun a cache line and a bit after the last one's end: at the same
/// offset in their pages, 32 of them would fight for the eight ways of one set of the first-level cache.
const STRIDE: usize = STREAM_LEN + 192;

fn memory(count: usize) -> Vec<u8> {
    (0..=250).cycle().take(count * STRIDE).collect()
}

fn streams(memory: &[u8]) -> Vec<&[u8]> {
    memory.chunks_exact(STRIDE).map(|stream| &stream[..STREAM_LEN]).collect()
}

fn hash_in_lanes(simd: Simd, streams: &[&[u8]]) -> Vec<State> {
    let mut states = vec![START; streams.len()];
    for at in (0..STREAM_LEN).step_by(STEP * BLOCK_LEN) {
        let mut lanes: Vec<_> = states
            .iter_mut()
            .zip(streams)
            .map(|(state, stream)| Lane { state, bytes: &stream[at..] })
            .collect();
        advance(simd, &mut lanes, STEP);
    }
    states
}

fn many_streams(c: &mut Criterion) {
    let mut group = c.benchmark_group("md5/many");
    group.sample_size(20).measurement_time(Duration::from_secs(3));
    for name in ["avx512", "avx2", "portable"] {
        let Ok(simd) = name.parse::<Simd>() else { continue };
        let memory = memory(simd.width());
        let streams = streams(&memory);
        group.throughput(Throughput::Bytes((streams.len() * STREAM_LEN) as u64));
        group.bench_function(name, |b| b.iter(|| hash_in_lanes(simd, black_box(&streams))));
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
        b.iter(|| hash_in_lanes(Simd::best(), black_box(&streams)));
    });
    group.bench_function("rival md-5", |b| b.iter(|| Md5::digest(black_box(streams[0]))));
    group.finish();
}

criterion_group!(benches, many_streams, one_stream);
criterion_main!(benches);
