"""`reelpack backlot requests` and `request`: what is asked for, and how urgent it is."""

from __future__ import annotations

import functools
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from reelpack import wording
from reelpack.backlot import (
    BucketName,
    InspectionStatus,
    MaterialStatus,
    RequestState,
    ServiceType,
    SourceType,
    standing,
)
from reelpack.cli.backlot.connection import Connection, about_the_connection
from reelpack.cli.backlot.facts import as_object, as_pairs, day_of
from reelpack.cli.backlot.tables import described, emit_list, limit_option, lines, narrowed, width
from reelpack.cli.backlot.words import Code, day, short, words
from reelpack.cli.exits import ExitCode
from reelpack.cli.output import emit, emit_json, note

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reelpack.backlot import Pages, SourceRequest, Standing

__all__ = ["request", "requests", "shown"]

_HEAD = (
    "request",
    "type",
    "lang",
    "state",
    "due",
    "estimated",
    "materials",
    "standing",
    "title",
)

# What leaves a line of 100 columns some room for the title; the first words are enough.
_TYPE = 18
_STATE = 12


@click.command("requests")
@click.option("--state", type=Code(RequestState), multiple=True, help="open, delivered, ...")
@click.option("--source-type", type=Code(SourceType), multiple=True, help="subtitle, audio-me, ...")
@click.option("--service-type", type=Code(ServiceType), multiple=True, help="conform, create, ...")
@click.option("--movie", "movie_id", multiple=True, metavar="ID", help="number of the title")
@click.option("--package", "package_id", multiple=True, metavar="ID", help="number of the package")
@click.option("--request", "request_id", multiple=True, metavar="ID", help="its own number")
@click.option("--language", multiple=True, metavar="TAG", help="language tag: de, pt-BR, *")
@click.option("--material-status", type=Code(MaterialStatus), multiple=True, help="received, ...")
@click.option("--inspection-status", type=Code(InspectionStatus), multiple=True, help="failed, ...")
@click.option(
    "--partner", "fulfillment_partner", multiple=True, metavar="NAME", help="who delivers"
)
@click.option("--estimated-from", type=day, metavar="DATE", help="first estimated delivery date")
@click.option("--estimated-to", type=day, metavar="DATE", help="last estimated delivery date")
@click.option("--bucket", type=Code(BucketName), help="critical, ...; without other filters")
@limit_option
@about_the_connection
def requests(*, limit: int | None, connection: Connection, as_json: bool, **filters: object) -> int:
    """List source requests.

    Of a filter given several times one value has to hold. Values are the API's or the portal's, in
    any case: `redelivery-requested`. The table shortens long ones; `--json` has all that is known.
    """
    given: dict[str, Any] = {name: value for name, value in filters.items() if value}
    if "bucket" in given and len(given) > 1:
        raise click.UsageError("`--bucket` goes without other filters")
    now = datetime.now(UTC)
    with connection.open() as client:
        found, counted = narrowed(functools.partial(client.requests, **given), limit)
        if as_json:
            emit_list("requests", (_object(each, now) for each in found), lambda: _about(counted))
        else:
            _print(counted, found, now)
    return ExitCode.OK


@click.command("request")
@click.argument("request_id", metavar="REQUEST")
@about_the_connection
def request(request_id: str, *, connection: Connection, as_json: bool) -> int:
    """Show all that is known of source request REQUEST."""
    with connection.open() as client:
        found = client.request(request_id)
    shown(found, as_json=as_json)
    return ExitCode.OK


def shown(found: SourceRequest, *, as_json: bool) -> None:
    """Print one request, with how urgent it is."""
    now = datetime.now(UTC)
    if as_json:
        emit_json(_object(found, now))
        return
    urgent = standing(found, now=now)
    late = ["late: its due date is over"] if urgent.late else []
    about = ("standing", "; ".join([urgent.bucket, *late, *urgent.reasons]))
    for line in described([*as_pairs(found), about]):
        emit(line)


def _print(counted: Pages[SourceRequest], found: Pages[SourceRequest], now: datetime) -> None:
    """Print a table, how long it is and what the buckets say. The counts come with a small page."""
    count = 0

    def rows() -> Iterator[list[str]]:
        nonlocal count
        for each in found:
            count += 1
            yield _row(each, standing(each, now=now))

    for line in lines(_HEAD, rows(), columns=width()):
        emit(line)
    emit(_how_many(count, counted.total))
    buckets = ", ".join(f"{words(each.bucket)} {words(each.count)}" for each in counted.buckets)
    if buckets:
        note(f"buckets: {buckets}")


def _how_many(count: int, total: int | None) -> str:
    """Say how many there are, and how many of them are shown."""
    if total is None or total <= count:
        return wording.plural(count, "request")
    return f"{count:,} of {wording.plural(total, 'request')}"


def _row(found: SourceRequest, urgent: Standing) -> list[str]:
    """Write the cells of one request."""
    return [
        words(found.request_id),
        short(found.source_type, _TYPE),
        words(found.language),
        short(found.state, _STATE),
        day_of(found.due_date),
        day_of(found.estimated_delivery_date),
        short(found.material_status, _STATE),
        "late" if urgent.late and urgent.bucket == "on-track" else urgent.bucket,
        words(found.title),
    ]


def _object(found: SourceRequest, now: datetime) -> dict[str, object]:
    """Describe one request for JSON, with how urgent it is."""
    urgent = standing(found, now=now)
    about = {"bucket": urgent.bucket, "reasons": urgent.reasons, "late": urgent.late}
    return as_object(found) | {"standing": about}


def _about(counted: Pages[SourceRequest]) -> dict[str, object]:
    """Describe the list itself for JSON."""
    return {"total": counted.total, "buckets": [as_object(each) for each in counted.buckets]}
