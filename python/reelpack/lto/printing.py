"""A manifest as PDF, to be printed for the inside of the boxes: tapes, rolls and boxes.

The single files are in the workbook and the CSV; on paper they would be thousands of pages.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reelpack.lto.drawing import Page
from reelpack.lto.sheets import PAPERS
from reelpack.wording import UNKNOWN_SIZE, plural, printable, size

if TYPE_CHECKING:
    import os
    from collections.abc import Sequence

    from reelpack.lto.manifests import Manifest

__all__ = ["render"]

_EDGE = 14.0
_LINE = 4.6
_LETTERS = 8.0
_LONGEST = 80

_TAPES = (
    ("tape", 16.0),
    ("barcode", 24.0),
    ("box", 10.0),
    ("shoot_days", 50.0),
    ("files", 18.0),
    ("size", 22.0),
    ("checksums", 42.0),
)
_ROLLS = (
    ("day", 50.0),
    ("roll", 46.0),
    ("kind", 16.0),
    ("files", 18.0),
    ("size", 22.0),
    ("checksums", 30.0),
)
_BOXES = (("box", 14.0), ("tapes", 14.0), ("barcodes", 80.0), ("weight_kg", 24.0), ("size", 50.0))
"""Fields with their widths in mm; together as wide as A4 and Letter have room for."""


def render(
    manifest: Manifest, *, paper: str = "a4", font: str | os.PathLike[str] | None = None
) -> bytes:
    """Return the PDF.

    Args:
        manifest: What is written.
        paper: ``a4`` or ``letter``.
        font: As for `Page`.

    Raises:
        LtoError: The font lacks a character, or a name is too long for its column.
    """
    sheet = _Sheet(manifest, PAPERS[paper], font)
    sheet.heading()
    sheet.table("Tapes", _TAPES, manifest.tape_rows())
    if manifest.shipment.boxes:
        sheet.table("Boxes", _BOXES, [_sized(row) for row in manifest.box_rows()])
    by_tape: dict[str, list[dict[str, object]]] = {}
    for row in manifest.roll_rows():
        by_tape.setdefault(str(row["barcode"]), []).append(row)
    for number, tape in enumerate(manifest.shipment.tapes, 1):
        title = f"{tape.barcode}, tape {number} of {len(manifest.shipment.tapes)}"
        sheet.table(title, _ROLLS, by_tape.get(tape.barcode, []))
    return sheet.finish()


class _Sheet:
    """Writes lines from the top down, and begins a page where there is no room for more."""

    def __init__(
        self,
        manifest: Manifest,
        paper: tuple[float, float],
        font: str | os.PathLike[str] | None,
    ) -> None:
        self._manifest = manifest
        self._paper = paper
        self._page = Page(paper, title="manifest", font=font)
        self._top = _EDGE
        self._number = 1

    def heading(self) -> None:
        """Write what it is about."""
        shipment, wide = self._manifest.shipment, self._paper[0] - 2 * _EDGE
        title = f"Manifest {shipment.show_code}, {shipment.set} set"
        self._page.text(_EDGE, self._top, title, size=16, width=wide, bold=True)
        self._top += 9
        total = self._manifest.bytes
        sized = UNKNOWN_SIZE if total is None else f"{total:,} bytes ({size(total)})"
        tapes = plural(len(shipment.tapes), "tape")
        counts = f"{tapes}, {plural(self._manifest.file_count, 'file')}, {sized}"
        about = {
            "Production Company": shipment.production_company,
            "Security Title" if shipment.security_title else "Title": shipment.label_title,
            "Movie ID": shipment.movie_id,
        }
        lines = [f"{name}: {value}" for name, value in about.items() if value]
        for line in (*lines, counts):
            self._page.text(_EDGE, self._top, printable(line), size=10, width=wide)
            self._top += 5
        if self._manifest.unread:
            self._note(f"not read: {', '.join(self._manifest.unread)}")

    def table(
        self, title: str, columns: Sequence[tuple[str, float]], rows: Sequence[dict[str, object]]
    ) -> None:
        """Write a table with its title; one that goes on has its headings again."""
        self._room(3 * _LINE + 4)
        self._top += 4
        wide = self._paper[0] - 2 * _EDGE
        self._page.text(_EDGE, self._top, title, size=11, width=wide, bold=True)
        self._top += 6
        self._cells([name.replace("_", " ") for name, _ in columns], columns, bold=True)
        for row in rows:
            if self._room(_LINE):
                self._cells([name.replace("_", " ") for name, _ in columns], columns, bold=True)
            self._cells([_cell(row, name) for name, _ in columns], columns, bold=False)

    def finish(self) -> bytes:
        """Return the PDF."""
        self._foot()
        return self._page.finish()

    def _cells(
        self, texts: Sequence[str], columns: Sequence[tuple[str, float]], *, bold: bool
    ) -> None:
        """Write one row, as many lines as its longest cell takes."""
        cells = [
            self._wrapped(text, width - 2) for text, (_, width) in zip(texts, columns, strict=True)
        ]
        for number in range(max(map(len, cells))):
            # A cell may have more lines than a page: the barcodes of a large box.
            self._room(_LINE)
            left = _EDGE
            for lines, (_, width) in zip(cells, columns, strict=True):
                line = lines[number] if number < len(lines) else ""
                at = (left, self._top)
                self._page.text(*at, line, size=_LETTERS, width=width - 2, bold=bold)
                left += width
            self._top += _LINE
        if bold:
            self._page.line((_EDGE, self._top - 1), (self._paper[0] - _EDGE, self._top - 1))

    def _wrapped(self, text: str, width: float) -> list[str]:
        """Break a cell into lines; a word that is wider than its column is shortened."""
        words = printable(text).split() if text else []
        lines = self._page.lines([_short(word, _LONGEST) for word in words], _LETTERS, width)
        if lines is None:
            lines = self._page.lines(
                [_short(word, int(width * 0.55)) for word in words], _LETTERS, width
            )
        return lines or [""]

    def _note(self, text: str) -> None:
        """Write words on as many lines as they take."""
        wide = self._paper[0] - 2 * _EDGE
        for line in self._wrapped(text, wide):
            self._room(_LINE)
            self._page.text(_EDGE, self._top, line, size=_LETTERS, width=wide)
            self._top += _LINE

    def _room(self, height: float) -> bool:
        """Begin a page where there is no room; say whether."""
        if self._top + height <= self._paper[1] - _EDGE - 6:
            return False
        self._foot()
        self._page.next()
        self._top = _EDGE
        self._number += 1
        return True

    def _foot(self) -> None:
        """Number the page."""
        shipment = self._manifest.shipment
        text = f"{shipment.show_code}, {shipment.set} set, page {self._number}"
        wide = self._paper[0] - 2 * _EDGE
        below = self._paper[1] - _EDGE
        self._page.text(_EDGE, below, text, size=8, width=wide, align="right")


def _sized(row: dict[str, object]) -> dict[str, object]:
    """Put the three lengths of a box into one cell."""
    lengths = [row[name] for name in ("length_mm", "width_mm", "height_mm")]
    known = " x ".join(_shown(each) for each in lengths) + " mm" if None not in lengths else ""
    return row | {"size": known}


def _short(word: str, most: int) -> str:
    """Leave out the middle of a long word; all of it is in the workbook."""
    if len(word) <= most:
        return word
    return f"{word[: most - most // 3 - 3]}...{word[-(most // 3) :]}"


def _cell(row: dict[str, object], name: str) -> str:
    """Write the cell of a row; in print an empty one could be one that was forgotten."""
    unknown = name == "size" and not row[name] and row.get("files") is not None
    return UNKNOWN_SIZE if unknown else _shown(row[name])


def _shown(cell: object) -> str:
    """Write a cell."""
    if cell is None:
        return ""
    if isinstance(cell, int):
        return f"{cell:,}"
    return f"{cell:g}" if isinstance(cell, float) else str(cell)
