"""A manifest as an XLSX workbook: a sheet for each table, and one for the shipment as a whole.

All text is written as text, so that nothing in it is computed or linked; a cell that begins as a
formula does is marked as text for those who edit it, too.
"""

from __future__ import annotations

import io
from datetime import datetime
from typing import TYPE_CHECKING

from reelpack.lto.commas import is_formula
from reelpack.names import json_text
from reelpack.wording import printable, size

try:
    import xlsxwriter
except ImportError as error:
    raise ImportError(
        "workbooks need XlsxWriter\nhint: `pip install reelpack[lto]`", name="xlsxwriter"
    ) from error

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from reelpack.lto.manifests import Manifest

__all__ = ["render"]

ROWS = 1_048_576
"""Rows of a sheet, the headings included: the limit of the format (ECMA-376, Part 1)."""

LONGEST = 32_767
"""Characters of a cell, the same."""

EXACT = 2**53
"""Whole numbers from here on are not exact in a cell, which holds a double."""

_TABLES = {"Tapes": "tapes", "Rolls": "rolls", "Boxes": "boxes", "Files": "files"}


def render(manifest: Manifest) -> bytes:
    """Return the workbook; the same manifest makes the same bytes.

    A table of more than 1,048,575 rows goes on in a sheet of its own.
    """
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(
        buffer,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    # A fixed date: the record says when it was made.
    book.set_properties({"title": "manifest", "created": datetime(2000, 1, 1)})  # noqa: DTZ001  (a zip has no zones)
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    text = book.add_format({"quote_prefix": True})
    _write(book.add_worksheet("Shipment"), _about(manifest), (head, text))
    for title, table in _TABLES.items():
        for number, part in enumerate(_parts(manifest.cells(table)), 1):
            name = title if number == 1 else f"{title} {number}"
            _write(book.add_worksheet(name), part, (head, text))
    book.close()
    return buffer.getvalue()


def _about(manifest: Manifest) -> list[list[object]]:
    """Return the shipment as a whole, a line for each fact."""
    shipment = manifest.shipment
    unread = ", ".join(manifest.unread)
    return [
        ["Manifest", f"{shipment.show_code}, {shipment.set} set"],
        ["Production Company", shipment.production_company],
        ["(Security) Title", shipment.label_title],
        ["Movie ID", shipment.movie_id],
        ["Tapes", len(shipment.tapes)],
        ["Boxes", len(shipment.boxes)],
        ["Files", manifest.file_count],
        ["Bytes", manifest.bytes],
        ["Size", "" if manifest.bytes is None else size(manifest.bytes)],
        ["Tapes not read", unread],
    ]


def _parts(rows: Iterable[list[object]]) -> Iterator[list[list[object]]]:
    """Split a table so that each part, with the headings, fits on a sheet."""
    every = iter(rows)
    head = next(every)
    part = [head]
    for row in every:
        if len(part) == ROWS:
            yield part
            part = [head]
        part.append(row)
    yield part


def _write(sheet: Worksheet, rows: list[list[object]], formats: tuple[Format, Format]) -> None:
    """Write the rows of a sheet, whose first stays in sight."""
    head, text = formats
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            _cell(sheet, (row, column), cell, head if row == 0 else None, text)
    sheet.freeze_panes(1, 0)
    for column, shown in enumerate(zip(*rows[:200], strict=True)):
        longest = max(len(str(cell)) for cell in shown if cell is not None)
        sheet.set_column(column, column, min(max(longest + 2, 8), 60))


def _cell(
    sheet: Worksheet, place: tuple[int, int], cell: object, style: Format | None, text: Format
) -> None:
    """Write one cell as what it is."""
    if cell is None or cell == "":
        return
    if isinstance(cell, int | float) and abs(cell) < EXACT:
        sheet.write_number(*place, cell, style)
        return
    written = printable(json_text(str(cell)))[:LONGEST]
    sheet.write_string(*place, written, style or (text if is_formula(written) else None))
