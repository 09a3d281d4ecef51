//! The numbers of a TIFF header in words.

/// Sample formats: unsigned is 1, and needs no word.
const SIGNED: u64 = 2;
const FLOAT: u64 = 3;

/// Of all samples together: "16", "16f", "16s" for signed, "mixed".
pub(super) fn bit_depth(bits: &[u64], formats: &[u64]) -> String {
    let same = |values: &[u64]| values.windows(2).all(|pair| pair[0] == pair[1]);
    if !same(bits) || !same(formats) {
        return "mixed".to_owned();
    }
    let suffix = match formats.first() {
        Some(&SIGNED) => "s",
        Some(&FLOAT) => "f",
        _ => "",
    };
    format!("{}{suffix}", bits.first().unwrap_or(&1))
}

/// The channels that the photometric interpretation asks for, "A" for alpha, and a number for samples
/// that nobody explains.
pub(super) fn channels(photometric: Option<u64>, samples: u64, extra: &[u64]) -> String {
    let (name, count) = match photometric {
        Some(0 | 1) => ("Y", 1),
        Some(2) => ("RGB", 3),
        Some(3) => ("palette", 1),
        Some(4) => ("mask", 1),
        Some(5) => ("CMYK", 4),
        Some(6) => ("YCbCr", 3),
        Some(8..=10) => ("Lab", 3),
        _ => ("", 0),
    };
    // ExtraSamples: 1 is associated, 2 unassociated alpha.
    let alpha = samples > count && matches!(extra.first(), Some(1 | 2));
    let mut channels = name.to_owned() + if alpha { "A" } else { "" };
    let rest = samples.saturating_sub(count + u64::from(alpha));
    if rest > 0 {
        let plus = if channels.is_empty() { "" } else { "+" };
        channels = format!("{channels}{plus}{rest}");
    }
    channels
}

/// TIFF 6.0, and above 32,000 the numbers that libtiff lists.
pub(super) fn compression(number: u64) -> String {
    let name = match number {
        1 => "none",
        2 => "ccitt rle",
        3 => "ccitt fax 3",
        4 => "ccitt fax 4",
        5 => "lzw",
        6 => "old jpeg",
        7 => "jpeg",
        8 | 32946 => "deflate",
        32773 => "packbits",
        33003 | 33005 | 34712 => "jpeg 2000",
        34887 => "lerc",
        34892 => "lossy jpeg",
        34925 => "lzma",
        50000 => "zstd",
        50001 => "webp",
        50002 => "jpeg xl",
        other => return format!("compression {other}"),
    };
    name.to_owned()
}

/// TIFF 6.0, and above 32,000 the numbers that libtiff lists.
pub(super) fn photometric(number: u64) -> String {
    let name = match number {
        0 => "white is zero",
        1 => "black is zero",
        2 => "RGB",
        3 => "palette",
        4 => "mask",
        5 => "separated",
        6 => "YCbCr",
        8 => "CIE L*a*b*",
        9 => "ICC L*a*b*",
        10 => "ITU L*a*b*",
        32803 => "colour filter array",
        32844 => "log L",
        32845 => "log Luv",
        34892 => "linear raw",
        other => return format!("photometric {other}"),
    };
    name.to_owned()
}
