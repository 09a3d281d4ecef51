//! Movies made box by box, held against each profile.

use std::collections::HashSet;
use std::io::Cursor;

use super::{CONTENT_HUB_PROXY, Finding, NotChecked, PIX, PROFILES, Profile, Severity, Sure};
use super::{check, profile};
use crate::format::movie::read;
use crate::format::movie::tests::writer::{
    Track, atom, elst, esds, ftyp, full, joined, moov, picture, sound, table, words,
};

/// A picture that both profiles take, but for its tag.
fn video() -> Track {
    let colour = atom(b"colr", b"nclc\0\x01\0\x01\0\x01");
    let entry = picture(b"H264", 1920, 1080, &colour);
    Track { entries: vec![entry], ..Track::video().without(b"stss") }
}

/// Sound that both profiles take.
fn audio() -> Track {
    let track = Track::of(*b"soun", sound(b"mp4a", 2, &esds(0x40, &[0x11, 0x90])));
    track.without(b"stss")
}

/// The header, whose tracks share 48 bytes of media data behind it.
fn file(brand: [u8; 4], tracks: &[Track]) -> Vec<u8> {
    let header = |at: usize| {
        let chunk = table(b"stco", 1, &[u32::try_from(at).unwrap()]);
        let tracks: Vec<_> = tracks.iter().map(|track| track.clone().with(chunk.clone())).collect();
        moov(&tracks, &[])
    };
    let ftyp = ftyp(&brand);
    let media = ftyp.len() + header(0).len() + 8;
    joined(&[&ftyp, &header(media), &atom(b"mdat", &[0; 48])])
}

fn judged(bytes: &[u8], profile: &Profile) -> (Vec<Finding>, Vec<NotChecked>) {
    check(&read(&mut Cursor::new(bytes)).unwrap(), profile)
}

/// Ids of what is wrong, as both profiles say, in their order.
fn ids(bytes: &[u8]) -> [Vec<&'static str>; 2] {
    [&CONTENT_HUB_PROXY, &PIX]
        .map(|profile| judged(bytes, profile).0.iter().map(|finding| finding.rule.id).collect())
}

fn of(tracks: &[Track]) -> [Vec<&'static str>; 2] {
    ids(&file(*b"qt  ", tracks))
}

#[test]
fn a_good_cut_has_no_findings() {
    let bytes = file(*b"qt  ", &[video(), audio()]);
    for profile in PROFILES {
        let (findings, not_checked) = judged(&bytes, profile);
        assert!(findings.is_empty(), "{findings:?}");
        assert_eq!(not_checked, []);
    }
}

#[test]
fn rules_have_ids_of_their_own_and_a_source() {
    for profile in PROFILES {
        let ids: HashSet<_> = profile.rules().map(|rule| rule.id).collect();
        assert_eq!(ids.len(), profile.rules().count());
        for rule in profile.rules() {
            assert!(rule.id.starts_with("cut."), "{}", rule.id);
            let is_page = rule.source.starts_with("https://");
            assert!(is_page || (rule.source == "our own" && rule.sure == Sure::Assumed));
        }
    }
    assert_eq!(profile("pix").unwrap().name, "pix");
    assert!(profile("PIX").is_none());
}

#[test]
fn the_header_has_to_be_first_and_plain() {
    let header = moov(&[video(), audio()].map(|track| track.with(table(b"stco", 1, &[32]))), &[]);
    let bytes = joined(&[&ftyp(b"qt  "), &atom(b"mdat", &[0; 48]), &header]);
    assert_eq!(ids(&bytes), [["cut.fast-start"], ["cut.fast-start"]]);
    let cmov = atom(b"moov", &atom(b"cmov", &[]));
    let bytes = joined(&[&ftyp(b"qt  "), &cmov, &atom(b"mdat", &[0; 9])]);
    assert_eq!(ids(&bytes), [["cut.compressed-header"], ["cut.compressed-header"]]);
    let twice = joined(&[&file(*b"qt  ", &[video(), audio()]), &header]);
    assert_eq!(ids(&twice), [["cut.one-header"], ["cut.one-header"]]);
    let fragmented = moov(&[video(), audio()], &atom(b"mvex", &[]));
    let bytes = joined(&[&ftyp(b"qt  "), &fragmented, &atom(b"moof", &[])]);
    assert_eq!(ids(&bytes), [["cut.fragmented"], ["cut.fragmented"]]);
}

#[test]
fn pix_wants_a_mov_and_a_tag_of_its_own() {
    let bytes = file(*b"isom", &[video(), audio()]);
    assert_eq!(ids(&bytes), [vec![], vec!["cut.container"]]);
    let colour = atom(b"colr", b"nclc\0\x01\0\x01\0\x01");
    let bare = [Track { entries: vec![picture(b"avc1", 1920, 1080, &colour)], ..video() }, audio()];
    let [hub, _] = ids(&file(*b"qt  ", &bare));
    assert_eq!(hub, ["cut.decodable"]);
    let boxes = [colour, atom(b"avcC", &[1, 100, 0, 40, 0xff])].concat();
    let entries = vec![picture(b"avc1", 1920, 1080, &boxes)];
    let bytes = file(*b"qt  ", &[Track { entries, ..video() }, audio()]);
    let (findings, _) = judged(&bytes, &PIX);
    let [finding] = &findings[..] else { panic!("{findings:?}") };
    assert_eq!((finding.rule.id, finding.rule.severity), ("cut.codec-tag", Severity::Warning));
    assert_eq!(finding.path, "moov/trak[1]");
    let message = "the tag is `avc1`, written by `Maker`; that is H.264 all the same";
    assert_eq!(finding.message, message);
}

#[test]
fn edit_lists_are_told_apart_by_what_they_change() {
    let edited = |start| Track { edits: Some(elst(&[1000, start, 0x10000])), ..video() };
    assert_eq!(of(&[edited(0), audio()]), [vec![], vec!["cut.edit-list-idle"]]);
    assert_eq!(of(&[edited(5000), audio()]), [vec![], vec!["cut.edit-list"]]);
}

fn sized(width: u16, height: u16) -> [Vec<&'static str>; 2] {
    let entry = picture(b"H264", width, height, &atom(b"colr", b"nclc\0\x01\0\x01\0\x01"));
    of(&[Track { entries: vec![entry], ..video() }, audio()])
}

#[test]
fn sizes_are_held_against_the_limits_of_each_profile() {
    assert_eq!(sized(1280, 720), [vec![""; 0], vec![]]);
    assert_eq!(sized(1276, 720), [vec![], vec!["cut.frame-size"]]);
    assert_eq!(sized(1920, 1084), [vec![], vec!["cut.frame-size"]]);
    assert_eq!(sized(1920, 804), [vec![""; 0], vec![]]);
    assert_eq!(sized(1920, 802), [["cut.frame-divisor"], ["cut.frame-divisor"]]);
    assert_eq!(sized(4096, 2160), [vec![], vec!["cut.frame-size"]]);
    assert_eq!(sized(4100, 2160), [["cut.frame-size"], ["cut.frame-size"]]);
}

fn timed(scale: u32, durations: &[u32]) -> [Vec<&'static str>; 2] {
    let count: u32 = durations.iter().step_by(2).sum();
    let track = video().with(table(b"stts", 2, durations));
    let track = track.with(full(b"stsz", 0, 0, &words(&[2, count])));
    of(&[Track { scale, ..track }])
}

#[test]
fn rates_are_those_of_the_page_however_they_are_written() {
    let none = vec!["cut.audio-tracks"];
    for (scale, each) in
        [(24000, 1001), (24, 1), (600, 25), (25, 1), (30000, 1001), (2997, 100), (60000, 1001)]
    {
        assert_eq!(timed(scale, &[24, each]), [vec![], none.clone()], "{scale}/{each}");
    }
    let slow = vec!["cut.frame-rate"];
    for (scale, each) in [(15, 1), (48, 1), (12, 1), (2400, 101)] {
        let expected = [slow.clone(), [slow.clone(), none.clone()].concat()];
        assert_eq!(timed(scale, &[24, each]), expected, "{scale}/{each}");
    }
    let [hub, _] = timed(1000, &[1, 41, 2, 42, 1, 41, 1, 42, 1, 42, 1, 41, 2, 42, 1, 41, 1, 9]);
    assert_eq!(hub, ["cut.rounded-rate"]);
    let variable = vec!["cut.variable-rate"];
    let expected = [variable.clone(), [variable, none].concat()];
    assert_eq!(timed(24000, &[10, 1000, 3, 3000, 11, 1000]), expected);
}

#[test]
fn frames_in_another_order_are_found_and_groups_are_not_judged() {
    let track = video().with(table(b"ctts", 2, &[1, 0, 23, 1000]));
    assert_eq!(of(&[track, audio()]), [vec![], vec!["cut.reordering"]]);
    let bytes = file(*b"qt  ", &[video().with(table(b"stss", 1, &[1, 13])), audio()]);
    for profile in PROFILES {
        let (findings, not_checked) = judged(&bytes, profile);
        assert!(findings.is_empty());
        assert_eq!(not_checked[0].rule, "cut.closed-gop");
        assert_eq!(not_checked[0].path, "moov/trak[1]");
    }
    let open = video().with(table(b"stss", 1, &[1])).with(table(b"stps", 1, &[13]));
    assert_eq!(of(&[open, audio()]), [["cut.closed-gop"], ["cut.closed-gop"]]);
}

fn coloured(colour: &[u8]) -> (Vec<&'static str>, usize) {
    let boxes = if colour.is_empty() { Vec::new() } else { atom(b"colr", colour) };
    let entry = picture(b"H264", 1920, 1080, &boxes);
    let bytes = file(*b"qt  ", &[Track { entries: vec![entry], ..video() }, audio()]);
    let (findings, not_checked) = judged(&bytes, &PIX);
    (findings.iter().map(|finding| finding.rule.id).collect(), not_checked.len())
}

#[test]
fn colours_that_are_not_told_are_not_checked() {
    assert_eq!(coloured(b"nclx\0\x06\0\x06\0\x06\0"), (vec![], 0));
    assert_eq!(coloured(b"nclx\0\x09\0\x10\0\x09\0"), (vec!["cut.colour"], 0));
    for untold in [&b""[..], b"prof....", b"nclc\0\x02\0\x02\0\x02", b"nclc\0\x01\0\x02\0\x01"] {
        assert_eq!(coloured(untold), (vec![], 1));
    }
}

fn sounded(entry: Vec<u8>) -> [Vec<&'static str>; 2] {
    of(&[video(), Track { entries: vec![entry], ..audio() }])
}

#[test]
fn sound_has_to_be_stereo_of_a_kind_that_plays() {
    let aac = |config: &[u8], channels| sound(b"mp4a", channels, &esds(0x40, config));
    assert_eq!(sounded(aac(&[0x12, 0x10], 2)), [vec![""; 0], vec![]]);
    let rates = [["cut.audio-rate"], ["cut.audio-rate"]];
    assert_eq!(sounded(aac(&[0x12, 0x90], 2)), rates);
    assert_eq!(sounded(aac(&[0x2b, 0x11, 0x88, 0], 2)), [vec![], vec!["cut.audio-codec"]]);
    assert_eq!(sounded(aac(&[0x11, 0xb0], 2)), [vec![], vec!["cut.audio-channels"]]);
    let codec = [["cut.audio-codec"], ["cut.audio-codec"]];
    assert_eq!(sounded(sound(b"sowt", 2, &[])), codec);
    let chan = |tag| full(b"chan", 0, 0, &words(&[tag, 0, 0]));
    let with = |tag| [esds(0x40, &[0x11, 0x90]), chan(tag)].concat();
    assert_eq!(sounded(sound(b"mp4a", 2, &with(0x0067_0002))), [vec![""; 0], vec![]]);
    let two = of(&[video(), audio(), audio()]);
    assert_eq!(two, [vec![], vec!["cut.audio-tracks"]]);
    let disabled = file(*b"qt  ", &[video(), audio(), Track { flags: 0, ..audio() }]);
    assert_eq!(ids(&disabled), two);
    let (findings, _) = judged(&disabled, &PIX);
    assert_eq!(findings[0].message, "2 audio tracks, 1 of them not enabled");
}

#[test]
fn prores_goes_with_pcm_in_a_mov() {
    let colour = atom(b"colr", b"nclc\0\x01\0\x01\0\x01");
    let tracks = |tag, entry| {
        let entries = vec![picture(tag, 1920, 1080, &colour)];
        [Track { entries, ..video() }, Track { entries: vec![entry], ..audio() }]
    };
    let good = tracks(b"apch", sound(b"sowt", 2, &[]));
    let [hub, pix] = of(&good);
    assert_eq!((hub, pix), (vec!["cut.h264"], vec!["cut.video-codec", "cut.audio-codec"]));
    let [hub, _] = ids(&file(*b"isom", &good));
    assert_eq!(hub, ["cut.h264", "cut.container"]);
    let [hub, _] = of(&tracks(b"ap4x", sound(b"in24", 2, &[])));
    assert_eq!(hub, ["cut.h264", "cut.video-codec", "cut.audio-depth"]);
    let [hub, _] = of(&tracks(b"zzzz", sound(b"sowt", 2, &[])));
    assert_eq!(hub, ["cut.video-codec"]);
}

#[test]
fn a_file_that_is_not_whole_is_found_by_each_profile() {
    let good = file(*b"qt  ", &[video(), audio()]);
    assert_eq!(ids(&good[..good.len() - 1]), [["cut.cut-off"], ["cut.cut-off"]]);
    assert_eq!(ids(&joined(&[&good, b"\0\0\0\x03bad!"])), [["cut.damaged"], ["cut.damaged"]]);
    let place = full(b"url ", 0, 0, &[]);
    let away = of(&[Track { place, ..video() }, audio()]);
    assert_eq!(away, [["cut.external"], ["cut.external"]]);
    let [hub, _] = of(&[audio()]);
    assert_eq!(hub, ["cut.video"]);
    let [hub, _] = of(&[video(), Track { flags: 0, ..video() }, audio()]);
    assert_eq!(hub, ["cut.one-video"]);
}

/// Picture and sound of a second; the sound with these edits: thousandths of a second, start, speed.
fn edited(edits: &[u32]) -> Vec<u8> {
    file(*b"qt  ", &[video(), Track { edits: Some(elst(edits)), ..audio() }])
}

#[test]
fn picture_and_sound_end_together_with_the_header() {
    let [hub, _] = of(&[video(), Track { scale: 12000, ..audio() }]);
    assert_eq!(hub, ["cut.lengths"]);
    let normal = 0x0001_0000;
    for edits in [&[1000, 0, normal][..], &[0, 0, normal], &[9000, 12000, normal], &[]] {
        assert_eq!(ids(&edited(edits))[0], [""; 0], "{edits:?}");
    }
    // Silence first, a part of it only, or half as fast: from 64 edits on, nobody knows.
    let both = vec!["cut.lengths", "cut.header-length"];
    assert_eq!(ids(&edited(&[60_000, u32::MAX, normal, 1000, 0, normal]))[0], both);
    assert_eq!(ids(&edited(&[400, 0, normal]))[0], ["cut.lengths"]);
    assert_eq!(ids(&edited(&[2000, 0, normal / 2]))[0], both);
    assert_eq!(ids(&edited(&[1000, 0, normal].repeat(65)))[0], [""; 0]);
    // Pictures are shown late, and the list takes that back.
    let late = video().with(table(b"ctts", 2, &[24, 20_000]));
    let late = Track { edits: Some(elst(&[1000, 20_000, normal])), ..late };
    assert_eq!(of(&[late, audio()])[0], [""; 0]);
    let mut bytes = edited(&[1000, 0, normal]);
    let at = bytes.windows(4).position(|kind| kind == b"mvhd").unwrap() + 20;
    bytes[at] = 1;
    let (findings, _) = judged(&bytes, &CONTENT_HUB_PROXY);
    let told = "the header says 16778.216 s, the longest track ends at 1.000 s";
    assert_eq!((findings[0].rule.id, &*findings[0].message), ("cut.header-length", told));
}

#[test]
fn the_worst_comes_first() {
    let bytes = file(*b"isom", &[Track { flags: 0, ..video() }]);
    let (findings, _) = judged(&bytes, &PIX);
    assert!(findings.iter().map(|finding| finding.rule.severity).is_sorted());
}

#[test]
fn a_video_track_without_a_frame_or_a_size_is_none() {
    let tables = [table(b"stts", 2, &[]), table(b"stsc", 3, &[]), table(b"stco", 1, &[])];
    let empty = tables.into_iter().fold(video(), Track::with);
    let empty = empty.with(full(b"stsz", 0, 0, &words(&[0, 0]))).without(b"stss");
    let [hub, _] = ids(&file(*b"qt  ", &[empty, audio()]));
    assert!(hub.contains(&"cut.video"), "{hub:?}");
    let flat = Track { entries: vec![picture(b"H264", 0, 1080, &[])], ..video() };
    let [hub, _] = ids(&file(*b"qt  ", &[flat, audio()]));
    assert!(hub.contains(&"cut.decodable"), "{hub:?}");
}

#[test]
fn samples_that_nothing_places_are_damage() {
    let bytes = joined(&[&ftyp(b"qt  "), &moov(&[video()], &[]), &atom(b"mdat", &[0; 48])]);
    let [hub, _] = ids(&bytes);
    assert!(hub.contains(&"cut.damaged"), "{hub:?}");
}
