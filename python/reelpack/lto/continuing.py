"""The plan of a shipment that has tapes already.

A roll is on tape already only if a tape that was read has each of its files with the same size, of
the same day. A name alone proves nothing: another day may have a roll of the same name.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from reelpack.errors import LtoError
from reelpack.lto import contents, shipments
from reelpack.lto.barcodes import fault
from reelpack.lto.plans import plan
from reelpack.wording import files, printable, size

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reelpack.lto.plans import Plan, Roll
    from reelpack.lto.shipments import Shipment, Tape

__all__ = ["plan_shipment"]


@dataclass
class _OnTape:
    """What tapes that were read have of a roll of one day, or of files in no roll.

    Attributes:
        days: Names of the day; none where neither the tape nor its record says.
        barcodes: Of the tapes.
        files: Sizes by the paths in the roll: more than one where tapes differ, None if unknown.
    """

    days: frozenset[str]
    barcodes: list[str] = field(default_factory=list)
    files: dict[str, set[int | None]] = field(default_factory=dict)

    def of_day(self, day: str) -> bool:
        """Whether it may be of a day."""
        return not day or not self.days or day in self.days

    def has(self, roll: Roll, path: str, count: int) -> bool:
        """Whether a file of a roll is there; without a size only one of the same day is."""
        sizes = self.files.get(path, set())
        return count in sizes or (None in sizes and roll.day in self.days)


def plan_shipment(
    shipment: Shipment,
    rolls: Iterable[Roll],
    *,
    medium_id: str = "L8",
    capacity: int | None = None,
) -> Plan:
    """Put rolls on the next tapes of a shipment.

    Tapes that were read stay. A roll is left out if they have all of its files, by path in the
    roll and size, and of the same day; a file in no roll the same. The first number is behind
    theirs, and behind those of the primary set.

    Args:
        shipment: The shipment.
        rolls: As for `plan`.
        medium_id: As for `plan`.
        capacity: As for `plan`.

    Returns:
        The plan. Nothing is written: call `Plan.write`.

    Raises:
        OSError: The record of the primary set, or what was read of a tape, cannot be read.
        LtoError: That is no record, a file is larger than a tape, a roll has the name of one on a
            tape that was read and differs from it, or of a roll a part is on a tape that was read
            and another on one that was not: it would be in no plan any more.
        ValueError: As of `plan`.
    """
    done = [tape for tape in shipment.tapes if tape.files is not None]
    _check_halves(shipment, done)
    known = _known(shipment, done)
    fresh = [(roll, _rest(shipment, roll, known.get(roll.name, []))) for roll in rolls]
    planned = plan(
        [rest for _, rest in fresh if rest is not None],
        show_code=shipment.show_code,
        medium_id=medium_id,
        capacity=capacity,
        first=_first(shipment, done),
    )
    left_out = dict.fromkeys(roll.name for roll, rest in fresh if rest is not roll)
    return replace(planned, known=tuple(left_out))


def _check_halves(shipment: Shipment, done: Sequence[Tape]) -> None:
    """Refuse rolls of which a part is on a tape that was read, and another on one that was not."""
    known = dict.fromkeys(roll for tape in done for roll in tape.rolls)
    planned = {roll for tape in shipment.tapes if tape.files is None for roll in tape.rolls}
    if half := [roll for roll in known if roll in planned]:
        raise LtoError(
            f"{shipment.record}: {', '.join(half)}: on a tape that was read and on one that was "
            "not; hint: read that one first, with `reelpack lto manifest`",
            str(shipment.record),
        )


def _known(shipment: Shipment, done: Sequence[Tape]) -> dict[str, list[_OnTape]]:
    """Return what is on the tapes that were read, by the names of rolls."""
    found: dict[tuple[str, frozenset[str]], _OnTape] = {}
    for tape in done:
        for name, days, path, count in _entries(shipment, tape):
            each = found.setdefault((name, days), _OnTape(days))
            if tape.barcode not in each.barcodes:
                each.barcodes.append(tape.barcode)
            if path:
                each.files.setdefault(path, set()).add(count)
    by_name: dict[str, list[_OnTape]] = {}
    for (name, _), each in found.items():
        by_name.setdefault(name, []).append(each)
    return by_name


def _entries(
    shipment: Shipment, tape: Tape
) -> Iterator[tuple[str, frozenset[str], str, int | None]]:
    """Yield name of the roll, days, path in the roll and size of each file of a tape.

    Of a tape whose contents are not kept only the rolls of its record are, without a file.
    """
    told = frozenset(tape.shoot_days)
    found = None if fault(tape.barcode) else contents.kept(shipment, tape.barcode)
    if found is None:
        yield from ((roll, told, "", None) for roll in tape.rolls)
        return
    for file, to in found.sorted:
        days = frozenset({to.day}) if to.day else told
        yield to.roll, days, to.inside(file.path), file.size


def _rest(shipment: Shipment, roll: Roll, known: Sequence[_OnTape]) -> Roll | None:
    """Return what of a roll is to go on tape: all, nothing, or of files in no roll the new ones.

    Raises:
        LtoError: Tapes have a roll of that name that is another one.
    """
    same = [each for each in known if each.of_day(roll.day)]
    lacking = [tuple(pair for pair in roll.files if not each.has(roll, *pair)) for each in same]
    if not all(lacking):
        return None
    if roll.name and known:
        raise _differs(shipment, roll, known)
    rest = tuple(pair for pair in roll.files if all(pair in each for each in lacking))
    return replace(roll, files=rest) if lacking and rest != roll.files else roll


def _differs(shipment: Shipment, roll: Roll, known: Sequence[_OnTape]) -> LtoError:
    """Return the error that names a roll, and what tapes have under its name."""
    day = f" of {roll.day}" if roll.day else ""
    this = f"{roll.folder}: {files(len(roll.files))}, {size(roll.size)}{day}"
    there = "; ".join(_told(each) for each in known)
    return LtoError(
        printable(
            f"{this}: not the {roll.name} that was read of {there}; hint: names of rolls are "
            "unique, so give it another; if it is the same and has changed, or the list of the "
            "tape has no sizes, read the tape again with `reelpack lto manifest`"
        ),
        str(shipment.record),
    )


def _told(known: _OnTape) -> str:
    """Say what tapes have of a roll."""
    day = f" of {', '.join(sorted(known.days))}" if known.days else ""
    counts = [max((count or 0 for count in sizes), default=0) for sizes in known.files.values()]
    what = f"{files(len(counts))}, {size(sum(counts))}" if counts else "its files are not kept"
    return f"{', '.join(known.barcodes)} ({what}{day})"


def _first(shipment: Shipment, done: Sequence[Tape]) -> int:
    """Return the number of the first tape: behind those that stay, and those of the primary set."""
    known = [tape.barcode for tape in done]
    if shipment.primary is not None:
        primary = shipments.open(shipment.resolve(shipment.primary))
        known += [tape.barcode for tape in primary.tapes]
    numbers = (int(barcode[3:6]) for barcode in known if barcode[3:6].isdecimal())
    return max(numbers, default=0) + 1
