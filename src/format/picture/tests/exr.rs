use super::{Fault, assert_no_cut_is_missed, parse, parse_of, promised};

/// A file with one part for each header, written as the layout document says.
pub(super) struct Exr {
    flags: u8,
    parts: Vec<Part>,
}

struct Part {
    attributes: Vec<u8>,
    /// Bytes of each chunk between part number and data, and bytes of data.
    chunks: Vec<(Vec<u8>, usize)>,
}

const TILED: u8 = 2;
const DEEP: u8 = 8;
const MULTI_PART: u8 = 16;

fn attribute(name: &str, kind: &str, value: &[u8]) -> Vec<u8> {
    let mut bytes = [name.as_bytes(), b"\0", kind.as_bytes(), b"\0"].concat();
    bytes.extend(i32::try_from(value.len()).unwrap().to_le_bytes());
    bytes.extend(value);
    bytes
}

fn numbers(values: &[i32]) -> Vec<u8> {
    values.iter().flat_map(|value| value.to_le_bytes()).collect()
}

/// A list of channels, all with the same kind of samples.
fn channels(names: &[&str], sample: i32) -> Vec<u8> {
    let channel = |name: &&str| [name.as_bytes(), b"\0", &numbers(&[sample, 0, 1, 1])].concat();
    let mut bytes: Vec<u8> = names.iter().flat_map(channel).collect();
    bytes.push(0);
    bytes
}

impl Part {
    /// Half-float RGB of `width` x `height`.
    fn new(width: i32, height: i32, compression: u8) -> Self {
        let window = numbers(&[0, 0, width - 1, height - 1]);
        let attributes = [
            attribute("channels", "chlist", &channels(&["B", "G", "R"], 1)),
            attribute("compression", "compression", &[compression]),
            attribute("dataWindow", "box2i", &window),
            attribute("displayWindow", "box2i", &window),
        ];
        Self { attributes: attributes.concat(), chunks: Vec::new() }
    }

    /// The last of two attributes of one name holds.
    fn with(mut self, name: &str, value: &[u8]) -> Self {
        self.attributes.extend(attribute(name, "any", value));
        self
    }

    /// Tiles of 2 x 2 pixels.
    fn tiles(self, mode: u8) -> Self {
        self.with("tiles", &[&numbers(&[2, 2])[..], &[mode]].concat())
    }

    /// `count` chunks of scan lines with 10 bytes of data each.
    fn lines(mut self, count: i32) -> Self {
        self.chunks.extend((0..count).map(|y| (numbers(&[y, 10]), 10)));
        self
    }

    fn tile_chunks(mut self, count: i32) -> Self {
        self.chunks.extend((0..count).map(|x| (numbers(&[x, 0, 0, 0, 10]), 10)));
        self
    }

    /// Chunks with 3 bytes of counts and 7 of samples, behind coordinates of this length.
    fn deep_chunks(mut self, count: usize, coordinates: usize) -> Self {
        let sizes: Vec<u8> = [3_u64, 7, 99].into_iter().flat_map(u64::to_le_bytes).collect();
        let header = [vec![0; coordinates], sizes].concat();
        self.chunks.extend(vec![(header, 10); count]);
        self
    }
}

impl Default for Exr {
    fn default() -> Self {
        Self { flags: 0, parts: vec![Part::new(4, 3, 0).lines(3)] }
    }
}

impl Exr {
    fn one(flags: u8, part: Part) -> Self {
        Self { flags, parts: vec![part] }
    }

    fn multi_part(&self) -> bool {
        self.flags & MULTI_PART != 0
    }

    /// Up to the chunk offset table.
    fn header(&self) -> Vec<u8> {
        let mut bytes = vec![0x76, 0x2f, 0x31, 0x01, 2, self.flags, 0, 0];
        for part in &self.parts {
            bytes.extend(&part.attributes);
            bytes.push(0);
        }
        if self.multi_part() {
            bytes.push(0);
        }
        bytes
    }

    pub(super) fn bytes(&self) -> Vec<u8> {
        let mut bytes = self.header();
        let all = || {
            self.parts
                .iter()
                .enumerate()
                .flat_map(|(number, part)| part.chunks.iter().map(move |chunk| (number, chunk)))
        };
        let mut data = Vec::new();
        let begin = bytes.len() + all().count() * 8;
        for (number, (header, len)) in all() {
            bytes.extend(((begin + data.len()) as u64).to_le_bytes());
            if self.multi_part() {
                data.extend(u32::try_from(number).unwrap().to_le_bytes());
            }
            data.extend(header);
            data.extend(vec![7; *len]);
        }
        bytes.extend(data);
        bytes
    }
}

/// A complete file of each kind, and the word for it.
fn kinds() -> [(Exr, &'static str); 8] {
    let typed = |part: Part, kind: &str, count: i32| {
        part.with("type", kind.as_bytes()).with("chunkCount", &numbers(&[count]))
    };
    let deep = || typed(Part::new(4, 3, 2).deep_chunks(3, 4), "deepscanline", 3);
    let deep_tiled = || typed(Part::new(4, 3, 2).tiles(0).deep_chunks(4, 16), "deeptile", 4);
    let flat = || typed(Part::new(4, 3, 3).lines(1), "scanlineimage", 1);
    let tiled = || typed(Part::new(4, 3, 3).tiles(0).tile_chunks(4), "tiledimage", 4);
    [
        (Exr::default(), "scanline"),
        (Exr::one(TILED, Part::new(4, 3, 3).tiles(0).tile_chunks(4)), "tiled"),
        (Exr::one(TILED, Part::new(4, 3, 3).tiles(1).tile_chunks(6)), "tiled mipmap"),
        (Exr::one(TILED, Part::new(4, 3, 3).tiles(2).tile_chunks(12)), "tiled ripmap"),
        (Exr::one(DEEP, deep()), "deep scanline"),
        (Exr::one(DEEP, deep_tiled()), "deep tiled"),
        (Exr { flags: MULTI_PART, parts: vec![flat(), flat()] }, "multi-part scanline"),
        (
            Exr { flags: MULTI_PART | DEEP, parts: vec![flat(), tiled(), deep_tiled(), deep()] },
            "multi-part scanline+tiled+deep tiled+deep scanline",
        ),
    ]
}

#[test]
fn all_kinds_of_parts_are_told_apart() {
    for (file, word) in kinds() {
        let header = parse(&file.bytes()).unwrap();
        assert_eq!(header.layout, word);
        assert_eq!((header.width, header.height), (4, 3));
        assert_eq!(header.bit_depth, "16f");
        assert_eq!(header.uniform, word == "scanline");
    }
}

#[test]
fn no_cut_of_a_frame_is_missed() {
    for (file, _) in kinds() {
        assert_no_cut_is_missed(&file.bytes());
    }
}

/// A writer puts zeros there, and the offsets when it is done.
#[test]
fn a_chunk_that_was_never_written_is_missed() {
    for (file, word) in kinds() {
        let (mut bytes, table) = (file.bytes(), file.header().len());
        bytes[table..table + 8].fill(0);
        assert!(promised(&bytes) > bytes.len() as u64, "{word}");
    }
}

#[test]
fn an_offset_into_the_header_is_a_fault() {
    let file = Exr::default();
    let (mut bytes, table) = (file.bytes(), file.header().len());
    bytes[table..table + 8].copy_from_slice(&(table as u64 + 3 * 8 - 1).to_le_bytes());

    assert_eq!(parse(&bytes), Err(Fault::Wrong("chunk offset table")));
}

#[test]
fn an_offset_beyond_the_end_is_promised() {
    let file = Exr::default();
    let (mut bytes, table) = (file.bytes(), file.header().len());
    bytes[table + 8..table + 16].copy_from_slice(&u64::MAX.to_le_bytes());

    assert_eq!(promised(&bytes), u64::MAX);
}

#[test]
fn a_chunk_of_a_negative_size_is_a_fault() {
    let mut part = Part::new(4, 3, 0);
    part.chunks = vec![(numbers(&[0, -1]), 0); 3];

    assert_eq!(parse(&Exr::one(0, part).bytes()), Err(Fault::Wrong("chunk size")));
}

/// As `OpenEXR` 3.5.3 cut parts of 600 lines.
#[test]
fn chunks_have_as_many_lines_as_their_compression_takes() {
    let counts = [600, 600, 600, 38, 19, 38, 19, 19, 19, 3, 3, 19, 3, 600];
    for (compression, count) in (0..).zip(counts) {
        let file = Exr::one(0, Part::new(4, 600, compression).lines(count));
        let bytes = file.bytes();
        assert_eq!(promised(&bytes), bytes.len() as u64, "compression {compression}");
    }
}

#[test]
fn of_an_unknown_compression_nothing_is_promised_unless_chunks_are_counted() {
    let header = parse(&Exr::one(0, Part::new(4, 3, 99)).bytes()).unwrap();
    assert_eq!((header.compression.as_str(), header.promised), ("compression 99", None));

    let counted = Part::new(4, 3, 99).with("chunkCount", &numbers(&[2])).lines(2);
    let bytes = Exr::one(0, counted).bytes();
    assert_eq!(promised(&bytes), bytes.len() as u64);
}

/// Left over from a file with tiles, as old versions of the library did.
#[test]
fn of_a_single_flat_part_the_version_field_tells_the_type() {
    let part = Part::new(4, 3, 0).lines(3).with("type", b"tiledimage");
    let part = part.with("chunkCount", &numbers(&[77])).tiles(0);
    let bytes = Exr::one(0, part).bytes();

    assert_eq!(parse(&bytes).unwrap().layout, "scanline");
    assert_eq!(promised(&bytes), bytes.len() as u64);
}

/// Levels of 4 x 3 pixels in tiles of 2 x 2, halved by rounding down (0x0.) and up (0x1.).
#[test]
fn smaller_copies_are_counted_with_either_rounding() {
    // Down: 4x3, 2x1, 1x1. Up: 4x3, 2x2, 1x1.
    for (mode, count) in [(0x01, 4 + 1 + 1), (0x11, 4 + 1 + 1), (0x02, 4 * 3), (0x12, 4 * 4)] {
        let file = Exr::one(TILED, Part::new(4, 3, 0).tiles(mode).tile_chunks(count));
        let bytes = file.bytes();
        assert_eq!(promised(&bytes), bytes.len() as u64, "mode {mode:#x}");
    }
}

#[test]
fn the_picture_is_the_display_window() {
    let file = |data: &[i32]| {
        let part = Part::new(4, 3, 0).with("dataWindow", &numbers(data));
        let rows = data[3] - data[1] + 1;
        parse(&Exr::one(0, part.lines(rows)).bytes()).unwrap()
    };

    let larger = file(&[-10, -10, 20, 20]);
    assert_eq!((larger.width, larger.height, larger.uniform), (4, 3, false));
    assert!(file(&[0, 0, 3, 2]).uniform);
}

#[test]
fn time_code_and_rate_are_told_where_they_are_set() {
    let told = |name: &str, value: &[i32]| {
        let part = Part::new(4, 3, 0).lines(3).with(name, &numbers(value));
        parse(&Exr::one(0, part).bytes()).unwrap()
    };
    let code = |bits| told("timeCode", &[bits, 0]).time_code;

    assert_eq!(code(0x0102_0304).as_deref(), Some("01:02:03:04"));
    // All flags: colour frame, field phase and the three of binary groups; then the dropped frame.
    assert_eq!(code((0x8182_8384_u32 | 0x4000_0000).cast_signed()).as_deref(), Some("01:02:03:04"));
    assert_eq!(code(0x2359_5969).as_deref(), Some("23:59:59;29"));
    assert_eq!(code(0x2400_0000), None);
    assert_eq!(told("framesPerSecond", &[24000, 1001]).frame_rate, Some(24000.0 / 1001.0));
    assert_eq!(told("framesPerSecond", &[24, 0]).frame_rate, None);
    assert_eq!(told("framesPerSecond", &[0, 1]).frame_rate, None);
}

#[test]
fn chromaticities_without_a_name_are_told_as_numbers() {
    let values = [0.7_f32, 0.3, 0.2, 0.7, 0.1, 0.05, 0.3127, 0.329];
    let bytes: Vec<u8> = values.into_iter().flat_map(f32::to_le_bytes).collect();
    let part = Part::new(4, 3, 0).lines(3).with("chromaticities", &bytes);

    let header = parse(&Exr::one(0, part).bytes()).unwrap();

    assert_eq!(header.encoding, "R 0.7 0.3, G 0.2 0.7, B 0.1 0.05, W 0.3127 0.329");
}

#[test]
fn many_channels_are_told_in_short() {
    let names: Vec<String> = (0..300).map(|index| format!("layer{index:03}.R")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let part = Part::new(4, 3, 0).lines(3).with("channels", &channels(&names, 2));

    let header = parse(&Exr::one(0, part).bytes()).unwrap();

    assert_eq!(header.bit_depth, "32f");
    assert!(header.channels.ends_with("... (300 channels)"), "{}", header.channels);
    assert!(header.channels.len() < 600);
}

#[test]
fn what_a_part_cannot_do_without_is_missed() {
    let header = |attributes: &[u8], flags| {
        let part = Part { attributes: attributes.to_vec(), chunks: Vec::new() };
        parse(&Exr::one(flags, part).bytes())
    };
    let window = attribute("dataWindow", "box2i", &numbers(&[0, 0, 3, 2]));
    let display = attribute("displayWindow", "box2i", &numbers(&[0, 0, 3, 2]));
    let compression = attribute("compression", "compression", &[0]);
    let list = attribute("channels", "chlist", &channels(&["Y"], 1));

    assert_eq!(header(b"", 0), Err(Fault::Missing("compression")));
    assert_eq!(header(b"", DEEP), Err(Fault::Missing("part type")));
    assert_eq!(header(&compression, 0), Err(Fault::Missing("data window")));
    let both = [&compression[..], &window].concat();
    assert_eq!(header(&both, 0), Err(Fault::Missing("channels")));
    assert_eq!(header(&both, TILED), Err(Fault::Missing("tile size")));
    let three = [&both[..], &list].concat();
    assert_eq!(header(&three, 0), Err(Fault::Missing("display window")));
    assert_eq!(header(&[&three[..], &display].concat(), 0).map(|header| header.width), Ok(4));
}

#[test]
fn what_cannot_be_true_is_a_fault() {
    let fault = |flags, part| parse(&Exr::one(flags, part).bytes()).unwrap_err();
    let part = || Part::new(4, 3, 0).lines(3);
    let empty = numbers(&[5, 0, 3, 2]);

    assert_eq!(fault(0, part().with("dataWindow", &empty)), Fault::Wrong("data window"));
    assert_eq!(fault(0, part().with("displayWindow", &empty)), Fault::Wrong("display window"));
    assert_eq!(fault(0, part().with("channels", b"R\0")), Fault::Wrong("channel list"));
    assert_eq!(fault(DEEP, part().with("type", b"movie")), Fault::Wrong("part type"));
    let mut newer = Exr::default().bytes();
    newer[4] = 3;
    assert_eq!(parse(&newer), Err(Fault::Wrong("version")));
}

#[test]
fn the_largest_windows_do_not_overflow() {
    let all = numbers(&[i32::MIN, i32::MIN, i32::MAX, i32::MAX]);
    let most = numbers(&[i32::MIN + 1, i32::MIN + 1, i32::MAX, i32::MAX]);
    let part = |window: &[u8]| {
        Part::new(4, 3, 0).with("dataWindow", window).with("displayWindow", window).tiles(0x12)
    };

    let fault = parse(&Exr::one(TILED, part(&all)).bytes());
    assert_eq!(fault, Err(Fault::Wrong("data window")));
    let header = parse(&Exr::one(TILED, part(&most)).bytes()).unwrap();
    assert_eq!((header.width, header.promised), (u32::MAX, Some(u64::MAX)));
}

#[test]
fn a_header_without_an_end_is_refused() {
    let endless = [&Exr::default().header()[..8], &b"a\0b\0\0\0\0\0".repeat(70_000)].concat();
    assert_eq!(parse(&endless), Err(Fault::TooMany("attributes")));

    let nameless = [&Exr::default().header()[..8], &[b'a'; 300]].concat();
    assert_eq!(parse(&nameless), Err(Fault::Wrong("attribute name")));

    let part = || Part::new(1, 1, 0).with("type", b"scanlineimage");
    let parts = Exr { flags: MULTI_PART, parts: (0..5000).map(|_| part()).collect() };
    assert_eq!(parse(&parts.bytes()), Err(Fault::TooMany("parts")));

    let list = channels(&vec!["layer"; 45_000], 1);
    let part = || Part::new(1, 1, 0).with("type", b"scanlineimage").with("channels", &list);
    let parts = Exr { flags: MULTI_PART, parts: (0..5).map(|_| part()).collect() };
    assert_eq!(parse(&parts.bytes()), Err(Fault::TooMany("bytes")));

    let huge = [&b"channels\0chlist\0"[..], &i32::MAX.to_le_bytes(), &[0; 300]].concat();
    let huge = [&Exr::default().header()[..8], &huge].concat();
    assert_eq!(parse_of(&huge, 1 << 40), Err(Fault::TooMany("bytes")));
}
