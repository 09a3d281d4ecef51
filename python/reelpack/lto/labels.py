"""Labels of a shipment as PDF: barcodes for spines, labels for cases and for the outside of boxes.

What stands on a case label is listed by the studio, as is what may not stand on a box (partnerhelp
article 360000391288); how it looks is our own. The studio has a label of its own for boxes too,
which was not to be had.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reelpack.errors import LtoError
from reelpack.lto import code39, outsides
from reelpack.lto.barcodes import Barcode
from reelpack.lto.drawing import Page
from reelpack.lto.rolls import folded
from reelpack.lto.shipments import refuse_twice

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterable, Sequence

    from reelpack.lto.sheets import Sheet
    from reelpack.lto.shipments import Shipment, Tape

__all__ = ["case_labels", "case_lines", "outside_labels", "spine_labels"]

_LETTERS = 4.4
"""Height in mm of the strip above the bars that holds the letters."""


def spine_labels(
    barcodes: Iterable[str],
    sheet: Sheet,
    *,
    skip: int = 0,
    font: str | os.PathLike[str] | None = None,
) -> bytes:
    """Draw barcodes for the spines of tapes, in the order given.

    The bars are rectangles in the widths of the vendors, and nothing is scaled: print at 100 %, on
    paper that is not glossy. Start and stop character are in the bars and not in the text.

    Args:
        barcodes: Eight characters each, such as ``ABC001L8``.
        sheet: Where they go.
        skip: Labels of the first page that are used up.
        font: As for `Page`.

    Returns:
        The PDF.

    Raises:
        LtoError: A barcode is not well formed or there twice, or there is none.
        ValueError: Bars and quiet zones do not fit on the label, or ``skip`` is a page or more.
    """
    every = [_barcode(text) for text in barcodes]
    refuse_twice(map(str, every), "spine labels")
    for barcode in every[:1]:
        _check_label(sheet, str(barcode))
    drawn = [_spine(str(barcode)) for barcode in every]
    return _pages("spine labels", sheet, drawn, skip=skip, font=font)


def case_labels(
    shipment: Shipment,
    sheet: Sheet,
    *,
    tapes: Sequence[Tape] | None = None,
    skip: int = 0,
    font: str | os.PathLike[str] | None = None,
) -> bytes:
    """Draw a label for the case of each tape, with the fields that the studio lists.

    Args:
        shipment: The shipment.
        sheet: Where they go.
        tapes: Those of its tapes that get one; None is all.
        skip: Labels of the first page that are used up.
        font: As for `Page`.

    Returns:
        The PDF.

    Raises:
        LtoError: There is no tape, one is there twice, or a field does not fit in the smallest
            letters.
        ValueError: ``skip`` is a page or more.
    """
    chosen = shipment.tapes if tapes is None else tapes
    refuse_twice((tape.barcode for tape in chosen), str(shipment.record))
    drawn = [_case(case_lines(shipment, tape)) for tape in chosen]
    return _pages("case labels", sheet, drawn, skip=skip, font=font)


def outside_labels(
    shipment: Shipment,
    sheet: Sheet,
    *,
    skip: int = 0,
    font: str | os.PathLike[str] | None = None,
) -> bytes:
    """Draw a label for the outside of each box, with neither the studio's name nor a title.

    Args:
        shipment: The shipment; one without boxes gets the label of one.
        sheet: Where they go.
        skip: Labels of the first page that are used up.
        font: As for `Page`.

    Returns:
        The PDF.

    Raises:
        LtoError: A line has what may not be there, or does not fit; or a box has a number that is
            larger than their count.
        ValueError: ``skip`` is a page or more.
    """
    count = len(shipment.boxes)
    if beyond := [box.number for box in shipment.boxes if box.number > count]:
        raise LtoError(
            f"{shipment.record}: boxes: box {beyond[0]} of {count}; hint: count them from 1",
            str(shipment.record),
            "boxes",
        )
    if found := outsides.forbidden(shipment):
        line, word = found[0]
        raise LtoError(
            f"{shipment.record}: outside: {line!r} has {word}, which may not be on the outside of "
            "a box; hint: take it out of [outside], or choose another show code",
            str(shipment.record),
            "outside",
        )
    drawn = [_outside(lines) for lines in outsides.lines(shipment)]
    return _pages("box labels", sheet, drawn, skip=skip, font=font)


def case_lines(shipment: Shipment, tape: Tape) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the fields of a case label, in the order of the studio's list.

    Each is its name and words that are kept whole. Runs of rolls are written as ``A001-A012``.
    """
    number = shipment.place(tape.barcode) + 1
    heading = "Security Title" if shipment.security_title else "Title"
    return (
        ("Production Company", tuple(shipment.production_company.split())),
        (heading, tuple(shipment.label_title.split())),
        ("Tape", (f"{number} of {len(shipment.tapes)}",)),
        ("Shoot Date/Day", _listed(tape.shoot_days)),
        ("Transfer Date", (tape.transfer_date,)),
        ("Camera Rolls", _listed(folded(tape.camera_rolls))),
        ("Sound Rolls", _listed(folded(tape.sound_rolls))),
        ("LTO Barcode #", (tape.barcode,)),
    )


def _listed(names: Sequence[str]) -> tuple[str, ...]:
    """Put commas behind names, but for the last."""
    return (*(f"{name}," for name in names[:-1]), *names[-1:])


def _pages(
    title: str,
    sheet: Sheet,
    drawn: Sequence[Callable[[Page, float, float, float, float], None]],
    *,
    skip: int,
    font: str | os.PathLike[str] | None,
) -> bytes:
    """Put labels onto pages."""
    sheet.check()
    if not drawn:
        raise LtoError(f"{title}: there is nothing to label; hint: `reelpack lto plan` makes tapes")
    if not 0 <= skip < sheet.count:
        raise ValueError(f"skip: {skip} is not from 0 to {sheet.count - 1}")
    page = Page(sheet.paper, title=title, font=font)
    for place, draw in enumerate(drawn, start=skip):
        if place and place % sheet.count == 0:
            page.next()
        left, top = sheet.origin(place % sheet.count)
        if sheet.marks:
            _mark(page, left, top, *sheet.label)
        draw(page, left, top, *sheet.label)
    return page.finish()


def _spine(text: str) -> Callable[[Page, float, float, float, float], None]:
    """Return what draws a barcode: its letters above its bars, all of it in the middle."""

    def draw(page: Page, left: float, top: float, width: float, height: float) -> None:
        bars = code39.width(text)
        bars_high = max(code39.LEAST_HEIGHT, min(height - _LETTERS - 0.8, 12.0))
        spare = (height - _LETTERS - bars_high) / 2
        begin = left + (width - bars) / 2
        _letters(page, begin, top + spare, bars, text)
        for bar in code39.bars(text):
            page.rectangle(begin + bar.left, top + spare + _LETTERS, bar.width, bars_high)

    return draw


def _letters(page: Page, left: float, top: float, width: float, text: str) -> None:
    """Write the characters of a barcode, each in its share of the width."""
    share = width / len(text)
    for place, character in enumerate(text):
        page.text(
            left + place * share,
            top + 0.5,
            character,
            size=12.5,
            width=share,
            bold=True,
            align="centre",
        )


def _case(
    fields: Sequence[tuple[str, tuple[str, ...]]],
) -> Callable[[Page, float, float, float, float], None]:
    """Return what draws the label of a case: a line of names beside what they mean."""

    def draw(page: Page, left: float, top: float, width: float, height: float) -> None:
        names, edge = 30.0, 3.0
        # Rolls get what the other fields leave, the camera two thirds of it.
        high = dict.fromkeys(range(len(fields)), 6.0)
        rest = height - 2 * edge - 6 * 6.0
        high[5], high[6] = rest * 0.62, rest * 0.38
        below = top + edge
        for place, (name, words) in enumerate(fields):
            if place:
                page.line((left + edge, below - 0.7), (left + width - edge, below - 0.7))
            page.text(left + edge, below + 0.7, name, size=7, width=names - 2)
            shown = [word for word in words if word]
            inner = width - names - 2 * edge
            page.block(
                left + edge + names,
                below + 0.4,
                shown,
                size=10,
                width=inner,
                height=high[place] - 0.8,
            )
            below += high[place]

    return draw


def _outside(
    lines: Sequence[str],
) -> Callable[[Page, float, float, float, float], None]:
    """Return what draws the label of a box."""

    def draw(page: Page, left: float, top: float, width: float, height: float) -> None:
        edge = 6.0
        share = (height - 2 * edge) / max(len(lines), 8)
        size = min(20.0, share * 1.8)
        for place, line in enumerate(lines):
            page.text(
                left + edge,
                top + edge + place * share,
                line,
                size=size,
                width=width - 2 * edge,
                bold=place == 0,
            )

    return draw


def _mark(page: Page, left: float, top: float, width: float, height: float) -> None:
    """Mark the corners of a label, outside of it so that no bar meets a line."""
    for x, outwards in ((left, -1), (left + width, 1)):
        for y in (top, top + height):
            page.line((x + outwards * 0.5, y), (x + outwards * 2.5, y))


def _check_label(sheet: Sheet, text: str) -> None:
    """Refuse a label that is too small for its bars and the white beside them."""
    least = (code39.width(text) + 2 * code39.QUIET, code39.LEAST_HEIGHT + _LETTERS)
    if sheet.label[0] < least[0] or sheet.label[1] < least[1]:
        raise ValueError(
            f"label: {sheet.label[0]:g} by {sheet.label[1]:g} mm is too small for a barcode, which "
            f"takes {least[0]:.1f} by {least[1]:.1f} mm with its white and its letters"
        )


def _barcode(text: str) -> Barcode:
    """Read a barcode."""
    try:
        return Barcode.parse(text)
    except ValueError as error:
        raise LtoError(f"{error}; hint: such as ABC001L8") from error
