"""What the page wants, as far as the plan alone tells."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reelpack.cuts.plans import ALL_EPISODES, CUT_TYPES, PROXY
from reelpack.cuts.rulebook import FILES_LIMIT, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reelpack.cuts.plans import CutPlan
    from reelpack.rules import RuleFinding

__all__ = ["findings"]

_LEGAL = re.compile(r"[a-zA-Z0-9._-]+")


def findings(plan: CutPlan) -> Iterator[RuleFinding]:
    """Ask the rules that need no disk, in the order of the page."""
    yield from _cut_type(plan)
    yield from _episode(plan)
    yield from _videos(plan)
    yield from _file_types(plan)
    yield from _names(plan)
    yield from _release(plan)


def _cut_type(plan: CutPlan) -> Iterator[RuleFinding]:
    """Look at the Cut Type."""
    if plan.type not in CUT_TYPES:
        yield rule("cut-type").finding("", f"no Cut Type: {plan.type}")
    elif plan.type != CUT_TYPES[0]:
        yield rule("other-cut").finding("", f"the steps for a {plan.type} are assumed")


def _episode(plan: CutPlan) -> Iterator[RuleFinding]:
    """Look at the Episode, where the plan says what the title is."""
    every = plan.episode == ALL_EPISODES
    if plan.kind == "feature" and not every:
        yield rule("episode").finding("", f"a feature with the Episode {plan.episode}")
    elif plan.kind == "episodic" and every:
        yield rule("episode-all").finding("", f"a series with the Episode {plan.episode}")
    elif plan.kind is None and not every and plan.episode.casefold() == ALL_EPISODES.casefold():
        yield rule("episode").finding("", f"the page writes {ALL_EPISODES}, not {plan.episode}")


def _videos(plan: CutPlan) -> Iterator[RuleFinding]:
    """Look whether there is a video, and one only."""
    if not plan.videos:
        yield rule("video").finding("", f"no file has the File Type {PROXY}")
    for file in plan.videos[1:]:
        yield rule("videos").finding(file.path, f"one more file with the File Type {PROXY}")


def _file_types(plan: CutPlan) -> Iterator[RuleFinding]:
    """Look at the other File Types."""
    for file in plan.files:
        if not file.type:
            yield rule("no-file-type").finding(file.path, "no File Type")
        elif file.type != PROXY:
            yield rule("file-type").finding(file.path, f"the File Type {file.type} is assumed")


def _names(plan: CutPlan) -> Iterator[RuleFinding]:
    """Look at names and at their number; whether two have one name, the disk has to tell."""
    if len(plan.files) > FILES_LIMIT:
        yield rule("count").finding("", f"{len(plan.files):,} files")
    for file in plan.files:
        if not _LEGAL.fullmatch(file.name):
            yield rule("characters").finding(file.path, "a character that is not allowed")


def _release(plan: CutPlan) -> Iterator[RuleFinding]:
    """Look at what is to happen after the upload."""
    release = plan.release
    if release.how == "unknown":
        yield rule("release-unknown").finding("", "how the project releases is not known")
    elif release.how == "manual" and not release.teams:
        yield rule("release-teams").finding("", "a release by hand without teams")
    elif release.how == "automatic" and (release.teams or release.note):
        yield rule("release-idle").finding("", "teams or a note for a release without hands")
