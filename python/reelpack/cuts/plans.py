"""A plan: the files of one cut, and what is entered for them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Literal, get_args

from reelpack.facts import Facts

__all__ = [
    "ALL_EPISODES",
    "CUT_TYPES",
    "KINDS",
    "PROXY",
    "RELEASE_WAYS",
    "CutPlan",
    "Kind",
    "PlannedFile",
    "Release",
    "ReleaseWay",
]

Kind = Literal["feature", "episodic"]
"""What the title is; it decides what belongs in the field Episode."""

ReleaseWay = Literal["automatic", "manual", "unknown"]
"""How the project releases a cut, which the studio's post production sets and knows."""

KINDS: tuple[Kind, ...] = get_args(Kind)
RELEASE_WAYS: tuple[ReleaseWay, ...] = get_args(ReleaseWay)

CUT_TYPES = (
    "Locked Cut",
    "Netflix Cut",
    "Producers Cut",
    "Preview Cut",
    "Directors Cut",
    "Editors Cut",
    "Rough Cut",
    "Other",
)
"""The values of Cut Type. Source: Content Hub, Delivering a Cut to Netflix (360056560994)."""

PROXY = "Proxy"
"""The File Type of the video, the only value of that field that a public page names."""

ALL_EPISODES = "All"
"""The Episode of a feature."""


@dataclass(frozen=True, slots=True)
class PlannedFile(Facts):
    """A file of the cut.

    Attributes:
        path: Relative to the folder of the plan, with ``/`` between its parts.
        type: Its File Type, in the words of the page; empty where nobody has looked yet.
    """

    path: str
    type: str = ""

    @property
    def name(self) -> str:
        """The file name, which is all that the page shows."""
        return PurePosixPath(self.path).name


@dataclass(frozen=True, slots=True)
class Release(Facts):
    """How the cut reaches the teams of the studio after the upload.

    Attributes:
        how: ``automatic``, ``manual`` (somebody presses RELEASE) or ``unknown``.
        teams: Those to select where it is manual.
        note: What goes into the e-mail where it is manual.
    """

    how: ReleaseWay = "unknown"
    teams: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class CutPlan(Facts):
    """One upload: everything that belongs to one version of one cut.

    Attributes:
        episode: What the field Episode gets; ``All`` for a feature.
        files: Everything that goes, in the order in which it is shown.
        type: What the field Cut Type gets.
        title: The project in which the cut belongs; empty if the plan does not say.
        kind: ``feature`` or ``episodic``; None if the plan does not say.
        version: The number that this upload is to become, 1 or more.
        run_time: How long the video is, in whole seconds; None where it is not known.
        note: Free text for the e-mail and Content Hub.
        release: What happens after the upload.
    """

    episode: str
    files: tuple[PlannedFile, ...]
    type: str = CUT_TYPES[0]
    title: str = ""
    kind: Kind | None = None
    version: int = 1
    run_time: int | None = None
    note: str = ""
    release: Release = Release()

    @property
    def videos(self) -> tuple[PlannedFile, ...]:
        """The files whose File Type is ``Proxy``."""
        return tuple(file for file in self.files if file.type == PROXY)
