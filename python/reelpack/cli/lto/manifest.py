"""`reelpack lto manifest`: what is on the tapes, as XLSX, CSV and PDF."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from reelpack import lto
from reelpack.algorithms import ALGORITHMS
from reelpack.cli.arguments import PATH
from reelpack.cli.delivery import json_option, quiet_option
from reelpack.cli.exits import ExitCode, hinting
from reelpack.cli.lto.arguments import HINTS, font_option, placed, shipment_argument, tape_option
from reelpack.cli.output import emit, emit_json, note
from reelpack.cli.progressbar import progress_bar
from reelpack.wording import UNKNOWN_SIZE, files, plural, printable, size

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reelpack.lto import Manifest

__all__ = ["command"]


@click.command("manifest")
@shipment_argument
@tape_option
@click.option(
    "--digest",
    type=click.Choice(ALGORITHMS),
    help="compute it of files that no list on the tape names",
)
@click.option(
    "--format",
    "formats",
    type=click.Choice(["xlsx", "csv", "pdf"]),
    multiple=True,
    help="what is written; may be repeated (default: all)",
)
@click.option(
    "--paper",
    type=click.Choice(["a4", "letter"]),
    default="a4",
    help="the pages of the PDF (default: a4)",
)
@click.option("--columns", type=PATH, metavar="FILE", help="a TOML file that sets the columns")
@font_option
@json_option
@quiet_option
def command(  # noqa: PLR0913  (an option each)
    folder: str,
    *,
    tapes: tuple[str, ...],
    digest: str | None,
    formats: tuple[str, ...],
    paper: str,
    columns: str | None,
    font: str | None,
    as_json: bool,
    quiet: bool,
) -> int:
    """Read tapes and write the manifest of SHIPMENT: tape by tape its rolls, days and files.

    A tape is read where `--tape` or its record says, in the order of the tape and by one reader;
    what was read before is kept. The columns are assumed: the studio's template is not public.
    Exits 1 where a tape was never read.
    """
    with hinting(HINTS):
        shipment = lto.open(folder)
    with progress_bar("lto manifest", folder, quiet=quiet or digest is None) as progress:
        found = lto.manifest(
            shipment, read=placed(tapes), digest=digest, columns=columns, progress=progress
        )
    written = found.write(formats or lto.FORMATS, paper=paper, font=font)
    if as_json:
        emit_json(found.to_dict() | {"written": list(written)})
    else:
        for line in _lines(found, written):
            emit(line)
    if found.unread:
        note(f"not read: {printable(', '.join(found.unread))}")
    return ExitCode.FINDING if found.unread else ExitCode.OK


def _lines(found: Manifest, written: tuple[str, ...]) -> Iterator[str]:
    """Write what was listed, and where."""
    tapes = plural(len(found.shipment.tapes), "tape")
    yield f"{tapes}, {files(found.file_count)}, {_size(found.bytes)}"
    for row in found.tape_rows():
        if row["files"] is not None:
            count = files(int(str(row["files"])))
            told = row["size"] or UNKNOWN_SIZE
            yield f"{row['barcode']}  {count}, {told}, {row['checksums']}"
    for path in written:
        yield printable(f"wrote {path}")


def _size(count: int | None) -> str:
    """Write a number of bytes."""
    return UNKNOWN_SIZE if count is None else size(count)
