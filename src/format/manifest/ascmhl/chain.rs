//! The chain file: which generations there are, each with the C4 of its file, so that a changed or
//! missing one is noticed.

use super::{CHAIN_NAMESPACE, Unlistable};
use crate::digest::{Algorithm, Digest};
use crate::format::xml::{Fault, Reader, Reason, Writer};

/// The generations of a history.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chain {
    /// In the order of the file.
    pub links: Vec<Link>,
}

/// A generation in a chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Counted from 1.
    pub number: u32,
    /// The name of its file, which is beside the chain.
    pub file: String,
    /// The C4 of that file.
    pub c4: Digest,
}

impl Chain {
    /// The number of the generation that comes next.
    pub fn next_number(&self) -> u32 {
        self.links.iter().map(|link| link.number).max().unwrap_or(0).saturating_add(1)
    }
}

/// A chain of at most `limit` bytes.
///
/// File names are as they stand there: that they are names, and no paths that lead elsewhere, is for the
/// caller to see. Elements that are not known are skipped.
///
/// # Errors
///
/// The first place that cannot be understood.
pub fn parse_chain(bytes: &[u8], limit: usize) -> Result<Chain, Fault> {
    let (mut reader, _root) = Reader::open(bytes, limit, Some(CHAIN_NAMESPACE), "ascmhldirectory")?;
    let mut links = vec![];
    while let Some(element) = reader.child()? {
        match element.name() {
            "hashlist" => {
                let [number] = reader.attributes(&element, ["sequencenr"])?;
                links.push(parse_link(&mut reader, number.as_deref())?);
            }
            _ => reader.skip()?,
        }
    }
    reader.finish()?;
    Ok(Chain { links })
}

fn parse_link(reader: &mut Reader<'_>, number: Option<&str>) -> Result<Link, Fault> {
    let number = reader.required(number, "sequencenr")?;
    let parsed = number.trim().parse();
    let number = parsed.map_err(|_| reader.fault(Reason::value("sequencenr", number)))?;
    let (mut file, mut c4) = (None, None);
    while let Some(element) = reader.child()? {
        match element.name() {
            "path" => {
                let text = reader.text()?.into_owned();
                reader.once(&mut file, "path", text)?;
            }
            "c4" => {
                let digest = parse_c4(reader)?;
                reader.once(&mut c4, "c4", digest)?;
            }
            _ => reader.skip()?,
        }
    }
    Ok(Link { number, file: reader.required(file, "path")?, c4: reader.required(c4, "c4")? })
}

/// The C4 that is the text of the element that was entered last.
pub(super) fn parse_c4(reader: &mut Reader<'_>) -> Result<Digest, Fault> {
    let text = reader.text()?;
    let digest = Digest::parse(Algorithm::C4, text.trim());
    digest.ok_or_else(|| reader.fault(Reason::value("c4", &text)))
}

/// The text of a chain.
///
/// # Errors
///
/// A file name that XML cannot hold, or a digest that is no C4.
pub fn render_chain(chain: &Chain) -> Result<String, Unlistable> {
    let mut out = Writer::with_capacity((chain.links.len() + 1) * 256);
    out.open("ascmhldirectory", &format!(" xmlns=\"{CHAIN_NAMESPACE}\""));
    for Link { number, file, c4 } in &chain.links {
        if c4.algorithm() != Algorithm::C4 {
            return Err(Unlistable::Algorithm { path: file.clone(), algorithm: c4.algorithm() });
        }
        out.open("hashlist", &format!(" sequencenr=\"{number}\""));
        out.leaf("path", file).map_err(Unlistable::text(file))?;
        out.plain("c4", c4);
        out.close("hashlist");
    }
    out.close("ascmhldirectory");
    Ok(out.finish())
}
