//! What a list is, from its name and how it begins.

use super::{ascmhl, md5sum};
use crate::digest::Algorithm;
use crate::format::path::base_name;

/// Bytes of a list that are enough to tell what it is.
pub const PREFIX_LEN: usize = 4096;

/// The formats that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// `checksum.txt`: name, size, algorithm and digest with TABs between them.
    ChecksumTxt,
    /// Lines of `md5sum`, `sha1sum`, `xxhsum` and the like; what a line of doubtful length has.
    Sums(Algorithm),
    /// MHL 1.1.
    Mhl,
    /// A generation of an ASC MHL history.
    AscMhlGeneration,
    /// The chain file of an ASC MHL history.
    AscMhlChain,
}

/// What a list is; `None` if it is none that is known.
///
/// `path` may be a name alone, and `prefix` is how the file begins, [`PREFIX_LEN`] bytes of it or less;
/// with none of them the name decides. XML goes by its outermost element, everything else by its name, and
/// by its first line where the name says nothing. A file that has the name of a list is taken for one
/// even if it looks like something else, so that its parser can say what is wrong with it.
pub fn kind_of(path: &str, prefix: &[u8]) -> Option<Kind> {
    let name = base_name(path).to_ascii_lowercase();
    let prefix = String::from_utf8_lossy(prefix);
    let prefix = prefix.trim_start_matches('\u{feff}');
    by_element(prefix).or_else(|| by_name(&name)).or_else(|| by_line(prefix))
}

fn by_element(text: &str) -> Option<Kind> {
    let tag = outermost_tag(text)?;
    let name = tag.split(|character: char| character.is_whitespace() || character == '/').next()?;
    match name.rsplit(':').next()? {
        "ascmhldirectory" => Some(Kind::AscMhlChain),
        "hashlist" if tag.contains("urn:ASC:MHL:v2") => Some(Kind::AscMhlGeneration),
        "hashlist" => Some(Kind::Mhl),
        _ => None,
    }
}

/// What is between the first `<` and `>` that are no declaration and no comment.
fn outermost_tag(text: &str) -> Option<&str> {
    let mut rest = text.trim_start();
    loop {
        let end = match rest {
            _ if rest.starts_with("<?") => "?>",
            _ if rest.starts_with("<!--") => "-->",
            _ => break,
        };
        rest = rest.split_once(end)?.1.trim_start();
    }
    Some(rest.strip_prefix('<')?.split('>').next().unwrap_or_default())
}

fn by_name(name: &str) -> Option<Kind> {
    match name {
        super::FILE_NAME => return Some(Kind::ChecksumTxt),
        ascmhl::CHAIN_NAME => return Some(Kind::AscMhlChain),
        _ if ascmhl::generation_number(name).is_some() => return Some(Kind::AscMhlGeneration),
        _ if name.strip_suffix(".mhl").is_some() => return Some(Kind::Mhl),
        _ => {}
    }
    // `reel.md5`, `MD5SUMS`, `md5sum.txt`, `reel.md5.txt`.
    let stem = name.strip_suffix(".txt").unwrap_or(name);
    let word = stem.rsplit('.').next().unwrap_or(stem);
    let word = word.strip_suffix("sums").or_else(|| word.strip_suffix("sum")).unwrap_or(word);
    let of = |algorithm: &Algorithm| algorithm.name() == word && *algorithm != Algorithm::C4;
    Algorithm::ALL.into_iter().find(of).map(Kind::Sums)
}

fn by_line(text: &str) -> Option<Kind> {
    let line = text.lines().find(|line| !line.is_empty() && !line.starts_with('#'))?;
    let columns: Vec<&str> = line.split('\t').collect();
    if let [_name, size, algorithm, _digest] = columns[..] {
        let sound =
            size.parse::<u64>().is_ok() && algorithm.bytes().all(|b| b.is_ascii_alphanumeric());
        return sound.then_some(Kind::ChecksumTxt);
    }
    let entries = md5sum::parse(line.as_bytes(), None).ok()?;
    entries.first()?.digests.first().map(|digest| Kind::Sums(digest.algorithm()))
}

#[cfg(test)]
mod tests {
    use super::{Kind, kind_of};
    use crate::digest::Algorithm;

    const LEGACY: &str = "\u{feff}<?xml version=\"1.0\"?>\n<!-- > -->\n<hashlist version=\"1.1\">";
    const GENERATION: &str = "<hashlist version=\"2.0\" xmlns=\"urn:ASC:MHL:v2.0\">\n";
    const CHAIN: &str = "<c:ascmhldirectory xmlns:c=\"urn:ASC:MHL:DIRECTORY:v2.0\"/>";
    const SUM: &str = "0cc175b9c0f1b6a831c399e269772661  a";

    #[test]
    fn a_list_is_known_by_its_name_or_how_it_begins() {
        let md5 = Some(Kind::Sums(Algorithm::Md5));
        let cases = [
            ("a/checksum.txt", "", Some(Kind::ChecksumTxt)),
            ("a/Checksum.TXT", SUM, Some(Kind::ChecksumTxt)),
            ("list.txt", "a\t1\txxhash\t0\n", Some(Kind::ChecksumTxt)),
            ("A001.md5", "", md5),
            ("MD5SUMS", "", md5),
            ("a.md5.txt", "", md5),
            ("sha256sum.txt", "", Some(Kind::Sums(Algorithm::Sha256))),
            ("a.xxh128", "", Some(Kind::Sums(Algorithm::Xxh128))),
            ("list.txt", SUM, md5),
            ("list.txt", "\u{feff}# made by hand\n\nXXH3 (a) = e6c632b61e964e1f", {
                Some(Kind::Sums(Algorithm::Xxh3))
            }),
            ("A001.MHL", "", Some(Kind::Mhl)),
            ("A001.mhl", GENERATION, Some(Kind::AscMhlGeneration)),
            ("0001_A001_x.mhl", "", Some(Kind::AscMhlGeneration)),
            ("0001_A001_x.mhl", LEGACY, Some(Kind::Mhl)),
            ("any.xml", LEGACY, Some(Kind::Mhl)),
            ("any.xml", CHAIN, Some(Kind::AscMhlChain)),
            ("ascmhl_chain.xml", "", Some(Kind::AscMhlChain)),
            ("any.xml", "<AssetMap>", None),
            ("any.xml", "<!-- unended", None),
            ("notes.txt", "0cc175b9c0f1b6a831c399e269772661", None),
            ("notes.txt", "Dear all,", None),
            ("a.dpx", "SDPX\0\0\0\0", None),
            ("a.mhl", "nonsense", Some(Kind::Mhl)),
            ("", "", None),
        ];
        for (name, prefix, expected) in cases {
            assert_eq!(kind_of(name, prefix.as_bytes()), expected, "{name} {prefix}");
        }
    }
}
