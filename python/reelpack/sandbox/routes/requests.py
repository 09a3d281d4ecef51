"""``/v1/requests``: list, search, look, update, material status, cancel and uncancel."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Query
from sqlalchemy import func, select

from reelpack.sandbox import buckets, sources
from reelpack.sandbox.pages import Place
from reelpack.sandbox.refusals import Refused
from reelpack.sandbox.rules.requests import CancelCase, UpdateCase
from reelpack.sandbox.shapes.base import Maybe, PageSize
from reelpack.sandbox.shapes.requests import (
    ABucket,
    Bucket,
    MaterialStatusUpdate,
    Outcome,
    OutcomeList,
    RequestChoice,
    RequestFilter,
    RequestUpdate,
    SourceRequest,
    SourceRequestPage,
)
from reelpack.sandbox.tables import Package, Request, Title
from reelpack.sandbox.values import OutcomeStatus, RequestState
from reelpack.sandbox.world import AWorld, World

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import ColumnElement, Select
    from sqlalchemy.orm import InstrumentedAttribute, Session

    AColumn = InstrumentedAttribute[str] | InstrumentedAttribute[str | None]

__all__ = ["matching_values", "request_of", "router"]

router = APIRouter(prefix="/v1/requests", tags=["requests"])


@router.get("", operation_id="listRequests", response_model_exclude_none=True)
async def list_requests(
    world: AWorld,
    bucket: Annotated[Maybe[ABucket], Query()] = None,
    page_size: Annotated[PageSize, Query(alias="pageSize")] = 100,
    page_token: Annotated[Maybe[str], Query(alias="pageToken")] = None,
) -> SourceRequestPage:
    """List the source requests of a bucket; without one, all."""
    chosen = buckets.joined()
    if bucket is not None:
        chosen = chosen.where(buckets.condition(bucket, world.clock.seconds()))
    return _page(world, chosen, page_size, Place.read(page_token))


@router.post("/search", operation_id="searchRequests", response_model_exclude_none=True)
async def search_requests(world: AWorld, search: RequestFilter) -> SourceRequestPage:
    """Search source requests; the first page has bucket data."""
    chosen = _filtered(search)
    return _page(world, chosen, search.page_size, Place.read(search.page_token))


@router.post("/cancel", operation_id="cancelRequests", response_model_exclude_none=True)
async def cancel_requests(world: AWorld, choice: RequestChoice) -> OutcomeList:
    """Cancel source requests."""
    return _each(world, "cancelRequests", choice, _cancel)


@router.post("/uncancel", operation_id="uncancelRequests", response_model_exclude_none=True)
async def uncancel_requests(world: AWorld, choice: RequestChoice) -> OutcomeList:
    """Undo a cancel."""
    return _each(world, "uncancelRequests", choice, _uncancel)


@router.get("/{requestId}", operation_id="getRequest", response_model_exclude_none=True)
async def get_request(world: AWorld, requestId: str) -> SourceRequest:  # noqa: N803  (the contract's)
    """Look at one source request."""
    with world.session() as session:
        return sources.one(session, request_of(session, requestId))


@router.patch("/{requestId}", operation_id="updateRequest", response_model_exclude_none=True)
async def update_request(
    world: AWorld,
    requestId: str,  # noqa: N803  (the contract's name)
    update: RequestUpdate,
) -> SourceRequest:
    """Change the estimated delivery date, the sub-assignment or the translator credit."""
    with world.session() as session:
        request = request_of(session, requestId)
        world.rules.check("updateRequest", UpdateCase(request, update))
        for name in update.model_fields_set:
            setattr(request, name, getattr(update, name))
        request.updated_at = world.clock.seconds()
        return sources.one(session, request)


@router.put(
    "/{requestId}/materialStatus",
    operation_id="setMaterialStatus",
    response_model_exclude_none=True,
)
async def set_material_status(
    world: AWorld,
    requestId: str,  # noqa: N803  (the contract's name)
    update: MaterialStatusUpdate,
) -> SourceRequest:
    """Say how far the materials are."""
    with world.session() as session:
        request = request_of(session, requestId)
        request.material_status = update.material_status
        request.material_comment = update.comment
        request.updated_at = world.clock.seconds()
        return sources.one(session, request)


def request_of(session: Session, request_id: str) -> Request:
    """Return a request by its id.

    Raises:
        Refused: There is none.
    """
    found = session.scalar(select(Request).where(Request.request_id == request_id))
    if found is None:
        raise Refused(HTTPStatus.NOT_FOUND, f"there is no request {request_id}")
    return found


def matching_values(column: AColumn, values: list[str]) -> ColumnElement[bool]:
    """Hold where a column has one of `values`, as many as there may be.

    They go as one parameter, for SQLite takes some thousands at most.
    """
    listed = func.json_each(json.dumps(values)).table_valued("value")
    return column.in_(select(listed.c.value))


def _filtered(search: RequestFilter) -> Select[Request]:
    """Select what a search asks for."""
    chosen = buckets.joined()
    columns: dict[AColumn, list[str] | None] = {
        Request.request_id: search.request_ids,
        Title.movie_id: search.movie_ids,
        Package.package_id: search.package_ids,
        Request.state: search.states,
        Request.source_type: search.source_types,
        Request.service_type: search.service_types,
        Request.language: search.languages,
        Request.material_status: search.material_statuses,
        Request.inspection_status: search.inspection_statuses,
        Request.fulfillment_partner: search.fulfillment_partners,
    }
    for column, values in columns.items():
        if values is not None:
            chosen = chosen.where(matching_values(column, values))
    if search.estimated_from is not None:
        chosen = chosen.where(Request.estimated_delivery_date >= search.estimated_from)
    if search.estimated_to is not None:
        chosen = chosen.where(Request.estimated_delivery_date <= search.estimated_to)
    return chosen


def _page(world: World, chosen: Select[Request], size: int, place: Place) -> SourceRequestPage:
    """Make a page; the first one counts."""
    with world.session() as session:
        total, counted = place.total, None
        if total is None:
            total = session.scalar(chosen.with_only_columns(func.count(Request.number))) or 0
            counts = buckets.counts(session, chosen, world.clock.seconds())
            counted = [Bucket(bucket=name, count=count) for name, count in counts.items()]
        listed, last = sources.page(session, chosen, size, place.last)
    return SourceRequestPage(
        requests=listed,
        buckets=counted,
        total=total,
        next_page_token=None if last is None else Place(last, total).token(),
    )


def _each(
    world: World, operation: str, choice: RequestChoice, change: Callable[[Request], None]
) -> OutcomeList:
    """Change each request, and say what came of it."""
    with world.session() as session:
        world.rules.check(operation, CancelCase(world.is_preferred))
        results = []
        for request_id in choice.request_ids:
            wrong = _changed(world, session, operation, request_id, change)
            status = OutcomeStatus.SUCCESS if wrong is None else OutcomeStatus.ERROR
            results.append(Outcome(request_id=request_id, status=str(status), message=wrong))
        return OutcomeList(results=results)


def _changed(
    world: World,
    session: Session,
    operation: str,
    request_id: str,
    change: Callable[[Request], None],
) -> str | None:
    """Change one request, or say why not."""
    try:
        request = request_of(session, request_id)
        world.rules.check(operation, CancelCase(world.is_preferred, request))
    except Refused as refused:
        return refused.message
    change(request)
    request.updated_at = world.clock.seconds()
    return None


def _cancel(request: Request) -> None:
    """Cancel; one that is canceled stays so."""
    if request.state != RequestState.CANCELED:
        request.state_before, request.state = request.state, RequestState.CANCELED


def _uncancel(request: Request) -> None:
    """Go back to what it was."""
    request.state = request.state_before or RequestState.OPEN
    request.state_before = None
