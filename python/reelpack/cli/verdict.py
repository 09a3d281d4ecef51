"""A report in words: the verdict first, then a line for each finding or run of frames."""

from __future__ import annotations

from collections import defaultdict, deque
from typing import TYPE_CHECKING

from reelpack import wording
from reelpack.cli.folding import fold
from reelpack.cli.reasons import by_reason, more

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reelpack import Finding, Report

__all__ = ["hint", "lines"]

DAMAGE = frozenset({"missing", "mismatch", "size", "unreadable", "corrupt"})
"""Findings that another copy of the files may mend; the rest is for whoever made the list."""

LINES_SHOWN = 1000
"""Lines of one status; who has more of them needs no more lines but `--json`."""

NOT_COMPARED = frozenset({"missing", "extra", "unreadable", "unsafe"})
"""Findings on files that `Report.checked` does not count."""


def lines(report: Report, *, cached: bool = False) -> Iterator[str]:
    """Write the report.

    Args:
        report: What was found.
        cached: Whether all that is remembered was trusted, not only the interrupted run.

    Yields:
        The verdict; the findings by status, in the order in which a status first comes up, with
        runs of frames folded and only so many of a status; what was not checked.
    """
    yield _verdict(report) + wording.trusted(report.files_trusted, report.checked, cached=cached)
    by_status: dict[str, list[Finding]] = defaultdict(list)
    for finding in report.findings:
        by_status[finding.status].append(finding)
    width = max(map(len, by_status), default=0)
    for status, findings in by_status.items():
        for line in _folded(findings):
            yield f"{status:{width}}  {line}"
    yield from by_reason("not checked", report.not_checked)


def hint(report: Report) -> str:
    """Say what to do about the findings."""
    if any(finding.status in DAMAGE for finding in report.findings):
        return "fetch these files again, or ask where they come from; `--json` lists each one"
    return "ask whoever made the list, or make it anew with `reelpack checksum`"


def _verdict(report: Report) -> str:
    """Write the one line that counts."""
    if report.ok:
        about = (
            f"{wording.files(report.checked)}, {wording.size(report.bytes + report.bytes_trusted)}"
        )
        verb = "matches" if report.checked == 1 else "match"
        return f"OK: {about} {verb} {_judges(report.lists)} ({', '.join(report.algorithms)})"
    outside = sum(finding.status in NOT_COMPARED for finding in report.findings)
    total = report.checked + outside
    if len(report.findings) > total:
        # One file may have several findings: a name twice in a list, and other bytes.
        findings = wording.plural(len(report.findings), "finding")
        return f"FAILED: {findings}, {wording.files(report.checked)} checked"
    return f"FAILED: {len(report.findings):,} of {wording.files(total)}"


def _judges(lists: Sequence[str]) -> str:
    """Name the list, or count the lists."""
    return wording.printable(lists[0]) if len(lists) == 1 else wording.plural(len(lists), "list")


def _folded(findings: Sequence[Finding]) -> Iterator[str]:
    """Write the findings of one status."""
    by_path: dict[str, deque[Finding]] = defaultdict(deque)
    for finding in findings:
        by_path[finding.path].append(finding)
    runs = fold(finding.path for finding in findings)
    for run in runs[:LINES_SHOWN]:
        name = wording.printable(str(run))
        if len(run) > 1:
            yield f"{name}  ({len(run):,})"
        else:
            # Two findings may bear one name, so each is taken off once it is written.
            yield f"{name}{_facts(by_path[run.names[0]].popleft())}"
    yield from more(runs[LINES_SHOWN:])


def _facts(finding: Finding) -> str:
    """Write what was expected and what was found, as far as either is known."""
    said = (("expected", finding.expected), ("found", finding.found))
    facts = ", ".join(f"{word} {_fact(value)}" for word, value in said if value is not None)
    return f"  ({facts})" if facts else ""


def _fact(value: str | int) -> str:
    """Write a digest as it is, a size in full: two sizes may differ by one byte."""
    return wording.plural(value, "byte") if isinstance(value, int) else wording.printable(value)
