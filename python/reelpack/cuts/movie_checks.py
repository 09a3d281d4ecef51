"""Movies held against what Content Hub plays, and against what PIX plays as well."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from reelpack.cuts import core, movie_tables
from reelpack.cuts.movie_rules import checked_profile
from reelpack.cuts.movies import Movie, loads
from reelpack.errors import VerificationError
from reelpack.judging import Judged
from reelpack.names import json_path
from reelpack.progress import Progress
from reelpack.rules import SEVERITIES, RuleFinding
from reelpack.verification import NotChecked
from reelpack.wording import files as files_in_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from reelpack.cuts.movie_rules import CutProfile
    from reelpack.tables import Table

__all__ = ["CutFile", "CutFinding", "CutReport", "NotTold", "check"]

TOLD_EVERY = 0.2
"""Seconds between two calls of a progress callback."""


@dataclass(frozen=True, slots=True)
class CutFinding(RuleFinding):
    """One thing in a movie about which a rule has something to say: a `RuleFinding` with a box.

    Attributes:
        place: The box in the file, such as ``moov/trak[2]``, tracks counted from 1; empty for the
            file as a whole.
    """

    place: str = ""

    @property
    def where(self) -> str:
        """File and box."""
        return f"{self.path}: {self.place}" if self.place else self.path

    def to_dict(self) -> dict[str, object]:
        """Return the JSON object; it has ``path_bytes`` only where the path is not UTF-8."""
        return {
            "rule": self.rule,
            "severity": self.severity,
            **json_path(self.path),
            "place": self.place,
            "message": self.message,
            "fix": self.fix,
            "source": self.source,
            "sure": self.sure,
        }


@dataclass(frozen=True, slots=True)
class NotTold(NotChecked):
    """What a rule asks and the boxes of a movie do not tell.

    Attributes:
        rule: Id of the rule.
        place: As in `CutFinding`.
    """

    rule: str
    place: str

    def to_dict(self) -> dict[str, object]:
        """Return the JSON object."""
        about = {"rule": self.rule, "place": self.place, "reason": self.reason}
        return json_path(self.path) | about


@dataclass(frozen=True, slots=True)
class CutFile:
    """One file that was looked at.

    Attributes:
        path: As it was given.
        error: Why it is no movie, or none that can be read; None if it is one.
        movie: What its boxes say; None if it is none.
        findings: What the rules found, the worst first, then in the order of the file.
        not_checked: What they could not tell.
    """

    path: str
    error: str | None
    movie: Movie | None
    findings: tuple[CutFinding, ...]
    not_checked: tuple[NotTold, ...]

    def to_dict(self) -> dict[str, object]:
        """Return the JSON object; findings in it name their file once more."""
        return json_path(self.path) | {
            "error": self.error,
            "movie": self.movie.to_dict() if self.movie else None,
            "findings": [finding.to_dict() for finding in self.findings],
            "not_checked": [each.to_dict() for each in self.not_checked],
        }


@dataclass(frozen=True, repr=False)
class CutReport(Judged):
    """What `check` found.

    Attributes:
        profile: What the files were held against.
        files: One for each path that was given, in order.
        findings: What the rules found in all of them, the worst first, then by file.
        not_checked: What could not be told of them, by file.
        seconds: How long it took.
    """

    profile: CutProfile
    files: tuple[CutFile, ...]
    findings: tuple[CutFinding, ...]
    not_checked: tuple[NotTold, ...]
    seconds: float

    def __repr__(self) -> str:
        """Give the counts."""
        return (
            f"CutReport(ok={self.ok}, profile={self.profile!r}, files={len(self.files)}, "
            f"unread={len(self.unread)}, findings={len(self.findings)}, "
            f"not_checked={len(self.not_checked)}, seconds={self.seconds:.3f})"
        )

    @property
    def unread(self) -> tuple[CutFile, ...]:
        """The files that are no movie, or none that can be read."""
        return tuple(file for file in self.files if file.error is not None)

    @property
    def ok(self) -> bool:
        """Whether each file is a movie without a finding of severity ``error``.

        It is no promise of acceptance.
        """
        return not self.failures and not self.unread

    @property
    def problems(self) -> tuple[CutFinding, ...]:
        """The findings."""
        return self.findings

    @property
    def tracks(self) -> Table:
        """A row for each track, in the order of the files and of the tracks; made anew each time.

        Cells are null where a `Track` has None, and for what has no meaning for its kind:

        - ``path`` (string), as it was given; ``track`` (int64), its number in the file, from 1, as
          in the ``place`` of a finding; ``id`` (int64)
        - ``kind``, ``codec_tag``, ``codec``, ``language``, ``pace``, ``timecode`` (string);
          ``enabled``, ``reordered``, ``edit_list`` (bool)
        - ``duration`` (float64), seconds; ``samples``, ``key_frame_distance`` (int64), the latter
          in frames
        - ``frame_rate`` (float64), frames a second, and ``exact_frame_rate`` (string), such as
          ``24000/1001``; ``sample_rate`` (float64), Hz
        - ``width``, ``height``, ``display_width``, ``display_height`` (int64), pixels
        - ``primaries``, ``transfer``, ``matrix`` (int64), ``full_range`` (bool), as in `Colour`
        - ``channels``, ``bits`` (int64)
        """
        return movie_tables.tracks(self.files)

    @property
    def findings_table(self) -> Table:
        """A row for each finding, in the order of ``findings``; made anew each time.

        All columns are strings: ``rule``, ``severity``, ``path``, ``place``, ``message``, ``fix``
        (null where there is none), ``source`` and ``sure``.
        """
        return movie_tables.findings(self.findings)

    @property
    def verdict(self) -> str:
        """What was found, by what and where, and what was not checked: one sentence."""
        found = super().verdict
        if not self.unread:
            return found
        return f"no movie that can be read: {files_in_words(len(self.unread))}; {found}"

    def raise_for_failures(self) -> None:
        """Raise if a file is no movie, or there is a finding of severity ``error``.

        Raises:
            VerificationError: So it is; the exception carries this report.
        """
        wrong = [f"{file.path}: {file.error}" for file in self.unread]
        wrong += [f"{each.where}: {each.message}" for each in self.findings if _fails(each)]
        if wrong:
            raise VerificationError(f"{wrong[0]} ({self.verdict})", self)

    def to_dict(self) -> dict[str, object]:
        """Return the JSON object that ``reelpack cut check --json`` prints."""
        return {
            "ok": self.ok,
            "verdict": self.verdict,
            "profile": self.profile,
            "files": [file.to_dict() for file in self.files],
            "seconds": self.seconds,
        }

    def _file_count(self) -> int:
        """Count the files that were judged."""
        return len(self.files) - len(self.unread)

    def _unchecked(self) -> str:
        """Say how much could not be told."""
        return f"; not checked: {len(self.not_checked):,}" if self.not_checked else ""


def check(
    paths: Iterable[str | os.PathLike[str]] | os.PathLike[str],
    *,
    profile: CutProfile = "content-hub-proxy",
    progress: Callable[[Progress], object] | None = None,
) -> CutReport:
    """Hold movies against the rules of a profile.

    Only boxes are read, never the media data, so that the size of a file does not matter. A file
    that is no movie does not keep the others from being looked at. Other Python threads run
    meanwhile, and Ctrl-C stops the work. What boxes do not tell, such as whether groups of pictures
    are closed, is in ``not_checked``.

    Args:
        paths: MP4 or MOV files, or a single one.
        profile: ``content-hub-proxy``: a proxy or locked cut for the player of Content Hub;
            ``pix``: one that plays both there and in PIX.
        progress: Called with a `Progress` a few times a second on this thread; it counts files, and
            no bytes.

    Returns:
        The report. Findings do not raise, nor does a file that is no movie: look at ``ok``, or call
        ``raise_for_failures``.

    Raises:
        OSError: A file is not there, or cannot be read; its ``filename`` says which.
        ValueError: There is no path, or ``profile`` is neither.
    """
    began = time.perf_counter()
    checked_profile(profile)
    names = _names(paths)
    facts = _facts(names, profile, progress)
    # The names are ours: in JSON one that is not UTF-8 is not what it was.
    files = tuple(_file(name, each) for name, each in zip(names, facts, strict=True))
    findings = [finding for file in files for finding in file.findings]
    return CutReport(
        profile=profile,
        files=files,
        findings=tuple(sorted(findings, key=lambda each: SEVERITIES.index(each.severity))),
        not_checked=tuple(each for file in files for each in file.not_checked),
        seconds=time.perf_counter() - began,
    )


def _names(paths: Iterable[str | os.PathLike[str]] | os.PathLike[str]) -> list[str]:
    """Return paths as text; a single one too, which would else come letter by letter.

    Raises:
        ValueError: There is none, of which nobody could say that it is well.
    """
    every = [paths] if isinstance(paths, str | os.PathLike) else list(paths)
    if not every:
        raise ValueError("paths: no file was given")
    return [os.fspath(path) for path in every]


def _facts(
    names: list[str], profile: CutProfile, progress: Callable[[Progress], object] | None
) -> Iterator[Mapping[str, Any]]:
    """Ask the extension: for all files at once, or one by one so that it can be told how far."""
    if progress is None:
        yield from loads(core.check(names, profile=profile))["files"]
        return
    told = time.monotonic()
    for done, name in enumerate(names):
        if time.monotonic() - told >= TOLD_EVERY:
            told = time.monotonic()
            progress(Progress(0, 0, done, len(names)))
        yield from loads(core.check([name], profile=profile))["files"]


def _file(path: str, facts: Mapping[str, Any]) -> CutFile:
    """Make of what the extension says of one file what it stands for."""
    movie = facts["movie"]
    return CutFile(
        path,
        error=facts["error"],
        movie=None if movie is None else Movie.of(movie),
        findings=tuple(CutFinding(path=path, sequence=None, **each) for each in facts["findings"]),
        not_checked=tuple(NotTold(path=path, **each) for each in facts["not_checked"]),
    )


def _fails(finding: RuleFinding) -> bool:
    """Whether a finding weighs as much as it can."""
    return finding.severity == "error"
