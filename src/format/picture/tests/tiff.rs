use super::{Fault, assert_no_cut_is_missed, parse, promised};

const SHORT: u16 = 3;
const LONG: u16 = 4;
const LONG8: u16 = 16;
const RATIONAL: u16 = 5;

/// A file that is written from its begin to its end.
struct Tiff {
    big_endian: bool,
    big: bool,
    bytes: Vec<u8>,
}

/// Tag, type, and its values.
type Entry = (u16, u16, Vec<u64>);

impl Tiff {
    /// With the offset of the first directory right behind.
    fn new(big_endian: bool, big: bool) -> Self {
        let order = if big_endian { *b"MM" } else { *b"II" };
        let mut file = Self { big_endian, big, bytes: order.to_vec() };
        if big {
            file.put(43, 2).put(8, 2).put(0, 2).put(16, 8);
        } else {
            file.put(42, 2).put(8, 4);
        }
        file
    }

    fn put(&mut self, value: u64, width: usize) -> &mut Self {
        let bytes = if self.big_endian {
            value.to_be_bytes()[8 - width..].to_vec()
        } else {
            value.to_le_bytes()[..width].to_vec()
        };
        self.bytes.extend(bytes);
        self
    }

    fn put_all(&mut self, values: &[u64], width: usize) {
        for value in values {
            self.put(*value, width);
        }
    }

    /// A directory here; values that do not fit in stand behind it.
    fn directory(mut self, entries: &[Entry], next: u64) -> Self {
        let (count, entry, offset) = if self.big { (8, 20, 8) } else { (2, 12, 4) };
        let end = self.bytes.len() + count + entries.len() * entry + offset;
        let mut behind = Self { bytes: Vec::new(), ..self };
        self.put(entries.len() as u64, count);
        for (tag, kind, values) in entries {
            let width = [0, 1, 1, 2, 4, 8][usize::from(*kind).min(5)];
            self.put((*tag).into(), 2).put((*kind).into(), 2).put(values.len() as u64, offset);
            if values.len() * width > offset {
                self.put((end + behind.bytes.len()) as u64, offset);
                behind.put_all(values, width);
            } else {
                let begin = self.bytes.len();
                self.put_all(values, width);
                self.bytes.resize(begin + offset, 0);
            }
        }
        self.put(next, offset);
        self.bytes.extend(behind.bytes);
        self
    }

    fn picture(mut self, len: usize) -> Vec<u8> {
        self.bytes.extend(vec![7; len]);
        self.bytes
    }
}

/// 16-bit RGB of 4 x 3 pixels in strips, without compression.
fn entries(offsets: &[u64], counts: &[u64]) -> Vec<Entry> {
    vec![
        (256, LONG, vec![4]),
        (257, SHORT, vec![3]),
        (258, SHORT, vec![16, 16, 16]),
        (259, SHORT, vec![1]),
        (262, SHORT, vec![2]),
        (273, LONG, offsets.to_vec()),
        (277, SHORT, vec![3]),
        (279, LONG, counts.to_vec()),
    ]
}

/// The same with one tag set.
fn with(tag: u16, kind: u16, values: &[u64]) -> Vec<Entry> {
    let mut entries = entries(&[200], &[72]);
    entries.retain(|entry| entry.0 != tag);
    entries.push((tag, kind, values.to_vec()));
    entries
}

pub(super) fn plain() -> Vec<u8> {
    let file = Tiff::new(false, false).directory(&entries(&[200], &[72]), 0);
    let len = 272 - file.bytes.len();
    file.picture(len)
}

fn told(entries: &[Entry]) -> super::Header {
    let file = Tiff::new(false, false).directory(entries, 0);
    parse(&file.picture(300)).unwrap()
}

#[test]
fn all_variants_say_the_same() {
    let words = [
        (false, false, "classic little-endian strips"),
        (true, false, "classic big-endian strips"),
        (false, true, "bigtiff little-endian strips"),
        (true, true, "bigtiff big-endian strips"),
    ];
    for (big_endian, big, layout) in words {
        let file = Tiff::new(big_endian, big).directory(&entries(&[300, 400, 350], &[24; 3]), 0);
        let header = parse(&file.picture(300)).unwrap();
        assert_eq!(header.layout, layout);
        assert_eq!((header.width, header.height), (4, 3));
        assert_eq!((header.bit_depth.as_str(), header.channels.as_str()), ("16", "RGB"));
        assert_eq!((header.compression.as_str(), header.encoding.as_str()), ("none", "RGB"));
        assert_eq!((header.promised, header.uniform), (Some(424), true));
    }
}

#[test]
fn no_cut_of_a_frame_is_missed() {
    assert_no_cut_is_missed(&plain());

    for big in [false, true] {
        // The directory and its values behind the picture, as many writers do.
        let mut file = Tiff::new(true, big);
        let at = if big { 16 } else { 8 };
        file.bytes.truncate(at / 2);
        file.put(at as u64 + 72, at / 2);
        file.bytes.extend([7; 72]);
        let file = file.directory(&entries(&[at as u64, at as u64 + 24], &[24, 48]), 0);
        assert_no_cut_is_missed(&file.bytes);
    }
}

#[test]
fn values_that_nobody_reads_must_be_there_too() {
    let resolution = Tiff::new(false, false).directory(&with(282, RATIONAL, &[72]), 0);
    let mut file = resolution.picture(0);
    let end = file.len() as u64;
    assert_eq!(promised(&file), end.max(272));

    file.resize(272, 0);
    assert_eq!(promised(&file), 272);
}

#[test]
fn each_page_and_each_directory_beside_is_promised() {
    // One directory takes 2 + 9 * 12 + 4 bytes, and 6 behind it for the bits of three samples.
    let second = 8 + 114 + 6;
    let third = second + 120;
    let mut beside = entries(&[10], &[10]);
    beside.push((330, LONG, vec![third]));
    let mut page = entries(&[400], &[100]);
    page.push((296, SHORT, vec![2]));
    let file = Tiff::new(false, false)
        .directory(&beside, second)
        .directory(&page, 0)
        .directory(&entries(&[600], &[100]), 0)
        .picture(500);

    let header = parse(&file).unwrap();

    assert_eq!(header.layout, "classic little-endian strips, 2 pages");
    assert_eq!(header.promised, Some(700));
}

#[test]
fn a_page_beyond_the_end_is_promised() {
    let file = Tiff::new(false, false).directory(&entries(&[10], &[10]), 5000).picture(100);

    assert_eq!(promised(&file), 5000 + 2 + 12 + 4);
}

#[test]
fn a_chain_of_directories_that_bites_its_tail_is_a_fault() {
    let file = Tiff::new(false, false).directory(&entries(&[10], &[10]), 8).picture(100);

    assert_eq!(parse(&file), Err(Fault::Wrong("chain of directories")));
}

#[test]
fn samples_are_told_in_words() {
    let depth = |tag, values: &[u64]| told(&with(tag, SHORT, values)).bit_depth;
    assert_eq!(depth(339, &[3, 3, 3]), "16f");
    assert_eq!(depth(339, &[2]), "16s");
    assert_eq!(depth(339, &[1, 3, 1]), "mixed");
    assert_eq!(depth(258, &[10]), "10");
    assert_eq!(depth(258, &[5, 6, 5]), "mixed");
    assert_eq!(depth(258, &[]), "1");

    let channels = |photometric: &[u64], samples, extra: &[u64]| {
        let mut entries = with(262, SHORT, photometric);
        entries.retain(|entry| entry.0 != 277);
        entries.push((277, SHORT, vec![samples]));
        entries.push((338, SHORT, extra.to_vec()));
        told(&entries).channels
    };
    assert_eq!(channels(&[2], 4, &[2]), "RGBA");
    assert_eq!(channels(&[2], 4, &[0]), "RGB+1");
    assert_eq!(channels(&[2], 6, &[1, 0, 0]), "RGBA+2");
    assert_eq!(channels(&[2], 3, &[1]), "RGB");
    assert_eq!(channels(&[1], 2, &[1]), "YA");
    assert_eq!(channels(&[0], 1, &[]), "Y");
    assert_eq!(channels(&[5], 4, &[]), "CMYK");
    assert_eq!(channels(&[], 3, &[]), "3");
}

#[test]
fn compression_and_interpretation_are_told_in_words() {
    let compressed = told(&with(259, SHORT, &[5]));
    assert_eq!((compressed.compression.as_str(), compressed.uniform), ("lzw", false));
    assert_eq!(told(&with(259, SHORT, &[60000])).compression, "compression 60000");
    assert_eq!(told(&with(262, SHORT, &[32803])).encoding, "colour filter array");
    assert_eq!(told(&with(262, SHORT, &[77])).encoding, "photometric 77");
    assert_eq!(told(&with(262, SHORT, &[])).encoding, "");
    assert_eq!(told(&with(284, SHORT, &[2])).layout, "classic little-endian strips, planar");
    assert_eq!(told(&with(324, LONG, &[200])).layout, "classic little-endian tiles");
}

/// `GDAL` leaves out tiles that hold nothing.
#[test]
fn a_strip_that_is_not_there_is_not_promised() {
    let file = Tiff::new(false, false).directory(&entries(&[200, 0], &[72, 0]), 0).picture(200);

    assert_eq!(promised(&file), 272);
}

#[test]
fn what_a_frame_cannot_do_without_is_missed() {
    let fault = |entries: &[Entry]| {
        parse(&Tiff::new(false, false).directory(entries, 0).picture(300)).unwrap_err()
    };
    assert_eq!(fault(&with(256, LONG, &[])), Fault::Missing("width"));
    assert_eq!(fault(&with(257, LONG, &[0])), Fault::Wrong("height"));
    assert_eq!(fault(&with(256, RATIONAL, &[4])), Fault::Missing("width"));

    assert_eq!(parse(b"II*\0\0\0\0\0"), Err(Fault::Missing("directory")));
    assert_eq!(parse(b"II+\0\x04\0\0\0--------"), Err(Fault::Wrong("offset size")));
}

#[test]
fn a_hostile_file_is_not_read_for_long() {
    let many = [&b"II*\0\x08\0\0\0\xff\xff"[..], &vec![0; 1 << 20]].concat();
    assert_eq!(parse(&many), Err(Fault::TooMany("tags")));

    let endless = [&b"MM\0+\0\x08\0\0\0\0\0\0\0\0\0\x10"[..], &[0xff; 64]].concat();
    assert_eq!(parse(&endless), Err(Fault::TooMany("tags")));

    // Counts of values that are not there.
    let mut file = Tiff::new(false, true);
    file.put(3, 8);
    for (tag, value) in [(256, 4), (257, 3)] {
        file.put(tag, 2).put(LONG8.into(), 2).put(1, 8).put(value, 8);
    }
    file.put(273, 2).put(LONG8.into(), 2).put(u64::MAX, 8).put(u64::MAX, 8).put(0, 8);
    assert_eq!(promised(&file.bytes), u64::MAX);
}
