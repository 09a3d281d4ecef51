//! Words that `RegXML` writes for the numbers of enumerations.
//!
//! Source: the types register of SMPTE (`Types.xml`), as Photon and imferno carry it.

/// Numbers with their words, in order.
pub(in super::super) type Words = &'static [(u8, &'static str)];

pub(super) const ALPHA_TRANSPARENCY: Words =
    &[(0, "MinValueTransparent"), (1, "MaxValueTransparent")];

pub(super) const AUX_BITS_MODE: Words = &[
    (0, "AuxBitsMode_NotDefined"),
    (1, "AuxBitsMode_MainAudioSampleData"),
    (2, "AuxBitsMode_SingleCoordinationSignal"),
    (3, "AuxBitsMode_UserDefined"),
    (4, "AuxBitsMode_Reserved0"),
    (5, "AuxBitsMode_Reserved1"),
    (6, "AuxBitsMode_Reserved2"),
    (7, "AuxBitsMode_Reserved3"),
];

pub(super) const AVC_CONTENT_SCANNING: Words = &[
    (0, "AVCContentScanning_NotKnown"),
    (1, "AVCContentScanning_ProgressiveFramePicture"),
    (2, "AVCContentScanning_InterlaceFieldPicture"),
    (3, "AVCContentScanning_InterlaceFramePicture"),
    (4, "AVCContentScanning_Interlace_FrameFieldPicture"),
];

pub(super) const COLOR_SITING: Words = &[
    (0, "CoSiting"),
    (1, "HorizontalMidpoint"),
    (2, "ThreeTap"),
    (3, "Quincunx"),
    (4, "Rec601"),
    (5, "LineAlternating"),
    (6, "VerticalMidpoint"),
    (255, "UnknownSiting"),
];

pub(super) const CONTENT_SCANNING: Words = &[
    (0, "ContentScanning_NotKnown"),
    (1, "ContentScanning_Progressive"),
    (2, "ContentScanning_Interlace"),
    (3, "ContentScanning_Mixed"),
];

pub(super) const ELECTRO_SPATIAL_FORMULATION: Words = &[
    (0, "ElectroSpatialFormulation_Default"),
    (1, "ElectroSpatialFormulation_TwoChannelMode"),
    (2, "ElectroSpatialFormulation_SingleChannelMode"),
    (3, "ElectroSpatialFormulation_PrimarySecondaryMode"),
    (4, "ElectroSpatialFormulation_StereophonicMode"),
    (7, "ElectroSpatialFormulation_SingleChannelDoubleSamplingFrequencyMode"),
    (8, "ElectroSpatialFormulation_StereoLeftChannelDoubleSamplingFrequencyMode"),
    (9, "ElectroSpatialFormulation_StereoRightChannelDoubleSamplingFrequencyMode"),
    (15, "ElectroSpatialFormulation_MultiChannelMode"),
];

pub(super) const EMPHASIS: Words = &[
    (0, "Emphasis_Unknown"),
    (1, "Emphasis_Reserved0"),
    (2, "Emphasis_Reserved1"),
    (3, "Emphasis_Reserved2"),
    (4, "Emphasis_None"),
    (5, "Emphasis_Reserved3"),
    (6, "Emphasis_15and50"),
    (7, "Emphasis_ITU"),
];

pub(super) const FIELD_NUMBER: Words = &[(0, "UnspecifiedField"), (1, "FieldOne"), (2, "FieldTwo")];

pub(super) const HEVC_CODED_CONTENT: Words = &[
    (0, "HEVCCodedContent_NotKnown"),
    (1, "HEVCCodedContent_ProgressiveFramePicture"),
    (2, "HEVCCodedContent_InterlacedFieldPicture"),
];

pub(in super::super) const LAYOUT: Words = &[
    (0, "FullFrame"),
    (1, "SeparateFields"),
    (2, "OneField"),
    (3, "MixedFields"),
    (4, "SegmentedFrame"),
];

pub(super) const SCANNING_DIRECTION: Words = &[
    (0, "ScanningDirection_LeftToRightTopToBottom"),
    (1, "ScanningDirection_RightToLeftTopToBottom"),
    (2, "ScanningDirection_LeftToRightBottomToTop"),
    (3, "ScanningDirection_RightToLeftBottomToTop"),
    (4, "ScanningDirection_TopToBottomLeftToRight"),
    (5, "ScanningDirection_TopToBottomRightToLeft"),
    (6, "ScanningDirection_BottomToTopLeftToRight"),
    (7, "ScanningDirection_BottomToTopRightToLeft"),
];

pub(super) const SIGNAL_STANDARD: Words = &[
    (0, "SignalStandard_None"),
    (1, "SignalStandard_ITU601"),
    (2, "SignalStandard_ITU1358"),
    (3, "SignalStandard_SMPTE347M"),
    (4, "SignalStandard_SMPTE274M"),
    (5, "SignalStandard_SMPTE296M"),
    (6, "SignalStandard_SMPTE349M"),
    (7, "SignalStandard_SMPTE428_1"),
];

/// Codes of the components of a pixel.
pub(in super::super) const COMPONENT: Words = &[
    (0, "CompNull"),
    (48, "CompNone"),
    (65, "CompAlpha"),
    (66, "CompBlue"),
    (70, "CompFill"),
    (71, "CompGreen"),
    (80, "CompPalette"),
    (82, "CompRed"),
    (85, "CompColorDifferenceU"),
    (86, "CompColorDifferenceV"),
    (87, "CompComposite"),
    (88, "CompNonCoSitedLuma"),
    (89, "CompLuma"),
    (90, "CompDepth"),
    (97, "CompAlphaLSBs"),
    (98, "CompBlueLSBs"),
    (103, "CompGreenLSBs"),
    (114, "CompRedLSBs"),
    (117, "CompColorDifferenceULSBs"),
    (118, "CompColorDifferenceVLSBs"),
    (119, "CompCompositeLSBs"),
    (120, "CompNonCoSitedLumaLSBs"),
    (121, "CompLumaLSBs"),
    (122, "CompDepthLSBs"),
    (216, "CompColorX"),
    (217, "CompColorY"),
    (218, "CompColorZ"),
];

/// The word for a number.
pub(in super::super) fn find(words: Words, number: u8) -> Option<&'static str> {
    let at = words.binary_search_by_key(&number, |(known, _)| *known).ok()?;
    Some(words[at].1)
}
