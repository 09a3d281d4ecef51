//! A writer of the smallest track files: what a reader of headers looks at, and a little essence.

use crate::format::imf::Uuid;

const PREFACE: u64 = 0x0d01_0101_0101_2f00;
const ESSENCE_DATA: u64 = 0x0d01_0101_0101_2300;
const SOURCE_PACKAGE: u64 = 0x0d01_0101_0101_3700;
const TRACK: u64 = 0x0d01_0101_0101_3b00;
const SEQUENCE: u64 = 0x0d01_0101_0101_0f00;
const TIMECODE: u64 = 0x0d01_0101_0101_1400;
pub(super) const RGBA: u64 = 0x0d01_0101_0101_2900;
pub(super) const TIMED_TEXT: u64 = 0x0d01_0101_0101_6400;

/// A set: its class, and its items by the ends of their labels.
struct Set(u64, Vec<(u64, Vec<u8>)>);

/// A track file of 48 pictures with this id, whose time code begins at `start`, described as `class`.
pub(super) fn track_file(id: Uuid, start: i64, class: u64) -> Vec<u8> {
    let mut umid = b"\x06\x0a\x2b\x34\x01\x01\x01\x05\x01\x01\x0f\x20\x13\x00\x00\x00".to_vec();
    umid.extend(id.0);
    let number = |n: u8| vec![0, 0, 0, n];
    let rate = [24_i32, 1].iter().flat_map(|n| n.to_be_bytes()).collect::<Vec<u8>>();
    let track = |id: u8| {
        Set(
            TRACK,
            vec![
                (0x0101_1502_0000_0000, vec![id; 16]),
                (0x0107_0101_0000_0000, number(id)),
                (0x0530_0405_0000_0000, rate.clone()),
                (0x0702_0103_0103_0000, vec![0; 8]),
                (0x0601_0104_0204_0000, vec![id + 1; 16]),
            ],
        )
    };
    let sequence = |id: u8, holds: u64| {
        Set(
            SEQUENCE,
            vec![
                (0x0101_1502_0000_0000, vec![id; 16]),
                (0x0407_0100_0000_0000, label(0x0401_0101, holds)),
                (0x0702_0201_0103_0000, 48_i64.to_be_bytes().to_vec()),
                (0x0601_0104_0609_0000, batch(&[[id + 1; 16]])),
            ],
        )
    };
    let sets = [
        Set(
            PREFACE,
            vec![(0x0101_1502_0000_0000, vec![1; 16]), (0x0601_0104_0108_0000, vec![4; 16])],
        ),
        Set(
            ESSENCE_DATA,
            vec![(0x0101_1502_0000_0000, vec![2; 16]), (0x0601_0106_0100_0000, umid.clone())],
        ),
        Set(
            SOURCE_PACKAGE,
            vec![
                (0x0101_1502_0000_0000, vec![4; 16]),
                (0x0101_1510_0000_0000, umid),
                (0x0601_0104_0605_0000, batch(&[[30; 16], [40; 16]])),
                (0x0601_0104_0203_0000, vec![5; 16]),
            ],
        ),
        Set(
            class,
            vec![
                (0x0101_1502_0000_0000, vec![5; 16]),
                (0x0406_0101_0000_0000, rate.clone()),
                (0x0406_0102_0000_0000, 48_i64.to_be_bytes().to_vec()),
                (0x0601_0103_0500_0000, number(40)),
            ],
        ),
        track(30),
        sequence(31, 0x0103_0201_0100_0000),
        Set(
            TIMECODE,
            vec![
                (0x0101_1502_0000_0000, vec![32; 16]),
                (0x0702_0103_0105_0000, start.to_be_bytes().to_vec()),
                (0x0404_0101_0206_0000, vec![0, 24]),
                (0x0404_0101_0500_0000, vec![0]),
            ],
        ),
        track(40),
        sequence(41, 0x0103_0202_0100_0000),
    ];
    let metadata = metadata(&sets);
    let mut pack = vec![0, 1, 0, 3, 0, 0, 0, 1];
    pack.extend([0; 24]);
    pack.extend((metadata.len() as u64).to_be_bytes());
    pack.extend([0; 24]);
    pack.extend(label(0x0401_0101, 0x0d01_0201_0101_0100));
    pack.extend(batch(&[label(0x0401_010d, 0x0d01_0301_020c_0600).try_into().unwrap()]));
    let essence = packet(label(0x0102_0101, 0x0d01_0301_1501_0501), b"no picture at all");
    [packet(label(0x0205_0101, 0x0d01_0201_0102_0400), &pack), metadata, essence].concat()
}

fn metadata(sets: &[Set]) -> Vec<u8> {
    let mut items: Vec<u64> = sets.iter().flat_map(|set| &set.1).map(|item| item.0).collect();
    items.sort_unstable();
    items.dedup();
    let tag = |item: u64| u16::try_from(0x8000 + items.binary_search(&item).unwrap()).unwrap();
    let mut primer = vec![];
    primer.extend(u32::try_from(items.len()).unwrap().to_be_bytes());
    primer.extend(18_u32.to_be_bytes());
    for item in &items {
        primer.extend(tag(*item).to_be_bytes());
        primer.extend(label(0x0101_0102, *item));
    }
    let mut bytes = packet(label(0x0205_0101, 0x0d01_0201_0105_0100), &primer);
    for Set(class, items) in sets {
        let mut value = vec![];
        for (item, bytes) in items {
            value.extend(tag(*item).to_be_bytes());
            value.extend(u16::try_from(bytes.len()).unwrap().to_be_bytes());
            value.extend(bytes);
        }
        bytes.extend(packet(label(0x0253_0101, *class), &value));
    }
    bytes
}

fn batch(all: &[[u8; 16]]) -> Vec<u8> {
    let count = u32::try_from(all.len()).unwrap();
    [count.to_be_bytes().to_vec(), 16_u32.to_be_bytes().to_vec(), all.concat()].concat()
}

fn label(kind: u32, item: u64) -> Vec<u8> {
    let bytes = u128::from(0x060e_2b34_u32) << 96 | u128::from(kind) << 64 | u128::from(item);
    bytes.to_be_bytes().to_vec()
}

fn packet(key: Vec<u8>, value: &[u8]) -> Vec<u8> {
    let len = u32::try_from(value.len()).unwrap() | 0x8300_0000;
    [key, len.to_be_bytes().to_vec(), value.to_vec()].concat()
}
