"""How long the video of a plan is, by its header, and whether the plan says so."""

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
        fragmented.

    Raises:
        OSError: It is not there, or cannot be read.
    """
    length = _length(video)
    return None if isinstance(length, str) else round(length)


def look(seen: Seen) -> tuple[list[RuleFinding], list[NotChecked]]:
    """Hold the run time of a plan against its first video, if that is there.

    What cannot be read is said to be not checked, and is no failure: a plan may be made before the
    machine that has it can read its video.
    """
    plan = seen.plan
    if not plan.videos or not seen.sizes[plan.videos[0].path]:
        return [], []
    path = plan.videos[0].path
    length = _told(seen.place(path))
    if isinstance(length, str):
        return [], [NotChecked(path, f"how long the video is: {length}")]
    if plan.run_time is None or abs(plan.run_time - length) <= SLACK:
        return [], []
    message = f"the plan says {clock(plan.run_time)}, the video {clock(round(length))}"
    return [rule("run-time").finding(path, message)], []


def _told(video: os.PathLike[str]) -> Fraction | str:
    """Return the length, or why there is none, be it that the system does not let it be read."""
    try:
        return _length(video)
    except OSError as error:
        return error.strerror or str(error)


def _length(video: str | os.PathLike[str]) -> Fraction | str:
    """Return the length, or in words why there is none."""
    (file,) = check(video).files
    if file.movie is None:
        return (file.error or "").partition("; hint: ")[0]
    # Of a movie in fragments the header may count the first one alone.
    length = None if file.movie.fragmented else file.movie.duration
    # What no plan can hold is no length of a video, but damage.
    if not length or in_seconds(clock(round(length))) is None:
        return "its header does not say"
    return length
