"""The plan of a shipment that has tapes already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reelpack.errors import LtoError
from reelpack.lto import shipments
from reelpack.lto.plans import plan

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reelpack.lto.plans import Plan, Roll
    from reelpack.lto.shipments import Shipment, Tape

__all__ = ["plan_shipment"]


def plan_shipment(
    shipment: Shipment,
    rolls: Iterable[Roll],
    *,
    medium_id: str = "L8",
    capacity: int | None = None,
) -> Plan:
    """Put rolls on the next tapes of a shipment.

    Tapes that were read stay, and their rolls are left out. The first number is behind theirs, and
    behind those of the primary set.

    Args:
        shipment: The shipment.
        rolls: As for `plan`.
        medium_id: As for `plan`.
        capacity: As for `plan`.

    Returns:
        The plan. Nothing is written: call `Plan.write`.

    Raises:
        OSError: The record of the primary set cannot be read.
        LtoError: That is no record, a file is larger than a tape, or of a roll a part is on a tape
            that was read and another on one that was not: it would be in no plan any more.
        ValueError: As of `plan`.
    """
    done = [tape for tape in shipment.tapes if tape.files is not None]
    return plan(
        rolls,
        show_code=shipment.show_code,
        medium_id=medium_id,
        capacity=capacity,
        first=_first(shipment, done),
        known=_known(shipment, done),
    )


def _known(shipment: Shipment, done: Sequence[Tape]) -> list[str]:
    """Return the rolls of the tapes that were read.

    Raises:
        LtoError: Of one of them a part is on a tape that was not.
    """
    known = dict.fromkeys(roll for tape in done for roll in tape.rolls)
    planned = {roll for tape in shipment.tapes if tape.files is None for roll in tape.rolls}
    if half := [roll for roll in known if roll in planned]:
        raise LtoError(
            f"{shipment.record}: {', '.join(half)}: on a tape that was read and on one that was "
            "not; hint: read that one first, with `reelpack lto manifest`",
            str(shipment.record),
        )
    return list(known)


def _first(shipment: Shipment, done: Sequence[Tape]) -> int:
    """Return the number of the first tape: behind those that stay, and those of the primary set."""
    known = [tape.barcode for tape in done]
    if shipment.primary is not None:
        primary = shipments.open(shipment.resolve(shipment.primary))
        known += [tape.barcode for tape in primary.tapes]
    numbers = (int(barcode[3:6]) for barcode in known if barcode[3:6].isdecimal())
    return max(numbers, default=0) + 1
