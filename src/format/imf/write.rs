//! Asset map, packing list and volume index as text.

use super::base64::encode;
use super::read::SHA1;
use super::schema::{ASSET_MAP_2007, PKL_2007, PKL_2016};
use super::{ForbiddenCharacter, Uuid};
use crate::digest::Digest;
use crate::format::xml::Writer;

/// Edition of the packing list that is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edition {
    /// SMPTE ST 429-8:2007, which names no algorithm for its digests.
    Smpte2007,
    /// SMPTE ST 2067-2:2016.
    Smpte2016,
}

/// What a document says of itself.
#[derive(Clone, Copy, Debug)]
pub struct NewDocument<'a> {
    /// Its own id.
    pub id: Uuid,
    /// Free text.
    pub annotation: Option<&'a str>,
    /// The program that makes it.
    pub creator: &'a str,
    /// Who issues it.
    pub issuer: &'a str,
    /// When: ISO 8601 with a zone, such as `2026-01-31T12:00:00+00:00`.
    pub issue_date: &'a str,
}

/// A file that is listed.
#[derive(Clone, Copy, Debug)]
pub struct NewAsset<'a> {
    /// Its id.
    pub id: Uuid,
    /// Relative to the asset map, with `/`.
    pub path: &'a str,
    /// Bytes.
    pub size: u64,
    /// SHA-1 of them.
    pub sha1: Digest,
    /// Such as `application/mxf`.
    pub mime_type: &'a str,
    /// The name it had.
    pub original_file_name: Option<&'a str>,
    /// Free text.
    pub annotation: Option<&'a str>,
}

/// About as many bytes as an asset takes.
const ASSET_LEN: usize = 600;

/// An asset map: first the packing list (id, path, bytes), then the assets in the order in which they are
/// given.
///
/// Paths are written as they are: that they are safe is for the caller to see to.
///
/// # Errors
///
/// A text has a character that XML cannot hold.
pub fn render_asset_map(
    about: &NewDocument<'_>,
    (id, path, size): (&Uuid, &str, u64),
    assets: &[NewAsset<'_>],
) -> Result<String, ForbiddenCharacter> {
    let mut out = Writer::with_capacity(1024 + assets.len() * ASSET_LEN);
    out.open("AssetMap", &namespace(ASSET_MAP_2007));
    begin(&mut out, about)?;
    out.leaf("Creator", about.creator)?;
    out.plain("VolumeCount", 1);
    out.leaf("IssueDate", about.issue_date)?;
    out.leaf("Issuer", about.issuer)?;
    out.open("AssetList", "");
    mapped(&mut out, id, None, true, (path, size))?;
    for asset in assets {
        mapped(&mut out, &asset.id, asset.annotation, false, (asset.path, asset.size))?;
    }
    out.close("AssetList");
    out.close("AssetMap");
    Ok(out.finish())
}

/// A packing list of the assets in the order in which they are given.
///
/// # Errors
///
/// A text has a character that XML cannot hold.
pub fn render_packing_list(
    about: &NewDocument<'_>,
    edition: Edition,
    assets: &[NewAsset<'_>],
) -> Result<String, ForbiddenCharacter> {
    let mut out = Writer::with_capacity(1024 + assets.len() * ASSET_LEN);
    out.open("PackingList", &namespace(edition.namespace()));
    begin(&mut out, about)?;
    out.leaf("IssueDate", about.issue_date)?;
    out.leaf("Issuer", about.issuer)?;
    out.leaf("Creator", about.creator)?;
    out.open("AssetList", "");
    for asset in assets {
        packed(&mut out, edition, asset)?;
    }
    out.close("AssetList");
    out.close("PackingList");
    Ok(out.finish())
}

/// The volume index of a package that is on one volume.
pub fn render_volume_index() -> String {
    let mut out = Writer::with_capacity(256);
    out.open("VolumeIndex", &namespace(ASSET_MAP_2007));
    out.plain("Index", 1);
    out.close("VolumeIndex");
    out.finish()
}

impl Edition {
    fn namespace(self) -> &'static str {
        match self {
            Self::Smpte2007 => PKL_2007,
            Self::Smpte2016 => PKL_2016,
        }
    }
}

fn namespace(name: &str) -> String {
    format!(" xmlns=\"{name}\"")
}

fn begin(out: &mut Writer, about: &NewDocument<'_>) -> Result<(), ForbiddenCharacter> {
    out.plain("Id", about.id.urn());
    annotation(out, about.annotation)
}

fn annotation(out: &mut Writer, text: Option<&str>) -> Result<(), ForbiddenCharacter> {
    text.map_or(Ok(()), |text| out.leaf("AnnotationText", text))
}

fn mapped(
    out: &mut Writer,
    id: &Uuid,
    note: Option<&str>,
    is_packing_list: bool,
    (path, size): (&str, u64),
) -> Result<(), ForbiddenCharacter> {
    out.open("Asset", "");
    out.plain("Id", id.urn());
    annotation(out, note)?;
    if is_packing_list {
        out.plain("PackingList", true);
    }
    out.open("ChunkList", "");
    out.open("Chunk", "");
    out.leaf("Path", path)?;
    out.plain("VolumeIndex", 1);
    out.plain("Offset", 0);
    out.plain("Length", size);
    out.close("Chunk");
    out.close("ChunkList");
    out.close("Asset");
    Ok(())
}

fn packed(
    out: &mut Writer,
    edition: Edition,
    asset: &NewAsset<'_>,
) -> Result<(), ForbiddenCharacter> {
    out.open("Asset", "");
    out.plain("Id", asset.id.urn());
    annotation(out, asset.annotation)?;
    out.plain("Hash", encode(asset.sha1.bytes()));
    out.plain("Size", asset.size);
    out.leaf("Type", asset.mime_type)?;
    asset.original_file_name.map_or(Ok(()), |name| out.leaf("OriginalFileName", name))?;
    if edition == Edition::Smpte2016 {
        out.start("HashAlgorithm");
        out.attribute("Algorithm", SHA1);
        out.value("");
        out.end("HashAlgorithm");
    }
    out.close("Asset");
    Ok(())
}
