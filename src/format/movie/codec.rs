//! Codecs by their tags.
//!
//! Source: ffmpeg `isom_tags.c` and `isom.c`.

use super::FourCc;

/// A codec, as far as rules tell them apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Codec {
    /// H.264, under whichever tag.
    H264,
    /// H.265.
    Hevc,
    /// `ProRes`, with its flavour.
    ProRes(&'static str),
    /// `DNxHD` and `DNxHR`, which have the same tag.
    Dnx,
    /// AV1.
    Av1,
    /// VP9.
    Vp9,
    /// MPEG-4 part 2.
    Mpeg4,
    /// MPEG-2 picture.
    Mpeg2,
    /// JPEG, each frame alone.
    Jpeg,
    /// AAC of any kind.
    Aac,
    /// MP3, and the layers before it.
    Mp3,
    /// Dolby Digital.
    Ac3,
    /// Dolby Digital Plus.
    Eac3,
    /// Sound that is not compressed.
    Pcm,
    /// FLAC.
    Flac,
    /// Opus.
    Opus,
    /// Apple Lossless.
    Alac,
}

impl Codec {
    /// Its name for people.
    pub fn name(self) -> &'static str {
        match self {
            Self::H264 => "H.264",
            Self::Hevc => "H.265",
            Self::ProRes(flavour) => flavour,
            Self::Dnx => "DNxHD",
            Self::Av1 => "AV1",
            Self::Vp9 => "VP9",
            Self::Mpeg4 => "MPEG-4 part 2",
            Self::Mpeg2 => "MPEG-2",
            Self::Jpeg => "JPEG",
            Self::Aac => "AAC",
            Self::Mp3 => "MP3",
            Self::Ac3 => "Dolby Digital",
            Self::Eac3 => "Dolby Digital Plus",
            Self::Pcm => "PCM",
            Self::Flac => "FLAC",
            Self::Opus => "Opus",
            Self::Alac => "Apple Lossless",
        }
    }

    /// That of a tag. `object_type` is what `esds` says under the tags that leave it open.
    pub(super) fn of(tag: FourCc, object_type: Option<u8>) -> Option<Self> {
        if tag == b"mp4a" || tag == b"mp4v" {
            return object_type.and_then(by_number);
        }
        TAGS.iter()
            .find(|(_, tags)| tags.iter().any(|known| tag == *known))
            .map(|(codec, _)| *codec)
    }
}

fn by_number(object_type: u8) -> Option<Codec> {
    match object_type {
        0x20 => Some(Codec::Mpeg4),
        0x21 => Some(Codec::H264),
        0x23 => Some(Codec::Hevc),
        0x40 | 0x66..=0x68 => Some(Codec::Aac),
        0x60..=0x65 | 0x6a => Some(Codec::Mpeg2),
        0x69 | 0x6b => Some(Codec::Mp3),
        0x6c => Some(Codec::Jpeg),
        0xa5 => Some(Codec::Ac3),
        0xa6 => Some(Codec::Eac3),
        0xad => Some(Codec::Opus),
        _ => None,
    }
}

/// The tags of each codec. Those that begin with `ai` and `AV` under H.264 are AVC-Intra.
const TAGS: [(Codec, &[&[u8; 4]]); 22] = [
    (
        Codec::H264,
        &[
            b"avc1", b"avc2", b"avc3", b"avc4", b"H264", b"h264", b"X264", b"x264", b"dva1",
            b"dvav", b"ai5p", b"ai5q", b"ai52", b"ai53", b"ai55", b"ai56", b"ai1p", b"ai1q",
            b"ai12", b"ai13", b"ai15", b"ai16", b"aivx", b"AVin",
        ],
    ),
    (Codec::Hevc, &[b"hev1", b"hvc1", b"dvhe", b"dvh1"]),
    (Codec::ProRes("ProRes 422 Proxy"), &[b"apco"]),
    (Codec::ProRes("ProRes 422 LT"), &[b"apcs"]),
    (Codec::ProRes("ProRes 422"), &[b"apcn"]),
    (Codec::ProRes("ProRes 422 HQ"), &[b"apch"]),
    (Codec::ProRes("ProRes 4444"), &[b"ap4h"]),
    (Codec::ProRes("ProRes 4444 XQ"), &[b"ap4x"]),
    (Codec::ProRes("ProRes RAW"), &[b"aprn", b"aprh"]),
    (Codec::Dnx, &[b"AVdn", b"AVdh"]),
    (Codec::Av1, &[b"av01"]),
    (Codec::Vp9, &[b"vp09"]),
    (Codec::Mpeg2, &[b"m2v1", b"mpg2", b"mx5p", b"xdv1", b"xdvb", b"xd5b", b"xd55", b"hdv2"]),
    (Codec::Jpeg, &[b"jpeg", b"mjpa", b"mjpb", b"MJPG"]),
    (Codec::Mp3, &[b".mp3", b"ms\0U"]),
    (Codec::Ac3, &[b"ac-3", b"sac3"]),
    (Codec::Eac3, &[b"ec-3"]),
    (
        Codec::Pcm,
        &[
            b"sowt", b"twos", b"in24", b"in32", b"fl32", b"fl64", b"lpcm", b"raw ", b"NONE",
            b"ipcm", b"fpcm",
        ],
    ),
    (Codec::Flac, &[b"fLaC"]),
    (Codec::Opus, &[b"Opus"]),
    (Codec::Alac, &[b"alac"]),
    (Codec::Aac, &[b"aac ", b"AACP"]),
];
