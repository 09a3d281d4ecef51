"""`reelpack sequences`: a line for each, what is missing, and the exit code."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
import reelpack
from material.commands import reelpack as run
from reelpack import FrameSequence, RuleFinding, Sequences
from reelpack.cli.app import app

if TYPE_CHECKING:
    from pathlib import Path

NAM = FrameSequence("", "nam.", ".dpx", 4, 1, 9, 6, None, "1-2,4-7,9", ((3, 3), (8, 8)), 2)


def frames(folder: Path, numbers: list[int], pattern: str = "nam.%07d.dpx") -> Path:
    """A folder with a frame of 10 bytes for each number."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in numbers:
        (folder / (pattern % number)).write_bytes(bytes(10))
    return folder


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    return frames(tmp_path / "whole", [86_400, 86_401, 86_402])


@pytest.fixture
def torn(tmp_path: Path) -> Path:
    return frames(tmp_path / "torn", [86_400, 86_402, 86_403, 86_406])


def test_a_whole_sequence_is_one_line_and_0(whole: Path) -> None:
    done = run("sequences", whole, "--quiet")

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        "nam.%07d.dpx  86400-86402  3 frames, 30 bytes",
        "1 sequence, 3 frames, 30 bytes; 0 files in no sequence",
    ]


def test_what_is_missing_is_1_and_said(torn: Path) -> None:
    (torn / "notes.txt").touch()
    (torn / ".DS_Store").touch()

    done = run("sequences", torn, "--quiet")

    assert done.returncode == 1
    first, *findings, total = done.stdout.splitlines()
    assert first == ("nam.%07d.dpx  86400-86406  4 frames, 40 bytes, 3 missing: 86401,86404-86405")
    assert findings[0].startswith("error  nam.%07d.dpx  ")
    assert total == "1 sequence, 4 frames, 40 bytes; 1 file in no sequence"
    assert done.stderr.splitlines() == ["left out: hidden file (1)", "  .DS_Store"]


def test_gaps_between_islands_are_0_and_the_islands_are_named(torn: Path) -> None:
    done = run("sequences", torn, "--islands", "--quiet")

    assert done.returncode == 0
    assert done.stdout.startswith("nam.%07d.dpx  86400,86402-86403,86406  4 frames, 40 bytes\n")


def test_what_was_told_is_missed_and_time_codes_are_shown(whole: Path) -> None:
    told = ["--first", "01:00:00:00", "--frames", "5", "--fps", "24"]

    done = run("sequences", whole, *told, "--quiet")

    assert done.returncode == 1
    assert done.stdout.startswith(
        "nam.%07d.dpx  86400-86402 (01:00:00:00-01:00:00:02)  3 frames, 30 bytes, "
        "2 missing: 86403-86404\n"
    )


@pytest.mark.parametrize(
    ("notation", "pattern"),
    [("#", "nam.#######.dpx"), ("@", "nam.@@@@@@@.dpx"), ("$F", "nam.$F7.dpx")],
)
def test_the_number_is_written_as_asked_for_in_findings_too(
    torn: Path, notation: str, pattern: str
) -> None:
    done = run("sequences", torn, "--notation", notation, "--quiet")

    first, finding, *_ = done.stdout.splitlines()
    assert first.startswith(f"{pattern}  ")
    assert finding.startswith(f"error  {pattern}  ")


def test_json_gives_the_same_facts_to_a_program(torn: Path) -> None:
    done = run("sequences", torn, "--json", "--quiet", "--notation", "#")

    assert (done.returncode, done.stderr) == (1, "")
    assert json.loads(done.stdout) == reelpack.sequences(torn).to_dict(notation="#")


def test_two_versions_are_compared_frame_by_frame(tmp_path: Path) -> None:
    before = frames(tmp_path / "v1", [1, 2, 3, 4], "v1.%04d.dpx")
    after = frames(tmp_path / "v2", [2, 3, 4, 5, 6], "v2.%04d.dpx")

    done = run("sequences", before, "--against", after, "--quiet")

    assert done.returncode == 1
    assert done.stdout.splitlines()[-1] == (
        "differs  v1.%04d.dpx and v2.%04d.dpx  3 frames in both; 1 only here: 1; 2 only there: 5-6"
    )


def test_versions_with_the_same_frames_are_0(tmp_path: Path) -> None:
    for version in ("v1", "v2"):
        for name in ("a", "b"):
            frames(tmp_path / version / name, [1, 2, 3], f"{name}.%04d.dpx")

    done = run("sequences", tmp_path / "v1", "--against", tmp_path / "v2", "--quiet")

    assert done.returncode == 0
    assert done.stdout.splitlines()[-2:] == [
        "same     a/a.%04d.dpx  3 frames in both",
        "same     b/b.%04d.dpx  3 frames in both",
    ]


def test_a_textless_frame_that_the_texted_lacks_is_a_finding(tmp_path: Path) -> None:
    texted = frames(tmp_path / "texted", list(range(1, 11)), "texted.%04d.dpx")
    textless = frames(tmp_path / "textless", [2, 3, 8], "textless.%04d.dpx")
    arguments = ("sequences", textless, "--islands", "--against", texted, "--quiet")

    assert run(*arguments).returncode == 0
    frames(textless, [11], "textless.%04d.dpx")
    done = run(*arguments)

    assert done.returncode == 1
    assert "1 only here: 11" in done.stdout


def test_json_has_the_comparisons(whole: Path, torn: Path) -> None:
    done = run("sequences", whole, "--against", torn, "--json", "--quiet")

    (compared,) = json.loads(done.stdout)["against"]
    assert done.returncode == 1
    assert (compared["only_here"], compared["only_there"]) == ("86401", "86403,86406")
    assert (compared["here"], compared["same"]) == ("nam.%07d.dpx", False)


def test_what_is_not_there_to_compare_with_is_2(whole: Path, tmp_path: Path) -> None:
    done = run("sequences", whole, "--against", tmp_path / "gone", "--quiet")

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"reelpack: error: {tmp_path / 'gone'}: No such file or directory\n"


def test_a_time_code_without_a_rate_is_2(whole: Path) -> None:
    done = run("sequences", whole, "--first", "01:00:00:00", "--frames", "3", "--quiet")

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("reelpack: error: ")


def test_runs_beyond_the_first_few_are_counted(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    gaps = tuple((number, number) for number in range(2, 26, 2))
    torn = replace(NAM, missing=gaps, missing_count=12)
    odd = RuleFinding("sequence.padding", "warning", "x", None, "odd")
    found = Sequences((torn, replace(NAM, missing=(), missing_count=0)), (), (odd,))
    monkeypatch.setattr(reelpack, "sequences", lambda *_, **__: found)

    code = app.main(["sequences", "x", "--quiet"], standalone_mode=False)

    assert code == 0
    assert capsys.readouterr().out.splitlines() == [
        "nam.%04d.dpx  1-9  6 frames, 12 missing: 2,4,6,8,10,12,14,16,18,20 and 2 more",
        "nam.%04d.dpx  1-2,4-7,9  6 frames",
        "warning  x  odd  (sequence.padding)",
        "2 sequences, 12 frames, 0 bytes; 0 files in no sequence",
    ]
