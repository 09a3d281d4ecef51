"""Source requests as the API says them, read from the store by columns.

A page of a thousand objects of the store would take five times as long, for nobody changes them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from reelpack.sandbox.shapes.requests import SourceRequest
from reelpack.sandbox.tables import Package, Request, Title

if TYPE_CHECKING:
    from sqlalchemy import Select
    from sqlalchemy.orm import Session

__all__ = ["one", "page"]

# By the names of the fields.
_COLUMNS = (
    Request.number,
    Request.request_id,
    Title.movie_id,
    Title.name.label("title"),
    Request.package_id,
    Request.state,
    Request.transfer_state,
    Request.source_type,
    Request.service_type,
    Request.language,
    Title.original_language,
    Title.is_original,
    Title.release_type,
    Request.due_date,
    Request.estimated_delivery_date,
    Request.estimated_delivery_date_reason,
    Request.material_status,
    Request.inspection_status,
    Request.fulfillment_partner,
    Request.sub_assign,
    Request.translator_credit_present,
    Request.translator_credit_waiver_present,
    Request.takes_several_files,
    Request.redelivery_requested_at,
    Request.updated_at,
)


def one(session: Session, request: Request) -> SourceRequest:
    """Return a request as it is now, changes of this transaction included."""
    session.flush()
    joined = select(*_COLUMNS).join(Request.package).join(Package.title)
    chosen = joined.where(Request.number == request.number)
    return SourceRequest(**session.execute(chosen).mappings().one())


def page(
    session: Session, chosen: Select[Request], size: int, last: int | None
) -> tuple[list[SourceRequest], int | None]:
    """Return the requests of a page, and the number of the last where another page follows.

    Args:
        session: A transaction.
        chosen: The requests, joined with package and title.
        size: Requests of a page at most.
        last: Number of the last request of the page before; None for the first page.
    """
    if last is not None:
        chosen = chosen.where(Request.number > last)
    # One more tells whether there is a next page.
    rows = (
        session.execute(
            chosen.with_only_columns(*_COLUMNS).order_by(Request.number).limit(size + 1)
        )
        .mappings()
        .all()
    )
    listed = [SourceRequest(**row) for row in rows[:size]]
    return listed, rows[size - 1]["number"] if len(rows) > size else None
