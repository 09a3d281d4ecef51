"""The names of frames as `fileseq`, `pyseq` and `clique` read them, and where we differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

import clique
import fileseq
import pyseq
import pytest
import reelpack
from hypothesis import assume, given
from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Iterable
    from random import Random

HEADS = st.sampled_from(["x.", "plate_0100_v003.", "ü."])
TAILS = st.sampled_from([".dpx", ".exr", ".tif"])


def ours(names: Iterable[str]) -> dict[str, str]:
    """The pattern and the frames of each sequence."""
    return {each.pattern(): each.ranges for each in reelpack.group_sequences(list(names))}


@given(
    HEADS,
    TAILS,
    st.sets(st.integers(0, 9_999), min_size=2, max_size=40),
    st.randoms(use_true_random=False),
)
def test_all_agree_on_padded_frames_of_one_name(
    head: str, tail: str, numbers: set[int], random: Random
) -> None:
    names = [f"{head}{number:04}{tail}" for number in numbers]
    random.shuffle(names)

    (found,) = reelpack.group_sequences(names)

    assert (found.first, found.last, found.count) == (min(numbers), max(numbers), len(numbers))
    (by_fileseq,) = fileseq.findSequencesInList(names)
    assert set(by_fileseq) == {f"{head}{number:04}{tail}" for number in numbers}
    assert set(by_fileseq.frameSet() or ()) == numbers
    (by_pyseq,) = pyseq.get_sequences(names)
    assert set(by_pyseq.frames()) == numbers
    (by_clique,), left = clique.assemble(names)
    assert (set(by_clique.indexes), left) == (numbers, [])
    missing = [number for first, last in found.missing for number in range(first, last + 1)]
    assert missing == sorted(set(range(min(numbers), max(numbers) + 1)) - numbers)
    assert missing == sorted(by_clique.holes().indexes)


@given(st.sets(st.integers(1, 999), min_size=3, max_size=30))
def test_frames_without_padding_are_one_sequence_where_no_border_is_missing(
    numbers: set[int],
) -> None:
    for border in (10, 100):
        if min(numbers) < border <= max(numbers):
            numbers |= {border - 1, border}
    assume(len(numbers) > 1)
    names = [f"x.{number}.exr" for number in numbers]

    (found,) = reelpack.group_sequences(names)

    (by_clique,), _ = clique.assemble(names)
    assert found.count == len(by_clique.indexes)


DIFFERENT = [
    (
        ["sh_1001.exr", "sh_1002.exr", "sh_1004.exr", "sh_1005.exr", "sh_10000.exr"],
        {"sh_%04d.exr": "1001-1002,1004-1005", "sh_%05d.exr": "10000"},
        1,
    ),
    (
        ["neg.-002.exr", "neg.-001.exr", "neg.0000.exr", "neg.0001.exr"],
        {"neg.%04d.exr": "-2-1"},
        2,
    ),
    (
        ["x.0001.v1.exr", "x.0002.v1.exr", "x.0001.v2.exr", "x.0002.v2.exr"],
        {"x.%04d.v1.exr": "1-2", "x.%04d.v2.exr": "1-2"},
        2,
    ),
    (["clip.mp3", "clip.mp4"], {}, 1),
]
"""Names, what we make of them, and in how many sequences `pyseq` puts them."""


@pytest.mark.parametrize(("names", "expected", "theirs"), DIFFERENT)
def test_where_we_differ_is_what_the_docs_say(
    names: list[str], expected: dict[str, str], theirs: int
) -> None:
    assert ours(names) == expected
    assert len(pyseq.get_sequences(names)) == theirs


def test_what_others_join_in_silence_is_named() -> None:
    found = reelpack.group_sequences(DIFFERENT[0][0])

    (finding,) = (each for each in found.findings if each.rule == "sequence.padding")
    assert finding.severity == "error"


def test_shots_are_no_frames_even_where_there_are_more_of_them() -> None:
    names = [f"sh{shot:03}.{frame}.exr" for shot in range(10, 50, 10) for frame in (1001, 1002)]

    assert ours(names) == {f"sh{shot:03}.%04d.exr": "1001-1002" for shot in range(10, 50, 10)}
