"""Rules of the requests themselves: dates, credits, cancel."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

from reelpack.sandbox.rules.book import Rule
from reelpack.sandbox.values import RequestState, ServiceType

if TYPE_CHECKING:
    from reelpack.sandbox.shapes.requests import RequestUpdate
    from reelpack.sandbox.tables import Request

__all__ = ["REQUEST_RULES", "TAKES_DELIVERY", "CancelCase", "UpdateCase"]

# States from which a delivery can start. Source: the page of the delivery UI.
TAKES_DELIVERY = (RequestState.OPEN, RequestState.REDELIVERY_REQUESTED)


@dataclass(frozen=True, slots=True)
class UpdateCase:
    """A change of a request."""

    request: Request
    update: RequestUpdate


@dataclass(frozen=True, slots=True)
class CancelCase:
    """A cancel, or its undoing; without a request it is about the whole call."""

    is_preferred: bool
    request: Request | None = None


def _reason(case: UpdateCase) -> str | None:
    """Want a reason with the date."""
    update = case.update
    if update.estimated_delivery_date is None or update.estimated_delivery_date_reason:
        return None
    return "a new estimated delivery date needs a reason"


def _open(case: UpdateCase) -> str | None:
    """Want a request that still waits for its delivery."""
    update = case.update
    asks = update.estimated_delivery_date or update.estimated_delivery_date_reason
    if not asks or case.request.state in TAKES_DELIVERY:
        return None
    return (
        f"the request is {case.request.state}: its estimated delivery date can be changed "
        "while it is OPEN or REDELIVERY_REQUESTED"
    )


def _credit(case: UpdateCase) -> str | None:
    """Want the credit with its service type."""
    given = case.update.translator_credit_present is not None
    if not given or case.request.service_type == ServiceType.CONFORM:
        return None
    return "translatorCreditPresent goes with the service type conform only"


def _waiver(case: UpdateCase) -> str | None:
    """Want the waiver with its service type."""
    given = case.update.translator_credit_waiver_present is not None
    if not given or case.request.service_type == ServiceType.CREATE:
        return None
    return "translatorCreditWaiverPresent goes with the service type create only"


def _preferred(case: CancelCase) -> str | None:
    """Want a preferred partner."""
    if case.is_preferred:
        return None
    return "only preferred fulfillment partners can cancel and uncancel requests"


def _not_accepted(case: CancelCase) -> str | None:
    """Want a request that is not done."""
    if case.request is None or case.request.state != RequestState.ACCEPTED:
        return None
    return "the request is ACCEPTED, which is final"


def _canceled(case: CancelCase) -> str | None:
    """Want a request that was canceled."""
    if case.request is None or case.request.state == RequestState.CANCELED:
        return None
    return f"the request is {case.request.state}, and not CANCELED"


REQUEST_RULES = (
    Rule(
        name="estimate-needs-reason",
        operations=("updateRequest",),
        says="a new estimated delivery date comes with a reason",
        evidence="public-page",
        source="estimated-date",
        breach=_reason,
    ),
    Rule(
        name="estimate-while-open",
        operations=("updateRequest",),
        says="the estimated delivery date is changed while Open or Redelivery Requested",
        evidence="public-page",
        source="estimated-date",
        breach=_open,
    ),
    Rule(
        name="credit-with-conform",
        operations=("updateRequest",),
        says="translatorCreditPresent goes with the service type conform",
        evidence="change-log",
        source="change-log",
        breach=_credit,
    ),
    Rule(
        name="waiver-with-create",
        operations=("updateRequest",),
        says="translatorCreditWaiverPresent goes with the service type create",
        evidence="change-log",
        source="change-log",
        breach=_waiver,
    ),
    Rule(
        name="preferred-partner",
        operations=("cancelRequests", "uncancelRequests"),
        says="cancel and uncancel are for preferred fulfillment partners",
        evidence="change-log",
        source="change-log",
        breach=_preferred,
        status=HTTPStatus.FORBIDDEN,
    ),
    Rule(
        name="cancel-before-accepted",
        operations=("cancelRequests",),
        says="a request that is Accepted cannot be canceled",
        evidence="assumed",
        source="own",
        breach=_not_accepted,
    ),
    Rule(
        name="uncancel-canceled",
        operations=("uncancelRequests",),
        says="only a request that is Canceled comes back",
        evidence="assumed",
        source="own",
        breach=_canceled,
    ),
)
