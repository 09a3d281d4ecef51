"""One tape held against the rules: its barcode, its format, its checksums and its rolls."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from reelpack.errors import LtoError
from reelpack.lto import ltfs
from reelpack.lto.barcodes import Barcode, fault
from reelpack.lto.checking_dates import shot
from reelpack.lto.fields import shortened
from reelpack.lto.rolls import tells_kind
from reelpack.lto.shipments import Stated
from reelpack.lto.sidecars import folder_of, needs_no_digest
from reelpack.wording import plural, size

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from reelpack.lto.contents import Contents, TapeFile
    from reelpack.lto.ltfs import Volume
    from reelpack.lto.notes import Notes
    from reelpack.lto.shipments import Shipment, Tape

__all__ = ["check", "check_missing", "check_rolls"]

OLDEST = (2, 0, 0)
"""The version of LTFS from which on it is taken."""

NAMED = 20
"""Files of a tape that are named for one rule; the others are counted."""

_TAKEN = {"md5", "xxh64", "xxh128", "xxhash64", "xxhash64be"}

_FORBIDDEN = re.compile(r"[@#$%^&*()`;:<>?,\[\]{}/\\'\"|~]")
"""Characters that names of rolls may not have."""


def check(shipment: Shipment, tape: Tape, found: Contents | None, notes: Notes) -> frozenset[str]:
    """Check one tape.

    Args:
        shipment: The shipment that it is in.
        tape: The tape.
        found: What was read of it; None where nothing was.
        notes: Takes what is found.

    Returns:
        The ids of its volume, as whatever tells one has it.

    Raises:
        OSError: The index or the label cannot be read.
        LtoError: One of them cannot be understood.
    """
    wrong = fault(tape.barcode)
    if wrong is not None:
        notes.find("lto.barcode-form", tape.barcode, wrong)
    elif not tape.barcode.startswith(shipment.show_code):
        notes.find("lto.show-code", tape.barcode, f"does not begin with {shipment.show_code}")
    elif not (tape.barcode[3:6].isdigit()):
        notes.find("lto.barcode-number", tape.barcode, f"{tape.barcode[3:6]} is no number")
    if tape.stated != Stated(by=tape.stated.by) and not tape.stated.by:
        notes.find("lto.stated-by", tape.barcode, "`by` is missing in what is stated")
    _generation(tape, notes)
    index = _volume(shipment, tape.index, "index")
    label = _volume(shipment, tape.label, "label")
    _format(tape, found, (index, label), notes)
    _compression(tape, found, label, notes)
    _error_correction(tape, notes)
    _twice(tape, notes)
    ids = _same_volume(tape, found, (index, label), notes)
    if found is None:
        why = "its barcode is not well formed" if wrong else "nobody has read it"
        notes.skip(tape.barcode, f"what is on the tape: {why}")
        return ids
    _indexed(tape, found, index, notes)
    _capacity(tape, found, notes)
    _checksums(tape, found, notes)
    _agreeing(tape, found, index, notes)
    _rolls(tape, found, notes)
    _recorded(tape, found, notes)
    return ids


def check_rolls(found: Mapping[str, Contents], notes: Notes) -> None:
    """Look for rolls without an MHL, and for one name that two rolls have.

    A roll that is split has the same folder on both tapes, no file twice, and its MHL on one of
    them at least.
    """
    listed = {folder for each in found.values() for folder in each.listed}
    seen: dict[str, tuple[str, str, set[str]]] = {}
    for barcode, each in found.items():
        for folder, roll, paths in _folders(each):
            if folder not in listed:
                notes.find("lto.roll-list", f"{barcode}/{folder}", "no MHL at its root")
            known = seen.setdefault(roll, (barcode, folder, paths))
            if known[2] is paths:
                continue
            if known[1] != folder or known[2] & paths:
                where = f"as {known[0]}/{known[1]} is"
                notes.find("lto.roll-unique", f"{barcode}/{folder}", f"named {roll}, {where}")


def check_missing(
    shipment: Shipment, found: Mapping[str, Contents], barcode: str, notes: Notes
) -> None:
    """Look for what lists on a tape name and no tape has; the list of a split roll names all of it.

    What may lie on a tape that nobody has read is not checked.
    """
    elsewhere = {file.path for each in found.values() for file in each.files}
    lacking = [path for path in found[barcode].missing if path not in elsewhere]
    unread = [tape for tape in shipment.tapes if tape.barcode not in found]
    unsure = {path for path in lacking if any(_may_hold(tape, path) for tape in unread)}
    tape = shipment.tapes[shipment.place(barcode)]
    surely = [path for path in lacking if path not in unsure]
    _name(tape, surely, "lto.listed-missing", "in a list on the tape, and not there", notes)
    if unsure:
        files = plural(len(unsure), "file")
        notes.skip(barcode, f"whether all listed files are there: {files} may be on another tape")


def _may_hold(tape: Tape, path: str) -> bool:
    """Whether a tape that nobody has read may have a file: it is to have its roll, or any."""
    return not tape.rolls or not set(tape.rolls).isdisjoint(path.split("/"))


def _folders(found: Contents) -> list[tuple[str, str, set[str]]]:
    """Return folder, name and paths of each roll of a tape."""
    rolls: dict[tuple[str, str], set[str]] = {}
    for file, to in found.sorted:
        if to.roll and not needs_no_digest(file.path):
            rolls.setdefault((to.folder, to.roll), set()).add(file.path)
    return [(folder, roll, paths) for (folder, roll), paths in rolls.items()]


def _generation(tape: Tape, notes: Notes) -> None:
    """Compare barcode and statement; the barcode names the generation."""
    stated = tape.stated.generation
    if stated is not None and stated not in {6, 7, 8, 9}:
        notes.find("lto.generation", tape.barcode, f"stated to be LTO {stated}")
    if fault(tape.barcode):
        return
    medium = Barcode.parse(tape.barcode).medium
    if medium.id == "M8":
        notes.find("lto.type-m", tape.barcode, "type M")
    if stated is None:
        notes.skip(tape.barcode, f"generation: LTO {medium.generation} by its barcode alone")
    elif stated != medium.generation:
        message = f"stated to be LTO {stated}, and LTO {medium.generation} by its barcode"
        notes.find("lto.generation", tape.barcode, message)
    else:
        notes.state(tape.barcode, f"LTO {stated}", tape.stated.by)


def _volume(shipment: Shipment, name: str | None, kind: str) -> Volume | None:
    """Read the index or the label that the record names."""
    if name is None:
        return None
    path = shipment.resolve(name)
    volume = ltfs.read(path)
    if volume.kind != kind:
        raise LtoError(f"{path}: the {volume.kind}; hint: the record has it as `{kind}`", str(path))
    return volume


def _format(
    tape: Tape, found: Contents | None, volumes: tuple[Volume | None, Volume | None], notes: Notes
) -> None:
    """Look at the versions of index and label; both are of one format."""
    index, label = volumes
    version = index.version if index else found.version if found else ""
    if not version:
        notes.skip(tape.barcode, "version of LTFS: neither an index nor the mounted tape told")
    else:
        _version(tape, version, "", notes)
    if label:
        _version(tape, label.version, "of the label", notes)


def _version(tape: Tape, version: str, whose: str, notes: Notes) -> None:
    """Look at one version."""
    numbers = ltfs.version_numbers(version)
    behind = f" {whose}" if whose else ""
    if not numbers:
        notes.find("lto.ltfs-version", tape.barcode, f"{shortened(version)}{behind} is no version")
    elif numbers < OLDEST:
        notes.find("lto.ltfs-version", tape.barcode, f"version {version}{behind}")


def _compression(tape: Tape, found: Contents | None, label: Volume | None, notes: Notes) -> None:
    """Look at the flag of the label; what is stated counts only where there is none."""
    seen = label.compression if label else found.compression if found else None
    if label and seen is None:
        notes.find("lto.compression", tape.barcode, "the label says neither that it was on nor off")
    elif seen is None:
        said = _word(tape.stated.compression)
        _stated(tape, said, ("lto.compression", "compression"), notes, wanted="off")
    elif seen:
        notes.find("lto.compression", tape.barcode, "the label says that it was on")
    elif tape.stated.compression:
        notes.find("lto.compression", tape.barcode, "the label says off, the operator on")


def _error_correction(tape: Tape, notes: Notes) -> None:
    """Look at what is stated: nothing on a tape tells."""
    said = tape.stated.error_correction
    if said is None:
        notes.find("lto.error-correction", tape.barcode, "nobody states it")
        return
    about = ("lto.error-correction", "error correction")
    _stated(tape, _word(said), about, notes, wanted="on")


def _stated(tape: Tape, said: str, about: tuple[str, str], notes: Notes, *, wanted: str) -> None:
    """Note what the operator says: as it is wanted, or not, or nothing."""
    rule, what = about
    if not said:
        notes.skip(tape.barcode, f"{what}: no label told, and nobody states it")
    elif said == wanted:
        notes.state(tape.barcode, f"{what} {said}", tape.stated.by)
    else:
        notes.find(rule, tape.barcode, f"stated to be {said}")


def _word(said: bool | None) -> str:  # noqa: FBT001  (what was said, not how to do it)
    """Write what was said of a switch; empty where nothing was."""
    return "" if said is None else "on" if said else "off"


def _same_volume(
    tape: Tape, found: Contents | None, volumes: tuple[Volume | None, ...], notes: Notes
) -> frozenset[str]:
    """Compare the ids of whatever tells one."""
    ids = {each.uuid for each in volumes if each and each.uuid}
    if found and found.uuid:
        ids.add(found.uuid)
    if len(ids) > 1:
        notes.find("lto.other-volume", tape.barcode, f"volumes {' and '.join(sorted(ids))}")
    return frozenset(ids)


def _indexed(tape: Tape, found: Contents, index: Volume | None, notes: Notes) -> None:
    """Compare the index with what was read, in both directions."""
    if index is None or found.origin == "index":
        return
    listed = {each.path: each.size for each in index.files}
    read = {each.path: each.size for each in found.files}
    other = [p for p, s in read.items() if p in listed and s is not None and s != listed[p]]
    # A list does not name itself, and need not name others.
    unread = [p for p in listed if p not in read and not needs_no_digest(p)]
    _name(
        tape, [p for p in read if p not in listed], "lto.index-contents", "not in the index", notes
    )
    _name(tape, unread, "lto.index-contents", "in the index alone", notes)
    _name(tape, other, "lto.index-contents", "of another size than in the index", notes)


def _capacity(tape: Tape, found: Contents, notes: Notes) -> None:
    """Compare the bytes with what the tape can hold."""
    # What was read is kept under barcodes that are well formed alone.
    medium = Barcode.parse(tape.barcode).medium
    if found.size > medium.native:
        message = f"{size(found.size)} on a tape of {size(medium.native)}"
        notes.find("lto.capacity", tape.barcode, message)
    elif found.bytes is None:
        notes.skip(tape.barcode, "whether it holds so much: sizes of files are unknown")


def _checksums(tape: Tape, found: Contents, notes: Notes) -> None:
    """Look whether each file has a checksum that is taken."""
    files = [file for file in found.files if not needs_no_digest(file.path)]
    bare = [file.path for file in files if not file.digests]
    unsure = _below_lists(found, bare)
    without = [path for path in bare if path not in unsure]
    if unsure:
        why = "the lists on the tape were not read; mount it and read it with `manifest`"
        have = f"{plural(len(unsure), 'file')} {'has' if len(unsure) == 1 else 'have'}"
        notes.skip(tape.barcode, f"whether {have} a checksum: {why}")
    other = [file.path for file in files if file.digests and not _is_taken(file)]
    _name(tape, without, "lto.checksum-missing", "no checksum", notes)
    _name(tape, other, "lto.checksum-type", "a checksum of another kind only", notes)
    cut = [f.path for f in files if f.listed_size is not None and f.size != f.listed_size]
    _name(tape, cut, "lto.listed-size", "of another size than its list says", notes)


def _below_lists(found: Contents, paths: list[str]) -> set[str]:
    """Return which files lie below a list that was not read, as an index names it and no more."""
    if found.origin != "index":
        return set()
    folders = {folder_of(file.path) for file in found.files if needs_no_digest(file.path)}
    return {path for path in paths if not folders.isdisjoint(_above(path))}


def _above(path: str) -> list[str]:
    """Return the folders that a path lies in; the root is empty."""
    parts = path.split("/")
    return ["/".join(parts[:depth]) for depth in range(len(parts))]


def _agreeing(tape: Tape, found: Contents, index: Volume | None, notes: Notes) -> None:
    """Look whether lists and index give a file one checksum of a kind."""
    read = {each.path: dict(each.digests) for each in found.files}
    other = [
        each.path
        for each in (index.files if index else ())
        if any(read.get(each.path, {}).get(name, value) != value for name, value in each.digests)
    ]
    _name(tape, other, "lto.checksum-differs", "another in the index than in a list", notes)
    _name(tape, list(found.differ), "lto.checksum-differs", "lists have two of one kind", notes)


def _recorded(tape: Tape, found: Contents, notes: Notes) -> None:
    """Look whether counts and days in the record are those of what was read."""
    for name, said, read in (
        ("files", tape.files, len(found.files)),
        ("bytes", tape.bytes, found.bytes),
    ):
        if None not in (said, read) and said != read:
            message = f"{said:,} {name} in the record, and {read:,} on the tape"
            notes.find("lto.facts-recorded", tape.barcode, message)
    said_days, read_days = _dates(tape.shoot_days), _dates(found.days)
    if said_days is None or not read_days:
        return
    for day in sorted(said_days ^ (read_days or set())):
        where = "in the record and not on the tape" if day in said_days else "on the tape alone"
        notes.find("lto.facts-recorded", tape.barcode, f"the day {day} is {where}")


def _dates(days: Iterable[str]) -> set[str] | None:
    """Return the dates that days begin with; None where one has none, or of none."""
    dates = set(map(shot, days))
    return dates if dates and all(dates) else None


def _is_taken(file: TapeFile) -> bool:
    """Whether one of the checksums of a file is of a kind that is taken."""
    return any(name in _TAKEN for name, _ in file.digests)


def _rolls(tape: Tape, found: Contents, notes: Notes) -> None:
    """Look at the rolls: their names, and whether they are those of the record."""
    for folder, roll, _ in _folders(found):
        if bad := sorted(set(_FORBIDDEN.findall(roll))):
            notes.find("lto.roll-name", f"{tape.barcode}/{folder}", f"has {' '.join(bad)}")
    _kinds(tape, found, notes)
    read = {*found.rolls("camera"), *found.rolls("sound")}
    for rolls, message in (
        (read - set(tape.rolls), "on the tape and not in the record"),
        (set(tape.rolls) - read, "in the record and not on the tape"),
    ):
        for roll in sorted(rolls):
            notes.find("lto.rolls-recorded", tape.barcode, f"{roll} is {message}")


def _kinds(tape: Tape, found: Contents, notes: Notes) -> None:
    """Look for rolls that the record has as the other kind, as far as folders tell which it is."""
    recorded = {"camera": tape.camera_rolls, "sound": tape.sound_rolls}
    every = dict.fromkeys((to.folder, to.roll, to.kind) for _, to in found.sorted if to.roll)
    for folder, roll, kind in every:
        other = "sound" if kind == "camera" else "camera"
        if roll not in recorded[other] or roll in recorded[kind]:
            continue
        if any(map(tells_kind, folder.split("/"))):
            message = f"{roll} is a {kind} roll on the tape and a {other} roll in the record"
            notes.find("lto.rolls-recorded", tape.barcode, message)
        else:
            notes.skip(tape.barcode, f"whether {roll} is a {other} roll: no folder tells")


def _twice(tape: Tape, notes: Notes) -> None:
    """Look for rolls that the record names twice, as the label of the case then does too."""
    counts = Counter(tape.rolls)
    for roll in (roll for roll, count in counts.items() if count > 1):
        notes.find("lto.rolls-recorded", tape.barcode, f"{roll} is in the record twice")


def _name(tape: Tape, paths: list[str], rule: str, message: str, notes: Notes) -> None:
    """Note a finding for each of the first paths, and one for how many there are besides."""
    for path in paths[:NAMED]:
        notes.find(rule, f"{tape.barcode}/{path}", message)
    if len(paths) > NAMED:
        notes.find(rule, tape.barcode, f"{message}: {plural(len(paths) - NAMED, 'more file')}")
