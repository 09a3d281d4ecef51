"""The buckets of the portal, as conditions that the store works out.

Source of the rules of Critical and At Risk: the portal's page on its insights. Assumed: that the
three of them are for requests whose delivery is still to come, that a Korean redelivery is one of a
title whose original language is Korean, that materials are missing while their status is not set or
NOT_RECEIVED, and which states the inspection's two buckets hold.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import and_, false, func, not_, or_, select

from reelpack.sandbox.clock import moment
from reelpack.sandbox.tables import Package, Request, Title
from reelpack.sandbox.values import (
    BucketName,
    InspectionStatus,
    MaterialStatus,
    ReleaseType,
    RequestState,
    TransferState,
)

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Select
    from sqlalchemy.orm import Session

__all__ = ["condition", "counts", "joined"]

# Days before the due date by which somebody has to be assigned, and materials to be there.
_ASSIGNED = timedelta(days=10)
_MATERIALS = timedelta(days=5)
_KOREAN = 48 * 60 * 60.0
_LOOKS_BACK = 180 * 24 * 60 * 60.0


def condition(bucket: str, now: float) -> ColumnElement[bool]:
    """Return what holds for the requests of a bucket, over request, package and title.

    Args:
        bucket: Its name; one that nobody knows is empty.
        now: The sandbox's time.
    """
    return _conditions(now).get(bucket, false())


def counts(session: Session, matching: Select[Request], now: float) -> dict[str, int]:
    """Count the requests of each bucket among those that `matching` selects."""
    conditions = _conditions(now)
    filters = [func.count().filter(held) for held in conditions.values()]
    row = session.execute(matching.with_only_columns(*filters).order_by(None)).one()
    return dict(zip(map(str, conditions), row, strict=True))


def _conditions(now: float) -> dict[str, ColumnElement[bool]]:
    """Return the condition of each bucket."""
    seen = _seen(now)
    critical = and_(_waiting(), or_(_late(now), _korean(now), _unassigned_soon(now)))
    at_risk = and_(_waiting(), _no_materials_soon(now), not_(critical))
    return {
        BucketName.REQUESTS: seen,
        BucketName.CRITICAL: critical,
        BucketName.AT_RISK: at_risk,
        BucketName.ON_TRACK: and_(seen, not_(critical), not_(at_risk)),
        BucketName.UNASSIGNED: and_(_waiting(), Request.fulfillment_partner.is_(None)),
        BucketName.AWAITING_MATERIALS: and_(_waiting(), _no_materials()),
        BucketName.FAILED_DELIVERIES: _is(Request.transfer_state, TransferState.INSPECTION_FAILED),
        BucketName.INSPECTION_ERRORS: _is(
            Request.inspection_status, InspectionStatus.FAILED, InspectionStatus.OVERRIDDEN
        ),
    }


def _is(column: object, *values: str) -> ColumnElement[bool]:
    """Hold where a column has one of the values; where it has none it does not."""
    return func.coalesce(column, "").in_(values)


def _waiting() -> ColumnElement[bool]:
    """Hold while a delivery is still to come."""
    return _is(Request.state, RequestState.OPEN, RequestState.REDELIVERY_REQUESTED)


def _seen(now: float) -> ColumnElement[bool]:
    """Hold for what the portal counts as requests: redeliveries of the last 180 days only."""
    asked_again = and_(
        Request.state == RequestState.REDELIVERY_REQUESTED,
        func.coalesce(Request.redelivery_requested_at, now) >= now - _LOOKS_BACK,
    )
    current = _is(Request.state, RequestState.OPEN, RequestState.DELIVERED, RequestState.PROCESSED)
    return or_(current, asked_again)


def _late(now: float) -> ColumnElement[bool]:
    """Hold where the estimated date of an Original went by; not where it is the due date."""
    return and_(
        Title.is_original,
        Request.estimated_delivery_date < moment(now).date(),
        Request.estimated_delivery_date != Request.due_date,
    )


def _korean(now: float) -> ColumnElement[bool]:
    """Hold where a Korean redelivery waits for more than 48 hours."""
    return and_(
        Title.original_language == "ko",
        Request.state == RequestState.REDELIVERY_REQUESTED,
        func.coalesce(Request.redelivery_requested_at, now) < now - _KOREAN,
    )


def _unassigned_soon(now: float) -> ColumnElement[bool]:
    """Hold where nobody is assigned ten days before it is due."""
    return and_(
        _not_broadcast(),
        Request.fulfillment_partner.is_(None),
        Request.due_date <= moment(now).date() + _ASSIGNED,
    )


def _no_materials_soon(now: float) -> ColumnElement[bool]:
    """Hold where materials are missing five days before it is due."""
    return and_(
        _not_broadcast(), _no_materials(), Request.due_date <= moment(now).date() + _MATERIALS
    )


def _no_materials() -> ColumnElement[bool]:
    """Hold where materials are missing."""
    return func.coalesce(Request.material_status, MaterialStatus.NOT_RECEIVED.value).in_(
        [MaterialStatus.NOT_RECEIVED]
    )


def _not_broadcast() -> ColumnElement[bool]:
    """Hold but for titles released with their broadcast, which two rules exempt."""
    return Title.release_type.not_in(
        [ReleaseType.DAY_AFTER_BROADCAST, ReleaseType.DAY_OF_BROADCAST]
    )


def joined() -> Select[Request]:
    """Select requests, with their package and title at hand."""
    return select(Request).join(Request.package).join(Package.title)
