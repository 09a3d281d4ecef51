//! What plays both in PIX and in Content Hub, as locked cuts.

use super::super::finding::{Profile, Rule, Severity};
use super::picture::{DIVISOR, REC_601_709_XVYCC};
use super::{assumed, container, own, picture, sound, verified};
use crate::format::movie::codec::Codec;

pub(super) const PAGE: &str = "https://partnerhelp.netflixstudios.com/hc/en-us/articles/360058430693-Content-Hub-PIX-File-Format-Commonalities";

/// A locked cut that is to play in PIX and in Content Hub.
pub static PIX: Profile = Profile {
    name: "pix",
    title: "a locked cut that plays both in PIX and in Content Hub",
    tables: &[own::RULES, RULES],
};

static RULES: &[Rule] = &[
    verified(
        "cut.fast-start",
        Severity::Error,
        "`moov` lies before the media data (fast start)",
        PAGE,
        container::is_fast_start,
    )
    .fix("`reelpack cut faststart FILE -o NEW`"),
    assumed(
        "cut.fragmented",
        Severity::Warning,
        "the file is not fragmented",
        PAGE,
        container::is_whole,
    )
    .fix("`ffmpeg -i IN -map 0 -c copy -movflags faststart OUT`"),
    verified(
        "cut.compressed-header",
        Severity::Error,
        "the header is not compressed (`cmov`)",
        PAGE,
        container::is_plain,
    )
    .fix("export without compressing the header"),
    verified(
        "cut.edit-list",
        Severity::Error,
        "no edit list changes what is played",
        PAGE,
        container::changing_edits,
    )
    .fix("`ffmpeg -i IN -map 0 -c copy -use_editlist 0 -avoid_negative_ts disabled -movflags faststart OUT`; what the list left out is then played, and sound of AAC comes some 20 ms later"),
    assumed(
        "cut.edit-list-idle",
        Severity::Warning,
        "there is no edit list, not even one that changes nothing",
        PAGE,
        container::idle_edits,
    )
    .fix("`ffmpeg -i IN -map 0 -c copy -use_editlist 0 -avoid_negative_ts disabled -movflags faststart OUT`"),
    // The page says MOV of the file, and MP4 or MOV of its sound.
    verified(
        "cut.container",
        Severity::Warning,
        "the file is a MOV",
        PAGE,
        container::is_mov,
    )
    .fix("`ffmpeg -i IN -map 0 -c copy -movflags faststart OUT.mov`"),
    verified("cut.video-codec", Severity::Error, "the picture is H.264", PAGE, |movie, say| {
        picture::known_codec(movie, say, |codec| codec == Codec::H264);
    })
    .fix("encode it as H.264"),
    // `avc1` is what H.264 is called in MP4 and in MOV, so that the words of the page cannot be meant as they
    // stand; which files are refused for it is not known.
    verified(
        "cut.codec-tag",
        Severity::Warning,
        "the codec tag is `H264`, not AVC",
        PAGE,
        picture::tag,
    ),
    verified(
        "cut.closed-gop",
        Severity::Error,
        "groups of pictures are closed",
        PAGE,
        picture::is_closed,
    )
    .fix("encode with closed groups of pictures"),
    verified(
        "cut.frame-size",
        Severity::Error,
        "the picture has 1280x720 to 1920x1080 pixels",
        PAGE,
        |movie, say| picture::size(movie, say, (1280, 720), (1920, 1080)),
    ),
    verified("cut.frame-divisor", Severity::Error, DIVISOR, PAGE, picture::divides)
        .fix("add black up to the next multiple of 4"),
    verified("cut.frame-rate", Severity::Error, picture::RATES_TITLE, PAGE, picture::rate),
    verified(
        "cut.variable-rate",
        Severity::Error,
        "the frame rate is constant",
        PAGE,
        picture::is_even,
    )
    .fix("encode with a constant frame rate"),
    verified(
        "cut.reordering",
        Severity::Error,
        "frames are shown in the order in which they are stored",
        PAGE,
        picture::is_in_order,
    )
    .fix("encode without B-frames (`-bf 0` with ffmpeg)"),
    verified(
        "cut.colour",
        Severity::Error,
        "colours are Rec. 601, Rec. 709 or xvYCC",
        PAGE,
        |movie, say| {
            picture::colour(movie, say, &REC_601_709_XVYCC);
        },
    ),
    verified("cut.audio-tracks", Severity::Error, "there is one audio track", PAGE, sound::is_one),
    verified("cut.audio-codec", Severity::Error, "sound is AAC-LC", PAGE, sound::is_aac_lc),
    verified("cut.audio-rate", Severity::Error, "sound has 44.1 or 48 kHz", PAGE, sound::rate),
    verified(
        "cut.audio-channels",
        Severity::Error,
        "sound is interleaved stereo, L R or Lt Rt",
        PAGE,
        sound::is_stereo,
    ),
];
