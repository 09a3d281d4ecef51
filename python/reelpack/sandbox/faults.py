"""Faults on demand: which there are, and who they hit."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from reelpack.sandbox.tables import Fault as Row
from reelpack.sandbox.tables import Token

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from sqlalchemy.orm import Session

__all__ = [
    "KINDS",
    "OPERATIONS",
    "STATUSES",
    "UPLOAD",
    "Fault",
    "add",
    "clear",
    "end_tokens",
    "listed",
    "take",
]

# Each kind, with its details and what each is.
KINDS: dict[str, dict[str, str]] = {
    "latency": {"seconds": "waited before anything is done"},
    "status": {
        "status": "429, 500, 502, 503 or 504, answered before anything is done",
        "retry_after": "the header Retry-After, in seconds or as an HTTP date",
    },
    "cut": {"after": "bytes of the body that are taken before the connection is closed"},
    "lost": {},
    "expired": {},
    "wrong-size": {"by": "how many bytes the count is off; 1 if it is not said"},
}
STATUSES = (429, 500, 502, 503, 504)
OPERATIONS = (
    "takeToken",
    "listRequests",
    "searchRequests",
    "getRequest",
    "updateRequest",
    "setMaterialStatus",
    "cancelRequests",
    "uncancelRequests",
    "startDelivery",
    "startImfDelivery",
    "listInspectionDeliveries",
    "overrideInspection",
    "searchDownloadAssets",
    "getDownloadAssetsManifests",
)
UPLOAD = "upload"
ANY = "*"


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault that waits for its call.

    Attributes:
        kind: ``latency``, ``status``, ``cut`` (closed before any work), ``lost`` (closed after the
            work), ``expired`` (all tokens end now) or ``wrong-size`` (of an upload).
        operation: Id of the operation that it hits; ``upload`` is a call that brings bytes, ``*``
            any other.
        times: Calls that it still hits.
        details: What its kind has to say.
    """

    kind: str
    operation: str = ANY
    times: int = 1
    details: Mapping[str, object] = field(default_factory=dict)


def add(session: Session, fault: Fault) -> None:
    """Let a fault wait for its call.

    Raises:
        ValueError: There is no such kind or operation, or it has no such detail.
    """
    if (known := KINDS.get(fault.kind)) is None:
        raise ValueError(f"there is no fault `{fault.kind}`: it is one of {', '.join(KINDS)}")
    if unknown := sorted(set(fault.details) - set(known)):
        raise ValueError(f"the fault `{fault.kind}` has no `{unknown[0]}`")
    if fault.kind == "status" and fault.details.get("status") not in STATUSES:
        raise ValueError(f"the status of a fault is one of {', '.join(map(str, STATUSES))}")
    if fault.kind == "latency" and not _is_duration(fault.details.get("seconds")):
        raise ValueError("the fault `latency` needs `seconds`, 0 or more")
    for name in ("after", "by"):
        if name in fault.details and not _is_whole(fault.details[name]):
            raise ValueError(f"`{name}` is a whole number of bytes, 0 or more")
    if fault.operation not in (*OPERATIONS, UPLOAD, ANY):
        all_of_them = ", ".join((*OPERATIONS, UPLOAD, ANY))
        raise ValueError(f"there is no operation `{fault.operation}`: it is one of {all_of_them}")
    if fault.times < 1:
        raise ValueError("a fault hits once or more often")
    session.add(
        Row(
            kind=fault.kind,
            operation=fault.operation,
            times=fault.times,
            details=dict(fault.details),
        )
    )


def listed(session: Session) -> list[Fault]:
    """List the faults that wait, in the order they were added."""
    rows = session.scalars(select(Row).order_by(Row.number))
    return [Fault(row.kind, row.operation, row.times, row.details) for row in rows]


def clear(session: Session) -> None:
    """Let none wait."""
    session.execute(delete(Row))


def take(session: Session, operation: str, kinds: Collection[str]) -> list[Fault]:
    """Return the faults that hit a call, and count them down.

    Args:
        session: A transaction.
        operation: Id of the operation, or ``upload``, which ``*`` does not mean.
        kinds: Kinds to look for.
    """
    hits = (operation,) if operation == UPLOAD and "wrong-size" not in kinds else (operation, ANY)
    hit = select(Row.number).where(Row.operation.in_(hits), Row.kind.in_(kinds))
    taken = []
    for number in list(session.scalars(hit.order_by(Row.number))):
        row = session.get_one(Row, number)
        taken.append(Fault(row.kind, row.operation, row.times, row.details))
        row.times -= 1
        if row.times == 0:
            session.delete(row)
    return taken


def end_tokens(session: Session) -> None:
    """Let no token be valid any more."""
    session.execute(delete(Token))


def _is_duration(value: object) -> bool:
    """Tell whether a value is a number of seconds."""
    return isinstance(value, int | float) and not isinstance(value, bool) and value >= 0


def _is_whole(value: object) -> bool:
    """Tell whether a value is a number of bytes."""
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0
