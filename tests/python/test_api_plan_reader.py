"""The file that `ZipPlan.open` gives: where it stands, where it ends, and what it refuses."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, cast

import pytest
from reelpack import ZipPlan

if TYPE_CHECKING:
    from collections.abc import Callable

CONTENT = bytes(range(251))


class Known:
    """Bytes that are read as those of a plan are."""

    size = len(CONTENT)

    def read(self, offset: int, count: int) -> bytes:
        return CONTENT[offset : offset + count]


@pytest.fixture
def plan() -> ZipPlan:
    return ZipPlan(len(CONTENT), (), (), (), cast("Any", Known()))


@pytest.fixture
def reader(plan: ZipPlan) -> io.RawIOBase:
    return plan.open()


def test_it_can_be_read_and_moved_in_but_not_written(reader: io.RawIOBase) -> None:
    assert reader.readable()
    assert reader.seekable()
    assert not reader.writable()


def test_it_is_read_to_its_end(reader: io.RawIOBase) -> None:
    assert reader.read() == CONTENT
    assert reader.read(1) == b""
    assert reader.tell() == len(CONTENT)


def test_reads_follow_each_other(reader: io.RawIOBase) -> None:
    pieces = [reader.read(100) for _ in range(4)]

    assert pieces == [CONTENT[:100], CONTENT[100:200], CONTENT[200:], b""]


def test_a_buffer_of_wide_items_is_filled_by_the_byte(reader: io.RawIOBase) -> None:
    wide = memoryview(bytearray(16)).cast("I")

    assert reader.readinto(wide) == 16
    assert wide.tobytes() == CONTENT[:16]


@pytest.mark.parametrize(
    ("offset", "whence", "position"),
    [
        (7, io.SEEK_SET, 7),
        (0, io.SEEK_CUR, 100),
        (-99, io.SEEK_CUR, 1),
        (-1, io.SEEK_END, 250),
        (9, io.SEEK_END, 260),
    ],
)
def test_seek_counts_from_the_start_from_here_or_from_the_end(
    reader: io.RawIOBase, offset: int, whence: int, position: int
) -> None:
    reader.seek(100)

    assert reader.seek(offset, whence) == position

    assert reader.tell() == position
    assert reader.read(3) == CONTENT[position : position + 3]


@pytest.mark.parametrize(("offset", "whence"), [(-1, io.SEEK_SET), (-252, io.SEEK_END), (0, 3)])
def test_a_place_that_is_none_is_refused(reader: io.RawIOBase, offset: int, whence: int) -> None:
    reader.seek(5)

    with pytest.raises(ValueError, match=r"offset|whence"):
        reader.seek(offset, whence)

    assert reader.tell() == 5


def test_each_has_a_position_of_its_own(plan: ZipPlan) -> None:
    first, second = plan.open(), plan.open()

    first.seek(100)

    assert (first.read(2), second.read(2)) == (CONTENT[100:102], CONTENT[:2])


@pytest.mark.parametrize(
    "use", [lambda file: file.read(1), lambda file: file.seek(0), lambda file: file.tell()]
)
def test_once_closed_it_refuses_to_work(
    reader: io.RawIOBase, use: Callable[[io.RawIOBase], object]
) -> None:
    reader.close()

    with pytest.raises(ValueError, match="closed file"):
        use(reader)


def test_plans_of_the_same_are_equal_and_print_in_one_line(plan: ZipPlan) -> None:
    assert plan == ZipPlan(len(CONTENT), (), (), (), cast("Any", Known()))
    assert repr(plan) == "ZipPlan(size=251)"
