"""Tables of an audit, for every library that takes Arrow and for those that have none.

`polars.DataFrame(table)`, `pyarrow.table(table)`, `pandas.DataFrame.from_arrow(table)` and DuckDB
take one without a copy, through the Arrow PyCapsule interface; none of them is needed here.
"""

from __future__ import annotations

import csv
import html
import io
import os
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, final

from reelpack import _native
from reelpack.names import json_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["Table"]

ROWS_AT_ONCE = 10_000
"""Rows taken from the extension in one call: few calls, and never all rows as Python objects."""

ROWS_SHOWN = 10
"""Rows of the table that a notebook shows."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@final
class Table:
    """Rows and columns, held as Arrow has them. Cannot be pickled; threads may share it.

    A cell is text, a number, a bool, or None where nothing is known; a time is nanoseconds since
    1970 in UTC, a date days since 1970. ``len(table)`` counts the rows, and iterating yields them.
    """

    __slots__ = ("_native",)

    def __init__(self, native: _native.Table) -> None:
        self._native = native

    def __len__(self) -> int:
        """Count the rows."""
        return len(self._native)

    def __repr__(self) -> str:
        """Give the counts; 250,000 rows would help nobody."""
        return f"Table(rows={len(self)}, columns={len(self.columns)})"

    def __iter__(self) -> Iterator[tuple[object, ...]]:
        """Yield each row as a tuple, without ever holding all of them."""
        for offset in range(0, len(self), ROWS_AT_ONCE):
            yield from self._native.rows(offset, ROWS_AT_ONCE)

    @property
    def columns(self) -> list[str]:
        """Names of the columns, in order."""
        return self._native.columns

    def rows(self, offset: int = 0, count: int | None = None) -> list[tuple[object, ...]]:
        """Return rows as tuples, in the order of the columns.

        Args:
            offset: Rows to pass over.
            count: Rows to return, fewer only at the end; None is all. Iterate over the table itself
                where these are many.
        """
        return self._native.rows(offset, len(self) if count is None else count)

    def column(self, name: str) -> list[object]:
        """Return one column, a value for each row.

        Args:
            name: Its name.

        Raises:
            KeyError: There is no column of that name.
        """
        if name not in self.columns:
            raise KeyError(name)
        place = self.columns.index(name)
        return [row[place] for row in self]

    def to_dicts(self) -> list[dict[str, object]]:
        """Return a dict for each row, its keys the columns in order."""
        columns = self.columns
        return [dict(zip(columns, row, strict=True)) for row in self]

    def to_csv(self) -> str:
        """Return the table as CSV: RFC 4180, UTF-8 when written, a header, nothing for None.

        Times are ISO 8601 in UTC, to the microsecond, dates the same; bools are ``true`` and
        ``false``. Names stand there as they are: to a spreadsheet one that begins with ``=`` is a
        formula.
        """
        text = io.StringIO()
        writer = csv.writer(text)
        writer.writerow(self.columns)
        places = self._places()
        writer.writerows(_written(row, places) for row in self)
        return text.getvalue()

    def _places(self) -> list[tuple[int, Callable[[object], object]]]:
        """List the columns that are not written as they are, with what writes them."""
        kinds = enumerate(self._native.kinds)
        return [(place, _WRITTEN[kind]) for place, kind in kinds if kind in _WRITTEN]

    def write_csv(self, path: str | os.PathLike[str]) -> str:
        """Write what `to_csv` returns, replacing a file that is there once the new one is complete.

        Args:
            path: The file.

        Returns:
            The path written to.

        Raises:
            OSError: The folder is not there or cannot be written.
        """
        target = os.fspath(path)
        _native.write_list(target, json_text(self.to_csv()), sync=False)
        return target

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """Hand over the table as a PyCapsule; called by libraries that read Arrow."""
        return self._native.__arrow_c_stream__(requested_schema)

    def __arrow_c_schema__(self) -> object:
        """Hand over the types of the columns as a PyCapsule."""
        return self._native.__arrow_c_schema__()

    def _repr_html_(self) -> str:
        """Show the first rows in a notebook, and how many there are."""
        head = "".join(f"<th>{html.escape(name)}</th>" for name in self.columns)
        places = self._places()
        shown = (_written(row, places) for row in self.rows(0, ROWS_SHOWN))
        rows = "".join(f"<tr>{_cells(row)}</tr>" for row in shown)
        about = f"{len(self):,} rows, {len(self.columns)} columns"
        if len(self) > ROWS_SHOWN:
            about += f", the first {ROWS_SHOWN} shown"
        return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table><p>{about}</p>"


def _written(
    row: tuple[object, ...], places: list[tuple[int, Callable[[object], object]]]
) -> list[object]:
    """Write the cells at `places` as a program reads them, and leave the others as they are."""
    cells = list(row)
    for place, write in places:
        cells[place] = write(cells[place])
    return cells


def _time(value: object) -> object:
    """Write nanoseconds since 1970 as ISO 8601."""
    if not isinstance(value, int):
        return value
    return (_EPOCH + timedelta(microseconds=value // 1000)).isoformat()


def _day(value: object) -> object:
    """Write days since 1970 as ISO 8601."""
    if not isinstance(value, int):
        return value
    return (_EPOCH + timedelta(days=value)).date().isoformat()


def _switch(value: object) -> object:
    """Write a bool as most readers know it."""
    return str(value).lower() if isinstance(value, bool) else value


# What CSV has no type for.
_WRITTEN: dict[str, Callable[[object], object]] = {"time": _time, "date": _day, "bool": _switch}


def _cells(row: list[object]) -> str:
    """Write the cells of a row as HTML."""
    return "".join(f"<td>{'' if value is None else html.escape(str(value))}</td>" for value in row)
