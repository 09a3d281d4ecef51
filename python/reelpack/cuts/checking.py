"""A plan held against what is known of the page, the disk, and what was delivered before."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reelpack.cuts import comparing, disks, renaming, run_times, wanting
from reelpack.cuts.places import plan_path
from reelpack.cuts.plans import PROXY
from reelpack.cuts.reading import read_plan
from reelpack.cuts.records import deliveries
from reelpack.judging import Judged, not_checked_objects
from reelpack.names import json_path
from reelpack.rules import SEVERITIES
from reelpack.verification import NotChecked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from reelpack.cuts.plans import CutPlan
    from reelpack.cuts.records import Delivery
    from reelpack.progress import Progress
    from reelpack.rules import RuleFinding

__all__ = ["PlanReport", "check_plan"]


@dataclass(frozen=True, repr=False)
class PlanReport(Judged):
    """What `check_plan` found.

    Attributes:
        path: The plan.
        plan: What it says.
        findings: What the rules found, the worst first; empty if nothing.
        not_checked: What was not looked into, with the reason of each.
        deliveries: What was delivered by the plan so far, by version.
        size: Size of the files that are there, in bytes.
        bytes_read: Bytes of them that were read.
        seconds: How long it took.
        profile: What the plan was held against.
    """

    path: str
    plan: CutPlan
    findings: tuple[RuleFinding, ...]
    not_checked: tuple[NotChecked, ...]
    deliveries: tuple[Delivery, ...]
    size: int
    bytes_read: int
    seconds: float
    profile: str = "cut plan"

    def __repr__(self) -> str:
        """Give the counts."""
        return (
            f"PlanReport(ok={self.ok}, version={self.plan.version}, files={len(self.plan.files)}, "
            f"findings={len(self.findings)}, deliveries={len(self.deliveries)}, "
            f"bytes_read={self.bytes_read}, seconds={self.seconds:.3f})"
        )

    @property
    def problems(self) -> tuple[RuleFinding, ...]:
        """The findings."""
        return self.findings

    @property
    def delivered(self) -> Delivery | None:
        """The delivery of the version that the plan is for; None if it was not noted."""
        versions = {each.version: each for each in self.deliveries}
        return versions.get(self.plan.version)

    @property
    def verdict(self) -> str:
        """What was found, and what became of this version: one sentence."""
        found, _, rest = super().verdict.partition(f" by profile {self.profile}")
        about = f" in the plan of version {self.plan.version} ({rest.removeprefix(' in ')})"
        done = self.delivered
        return f"{found}{about}; {f'delivered {done.at}' if done else 'not delivered'}"

    def to_dict(self) -> dict[str, object]:
        """Return the JSON object that ``reelpack cut plan check --json`` prints."""
        return json_path(self.path) | {
            "ok": self.ok,
            "plan": self.plan.to_dict(),
            "findings": [finding.to_dict() for finding in self.findings],
            "not_checked": not_checked_objects(self.not_checked),
            "deliveries": [each.to_dict() for each in self.deliveries],
            "size": self.size,
            "bytes_read": self.bytes_read,
            "seconds": self.seconds,
        }

    def _file_count(self) -> int:
        """Count the files of the plan."""
        return len(self.plan.files)

    def _unchecked(self) -> str:
        """Leave out what was not checked: it follows in lines of its own."""
        return ""


def check_plan(
    path: str | os.PathLike[str],
    *,
    hashes: bool = True,
    progress: Callable[[Progress], object] | None = None,
) -> PlanReport:
    """Hold a plan against what is known of the page, against the disk and against its record.

    Of each video the boxes are read: whether it is a movie, and how long. Files are read whole only
    where something was delivered by the plan before, to see whether they are what went then; one of
    another size is not. Others are opened, to see whether they can be read. Nothing is written.

    Args:
        path: The plan, or a link to it.
        hashes: Compute digests; without them sizes alone are compared.
        progress: Called with a `Progress` a few times a second on this thread.

    Returns:
        The report. Findings do not raise: look at ``ok``, or call ``raise_for_failures``.

    Raises:
        OSError: The plan, its record or a file that was delivered cannot be read, or their folder
            not be listed. A missing file is a finding instead.
        CutPlanError: The plan or its record cannot be understood.
        SourceChangedError: A file changed while it was read.
    """
    began = time.perf_counter()
    name = os.fspath(path)
    plan, record = read_plan(name), deliveries(name)
    seen = disks.look(plan_path(name), plan)
    now = comparing.compare(plan, record, seen, hashes=hashes, progress=progress)
    about_videos, unknown = run_times.look(seen)
    # By a record of its own a plan was delivered under this name.
    others, unread = ([], []) if record else renaming.look(seen.folder, plan)
    unchecked = _not_checked(plan, record, hashes=hashes)
    about_files = (*disks.findings(seen), *about_videos)
    findings = [*wanting.findings(plan), *about_files, *others, *now.findings]
    return PlanReport(
        path=name,
        plan=plan,
        findings=tuple(sorted(findings, key=lambda each: SEVERITIES.index(each.severity))),
        not_checked=(*unchecked, *unknown, *disks.unreadable(seen), *unread),
        deliveries=record,
        size=seen.size,
        bytes_read=now.bytes_read,
        seconds=time.perf_counter() - began,
    )


def _not_checked(
    plan: CutPlan, record: tuple[Delivery, ...], *, hashes: bool
) -> Iterator[NotChecked]:
    """Say what was not looked into."""
    yield NotChecked("", "what the files hold (`reelpack cut check` looks into the video)")
    if plan.kind is None:
        yield NotChecked("", "whether the episode fits: the plan has no kind, feature or episodic")
    if any(file.type not in ("", PROXY) for file in plan.files):
        yield NotChecked("", f"whether the page has File Types other than {PROXY}")
    if record and not hashes:
        yield NotChecked("", "digests, as was asked for")
