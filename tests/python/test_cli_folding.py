"""Runs of frames as one word."""

from __future__ import annotations

import pytest
from reelpack.cli.folding import fold


@pytest.mark.parametrize(
    ("names", "folded"),
    [
        ([], []),
        (["a.dpx"], ["a.dpx"]),
        (["a.0002.dpx", "a.0003.dpx", "a.0001.dpx"], ["a.0001-0003.dpx"]),
        (["a.0001.dpx", "a.0003.dpx"], ["a.0001.dpx", "a.0003.dpx"]),
        (["a.9.dpx", "a.10.dpx", "a.8.dpx"], ["a.8-10.dpx"]),
        (["a.99999.exr", "a.100000.exr"], ["a.99999-100000.exr"]),
        (["a.009.dpx", "a.10.dpx"], ["a.009.dpx", "a.10.dpx"]),
        (["a.0001.dpx", "a.0002.exr"], ["a.0001.dpx", "a.0002.exr"]),
        (["a_v001.0001.jp2", "a_v001.0002.jp2"], ["a_v001.0001-0002.jp2"]),
        (["r01/a.0001.dpx", "r02/a.0002.dpx"], ["r01/a.0001.dpx", "r02/a.0002.dpx"]),
        (["r1/clip", "r2/clip"], ["r1/clip", "r2/clip"]),
        (["frame1", "frame2"], ["frame1-2"]),
        (["a.0001.dpx", "a.0001.dpx"], ["a.0001.dpx", "a.0001.dpx"]),
        (["two\nlines.1.dpx", "two\nlines.2.dpx"], ["two\nlines.1-2.dpx"]),
    ],
)
def test_names_fold_where_only_the_number_moves_by_one(names: list[str], folded: list[str]) -> None:
    assert [str(run) for run in fold(names)] == folded


def test_a_run_knows_its_names_in_order() -> None:
    (run,) = fold(f"a.{number:04}.dpx" for number in (3, 1, 2))

    assert run.names == ("a.0001.dpx", "a.0002.dpx", "a.0003.dpx")
    assert len(run) == 3


def test_numbers_longer_than_python_reads_are_names_like_any_other() -> None:
    name = "a" + "9" * 5000

    assert [str(run) for run in fold([name])] == [name]


def test_a_hundred_thousand_frames_fold_into_one() -> None:
    (run,) = fold(f"nam.{number:07}.dpx" for number in range(86_400, 186_400))

    assert str(run) == "nam.0086400-0186399.dpx"
