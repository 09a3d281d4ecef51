//! A writer of small files, with what the reader looks at and little else.

use crate::format::mxf::label::{self, Field};

pub(super) const RGBA_DESCRIPTOR: u64 = 0x0d01_0101_0101_2900;
pub(super) const J2K_SUB_DESCRIPTOR: u64 = 0x0d01_0101_0101_5a00;
pub(super) const TIMELINE_TRACK: u64 = 0x0d01_0101_0101_3b00;
pub(super) const SEQUENCE: u64 = 0x0d01_0101_0101_0f00;
pub(super) const SAMPLE_RATE: Field = Field(0x0406_0101_0000_0000, "SampleRate");
pub(super) const ESSENCE_LENGTH: Field = Field(0x0406_0102_0000_0000, "EssenceLength");
pub(super) const LINKED_TRACK_ID: Field = Field(0x0601_0103_0500_0000, "LinkedTrackID");
pub(super) const FRAME_LAYOUT: Field = Field(0x0401_0301_0400_0000, "FrameLayout");
pub(super) const MIME_TYPE: Field = Field(0x0409_0201_0000_0000, "MIMEType");

pub(super) const PICTURE: u64 = 0x0103_0202_0100_0000;
pub(super) const TIMECODE: u64 = 0x0103_0201_0100_0000;

/// A set whose id is all of one byte.
#[derive(Clone)]
pub(super) struct Set {
    pub(super) class: u64,
    pub(super) items: Vec<(Field, Vec<u8>)>,
}

impl Set {
    pub(super) fn new(class: u64, id: u8) -> Self {
        Self { class, items: Vec::new() }.with(label::INSTANCE_ID, [id; 16])
    }

    pub(super) fn with(mut self, field: Field, value: impl AsRef<[u8]>) -> Self {
        self.items.push((field, value.as_ref().to_vec()));
        self
    }

    /// References to sets.
    pub(super) fn to(self, field: Field, ids: &[u8]) -> Self {
        let ids: Vec<u8> = ids.iter().flat_map(|id| [*id; 16]).collect();
        self.with(field, batch(16, &ids))
    }

    /// Another value for an item that it has.
    pub(super) fn change(&mut self, field: Field, value: impl AsRef<[u8]>) {
        let item = self.items.iter_mut().find(|(known, _)| known.0 == field.0);
        item.expect("it has the item").1 = value.as_ref().to_vec();
    }
}

/// A partition pack with sets behind it.
#[derive(Clone)]
pub(super) struct Part {
    /// 1 open and incomplete to 4 closed and complete.
    pub(super) status: u8,
    pub(super) sets: Vec<Set>,
}

/// A file: header, a little essence, footer, random index pack.
#[derive(Clone)]
pub(super) struct File {
    pub(super) run_in: Vec<u8>,
    pub(super) header: Part,
    pub(super) footer: Option<Part>,
    /// Whether the header says where the footer is.
    pub(super) says_footer: bool,
    pub(super) has_index: bool,
}

impl File {
    pub(super) fn new(sets: Vec<Set>) -> Self {
        let header = Part { status: 4, sets };
        let footer = Some(Part { status: 4, sets: Vec::new() });
        Self { run_in: Vec::new(), header, footer, says_footer: true, has_index: true }
    }

    pub(super) fn write(&self) -> Vec<u8> {
        let place = self.header.write(2, 0).len() + ESSENCE.len();
        let said = if self.says_footer { place } else { 0 };
        let mut bytes = self.run_in.clone();
        bytes.extend(self.header.write(2, said));
        bytes.extend(ESSENCE);
        bytes.extend(self.footer.iter().flat_map(|footer| footer.write(4, place)));
        if self.has_index {
            bytes.extend(random_index(&[0, place as u64]));
        }
        bytes
    }
}

/// A packet that no one looks into.
const ESSENCE: [u8; 24] =
    *b"\x06\x0e\x2b\x34\x01\x02\x01\x01\x0d\x01\x03\x01\x15\x01\x05\x01\x07essence";

impl Part {
    fn write(&self, kind: u8, footer: usize) -> Vec<u8> {
        let metadata = if self.sets.is_empty() { Vec::new() } else { metadata(&self.sets) };
        let mut pack = vec![0, 1, 0, 3, 0, 0, 0, 1];
        pack.extend([0; 16]);
        pack.extend((footer as u64).to_be_bytes());
        pack.extend((metadata.len() as u64).to_be_bytes());
        pack.extend([0; 24]);
        pack.extend(ul(0x0401_0101, 0x0d01_0201_0101_0100));
        pack.extend(batch(16, &ul(0x0401_010d, 0x0d01_0301_020c_0600)));
        let key = 0x0d01_0201_0100_0000 | u64::from(kind) << 16 | u64::from(self.status) << 8;
        let mut bytes = packet(ul(0x0205_0101, key), &pack);
        bytes.extend(fill(9));
        bytes.extend(metadata);
        bytes
    }
}

/// The primer and the sets, each item under a tag of its own choice.
pub(super) fn metadata(sets: &[Set]) -> Vec<u8> {
    let mut items: Vec<u64> = sets.iter().flat_map(|set| &set.items).map(|item| item.0.0).collect();
    items.sort_unstable();
    items.dedup();
    let tag = |item: u64| u16::try_from(0xffff - items.binary_search(&item).unwrap()).unwrap();
    let entry =
        |item: &u64| [tag(*item).to_be_bytes().as_slice(), &ul(0x0101_0102, *item)].concat();
    let entries: Vec<u8> = items.iter().flat_map(entry).collect();
    let mut bytes = packet(ul(0x0205_0101, 0x0d01_0201_0105_0100), &batch(18, &entries));
    for set in sets {
        let items = set.items.iter().flat_map(|(field, value)| {
            let len = u16::try_from(value.len()).unwrap();
            [&tag(field.0).to_be_bytes()[..], &len.to_be_bytes(), value].concat()
        });
        bytes.extend(packet(ul(0x0253_0101, set.class), &items.collect::<Vec<_>>()));
    }
    bytes.extend(fill(20));
    bytes
}

/// A count, a size, and the elements.
pub(super) fn batch(width: usize, elements: &[u8]) -> Vec<u8> {
    let count = u32::try_from(elements.len() / width).unwrap();
    let width = u32::try_from(width).unwrap();
    [&count.to_be_bytes(), &width.to_be_bytes(), elements].concat()
}

pub(super) fn ul(kind: u32, item: u64) -> [u8; 16] {
    let bytes = u128::from(0x060e_2b34_u32) << 96 | u128::from(kind) << 64 | u128::from(item);
    bytes.to_be_bytes()
}

/// With a length of 4 bytes, as most writers have it.
pub(super) fn packet(key: [u8; 16], value: &[u8]) -> Vec<u8> {
    let len = u32::try_from(value.len()).unwrap() | 0x8300_0000;
    [&key, len.to_be_bytes().as_slice(), value].concat()
}

pub(super) fn fill(len: usize) -> Vec<u8> {
    packet(ul(0x0101_0102, 0x0301_0210_0100_0000), &vec![0; len])
}

fn random_index(places: &[u64]) -> Vec<u8> {
    let mut value: Vec<u8> =
        places.iter().flat_map(|at| [&[0; 4][..], &at.to_be_bytes()].concat()).collect();
    let len = u32::try_from(value.len()).unwrap() + 24;
    value.extend(len.to_be_bytes());
    packet(ul(0x0205_0101, 0x0d01_0201_0111_0100), &value)
}

pub(super) fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_be_bytes).collect()
}

pub(super) fn rate(numerator: i32, denominator: i32) -> Vec<u8> {
    [numerator.to_be_bytes(), denominator.to_be_bytes()].concat()
}

fn umid(last: u8) -> Vec<u8> {
    let mut umid = b"\x06\x0a\x2b\x34\x01\x01\x01\x05\x01\x01\x0f\x20\x13\x00\x00\x00".to_vec();
    umid.extend((0..15).chain([last]));
    umid
}

/// A track whose segment is a sequence with one component; takes the ids from `id` to `id + 2`.
pub(super) fn track(id: u8, holds: u64, length: i64, component: Option<Set>) -> Vec<Set> {
    let number = u32::from(id).to_be_bytes();
    let track = Set::new(TIMELINE_TRACK, id).with(label::TRACK_ID, number);
    let track =
        track.with(label::TRACK_NAME, utf16("A track")).with(label::EDIT_RATE, rate(24000, 1001));
    let track = track.with(label::ORIGIN, [0; 8]).with(label::TRACK_SEGMENT, [id + 1; 16]);
    let sequence = Set::new(SEQUENCE, id + 1).with(label::DATA_DEFINITION, ul(0x0401_0101, holds));
    let sequence = sequence.with(label::COMPONENT_LENGTH, length.to_be_bytes());
    let sequence = sequence.to(label::COMPONENTS, &[id + 2]);
    [track, sequence].into_iter().chain(component).collect()
}

pub(super) fn timecode(id: u8, start: i64) -> Set {
    let set = Set::new(label::TIMECODE, id).with(label::START_TIMECODE, start.to_be_bytes());
    set.with(label::FRAMES_PER_SECOND, [0, 24]).with(label::DROP_FRAME, [0])
}

/// A picture of 48 frames as a track file: the sets of its header.
pub(super) fn picture(start: i64) -> Vec<Set> {
    let mut sets = vec![
        Set::new(label::PREFACE, 1).with(label::PRIMARY_PACKAGE, [4; 16]),
        Set::new(label::ESSENCE_DATA, 2).with(label::LINKED_PACKAGE_ID, umid(0xf0)),
        Set::new(label::MATERIAL_PACKAGE, 3)
            .with(label::PACKAGE_ID, umid(0xf1))
            .to(label::PACKAGE_TRACKS, &[10, 20]),
        Set::new(label::SOURCE_PACKAGE, 4)
            .with(label::PACKAGE_ID, umid(0xf0))
            .with(label::PACKAGE_NAME, utf16("File Package: été\0ignored"))
            .to(label::PACKAGE_TRACKS, &[30, 40])
            .with(label::ESSENCE_DESCRIPTION, [5; 16]),
        Set::new(RGBA_DESCRIPTOR, 5)
            .with(SAMPLE_RATE, rate(24000, 1001))
            .with(ESSENCE_LENGTH, 48_i64.to_be_bytes())
            .with(LINKED_TRACK_ID, [0, 0, 0, 40])
            .with(FRAME_LAYOUT, [0])
            .to(label::SUB_DESCRIPTORS, &[6]),
        Set::new(J2K_SUB_DESCRIPTOR, 6),
    ];
    sets.extend(track(10, TIMECODE, 48, Some(timecode(12, start))));
    sets.extend(track(20, PICTURE, 48, None));
    sets.extend(track(30, TIMECODE, 48, Some(timecode(32, start))));
    sets.extend(track(40, PICTURE, 48, None));
    sets
}

/// The set of that id.
pub(super) fn of(sets: &mut [Set], id: u8) -> &mut Set {
    sets.iter_mut().find(|set| set.items[0].1 == [id; 16]).expect("there is such a set")
}
