"""Tables as CSV that no spreadsheet takes for anything but text and numbers.

A cell that begins with ``=``, ``+``, ``-``, ``@``, a TAB or a line end is a formula to spreadsheets
(OWASP, CSV Injection), and names come from outside: it gets an apostrophe in front.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from reelpack.names import json_text

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["defused", "is_formula", "render"]

_BEGINNINGS = ("=", "+", "-", "@", "\t", "\r", "\n")


def render(rows: Iterable[Iterable[object]]) -> str:
    """Return rows as CSV (RFC 4180): commas, CRLF, quotation marks where they are needed.

    What is not UTF-8 in a name becomes replacement characters.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    for row in rows:
        writer.writerow([defused(cell) for cell in row])
    return text.getvalue()


def defused(cell: object) -> object:
    """Return a cell that no spreadsheet computes."""
    if not isinstance(cell, str):
        return cell
    text = json_text(cell)
    return f"'{text}" if is_formula(text) else text


def is_formula(text: str) -> bool:
    """Whether a spreadsheet would take a text for a formula."""
    return text.startswith(_BEGINNINGS)
