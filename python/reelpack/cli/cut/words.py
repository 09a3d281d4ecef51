"""A plan and its steps in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reelpack import cuts, wording
from reelpack.cli import problems
from reelpack.wording import printable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reelpack.cuts import CutPlan, Delivery, Entry, PlanReport, Step

__all__ = ["delivered", "plan", "report", "todo"]


def plan(wanted: CutPlan, record: tuple[Delivery, ...]) -> Iterator[str]:
    """Write what a plan says, and what was delivered by it."""
    title = f"{printable(wanted.title)}: " if wanted.title else ""
    kind = f" ({wanted.kind})" if wanted.kind else ""
    yield (
        f"{title}{printable(wanted.type)}, Episode {printable(wanted.episode)}{kind}, "
        f"version {wanted.version}, {wording.files(len(wanted.files))}"
    )
    for each in record:
        yield f"  {delivered(each)}"


def delivered(done: Delivery) -> str:
    """Write one delivery in a line."""
    count = wording.files(len(done.files))
    return f"version {done.version} was delivered {done.at}: {count}, {wording.size(done.size)}"


def todo(steps: tuple[Step, ...]) -> Iterator[str]:
    """Write the steps as a list to tick, each with what is entered."""
    yield "to be done by hand, as the page words it:"
    for number, step in enumerate(steps, 1):
        assumed = "" if step.sure != "inferred" else " (assumed)"
        yield f"[ ] {number}. {step.do}{assumed}"
        for entry in step.entries:
            yield f"       {_entry(entry)}"
    for source in dict.fromkeys(step.source for step in steps if step.sure != "own"):
        yield f"source: {source}"


def report(found: PlanReport) -> Iterator[str]:
    """Write the verdict, the findings and what was not checked."""
    yield found.verdict
    if found.bytes_read:
        speed = wording.rate(found.bytes_read, found.seconds)
        yield f"{wording.size(found.bytes_read)} read in {wording.duration(found.seconds)}, {speed}"
    titles = {rule.id: rule.title for rule in cuts.plan_rules()}
    yield from problems.lines(found.findings, titles=titles)
    yield from problems.unchecked(found.not_checked)


def _entry(entry: Entry) -> str:
    """Write one field."""
    value = printable(entry.value) if entry.value else "(not in the plan)"
    about = f" of {printable(entry.about)}" if entry.about else ""
    return f"{entry.field}{about}: {value}"
