//! Reading of a composition playlist of 10,000 resources, on one core, from memory: the tree alone, and all of
//! it with the check against the schema and the values.
//!
//! Each resource is a second of one of 100 track files, as an editor exports a film with its cuts; the
//! document has 110,000 elements and 6.7 MB.

use std::fmt::Write as _;
use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use reelpack::format::imf::{Tree, read};

/// Resources of the composition.
const RESOURCES: usize = 10_000;

/// Segments, each with one sequence.
const SEGMENTS: usize = 10;

fn composition() -> String {
    let mut text = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
        <CompositionPlaylist xmlns=\"http://www.smpte-ra.org/schemas/2067-3/2016\" \
        xmlns:cc=\"http://www.smpte-ra.org/schemas/2067-2/2016\" \
        xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">\n  <Id>urn:uuid:",
    );
    text += &id(0);
    text += "</Id>\n  <IssueDate>2026-01-31T12:00:00Z</IssueDate>\n  \
        <ContentTitle>Bench</ContentTitle>\n  <EditRate>24 1</EditRate>\n  <SegmentList>\n";
    for nth in 0..SEGMENTS {
        segment(&mut text, nth);
    }
    text + "  </SegmentList>\n</CompositionPlaylist>\n"
}

fn segment(text: &mut String, nth: usize) {
    let _cannot_fail = writeln!(
        text,
        "    <Segment>\n      <Id>urn:uuid:{}</Id>\n      <SequenceList>\n        \
        <cc:MainImageSequence>\n          <Id>urn:uuid:{}</Id>\n          \
        <TrackId>urn:uuid:{}</TrackId>\n          <ResourceList>",
        id(1 + nth),
        id(101 + nth),
        id(201),
    );
    for resource in 0..RESOURCES / SEGMENTS {
        let number = 1_000 + nth * RESOURCES / SEGMENTS + resource;
        let _cannot_fail = writeln!(
            text,
            "            <Resource xsi:type=\"TrackFileResourceType\">\n              \
            <Id>urn:uuid:{}</Id>\n              <Annotation>shot {number}</Annotation>\n              \
            <EditRate>24 1</EditRate>\n              \
            <IntrinsicDuration>172800</IntrinsicDuration>\n              \
            <EntryPoint>{resource}</EntryPoint>\n              \
            <SourceDuration>24</SourceDuration>\n              <RepeatCount>1</RepeatCount>\n              \
            <SourceEncoding>urn:uuid:{}</SourceEncoding>\n              \
            <TrackFileId>urn:uuid:{}</TrackFileId>\n              \
            <Hash>qZk+NkcGgWq6PiVxeFDCbJzQ2J0=</Hash>\n            </Resource>",
            id(number),
            id(301),
            id(401 + number % 100),
        );
    }
    *text += "          </ResourceList>\n        </cc:MainImageSequence>\n      \
        </SequenceList>\n    </Segment>\n";
}

fn id(number: usize) -> String {
    format!("20000000-0000-4000-8000-{number:012x}")
}

fn documents(c: &mut Criterion) {
    let text = composition();
    let document = read(text.as_bytes()).expect("a sound document");
    assert_eq!(document.problems, []);
    let mut group = c.benchmark_group("imf/composition of 10,000 resources");
    group.throughput(Throughput::Bytes(text.len() as u64));
    group.bench_function("tree", |b| {
        b.iter(|| Tree::parse(black_box(text.as_bytes()), usize::MAX).expect("a sound document"));
    });
    group.bench_function("read", |b| {
        b.iter(|| read(black_box(text.as_bytes())).expect("a sound document"));
    });
    group.finish();
}

criterion_group!(benches, documents);
criterion_main!(benches);
