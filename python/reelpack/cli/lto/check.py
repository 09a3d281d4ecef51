"""`reelpack lto check`: a shipment against what the studio wants."""

from __future__ import annotations

import click

from reelpack import lto
from reelpack.cli import problems
from reelpack.cli.arguments import PATH
from reelpack.cli.delivery import json_option, quiet_option, strict_option
from reelpack.cli.exits import ExitCode, hinting
from reelpack.cli.lto.arguments import HINTS, placed, shipment_argument
from reelpack.cli.output import emit, emit_json, note
from reelpack.cli.progressbar import progress_bar
from reelpack.errors import LtoError
from reelpack.wording import printable

__all__ = ["command"]


@click.command("check")
@shipment_argument
@click.option(
    "--secondary",
    type=PATH,
    metavar="SHIPMENT",
    help="the second set, to compare the files of both",
)
@click.option(
    "--tape",
    "tapes",
    multiple=True,
    metavar="BARCODE=FOLDER",
    help="where a tape is mounted, for `--hashes`; may be repeated",
)
@click.option(
    "--hashes",
    is_flag=True,
    help="read mounted tapes, and compare with their lists and with what was read before",
)
@strict_option
@json_option
@quiet_option
def command(  # noqa: PLR0913  (an option each)
    folder: str,
    *,
    secondary: str | None,
    tapes: tuple[str, ...],
    hashes: bool,
    strict: bool,
    as_json: bool,
    quiet: bool,
) -> int:
    """Check SHIPMENT: barcodes, LTFS, compression, checksums, rolls, both sets, boxes and labels.

    What only the operator can say is named as stated. Tapes are not read but for `--hashes`:
    `reelpack lto manifest` does that. Exits 1 where there is an error. Says what was not checked.
    """
    if tapes and not hashes:
        raise click.UsageError("`--tape` is for `--hashes`, which alone reads tapes")
    with hinting(HINTS):
        shipment = lto.open(folder)
        other = None if secondary is None else lto.open(secondary)
    with progress_bar("lto check", folder, quiet=quiet or not hashes) as progress:
        report = lto.check(
            shipment, secondary=other, hashes=hashes, mounted=placed(tapes), progress=progress
        )
    if as_json:
        emit_json(report.to_dict())
    else:
        emit_report(report)
    _note_step(shipment, report)
    failed = not report.ok or (strict and report.warnings)
    return ExitCode.FINDING if failed else ExitCode.OK


def _note_step(shipment: lto.Shipment, report: lto.Report) -> None:
    """Write into the record what was found; the verdict stands where that cannot be done."""
    try:
        lto.note_step(
            shipment,
            "check",
            errors=len(report.failures),
            warnings=len(report.warnings),
            not_checked=len(report.not_checked),
        )
    except (OSError, LtoError) as error:
        note(printable(f"the step was not noted in the record: {error}"))


def emit_report(report: lto.Report) -> None:
    """Print the verdict, the findings, what is stated and what was not checked."""
    emit(printable(report.verdict))
    titles = {rule.id: rule.title for rule in lto.rules()}
    for line in problems.lines(report.findings, titles=titles):
        emit(line)
    for each in report.stated:
        by = f", by {each.by}" if each.by else ""
        emit(printable(f"stated: {each.tape}: {each.what}{by}"))
    for line in problems.unchecked(report.not_checked):
        emit(line)
