"""The manifest of a shipment: tape by tape what is on it, and box by box what is in it.

It lies printed in the box and is uploaded (partnerhelp article 360000391288). One shipment has one:
the primary and the secondary set have one each.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from reelpack.errors import LtoError
from reelpack.lto import columns as columns_module
from reelpack.lto import contents as contents_module
from reelpack.lto import ltfs, mounts, records, shipments, tables
from reelpack.lto.barcodes import Barcode, fault
from reelpack.lto.rolls import folded
from reelpack.lto.sheets import PAPERS
from reelpack.lto.shipments import refuse_twice
from reelpack.lto.sidecars import needs_no_digest
from reelpack.lto.writing import write_bytes, write_text
from reelpack.wording import size

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import datetime

    from reelpack.lto.columns import Column, Columns
    from reelpack.lto.contents import Contents, TapeFile
    from reelpack.lto.shipments import Box, Shipment, Tape
    from reelpack.progress import Progress
    from reelpack.tables import Table

__all__ = ["FORMATS", "Manifest", "manifest"]

FORMATS = ("xlsx", "csv", "pdf")

NAMES = ("manifest.xlsx", "manifest.csv", "manifest-files.csv", "manifest.pdf")
"""The files of these."""

Row = dict[str, object]

Body = str | bytes
"""What a file holds."""


@dataclass(frozen=True, repr=False)
class Manifest:
    """A manifest, not written yet.

    Attributes:
        shipment: What is shipped.
        contents: What is on each tape, by its barcode; a tape that nobody read is not in it.
        columns: What is written of it.
        ages: When the contents were kept, by the barcodes; of those that were made by hand nothing.
    """

    shipment: Shipment
    contents: Mapping[str, Contents]
    columns: Columns
    ages: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    def __repr__(self) -> str:
        """Give the counts; a million files would help nobody."""
        return (
            f"Manifest({self.shipment.path!r}, tapes={len(self.shipment.tapes)}, "
            f"unread={len(self.unread)}, files={self.file_count}, bytes={self.bytes})"
        )

    @property
    def unread(self) -> tuple[str, ...]:
        """Barcodes of the tapes that nobody read."""
        return tuple(t.barcode for t in self.shipment.tapes if t.barcode not in self.contents)

    @property
    def file_count(self) -> int:
        """Files on all tapes that were read."""
        return sum(len(each.files) for each in self.contents.values())

    @property
    def bytes(self) -> int | None:
        """Bytes of these; None where a list does not say it of one."""
        counts = [each.bytes for each in self.contents.values()]
        return None if None in counts else sum(count or 0 for count in counts)

    @property
    def files(self) -> Table:
        """A row for each file, in the order of the tapes; made anew each time."""
        return tables.table("files", self.file_rows())

    @property
    def rolls(self) -> Table:
        """A row for each roll on each tape, the same."""
        return tables.table("rolls", self.roll_rows())

    def tape_rows(self) -> list[Row]:
        """Return the rows of the tapes."""
        return [self._tape(number, tape) for number, tape in enumerate(self.shipment.tapes, 1)]

    def roll_rows(self) -> list[Row]:
        """Return the rows of the rolls, tape by tape; what is in none is under an empty name."""
        return [row for number, tape, found in self._read() for row in _rolls(number, tape, found)]

    def box_rows(self) -> list[Row]:
        """Return the rows of the boxes."""
        return [self._box(box) for box in self.shipment.boxes]

    def file_rows(self) -> Iterator[Row]:
        """Yield the rows of the files, tape by tape."""
        for _, tape, found in self._read():
            for file, to in found.sorted:
                yield {
                    "barcode": tape.barcode,
                    "day": to.day,
                    "roll": to.roll,
                    "path": file.path,
                    "bytes": file.size,
                    "algorithm": file.algorithm,
                    "checksum": file.digest,
                    "start_block": file.block,
                }

    def cells(self, table: str) -> Iterator[list[object]]:
        """Yield the cells of ``tapes``, ``rolls``, ``boxes`` or ``files``, the headings first."""
        chosen: tuple[Column, ...] = getattr(self.columns, table)
        yield [column.title for column in chosen]
        rows: dict[str, Callable[[], Iterable[Row]]] = {
            "tapes": self.tape_rows,
            "rolls": self.roll_rows,
            "boxes": self.box_rows,
            "files": self.file_rows,
        }
        for row in rows[table]():
            yield [column.of(row) for column in chosen]

    def write(
        self,
        formats: Iterable[str] = FORMATS,
        *,
        paper: str = "a4",
        font: str | os.PathLike[str] | None = None,
        at: datetime | None = None,
    ) -> tuple[str, ...]:
        """Write the manifest into the folder of the shipment, and note that in its record.

        What another command read of a tape meanwhile is written too, and what it wrote into the
        record: whoever writes last writes all.

        Args:
            formats: ``xlsx`` (`manifest.xlsx`, all tables), ``csv`` (`manifest.csv`, the rolls, and
                `manifest-files.csv`), ``pdf`` (`manifest.pdf`, for the box: tapes, rolls and
                boxes).
            paper: ``a4`` or ``letter``, for the PDF.
            font: A TrueType font for the PDF, where its text is not of Western Europe.
            at: When, for the record; None is now.

        Returns:
            The paths written to.

        Raises:
            OSError: One could not be written; those before it are complete.
            LtoError: A text cannot be drawn in the PDF, and nothing was written; or tapes are read
                all the time.
            ValueError: A format or the paper is not known.
        """
        wanted = tuple(formats)
        if paper not in PAPERS:
            raise ValueError(f"paper: {paper!r} is none of {', '.join(PAPERS)}")
        if unknown := set(wanted) - set(FORMATS):
            raise ValueError(f"format: {min(unknown)!r} is none of {', '.join(FORMATS)}")
        now = self.renewed()
        for _ in range(records.TRIES):
            # All is drawn before any is written: a PDF may lack letters.
            drawn = [each for name in wanted for each in now._draw(name, paper, font)]  # noqa: SLF001  (of this class)
            written = tuple(_write(Path(self.shipment.path, name), body) for name, body in drawn)
            before, now = now, now.renewed()
            if now is before:
                names = [os.path.relpath(path, self.shipment.path) for path in written]
                names += now.of_now(not_these=names)
                records.note_step(self.shipment, "manifest", at=at, files=names, of=now.mark)
                return written
        raise LtoError(
            f"{self.shipment.record}: tapes are read all the time; hint: write the manifest later",
            str(self.shipment.record),
        )

    def renewed(self) -> Manifest:
        """Return the manifest of what is in the record and was kept of tapes by now.

        Raises:
            OSError: The record or the contents cannot be read.
            LtoError: They cannot be understood.
        """
        shipment = shipments.open(self.shipment.path)
        ages = {t.barcode: contents_module.age(shipment, t.barcode) for t in shipment.tapes}
        found = {barcode: self.contents[barcode] for barcode in ages if barcode in self.contents}
        for barcode, age in ages.items():
            if age and age != self.ages.get(barcode):
                # It was asked for its age before, so that what is newer is read once more.
                known = contents_module.kept(shipment, barcode)
                found |= {} if known is None else {barcode: known}
        if (shipment, ages) == (self.shipment, self.ages):
            return self
        return replace(self, shipment=shipment, contents=found, ages=ages)

    @property
    def mark(self) -> str:
        """What is another text for each manifest that says something else of tapes or boxes."""
        whole = hashlib.blake2b(digest_size=16)
        about = {"show": self.shipment.show_code, "tapes": self.tape_rows()}
        for row in (about, *self.box_rows(), *self.file_rows()):
            whole.update(json.dumps(row).encode())
        return whole.hexdigest()

    def of_now(self, not_these: Iterable[str] = ()) -> list[str]:
        """Name the files that were written of this manifest, as the record notes, and are there.

        Args:
            not_these: Those that are not looked for.

        Raises:
            OSError: The record cannot be read.
            LtoError: It is no record.
        """
        of, noted = records.noted_manifest(self.shipment)
        every = [name for name in NAMES if name in noted and name not in not_these]
        there = [name for name in every if self.shipment.resolve(name).is_file()]
        return there if there and of == self.mark else []

    def to_dict(self) -> dict[str, object]:
        """Return the JSON object of ``reelpack lto manifest --json``, without the files."""
        return {
            "path": self.shipment.path,
            "show_code": self.shipment.show_code,
            "set": self.shipment.set,
            "files": self.file_count,
            "bytes": self.bytes,
            "unread": list(self.unread),
            "tapes": self.tape_rows(),
            "rolls": self.roll_rows(),
            "boxes": self.box_rows(),
        }

    def _draw(
        self, name: str, paper: str, font: str | os.PathLike[str] | None
    ) -> Iterator[tuple[str, Body]]:
        """Draw one format, whose libraries are imported for it alone; yield name and content."""
        if name == "xlsx":
            from reelpack.lto import workbooks  # noqa: PLC0415  (the library of this format)

            yield "manifest.xlsx", workbooks.render(self)
        elif name == "csv":
            from reelpack.lto import commas  # noqa: PLC0415  (the same)

            yield "manifest.csv", commas.render(self.cells("rolls"))
            yield "manifest-files.csv", commas.render(self.cells("files"))
        else:
            from reelpack.lto import printing  # noqa: PLC0415  (the same)

            yield "manifest.pdf", printing.render(self, paper=paper, font=font)

    def _read(self) -> Iterator[tuple[int, Tape, Contents]]:
        """Yield the tapes that were read, with their numbers."""
        for number, tape in enumerate(self.shipment.tapes, 1):
            if tape.barcode in self.contents:
                yield number, tape, self.contents[tape.barcode]

    def _tape(self, number: int, tape: Tape) -> Row:
        """Describe one tape."""
        found = self.contents.get(tape.barcode)
        known = None if fault(tape.barcode) else Barcode.parse(tape.barcode).medium
        return {
            "tape": f"{number} of {len(self.shipment.tapes)}",
            "barcode": tape.barcode,
            "generation": f"LTO {known.generation}" if known else "",
            "set": self.shipment.set,
            "box": tape.box,
            "production_company": self.shipment.production_company,
            "title": self.shipment.label_title,
            "movie_id": self.shipment.movie_id,
            "shoot_days": ", ".join(tape.shoot_days),
            "transfer_date": tape.transfer_date,
            "camera_rolls": ", ".join(folded(tape.camera_rolls)),
            "sound_rolls": ", ".join(folded(tape.sound_rolls)),
            "files": len(found.files) if found else None,
            "bytes": found.bytes if found else None,
            "size": _size(found.bytes) if found else "not read",
            "checksums": _checksums(found.files) if found else "",
            "ltfs_version": found.version if found else "",
        }

    def _box(self, box: Box) -> Row:
        """Describe one box."""
        inside = [tape.barcode for tape in self.shipment.tapes if tape.box == box.number]
        length, width, height = box.size_mm or (None, None, None)
        return {
            "box": box.number,
            "tapes": len(inside),
            "barcodes": ", ".join(inside),
            "weight_kg": box.weight_kg,
            "length_mm": length,
            "width_mm": width,
            "height_mm": height,
        }


def manifest(
    shipment: Shipment,
    *,
    read: Mapping[str, str | os.PathLike[str]] | None = None,
    digest: str | None = None,
    columns: str | os.PathLike[str] | None = None,
    progress: Callable[[Progress], object] | None = None,
) -> Manifest:
    """Read tapes, one after the other, and put the manifest together.

    A tape is read where ``read`` says, else where its record does, as long as that is there; else
    what was read before counts. What is new goes into the shipment: the list of the files, and into
    the record their number and bytes; rolls and days only where the record has none.

    Args:
        shipment: The shipment.
        read: Where tapes are mounted, or lists or indexes of them, by their barcodes.
        digest: As for `contents.read`.
        columns: A TOML file that sets the columns; None is those that are built in.
        progress: As for `contents.read`, for one tape after the other.

    Returns:
        The manifest; nothing but the shipment's own record was written.

    Raises:
        OSError: What ``read`` names cannot be read, or the shipment not be written.
        LtoError: An index, a list or the columns cannot be understood, or there is no tape, or one
            barcode twice, or LTFS tells that ``read`` has another tape in the place of one.
        ManifestError: A list of `checksum` cannot be.
        ValueError: ``read`` names a tape that is not in the shipment.
    """
    refuse_twice((tape.barcode for tape in shipment.tapes), str(shipment.record))
    chosen = columns_module.built_in() if columns is None else columns_module.read(columns)
    wanted = dict(read or {})
    for barcode, told in wanted.items():
        shipment.place(barcode)
        _check_barcode(Path(told), barcode)
    if not shipment.tapes:
        raise LtoError(f"{shipment.record}: there is no tape; hint: `reelpack lto plan` makes them")
    found: dict[str, Contents] = {}
    for tape in shipment.tapes:
        source = wanted.get(tape.barcode) or _recorded(shipment, tape)
        if source is not None:
            known = contents_module.read(source, digest=digest, progress=progress)
            found[tape.barcode] = _with_index(shipment, tape, known)
            shipment = _kept(shipment, tape, found[tape.barcode])
    # Reading takes hours, in which another command may have read other tapes.
    return Manifest(shipment, found, chosen).renewed()


def _write(path: Path, body: Body) -> str:
    """Write one file."""
    return write_text(path, body) if isinstance(body, str) else write_bytes(path, body)


def _recorded(shipment: Shipment, tape: Tape) -> Path | None:
    """Return where the record says that a tape is, as long as that is there.

    An empty folder is a place where nothing is mounted, and one may have another tape by now.
    """
    if tape.content is None:
        return None
    place = shipment.resolve(tape.content)
    if place.is_dir():
        return place if mounts.holds(place, tape.barcode) else None
    return place if place.exists() else None


def _check_barcode(place: Path, barcode: str) -> None:
    """Refuse a mounted tape of which LTFS tells another barcode: its files would be under this.

    Raises:
        LtoError: It does; the message names both.
    """
    told = mounts.barcode(place)
    if told not in {"", barcode[:6].upper()}:
        raise LtoError(
            f"{place}: LTFS tells the barcode {told}, which is not that of {barcode}; "
            "hint: name the right tape",
            str(place),
        )


def _with_index(shipment: Shipment, tape: Tape, found: Contents) -> Contents:
    """Add what the index of a tape says, where it is a file of its own."""
    if tape.index is None or found.origin == "index":
        return found
    source = shipment.resolve(tape.index)
    volume = ltfs.read(source)
    contents_module.refuse_doubles(volume, source)
    return contents_module.with_places(found, volume)


def _kept(shipment: Shipment, tape: Tape, found: Contents) -> Shipment:
    """Write what was read of a tape into the shipment."""
    contents_module.keep(shipment, tape.barcode, found)
    facts: dict[str, object] = {"files": len(found.files), "bytes": found.bytes}
    facts |= {} if tape.camera_rolls else {"camera_rolls": found.rolls("camera")}
    facts |= {} if tape.sound_rolls else {"sound_rolls": found.rolls("sound")}
    facts |= {} if tape.shoot_days else {"shoot_days": found.days}
    return records.put_facts(shipment, tape.barcode, facts)


def _rolls(number: int, tape: Tape, found: Contents) -> Iterator[Row]:
    """Describe the rolls of one tape, in its order."""
    groups: dict[tuple[str, str, str, str], list[TapeFile]] = {}
    for file, to in found.sorted:
        groups.setdefault((to.day, to.roll, to.folder, to.kind), []).append(file)
    for (day, roll, folder, kind), files in groups.items():
        sizes = [file.size for file in files]
        total = None if None in sizes else sum(count or 0 for count in sizes)
        yield {
            "barcode": tape.barcode,
            "tape": number,
            "day": day,
            "roll": roll,
            "kind": kind if roll else "",
            "folder": folder,
            "files": len(files),
            "bytes": total,
            "size": _size(total),
            "checksums": _checksums(files),
            "manifest": "yes" if folder in found.listed else "",
        }


def _size(count: int | None) -> str:
    """Write a number of bytes; nothing where it is unknown."""
    return "" if count is None else size(count)


def _checksums(files: Iterable[TapeFile]) -> str:
    """Say of how many files but lists there are checksums, and which: ``md5: 12 of 14``."""
    every = [file for file in files if not needs_no_digest(file.path)]
    counts = Counter(file.algorithm for file in every if file.digest)
    return (
        ", ".join(f"{name}: {count:,} of {len(every):,}" for name, count in sorted(counts.items()))
        or "none"
    )
