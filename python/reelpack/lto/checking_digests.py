"""The files of a mounted tape, read and held against what is known of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reelpack import verification
from reelpack.algorithms import ALGORITHMS
from reelpack.errors import ManifestError
from reelpack.file_digests import digests
from reelpack.lto import checking_mounts, sidecars
from reelpack.wording import plural

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from pathlib import Path

    from reelpack.lto.contents import Contents, TapeFile
    from reelpack.lto.notes import Notes
    from reelpack.lto.shipments import Tape
    from reelpack.lto.sidecars import Listed
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

    They are held against the lists on it, and against what `manifest` kept of it before: the lists
    may have been written anew since. That a file lacks a checksum is for another rule to say.

    Args:
        tape: The tape.
        place: Where it is mounted; None where nobody says.
        kept: What was read of it before.
        elsewhere: Paths on the other tapes: the list of a roll that is split names those too.
        notes: Takes what is found.
        progress: Called with a `Progress` a few times a second, for each of both again.

    Raises:
        OSError: A file or a list cannot be read.
        ManifestError: A list on the tape cannot be understood.
    """
    if place is None:
        notes.skip(tape.barcode, "whether checksums are true: it is not mounted")
        return
    if not checking_mounts.is_same(tape, place, kept, notes):
        notes.skip(tape.barcode, "whether checksums are true: another tape is mounted")
        return
    there = checking_mounts.check(tape, place, kept, notes)
    known = {file.path: file for file in kept.files if _computable(file)} if kept else {}
    away = {*elsewhere, *(kept.missing if kept else ())}
    unlisted = _against_lists(tape, place, away, notes, progress)
    unread = there if unlisted is None else unlisted
    if left := [path for path in unlisted or () if path not in known]:
        files = plural(len(left), "file")
        notes.skip(tape.barcode, f"whether checksums are true: {files} in no list on the tape")
    told = {} if unlisted is None else sidecars.lists_on(place, there).files
    doubtful = [path for path in known if path in there and not _agrees(known[path], told)]
    computed = [known[path] for path in dict.fromkeys((*unread, *doubtful)) if path in known]
    _against_known(tape, place, computed, notes, progress)


def _computable(file: TapeFile) -> bool:
    """Whether one of the digests that are known of a file can be computed."""
    return any(name in ALGORITHMS for name, _ in file.digests)


def _agrees(file: TapeFile, told: Listed) -> bool:
    """Whether a list on the tape, which the file was held against, says what was kept of it."""
    _, digests = told.get(file.path, (None, []))
    return bool(set(file.digests) & set(digests))


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
    """Hold files against digests that were kept of them before."""
    wanted = [(file, *_first(file)) for file in files]
    for algorithm in dict.fromkeys(name for _, name, _ in wanted):
        some = [(file, value) for file, name, value in wanted if name == algorithm]
        paths = [place / file.path for file, _ in some]
        read = digests(paths, algorithms=[algorithm], readers=1, progress=progress)
        for (file, value), now in zip(some, read, strict=True):
            if now.hexdigest != value:
                notes.find("lto.checksum-false", f"{tape.barcode}/{file.path}", "changed")


def _first(file: TapeFile) -> tuple[str, str]:
    """Return the first digest of a file that can be computed."""
    return next((name, value) for name, value in file.digests if name in ALGORITHMS)
