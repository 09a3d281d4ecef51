"""Frame sequences: which frames of a name there are, and which are missing.

A sequence is what differs in one number only: one folder, one text before the number and one after
it, one padding. A run of 4 digits and one of 5 are two sequences. No file is opened.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias, overload

from reelpack import _native
from reelpack.comparisons import FrameComparison
from reelpack.expectations import native_expected
from reelpack.manifests import LeftOut, left_out_objects
from reelpack.names import json_path, json_text
from reelpack.rules import RuleFinding, of_severity, rule_finding

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reelpack.rules import FindingRow

__all__ = [
    "NOTATIONS",
    "FrameSequence",
    "Notation",
    "SequenceRow",
    "Sequences",
    "frame_sequence",
    "group_sequences",
    "sequences",
]

Notation = Literal["%", "#", "@", "$F"]
"""How the number is written in a pattern: ``%07d``, ``#######``, ``@@@@@@@`` or ``$F7``."""

NOTATIONS: dict[Notation, Literal["percent", "hash", "at", "houdini"]] = {
    "%": "percent",
    "#": "hash",
    "@": "at",
    "$F": "houdini",
}
"""The notations, and what the extension calls them."""

SequenceRow: TypeAlias = tuple[
    str,
    str,
    str,
    int,
    int,
    int,
    int,
    int | None,
    str,
    list[tuple[int, int]],
    int,
    str | None,
    str | None,
]
"""What the extension says: the attributes of a `FrameSequence`, in order."""


@dataclass(frozen=True, slots=True)
class FrameSequence:
    """Frames of one name.

    Attributes:
        folder: The folder that they lie in, relative to what was looked at; empty at its root.
        head: The name before the number.
        tail: The name after the number, such as ``".dpx"``.
        padding: Digits of the number, a sign included; 1 where it is not padded.
        first: Number of the first frame that is there.
        last: Number of the last.
        count: Frames that are there.
        size: Size of these together in bytes; None where only names were given.
        ranges: Their numbers as text, such as ``1-10,15,20-30x2``.
        missing: First and last number of each run of frames that are not there, in order. With
            ``first`` and ``frames`` told also before and after those that are; none with
            ``islands``.
        missing_count: How many frames these are.
        first_timecode: Time code of the first frame, such as ``01:00:00:00``; None where the rate
            is not known.
        last_timecode: That of the last.
    """

    folder: str
    head: str
    tail: str
    padding: int
    first: int
    last: int
    count: int
    size: int | None
    ranges: str = field(repr=False)
    missing: tuple[tuple[int, int], ...] = field(repr=False)
    missing_count: int
    first_timecode: str | None = field(default=None, repr=False)
    last_timecode: str | None = field(default=None, repr=False)

    @property
    def path(self) -> str:
        """Folder and pattern, the number as ``%07d``."""
        return self.pattern_path()

    def pattern(self, notation: Notation = "%") -> str:
        """Return the name with a placeholder for the number, without the folder.

        Args:
            notation: ``"%"`` for ``%07d`` (printf), ``"#"`` and ``"@"`` for one of these for each
                digit, ``"$F"`` for ``$F7`` (Houdini).

        Raises:
            ValueError: ``notation`` is none of these.

        Example:
            >>> (sequence,) = group_sequences(["nam.0000001.dpx", "nam.0000002.dpx"])
            >>> sequence.pattern(), sequence.pattern("$F")
            ('nam.%07d.dpx', 'nam.$F7.dpx')
        """
        if notation not in NOTATIONS:
            raise ValueError(f"notation: {notation!r} is none of {', '.join(NOTATIONS)}")
        return _native.pattern(self.head, self.tail, self.padding, notation=NOTATIONS[notation])

    def pattern_path(self, notation: Notation = "%") -> str:
        """Return `folder` and `pattern`, with ``/`` between them."""
        name = self.pattern(notation)
        return f"{self.folder}/{name}" if self.folder else name

    def compare(self, other: FrameSequence) -> FrameComparison:
        """Compare frame number by frame number, whatever the names.

        Args:
            other: The sequence to hold this one against, such as the texted one of a textless.

        Example:
            >>> texted = group_sequences(["a.1.dpx", "a.2.dpx", "a.3.dpx"])[0]
            >>> textless = group_sequences(["b.2.dpx", "b.3.dpx", "b.4.dpx"])[0]
            >>> textless.compare(texted).only_here
            '4'
        """
        return FrameComparison(self, other, *_native.compare_frames(self.ranges, other.ranges))

    def to_dict(self, *, notation: Notation = "%") -> dict[str, object]:
        """Return the JSON object; ``path`` is folder and pattern."""
        return json_path(self.pattern_path(notation)) | {
            "padding": self.padding,
            "first": self.first,
            "last": self.last,
            "count": self.count,
            "size": self.size,
            "ranges": self.ranges,
            "missing": [list(run) for run in self.missing],
            "missing_count": self.missing_count,
            "first_timecode": self.first_timecode,
            "last_timecode": self.last_timecode,
        }


@dataclass(frozen=True, slots=True, repr=False)
class Sequences(Sequence[FrameSequence]):
    """The frame sequences of a tree: a sequence of `FrameSequence`, sorted by folder and name.

    Attributes:
        sequences: The same as a tuple.
        singles: Files that are no part of a sequence, sorted.
        findings: Missing frames, mixed padding, frame numbers that are there twice.
        left_out: What was passed over, with the reason of each.
    """

    sequences: tuple[FrameSequence, ...]
    singles: tuple[str, ...]
    findings: tuple[RuleFinding, ...]
    left_out: tuple[LeftOut, ...] = ()

    def __repr__(self) -> str:
        """Give the counts; 100,000 names would help nobody."""
        return (
            f"Sequences(sequences={len(self)}, frames={self.frames}, singles={len(self.singles)}, "
            f"findings={len(self.findings)}, left_out={len(self.left_out)})"
        )

    def __len__(self) -> int:
        """Count the sequences."""
        return len(self.sequences)

    @overload
    def __getitem__(self, index: int) -> FrameSequence: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[FrameSequence, ...]: ...
    def __getitem__(self, index: int | slice) -> FrameSequence | tuple[FrameSequence, ...]:
        """Return the sequence at `index`, or the sequences of a slice."""
        return self.sequences[index]

    @property
    def ok(self) -> bool:
        """Whether there is no finding of severity ``error``."""
        return not of_severity(self.findings, "error")

    @property
    def frames(self) -> int:
        """Frames in all sequences together."""
        return sum(sequence.count for sequence in self)

    @property
    def size(self) -> int:
        """Size of these frames in bytes; 0 where only names were given."""
        return sum(sequence.size or 0 for sequence in self)

    def compare(self, other: Sequences) -> tuple[FrameComparison, ...]:
        """Compare two trees sequence by sequence, frame number by frame number.

        Sequences of one folder, name and padding belong together. Where each side has exactly one
        sequence these two do, whatever their names: ``v001`` and ``v002``.

        Args:
            other: The tree to hold this one against.

        Returns:
            A comparison for each pair, and for each sequence that only one side has, sorted by
            folder and name.
        """
        if len(self) == len(other) == 1:
            return (self[0].compare(other[0]),)
        here = {_key(sequence): sequence for sequence in self}
        there = {_key(sequence): sequence for sequence in other}
        return tuple(_compared(here.get(key), there.get(key)) for key in sorted({*here, *there}))

    def to_dict(self, *, notation: Notation = "%") -> dict[str, object]:
        """Return the JSON object that ``reelpack sequences --json`` prints."""
        return {
            "ok": self.ok,
            "sequences": [sequence.to_dict(notation=notation) for sequence in self],
            "singles": [json_text(name) for name in self.singles],
            "findings": [finding.to_dict() for finding in self.findings],
            "left_out": left_out_objects(self.left_out),
        }


def sequences(
    path: str | os.PathLike[str],
    *,
    first: int | str | None = None,
    frames: int | None = None,
    fps: str | float | None = None,
    islands: bool = False,
) -> Sequences:
    """Find the frame sequences under `path`, and what is missing in them.

    Takes and leaves out what `checksum` does. No file is opened: names and sizes tell all of it.
    Other Python threads run meanwhile, and Ctrl-C stops the work.

    Args:
        path: A folder.
        first: The frame that every sequence ought to begin with: its number, or its time code at
            the rate ``fps`` (frame 0 is ``00:00:00:00``). None, of ``frames`` too: from the first
            to the last that is there.
        frames: How many frames each ought to have, 1 or more; belongs to ``first``.
        fps: Frames a second: ``24``, ``"23.976"``, ``"30000/1001"``, ``"29.97df"`` (drop frame).
            With it the sequences tell their time codes.
        islands: Take gaps as meant, as in textless elements.

    Returns:
        The sequences. Findings do not raise: look at ``ok``.

    Raises:
        OSError: A folder could not be read; its ``filename`` says which.
        ValueError: ``first``, ``frames`` or ``fps`` cannot be understood, ``first`` or ``frames``
            is given alone, or ``first`` is a time code and ``fps`` is not given.

    Example:
        >>> import pathlib, tempfile
        >>> folder = pathlib.Path(tempfile.mkdtemp())
        >>> for number in (1, 2, 4):
        ...     (folder / f"a.{number:04}.dpx").touch()
        >>> sequences(folder)[0].missing
        ((3, 3),)
    """
    expected = native_expected(first=first, frames=frames, fps=fps, islands=islands)
    return _sequences(*_native.sequences(os.fspath(path), progress=None, **expected))


def group_sequences(
    names: Iterable[str],
    *,
    first: int | str | None = None,
    frames: int | None = None,
    fps: str | float | None = None,
    islands: bool = False,
) -> Sequences:
    """Find the frame sequences among names, without looking at any disk.

    A million names take about two seconds.

    Args:
        names: File names or paths with ``/``, in any order.
        first: As `sequences` takes it.
        frames: As `sequences` takes it.
        fps: As `sequences` takes it.
        islands: As `sequences` takes it.

    Returns:
        The sequences; their ``size`` is None.

    Raises:
        ValueError: A name is not UTF-8, or as `sequences` raises it.

    Example:
        >>> group_sequences(["a.0001.dpx", "a.0002.dpx", "a.0004.dpx", "notes.txt"])[0].ranges
        '1-2,4'
    """
    expected = native_expected(first=first, frames=frames, fps=fps, islands=islands)
    return _sequences(*_native.group_sequences(list(names), **expected))


def frame_sequence(row: SequenceRow) -> FrameSequence:
    """Make a sequence of what the extension says of it."""
    return FrameSequence(*row[:9], tuple(row[9]), *row[10:])


def _sequences(
    rows: Iterable[SequenceRow],
    singles: Iterable[str],
    findings: Iterable[FindingRow],
    left_out: Iterable[tuple[str, str]],
) -> Sequences:
    """Make the result of what the extension says."""
    return Sequences(
        sequences=tuple(map(frame_sequence, rows)),
        singles=tuple(singles),
        findings=tuple(map(rule_finding, findings)),
        left_out=tuple(LeftOut(*facts) for facts in left_out),
    )


def _compared(here: FrameSequence | None, there: FrameSequence | None) -> FrameComparison:
    """Compare two sequences, one of which may be none."""
    if here is not None and there is not None:
        return here.compare(there)
    return FrameComparison(
        here, there, here.ranges if here else "", there.ranges if there else "", ""
    )


def _key(sequence: FrameSequence) -> tuple[str, str, str, int]:
    """Return what two sequences of one name have in common."""
    return sequence.folder, sequence.head, sequence.tail, sequence.padding
