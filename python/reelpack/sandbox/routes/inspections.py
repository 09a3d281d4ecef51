"""``/v1/inspectionDeliveries``: what the inspection found, and overriding it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Query
from sqlalchemy import func, select

from reelpack.sandbox import moving
from reelpack.sandbox.clock import moment
from reelpack.sandbox.pages import Place
from reelpack.sandbox.rules.inspections import OverrideCase
from reelpack.sandbox.shapes.base import Maybe, PageSize
from reelpack.sandbox.shapes.deliveries import (
    InspectionDelivery,
    InspectionDeliveryPage,
    InspectionError,
    Override,
)
from reelpack.sandbox.shapes.requests import AnInspectionStatus
from reelpack.sandbox.tables import Delivery
from reelpack.sandbox.transfers import delivery_of
from reelpack.sandbox.values import InspectionStatus
from reelpack.sandbox.world import AWorld

if TYPE_CHECKING:
    from sqlalchemy import Select
    from sqlalchemy.orm import Session

__all__ = ["router"]

router = APIRouter(prefix="/v1/inspectionDeliveries", tags=["inspection"])


@router.get("", operation_id="listInspectionDeliveries", response_model_exclude_none=True)
async def list_inspections(  # noqa: PLR0913, PLR0917  (the parameters of the contract)
    world: AWorld,
    request_id: Annotated[Maybe[str], Query(alias="requestId")] = None,
    transfer_id: Annotated[Maybe[str], Query(alias="transferId")] = None,
    status: Annotated[Maybe[AnInspectionStatus], Query(alias="inspectionStatus")] = None,
    page_size: Annotated[PageSize, Query(alias="pageSize")] = 100,
    page_token: Annotated[Maybe[str], Query(alias="pageToken")] = None,
) -> InspectionDeliveryPage:
    """List deliveries with what their inspection found, newest first."""
    chosen = select(Delivery)
    if request_id is not None:
        chosen = chosen.where(Delivery.request_id == request_id)
    if transfer_id is not None:
        chosen = chosen.where(Delivery.transfer_id == transfer_id)
    if status is not None:
        chosen = chosen.where(Delivery.inspection_status == status)
    with world.session() as session:
        return _page(session, chosen, page_size, Place.read(page_token))


@router.post(
    "/{transferId}/override", operation_id="overrideInspection", response_model_exclude_none=True
)
async def override_inspection(
    world: AWorld,
    transferId: str,  # noqa: N803  (the contract's name)
    override: Override,
) -> InspectionDelivery:
    """Override the overridable errors of a delivery.

    It goes on once no error is left that is not overridden; that is assumed.
    """
    with world.session() as session:
        delivery = delivery_of(session, transferId)
        codes = _codes(delivery, override)
        world.rules.check("overrideInspection", OverrideCase(delivery, codes))
        left = [error for error in delivery.errors if error["code"] not in codes]
        delivery.errors = left
        if not left:
            now = world.clock.seconds()
            moving.hand_on(session, delivery, now, InspectionStatus.OVERRIDDEN)
        return _shape(delivery)


def _codes(delivery: Delivery, override: Override) -> tuple[str, ...]:
    """Return the codes that are meant: every overridable one where none is named."""
    if override.codes is not None:
        return tuple(override.codes)
    return tuple(
        str(error["code"]) for error in delivery.errors if error.get("overridable") is True
    )


def _page(
    session: Session, chosen: Select[Delivery], size: int, place: Place
) -> InspectionDeliveryPage:
    """Make a page."""
    total = place.total
    if total is None:
        total = session.scalar(chosen.with_only_columns(func.count(Delivery.number))) or 0
    if place.last is not None:
        chosen = chosen.where(Delivery.number < place.last)
    rows = list(session.scalars(chosen.order_by(Delivery.number.desc()).limit(size + 1)))
    return InspectionDeliveryPage(
        inspection_deliveries=[_shape(row) for row in rows[:size]],
        total=total,
        next_page_token=Place(rows[size - 1].number, total).token() if len(rows) > size else None,
    )


def _shape(row: Delivery) -> InspectionDelivery:
    """Make what the API says of an inspection."""
    return InspectionDelivery(
        transfer_id=row.transfer_id,
        request_id=row.request_id,
        transfer_state=row.state,
        inspection_status=row.inspection_status,
        errors=[InspectionError.model_validate(error) for error in row.errors] or None,
        started_at=moment(row.started_at),
    )
