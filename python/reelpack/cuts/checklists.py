"""What is left to do in the browser, with what the plan has for the fields of the page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reelpack.cuts.plans import CUT_TYPES
from reelpack.cuts.rulebook import LOCKED_CUT
from reelpack.cuts.tables import clock
from reelpack.facts import Facts
from reelpack.wording import files, plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reelpack.cuts.plans import CutPlan

__all__ = ["VALIDATION", "Entry", "Step", "steps"]

VALIDATION = 3
"""Run times that the validation takes on average. Source: Locked Cut Upload Instructions."""


@dataclass(frozen=True, slots=True)
class Entry(Facts):
    """A field of the page, and what goes into it.

    Attributes:
        field: In the words of the page.
        value: In the words of the plan; empty where the plan has none.
        about: The file that the field is of; empty if it is of the upload.
    """

    field: str
    value: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Step(Facts):
    """Something that a person does.

    Attributes:
        do: What, in one sentence; names of buttons and fields are those of the page.
        entries: What is entered or selected meanwhile, in order.
        source: Where it was read, or our own reason.
        sure: As in `RuleFinding`.
    """

    do: str
    entries: tuple[Entry, ...] = ()
    source: str = LOCKED_CUT
    sure: str = "verified"


def steps(plan: CutPlan) -> tuple[Step, ...]:
    """Return what a person has to do with a plan, in order.

    The page was last read in a copy of September 2020; newer pages name a Media Library with Cuts
    where this one names a bucket. For cuts other than a Locked Cut the same steps are assumed.

    Args:
        plan: The plan, which need not be without findings.

    Returns:
        The steps, from the browser to the note that it was done.

    Example:
        >>> from reelpack.cuts import CutPlan, PlannedFile
        >>> steps(CutPlan("All", (PlannedFile("cut.mov", "Proxy"),)))[3].entries[0].value
        'Locked Cut'
    """
    sure = "verified" if plan.type == CUT_TYPES[0] else "inferred"
    upload = (*_before(plan), *_upload(plan), _validation(plan), *_release(plan))
    done = Step(
        "note the delivery with `reelpack cut plan delivered`",
        source="a later check knows by it what went",
        sure="own",
    )
    return *(Step(each.do, each.entries, each.source, sure) for each in upload), done


def _before(plan: CutPlan) -> Iterator[Step]:
    """Lead to the page."""
    yield Step(
        "open Content Hub in Chrome, with the latest Aspera Connect; "
        "not on Linux, nor on a Chromebook"
    )
    project = (Entry("project", plan.title),) if plan.title else ()
    yield Step(
        "open the project, its tab ASSETS, the bucket CUTS, and click the blue upload button",
        project,
    )


def _upload(plan: CutPlan) -> Iterator[Step]:
    """Lead through the upload."""
    count = files(len(plan.files))
    yield Step(
        f"drag {count} into the dialogue at once: what is uploaded later makes a new version",
        tuple(Entry("file", each.path) for each in plan.files),
    )
    yield Step("enter the metadata", tuple(_metadata(plan)))
    yield Step(
        "click NEXT, review the file summary, and click UPLOAD if all files are tagged; "
        "Aspera Connect shows how far it is"
    )


def _metadata(plan: CutPlan) -> Iterator[Entry]:
    """Fill the fields."""
    yield Entry("Cut Type", plan.type)
    yield Entry("Episode", plan.episode)
    for each in plan.files:
        yield Entry("File Type", each.type, each.path)
    if plan.note:
        yield Entry("NOTE", plan.note)


def _validation(plan: CutPlan) -> Step:
    """Say how long to wait."""
    wait = "the run time is not in the plan"
    if plan.run_time is not None:
        wait = f"about {clock(plan.run_time * VALIDATION)} for {clock(plan.run_time)}"
    again = "; leave the earlier version where it is" if plan.version > 1 else ""
    return Step(f"wait for the validation, about {VALIDATION} times the run time ({wait}){again}")


def _release(plan: CutPlan) -> Iterator[Step]:
    """Lead through the release, as far as there is one by hand."""
    if plan.release.how == "automatic":
        yield Step("nothing to release by hand: the project does it")
        return
    first = (
        ""
        if plan.release.how == "manual"
        else ("if the contact in post production says that this project is released by hand: ")
    )
    yield Step(
        f"{first}tick the box at the top left of the tile, click RELEASE in the blue banner below, "
        f"select {plural(len(plan.release.teams), 'team') if plan.release.teams else 'the teams'}, "
        "and click RELEASE",
        tuple(_released(plan)),
    )


def _released(plan: CutPlan) -> Iterator[Entry]:
    """Fill the dialogue of a release."""
    for team in plan.release.teams:
        yield Entry("team", team)
    if plan.release.note:
        yield Entry("note", plan.release.note)
