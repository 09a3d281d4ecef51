"""`reelpack backlot inspection` and `override`: what the automated inspection found."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

import click

from reelpack.backlot import InspectionCode, InspectionStatus
from reelpack.cli.backlot.connection import Connection, about_the_connection
from reelpack.cli.backlot.facts import as_object, day_of
from reelpack.cli.backlot.tables import emit_list, limit_option, narrowed
from reelpack.cli.backlot.words import Code, words
from reelpack.cli.exits import ExitCode
from reelpack.cli.output import emit, emit_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reelpack.backlot import Inspection, InspectionError

__all__ = ["inspection", "override"]

_OVERRIDABLE = {True: "overridable", False: "hard"}


@click.command("inspection")
@click.option("--request", "request_id", metavar="ID", help="of this source request")
@click.option("--transfer", "transfer_id", metavar="ID", help="of this delivery")
@click.option("--status", type=Code(InspectionStatus), help="pending, passed, failed, ...")
@limit_option
@about_the_connection
def inspection(  # noqa: PLR0913  (an option each)
    *,
    request_id: str | None,
    transfer_id: str | None,
    status: str | None,
    limit: int | None,
    connection: Connection,
    as_json: bool,
) -> int:
    """List deliveries with what their inspection found, the newest first.

    Each finding is a line below its delivery: hard, or overridable with `override`.
    """
    with connection.open() as client:
        search = functools.partial(
            client.inspections, request_id=request_id, transfer_id=transfer_id, status=status
        )
        found, counted = narrowed(search, limit)
        if as_json:
            objects = (as_object(each) for each in found)
            emit_list("inspections", objects, lambda: {"total": counted.total})
        else:
            count = sum(_printed(each) for each in found)
            emit(_how_many(count, counted.total))
    return ExitCode.OK


@click.command("override")
@click.argument("transfer_id", metavar="TRANSFER")
@click.option(
    "--code",
    "codes",
    type=Code(InspectionCode),
    multiple=True,
    help="what to override (default: all that can be)",
)
@click.option("--comment", metavar="TEXT", help="words for those who read it")
@about_the_connection
def override(
    transfer_id: str,
    *,
    codes: tuple[str, ...],
    comment: str | None,
    connection: Connection,
    as_json: bool,
) -> int:
    """Override what the inspection of delivery TRANSFER found. The file goes on as it is.

    The ordinary quality control still follows.
    """
    with connection.open() as client:
        found = client.override(transfer_id, codes=codes or None, comment=comment)
    if as_json:
        emit_json(as_object(found))
    else:
        _printed(found)
    return ExitCode.OK


def _printed(found: Inspection) -> int:
    """Print one delivery, and what was found in it; it counts as one."""
    for line in _lines(found):
        emit(line)
    return 1


def _lines(found: Inspection) -> Iterator[str]:
    """Write one delivery, then a line for each finding."""
    yield (
        f"{words(found.transfer_id)}  request {words(found.request_id)}  "
        f"{words(found.transfer_state)}  inspection {words(found.inspection_status)}  "
        f"{day_of(found.started_at)}"
    )
    yield from map(_finding, found.errors or ())


def _finding(error: InspectionError) -> str:
    """Write one finding; whether it can be overridden is told by the server, or not known."""
    kind = "not known" if error.overridable is None else _OVERRIDABLE[bool(error.overridable)]
    message = "" if error.message is None else f"  {words(error.message)}"
    return f"  {kind:11}  {words(error.code)}{message}"


def _how_many(count: int, total: int | None) -> str:
    """Say how many there are, and how many of them are shown."""
    if total is None or total <= count:
        return f"{count:,} {'delivery' if count == 1 else 'deliveries'}"
    return f"{count:,} of {total:,} deliveries"
