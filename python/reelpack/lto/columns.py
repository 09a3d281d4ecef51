"""Columns of a manifest: which facts stand in which table, under which heading.

The studio's own template is given out on request and was not to be had, so the columns that are
built in are assumed. A TOML file sets others: a list for each table, of a ``field`` with a
``title``, or of a ``title`` with a ``value`` that is the same in each row.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from reelpack.lto.fields import read_toml, shortened

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Mapping

    from reelpack.lto.fields import Fields

__all__ = ["FIELDS", "Column", "Columns", "built_in", "read"]

FIELDS: dict[str, dict[str, str]] = {
    "tapes": {
        "tape": "Tape",
        "barcode": "LTO Barcode #",
        "generation": "LTO Generation",
        "set": "Set",
        "box": "Box",
        "production_company": "Production Company",
        "title": "(Security) Title",
        "movie_id": "Movie ID",
        "shoot_days": "Shoot Date/Day",
        "transfer_date": "Transfer Date",
        "camera_rolls": "Camera Rolls",
        "sound_rolls": "Sound Rolls",
        "files": "Files",
        "bytes": "Bytes",
        "size": "Size",
        "checksums": "Checksums",
        "ltfs_version": "LTFS Version",
    },
    "rolls": {
        "barcode": "LTO Barcode #",
        "tape": "Tape",
        "day": "Shoot Day",
        "roll": "Roll",
        "kind": "Kind",
        "folder": "Folder",
        "files": "Files",
        "bytes": "Bytes",
        "size": "Size",
        "checksums": "Checksums",
        "manifest": "MHL",
    },
    "boxes": {
        "box": "Box",
        "tapes": "Tapes",
        "barcodes": "LTO Barcodes",
        "weight_kg": "Weight (kg)",
        "length_mm": "Length (mm)",
        "width_mm": "Width (mm)",
        "height_mm": "Height (mm)",
    },
    "files": {
        "barcode": "LTO Barcode #",
        "day": "Shoot Day",
        "roll": "Roll",
        "path": "Path",
        "bytes": "Bytes",
        "algorithm": "Checksum Type",
        "checksum": "Checksum",
        "start_block": "Start Block",
    },
}
"""What each table can have, with the heading that is built in; each table has a row for each."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column.

    Attributes:
        title: Its heading.
        field: The fact in it; None where each row has `value`.
        value: What that is.
    """

    title: str
    field: str | None
    value: str = ""

    def of(self, row: Mapping[str, object]) -> object:
        """Return the cell of a row."""
        return self.value if self.field is None else row[self.field]


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of each table.

    Attributes:
        tapes: A row for each tape.
        rolls: A row for each roll on each tape.
        boxes: A row for each box.
        files: A row for each file on each tape.
    """

    tapes: tuple[Column, ...]
    rolls: tuple[Column, ...]
    boxes: tuple[Column, ...]
    files: tuple[Column, ...]


def built_in() -> Columns:
    """Return the columns that are built in: all facts, in their order."""
    return Columns(**{table: _all(titles) for table, titles in FIELDS.items()})


def read(path: str | os.PathLike[str]) -> Columns:
    """Read columns from a TOML file; a table that is not in it has those that are built in.

    Raises:
        OSError: It cannot be read.
        LtoError: It is no TOML, or names a table or a field that there is not.
    """
    fields = read_toml(Path(path))
    for name in fields.names():
        if name not in FIELDS:
            raise fields.wrong(name, f"there is no such table, but {_names(FIELDS)}")
    return Columns(**{table: _columns(fields, table) for table in FIELDS})


def _columns(fields: Fields, table: str) -> tuple[Column, ...]:
    """Return the columns of one table."""
    if table not in fields:
        return _all(FIELDS[table])
    found = tuple(_column(each, FIELDS[table]) for each in fields.tables(table))
    if not found:
        raise fields.wrong(table, "has no column; hint: leave it out for those that are built in")
    return found


def _column(fields: Fields, known: Mapping[str, str]) -> Column:
    """Make one column."""
    if "value" in fields:
        return Column(fields.text("title"), None, fields.text("value"))
    name = fields.text("field")
    if name not in known:
        raise fields.wrong("field", f"{shortened(name)} is none of {_names(known)}")
    return Column(fields.text("title", known[name]), name)


def _all(titles: Mapping[str, str]) -> tuple[Column, ...]:
    """Return a column for each fact."""
    return tuple(Column(title, name) for name, title in titles.items())


def _names(names: Iterable[str]) -> str:
    """Write names in a message."""
    return ", ".join(names)
