"""What the header of a video says: whether there is picture, and for how long."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reelpack.cuts.movie_checks import check
from reelpack.cuts.rulebook import rule
from reelpack.cuts.tables import clock, in_seconds
from reelpack.verification import NotChecked

if TYPE_CHECKING:
    import os
    from fractions import Fraction

    from reelpack.cuts.disks import Seen
    from reelpack.cuts.movie_checks import CutFile
    from reelpack.rules import RuleFinding

__all__ = ["look", "run_time"]

SLACK = 1
"""Seconds by which a plan may differ from its video: it has whole ones."""


def run_time(video: str | os.PathLike[str]) -> int | None:
    """Return how long a movie is, as its header says.

    Args:
        video: An MP4 or MOV file, whose media data is not read.

    Returns:
        Whole seconds, rounded; None if it is no movie, or its header does not say, as where it is
        fragmented, or says another length than its tracks.

    Raises:
        OSError: It is not there, or cannot be read.
    """
    length = _length(_looked_at(video))
    return None if isinstance(length, str) else round(length)


def look(seen: Seen) -> tuple[list[RuleFinding], list[NotChecked]]:
    """Look whether each video that is there is one, and how long the first is.

    What the system does not let be read is said to be not checked, and is no failure: a plan may be
    made before the machine that has it can read its video.
    """
    findings: list[RuleFinding] = []
    unknown: list[NotChecked] = []
    for video in seen.plan.videos:
        if not seen.sizes[video.path]:
            continue
        try:
            file = _looked_at(seen.place(video.path))
        except OSError as error:
            reason = f"whether this is a movie, and how long: {error.strerror or error}"
            unknown.append(NotChecked(video.path, reason))
            continue
        if why := _no_picture(file):
            findings.append(rule("movie").finding(video.path, why))
        elif video is seen.plan.videos[0]:
            _hold_length(video.path, _length(file), seen.plan.run_time, findings, unknown)
    return findings, unknown


def _looked_at(video: str | os.PathLike[str]) -> CutFile:
    """Return what the boxes of a file say."""
    (file,) = check(video).files
    return file


def _no_picture(file: CutFile) -> str:
    """Say why a file is no movie with a video track; empty if it is one."""
    if file.movie is None:
        return _why(file)
    return next((each.message for each in file.findings if each.rule == "cut.video"), "")


def _hold_length(
    path: str,
    length: Fraction | str,
    planned: int | None,
    findings: list[RuleFinding],
    unknown: list[NotChecked],
) -> None:
    """Hold the run time of a plan against the length of its video."""
    if isinstance(length, str):
        unknown.append(NotChecked(path, f"how long the video is: {length}"))
    elif planned is not None and abs(planned - length) > SLACK:
        message = f"the plan says {clock(planned)}, the video {clock(round(length))}"
        findings.append(rule("run-time").finding(path, message))


def _why(file: CutFile) -> str:
    """Say why a file is no movie, without what could be done about it."""
    return (file.error or "").partition("; hint: ")[0]


def _length(file: CutFile) -> Fraction | str:
    """Return the length, or in words why there is none."""
    if file.movie is None:
        return _why(file)
    # Of a movie in fragments the header may count the first one alone.
    length = None if file.movie.fragmented else file.movie.duration
    # What no plan can hold is no length of a video, but damage.
    if not length or in_seconds(clock(round(length))) is None:
        return "its header does not say"
    if any(each.rule == "cut.header-length" for each in file.findings):
        return "its header and its tracks do not agree"
    return length
