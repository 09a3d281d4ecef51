//! The codes of a DPX header in words.

use super::super::Fault;
use super::element::Element;

/// Bits for each sample; the two depths of 32 and 64 are floating point.
pub(super) fn bit_depth(elements: &[Element]) -> Result<String, Fault> {
    let depth = elements[0].bit_depth;
    if elements.iter().any(|element| !(1..=64).contains(&element.bit_depth)) {
        return Err(Fault::Wrong("bit depth"));
    }
    if elements.iter().any(|element| element.bit_depth != depth) {
        return Ok("mixed".to_owned());
    }
    Ok(if depth >= 32 { format!("{depth}f") } else { depth.to_string() })
}

/// How 10 and 12 bits lie in words; other depths have one way only.
pub(super) fn packing(element: &Element) -> Option<&'static str> {
    match (element.bit_depth, element.filled(), element.method_b()) {
        (10 | 12, false, _) => Some("packed"),
        (10 | 12, true, false) => Some("filled A"),
        (10 | 12, true, true) => Some("filled B"),
        _ => None,
    }
}

/// One name for all elements: planes of red, green and blue are "RGB".
pub(super) fn channels(elements: &[Element]) -> String {
    let names: Vec<String> =
        elements.iter().map(|element| descriptor(element.descriptor)).collect();
    match names.join(",").as_str() {
        "R,G,B" => "RGB".to_owned(),
        "R,G,B,A" | "RGB,A" => "RGBA".to_owned(),
        "Y,A" => "YA".to_owned(),
        several => several.to_owned(),
    }
}

fn descriptor(code: u8) -> String {
    let name = match code {
        1 => "R",
        2 => "G",
        3 => "B",
        4 => "A",
        6 => "Y",
        7 => "CbCr",
        8 => "Z",
        9 => "composite",
        50 => "RGB",
        51 => "RGBA",
        52 => "ABGR",
        100 => "CbYCrY",
        101 => "CbYACrYA",
        102 => "CbYCr",
        103 => "CbYCrA",
        other => return format!("descriptor {other}"),
    };
    name.to_owned()
}

/// Transfer characteristic and colorimetric specification, once where both are the same. Empty where
/// both are undefined.
pub(super) fn encoding(element: &Element, first_version: bool) -> String {
    let transfer = characteristic(element.transfer, first_version);
    let colorimetric = characteristic(element.colorimetric, first_version);
    match (transfer, colorimetric) {
        (Some(transfer), Some(colorimetric)) if transfer == colorimetric => transfer,
        (Some(transfer), Some(colorimetric)) => {
            format!("transfer {transfer}, colorimetric {colorimetric}")
        }
        (Some(transfer), None) => format!("transfer {transfer}"),
        (None, Some(colorimetric)) => format!("colorimetric {colorimetric}"),
        (None, None) => String::new(),
    }
}

/// Both fields have one list of codes.
fn characteristic(code: u8, first_version: bool) -> Option<String> {
    let name = match code {
        0 => "user defined",
        1 => "printing density",
        2 => "linear",
        3 => "logarithmic",
        4 => "unspecified video",
        // That standard is of 1995: version 1.0 of 1994 must mean something else by the number.
        5 if !first_version => "SMPTE 274M",
        6 => "ITU-R 709",
        7 => "ITU-R 601 625 lines",
        8 => "ITU-R 601 525 lines",
        9 => "NTSC composite",
        10 => "PAL composite",
        11 => "Z linear",
        12 => "Z homogeneous",
        u8::MAX => return None,
        other => return Some(format!("code {other}")),
    };
    Some(name.to_owned())
}

/// Eight decimal digits of four bits, hours first. None where they are no time.
pub(super) fn time_code(code: u32) -> Option<String> {
    let [hours, minutes, seconds, frames] = code.to_be_bytes();
    let decimal =
        [hours, minutes, seconds, frames].iter().all(|two| two & 0xf <= 9 && two >> 4 <= 9);
    let sound = decimal && hours < 0x24 && minutes < 0x60 && seconds < 0x60;
    sound.then(|| format!("{hours:02x}:{minutes:02x}:{seconds:02x}:{frames:02x}"))
}
