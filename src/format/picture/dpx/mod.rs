//! DPX: a header of fixed places, one to eight image elements behind it.
//!
//! Source: SMPTE 268M-2003 (version 2.0) and 268M-1994 (1.0). The standard is not free; the places and
//! codes were taken from two public readings of it that agree, `OpenImageIO`'s
//! `src/dpx.imageio/libdpx/DPXHeader.h` and `GraphicsMagick`'s `coders/dpx.c`, and held against files
//! that `GraphicsMagick` and `FFmpeg` wrote.
//!
//! A field of all ones is undefined. The film and television headers are there only if the picture
//! begins behind them: `FFmpeg` writes none, and the picture stands in their place.

mod element;
mod words;

use std::io::{Read, Seek};

use element::{Element, Extent};

use super::source::{Fields, Order, Source};
use super::{Fault, Format, Header, frame_rate};

/// File, image, orientation, film and television header together.
const HEADER_LEN: u64 = 2048;
/// File and image header: the least that tells what the picture is.
const IMAGE_HEADER_END: u32 = 1408;

/// Offset of the image data.
const IMAGE_OFFSET: usize = 4;
/// "V1.0" or "V2.0", and zeros.
const VERSION: std::ops::Range<usize> = 8..16;
/// Size of the whole file.
const FILE_SIZE: usize = 16;
const ELEMENT_COUNT: usize = 770;
const WIDTH: usize = 772;
const HEIGHT: usize = 776;
const ELEMENTS: usize = 780;
const ELEMENT_LEN: usize = 72;
const MOST_ELEMENTS: usize = 8;
/// Film header: frame rate of the original.
const FILM_RATE: usize = 1724;
/// Television header: time code, eight digits of four bits.
const TIME_CODE: usize = 1920;
/// Television header: temporal sampling rate.
const TELEVISION_RATE: usize = 1940;

pub(super) fn parse<R: Read + Seek>(
    source: &mut Source<'_, R>,
    magic: [u8; 4],
) -> Result<Header, Fault> {
    let order = if &magic == b"SDPX" { Order::Big } else { Order::Little };
    let bytes = source.up_to(0, HEADER_LEN)?;
    if bytes.len() < IMAGE_HEADER_END as usize {
        return Err(Fault::Short);
    }
    let layout = Layout::read(Fields { bytes, order })?;
    if (bytes.len() as u64) < HEADER_LEN.min(layout.data.into()) {
        return Err(Fault::Short);
    }
    layout.header()
}

/// The number at `at` unless it is undefined.
fn defined(fields: Fields<'_>, at: usize) -> Option<u32> {
    fields.u32(at).filter(|value| *value != u32::MAX)
}

/// What the fields say, before it is put into words.
struct Layout<'a> {
    fields: Fields<'a>,
    /// At least one.
    elements: Vec<Element>,
    width: u32,
    height: u32,
    /// Where the picture begins: nothing from there on is header.
    data: u32,
}

impl<'a> Layout<'a> {
    fn read(fields: Fields<'a>) -> Result<Self, Fault> {
        let side =
            |at, name| defined(fields, at).filter(|side| *side > 0).ok_or(Fault::Wrong(name));
        let elements = elements(fields)?;
        let told = defined(fields, IMAGE_OFFSET);
        // Where the two disagree, the lesser promises nothing that is not there.
        let data = [told, elements[0].offset]
            .into_iter()
            .flatten()
            .filter(|offset| *offset >= IMAGE_HEADER_END)
            .min()
            .ok_or(Fault::Wrong("image offset"))?;
        let (width, height) = (side(WIDTH, "width")?, side(HEIGHT, "height")?);
        Ok(Self { fields, elements, width, height, data })
    }

    fn header(&self) -> Result<Header, Fault> {
        let compressed = self.elements.iter().any(Element::compressed);
        Ok(Header {
            format: Format::Dpx,
            layout: self.layout(),
            width: self.width,
            height: self.height,
            bit_depth: words::bit_depth(&self.elements)?,
            channels: words::channels(&self.elements),
            compression: if compressed { "rle" } else { "none" }.to_owned(),
            encoding: words::encoding(&self.elements[0], self.version() == "v1"),
            frame_rate: self.frame_rate(),
            time_code: self.industry(TIME_CODE).and_then(words::time_code),
            promised: Some(if compressed { self.begin() } else { self.promised() }),
            uniform: !compressed,
        })
    }

    /// "v1", "v2", or the text itself where it is another.
    fn version(&self) -> String {
        let text = self.fields.bytes.get(VERSION).unwrap_or_default();
        let text = text.split(|byte| *byte == 0 || *byte == 0xff).next().unwrap_or_default();
        match text {
            b"V1.0" | b"v1.0" => "v1".to_owned(),
            b"V2.0" | b"v2.0" => "v2".to_owned(),
            b"" => "no version".to_owned(),
            other => other.escape_ascii().to_string(),
        }
    }

    fn layout(&self) -> String {
        let mut layout = format!("{} {}", self.version(), self.fields.order.word());
        if let Some(packing) = words::packing(&self.elements[0]) {
            layout = format!("{layout}, {packing}");
        }
        match self.elements.len() {
            1 => layout,
            count => format!("{layout}, {count} elements"),
        }
    }

    /// A field of the film or television header, if it stands before the picture and is defined.
    fn industry(&self, at: usize) -> Option<u32> {
        defined(self.fields, at).filter(|_| at + 4 <= self.data as usize)
    }

    /// The film header's, else the television header's.
    fn frame_rate(&self) -> Option<f64> {
        [FILM_RATE, TELEVISION_RATE].into_iter().find_map(|at| {
            let rate = f32::from_bits(self.industry(at)?);
            // 23.976 as a 32-bit float is 23.97599983: told as the shortest number that is the same.
            rate.to_string().parse().ok().and_then(frame_rate)
        })
    }

    /// Where the last element begins: all that is known of a compressed picture.
    fn begin(&self) -> u64 {
        let last = self.elements.iter().filter_map(|element| element.offset).max();
        u64::from(last.unwrap_or(0).max(self.data))
    }

    /// The bytes that the file must have.
    ///
    /// The standard leaves open whether lines end on a 32-bit word, and both are written: of 16-bit RGB
    /// with an odd width, `FFmpeg` 5.1 pads each line and `GraphicsMagick` 1.3.40 does not. So the
    /// geometry gives a least and a most, and the header's own file size is believed where it lies
    /// between the two. Elsewhere it is not: there are writers that leave it 0, undefined, or the
    /// length of the header, and then the least holds.
    fn promised(&self) -> u64 {
        let extent = self.extent();
        match defined(self.fields, FILE_SIZE).map(u64::from) {
            Some(told) if (extent.least..=extent.most).contains(&told) => told,
            _ => extent.least,
        }
    }

    /// Where the picture ends. Elements without an offset follow the one before.
    fn extent(&self) -> Extent {
        let begin = u64::from(self.data);
        let mut end = Extent { least: begin, most: begin };
        for (index, element) in self.elements.iter().enumerate() {
            let size = element.size(self.width, self.height);
            let offset = if index == 0 { Some(self.data) } else { element.offset };
            let (least, most) = match offset {
                Some(offset) => (u64::from(offset), u64::from(offset)),
                None => (end.least, end.most),
            };
            end.least = end.least.max(least.saturating_add(size.least));
            end.most = end.most.max(most.saturating_add(size.most));
        }
        end
    }
}

/// As many as are counted, or, where the count is undefined, as many as are described.
fn elements(fields: Fields<'_>) -> Result<Vec<Element>, Fault> {
    let all = (0..MOST_ELEMENTS).map_while(|index| {
        let begin = ELEMENTS + index * ELEMENT_LEN;
        let bytes = fields.bytes.get(begin..begin + ELEMENT_LEN)?;
        Element::read(Fields { bytes, order: fields.order })
    });
    let count = fields.u16(ELEMENT_COUNT).map_or(0, usize::from);
    let elements: Vec<Element> = match count {
        1..=MOST_ELEMENTS => all.take(count).collect(),
        _ => all.take_while(Element::described).collect(),
    };
    if elements.is_empty() { Err(Fault::Missing("image element")) } else { Ok(elements) }
}
