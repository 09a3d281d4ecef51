//! What labels name: the public registers of SMPTE, as far as they are needed here.
//!
//! Labels are compared without the byte that has the version of the register.

mod class;
pub(super) mod property;
pub(super) mod word;

use super::model::{TrackKind, Ul};

/// An item of a set: the last 8 bytes of its label, and its name in the register.
#[derive(Clone, Copy)]
pub(super) struct Field(pub(super) u64, pub(super) &'static str);

/// Index tables, which follow the metadata.
pub(super) const INDEX: u64 = 0x0d01_0201_0110_0100;

pub(super) const PREFACE: u64 = 0x0d01_0101_0101_2f00;
pub(super) const ESSENCE_DATA: u64 = 0x0d01_0101_0101_2300;
pub(super) const MATERIAL_PACKAGE: u64 = 0x0d01_0101_0101_3600;
pub(super) const SOURCE_PACKAGE: u64 = 0x0d01_0101_0101_3700;
pub(super) const TIMECODE: u64 = 0x0d01_0101_0101_1400;

pub(super) const INSTANCE_ID: Field = Field(0x0101_1502_0000_0000, "InstanceID");
pub(super) const PRIMARY_PACKAGE: Field = Field(0x0601_0104_0108_0000, "PrimaryPackage");
pub(super) const LINKED_PACKAGE_ID: Field = Field(0x0601_0106_0100_0000, "LinkedPackageID");
pub(super) const PACKAGE_ID: Field = Field(0x0101_1510_0000_0000, "PackageID");
pub(super) const PACKAGE_NAME: Field = Field(0x0103_0302_0100_0000, "PackageName");
pub(super) const PACKAGE_TRACKS: Field = Field(0x0601_0104_0605_0000, "PackageTracks");
pub(super) const ESSENCE_DESCRIPTION: Field = Field(0x0601_0104_0203_0000, "EssenceDescription");
pub(super) const SUB_DESCRIPTORS: Field = Field(0x0601_0104_0610_0000, "SubDescriptors");
pub(super) const FILE_DESCRIPTORS: Field = Field(0x0601_0104_060b_0000, "FileDescriptors");
pub(super) const TRACK_ID: Field = Field(0x0107_0101_0000_0000, "TrackID");
pub(super) const TRACK_NAME: Field = Field(0x0107_0102_0100_0000, "TrackName");
pub(super) const EDIT_RATE: Field = Field(0x0530_0405_0000_0000, "EditRate");
pub(super) const ORIGIN: Field = Field(0x0702_0103_0103_0000, "Origin");
pub(super) const TRACK_SEGMENT: Field = Field(0x0601_0104_0204_0000, "TrackSegment");
pub(super) const DATA_DEFINITION: Field = Field(0x0407_0100_0000_0000, "ComponentDataDefinition");
pub(super) const COMPONENT_LENGTH: Field = Field(0x0702_0201_0103_0000, "ComponentLength");
pub(super) const COMPONENTS: Field = Field(0x0601_0104_0609_0000, "ComponentObjects");
pub(super) const START_TIMECODE: Field = Field(0x0702_0103_0105_0000, "StartTimecode");
pub(super) const FRAMES_PER_SECOND: Field = Field(0x0404_0101_0206_0000, "FramesPerSecond");
pub(super) const DROP_FRAME: Field = Field(0x0404_0101_0500_0000, "DropFrame");

/// The name of a class of descriptors.
pub(super) fn class(key: &Ul) -> Option<&'static str> {
    let item = key.item().filter(|_| key.0[4] == 0x02)?;
    let at = class::DESCRIPTORS.binary_search_by_key(&item, |(known, _)| *known).ok()?;
    Some(class::DESCRIPTORS[at].1)
}

/// What a track with this data definition holds.
///
/// Source: ffmpeg `ff_mxf_data_definition_uls`, and the labels register of SMPTE (`Labels.xml`).
pub(super) fn track_kind(definition: Option<Ul>) -> TrackKind {
    match definition.and_then(|label| label.item()) {
        Some(0x0103_0201_0100_0000 | 0x0103_0201_0200_0000 | 0x0103_0201_0300_0000) => {
            TrackKind::Timecode
        }
        Some(0x0103_0201_1000_0000) => TrackKind::DescriptiveMetadata,
        Some(0x0103_0202_0100_0000) => TrackKind::Picture,
        Some(0x0103_0202_0200_0000) => TrackKind::Sound,
        Some(0x0103_0202_0300_0000) => TrackKind::Data,
        _ => TrackKind::Other(definition),
    }
}
