"""A delivery held against the rules of a profile by its names, sizes and folders alone."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reelpack import _native
from reelpack.expectations import native_expected
from reelpack.grouping import frame_sequence
from reelpack.judging import Judged, not_checked_objects
from reelpack.names import json_path
from reelpack.rules import native_profile, rule_finding
from reelpack.verification import NotChecked

if TYPE_CHECKING:
    from reelpack.grouping import FrameSequence
    from reelpack.rules import RuleFinding

__all__ = ["Preflight", "preflight"]


@dataclass(frozen=True, repr=False)
class Preflight(Judged):
    """What a profile has to say of a delivery of which no file was read.

    Attributes:
        path: The delivery.
        profile: Name of the profile.
        findings: What its rules found, the worst first; empty if nothing.
        not_checked: What was not looked into, with the reason of each; the ``path`` is empty where
            the delivery as a whole is meant.
        sequences: The frame sequences, sorted by folder and name.
        files: How many files there are.
        size: Size of these together in bytes.
        seconds: How long it took.
    """

    path: str
    profile: str
    findings: tuple[RuleFinding, ...]
    not_checked: tuple[NotChecked, ...]
    sequences: tuple[FrameSequence, ...]
    files: int
    size: int
    seconds: float

    def __repr__(self) -> str:
        """Give the counts; 100,000 findings would help nobody."""
        return (
            f"Preflight(ok={self.ok}, profile={self.profile!r}, files={self.files}, "
            f"sequences={len(self.sequences)}, findings={len(self.findings)}, "
            f"not_checked={len(self.not_checked)}, seconds={self.seconds:.3f})"
        )

    @property
    def problems(self) -> tuple[RuleFinding, ...]:
        """The findings, under the name that they have in an `Audit` too."""
        return self.findings

    def _file_count(self) -> int:
        """Count the files."""
        return self.files

    def to_dict(self) -> dict[str, object]:
        """Return the JSON object that ``reelpack preflight --json`` prints."""
        return {
            "ok": self.ok,
            "verdict": self.verdict,
            **json_path(self.path),
            "profile": self.profile,
            "files": self.files,
            "size": self.size,
            "sequences": [sequence.to_dict() for sequence in self.sequences],
            "findings": [finding.to_dict() for finding in self.findings],
            "not_checked": not_checked_objects(self.not_checked),
            "seconds": self.seconds,
        }


def preflight(  # noqa: PLR0913  (an option each, all by keyword)
    path: str | os.PathLike[str],
    *,
    profile: str | os.PathLike[str] = "general",
    first: int | str | None = None,
    frames: int | None = None,
    fps: str | float | None = None,
    islands: bool = False,
) -> Preflight:
    """Hold a delivery against the rules of a profile, without reading the bytes of any file.

    Names, sizes, folders and the lists that are there tell all of it: what takes the bytes, `audit`
    says with the same rules and words. Collects all findings. Other Python threads run meanwhile,
    and Ctrl-C stops the work.

    Args:
        path: The folder of the delivery.
        profile: The name of one that comes with this package (`profiles` has them), or a file of
            your own: what ends in ``.toml`` or has a ``/``.
        first: The frame that every sequence ought to begin with: its number, or its time code at
            the rate ``fps`` (frame 0 is ``00:00:00:00``). None, of ``frames`` too: from the first
            to the last that is there.
        frames: How many frames each ought to have, 1 or more; belongs to ``first``.
        fps: Frames a second: ``24``, ``"23.976"``, ``"30000/1001"``, ``"29.97df"`` (drop frame).
        islands: Take gaps as meant, as in textless elements.

    Returns:
        What was found. Findings do not raise: look at ``ok``, or call ``raise_for_failures``.

    Raises:
        OSError: A folder could not be read; its ``filename`` says which.
        ProfileError: There is no profile of that name, or the file is none.
        ValueError: ``first``, ``frames`` or ``fps`` cannot be understood, ``first`` or ``frames``
            is given alone, or ``first`` is a time code and ``fps`` is not given.

    Example:
        >>> import pathlib, tempfile
        >>> folder = pathlib.Path(tempfile.mkdtemp())
        >>> _ = (folder / "bad name.0001.dpx").write_bytes(b"123456789")
        >>> preflight(folder, profile="content-hub").ok
        False
    """
    began = time.perf_counter()
    expected = native_expected(first=first, frames=frames, fps=fps, islands=islands)
    findings, not_checked, rows, files, size, name = _native.preflight(
        os.fspath(path), profile=native_profile(profile), progress=None, **expected
    )
    return Preflight(
        path=os.fspath(path),
        profile=name,
        findings=tuple(map(rule_finding, findings)),
        not_checked=tuple(NotChecked(*facts) for facts in not_checked),
        sequences=tuple(map(frame_sequence, rows)),
        files=files,
        size=size,
        seconds=time.perf_counter() - began,
    )
