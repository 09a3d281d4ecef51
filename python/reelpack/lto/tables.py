"""Tables of files, rolls, findings and plans, for every library that takes Arrow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reelpack.lto import core
from reelpack.names import json_text
from reelpack.tables import Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["table"]

_COLUMNS = {
    "files": {
        "barcode": "text",
        "day": "text",
        "roll": "text",
        "path": "text",
        "bytes": "int",
        "algorithm": "text",
        "checksum": "text",
        "start_block": "int",
    },
    "rolls": {
        "barcode": "text",
        "tape": "int",
        "day": "text",
        "roll": "text",
        "kind": "text",
        "folder": "text",
        "files": "int",
        "bytes": "int",
        "checksums": "text",
        "manifest": "text",
    },
    "findings": {
        "rule": "text",
        "severity": "text",
        "path": "text",
        "message": "text",
        "fix": "text",
        "source": "text",
        "sure": "text",
    },
    "plan": {
        "barcode": "text",
        "tape": "int",
        "roll": "text",
        "part": "int",
        "parts": "int",
        "day": "text",
        "kind": "text",
        "files": "int",
        "bytes": "int",
    },
}


def table(name: str, rows: Iterable[Mapping[str, object]]) -> Table:
    """Make a table of rows; keys that are no column are left out."""
    every = list(rows)
    columns = _COLUMNS[name].items()
    return Table(
        core.table([(key, kind, [_cell(row[key]) for row in every]) for key, kind in columns])
    )


def _cell(value: object) -> object:
    """Return what Arrow can hold: text is UTF-8."""
    return json_text(value) if isinstance(value, str) else value
