"""Whether a source request is late or at risk, by the rules of the portal's dashboard.

Source: "Backlot Dashboard: Understanding Insights & Request States". The portal's own buckets come
with a search (`Pages.buckets`); this says the same of one request, and why.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Literal

from reelpack.backlot.values import MaterialStatus, ReleaseType, RequestState

if TYPE_CHECKING:
    from reelpack.backlot.sources import SourceRequest

__all__ = ["Standing", "standing"]

UNASSIGNED_BEFORE_DUE = timedelta(days=10)
"""From then on a request that nobody is assigned to is critical."""

MATERIALS_BEFORE_DUE = timedelta(days=5)
"""From then on a request without materials is at risk."""

KOREAN_REDELIVERY = timedelta(hours=48)
"""How long a Korean redelivery may take."""

_STATES = frozenset(RequestState)
_UNDELIVERED = {RequestState.OPEN, RequestState.REDELIVERY_REQUESTED}
_BROADCAST = {ReleaseType.DAY_AFTER_BROADCAST, ReleaseType.DAY_OF_BROADCAST}


@dataclass(frozen=True, slots=True)
class Standing:
    """How a request stands at a moment.

    Attributes:
        bucket: The worst that one of the reasons says; ``unknown`` where the state is.
        reasons: Why it is critical or at risk, the worst first; empty if it is on track.
        due: When it is due; None where that is not known.
        late: Whether it is not delivered and its due date is over.
    """

    bucket: Literal["critical", "at-risk", "on-track", "unknown"]
    reasons: tuple[str, ...]
    due: date | None
    late: bool


def standing(request: SourceRequest, *, now: datetime) -> Standing:
    """Judge a source request by the rules of the dashboard.

    Critical: the estimated delivery date of an Original is over (unless it is the due date), a
    Korean redelivery is asked for since more than 48 hours, or nobody is assigned 10 days before
    it is due. At risk: there are no materials 5 days before it is due. Titles that are released
    the day of a broadcast or the day after are exempt from the rules of assignment and materials.
    Only requests that wait for a file can be either.

    Assumed, as the page does not say: a date is over when its day is, in the zone of ``now``;
    Korean is an original language of ``ko``; nobody is assigned where there is no
    ``fulfillment_partner``; no materials is no material status or Not Received.

    Args:
        request: The request.
        now: The moment, with its zone.

    Returns:
        How it stands.

    Raises:
        ValueError: ``now`` has no zone.

    Example:
        >>> from datetime import UTC
        >>> from reelpack.backlot import SourceRequest
        >>> request = SourceRequest("1", "OPEN", due_date=date(2026, 3, 12))
        >>> standing(request, now=datetime(2026, 3, 9, tzinfo=UTC)).bucket
        'critical'
    """
    if now.tzinfo is None:
        raise ValueError("now: a time without a zone could be any of 26 hours")
    due = _day(request.due_date)
    if request.state not in _STATES:
        reason = f"its state {request.state!r} is not known"
        return Standing("unknown", (reason,), due, late=False)
    if request.state not in _UNDELIVERED:
        return Standing("on-track", (), due, late=False)
    critical = _critical(request, now)
    at_risk = _at_risk(request, now)
    bucket: Literal["critical", "at-risk", "on-track"] = (
        "critical" if critical else "at-risk" if at_risk else "on-track"
    )
    late = due is not None and due < now.date()
    return Standing(bucket, (*critical, *at_risk), due, late)


def _critical(request: SourceRequest, now: datetime) -> list[str]:
    reasons = []
    expected = _day(request.estimated_delivery_date)
    is_moved = request.is_original and expected != _day(request.due_date)
    if is_moved and expected is not None and expected < now.date():
        reasons.append(f"not delivered on the estimated date, {expected}")
    if _is_korean_redelivery(request) and _is_older(request.redelivery_requested_at, now):
        reasons.append("a Korean redelivery takes more than 48 hours")
    if not request.fulfillment_partner and _is_near(request, now, UNASSIGNED_BEFORE_DUE):
        reasons.append(f"nobody is assigned and it is due on {request.due_date}")
    return reasons


def _at_risk(request: SourceRequest, now: datetime) -> list[str]:
    missing = request.material_status in {None, MaterialStatus.NOT_RECEIVED}
    if missing and _is_near(request, now, MATERIALS_BEFORE_DUE):
        return [f"no materials and it is due on {request.due_date}"]
    return []


def _is_near(request: SourceRequest, now: datetime, before: timedelta) -> bool:
    """Whether the due date is that near, for titles that the rules of nearness are for."""
    due = _day(request.due_date)
    return due is not None and request.release_type not in _BROADCAST and due - before <= now.date()


def _is_korean_redelivery(request: SourceRequest) -> bool:
    language = (request.original_language or "").partition("-")[0].lower()
    return language == "ko" and request.state == RequestState.REDELIVERY_REQUESTED


def _is_older(asked: datetime | str | None, now: datetime) -> bool:
    return isinstance(asked, datetime) and now - asked > KOREAN_REDELIVERY


def _day(value: date | str | None) -> date | None:
    """Return a date, and None for text that is none."""
    return value if isinstance(value, date) else None
