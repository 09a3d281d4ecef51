"""The two sets of a show held against each other.

The second is to be a duplicate: the same files with the same digests. On which tape a file lies may
differ, as tapes of the two sets may be of different sizes.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from reelpack.errors import LtoError
from reelpack.wording import plural

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reelpack.lto.contents import Contents, TapeFile
    from reelpack.lto.notes import Notes
    from reelpack.lto.shipments import Shipment

__all__ = ["check", "check_pair"]

NAMED = 20
"""Files that are named for one difference; the others are counted."""


def check_pair(primary: Shipment, secondary: Shipment) -> None:
    """Refuse two shipments that are not the two sets of one.

    Raises:
        LtoError: The second does not name the first as its primary set.
    """
    named = secondary.resolve(secondary.primary) if secondary.primary else None
    if named is None or named.resolve() != Path(primary.path).resolve():
        raise LtoError(
            f"{secondary.record}: its primary set is not {primary.path}", secondary.path, "primary"
        )


def check(
    shipment: Shipment,
    found: Mapping[str, Contents],
    other: tuple[Shipment, Mapping[str, Contents]] | None,
    notes: Notes,
) -> None:
    """Check a shipment against the other set.

    Args:
        shipment: The shipment.
        found: What was read of its tapes, by their barcodes.
        other: The other set with the same of it; None where it is not known.
        notes: Takes what is found.
    """
    if other is None:
        notes.find("lto.second-set", "", "no second set is given here")
        return
    theirs, read = other
    _codes(shipment, theirs, notes)
    primary = shipment if shipment.set == "primary" else theirs
    if not primary.received:
        notes.find("lto.too-early", "", "the primary set is not confirmed as received")
    unread = [
        t.barcode for s, f in ((shipment, found), other) for t in s.tapes if t.barcode not in f
    ]
    if unread:
        notes.skip("", f"whether both sets are equal: {plural(len(unread), 'tape')} not read")
        return
    _files(found, read, theirs.set, notes)


def _codes(shipment: Shipment, theirs: Shipment, notes: Notes) -> None:
    """Look for barcodes of both sets, and whether they are of one show."""
    known = {tape.barcode[:6] for tape in theirs.tapes}
    for tape in shipment.tapes:
        if tape.barcode[:6] in known:
            notes.find("lto.barcode-unique", tape.barcode, f"in the {theirs.set} set too")
    if theirs.show_code != shipment.show_code:
        message = f"{theirs.show_code} is the code of the {theirs.set} set"
        notes.find("lto.show-code", "", message)


def _files(
    ours: Mapping[str, Contents], theirs: Mapping[str, Contents], name: str, notes: Notes
) -> None:
    """Compare the files of both sets by path, size and digest."""
    here, there = _by_path(ours), _by_path(theirs)
    differ = [path for path in here if path in there and not _same(here[path], there[path])]
    _name([path for path in here if path not in there], f"not in the {name} set", notes)
    _name([path for path in there if path not in here], f"in the {name} set alone", notes)
    _name(differ, f"other bytes than in the {name} set", notes)
    unsure = [p for p in here if p in there and not _comparable(here[p], there[p])]
    if unsure:
        files = plural(len(unsure), "file")
        notes.skip("", f"whether both sets are equal: {files} without a checksum in common")


def _by_path(found: Mapping[str, Contents]) -> dict[str, TapeFile]:
    """Return all files of a set by their paths."""
    return {file.path: file for each in found.values() for file in each.files}


def _same(one: TapeFile, other: TapeFile) -> bool:
    """Whether nothing tells two files apart."""
    if None not in (one.size, other.size) and one.size != other.size:
        return False
    there = dict(other.digests)
    return all(there.get(name, value) == value for name, value in one.digests)


def _comparable(one: TapeFile, other: TapeFile) -> bool:
    """Whether two files have a digest of the same kind."""
    return bool({name for name, _ in one.digests} & {name for name, _ in other.digests})


def _name(paths: list[str], message: str, notes: Notes) -> None:
    """Note a finding for each of the first paths, and one for how many there are besides."""
    for path in paths[:NAMED]:
        notes.find("lto.sets-differ", path, message)
    if len(paths) > NAMED:
        notes.find("lto.sets-differ", "", f"{message}: {plural(len(paths) - NAMED, 'more file')}")
