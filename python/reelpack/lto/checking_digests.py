"""The files of a mounted tape, read and held against what is known of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reelpack import verification
from reelpack.algorithms import ALGORITHMS
from reelpack.errors import ManifestError
from reelpack.file_digests import digests
from reelpack.wording import plural

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from pathlib import Path

    from reelpack.lto.contents import Contents, TapeFile
    from reelpack.lto.notes import Notes
    from reelpack.lto.shipments import Tape
    from reelpack.progress import Progress

    Update = Callable[[Progress], object] | None

__all__ = ["check"]


def check(  # noqa: PLR0913, PLR0917  (one of them takes what is found)
    tape: Tape,
    place: Path | None,
    kept: Contents | None,
    elsewhere: Collection[str],
    notes: Notes,
    progress: Update = None,
) -> None:
    """Read the files of a tape in its order, by one reader, if it is mounted.

    They are held against the lists on it; what is in none of these against what `manifest` computed
    of it before. That a file lacks a checksum is for another rule to say.

    Args:
        tape: The tape.
        place: Where it is mounted; None where nobody says.
        kept: What was read of it before.
        elsewhere: Paths on the other tapes: the list of a roll that is split names those too.
        notes: Takes what is found.
        progress: Called with a `Progress` a few times a second, for each of both again.

    Raises:
        OSError: A file or a list cannot be read.
    """
    if place is None or not place.is_dir():
        notes.skip(tape.barcode, "whether checksums are true: it is not mounted")
        return
    computable = (file for file in kept.files if file.algorithm in ALGORITHMS) if kept else ()
    known = {file.path: file for file in computable}
    away = {*elsewhere, *(kept.missing if kept else ())}
    unlisted = _against_lists(tape, place, away, notes, progress)
    if unlisted is None:
        unlisted = [path for path in known if place.joinpath(path).is_file()]
    if left := [path for path in unlisted if path not in known]:
        files = plural(len(left), "file")
        notes.skip(tape.barcode, f"whether checksums are true: {files} in no list on the tape")
    computed = [known[path] for path in unlisted if path in known]
    _against_known(tape, place, computed, notes, progress)


def _against_lists(
    tape: Tape, place: Path, elsewhere: Collection[str], notes: Notes, progress: Update
) -> list[str] | None:
    """Hold files against the lists on the tape; return the paths of those that are in none.

    None is that no list could be used.
    """
    try:
        report = verification.verify(place, state=False, readers=1, progress=progress)
    except ManifestError as error:
        notes.skip(tape.barcode, f"whether checksums are true: {error}")
        return None
    for finding in report.findings:
        # What was missing when the tape was read is another rule's.
        away = finding.status == "missing" and finding.path in elsewhere
        if finding.status != "extra" and not away:
            notes.find("lto.checksum-false", f"{tape.barcode}/{finding.path}", finding.status)
    return [finding.path for finding in report.findings if finding.status == "extra"]


def _against_known(
    tape: Tape, place: Path, files: list[TapeFile], notes: Notes, progress: Update
) -> None:
    """Hold files against digests that were computed of them before."""
    for algorithm in dict.fromkeys(file.algorithm for file in files):
        some = [file for file in files if file.algorithm == algorithm]
        paths = [place / file.path for file in some]
        read = digests(paths, algorithms=[algorithm], readers=1, progress=progress)
        for file, now in zip(some, read, strict=True):
            if now.hexdigest != file.digest:
                notes.find("lto.checksum-false", f"{tape.barcode}/{file.path}", "changed")
