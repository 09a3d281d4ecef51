//! A writer of small movies, with what the reader looks at and little else.

/// Boxes one after the other.
pub(crate) fn joined(parts: &[&[u8]]) -> Vec<u8> {
    parts.concat()
}

pub(crate) fn atom(kind: &[u8], body: &[u8]) -> Vec<u8> {
    let size = u32::try_from(body.len() + 8).unwrap();
    [&size.to_be_bytes(), kind, body].concat()
}

/// With a size of 64 bits.
pub(crate) fn long(kind: &[u8], body: &[u8]) -> Vec<u8> {
    let size = body.len() as u64 + 16;
    [&1_u32.to_be_bytes(), kind, &size.to_be_bytes(), body].concat()
}

/// Up to the end.
pub(crate) fn to_end(kind: &[u8], body: &[u8]) -> Vec<u8> {
    [&[0; 4], kind, body].concat()
}

/// With version and flags.
pub(crate) fn full(kind: &[u8], version: u8, flags: u32, body: &[u8]) -> Vec<u8> {
    let head = u32::from(version) << 24 | flags;
    atom(kind, &[&head.to_be_bytes(), body].concat())
}

pub(crate) fn words(words: &[u32]) -> Vec<u8> {
    words.iter().flat_map(|word| word.to_be_bytes()).collect()
}

/// A table: how many entries, and their words.
pub(crate) fn table(kind: &[u8], width: usize, entries: &[u32]) -> Vec<u8> {
    let count = u32::try_from(entries.len() / width).unwrap();
    full(kind, 0, 0, &[words(&[count]), words(entries)].concat())
}

pub(crate) fn ftyp(brand: &[u8]) -> Vec<u8> {
    atom(b"ftyp", &[brand, &[0; 4], b"isom", b"mp42"].concat())
}

/// A track.
#[derive(Clone)]
pub(crate) struct Track {
    pub(crate) handler: [u8; 4],
    pub(crate) flags: u32,
    pub(crate) scale: u32,
    pub(crate) duration: u32,
    pub(crate) language: u16,
    pub(crate) edits: Option<Vec<u8>>,
    pub(crate) entries: Vec<Vec<u8>>,
    pub(crate) place: Vec<u8>,
    /// The tables, whole.
    pub(crate) tables: Vec<Vec<u8>>,
}

/// `eng`.
pub(crate) const ENGLISH: u16 = 5 << 10 | 14 << 5 | 7;

impl Track {
    /// 24 frames of H.264 at 24 frames a second, with a key frame first.
    pub(crate) fn video() -> Self {
        Self {
            handler: *b"vide",
            flags: 3,
            scale: 24000,
            duration: 24000,
            language: ENGLISH,
            edits: None,
            entries: vec![picture(b"avc1", 1920, 1080, &[])],
            place: full(b"url ", 0, 1, &[]),
            tables: vec![
                table(b"stts", 2, &[24, 1000]),
                table(b"stss", 1, &[1]),
                table(b"stsc", 3, &[1, 24, 1]),
                full(b"stsz", 0, 0, &words(&[2, 24])),
            ],
        }
    }

    pub(crate) fn of(handler: [u8; 4], entry: Vec<u8>) -> Self {
        Self { handler, entries: vec![entry], ..Self::video() }
    }

    /// Another table, or one instead of that which it has.
    pub(crate) fn with(mut self, table: Vec<u8>) -> Self {
        self.tables.retain(|known| known[4..8] != table[4..8]);
        self.tables.push(table);
        self
    }

    pub(crate) fn without(mut self, kind: &[u8]) -> Self {
        self.tables.retain(|known| known[4..8] != *kind);
        self
    }

    /// In thousandths of a second, as its samples say.
    fn lasts(&self) -> u32 {
        let stts = self.tables.iter().find(|table| table[4..8] == *b"stts");
        let words = stts.map_or(&[][..], |stts| &stts[16..]).chunks_exact(4);
        let words: Vec<_> =
            words.map(|word| u32::from_be_bytes(word.try_into().unwrap())).collect();
        let ticks: u128 =
            words.chunks(2).map(|entry| u128::from(entry[0]) * u128::from(entry[1])).sum();
        u32::try_from(ticks * 1000 / u128::from(self.scale.max(1))).unwrap_or(u32::MAX)
    }

    pub(crate) fn write(&self, id: u32) -> Vec<u8> {
        let entries = [words(&[u32::try_from(self.entries.len()).unwrap()]), self.entries.concat()];
        let stsd = full(b"stsd", 0, 0, &entries.concat());
        let stbl = atom(b"stbl", &[stsd, self.tables.concat()].concat());
        let dref = full(b"dref", 0, 0, &[words(&[1]), self.place.clone()].concat());
        let minf = atom(b"minf", &[atom(b"dinf", &dref), stbl].concat());
        let mut mdhd = words(&[0, 0, self.scale, self.duration]);
        mdhd.extend(self.language.to_be_bytes());
        mdhd.extend([0; 2]);
        let hdlr = [&[0; 4], &self.handler[..], &[0; 13]].concat();
        let parts = [full(b"mdhd", 0, 0, &mdhd), full(b"hdlr", 0, 0, &hdlr), minf];
        let edits = self.edits.iter().map(|elst| atom(b"edts", elst)).collect::<Vec<_>>();
        let mdia = atom(b"mdia", &parts.concat());
        atom(b"trak", &[tkhd(id, self.flags), edits.concat(), mdia].concat())
    }
}

fn tkhd(id: u32, flags: u32) -> Vec<u8> {
    let mut body = words(&[0, 0, id, 0, 0, 0, 0, 0, 0]);
    body.extend(words(&[0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x4000_0000]));
    body.extend(words(&[1920 << 16, 1080 << 16]));
    full(b"tkhd", 0, flags, &body)
}

/// One edit or more: duration, start, speed.
pub(crate) fn elst(edits: &[u32]) -> Vec<u8> {
    table(b"elst", 3, edits)
}

pub(crate) fn picture(tag: &[u8], width: u16, height: u16, boxes: &[u8]) -> Vec<u8> {
    let mut body = vec![0; 78];
    body[24..26].copy_from_slice(&width.to_be_bytes());
    body[26..28].copy_from_slice(&height.to_be_bytes());
    body[42..48].copy_from_slice(b"\x05Maker");
    body[74..76].copy_from_slice(&24_u16.to_be_bytes());
    body.extend(boxes);
    atom(tag, &body)
}

/// With 48 kHz and 16 bits.
pub(crate) fn sound(tag: &[u8], channels: u8, boxes: &[u8]) -> Vec<u8> {
    let mut body = vec![0; 28];
    (body[17], body[19]) = (channels, 16);
    body[24..28].copy_from_slice(&(48_000_u32 << 16).to_be_bytes());
    body.extend(boxes);
    atom(tag, &body)
}

/// `esds` of a codec with a configuration.
pub(crate) fn esds(object_type: u8, specific: &[u8]) -> Vec<u8> {
    let descriptor = |tag: u8, body: &[u8]| {
        let len = u8::try_from(body.len()).unwrap();
        [&[tag, 0x80, 0x80, 0x80, len], body].concat()
    };
    let decoder = [&[object_type], &[0; 12][..], &descriptor(5, specific)].concat();
    let stream = [&[0, 1, 0], &descriptor(4, &decoder)[..], &descriptor(6, &[2])].concat();
    full(b"esds", 0, 0, &descriptor(3, &stream))
}

/// A header with these tracks, and these boxes behind them.
pub(crate) fn moov(tracks: &[Track], more: &[u8]) -> Vec<u8> {
    let lasts = tracks.iter().map(Track::lasts).max().unwrap_or(1000);
    let mut body = full(b"mvhd", 0, 0, &[words(&[0, 0, 1000, lasts]), vec![0; 80]].concat());
    for (id, track) in (1..).zip(tracks) {
        body.extend(track.write(id));
    }
    body.extend(more);
    atom(b"moov", &body)
}

/// `ftyp`, the header, and 48 bytes of media data: the header is first.
pub(crate) fn movie(tracks: &[Track]) -> Vec<u8> {
    joined(&[&ftyp(b"isom"), &moov(tracks, &[]), &atom(b"mdat", &[7; 48])])
}
