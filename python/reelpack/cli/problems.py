"""What rules found, in words: errors first, each rule once with its fix and its source."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import reelpack
from reelpack.cli.exits import ExitCode
from reelpack.cli.folding import fold
from reelpack.cli.reasons import by_reason, more
from reelpack.cli.verdict import LINES_SHOWN
from reelpack.wording import printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from reelpack import Audit, NotChecked, Preflight, RuleFinding
    from reelpack.cuts import CutReport, PlanReport

__all__ = ["HINTS", "code_of", "lines", "unchecked"]

HINTS: dict[type[Exception], str] = {
    reelpack.ProfileError: "`reelpack preflight --list` names the profiles that are built in",
}
"""What to do where there is no answer."""

SEVERITIES = ("error", "warning", "info")


def code_of(judged: Preflight | Audit | CutReport | PlanReport, *, strict: bool) -> ExitCode:
    """Return the exit code: a finding counts if it is an error, or with `strict` a warning."""
    failed = not judged.ok or (strict and judged.warnings)
    return ExitCode.FINDING if failed else ExitCode.OK


def lines(
    findings: Sequence[RuleFinding], *, titles: Mapping[str, str] | None = None
) -> Iterator[str]:
    """Write findings.

    Args:
        findings: What was found, in any order.
        titles: What rules want, by their ids; None where messages say it.

    Yields:
        Errors, then warnings, then what is good to know. For each rule, in the order in which one
        first comes up: a line for each finding or run of frames, but only so many; then what the
        rule wants, how it can be mended, and where the rule comes from.
    """
    by_rule: dict[tuple[str, str], list[RuleFinding]] = defaultdict(list)
    for finding in findings:
        by_rule[finding.severity, finding.rule].append(finding)
    width = max((len(severity) for severity, _ in by_rule), default=0)
    # Sorting keeps the order of the rules of one severity.
    for severity, rule in sorted(by_rule, key=lambda key: SEVERITIES.index(key[0])):
        group = by_rule[severity, rule]
        for line in _folded(rule, group):
            yield f"{severity:{width}}  {line}"
        if titles and rule in titles:
            yield f"{'':{width}}  wanted: {printable(titles[rule])}"
        for line in _about(group):
            yield f"{'':{width}}  {line}"


def unchecked(not_checked: Iterable[NotChecked]) -> Iterator[str]:
    """Write what was not checked: what holds for the whole delivery, then what for some paths."""
    items = list(not_checked)
    for item in items:
        if not item.path:
            yield f"not checked: {printable(item.reason)}"
    yield from by_reason("not checked", [item for item in items if item.path])


def _folded(rule: str, findings: Iterable[RuleFinding]) -> Iterator[str]:
    """Write the findings of one rule; those of one message may be runs."""
    paths = defaultdict(list)
    for finding in findings:
        paths[finding.message].append(finding.path)
    runs = [(message, run) for message, group in paths.items() for run in fold(group)]
    for message, run in runs[:LINES_SHOWN]:
        name = printable(str(run) or ".")
        count = f"  ({len(run):,})" if len(run) > 1 else ""
        yield f"{name}{count}  {printable(message)}  ({printable(rule)})"
    yield from more(run for _, run in runs[LINES_SHOWN:])


def _about(findings: Sequence[RuleFinding]) -> Iterator[str]:
    """Write what can be done about a rule that is broken, and who says so."""
    for fix in dict.fromkeys(finding.fix for finding in findings):
        if fix:
            yield f"fix: {printable(fix)}"
    for source, sure in dict.fromkeys((finding.source, finding.sure) for finding in findings):
        if source:
            yield f"source: {printable(source)}" + (f" ({printable(sure)})" if sure else "")
