"""The dates of a shipment: whether they can be, as they follow each other and the day of today."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reelpack.lto.notes import Notes
    from reelpack.lto.shipments import Shipment, Tape

__all__ = ["check", "shot"]

_DATE = re.compile(r"\d{8}", re.ASCII)


def check(shipment: Shipment, other: Shipment | None, today: dt.date | None, notes: Notes) -> None:
    """Look for dates that cannot be.

    Args:
        shipment: The shipment.
        other: The other set; of a primary one it is asked when it was received.
        today: What day it is; None is now. The next day counts as begun: it may be, elsewhere.
        notes: Takes what is found.
    """
    last = (today or dt.datetime.now(dt.UTC).date()) + dt.timedelta(days=1)
    for tape in shipment.tapes:
        _transfer(tape, last.isoformat(), notes)
    _received(shipment, "", last.isoformat(), notes)
    if other and other.set == "primary":
        _received(other, "the primary set ", last.isoformat(), notes)


def shot(day: str) -> str:
    """Return the date that a day of a shoot begins with, as ``20261130``; empty where it has none.

    A record may say `Day 5`, which no folder says.
    """
    found = _DATE.match(day.replace("-", ""))
    return found[0] if found else ""


def _transfer(tape: Tape, last: str, notes: Notes) -> None:
    """Look at the transfer date of a tape."""
    written = tape.transfer_date
    shoot = max(map(shot, tape.shoot_days), default="")
    if written and written.replace("-", "") < shoot:
        day = f"{shoot[:4]}-{shoot[4:6]}-{shoot[6:]}"
        message = f"transferred on {written}, before the last day of the shoot, {day}"
        notes.find("lto.dates", tape.barcode, message)
    if written > last:
        notes.find("lto.dates", tape.barcode, f"transferred on {written}, which is ahead")


def _received(shipment: Shipment, whose: str, last: str, notes: Notes) -> None:
    """Look when a set was received."""
    received = shipment.received
    written = max((tape.transfer_date for tape in shipment.tapes), default="")
    if received > last:
        notes.find("lto.dates", "", f"{whose}received on {received}, which is ahead")
    if received and received < written:
        message = f"{whose}received on {received}, before a tape was written on {written}"
        notes.find("lto.dates", "", message)
