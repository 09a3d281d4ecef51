//! What the header of a track file must be by itself, and what a composition asks of it.

use super::super::descriptor::{file_of, same_label};
use super::super::segment::kind::Kind;
use super::super::{Assets, Sink};
use crate::format::imf::Uuid;
use crate::format::imf::model::Resource;
use crate::format::mxf::model::{Descriptor, Footer, Header, Package, Track, TrackKind, Ul};

/// `OP1a`; the last two bytes are qualifiers.
const OP1A: Ul = Ul([6, 0x0e, 0x2b, 0x34, 4, 1, 1, 1, 0x0d, 1, 2, 1, 1, 1, 0, 0]);

/// The package that describes the essence in the file.
fn file_package(header: &Header) -> Option<&Package> {
    header.packages.get(header.file_package?)
}

/// The descriptor of the essence.
pub(super) fn descriptor(header: &Header) -> Option<&Descriptor> {
    header.descriptors.get(file_package(header)?.descriptor?)
}

/// Tracks of picture, sound and data.
pub(super) fn essence(header: &Header) -> impl Iterator<Item = &Track> {
    let is_essence = |track: &&Track| {
        matches!(track.kind, TrackKind::Picture | TrackKind::Sound | TrackKind::Data)
    };
    file_package(header).into_iter().flat_map(|package| &package.tracks).filter(is_essence)
}

/// For people: a track file has another id than it is listed by, perhaps that of another file.
fn other_id(file: Uuid, own: Option<Uuid>, assets: &dyn Assets) -> String {
    let name = |id: Uuid| assets.name(id).map(|name| format!("`{name}`"));
    let here = name(file).unwrap_or_else(|| "the track file".to_owned());
    let Some(own) = own else { return format!("{here} is listed as {file} and has no id itself") };
    let whose = name(own).map_or(String::new(), |other| format!(", which is listed for {other}"));
    format!("{here} is listed as {file}; its header says that its id is {own}{whose}")
}

/// Judge a header.
pub(super) fn check(
    resource: &Resource,
    header: &Header,
    file: Uuid,
    assets: &dyn Assets,
    findings: &mut Sink<'_>,
) {
    let asset = file_of(resource);
    let mut say = |rule, message| findings.say(rule, resource.at, asset, message);
    let own = file_package(header).and_then(id);
    if own != Some(file) {
        say("mxf.file-id", other_id(file, own, assets));
    }
    let mut pattern = header.operational_pattern;
    (pattern.0[14], pattern.0[15]) = (0, 0);
    if !same_label(pattern, OP1A) {
        let message = format!("the operational pattern is {}", header.operational_pattern);
        say("mxf.operational-pattern", message);
    }
    let is_final = header.is_closed && header.is_complete;
    if !(is_final || header.from_footer) {
        say("mxf.open-header", "the header is open or incomplete".to_owned());
    }
    if header.footer == Footer::Missing {
        say("mxf.footer", "no footer is where the header says: the file was cut off".to_owned());
    }
    let count = essence(header).count();
    if count != 1 {
        say("mxf.tracks", format!("{count} tracks of picture, sound or data, not 1"));
    }
    for track in essence(header) {
        if let Some(origin) = track.origin.filter(|origin| *origin != 0) {
            say("mxf.origin", format!("the track begins {origin} edit units after its start"));
        }
    }
}

fn id(package: &Package) -> Option<Uuid> {
    package.umid.get(16..).and_then(|id| id.try_into().ok()).map(Uuid)
}

/// Whether a track holds what a sequence plays; `None` where that cannot be told.
pub(super) fn is_of(kind: Kind, track: &Track) -> Option<bool> {
    match kind {
        Kind::Image => Some(track.kind == TrackKind::Picture),
        Kind::Audio | Kind::Immersive => Some(track.kind == TrackKind::Sound),
        Kind::Text | Kind::Data => Some(track.kind == TrackKind::Data),
        Kind::Markers | Kind::Other => None,
    }
}

/// What a track holds, for people.
pub(super) fn name(track: &Track) -> &'static str {
    match track.kind {
        TrackKind::Picture => "picture",
        TrackKind::Sound => "sound",
        TrackKind::Data => "data",
        TrackKind::Timecode => "time code",
        TrackKind::DescriptiveMetadata => "descriptive metadata",
        TrackKind::Other(_) => "something else",
    }
}
