"""`reelpack.cuts.check` and `rules`, held against ffprobe and MediaInfo."""

from __future__ import annotations

import contextlib
import inspect
import json
import os
import pickle
import re
import time
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from material import movies as material
from material.mounts import in_memory
from material.movies import CASES, media_info, probe
from reelpack import MovieError, Progress, VerificationError, cuts

if TYPE_CHECKING:
    from collections.abc import Callable

    from reelpack.cuts import CutReport, Movie, Track
    from reelpack.rules import Severity

CODECS = {
    "aac": "AAC", "h264": "H.264", "hevc": "H.265", "mpeg4": "MPEG-4 part 2",
    "pcm_s16le": "PCM", "pcm_s24le": "PCM", "prores": "ProRes 422 HQ",
}  # fmt: skip
"""Our name for what ffprobe calls a codec."""


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Files by their names, each made when it is first asked for. No test may write to one."""
    return material.maker(tmp_path_factory.mktemp("movies"))


def movie(path: Path) -> Movie:
    (file,) = cuts.check(path).files
    assert file.movie is not None
    return file.movie


def tracks(of: Movie, kind: str) -> list[Track]:
    return [track for track in of.tracks if track.kind == kind]


def found(report: CutReport) -> dict[str, Severity]:
    """Rules and severities, without what is only to be looked at."""
    return {each.rule: each.severity for each in report.findings}


@pytest.mark.parametrize("name", CASES)
def test_tracks_are_what_ffprobe_says(made: Callable[[str], Path], name: str) -> None:
    path = made(name)
    theirs = probe(path)

    ours = movie(path)

    assert ours.size == path.stat().st_size
    assert len(ours.tracks) == len(theirs.streams)
    for track, stream, packets in zip(ours.tracks, theirs.streams, theirs.packets, strict=True):
        assert track.codec_tag == stream["codec_tag_string"]
        assert track.language == _language(stream)
        if track.kind == "video":
            _judge_picture(track, stream, packets)
        elif track.kind == "audio":
            _judge_sound(track, stream)
        else:
            assert (track.kind, track.timecode) == ("timecode", stream["tags"]["timecode"])


def _language(stream: dict[str, Any]) -> str | None:
    language: str | None = stream["tags"].get("language")
    return None if language == "und" else language


def _judge_picture(track: Track, stream: dict[str, Any], packets: list[dict[str, Any]]) -> None:
    assert stream["codec_type"] == "video"
    assert track.codec == CODECS[stream["codec_name"]]
    assert (track.width, track.height) == (stream["width"], stream["height"])
    assert track.samples == len(packets)
    assert track.duration == stream["duration_ts"] * Fraction(stream["time_base"])
    shown = [packet["pts"] for packet in packets]
    assert track.reordered is (shown != sorted(shown))
    keys = [number for number, packet in enumerate(packets) if "K" in packet["flags"]]
    assert track.key_frame_distance == max(b - a for a, b in pairwise([*keys, len(packets)]))
    steps = {b["dts"] - a["dts"] for a, b in pairwise(packets)}
    assert (track.pace == "constant") is (len(steps) == 1)
    assert track.frame_rate is not None
    average = Fraction(stream["avg_frame_rate"])
    # The last frame is not in the mean here, and is in theirs.
    slack = 0 if track.pace == "constant" else Fraction(1, 25)
    assert abs(track.frame_rate / average - 1) <= slack
    colour = (track.colour.primaries, track.colour.transfer) if track.colour else None
    assert (colour == (1, 1)) is (stream.get("color_primaries") == "bt709")


def _judge_sound(track: Track, stream: dict[str, Any]) -> None:
    assert stream["codec_type"] == "audio"
    assert track.codec == CODECS[stream["codec_name"]]
    assert track.channels == stream["channels"]
    assert track.sample_rate == int(stream["sample_rate"])
    assert track.duration == stream["duration_ts"] * Fraction(stream["time_base"])
    if track.codec == "PCM":
        assert track.bits == stream["bits_per_sample"]
    assert (track.width, track.frame_rate, track.pace, track.reordered) == (None,) * 4


@pytest.mark.parametrize("name", CASES)
def test_the_file_is_what_media_info_says(made: Callable[[str], Path], name: str) -> None:
    theirs = media_info(made(name))

    ours = movie(made(name))

    (general,) = theirs["General"]
    assert (ours.brands[0] == "qt  ") is (general["Format_Profile"] == "QuickTime")
    assert ours.fast_start is (general["IsStreamable"] == "Yes")
    assert ours.fragmented is (name == "fragments.mp4")
    if not ours.fragmented:
        assert ours.duration is not None
        assert abs(float(ours.duration) - float(general["Duration"])) < 0.001
    for track, info in zip(tracks(ours, "video"), theirs.get("Video", []), strict=True):
        # What alternates by a tick they call variable as well.
        assert info["FrameRate_Mode"] == ("CFR" if track.pace == "constant" else "VFR")
    assert len(tracks(ours, "audio")) == len(theirs.get("Audio", []))


def test_what_is_stored_and_what_is_shown_may_differ(made: Callable[[str], Path]) -> None:
    (stream,) = probe(made("aspect.mp4")).streams

    (track,) = movie(made("aspect.mp4")).tracks

    assert stream["sample_aspect_ratio"] == "64:45"
    assert (track.width, track.height) == (720, 576)
    assert (track.display_width, track.display_height) == (720 * 64 // 45, 576)


WANTED: list[tuple[str, cuts.CutProfile, dict[str, Severity]]] = [
    ("good.mov", "content-hub-proxy", {}),
    ("good.mov", "pix", {"cut.codec-tag": "warning"}),
    (
        "plain.mp4",
        "content-hub-proxy",
        {"cut.fast-start": "error", "cut.frame-size": "warning"},
    ),
    (
        "b_frames.mp4",
        "pix",
        {
            "cut.fast-start": "error",
            "cut.frame-size": "error",
            "cut.reordering": "error",
            "cut.audio-tracks": "error",
            "cut.container": "warning",
            "cut.codec-tag": "warning",
            "cut.edit-list-idle": "warning",
        },
    ),
    (
        "variable.mp4",
        "content-hub-proxy",
        {
            "cut.fast-start": "error",
            "cut.frame-size": "warning",
            "cut.variable-rate": "warning",
        },
    ),
    (
        "prores.mov",
        "content-hub-proxy",
        {"cut.fast-start": "error", "cut.h264": "warning"},
    ),
    (
        "fragments.mp4",
        "content-hub-proxy",
        {
            "cut.fragmented": "warning",
            "cut.frame-size": "warning",
            # ffmpeg moves the first frame to where the sound begins; MediaInfo says variable too.
            "cut.variable-rate": "warning",
        },
    ),
    ("only_sound.m4a", "content-hub-proxy", {"cut.fast-start": "error", "cut.video": "error"}),
]


@pytest.mark.parametrize(("name", "profile", "rules"), WANTED)
def test_what_is_wrong_is_found(
    made: Callable[[str], Path],
    name: str,
    profile: cuts.CutProfile,
    rules: dict[str, Severity],
) -> None:
    report = cuts.check(made(name), profile=profile)

    assert found(report) == rules
    assert report.ok is ("error" not in rules.values())


def test_each_finding_says_what_its_rule_says(made: Callable[[str], Path]) -> None:
    paths = [made(name) for name in CASES]
    for profile in cuts.CUT_PROFILES:
        rules = {rule.id: rule for rule in cuts.rules(profile)}

        report = cuts.check(paths, profile=profile)

        assert report.findings
        for each in report.findings:
            rule = rules[each.rule]
            said = (each.severity, each.fix, each.source, each.sure)
            assert said == (rule.severity, rule.fix, rule.source, rule.sure)
        assert {each.rule for each in report.not_checked} <= set(rules)


def test_a_profile_asks_a_rule_once_and_a_source_is_a_page_or_our_own() -> None:
    for profile in cuts.CUT_PROFILES:
        ids = [rule.id for rule in cuts.rules(profile)]

        assert len(ids) == len(set(ids))
    assert set(cuts.rules()) == {rule for each in cuts.CUT_PROFILES for rule in cuts.rules(each)}
    for rule in cuts.rules():
        assert rule.source.startswith("https://") is (rule.sure != "own")
        assert rule.to_dict()["profiles"] == list(rule.profiles)


def test_tracks_and_findings_are_tables_that_others_take(
    made: Callable[[str], Path], tmp_path: Path
) -> None:
    (tmp_path / "notes.txt").write_text("no movie")
    names = ["sound.mov", "timecode.mov", "colour.mp4", "only_sound.m4a", "rounded.mp4"]
    report = cuts.check([*(made(name) for name in names), tmp_path / "notes.txt"])

    for table in (report.tracks, report.findings_table):
        arrow = pa.table(table)
        arrow.validate(full=True)
        ours = table.to_dicts()
        assert arrow.to_pylist() == ours
        assert pl.DataFrame(table).to_dicts() == ours
        assert list(pd.DataFrame.from_arrow(table).columns) == table.columns
    rows = report.tracks.to_dicts()
    assert len(rows) == sum(len(file.movie.tracks) for file in report.files if file.movie)
    assert [each["path"] for each in report.findings_table.to_dicts()] == [
        each.path for each in report.findings
    ]
    for name in names:
        streams = probe(made(name)).streams
        own = [row for row in rows if row["path"] == str(made(name))]
        assert [row["track"] for row in own] == list(range(1, len(streams) + 1))
        for row, stream in zip(own, streams, strict=True):
            assert row["codec_tag"] == stream["codec_tag_string"]
            assert (row["width"], row["channels"]) == (stream.get("width"), stream.get("channels"))
            if row["kind"] == "video":
                assert isinstance(row["frame_rate"], float)
                assert row["frame_rate"] == pytest.approx(
                    float(Fraction(stream["avg_frame_rate"])), rel=1e-4
                )
            if row["kind"] == "audio":
                assert row["sample_rate"] == float(stream["sample_rate"])


def test_the_columns_of_tracks_have_their_types(made: Callable[[str], Path]) -> None:
    schema = pl.DataFrame(cuts.check(made("sound.mov")).tracks).schema

    numbers = {name for name, kind in schema.items() if kind == pl.Float64}
    flags = {name for name, kind in schema.items() if kind == pl.Boolean}
    assert numbers == {"duration", "frame_rate", "sample_rate"}
    assert flags == {"enabled", "reordered", "edit_list", "full_range"}
    assert {schema[name] for name in ("track", "samples", "width", "primaries")} == {pl.Int64}
    told = inspect.getdoc(cuts.CutReport.tracks) or ""
    assert all(f"``{name}``" in told for name in schema)
    assert pl.DataFrame(cuts.check(__file__).tracks).schema == schema


def test_how_far_a_check_is_can_be_heard(
    made: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reelpack.cuts.movie_checks.TOLD_EVERY", 0)
    paths = [made("good.mov"), made("plain.mp4")]
    heard: list[Progress] = []

    report = cuts.check(paths, progress=heard.append)

    assert heard == [Progress(0, 0, done, 2) for done in (0, 1)]
    assert report.files == cuts.check(paths).files


def test_what_boxes_do_not_tell_is_said(made: Callable[[str], Path]) -> None:
    report = cuts.check(made("plain.mp4"))

    gops = next(each for each in report.not_checked if each.rule == "cut.closed-gop")
    assert (gops.path, gops.place) == (str(made("plain.mp4")), "moov/trak[1]")
    assert report.verdict.endswith(f"; not checked: {len(report.not_checked)}")


def test_findings_of_many_files_come_with_the_worst_first(made: Callable[[str], Path]) -> None:
    names = ["variable.mp4", "good.mov", "plain.mp4"]

    report = cuts.check([made(name) for name in names])

    assert [Path(file.path).name for file in report.files] == names
    severities = [each.severity for each in report.findings]
    assert severities == ["error"] * 2 + ["warning"] * 3
    assert report.failures == report.findings[:2]
    assert report.warnings == report.findings[2:]
    assert report.verdict.startswith("2 errors, 3 warnings found by profile content-hub-proxy in 3")
    assert repr(report).startswith("CutReport(ok=False, profile='content-hub-proxy', files=3, ")
    first = report.findings[0]
    assert (first.where, first.place) == (f"{made('variable.mp4')}: moov", "moov")
    with pytest.raises(VerificationError, match=r"variable\.mp4: moov: .*byte") as raised:
        report.raise_for_failures()
    assert raised.value.report is report


def test_the_whole_file_is_a_place_too(made: Callable[[str], Path]) -> None:
    report = cuts.check(made("only_sound.m4a"))

    whole = next(each for each in report.findings if each.rule == "cut.video")
    assert (whole.place, whole.where) == ("", str(made("only_sound.m4a")))


def test_a_good_movie_raises_nothing(made: Callable[[str], Path]) -> None:
    report = cuts.check(made("good.mov"))

    report.raise_for_failures()

    assert report.verdict.startswith("no problem found by profile content-hub-proxy in 1 file")


def test_a_file_that_is_no_movie_does_not_stop_the_others(
    made: Callable[[str], Path], tmp_path: Path
) -> None:
    text = tmp_path / "notes.txt"
    text.write_text("no movie at all\n" * 9)
    half = tmp_path / "half.mp4"
    half.write_bytes(made("plain.mp4").read_bytes()[:9000])

    report = cuts.check([text, made("good.mov"), half])

    assert [file.movie is None for file in report.files] == [True, False, True]
    assert [file.path for file in report.unread] == [str(text), str(half)]
    assert all("; hint: " in (file.error or "") for file in report.unread)
    assert "moov" in (report.files[2].error or "")
    assert not report.ok
    assert not report.failures
    first = "no movie that can be read: 2 files; no problem found by profile content-hub-proxy in 1"
    assert report.verdict.startswith(first)
    with pytest.raises(VerificationError, match=r"notes\.txt: "):
        report.raise_for_failures()


def test_a_movie_without_its_end_is_found_though_its_header_is_there(
    made: Callable[[str], Path], tmp_path: Path
) -> None:
    cut = tmp_path / "cut.mp4"
    cut.write_bytes(made("first.mp4").read_bytes()[:-1000])

    assert found(cuts.check(cut))["cut.cut-off"] == "error"


def test_a_path_that_is_not_there_is_the_systems_error(
    made: Callable[[str], Path], tmp_path: Path
) -> None:
    with pytest.raises(FileNotFoundError) as raised:
        cuts.check([made("good.mov"), tmp_path / "gone.mov"])

    assert raised.value.filename == str(tmp_path / "gone.mov")


def test_what_is_no_regular_file_is_no_movie_and_does_not_stop_the_others(
    made: Callable[[str], Path], tmp_path: Path
) -> None:
    os.mkfifo(tmp_path / "pipe.mov")

    report = cuts.check([tmp_path, made("good.mov"), tmp_path / "pipe.mov", "/dev/zero"])

    assert [file.movie is None for file in report.files] == [True, False, True, True]
    for file in report.unread:
        assert re.match(r"is (a directory|no regular file)", file.error or "")
    for path in (tmp_path, tmp_path / "pipe.mov", "/dev/zero"):
        with pytest.raises(MovieError, match=r": is (a directory|no regular file)"):
            cuts.faststart(path, tmp_path / "x.mov")


def test_no_path_and_no_profile_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no file was given"):
        cuts.check([])
    with pytest.raises(ValueError, match="'general' is none of content-hub-proxy, pix"):
        cuts.check(tmp_path, profile="general")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="'general' is none of"):
        cuts.rules("general")  # type: ignore[arg-type]


def test_a_single_path_may_be_text(made: Callable[[str], Path]) -> None:
    assert cuts.check(str(made("good.mov"))).files == cuts.check([made("good.mov")]).files


def test_results_travel_and_are_json(made: Callable[[str], Path], tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("nothing")
    report = cuts.check([made("sound.mov"), tmp_path / "notes.txt"])

    copy = pickle.loads(pickle.dumps(report))  # noqa: S301  (made on the same line)
    facts = json.loads(json.dumps(report.to_dict()))

    assert copy == report
    assert facts["ok"] is False
    video, audio = facts["files"][0]["movie"]["tracks"]
    assert (video["frame_rate"], video["duration"]) == ("24000/1001", "1001/1000")
    assert (audio["sample_rate"], audio["language"]) == ("48000/1", "fra")
    assert facts["files"][0]["findings"][0]["rule"] == "cut.fast-start"
    assert facts["files"][0]["not_checked"][0]["rule"].startswith("cut.")
    assert facts["files"][1]["movie"] is None


def test_a_name_that_is_not_utf_8_is_kept(made: Callable[[str], Path], tmp_path: Path) -> None:
    name = os.fsdecode(os.fsencode(tmp_path) + b"/\xff.mp4")
    Path(name).write_bytes(made("plain.mp4").read_bytes())

    report = cuts.check(name)

    assert report.files[0].path == report.findings[0].path == report.not_checked[0].path == name
    facts: dict[str, Any] = report.to_dict()["files"][0]  # type: ignore[index]
    assert bytes.fromhex(facts["path_bytes"]) == os.fsencode(name)


def test_a_time_scale_of_nothing_is_no_crash(made: Callable[[str], Path], tmp_path: Path) -> None:
    content = bytearray(made("good.mov").read_bytes())
    for kind in (b"mvhd", b"mdhd"):
        at = content.index(kind) + 4 + 12
        content[at : at + 4] = bytes(4)
    broken = tmp_path / "broken.mov"
    broken.write_bytes(content)

    (file,) = cuts.check(broken).files

    assert file.movie is not None
    assert file.movie.duration is None
    assert file.movie.tracks[0].duration is None


@given(st.data())
def test_a_damaged_movie_is_answered(made: Callable[[str], Path], data: st.DataObject) -> None:
    content = bytearray(made("sound.mov").read_bytes())
    header = content.index(b"moov")
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(header, len(content) - 1))] = data.draw(st.integers(0, 255))
    end = data.draw(st.integers(0, len(content)) | st.just(len(content)))
    with in_memory() as folder:
        path = Path(folder, "damaged.mov")
        path.write_bytes(content[:end])

        (file,) = cuts.check(path).files

        assert (file.movie is None) is (file.error is not None)
        with contextlib.suppress(MovieError):
            done = cuts.faststart(path, Path(folder, "out.mov"))
            assert done.already is not Path(folder, "out.mov").exists()


def test_a_movie_of_100_gb_takes_under_50_ms(made: Callable[[str], Path], tmp_path: Path) -> None:
    path = material.with_hole(made("sound.mov"), tmp_path / "large.mov", 100_000_000_000)
    times = []  # the best of several says what it takes when nothing else runs
    for _ in range(7):
        began = time.perf_counter()
        report = cuts.check(path)
        times.append(time.perf_counter() - began)

    assert report.files[0].movie is not None
    assert report.files[0].movie.size > 100_000_000_000
    assert found(report) == found(cuts.check(made("sound.mov")))
    assert min(times) < 0.050
