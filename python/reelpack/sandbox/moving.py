"""Deliveries that move on by themselves as the clock goes: inspection, then quality control.

How long each step takes is assumed; nothing is public. States move when somebody looks, each at the
instant it was due, so that a clock turned forward by two days passes through all that lies between.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from reelpack.sandbox import inspecting
from reelpack.sandbox.tables import Delivery, Request
from reelpack.sandbox.values import InspectionStatus, RequestState, TransferState

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

__all__ = [
    "GIVEN_UP",
    "INSPECTION",
    "MANUAL_CONTROL",
    "QUALITY_CONTROL",
    "STEPS",
    "arrived",
    "catch_up",
    "hand_on",
    "requests_of",
]

# Seconds that each step takes; assumed.
INSPECTION = 10 * 60.0
QUALITY_CONTROL = 60 * 60.0
MANUAL_CONTROL = 24 * 60 * 60.0
# Until a transfer that never became whole no longer stands in the way of another.
GIVEN_UP = 24 * 60 * 60.0
# The same for people.
STEPS = (
    ("inspection, from Pending Inspection to Delivered or Inspection Failed", INSPECTION),
    ("automated quality control, from Delivered to Processed or Failed", QUALITY_CONTROL),
    ("manual quality control, to Accepted or Redelivery Requested", MANUAL_CONTROL),
    ("a transfer that never became whole is given up, and is called Failed", GIVEN_UP),
)


def catch_up(session: Session, now: float) -> None:
    """Let everything happen that was due by `now`."""
    # By its number: each call asks, and nearly always nothing is due.
    due = (
        select(Delivery.number)
        .where(Delivery.moves_at <= now)
        .order_by(Delivery.moves_at, Delivery.number)
        .limit(1)
    )
    while (number := session.scalar(due)) is not None:
        delivery = session.get_one(Delivery, number)
        at = delivery.moves_at or now
        delivery.moves_at = None
        _step(delivery)(session, delivery, at)
        session.flush()


def arrived(session: Session, delivery: Delivery, at: float) -> None:
    """Start the inspection of a delivery whose files are all there."""
    delivery.state = TransferState.PENDING_INSPECTION
    delivery.inspection_status = InspectionStatus.PENDING
    delivery.moves_at = at + INSPECTION
    _tell(session, delivery, at)


def hand_on(session: Session, delivery: Delivery, at: float, status: InspectionStatus) -> None:
    """Let a delivery pass its inspection, by itself or overridden."""
    delivery.state = TransferState.DELIVERED
    delivery.inspection_status = status
    delivery.moves_at = at + QUALITY_CONTROL
    _tell(session, delivery, at, RequestState.DELIVERED)


def requests_of(session: Session, delivery: Delivery) -> list[Request]:
    """List the requests that a delivery is for: one, or those of the tracks of a package."""
    ids = {delivery.request_id, *(track.request_id for track in delivery.tracks)}
    chosen = select(Request).where(Request.request_id.in_(ids)).order_by(Request.number)
    return list(session.scalars(chosen))


def _step(delivery: Delivery) -> Callable[[Session, Delivery, float], None]:
    """Say what is next for a delivery."""
    if delivery.state == TransferState.TRANSFERRING:
        return _give_up
    if delivery.state == TransferState.PENDING_INSPECTION:
        return _inspect
    if delivery.request.state == RequestState.DELIVERED:
        return _control
    return _decide


def _give_up(session: Session, delivery: Delivery, at: float) -> None:
    """Drop a transfer that never became whole; that it is called failed then is assumed."""
    delivery.state = TransferState.FAILED
    _tell(session, delivery, at)


def _inspect(session: Session, delivery: Delivery, at: float) -> None:
    """Find what was foreseen, else nothing."""
    requests = requests_of(session, delivery)
    codes = list(dict.fromkeys(code for request in requests for code in request.foreseen_codes))
    for request in requests:
        request.foreseen_codes = []
    if not codes:
        hand_on(session, delivery, at, InspectionStatus.PASSED)
        return
    delivery.errors = [inspecting.error(code) for code in codes]
    delivery.state = TransferState.INSPECTION_FAILED
    delivery.inspection_status = InspectionStatus.FAILED
    _tell(session, delivery, at)


def _control(session: Session, delivery: Delivery, at: float) -> None:
    """Finish the automated quality control."""
    requests = requests_of(session, delivery)
    if any(request.foreseen_verdict == "fail" for request in requests):
        delivery.state = TransferState.FAILED
        _forget_verdict(requests)
        _tell(session, delivery, at)
        return
    delivery.moves_at = at + MANUAL_CONTROL
    _tell(session, delivery, at, RequestState.PROCESSED)


def _decide(session: Session, delivery: Delivery, at: float) -> None:
    """Finish the manual quality control."""
    requests = requests_of(session, delivery)
    is_rejected = any(request.foreseen_verdict == "reject" for request in requests)
    _forget_verdict(requests)
    if not is_rejected:
        _tell(session, delivery, at, RequestState.ACCEPTED)
        return
    delivery.state = TransferState.REJECTED
    _tell(session, delivery, at, RequestState.REDELIVERY_REQUESTED)
    for request in requests:
        request.redelivery_requested_at = at


def _forget_verdict(requests: list[Request]) -> None:
    """Let the next delivery pass: what was foreseen was for this one."""
    for request in requests:
        request.foreseen_verdict = "accept"


def _tell(
    session: Session, delivery: Delivery, at: float, state: RequestState | None = None
) -> None:
    """Write to the requests what became of their delivery."""
    for request in requests_of(session, delivery):
        request.transfer_state = delivery.state
        request.inspection_status = delivery.inspection_status
        request.updated_at = at
        if state is not None and request.state != RequestState.CANCELED:
            request.state = state
