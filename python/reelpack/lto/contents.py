"""What is on a tape: read from where it is mounted, from its index, or from lists of it.

What was read is kept in the shipment, as ``contents/<barcode>.jsonl``, for a drive holds one tape
at a time and the manifest wants all of them.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from reelpack.errors import LtoError
from reelpack.facts import Facts
from reelpack.file_digests import digests
from reelpack.lto import ltfs, mounts, sidecars
from reelpack.lto.barcodes import fault
from reelpack.lto.fields import regular, shortened
from reelpack.lto.rolls import Belonging, Sorter
from reelpack.lto.writing import write_text

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Mapping

    from reelpack.facts import Kind
    from reelpack.lto.shipments import Shipment
    from reelpack.progress import Progress

__all__ = ["Contents", "TapeFile", "age", "keep", "kept", "read", "refuse_doubles", "with_places"]

FOLDER = "contents"
"""Folder of a shipment for what was read of its tapes."""

_NAMES = ("left_out", "missing", "differ")
"""What of the contents is a list of paths."""


@dataclass(frozen=True, slots=True)
class TapeFile(Facts):
    """A file on a tape.

    Attributes:
        path: From the root of the tape, with ``/`` between its parts.
        size: In bytes; None where a list does not say.
        block: Where it begins on the tape; None where nobody says.
        digests: ``(algorithm, hex)`` of each that is known.
        listed_size: What a list on the tape says that the size is, in bytes; None where none does.
    """

    path: str
    size: int | None
    block: int | None = None
    digests: tuple[tuple[str, str], ...] = ()
    listed_size: int | None = None

    @property
    def digest(self) -> str:
        """The first digest; empty where there is none."""
        return self.digests[0][1] if self.digests else ""

    @property
    def algorithm(self) -> str:
        """What that is, such as ``md5``; empty where there is none."""
        return self.digests[0][0] if self.digests else ""


# No slots here: what is sorted is kept, and `cached_property` needs a `__dict__`.
@dataclass(frozen=True)
class Contents(Facts):
    """What is on a tape.

    Attributes:
        origin: Where it was read: ``mounted``, ``index`` or ``list``.
        files: In the order in which they lie on the tape as far as that is known, else by path.
        left_out: Paths of what is no regular file, or was not entered.
        version: Of the index of LTFS, as the mounted tape or the index says; empty if unknown.
        uuid: Of the volume; empty if unknown.
        compression: As the label of the mounted tape says; None if unknown.
        in_order: Whether the places on the tape are known.
        missing: Paths that a list on the tape names, and that are not on it.
        differ: Paths of files that lists give two checksums of one kind.
    """

    KINDS: ClassVar[Mapping[str, Kind]] = {}

    origin: str
    files: tuple[TapeFile, ...]
    left_out: tuple[str, ...] = ()
    version: str = ""
    uuid: str = ""
    compression: bool | None = None
    in_order: bool = False
    missing: tuple[str, ...] = ()
    differ: tuple[str, ...] = ()

    @cached_property
    def sorted(self) -> tuple[tuple[TapeFile, Belonging], ...]:
        """Each file with the roll and the day that it belongs to."""
        sorter = Sorter(file.path for file in self.files)
        return tuple((file, sorter.sort(file.path)) for file in self.files)

    @cached_property
    def listed(self) -> frozenset[str]:
        """Folders that hold an MHL."""
        return Sorter(file.path for file in self.files).listed

    @property
    def size(self) -> int:
        """Bytes of all files, as far as they are known."""
        return sum(file.size or 0 for file in self.files)

    @property
    def bytes(self) -> int | None:
        """Bytes of all files; None where a list does not say it of one."""
        return None if any(file.size is None for file in self.files) else self.size

    def rolls(self, kind: str) -> tuple[str, ...]:
        """Return the names of the ``camera`` or ``sound`` rolls, in the order of the tape."""
        found = (to.roll for _, to in self.sorted if to.roll and to.kind == kind)
        return tuple(dict.fromkeys(found))

    @property
    def days(self) -> tuple[str, ...]:
        """Names of the folders of days, in order."""
        return tuple(sorted({to.day for _, to in self.sorted if to.day}))


def read(
    path: str | os.PathLike[str],
    *,
    digest: str | None = None,
    progress: Callable[[Progress], object] | None = None,
) -> Contents:
    """Read what is on a tape.

    Args:
        path: A folder: the tape is mounted there. It is read by one reader, in the order of
            ``ltfs.startblock`` where LTFS tells it. A file: an index of LTFS, a list of any format
            of `checksum`, or the CSV of an audit.
        digest: Which digest is computed of the files on a mounted tape that have none in its lists;
            None reads no file but lists.
        progress: Called with a `Progress` a few times a second while files are read for that.

    Returns:
        The contents.

    Raises:
        OSError: It cannot be read.
        LtoError: An index or a list cannot be understood or names what lies elsewhere, there is no
            file, or ``path`` is neither file nor folder.
        ManifestError: A list of `checksum` cannot be.
        SourceChangedError: A file changed while its digest was computed.
        ValueError: The digest is not known.
    """
    source = Path(path)
    if source.is_dir():
        found = _mounted(source, digest, progress)
    elif ltfs.is_ltfs(regular(source)):
        found = _indexed(ltfs.read(source), source)
    else:
        found = _listing(source)
    if not found.files:
        # A folder where nothing is mounted would take the place of what was read before.
        raise LtoError(f"{source}: there is no file; hint: is the tape mounted?", str(source))
    return found


def with_places(contents: Contents, volume: ltfs.Volume) -> Contents:
    """Add what an index says of files whose names and sizes were read elsewhere.

    Args:
        contents: What was read from a list or a mounted tape.
        volume: The index of the same tape; that both have the same files is for `check` to say.

    Returns:
        The contents with the places and digests that they lacked, in the order of the tape.
    """
    known = {each.path: each for each in volume.files}
    files = tuple(_with_place(file, known.get(file.path)) for file in contents.files)
    return replace(
        contents,
        files=tuple(sorted(files, key=mounts.by_block)),
        version=contents.version or volume.version,
        uuid=contents.uuid or volume.uuid,
        in_order=True,
    )


def refuse_doubles(volume: ltfs.Volume, source: Path) -> None:
    """Refuse an index that names one file twice: one of both would be passed over.

    Raises:
        LtoError: It does; the message names the file.
    """
    seen: set[str] = set()
    for file in volume.files:
        if file.path in seen:
            raise LtoError(
                f"{source}: {shortened(file.path)} is there twice; "
                "hint: export the index of the tape again",
                str(source),
            )
        seen.add(file.path)


def keep(shipment: Shipment, barcode: str, contents: Contents) -> str:
    """Write what was read of a tape into the shipment, over what was known before.

    Raises:
        OSError: It cannot be written.
    """
    target = _place(shipment, barcode)
    target.parent.mkdir(exist_ok=True)
    about = {
        "barcode": barcode,
        "origin": contents.origin,
        "version": contents.version,
        "uuid": contents.uuid,
        "compression": contents.compression,
        "in_order": contents.in_order,
        "left_out": contents.left_out,
        "missing": contents.missing,
        "differ": contents.differ,
        "files": len(contents.files),
    }
    # ASCII: a name that is not UTF-8 is a lone surrogate, which only an escape can hold.
    lines = [json.dumps(about), *(json.dumps(_row(file)) for file in contents.files)]
    return write_text(target, "\n".join(lines) + "\n")


def kept(shipment: Shipment, barcode: str) -> Contents | None:
    """Return what was read of a tape before; None where nothing was.

    Raises:
        OSError: It cannot be read.
        LtoError: It is not what was written.
    """
    source = _place(shipment, barcode)
    if not source.is_file():
        return None
    try:
        with source.open(encoding="utf-8") as lines:
            about = json.loads(next(lines))
            files = tuple(_file(*json.loads(line)) for line in lines)
        if about.pop("barcode") != barcode or about.pop("files") != len(files):
            raise ValueError(barcode)  # noqa: TRY301  (told as whatever else is not as written)
        return Contents(files=files, **about | {name: tuple(about[name]) for name in _NAMES})
    except (ValueError, TypeError, KeyError, StopIteration, RecursionError) as error:
        raise LtoError(
            f"{source}: not as it was written; hint: remove it and read the tape again", str(source)
        ) from error


def age(shipment: Shipment, barcode: str) -> tuple[int, ...]:
    """Return what is another number each time a tape is kept; nothing where it never was.

    Raises:
        OSError: The system cannot tell.
    """
    if fault(barcode):
        return ()
    try:
        found = _place(shipment, barcode).stat()
    except FileNotFoundError:
        return ()
    return found.st_ino, found.st_mtime_ns, found.st_size


def _listing(source: Path) -> Contents:
    """Read a list that stands for a tape."""
    found = sidecars.read_list(source)
    for name in found:
        if not _is_below(name):
            raise LtoError(
                f"{source}: {shortened(name)} is no path on a tape; "
                "hint: paths go from the root of the tape, without `..`",
                str(source),
            )
    files = [
        TapeFile(name, size, None, tuple(dict(by).items())) for name, (size, by) in found.items()
    ]
    return Contents(
        "list",
        tuple(sorted(files, key=lambda file: file.path)),
        differ=sidecars.contradicting(found),
    )


def _is_below(path: str) -> bool:
    """Whether a path leads to a place below the root of the tape, and nowhere else."""
    return not {"", ".", ".."} & set(path.split("/")) and "\0" not in path


def _mounted(
    source: Path, digest: str | None, progress: Callable[[Progress], object] | None
) -> Contents:
    """Read a tape that is mounted."""
    found = mounts.walk(source)
    known = sidecars.lists_on(source, [file.path for file in found.files])
    files = tuple(_listed(file, known.files.get(file.path)) for file in found.files)
    if digest is not None:
        files = _digested(source, files, digest, progress)
    about = mounts.volume(source)
    return Contents(
        origin="mounted",
        files=files,
        left_out=found.left_out,
        version=about.get("indexVersion", ""),
        uuid=about.get("volumeUUID", "").lower(),
        compression={"true": True, "false": False}.get(about.get("volumeCompression", "")),
        in_order=found.in_order,
        missing=known.missing,
        differ=known.differ,
    )


def _listed(file: mounts.MountedFile, said: sidecars.Said | None) -> TapeFile:
    """Add to a file what the lists on the tape say of it."""
    size, digests = (None, []) if said is None else said
    return TapeFile(file.path, file.size, file.block, tuple(digests), size)


def _digested(
    source: Path,
    files: tuple[TapeFile, ...],
    algorithm: str,
    progress: Callable[[Progress], object] | None,
) -> tuple[TapeFile, ...]:
    """Compute the digests of the files that have none, in the order of the tape."""
    without = [source / file.path for file in files if not file.digests]
    computed = iter(digests(without, algorithms=(algorithm,), readers=1, progress=progress))
    return tuple(
        file if file.digests else replace(file, digests=next(computed).digests) for file in files
    )


def _indexed(volume: ltfs.Volume, source: Path) -> Contents:
    """Take the contents of an index."""
    if volume.kind != "index":
        raise LtoError(f"{source}: a label, which does not say what is on the tape", str(source))
    refuse_doubles(volume, source)
    files = [TapeFile(each.path, each.size, each.block, each.digests) for each in volume.files]
    return Contents(
        origin="index",
        files=tuple(sorted(files, key=mounts.by_block)),
        version=volume.version,
        uuid=volume.uuid,
        in_order=True,
    )


def _with_place(file: TapeFile, indexed: ltfs.IndexedFile | None) -> TapeFile:
    """Add what the index says of one file."""
    if indexed is None:
        return file
    return replace(
        file,
        size=indexed.size if file.size is None else file.size,
        block=indexed.block if file.block is None else file.block,
        digests=file.digests or indexed.digests,
    )


def _place(shipment: Shipment, barcode: str) -> Path:
    """Return where the contents of a tape are kept; a barcode may hold anything."""
    if not barcode.isalnum() or not barcode.isascii():
        raise LtoError(f"{shipment.record}: {barcode!r} is no barcode", str(shipment.record))
    return Path(shipment.path, FOLDER, f"{barcode}.jsonl")


def _row(file: TapeFile) -> list[object]:
    """Write a file as a line has it."""
    digests = [list(each) for each in file.digests]
    return [file.path, file.size, file.block, digests, file.listed_size]


def _file(
    path: str,
    size: int | None,
    block: int | None,
    digests: list[list[str]],
    listed_size: int | None,
) -> TapeFile:
    """Read the line of a file."""
    pairs = tuple((name, value) for name, value in digests)
    return TapeFile(path, size, block, pairs, listed_size)
