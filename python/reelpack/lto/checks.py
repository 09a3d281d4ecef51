"""A shipment held against what the studio wants of tapes, labels and boxes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from reelpack.errors import LtoError
from reelpack.lto import (
    checking_dates,
    checking_digests,
    checking_sets,
    checking_tapes,
    columns,
    contents,
    manifests,
    mounts,
    outsides,
)
from reelpack.lto import shipments as shipments_module
from reelpack.lto.barcodes import fault
from reelpack.lto.notes import Notes
from reelpack.lto.reports import Report

if TYPE_CHECKING:
    import datetime as dt
    import os
    from collections.abc import Callable, Mapping

    from reelpack.lto.contents import Contents
    from reelpack.lto.shipments import Shipment, Tape
    from reelpack.progress import Progress

__all__ = ["check"]


def check(  # noqa: PLR0913  (all but the first by keyword)
    shipment: Shipment | str | os.PathLike[str],
    *,
    secondary: Shipment | str | os.PathLike[str] | None = None,
    hashes: bool = False,
    mounted: Mapping[str, str | os.PathLike[str]] | None = None,
    progress: Callable[[Progress], object] | None = None,
    today: dt.date | None = None,
) -> Report:
    """Check a shipment by its record, by what was read of its tapes, and by their indexes.

    Tapes are not read but for ``hashes``: `manifest` does that. Where nothing tells but the
    operator, what is stated counts, and is named as stated. All findings are collected.

    Args:
        shipment: The shipment, or its folder. Of a secondary set the primary one is looked at too.
        secondary: The secondary set of a primary one, whose files are compared with those of it.
        hashes: Hold the files of each tape that is mounted against the lists on it: every byte is
            read once, by one reader.
        mounted: Where tapes are mounted, by their barcodes; else their record says so.
        progress: Called with a `Progress` of one tape after the other, a few times a second on this
            thread; only ``hashes`` takes long enough.
        today: What day it is, against which dates are held; None is now.

    Returns:
        The report. Findings do not raise: look at ``ok``, or call ``raise_for_failures``.

    Raises:
        OSError: The record, or an index, a label or a list that it names, cannot be read; or what
            ``mounted`` names is not there or no folder.
        LtoError: One of them cannot be understood, ``secondary`` is not the second set of this, or
            nothing is mounted where ``mounted`` says.
        ManifestError: A list on a mounted tape cannot be understood.
        ValueError: ``mounted`` names a tape that is not in the shipment, or is given without
            ``hashes``, which alone reads tapes.
    """
    shipment = _opened(shipment)
    secondary = None if secondary is None else _opened(secondary)
    _check_mounted(shipment, mounted or {}, hashes=hashes)
    notes = Notes()
    found = _contents(shipment)
    for key in shipment.unknown:
        notes.find("lto.record-key", "", f"{key!r} is in the record")
    if not shipment.tapes:
        notes.find("lto.tapes", "", "there is no tape")
    volumes: list[tuple[str, frozenset[str]]] = []
    for tape in shipment.tapes:
        ids = checking_tapes.check(shipment, tape, found.get(tape.barcode), notes)
        volumes.append((tape.barcode, ids))
        if tape.barcode in found:
            checking_tapes.check_missing(shipment, found, tape.barcode, notes)
        if hashes:
            place = _place(shipment, tape, mounted or {})
            away = _elsewhere(tape, found)
            checking_digests.check(tape, place, found.get(tape.barcode), away, notes, progress)
    if not hashes and shipment.tapes:
        notes.skip("", "whether checksums are true: `check --hashes` reads the tapes for that")
    _barcodes(shipment, notes)
    _labels(shipment, notes)
    _boxes(shipment, notes)
    checking_tapes.check_rolls(found, notes)
    _manifest(shipment, found, notes)
    other = _other(shipment, secondary)
    _volumes(volumes, other, notes)
    checking_dates.check(shipment, other[0] if other else None, today, notes)
    checking_sets.check(shipment, found, other, notes)
    return Report(
        path=shipment.path,
        findings=notes.findings,
        stated=tuple(notes.stated),
        not_checked=tuple(notes.not_checked),
        tapes=len(shipment.tapes),
        files=sum(len(each.files) for each in found.values()),
    )


def _opened(shipment: Shipment | str | os.PathLike[str]) -> Shipment:
    """Return a shipment, read where its folder was named."""
    if isinstance(shipment, shipments_module.Shipment):
        return shipment
    return shipments_module.open(shipment)


def _check_mounted(
    shipment: Shipment, mounted: Mapping[str, str | os.PathLike[str]], *, hashes: bool
) -> None:
    """Refuse tapes that are not in the shipment or not mounted, and those that nothing would read.

    Raises:
        OSError: A folder is not there.
        LtoError: It is empty.
        ValueError: There is no tape of that barcode, or no tape is read.
    """
    for barcode, told in mounted.items():
        shipment.place(barcode)
        if not any(Path(told).iterdir()):
            raise LtoError(f"{told}: there is no file; hint: is the tape mounted?", str(told))
    if mounted and not hashes:
        raise ValueError("mounted: no tape is read without `hashes`")


def _place(
    shipment: Shipment, tape: Tape, mounted: Mapping[str, str | os.PathLike[str]]
) -> Path | None:
    """Return where a tape is mounted, as told, else as the record says."""
    if tape.barcode in mounted:
        return Path(mounted[tape.barcode])
    place = None if tape.content is None else shipment.resolve(tape.content)
    # A drive has one tape after the other: in its place there may be another, or none.
    return place if place and mounts.holds(place, tape.barcode) else None


def _elsewhere(tape: Tape, found: Mapping[str, Contents]) -> set[str]:
    """Return the paths on all tapes but one."""
    others = (each for barcode, each in found.items() if barcode != tape.barcode)
    return {file.path for each in others for file in each.files}


def _contents(shipment: Shipment) -> dict[str, Contents]:
    """Return what was read of the tapes, by their barcodes."""
    sound = (tape.barcode for tape in shipment.tapes if not fault(tape.barcode))
    read = ((barcode, contents.kept(shipment, barcode)) for barcode in sound)
    return {barcode: each for barcode, each in read if each is not None}


def _other(
    shipment: Shipment, secondary: Shipment | None
) -> tuple[Shipment, Mapping[str, Contents]] | None:
    """Return the other set with what was read of its tapes."""
    if secondary is not None:
        checking_sets.check_pair(shipment, secondary)
        return secondary, _contents(secondary)
    if shipment.primary is None:
        return None
    primary = shipments_module.open(shipment.resolve(shipment.primary))
    return primary, _contents(primary)


def _barcodes(shipment: Shipment, notes: Notes) -> None:
    """Look for two tapes of one barcode or, as libraries read them, of one volume."""
    seen: dict[str, str] = {}
    for tape in shipment.tapes:
        volume = tape.barcode[:6]
        if volume in seen:
            notes.find("lto.barcode-unique", tape.barcode, f"so is {seen[volume]}")
        seen.setdefault(volume, tape.barcode)


def _volumes(
    volumes: list[tuple[str, frozenset[str]]],
    other: tuple[Shipment, Mapping[str, Contents]] | None,
    notes: Notes,
) -> None:
    """Look for one volume under two barcodes, in this set and, as far as it was read, the other."""
    theirs = other[1] if other else {}
    seen = {each.uuid: barcode for barcode, each in theirs.items() if each.uuid}
    for barcode, ids in volumes:
        for volume in sorted(ids):
            if volume in seen:
                notes.find("lto.volume-unique", barcode, f"volume {volume}, as {seen[volume]} is")
        seen |= dict.fromkeys(ids, barcode)


def _labels(shipment: Shipment, notes: Notes) -> None:
    """Look whether the labels of cases are complete, and the outside of boxes bears nothing bad."""
    for name, value in (
        ("production company", shipment.production_company),
        ("title or security title", shipment.label_title),
    ):
        if not value.strip():
            notes.find("lto.case-label", "", f"there is no {name}")
    for tape in shipment.tapes:
        for name in _missing(tape):
            notes.find("lto.case-label", tape.barcode, f"there is no {name}")
    for line, what in outsides.forbidden(shipment):
        notes.find("lto.outside", "", f"{line!r} has {what}")
    if not shipment.title:
        notes.skip("", "whether the title is outside: the record has none")
    for name, title in (("title", shipment.title), ("security title", shipment.security_title)):
        if title and not outsides.searchable(title):
            notes.skip("", f"whether the {name} is outside: it has no letter and no digit")


def _missing(tape: Tape) -> list[str]:
    """Name the fields of a case label that are empty; a tape may have rolls of one kind alone."""
    fields = {
        "shoot date or day": tape.shoot_days,
        "transfer date": tape.transfer_date,
        "camera or sound roll": tape.rolls,
    }
    return [name for name, value in fields.items() if not "".join(value).strip()]


def _manifest(shipment: Shipment, found: Mapping[str, Contents], notes: Notes) -> None:
    """Look whether there is a manifest, and it is of what the record and the contents say now."""
    there = [name for name in manifests.NAMES if shipment.resolve(name).is_file()]
    # One of what is not known any more was written of something else.
    now = manifests.Manifest(shipment, found, columns.built_in()).of_now()
    if shipment.tapes and not there:
        notes.find("lto.manifest", "", "there is no manifest")
    for name in (name for name in there if name not in now):
        notes.find("lto.manifest", name, "not of what was read and is in the record now")


def _boxes(shipment: Shipment, notes: Notes) -> None:
    """Look whether the tapes are in boxes, and these weighed and measured."""
    numbers = [box.number for box in shipment.boxes]
    for number in sorted({each for each in numbers if numbers.count(each) > 1}):
        notes.find("lto.box", "", f"box {number} is there twice")
    for box in shipment.boxes:
        lacking = {"weighed": box.weight_kg, "measured": box.size_mm}
        for what in (name for name, value in lacking.items() if value is None):
            notes.find("lto.box", "", f"box {box.number} is not {what}")
        if all(tape.box != box.number for tape in shipment.tapes):
            notes.find("lto.box", "", f"box {box.number} has no tape")
        if box.number > len(numbers):
            notes.find("lto.box", "", f"box {box.number} of {len(numbers)}")
    for tape in shipment.tapes:
        if tape.box is None:
            notes.find("lto.box", tape.barcode, "in no box")
        elif tape.box not in numbers:
            notes.find("lto.box", tape.barcode, f"in box {tape.box}, which there is not")
