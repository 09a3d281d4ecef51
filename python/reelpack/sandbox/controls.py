"""What somebody who rehearses can turn: by Python, and by the paths under ``/sandbox``."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import select

from reelpack.sandbox import faults
from reelpack.sandbox.arrivals import Arrived
from reelpack.sandbox.refusals import Refused
from reelpack.sandbox.tables import Request
from reelpack.sandbox.transfers import delivery_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reelpack.sandbox.tables import File
    from reelpack.sandbox.world import World

__all__ = ["VERDICTS", "advance", "arrived", "fault", "foresee"]

VERDICTS = ("accept", "reject", "fail")
# The last second that a date can say, with room for the days that are added to it.
_END = datetime(9000, 1, 1, tzinfo=UTC).timestamp()


def advance(world: World, seconds: float) -> datetime:
    """Turn the clock forward, and let all happen that is due by then.

    Returns:
        The time it is then.

    Raises:
        ValueError: It would go back, or past the year 9000.
    """
    if not seconds >= 0 or world.clock.seconds() + seconds > _END:
        raise ValueError("the clock goes forward, up to the year 9000")
    world.clock.offset += seconds
    world.keep_clock()
    with world.session():
        return world.clock.now()


def arrived(world: World, transfer_id: str) -> tuple[Arrived, ...]:
    """Say what has come of the files of a delivery, in their order.

    Raises:
        LookupError: There is no such transfer.
    """
    with world.session() as session:
        try:
            files = delivery_of(session, transfer_id).files
        except Refused as refused:
            raise LookupError(refused.message) from None
        return tuple(_arrived(world, transfer_id, file) for file in files)


def _arrived(world: World, transfer_id: str, file: File) -> Arrived:
    """Say what has come of a file; of one on its way, what this process has seen of it."""
    coming = world.arrivals.get((transfer_id, file.place))
    counted = file.counted if file.is_whole or coming is None else coming.counted
    return Arrived(
        file.source_path, file.destination_path, file.announced, counted, file.is_whole, file.md5
    )


def fault(world: World, wanted: faults.Fault) -> None:
    """Let a fault wait for its call.

    Raises:
        ValueError: There is no such fault.
    """
    with world.session() as session:
        faults.add(session, wanted)


def foresee(world: World, request_id: str, codes: Iterable[str], verdict: str) -> None:
    """Say what the next inspection and quality control of a request will find.

    Raises:
        LookupError: There is no such request.
        ValueError: There is no such verdict.
    """
    if verdict not in VERDICTS:
        raise ValueError(f"a verdict is one of {', '.join(VERDICTS)}")
    with world.session() as session:
        request = session.scalar(select(Request).where(Request.request_id == request_id))
        if request is None:
            raise LookupError(f"there is no request {request_id}")
        request.foreseen_codes = list(codes)
        request.foreseen_verdict = verdict
