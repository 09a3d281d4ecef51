//! Kinds of bytes, so that one look at a text or a name tells all that is asked of it.

/// No blank.
pub(super) const SOLID: u8 = 1;

/// A carriage return, which stands for a line feed.
pub(super) const RETURN: u8 = 2;

/// `]`, which may not stand before `]>` in a text.
pub(super) const BRACKET: u8 = 4;

/// Perhaps part of a character that XML cannot hold.
pub(super) const DOUBTFUL: u8 = 8;

/// Not in a name.
pub(super) const NO_NAME: u8 = 16;

/// The kinds of all bytes of a text together.
pub(super) fn classes(text: &str) -> u8 {
    text.bytes().fold(0, |seen, byte| seen | CLASSES[usize::from(byte)])
}

static CLASSES: [u8; 256] = {
    let mut classes = [0; 256];
    let mut byte = 0_u8;
    loop {
        classes[byte as usize] = class(byte);
        if byte == u8::MAX {
            break classes;
        }
        byte += 1;
    }
};

const fn class(byte: u8) -> u8 {
    match byte {
        b' ' | b'\t' | b'\n' => NO_NAME,
        b'\r' => NO_NAME | RETURN,
        // U+FFFE and U+FFFF begin with it, as others do.
        0xef => SOLID | DOUBTFUL,
        0..b' ' => SOLID | DOUBTFUL | NO_NAME,
        b']' => SOLID | BRACKET | NO_NAME,
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' | b'-' | b'.' | 0x80.. => SOLID,
        _ => SOLID | NO_NAME,
    }
}
