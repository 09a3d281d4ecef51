//! What Content Hub plays.
//!
//! Its upload page only says H.264 and fast start. What its encoder takes is on a page about reviewing visual
//! effects; that it takes the same of a cut is assumed.

use super::super::finding::{Profile, Rule, Severity};
use super::picture::{DIVISOR, REC_709};
use super::{assumed, container, own, picture, sound, verified};
use crate::format::movie::codec::Codec;

const UPLOAD: &str =
    "https://backlothelp.netflix.com/hc/en-us/articles/231960408-Content-Hub-Upload-Instructions";
const ENCODER: &str = "https://partnerhelp.netflixstudios.com/hc/en-us/articles/360057627253-Netflix-Studio-Review-VFX-Delivery-Specifications";

/// A video that is to be played in Content Hub, with the file type `Proxy`.
pub static CONTENT_HUB_PROXY: Profile = Profile {
    name: "content-hub-proxy",
    title: "a proxy or locked cut for the player of Content Hub",
    tables: &[own::RULES, RULES],
};

static RULES: &[Rule] = &[
    verified(
        "cut.fast-start",
        Severity::Error,
        "`moov` lies before the media data (fast start)",
        UPLOAD,
        container::is_fast_start,
    )
    .fix("`reelpack cut faststart FILE -o NEW`"),
    assumed(
        "cut.fragmented",
        Severity::Warning,
        "the file is not fragmented",
        UPLOAD,
        container::is_whole,
    )
    .fix("`ffmpeg -i IN -map 0 -c copy -movflags faststart OUT`"),
    assumed(
        "cut.compressed-header",
        Severity::Warning,
        "the header is not compressed (`cmov`)",
        super::pix::PAGE,
        container::is_plain,
    )
    .fix("export without compressing the header"),
    verified(
        "cut.h264",
        Severity::Warning,
        "the picture is H.264, with which results are best",
        UPLOAD,
        |movie, say| picture::codec(movie, say, |codec| codec == Codec::H264),
    ),
    assumed(
        "cut.video-codec",
        Severity::Warning,
        "the picture is H.264, ProRes 422 (LT, HQ), ProRes 4444 or DNxHD",
        ENCODER,
        |movie, say| picture::known_codec(movie, say, is_taken),
    )
    .fix("encode it as H.264"),
    assumed(
        "cut.container",
        Severity::Warning,
        "ProRes and DNxHD are in MOV, not in MP4",
        ENCODER,
        container::mezzanine_in_mov,
    ),
    assumed(
        "cut.closed-gop",
        Severity::Warning,
        "groups of pictures are closed",
        ENCODER,
        picture::is_closed,
    )
    .fix("encode with closed groups of pictures"),
    assumed(
        "cut.frame-size",
        Severity::Warning,
        "the picture has 640x480 to 4096x2160 pixels",
        ENCODER,
        |movie, say| picture::size(movie, say, (640, 480), (4096, 2160)),
    ),
    assumed("cut.frame-divisor", Severity::Warning, DIVISOR, ENCODER, picture::divides)
        .fix("add black up to the next multiple of 4"),
    assumed("cut.frame-rate", Severity::Warning, picture::RATES_TITLE, ENCODER, picture::rate),
    assumed(
        "cut.variable-rate",
        Severity::Warning,
        "the frame rate is constant",
        super::pix::PAGE,
        picture::is_even,
    )
    .fix("encode with a constant frame rate"),
    assumed("cut.colour", Severity::Warning, "colours are Rec. 709", ENCODER, |movie, say| {
        picture::colour(movie, say, &REC_709);
    }),
    assumed(
        "cut.audio-codec",
        Severity::Warning,
        "sound is AAC-LC or HE-AAC with H.264, and PCM with ProRes and DNxHD",
        ENCODER,
        sound::suits,
    ),
    assumed(
        "cut.audio-rate",
        Severity::Warning,
        "AAC has 44.1 or 48 kHz, PCM 48 kHz",
        ENCODER,
        sound::rate,
    ),
    assumed("cut.audio-depth", Severity::Warning, "PCM has 16 bits", ENCODER, sound::depth),
];

fn is_taken(codec: Codec) -> bool {
    match codec {
        Codec::H264 | Codec::Dnx => true,
        Codec::ProRes(flavour) => {
            matches!(flavour, "ProRes 422" | "ProRes 422 HQ" | "ProRes 422 LT" | "ProRes 4444")
        }
        _ => false,
    }
}
