"""Where labels lie on paper: sheets with a grid of labels, and label printers.

Lengths are mm, from the left and upper edge. The grids that are built in are our own, for sheets
that are cut; those that are die-cut have a geometry of their own, which can be told.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

__all__ = ["CASES", "OUTSIDES", "PAPERS", "SPINES", "Sheet", "chosen", "pair"]

PAPERS = {"a4": (210.0, 297.0), "letter": (215.9, 279.4)}
"""Width and height of paper in mm (ISO 216; ANSI/ASME Y14.1, size A)."""

_SLACK = 1e-3
"""A thousandth of a mm: sums of such numbers are not exact."""

_LENGTHS = re.compile(r"(\d+(?:\.\d+)?)x(\d+(?:\.\d+)?)", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page with labels.

    Attributes:
        paper: Width and height of the page in mm.
        label: Width and height of a label in mm.
        columns: Labels beside each other.
        rows: Labels below each other.
        gap: Between two labels, across and down, in mm.
        margin: From the left and upper edge to the first label, in mm; None centres the grid.
        marks: Whether the edges of the labels are marked, for scissors.
    """

    paper: tuple[float, float]
    label: tuple[float, float]
    columns: int
    rows: int
    gap: tuple[float, float] = (0.0, 0.0)
    margin: tuple[float, float] | None = None
    marks: bool = False

    @property
    def count(self) -> int:
        """Labels on a page."""
        return self.columns * self.rows

    def origin(self, place: int) -> tuple[float, float]:
        """Return the left and upper edge of a label, counted from 0, first across and then down."""
        row, column = divmod(place, self.columns)
        left, top = self._margin
        return (
            left + column * (self.label[0] + self.gap[0]),
            top + row * (self.label[1] + self.gap[1]),
        )

    def check(self) -> None:
        """Look whether the labels fit on the page.

        Raises:
            ValueError: They do not.
        """
        right, bottom = (
            start + length
            for start, length in zip(self.origin(self.count - 1), self.label, strict=True)
        )
        if (
            min(self._margin) < -_SLACK
            or right > self.paper[0] + _SLACK
            or bottom > self.paper[1] + _SLACK
        ):
            raise ValueError(
                f"labels: {self.columns} by {self.rows} of {_size(self.label)} do not fit on "
                f"{_size(self.paper)}"
            )

    @property
    def _margin(self) -> tuple[float, float]:
        """Return where the first label begins."""
        if self.margin is not None:
            return self.margin
        across, down = (
            (paper - count * label - (count - 1) * gap) / 2
            for paper, count, label, gap in zip(
                self.paper, (self.columns, self.rows), self.label, self.gap, strict=True
            )
        )
        return across, down


# 79.5 by 17 mm is the recess for the label on a cartridge (suchanek.de, third party).
SPINES = {
    "a4": Sheet(PAPERS["a4"], (79.5, 17.0), 2, 14, gap=(10.0, 2.0), marks=True),
    "letter": Sheet(PAPERS["letter"], (79.5, 17.0), 2, 13, gap=(10.0, 2.0), marks=True),
    "printer": Sheet((79.5, 17.0), (79.5, 17.0), 1, 1),
}
"""Labels for the spines of tapes."""

CASES = {
    "a4": Sheet(PAPERS["a4"], (99.0, 67.0), 2, 4, marks=True),
    "letter": Sheet(PAPERS["letter"], (101.6, 65.0), 2, 4, marks=True),
    "printer": Sheet((100.0, 70.0), (100.0, 70.0), 1, 1),
}
"""Labels for the cases."""

OUTSIDES = {
    "a4": Sheet(PAPERS["a4"], (190.0, 135.0), 1, 2, gap=(0.0, 5.0), marks=True),
    "letter": Sheet(PAPERS["letter"], (195.0, 127.0), 1, 2, gap=(0.0, 5.0), marks=True),
    "printer": Sheet((150.0, 100.0), (150.0, 100.0), 1, 1),
}
"""Labels for the outside of boxes."""


def chosen(  # noqa: PLR0913  (an option each, all by keyword)
    sheets: dict[str, Sheet],
    name: str,
    *,
    paper: tuple[float, float] | None = None,
    label: tuple[float, float] | None = None,
    grid: tuple[int, int] | None = None,
    margin: tuple[float, float] | None = None,
    gap: tuple[float, float] | None = None,
) -> Sheet:
    """Return a sheet that is built in, with whatever is told instead.

    Args:
        sheets: `SPINES`, `CASES` or `OUTSIDES`.
        name: ``a4``, ``letter`` or ``printer``; of a printer the page is the label.
        paper: Width and height in mm.
        label: The same of a label.
        grid: Columns and rows.
        margin: To the first label, from the left and the upper edge, in mm.
        gap: Between two labels, in mm.

    Raises:
        ValueError: There is none of that name, or the labels do not fit.
    """
    if name not in sheets:
        raise ValueError(f"sheet: {name!r} is none of {', '.join(sheets)}")
    sheet = sheets[name]
    if label is not None:
        single = sheet.count == 1
        sheet = replace(sheet, label=label, paper=label if single else sheet.paper)
    columns, rows = grid or (sheet.columns, sheet.rows)
    sheet = replace(
        sheet,
        paper=paper or sheet.paper,
        columns=columns,
        rows=rows,
        margin=margin,
        gap=gap or sheet.gap,
        # Die-cut sheets have edges already.
        marks=sheet.marks and grid is None and margin is None,
    )
    sheet.check()
    return sheet


def pair(text: str) -> tuple[float, float]:
    """Read two lengths in mm, such as ``79.5x17``.

    Raises:
        ValueError: They are none, or larger than 2 m.

    Example:
        >>> pair("79.5x17")
        (79.5, 17.0)
    """
    found = _LENGTHS.fullmatch(text)
    lengths = (float(found[1]), float(found[2])) if found else (0.0, 0.0)
    if not found or max(lengths) > 2000:  # noqa: PLR2004  (no label printer is wider)
        raise ValueError(f"{text!r} is not two lengths in mm, such as 79.5x17")
    return lengths


def _size(lengths: tuple[float, float]) -> str:
    """Write two lengths."""
    return f"{lengths[0]:g} by {lengths[1]:g} mm"
