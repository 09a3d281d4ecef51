"""Rows of an audit's tables, as far as a report needs them, by the names of their columns."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, fields
from operator import itemgetter
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reelpack.tables import Table

__all__ = ["FileRow", "SequenceRow", "rows"]


@dataclass(frozen=True, slots=True)
class SequenceRow:
    """A sequence; the fields are columns of `audit.sequences`."""

    sequence: int
    folder: str
    pattern: str
    first: int
    last: int
    count: int
    size: int | None
    first_time_code: str | None
    last_time_code: str | None
    format: str | None
    width: int | None
    height: int | None
    bit_depth: str | None
    channels: str | None
    compression: str | None
    encoding: str | None
    findings: int


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file; the fields are columns of `audit.files`."""

    path: str
    size: int | None
    trusted: bool
    status: str
    sequence: int | None
    frame: int | None
    time_code_name: str | None
    format: str | None
    width: int | None
    height: int | None
    bit_depth: str | None
    channels: str | None
    compression: str | None
    encoding: str | None


Row = TypeVar("Row", SequenceRow, FileRow)


def rows(table: Table, kind: type[Row]) -> Iterator[Row]:
    """Yield all rows of `table` as `kind`, in order, without ever holding all of them."""
    columns = [table.columns.index(field.name) for field in fields(kind)]
    return itertools.starmap(kind, map(itemgetter(*columns), table))
