"""`sequences` and `group_sequences` as a Python program calls them."""

from __future__ import annotations

import json
import os
import pickle
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
import reelpack
from reelpack import FrameComparison, FrameSequence, LeftOut, RuleFinding, Sequences

if TYPE_CHECKING:
    from pathlib import Path

    from reelpack.grouping import Notation

HOUR = 86_400
"""Frame number of 01:00:00:00 at 24 frames a second."""

LATIN = "latin_\udce9"
"""A name whose bytes are not UTF-8, as `os.fsdecode` gives it."""

NAM = FrameSequence("nam", "nam.", ".dpx", 7, 1, 5, 4, 40, "1-2,4-5", ((3, 3),), 1)
FOUND = Sequences(
    (NAM, replace(NAM, folder=LATIN, size=None)),
    (f"{LATIN}.txt",),
    (RuleFinding("sequence.missing", "error", "nam/nam.#######.dpx", 0, "3 is missing"),),
    (LeftOut(".DS_Store", "hidden file"),),
)


def frames(folder: Path, numbers: list[int], pattern: str = "nam.%07d.dpx") -> Path:
    """A folder with a frame of 10 bytes for each number."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in numbers:
        (folder / (pattern % number)).write_bytes(bytes(10))
    return folder


def test_a_gap_is_found_and_is_an_error(tmp_path: Path) -> None:
    frames(tmp_path / "nam", [HOUR, HOUR + 1, HOUR + 4])
    (tmp_path / "notes.txt").touch()
    (tmp_path / ".DS_Store").touch()

    found = reelpack.sequences(tmp_path)

    (sequence,) = found
    assert (sequence.folder, sequence.head, sequence.tail) == ("nam", "nam.", ".dpx")
    assert (sequence.padding, sequence.first, sequence.last) == (7, HOUR, HOUR + 4)
    assert (sequence.count, sequence.size, sequence.ranges) == (3, 30, "86400-86401,86404")
    assert (sequence.missing, sequence.missing_count) == (((HOUR + 2, HOUR + 3),), 2)
    assert (sequence.first_timecode, sequence.last_timecode) == (None, None)
    assert found.singles == ("notes.txt",)
    assert found.left_out == (LeftOut(".DS_Store", "hidden file"),)
    assert [finding.severity for finding in found.findings] == ["error"]
    assert found.findings[0].sequence == 0
    assert not found.ok


def test_a_whole_sequence_is_ok(tmp_path: Path) -> None:
    found = reelpack.sequences(os.fspath(frames(tmp_path / "nam", [1, 2, 3])))

    assert found.ok
    assert found.findings == ()
    assert (len(found), found.frames, found.size) == (1, 3, 30)


def test_names_alone_tell_the_same_but_sizes(tmp_path: Path) -> None:
    names = [f"nam/nam.{number:07}.dpx" for number in (5, 1, 2)]
    frames(tmp_path / "nam", [1, 2, 5])

    (by_name,) = reelpack.group_sequences(names)
    (on_disk,) = reelpack.sequences(tmp_path)

    assert by_name.size is None
    assert replace(by_name, size=30) == on_disk
    assert reelpack.group_sequences(names).size == 0


def test_a_run_of_4_and_one_of_5_digits_are_two_sequences() -> None:
    found = reelpack.group_sequences(["a_0001.exr", "a_0002.exr", "a_00003.exr", "a_00004.exr"])

    assert [sequence.padding for sequence in found] == [4, 5]


@pytest.mark.parametrize("first", [HOUR, str(HOUR), "01:00:00:00"])
def test_a_head_and_a_tail_are_missing_where_more_was_told(first: int | str) -> None:
    names = [f"nam.{number:07}.dpx" for number in range(HOUR + 2, HOUR + 46)]

    (sequence,) = reelpack.group_sequences(names, first=first, frames=48, fps=24)

    assert sequence.missing == ((HOUR, HOUR + 1), (HOUR + 46, HOUR + 47))
    assert sequence.missing_count == 4
    assert (sequence.first_timecode, sequence.last_timecode) == ("01:00:00:02", "01:00:01:21")


@pytest.mark.parametrize("fps", [24, 24.0, "24"])
def test_a_rate_may_be_text_or_a_number(fps: str | float) -> None:
    (sequence,) = reelpack.group_sequences(["a.0024.dpx", "a.0025.dpx"], fps=fps)

    assert sequence.first_timecode == "00:00:01:00"


@pytest.mark.parametrize("fps", ["23.976", 23.976, 24000 / 1001])
def test_a_rate_with_a_fraction_counts_in_whole_frames(fps: str | float) -> None:
    (sequence,) = reelpack.group_sequences(["a.0024.dpx", "a.0025.dpx"], fps=fps)

    assert sequence.first_timecode == "00:00:01:00"


def test_gaps_between_islands_are_meant() -> None:
    names = [f"a.{number:04}.dpx" for number in (1, 2, 9)]

    found = reelpack.group_sequences(names, islands=True)

    assert found.ok
    assert (found[0].missing, found[0].missing_count) == ((), 0)
    assert found[0].ranges == "1-2,9"


@pytest.mark.parametrize(
    ("notation", "pattern"),
    [
        ("%", "nam.%07d.dpx"),
        ("#", "nam.#######.dpx"),
        ("@", "nam.@@@@@@@.dpx"),
        ("$F", "nam.$F7.dpx"),
    ],
)
def test_a_pattern_is_written_as_each_program_wants_it(notation: Notation, pattern: str) -> None:
    assert NAM.pattern(notation) == pattern
    assert NAM.pattern_path(notation) == f"nam/{pattern}"


def test_the_path_is_folder_and_pattern() -> None:
    assert NAM.path == "nam/nam.%07d.dpx"
    assert replace(NAM, folder="").path == "nam.%07d.dpx"


def test_a_notation_that_is_unknown_is_refused() -> None:
    with pytest.raises(ValueError, match="notation: '&' is none of %, #, @, \\$F"):
        NAM.pattern("&")  # type: ignore[arg-type]  # what must be refused


@pytest.mark.parametrize(
    ("first", "frames", "fps"),
    [
        ("early", 3, None),
        ("01:00:00:00", 3, None),
        (1, None, None),
        (None, 3, None),
        (1, 0, None),
        (None, None, "fast"),
    ],
)
def test_what_cannot_be_understood_is_a_value_error(
    first: str | int | None, frames: int | None, fps: str | None
) -> None:
    with pytest.raises(ValueError, match=r"frame|rate"):
        reelpack.group_sequences(["a.1.dpx"], first=first, frames=frames, fps=fps)


def test_what_is_not_there_is_an_os_error_with_its_name(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError) as caught:
        reelpack.sequences(tmp_path / "gone")

    assert caught.value.filename == os.fspath(tmp_path / "gone")


def test_frame_numbers_are_compared_whatever_the_names() -> None:
    textless = replace(NAM, ranges="-3--1,10,20-23")
    texted = replace(NAM, head="texted.", ranges="-1,1-19,23")

    compared = textless.compare(texted)

    assert (compared.only_here, compared.only_here_count) == ("-3--2,20-22", 5)
    assert (compared.only_there, compared.only_there_count) == ("1-9,11-19", 18)
    assert (compared.both, compared.both_count) == ("-1,10,23", 3)
    assert (compared.here, compared.there) == (textless, texted)
    assert not compared.same


@pytest.mark.parametrize(
    ("ranges", "count"),
    [("", 0), ("7", 1), ("-3", 1), ("1-10", 10), ("-5--1", 5), ("-1-1,9,20-30x5", 7)],
)
def test_the_frames_of_a_range_text_are_counted(ranges: str, count: int) -> None:
    assert FrameComparison(NAM, NAM, ranges, "", "").only_here_count == count


def test_a_sequence_is_the_same_as_itself() -> None:
    assert NAM.compare(NAM) == FrameComparison(NAM, NAM, "", "", "1-2,4-5")
    assert NAM.compare(NAM).same


def test_trees_are_compared_sequence_by_sequence() -> None:
    before = reelpack.group_sequences(["a.1.dpx", "a.2.dpx", "b.1.dpx", "b.2.dpx"])
    after = reelpack.group_sequences(["b.2.dpx", "b.3.dpx", "c.1.dpx", "c.2.dpx"])

    gone, both, new = before.compare(after)

    assert (gone.here, gone.there, gone.only_here) == (before[0], None, "1-2")
    assert (both.only_here, both.only_there, both.both) == ("1", "3", "2")
    assert (new.here, new.there, new.only_there) == (None, after[1], "1-2")


def test_the_only_sequences_of_two_trees_belong_together() -> None:
    before = reelpack.group_sequences(["v001.1.dpx", "v001.2.dpx"])
    after = reelpack.group_sequences(["v002.1.dpx", "v002.2.dpx"])

    (compared,) = before.compare(after)

    assert compared.same


def test_the_sequences_of_a_tree_are_a_sequence() -> None:
    assert len(FOUND) == 2
    assert FOUND[0] is NAM
    assert FOUND[1:] == FOUND.sequences[1:]
    assert list(FOUND) == list(FOUND.sequences)
    assert (FOUND.frames, FOUND.size) == (8, 40)


@pytest.mark.parametrize("result", [NAM, FOUND, NAM.compare(NAM)], ids=lambda x: type(x).__name__)
def test_a_result_survives_pickling(result: object) -> None:
    assert pickle.loads(pickle.dumps(result)) == result  # noqa: S301  (made on the same line)


def test_a_hundred_thousand_sequences_print_in_one_line() -> None:
    found = replace(FOUND, sequences=(NAM,) * 100_000, singles=("x",) * 100_000)

    assert len(repr(found)) < 200
    assert len(repr(replace(NAM, ranges="1," * 100_000))) < 200


def test_the_json_of_sequences_has_what_a_program_needs() -> None:
    about = json.loads(json.dumps(FOUND.to_dict(notation="#")))

    assert (about["ok"], about["singles"]) == (False, ["latin_\ufffd.txt"])
    assert about["left_out"] == [{"path": ".DS_Store", "reason": "hidden file"}]
    assert about["sequences"] == [
        {
            "path": "nam/nam.#######.dpx",
            "padding": 7,
            "first": 1,
            "last": 5,
            "count": 4,
            "size": 40,
            "ranges": "1-2,4-5",
            "missing": [[3, 3]],
            "missing_count": 1,
            "first_timecode": None,
            "last_timecode": None,
        },
        {
            **about["sequences"][0],
            "path": "latin_\ufffd/nam.#######.dpx",
            "path_bytes": b"latin_\xe9/nam.#######.dpx".hex(),
            "size": None,
        },
    ]
    assert about["findings"] == [
        {
            "rule": "sequence.missing",
            "severity": "error",
            "path": "nam/nam.#######.dpx",
            "sequence": 0,
            "message": "3 is missing",
            "fix": None,
            "source": None,
            "sure": None,
        }
    ]


def test_the_json_of_a_comparison_has_what_a_program_needs() -> None:
    compared = FrameComparison(NAM, None, "1-2,4-5", "", "")

    assert compared.to_dict() == {
        "here": "nam/nam.%07d.dpx",
        "there": None,
        "same": False,
        "only_here": "1-2,4-5",
        "only_here_count": 4,
        "only_there": "",
        "only_there_count": 0,
        "both": "",
        "both_count": 0,
    }
