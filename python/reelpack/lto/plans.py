"""Which rolls go on which tape: in the order of shooting, and no roll on two if it fits on one.

A tape is filled until the next roll does not fit; a later roll is never moved forward into the gap,
so that a tape is found by its day. A roll that is larger than a tape begins on a fresh one and is
split between folders, or between files where a single folder is larger than a tape; both is said.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from reelpack.errors import LtoError
from reelpack.facts import Facts
from reelpack.lto import records, tables
from reelpack.lto.barcodes import numbered
from reelpack.lto.media import medium
from reelpack.lto.rolls import check_name
from reelpack.lto.shipments import Tape
from reelpack.wording import size

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reelpack.lto.shipments import Shipment
    from reelpack.tables import Table

__all__ = ["Plan", "PlannedTape", "Roll", "Share", "plan"]

# `(path in the roll, files, bytes of these)`; the path of a folder ends with a slash.
_Piece = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Roll(Facts):
    """A roll that is to go on tape.

    Attributes:
        name: Its name.
        folder: Where it lies, relative to what was looked through.
        kind: ``camera`` or ``sound``.
        day: The folder of its day; empty where there is none.
        files: ``(path in the roll, bytes)`` of each.
        assumed: What was assumed of it, where no MHL tells; empty where nothing was.
    """

    name: str
    folder: str
    kind: str
    day: str
    files: tuple[tuple[str, int], ...]
    assumed: str = ""

    @property
    def size(self) -> int:
        """Bytes of its files."""
        return sum(count for _, count in self.files)


@dataclass(frozen=True, slots=True)
class Share(Facts):
    """A roll on a tape, or a part of one.

    Attributes:
        roll: Its name.
        kind: ``camera`` or ``sound``.
        day: The folder of its day.
        files: How many.
        bytes: Of these.
        part: Number of the part, counted from 1.
        parts: How many parts the roll is in; 1 where it is whole.
        folders: What is in this part, relative to the roll; empty where it is whole.
        split: ``""``, ``folder`` or ``file``: what it was split between.
    """

    roll: str
    kind: str
    day: str
    files: int
    bytes: int
    part: int = 1
    parts: int = 1
    folders: tuple[str, ...] = ()
    split: str = ""


@dataclass(frozen=True, slots=True)
class PlannedTape(Facts):
    """A tape of a plan.

    Attributes:
        barcode: What it will be called.
        shares: What goes on it, in order.
    """

    barcode: str
    shares: tuple[Share, ...]

    @property
    def bytes(self) -> int:
        """Bytes on it."""
        return sum(share.bytes for share in self.shares)


@dataclass(frozen=True, repr=False)
class Plan:
    """What goes on which tape.

    Attributes:
        medium: Id of the tapes, such as ``L8``.
        capacity: Bytes that are put on one.
        capacity_source: Where that comes from.
        native: Bytes that one has without LTFS.
        tapes: In order.
        known: Names of rolls that were left out, as tapes that were read have all of their files;
            an empty name stands for files in no roll.
        assumed: What was assumed of rolls, where no MHL tells.
    """

    medium: str
    capacity: int
    capacity_source: str
    native: int
    tapes: tuple[PlannedTape, ...]
    known: tuple[str, ...] = ()
    assumed: tuple[str, ...] = ()

    def __repr__(self) -> str:
        """Give the counts."""
        return (
            f"Plan(medium={self.medium!r}, tapes={len(self.tapes)}, bytes={self.bytes}, "
            f"capacity={self.capacity}, split={list(self.split)})"
        )

    @property
    def bytes(self) -> int:
        """Bytes on all tapes."""
        return sum(tape.bytes for tape in self.tapes)

    @property
    def split(self) -> tuple[str, ...]:
        """Names of the rolls that are on more than one tape."""
        shares = (share for tape in self.tapes for share in tape.shares)
        return tuple(dict.fromkeys(share.roll for share in shares if share.parts > 1))

    @property
    def table(self) -> Table:
        """A row for each roll on each tape, made anew each time."""
        return tables.table("plan", self._rows())

    def write(self, shipment: Shipment, *, replace: bool = False) -> Shipment:
        """Write the tapes into the record of a shipment, over those that were planned before.

        Tapes that were read already are kept.

        Args:
            shipment: The shipment.
            replace: Whether tapes that were not read may lose rolls, and those that get other ones
                what a person wrote of them.

        Returns:
            The shipment as it is now.

        Raises:
            OSError: The record cannot be read or written.
            LtoError: It is no record, or a tape would lose something and may not; nothing is
                written then.
        """
        tapes = [_tape(each) for each in self.tapes]
        if not replace and (lost := records.lost(shipment, tapes)):
            raise LtoError(
                f"{shipment.record}: planned and not read, this would be lost: {'; '.join(lost)}; "
                "hint: name all DIRs in one plan, read the tape first, or `--replace`",
                str(shipment.record),
            )
        now = records.put_tapes(shipment, tapes)
        records.note_step(
            now, "plan", medium=self.medium, capacity=self.capacity, split=list(self.split)
        )
        return now

    def to_dict(self) -> dict[str, object]:
        """Return the JSON object that ``reelpack lto plan --json`` prints."""
        return {
            "medium": self.medium,
            "capacity": self.capacity,
            "capacity_source": self.capacity_source,
            "native": self.native,
            "bytes": self.bytes,
            "split": list(self.split),
            "known": list(self.known),
            "assumed": list(self.assumed),
            "tapes": [
                {"barcode": tape.barcode, "bytes": tape.bytes}
                | {"rolls": [share.to_dict() for share in tape.shares]}
                for tape in self.tapes
            ],
        }

    def _rows(self) -> Iterator[dict[str, object]]:
        """Yield the rows of the table."""
        for number, tape in enumerate(self.tapes, 1):
            for share in tape.shares:
                yield {"barcode": tape.barcode, "tape": number, **share.to_dict()}


def plan(
    rolls: Iterable[Roll],
    *,
    show_code: str,
    medium_id: str = "L8",
    capacity: int | None = None,
    first: int = 1,
) -> Plan:
    """Put rolls on tapes.

    Args:
        rolls: In the order of shooting, which is kept.
        show_code: Three letters, for the barcodes.
        medium_id: ``L6``, ``L7``, ``M8``, ``L8`` or ``L9``.
        capacity: Bytes to put on a tape; None is what is assumed to be usable of such a one.
        first: Number of the first tape.

    Returns:
        The plan. Nothing is written: call `Plan.write`.

    Raises:
        LtoError: A file is larger than a tape, or the name of a roll or day has a line end, a
            control character or bytes that are not UTF-8.
        ValueError: The code, the medium or a number is none, or the capacity is below 1 or above
            what is native.
    """
    tape = medium(medium_id)
    if capacity is not None and not 1 <= capacity <= tape.native:
        told, most = size(max(capacity, 0)), size(tape.native)
        raise ValueError(f"capacity: {told} of a tape; native are {most} of {medium_id}")
    usable = tape.usable if capacity is None else capacity
    every = list(rolls)
    for roll in every:
        check_name(roll.name, roll.folder)
        check_name(roll.day, roll.folder)
    filled = _fill(every, usable)
    planned = tuple(
        PlannedTape(str(numbered(show_code, number, medium_id)), tuple(shares))
        for number, shares in enumerate(filled, first)
    )
    source = tape.usable_source if capacity is None else "told"
    assumed = tuple(dict.fromkeys(roll.assumed for roll in every if roll.assumed))
    return Plan(medium_id, usable, source, tape.native, planned, assumed=assumed)


def _fill(rolls: Sequence[Roll], usable: int) -> list[list[Share]]:
    """Fill one tape after the other."""
    tapes: list[list[Share]] = [[]]
    free = usable
    for roll in rolls:
        if roll.size <= usable:
            if roll.size > free:
                tapes.append([])
                free = usable
            tapes[-1].append(Share(roll.name, roll.kind, roll.day, len(roll.files), roll.size))
            free -= roll.size
            continue
        parts = _parts(roll, usable)
        tapes += [[part] for part in parts]
        free = usable - parts[-1].bytes
    return [tape for tape in tapes if tape]


def _parts(roll: Roll, usable: int) -> list[Share]:
    """Split a roll into parts, each of which fits on a tape."""
    groups: list[list[_Piece]] = [[]]
    free = usable
    for piece in _pieces(roll, "", list(roll.files), usable):
        if piece[2] > free:
            groups.append([])
            free = usable
        groups[-1].append(piece)
        free -= piece[2]
    cuts = [_cut(before[-1], after[0]) for before, after in pairwise(groups)]
    return [
        Share(
            roll=roll.name,
            kind=roll.kind,
            day=roll.day,
            files=sum(count for _, count, _ in group),
            bytes=sum(total for *_, total in group),
            part=number,
            parts=len(groups),
            folders=tuple(path for path, *_ in group),
            # Before this part and behind it.
            split="file" if "file" in cuts[max(number - 2, 0) : number] else "folder",
        )
        for number, group in enumerate(groups, 1)
    ]


def _cut(before: _Piece, after: _Piece) -> str:
    """Say what a roll is split between: two files of one folder, or folders."""
    (left, *_), (right, *_) = before, after
    loose = not left.endswith("/") and not right.endswith("/")
    return "file" if loose and left.rpartition("/")[0] == right.rpartition("/")[0] else "folder"


def _pieces(roll: Roll, below: str, files: list[tuple[str, int]], usable: int) -> Iterator[_Piece]:
    """Yield the pieces of a folder, in order: as large as they can be, each on one tape."""
    total = sum(count for _, count in files)
    if below and total <= usable:
        yield below, len(files), total
        return
    inner: dict[str, list[tuple[str, int]]] = {}
    for path, count in files:
        name, slash, _ = path[len(below) :].partition("/")
        inner.setdefault(f"{below}{name}{slash}", []).append((path, count))
    for path, group in inner.items():
        if path.endswith("/"):
            yield from _pieces(roll, path, group, usable)
        elif group[0][1] > usable:
            raise LtoError(
                f"{roll.folder}/{path}: {size(group[0][1])} is more than the {size(usable)} of a "
                "tape; hint: larger tapes"
            )
        else:
            # A folder that is larger than a tape and holds files is split between these.
            yield path, 1, group[0][1]


def _tape(planned: PlannedTape) -> Tape:
    """Make a tape of the record."""
    named = [share for share in planned.shares if share.roll]
    camera = dict.fromkeys(share.roll for share in named if share.kind == "camera")
    sound = dict.fromkeys(share.roll for share in named if share.kind == "sound")
    days = dict.fromkeys(share.day for share in planned.shares if share.day)
    return replace(
        Tape(planned.barcode),
        shoot_days=tuple(days),
        camera_rolls=tuple(camera),
        sound_rolls=tuple(sound),
    )
