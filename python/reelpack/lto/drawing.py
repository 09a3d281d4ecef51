"""PDF pages in mm from the upper left edge: rectangles, lines and text that stays in its place.

Text that cannot be drawn is an error and never a box or a question mark: these pages are stuck onto
tapes. The font that every PDF reader has knows the letters of Western Europe; for others a TrueType
font is named, which is embedded.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from reelpack.errors import LtoError
from reelpack.lto.fields import regular

try:
    from reportlab.lib.units import mm
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFError, TTFont
    from reportlab.pdfgen.canvas import Canvas
except ImportError as error:
    raise ImportError(
        "labels need reportlab\nhint: `pip install reelpack[lto]`", name="reportlab"
    ) from error

if TYPE_CHECKING:
    import os
    from collections.abc import Sequence

__all__ = ["SMALLEST", "Page"]

SMALLEST = 5.0
"""Points of the smallest letters: below it nobody reads a label on a case."""

Align = Literal["left", "centre", "right"]

_ASCENT = 0.72
"""Height of a capital as a share of the size; that of Helvetica."""

_LEADING = 1.2


class Page:
    """A PDF that is drawn page by page; the same calls make the same bytes.

    Args:
        paper: Width and height of the pages in mm.
        title: For whoever opens the file; never printed.
        font: A TrueType font for all text; None is Helvetica, which is not embedded.

    Raises:
        OSError: The font cannot be read.
        LtoError: It is no TrueType font.
    """

    def __init__(
        self,
        paper: tuple[float, float],
        *,
        title: str,
        font: str | os.PathLike[str] | None = None,
    ) -> None:
        self._buffer = io.BytesIO()
        self._height = paper[1]
        self._canvas = Canvas(
            self._buffer, pagesize=(paper[0] * mm, paper[1] * mm), invariant=1, pageCompression=1
        )
        self._canvas.setTitle(title)
        self._canvas.setCreator("reelpack")
        self._plain, self._bold, self._known = _fonts(font)

    def rectangle(self, left: float, top: float, width: float, height: float) -> None:
        """Fill a black rectangle."""
        bottom = self._height - top - height
        self._canvas.rect(left * mm, bottom * mm, width * mm, height * mm, stroke=0, fill=1)

    def line(
        self, start: tuple[float, float], end: tuple[float, float], *, width: float = 0.1
    ) -> None:
        """Draw a line, `width` mm wide."""
        self._canvas.setLineWidth(width * mm)
        (left, top), (right, bottom) = start, end
        upper, lower = self._height - top, self._height - bottom
        self._canvas.line(left * mm, upper * mm, right * mm, lower * mm)

    def text(  # noqa: PLR0913  (where, how large, how wide)
        self,
        left: float,
        top: float,
        text: str,
        *,
        size: float,
        width: float,
        bold: bool = False,
        align: Align = "left",
    ) -> None:
        """Write one line with its capitals beginning at `top`, smaller where it is too wide.

        Raises:
            LtoError: It does not fit in the smallest letters, or the font lacks a character.
        """
        self._check(text)
        font = self._bold if bold else self._plain
        while self._width(text, font, size) > width and size > SMALLEST:
            size = max(SMALLEST, size - 0.5)
        if self._width(text, font, size) > width + 1e-6:
            raise LtoError(f"{text!r}: too long for {width:.0f} mm of a label")
        self._write(left, top + size * _ASCENT / mm, text, (font, size, width, align))

    def block(  # noqa: PLR0913  (the same, and how high)
        self,
        left: float,
        top: float,
        words: Sequence[str],
        *,
        size: float,
        width: float,
        height: float,
    ) -> None:
        """Write words as lines, in the largest letters up to `size` in which they fit.

        A word is never broken, as it may be the name of a roll.

        Raises:
            LtoError: They do not fit in the smallest letters, or the font lacks a character.
        """
        for word in words:
            self._check(word)
        while True:
            lines = self.lines(words, size, width)
            if lines is not None and len(lines) * size * _LEADING / mm <= height + 1e-6:
                break
            if size <= SMALLEST:
                beginning = " ".join(words)[:40]
                raise LtoError(
                    f"{beginning!r} and so on: too long for {width:.0f} by {height:.0f} mm of a "
                    "label; hint: a larger label, or fewer of them to a tape"
                )
            size = max(SMALLEST, size - 0.5)
        for number, line in enumerate(lines):
            base = top + size * (_ASCENT + number * _LEADING) / mm
            self._write(left, base, line, (self._plain, size, width, "left"))

    def lines(self, words: Sequence[str], size: float, width: float) -> list[str] | None:
        """Break words into lines of `width` mm; None where one of them is wider."""
        lines: list[str] = []
        for word in words:
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and self._width(longer, self._plain, size) <= width:
                lines[-1] = longer
            elif self._width(word, self._plain, size) <= width:
                lines.append(word)
            else:
                return None
        return lines

    def next(self) -> None:
        """End the page."""
        self._canvas.showPage()

    def finish(self) -> bytes:
        """Return the PDF."""
        self._canvas.save()
        return self._buffer.getvalue()

    def _write(
        self, left: float, base: float, text: str, how: tuple[str, float, float, Align]
    ) -> None:
        """Write a line whose letters stand on `base`."""
        font, size, width, align = how
        spare = width - self._width(text, font, size)
        left += {"left": 0.0, "centre": spare / 2, "right": spare}[align]
        self._canvas.setFont(font, size)
        self._canvas.drawString(left * mm, (self._height - base) * mm, text)

    def _width(self, text: str, font: str, size: float) -> float:
        """Return how wide a line is, in mm."""
        return float(pdfmetrics.stringWidth(text, font, size)) / mm

    def _check(self, text: str) -> None:
        """Refuse what the font does not have."""
        lacking = sorted({char for char in text if not self._has(char)})
        if lacking:
            raise LtoError(
                f"{text!r}: the font has no {' '.join(lacking)}; hint: name a TrueType font that "
                "has, with `--font`"
            )

    def _has(self, character: str) -> bool:
        """Whether the font has a character."""
        if self._known is not None:
            return ord(character) in self._known
        try:
            return character.isprintable() and bool(character.encode("cp1252"))
        except UnicodeEncodeError:
            return False


def _fonts(font: str | os.PathLike[str] | None) -> tuple[str, str, frozenset[int] | None]:
    """Return the names of the plain and the bold font, and what they have; None is Windows-1252."""
    if font is None:
        return "Helvetica", "Helvetica-Bold", None
    path = Path(font)
    content = regular(path).read_bytes()
    try:
        face = TTFont(f"reelpack-{path.resolve()}", io.BytesIO(content))
    except (TTFError, ValueError, IndexError, KeyError) as error:
        raise LtoError(f"{path}: no TrueType font: {error}", str(path)) from error
    pdfmetrics.registerFont(face)
    return face.fontName, face.fontName, frozenset(face.face.charToGlyph)
