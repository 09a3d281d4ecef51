"""What is mounted held against what was read of a tape before: whether it is that, and all of it.

The lists on a tape know nothing of a roll that is gone with its list, nor of another tape.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reelpack.lto import mounts
from reelpack.lto.sidecars import needs_no_digest
from reelpack.wording import plural

if TYPE_CHECKING:
    from pathlib import Path

    from reelpack.lto.contents import Contents
    from reelpack.lto.notes import Notes
    from reelpack.lto.shipments import Tape

__all__ = ["check", "is_same"]

NAMED = 20
"""Files that are named for one difference; the others are counted."""


def is_same(tape: Tape, place: Path, kept: Contents | None, notes: Notes) -> bool:
    """Whether nothing tells that another tape is mounted: neither the barcode nor the volume."""
    barcode = mounts.barcode(place)
    uuid = mounts.volume(place).get("volumeUUID", "").lower()
    if barcode not in {"", tape.barcode[:6].upper()}:
        message = f"{barcode} is mounted in {place}, as LTFS tells"
    elif uuid and kept and kept.uuid not in {"", uuid}:
        message = f"volume {uuid} is mounted in {place}, and {kept.uuid} was read"
    else:
        return True
    notes.find("lto.other-volume", tape.barcode, message)
    return False


def check(tape: Tape, place: Path, kept: Contents | None, notes: Notes) -> dict[str, int]:
    """Compare names and sizes with what was kept, where anything was; no file is read.

    Returns:
        The sizes of the files that are there in bytes, by path, in the order of the tape.

    Raises:
        OSError: A folder cannot be read.
    """
    there = {file.path: file.size for file in mounts.walk(place).files}
    if kept is None:
        return there
    known = {file.path: file.size for file in kept.files}
    # A list that stands for a tape names no list.
    listed = kept.origin == "list"
    new = [p for p in there if p not in known and not (listed and needs_no_digest(p))]
    cut = [p for p, s in there.items() if known.get(p) is not None and s != known[p]]
    _name(tape, [p for p in known if p not in there], "gone since it was read", notes)
    _name(tape, new, "not there when it was read", notes)
    _name(tape, cut, "of another size than when it was read", notes)
    return there


def _name(tape: Tape, paths: list[str], message: str, notes: Notes) -> None:
    """Note a finding for each of the first paths, and one for how many there are besides."""
    for path in paths[:NAMED]:
        notes.find("lto.contents-differ", f"{tape.barcode}/{path}", message)
    if len(paths) > NAMED:
        more = plural(len(paths) - NAMED, "more file")
        notes.find("lto.contents-differ", tape.barcode, f"{message}: {more}")
