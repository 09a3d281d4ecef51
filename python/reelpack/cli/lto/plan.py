"""`reelpack lto plan`: which rolls go on which tape."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from reelpack import lto
from reelpack.cli.arguments import PATH
from reelpack.cli.delivery import json_option
from reelpack.cli.exits import ExitCode, hinting
from reelpack.cli.lto.arguments import HINTS, parsed, shipment_argument
from reelpack.cli.output import emit, emit_json
from reelpack.lto.writing import write_text
from reelpack.wording import files, plural, printable, size

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reelpack.lto import Dropped, Plan, Share

__all__ = ["command"]

NAMED = 20
"""Paths that are named; the others are counted."""

_UNITS = {"GB": 10**9, "TB": 10**12}


@click.command("plan")
@shipment_argument
@click.argument("rolls", type=PATH, nargs=-1, required=True, metavar="DIR...")
@click.option(
    "--media",
    type=click.Choice(list(lto.MEDIA)),
    default="L8",
    help="the tapes, by their media id (default: L8)",
)
@click.option(
    "--capacity", metavar="SIZE", help="what is put on a tape, such as 11.1TB (default: assumed)"
)
@click.option("--picture", type=PATH, metavar="FILE", help="draw the plan as SVG")
@click.option(
    "--replace", is_flag=True, help="drop what was planned or written of tapes that nobody read"
)
@click.option("--dry-run", is_flag=True, help="leave the record as it is")
@json_option
def command(  # noqa: PLR0913  (an option each)
    folder: str,
    *,
    rolls: tuple[str, ...],
    media: str,
    capacity: str | None,
    picture: str | None,
    replace: bool,
    dry_run: bool,
    as_json: bool,
) -> int:
    """Say which rolls below DIR go on which tape, and write the tapes into the record.

    The order of shooting is kept, and no roll is split unless it is larger than a tape. Tapes that
    were read already stay, and rolls whose files they all have are left out. No file is read.
    """
    told = parsed(_bytes, capacity, "--capacity")
    parsed(_drawing, picture, "--picture")
    with hinting(HINTS):
        shipment = lto.open(folder)
    found = lto.find_rolls(*rolls)
    plan = lto.plan_shipment(shipment, found, medium_id=media, capacity=told)
    if not dry_run:
        plan.write(shipment, replace=replace)
    if picture is not None:
        write_text(Path(picture), lto.svg(plan))
    dropped = lto.find_dropped(*rolls)
    if as_json:
        emit_json(plan.to_dict() | dropped.to_dict())
    else:
        for line in (*_lines(plan), *_dropped(dropped)):
            emit(line)
    return ExitCode.OK


def _drawing(path: str) -> str:
    """Return the path of a picture, which takes the place of no other file.

    Raises:
        ValueError: It does not end with ``.svg``.
    """
    if Path(path).suffix.lower() != ".svg":
        raise ValueError(f"{path!r} does not end with .svg")
    return path


def _bytes(text: str) -> int:
    """Read a size such as ``11.1TB`` or ``2300GB``.

    Raises:
        ValueError: It is none.
    """
    number, unit = text[:-2].strip(), text[-2:].upper()
    if unit not in _UNITS or not number.replace(".", "", 1).isdecimal():
        raise ValueError(f"{text!r} is no size such as 11.1TB or 2300GB")
    return round(float(number) * _UNITS[unit])


def _lines(plan: Plan) -> Iterator[str]:
    """Write the plan: how many tapes, what is on each, and what was split."""
    yield f"{plural(len(plan.tapes), 'tape')} {plan.medium}, {size(plan.bytes)}"
    yield f"{size(plan.capacity)} to a tape, {plan.capacity_source}"
    if plan.known:
        names = (name or "files in no roll" for name in plan.known)
        yield f"left out, on tape already: {printable(', '.join(names))}"
    yield from (f"assumed: {printable(each)}" for each in plan.assumed)
    for tape in plan.tapes:
        share = f"{100 * tape.bytes / plan.capacity:.0f} %"
        yield f"{tape.barcode}  {size(tape.bytes)}, {share}"
        yield from (f"  {_share(each)}" for each in tape.shares)
    for tape in plan.tapes:
        yield from (_split(tape.barcode, each) for each in tape.shares if each.parts > 1)


def _dropped(dropped: Dropped) -> Iterator[str]:
    """Say what goes on no tape, the first of each kind by their names."""
    left_out = [f"{_kind(path)} {path}" for path in dropped.left_out]
    for what, named in (("empty", dropped.empty), ("left out", left_out)):
        yield from (f"{what}: {printable(each)}" for each in named[:NAMED])
        if len(named) > NAMED:
            yield f"{what}: {len(named) - NAMED:,} more (`--json` lists all)"


def _kind(path: str) -> str:
    """Say what is left out."""
    return "link" if Path(path).is_symlink() else "no regular file"


def _share(share: Share) -> str:
    """Write one roll on a tape."""
    name = printable(share.roll) if share.roll else "in no roll"
    part = f", part {share.part} of {share.parts}" if share.parts > 1 else ""
    day = f"{printable(share.day)}  " if share.day else ""
    return f"{day}{name}{part}  {files(share.files)}, {size(share.bytes)}"


def _split(barcode: str, share: Share) -> str:
    """Say where a roll was split."""
    first, last = printable(share.folders[0]), printable(share.folders[-1])
    where = first if first == last else f"{first} to {last}"
    how = (
        "between folders" if share.split == "folder" else "between files, as a folder is too large"
    )
    return f"split {how}: {printable(share.roll)} part {share.part} on {barcode}: {where}"
