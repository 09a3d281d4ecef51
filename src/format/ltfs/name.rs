//! Names of files and folders, and of digests.

use percent_encoding::percent_decode_str;

/// The bytes of a name, of which 2.4 writes `:` and control characters as `%3A` where it says so.
///
/// A `%` without two digits stays as it is.
pub(super) fn decoded(text: &str, encoded: bool) -> Box<[u8]> {
    if encoded { percent_decode_str(text).collect() } else { text.as_bytes().into() }
}

/// Whether a name stays where it is.
pub(super) fn is_sound(name: &[u8]) -> bool {
    !matches!(name, b"" | b"." | b"..") && !name.contains(&b'/') && !name.contains(&0)
}

/// The algorithm of an extended attribute that is a digest, `ltfs.hash.md5sum` and the like (2.4, annex F).
pub(super) fn algorithm(key: &[u8]) -> Option<String> {
    let key = str::from_utf8(key).ok()?.to_ascii_lowercase();
    let name = key.strip_prefix("ltfs.hash.")?;
    let name = name.strip_suffix("sum").filter(|name| !name.is_empty()).unwrap_or(name);
    let is_known = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    (!name.is_empty() && name.bytes().all(is_known)).then(|| name.to_owned())
}

/// Whether a value is what the algorithm gives, in hexadecimal digits. What is not counts for none: else a
/// file would pass for one that has a checksum.
pub(super) fn is_digest(algorithm: &str, value: &str) -> bool {
    let is_long = match algorithm {
        "crc32" => value.len() == 8,
        "xxh64" => value.len() == 16,
        "md5" | "xxh128" => value.len() == 32,
        "sha1" => value.len() == 40,
        "sha256" => value.len() == 64,
        "sha512" => value.len() == 128,
        _ => !value.is_empty() && value.len().is_multiple_of(2),
    };
    is_long && value.bytes().all(|byte| byte.is_ascii_hexdigit())
}
