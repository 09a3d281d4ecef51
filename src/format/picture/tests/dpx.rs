use super::{Fault, assert_no_cut_is_missed, parse, parse_of, promised};

/// Places from the structures in `GraphicsMagick`'s `coders/dpx.c`: lengths added up, not ours looked at.
mod at {
    pub(super) const IMAGE_OFFSET: usize = 4;
    pub(super) const FILE_SIZE: usize = 4 + 4 + 8;
    const FILE_INFO: usize = 7 * 4 + 4 + 100 + 24 + 100 + 200 + 200 + 4 + 104 + 4;
    pub(super) const ELEMENT_COUNT: usize = FILE_INFO + 2;
    pub(super) const WIDTH: usize = FILE_INFO + 4;
    pub(super) const ELEMENT: usize = FILE_INFO + 12;
    pub(super) const ELEMENT_LEN: usize = 5 * 4 + 4 + 4 + 3 * 4 + 32;
    const IMAGE_INFO: usize = 12 + 8 * ELEMENT_LEN + 52;
    const SOURCE_INFO: usize = 6 * 4 + 100 + 24 + 32 + 32 + 8 + 8 + 8 + 20;
    const FILM_INFO: usize = 2 + 2 + 2 + 6 + 4 + 32 + 5 * 4 + 32 + 100 + 56;
    pub(super) const FILM: usize = FILE_INFO + IMAGE_INFO + SOURCE_INFO;
    pub(super) const FILM_RATE: usize = FILM + 2 + 2 + 2 + 6 + 4 + 32 + 3 * 4;
    pub(super) const TIME_CODE: usize = FILM + FILM_INFO;
    pub(super) const TELEVISION_RATE: usize = TIME_CODE + 4 + 4 + 4 + 4 + 4;
    pub(super) const DESCRIPTOR: usize = ELEMENT + 20;
    pub(super) const PACKING: usize = ELEMENT + 24;
    pub(super) const DATA_OFFSET: usize = ELEMENT + 28;
    pub(super) const LINE_PADDING: usize = ELEMENT + 32;
}

/// A header in which everything that is not set is undefined: all ones.
pub(super) struct Dpx {
    bytes: Vec<u8>,
    big: bool,
}

impl Default for Dpx {
    fn default() -> Self {
        Self::new(true, *b"V2.0\0\0\0\0")
    }
}

impl Dpx {
    /// 10-bit RGB, method A, 4 x 3 pixels behind 2048 bytes.
    fn new(big: bool, version: [u8; 8]) -> Self {
        let magic = if big { b"SDPX" } else { b"XPDS" };
        let mut bytes = vec![0xff; 2048];
        bytes[..4].copy_from_slice(magic);
        bytes[8..16].copy_from_slice(&version);
        Self { bytes, big }
            .u32(at::IMAGE_OFFSET, 2048)
            .u16(at::ELEMENT_COUNT, 1)
            .size(4, 3)
            .element(50, 10, 1)
    }

    fn put(mut self, at: usize, bytes: &[u8]) -> Self {
        self.bytes[at..at + bytes.len()].copy_from_slice(bytes);
        self
    }

    fn u16(self, at: usize, value: u16) -> Self {
        let bytes = if self.big { value.to_be_bytes() } else { value.to_le_bytes() };
        self.put(at, &bytes)
    }

    fn u32(self, at: usize, value: u32) -> Self {
        let bytes = if self.big { value.to_be_bytes() } else { value.to_le_bytes() };
        self.put(at, &bytes)
    }

    fn size(self, width: u32, height: u32) -> Self {
        self.u32(at::WIDTH, width).u32(at::WIDTH + 4, height)
    }

    /// Without run-length encoding, and no transfer or colorimetry told.
    fn element(self, descriptor: u8, depth: u8, packing: u16) -> Self {
        let described = self.put(at::DESCRIPTOR, &[descriptor, 255, 255, depth]);
        described.u16(at::PACKING, packing).u16(at::PACKING + 2, 0)
    }

    pub(super) fn bytes(self) -> Vec<u8> {
        self.bytes
    }
}

#[test]
fn the_parts_of_a_header_are_as_long_as_the_standard_says() {
    assert_eq!((at::ELEMENT, at::FILM, at::TIME_CODE), (780, 1664, 1920));
}

#[test]
fn both_byte_orders_say_the_same() {
    for (big, word) in [(true, "big-endian"), (false, "little-endian")] {
        let header = parse(&Dpx::new(big, *b"V1.0\0\0\0\0").bytes()).unwrap();
        assert_eq!(header.layout, format!("v1 {word}, filled A"));
        assert_eq!((header.width, header.height), (4, 3));
        assert_eq!((header.bit_depth.as_str(), header.channels.as_str()), ("10", "RGB"));
        assert_eq!((header.compression.as_str(), header.encoding.as_str()), ("none", ""));
        assert_eq!((header.frame_rate, header.time_code), (None, None));
        assert_eq!((header.promised, header.uniform), (Some(2048 + 4 * 3 * 4), true));
    }
}

/// Sizes that the studio's own page gives for frames with a header of 2,048 bytes.
#[test]
fn frames_of_uhd_have_the_sizes_that_the_studio_counts_with() {
    let ten = Dpx::default().size(3840, 2160).bytes();
    let sixteen = Dpx::default().size(3840, 2160).element(50, 16, 0).bytes();

    assert_eq!((promised(&ten), promised(&sixteen)), (33_179_648, 49_768_448));
}

/// Descriptor, depth, packing; then the bytes of 7 x 5 pixels without padding, and with lines on whole
/// words.
const SIZES: [(u8, u8, u16, u64, u64); 20] = [
    (50, 1, 0, 14, 20),
    (6, 8, 0, 35, 40),
    (50, 8, 0, 105, 120),
    (51, 8, 0, 140, 140),
    (52, 8, 1, 140, 140),
    (50, 10, 0, 132, 140),
    (50, 10, 1, 140, 140),
    (50, 10, 2, 140, 140),
    (6, 10, 1, 48, 60),
    (51, 10, 1, 188, 200),
    (100, 10, 1, 96, 100),
    (50, 12, 0, 158, 160),
    (50, 12, 1, 210, 220),
    (50, 12, 2, 210, 220),
    (50, 16, 0, 210, 220),
    (50, 16, 1, 210, 220),
    (101, 16, 0, 210, 220),
    (51, 16, 0, 280, 280),
    (50, 32, 0, 420, 420),
    (156, 64, 0, 2240, 2240),
];

#[test]
fn a_promise_is_never_more_than_the_pixels_need() {
    for (descriptor, depth, packing, least, _) in SIZES {
        let header = Dpx::default().size(7, 5).element(descriptor, depth, packing);
        // What known writers leave there: nothing, all ones, the length of the header.
        for told in [0, u32::MAX, 2048] {
            let header = Dpx { bytes: header.bytes.clone(), big: true }.u32(at::FILE_SIZE, told);
            assert_eq!(promised(&header.bytes()), 2048 + least, "{descriptor} {depth} {packing}");
        }
    }
}

#[test]
fn a_file_size_that_the_pixels_allow_is_believed() {
    for (descriptor, depth, packing, least, most) in SIZES {
        for told in [least, most] {
            let told = 2048 + u32::try_from(told).unwrap();
            let header = Dpx::default().size(7, 5).element(descriptor, depth, packing);
            let header = header.u32(at::FILE_SIZE, told).bytes();
            assert_eq!(promised(&header), u64::from(told), "{descriptor} {depth} {packing}");
        }
    }
}

#[test]
fn a_file_size_that_no_padding_explains_is_not_believed() {
    for told in [2048 + 4 * 3 * 4 + 1, 8192, u32::MAX - 1] {
        let header = Dpx::default().u32(at::FILE_SIZE, told).bytes();
        assert_eq!(promised(&header), 2048 + 4 * 3 * 4);
    }
}

#[test]
fn line_padding_is_promised_only_if_the_file_size_counts_it() {
    let padded = || Dpx::default().u32(at::LINE_PADDING, 8);
    let (without, with) = (2048 + 4 * 3 * 4, 2048 + (4 * 4 + 8) * 3);

    assert_eq!(promised(&padded().bytes()), without);
    assert_eq!(promised(&padded().u32(at::FILE_SIZE, 2048 + 72).bytes()), with);
    // A padding longer than the line is garbage, and so is a size that would need it.
    let garbage = Dpx::default().u32(at::LINE_PADDING, 1000).u32(at::FILE_SIZE, 2048 + 3048);
    assert_eq!(promised(&garbage.bytes()), without);
}

#[test]
fn no_cut_of_a_frame_is_missed() {
    let mut frame = Dpx::default().u32(at::FILE_SIZE, 2048 + 48).bytes();
    frame.resize(2048 + 48, 0);

    assert_no_cut_is_missed(&frame);
}

#[test]
fn the_lesser_of_two_offsets_holds() {
    let cases = [(2048, 8192, 2048), (8192, 2048, 2048), (8192, 0, 8192), (u32::MAX, 4096, 4096)];
    for (file, element, offset) in cases {
        let header = Dpx::default().u32(at::IMAGE_OFFSET, file).u32(at::DATA_OFFSET, element);
        assert_eq!(promised(&header.bytes()), offset + 48);
    }
}

#[test]
fn planes_follow_each_other_unless_they_say_where_they_are() {
    let planes = |big| {
        let mut header = Dpx::new(big, *b"V2.0\0\0\0\0").u16(at::ELEMENT_COUNT, 3);
        for (index, descriptor) in [1, 2, 3].into_iter().enumerate() {
            let begin = index * at::ELEMENT_LEN;
            header = header
                .put(at::DESCRIPTOR + begin, &[descriptor, 2, 2, 16])
                .u16(at::PACKING + begin, 0)
                .u16(at::PACKING + 2 + begin, 0);
        }
        header
    };

    let header = parse(&planes(true).bytes()).unwrap();
    assert_eq!(header.layout, "v2 big-endian, 3 elements");
    assert_eq!((header.channels.as_str(), header.encoding.as_str()), ("RGB", "linear"));
    assert_eq!(header.promised, Some(2048 + 3 * 24));

    let apart = planes(false).u32(at::DATA_OFFSET + 2 * at::ELEMENT_LEN, 10_000);
    assert_eq!(promised(&apart.bytes()), 10_000 + 24);
}

#[test]
fn elements_that_nobody_counts_are_those_that_are_described() {
    let header = Dpx::default().u16(at::ELEMENT_COUNT, u16::MAX);
    assert_eq!(parse(&header.bytes()).unwrap().channels, "RGB");

    let nothing = Dpx::default().u16(at::ELEMENT_COUNT, 0).put(at::DESCRIPTOR, &[255]);
    assert_eq!(parse(&nothing.bytes()), Err(Fault::Missing("image element")));
}

#[test]
fn of_a_compressed_picture_only_its_begin_is_promised() {
    let header = Dpx::default().u16(at::PACKING + 2, 1).u32(at::FILE_SIZE, 2048 + 48);
    let header = parse(&header.bytes()).unwrap();

    assert_eq!((header.compression.as_str(), header.uniform), ("rle", false));
    assert_eq!(header.promised, Some(2048));
}

#[test]
fn rates_and_time_code_are_told_where_they_are_defined() {
    let rate = |rate: f32| rate.to_bits();
    let film = Dpx::default().u32(at::FILM_RATE, rate(23.976)).u32(at::TELEVISION_RATE, rate(25.0));
    let film = parse(&film.u32(at::TIME_CODE, 0x0102_0304).bytes()).unwrap();
    assert_eq!((film.frame_rate, film.time_code.as_deref()), (Some(23.976), Some("01:02:03:04")));

    let television = Dpx::default().u32(at::FILM_RATE, 0).u32(at::TELEVISION_RATE, rate(25.0));
    assert_eq!(parse(&television.bytes()).unwrap().frame_rate, Some(25.0));

    for nonsense in [rate(f32::INFINITY), rate(-24.0), rate(1e30)] {
        let header = Dpx::default().u32(at::FILM_RATE, nonsense);
        assert_eq!(parse(&header.bytes()).unwrap().frame_rate, None);
    }
    for nonsense in [0x2400_0000, 0x0060_0000, 0x0000_6000, 0x0000_000a, 0xa000_0000] {
        let header = Dpx::default().u32(at::TIME_CODE, nonsense);
        assert_eq!(parse(&header.bytes()).unwrap().time_code, None, "{nonsense:08x}");
    }
}

/// `FFmpeg` begins the picture where the film header would be.
#[test]
fn pixels_are_not_read_as_a_film_header() {
    let header = Dpx::default()
        .u32(at::IMAGE_OFFSET, 1664)
        .u32(at::FILM_RATE, 24_f32.to_bits())
        .u32(at::TIME_CODE, 0x0102_0304);
    let header = parse(&header.bytes()).unwrap();

    assert_eq!((header.frame_rate, header.time_code, header.promised), (None, None, Some(1712)));
}

#[test]
fn transfer_and_colorimetry_are_told_in_words() {
    let told = |version: [u8; 8], transfer: u8, colorimetric: u8| {
        let header = Dpx::new(true, version).put(at::DESCRIPTOR + 1, &[transfer, colorimetric]);
        parse(&header.bytes()).unwrap().encoding
    };
    let cases = [
        (*b"V2.0\0\0\0\0", 1, 1, "printing density"),
        (*b"V2.0\0\0\0\0", 3, 1, "transfer logarithmic, colorimetric printing density"),
        (*b"V2.0\0\0\0\0", 6, 255, "transfer ITU-R 709"),
        (*b"V2.0\0\0\0\0", 255, 2, "colorimetric linear"),
        (*b"V2.0\0\0\0\0", 5, 5, "SMPTE 274M"),
        (*b"V1.0\0\0\0\0", 5, 5, "code 5"),
        (*b"V2.0\0\0\0\0", 200, 200, "code 200"),
    ];
    for (version, transfer, colorimetric, words) in cases {
        assert_eq!(told(version, transfer, colorimetric), words);
    }
}

#[test]
fn other_versions_are_told_as_they_are_written() {
    let cases = [
        (*b"V2.0\xff\xff\xff\xff", "v2"),
        (*b"v1.0\0abc", "v1"),
        (*b"V2.0HDR\0", "V2.0HDR"),
        (*b"\0\0\0\0\0\0\0\0", "no version"),
        (*b"\n\x80\0\0\0\0\0\0", "\\n\\x80"),
    ];
    for (version, word) in cases {
        let layout = parse(&Dpx::new(true, version).bytes()).unwrap().layout;
        assert_eq!(layout, format!("{word} big-endian, filled A"));
    }
}

#[test]
fn what_a_frame_cannot_do_without_is_missed() {
    let undefined = u32::MAX;
    let cases = [
        (Dpx::default().size(0, 3), "width"),
        (Dpx::default().size(4, undefined), "height"),
        (Dpx::default().u32(at::IMAGE_OFFSET, undefined), "image offset"),
        (Dpx::default().u32(at::IMAGE_OFFSET, 100), "image offset"),
        (Dpx::default().element(50, 0, 0), "bit depth"),
        (Dpx::default().element(50, 255, 0), "bit depth"),
    ];
    for (header, field) in cases {
        assert_eq!(parse(&header.bytes()), Err(Fault::Wrong(field)));
    }
}

#[test]
fn the_largest_numbers_do_not_overflow() {
    let header = Dpx::default()
        .size(u32::MAX - 1, u32::MAX - 1)
        .element(156, 64, 0)
        .u32(at::LINE_PADDING, u32::MAX - 1)
        .u32(at::LINE_PADDING + 4, u32::MAX - 1);

    assert_eq!(parse_of(&header.bytes(), 1 << 40).unwrap().promised, Some(u64::MAX));
}
