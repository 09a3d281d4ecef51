//! Items of each descriptor, of timed text and of other data.
//!
//! Source: the Metadata Element Dictionary of SMPTE (`Elements.xml`, ST 335) and its groups
//! (`Groups.xml`, ST 395), as Photon and imferno carry them.

use super::{Item, Kind};

pub(super) const ITEMS: &[Item] = &[
    (0x0101_1502_0000_0000, "InstanceID", Kind::Id),
    (0x0101_1512_0000_0000, "ResourceID", Kind::Id),
    (0x0101_1513_0000_0000, "AncillaryResourceID", Kind::Id),
    (0x0102_0105_0100_0000, "NamespaceURI", Kind::Text16),
    (0x0103_0404_0000_0000, "EssenceStreamID", Kind::U32),
    (0x0301_0102_0216_0000, "RFC5646LanguageTagList", Kind::Text16),
    (0x0403_0302_0000_0000, "DataEssenceCoding", Kind::Label),
    (0x0406_0101_0000_0000, "SampleRate", Kind::Rational),
    (0x0406_0102_0000_0000, "EssenceLength", Kind::I64),
    (0x0406_0103_0000_0000, "DataStreamSampleRate", Kind::Rational),
    (0x0406_1003_0000_0000, "DataStreamSchemeURI", Kind::Text16),
    (0x0409_0201_0000_0000, "MIMEType", Kind::Text16),
    (0x0409_0500_0000_0000, "UCSEncoding", Kind::Text16),
    (0x0501_0206_0100_0000, "DeviceCreatorName", Kind::Text16),
    (0x0501_0206_0200_0000, "DeviceProductName", Kind::Text16),
    (0x0501_0206_0300_0000, "DeviceVersion", Kind::Text16),
    (0x0501_0206_0400_0000, "DeviceInstanceIdentifier", Kind::Text16),
    (0x0520_0701_0800_0000, "LinkedGenerationID", Kind::Label),
    (0x0601_0102_0400_0000, "DisplayType", Kind::Text16),
    (0x0601_0102_0500_0000, "IntrinsicPictureResolution", Kind::Text16),
    (0x0601_0102_0600_0000, "ZpositionInUse", Kind::U8),
    (0x0601_0102_0700_0000, "LinkedDataStreamID", Kind::Id),
    (0x0601_0103_0500_0000, "LinkedTrackID", Kind::U32),
    (0x0601_0104_0102_0000, "ContainerFormat", Kind::Label),
    (0x0601_0104_0103_0000, "Codec", Kind::Label),
    (0x0e09_0400_0000_0000, "NamespaceURI", Kind::Text8),
];
