//! Languages of tracks.

/// The languages of old `QuickTime` files, by their numbers.
///
/// Source: Apple, `QuickTime File Format`, language code values.
const MACINTOSH: [&str; 34] = [
    "eng", "fra", "deu", "ita", "nld", "swe", "spa", "dan", "por", "nor", "heb", "jpn", "ara",
    "fin", "ell", "isl", "mlt", "tur", "hrv", "zho", "urd", "hin", "tha", "kor", "lit", "pol",
    "hun", "est", "lav", "smi", "fao", "fas", "rus", "zho",
];

/// The first number that is three letters of five bits, and no number of a language.
const LETTERS: u16 = 0x400;

/// Three letters for a code in `mdhd`; `None` if no language is said.
pub(super) fn name(code: u16) -> Option<String> {
    if code < LETTERS {
        return MACINTOSH.get(usize::from(code)).map(|name| (*name).to_owned());
    }
    let letters = [code >> 10, code >> 5, code].map(|five| five & 0x1f);
    let letter = |five: u16| u8::try_from(five + 0x60).ok().filter(u8::is_ascii_lowercase);
    let name: Option<String> = letters.iter().map(|five| letter(*five).map(char::from)).collect();
    name.filter(|name| name != "und")
}

/// The tag in `elng`, such as `pt-BR`, behind version and flags.
pub(super) fn tag(body: &[u8]) -> Option<String> {
    let text = body.get(4..)?.split(|byte| *byte == 0).next()?;
    let is_tag = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'-';
    let is_sound = (2..=35).contains(&text.len()) && text.iter().all(is_tag);
    is_sound.then(|| text.iter().map(|byte| char::from(*byte)).collect())
}
