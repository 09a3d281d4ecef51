"""`reelpack lto labels`: PDFs for spines, cases and boxes."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reelpack import lto
from reelpack.cli.delivery import json_option
from reelpack.cli.exits import ExitCode, hinting
from reelpack.cli.lto.arguments import HINTS, font_option, parsed, shipment_argument
from reelpack.cli.output import emit, emit_json
from reelpack.lto.sheets import pair
from reelpack.lto.writing import write_bytes
from reelpack.wording import printable

if TYPE_CHECKING:
    from reelpack.lto import Sheet, Shipment

__all__ = ["command"]

_KINDS = {"spines": lto.SPINES, "cases": lto.CASES, "boxes": lto.OUTSIDES}


@click.command("labels")
@shipment_argument
@click.option(
    "--kind",
    "kinds",
    type=click.Choice(list(_KINDS)),
    multiple=True,
    help="which; may be repeated (default: all)",
)
@click.option(
    "--sheet",
    type=click.Choice(["a4", "letter", "printer"]),
    default="a4",
    help="sheets, or a printer with one label a page (default: a4)",
)
@click.option("--paper", metavar="WxH", help="size of the page in mm")
@click.option("--label", metavar="WxH", help="size of a label in mm")
@click.option("--grid", metavar="CxR", help="labels beside and below each other")
@click.option("--margin", metavar="LxT", help="from the page's edges to the first label in mm")
@click.option("--gap", metavar="AxD", help="between labels, across and down, in mm")
@click.option("--skip", type=click.IntRange(min=0), default=0, metavar="N", help="labels used up")
@font_option
@json_option
def command(  # noqa: PLR0913  (an option each)
    folder: str,
    *,
    kinds: tuple[str, ...],
    sheet: str,
    paper: str | None,
    label: str | None,
    grid: str | None,
    margin: str | None,
    gap: str | None,
    skip: int,
    font: str | None,
    as_json: bool,
) -> int:
    """Make labels as PDF in SHIPMENT: barcodes for spines, labels for cases and for boxes.

    Print at 100 %. The label of a box has neither the studio's name nor a title: where one would be
    on it, nothing is made. Sizes are for one kind at a time.
    """
    sizes = (paper, label, grid, margin, gap)
    wanted = kinds or tuple(_KINDS)
    if any(sizes) and len(wanted) > 1:
        raise click.UsageError("sizes are for one kind of labels: name it with `--kind`")
    with hinting(HINTS):
        shipment = lto.open(folder)
    sheets = {kind: _sheet(kind, sheet, sizes) for kind in wanted}
    # All are drawn before one is written.
    drawn = {kind: _draw(kind, shipment, each, skip, font) for kind, each in sheets.items()}
    written = [
        write_bytes(Path(shipment.path, f"labels-{kind}.pdf"), content)
        for kind, content in drawn.items()
    ]
    names = [os.path.relpath(path, shipment.path) for path in written]
    lto.note_step(shipment, "labels", files=names, sheet=sheet)
    if as_json:
        emit_json({"files": written, "tapes": len(shipment.tapes), "boxes": len(shipment.boxes)})
    else:
        for path in written:
            emit(printable(f"wrote {path}"))
    return ExitCode.OK


def _sheet(kind: str, name: str, sizes: tuple[str | None, ...]) -> Sheet:
    """Return the sheet of one kind of labels, with the sizes that were told."""
    paper, label, grid, margin, gap = sizes
    return lto.chosen(
        _KINDS[kind],
        name,
        paper=parsed(pair, paper, "--paper"),
        label=parsed(pair, label, "--label"),
        grid=parsed(_grid, grid, "--grid"),
        margin=parsed(pair, margin, "--margin"),
        gap=parsed(pair, gap, "--gap"),
    )


def _draw(kind: str, shipment: Shipment, sheet: Sheet, skip: int, font: str | None) -> bytes:
    """Draw the labels of one kind."""
    if kind == "spines":
        barcodes = [tape.barcode for tape in shipment.tapes]
        return lto.spine_labels(barcodes, sheet, skip=skip, font=font)
    draw = lto.case_labels if kind == "cases" else lto.outside_labels
    return draw(shipment, sheet, skip=skip, font=font)


def _grid(text: str) -> tuple[int, int]:
    """Read columns and rows.

    Raises:
        ValueError: They are none.
    """
    columns, times, rows = text.lower().partition("x")
    numbers = (columns, rows)
    if not times or not all(each.isdecimal() and 0 < int(each) <= 100 for each in numbers):  # noqa: PLR2004  (more are no labels)
        raise ValueError(f"{text!r} is not columns and rows, such as 2x14")
    return int(columns), int(rows)
