"""Headers of frames that other people's software wrote, read by us."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

import pytest
import reelpack
from material.foreign_frames import all_cases

if TYPE_CHECKING:
    from pathlib import Path

    from material.foreign import Case

CASES = list(all_cases())


def header(path: Path) -> dict[str, Any] | None:
    """What our parser says, as a dict."""
    told = reelpack.frame_header(path)
    return None if told is None else dataclasses.asdict(told)


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("frames")


@pytest.fixture
def frame(case: Case, folder: Path) -> Path:
    """The case's frame, written once."""
    path = folder / case.name
    if not path.exists():
        case.write(path)
    return path


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_foreign_header_says_what_its_writer_was_asked_for(case: Case, frame: Path) -> None:
    told = header(frame)

    assert told is not None
    assert {name: told[name] for name in case.expected} == case.expected
    assert told["promised"] == frame.stat().st_size - case.spare


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_foreign_frame_that_was_cut_is_noticed(case: Case, frame: Path, tmp_path: Path) -> None:
    whole = frame.read_bytes()
    promised = len(whole) - case.spare
    places = {4, 7, 8, 100, 768, 1500, 2000, len(whole) // 2, len(whole) - 1000, promised - 1}

    for size in sorted(size for size in places if 4 <= size < min(promised, len(whole))):
        cut = tmp_path / f"{size}-{case.name}"
        cut.write_bytes(whole[:size])
        try:
            told = header(cut)
        except ValueError:
            continue
        assert told is not None
        assert told["promised"] > size
        # What is said of a frame that is cut is not a guess: the same facts, or none at all. Only
        # the pages that are gone cannot be counted.
        facts = {name: fact for name, fact in case.expected.items() if name != "layout"}
        assert {name: told[name] for name in facts} == facts


@pytest.mark.parametrize("size", [0, 1, 3])
def test_what_is_too_short_for_a_magic_number_is_no_frame(size: int, tmp_path: Path) -> None:
    path = tmp_path / "short.dpx"
    path.write_bytes(b"SDPX"[:size])

    assert header(path) is None


def test_a_file_of_another_kind_is_no_frame(tmp_path: Path) -> None:
    path = tmp_path / "text.exr"
    path.write_text("not a frame, whatever its name says")

    assert header(path) is None
