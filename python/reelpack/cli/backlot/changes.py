"""`reelpack backlot update`, `cancel`, `uncancel` and `materials`: changes to source requests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from reelpack import wording
from reelpack.backlot import EstimatedDateReason, MaterialStatus, OutcomeStatus
from reelpack.cli.backlot.connection import Connection, about_the_connection
from reelpack.cli.backlot.facts import as_object
from reelpack.cli.backlot.requests import shown
from reelpack.cli.backlot.words import Code, day, words
from reelpack.cli.exits import ExitCode
from reelpack.cli.output import emit, emit_json

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from reelpack.backlot import Outcome

__all__ = ["cancel", "materials", "uncancel", "update"]


@click.command("update")
@click.argument("request_id", metavar="REQUEST")
@click.option(
    "--estimated",
    "estimated_delivery_date",
    type=day,
    metavar="DATE",
    help="when it will be delivered; needs `--reason`",
)
@click.option(
    "--reason",
    type=Code(EstimatedDateReason),
    help="why the date changes: redeliveryRequestedByNetflix, ...",
)
@click.option("--sub-assign", metavar="NAME", help="who does the work")
@click.option(
    "--credit/--no-credit",
    "translator_credit_present",
    default=None,
    help="the translator is credited (service conform)",
)
@click.option(
    "--waiver/--no-waiver",
    "translator_credit_waiver_present",
    default=None,
    help="the translator waived the credit (service create)",
)
@about_the_connection
def update(  # noqa: PLR0913  (an option each)
    request_id: str,
    *,
    estimated_delivery_date: date | None,
    reason: str | None,
    sub_assign: str | None,
    translator_credit_present: bool | None,
    translator_credit_waiver_present: bool | None,
    connection: Connection,
    as_json: bool,
) -> int:
    """Change date, sub-assignment or translator credit of source request REQUEST.

    What is not given stays as it is. Prints the request as it is then.
    """
    if (estimated_delivery_date is None) != (reason is None):
        raise click.UsageError("`--estimated` and `--reason` go together")
    with connection.open() as client:
        found = client.update(
            request_id,
            estimated_delivery_date=estimated_delivery_date,
            reason=reason,
            sub_assign=sub_assign,
            translator_credit_present=translator_credit_present,
            translator_credit_waiver_present=translator_credit_waiver_present,
        )
    shown(found, as_json=as_json)
    return ExitCode.OK


@click.command("materials")
@click.argument("request_id", metavar="REQUEST")
@click.argument("status", type=Code(MaterialStatus), metavar="STATUS")
@click.option("--comment", metavar="TEXT", help="words for those who read it")
@about_the_connection
def materials(
    request_id: str, status: str, *, comment: str | None, connection: Connection, as_json: bool
) -> int:
    """Say how far the materials of source request REQUEST are.

    STATUS is received, assigned, accepted or any other that the API knows. A delivery needs
    accepted.
    """
    with connection.open() as client:
        found = client.set_material_status(request_id, status, comment=comment)
    shown(found, as_json=as_json)
    return ExitCode.OK


@click.command("cancel")
@click.argument("request_ids", metavar="REQUEST...", nargs=-1, required=True)
@click.option("--reason", metavar="TEXT", help="why")
@about_the_connection
def cancel(
    request_ids: tuple[str, ...], *, reason: str | None, connection: Connection, as_json: bool
) -> int:
    """Cancel source requests. The studio lets its preferred partners do this.

    A request that cannot be canceled is a finding (exit code 1); the others are canceled.
    """
    with connection.open() as client:
        outcomes = client.cancel(*request_ids, reason=reason)
    return _told(outcomes, "canceled", as_json=as_json)


@click.command("uncancel")
@click.argument("request_ids", metavar="REQUEST...", nargs=-1, required=True)
@click.option("--reason", metavar="TEXT", help="why")
@about_the_connection
def uncancel(
    request_ids: tuple[str, ...], *, reason: str | None, connection: Connection, as_json: bool
) -> int:
    """Undo a cancel. The studio lets its preferred partners do this.

    A request of which it cannot be undone is a finding (exit code 1).
    """
    with connection.open() as client:
        outcomes = client.uncancel(*request_ids, reason=reason)
    return _told(outcomes, "open again", as_json=as_json)


def _told(outcomes: Iterable[Outcome], done: str, *, as_json: bool) -> ExitCode:
    """Print what became of each request, and return the code."""
    outcomes = list(outcomes)
    failed = [each for each in outcomes if each.status != OutcomeStatus.SUCCESS]
    if as_json:
        emit_json({"results": [as_object(each) for each in outcomes]})
    else:
        for each in outcomes:
            emit(_line(each))
        emit(
            f"{wording.plural(len(outcomes) - len(failed), 'request')} {done}, {len(failed):,} not"
        )
    return ExitCode.FINDING if failed else ExitCode.OK


def _line(outcome: Outcome) -> str:
    """Write what became of one request. A status that is not known counts as none of success."""
    why = "" if outcome.message is None else f"  {words(outcome.message)}"
    return f"{words(outcome.status):7}  {words(outcome.request_id)}{why}"
