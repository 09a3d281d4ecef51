"""What to fix, in order: errors before warnings before notes, the findings of one rule together."""

from __future__ import annotations

from collections import defaultdict
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from reelpack.report.budget import Budget
from reelpack.report.escape import prose, text
from reelpack.report.frame_map import ranges, span
from reelpack.rules import SEVERITIES
from reelpack.wording import plural

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reelpack.report.facts import Facts
    from reelpack.rules import RuleFinding, Severity

__all__ = ["Rule", "by_rule", "fixes"]

SIZE = 3_500_000
"""Bytes of this section; more findings than that are read by a program."""

Rule = tuple["Severity", str, "list[RuleFinding]"]
"""`(severity, rule, findings)`."""


def fixes(facts: Facts) -> Iterator[str]:
    """Write the section."""
    budget = Budget(SIZE)
    frames = {file.path: file.frame for file in facts.files}
    yield '<section id="fixes"><h2>What to fix</h2>'
    if not facts.audit.problems:
        yield "<p>Nothing was found.</p>"
    for severity, name, findings in by_rule(facts.audit.problems):
        yield f'<section class="rule {severity}"><h3><span class="severity">{severity}</span> '
        yield f"<code>{text(name)}</code> "
        yield f'<span class="count">{plural(len(findings), "finding")}</span></h3>'
        yield from _about(findings)
        yield "<ul>"
        yield from budget.take(_lines(facts, findings, frames))
        yield "</ul></section>"
    if budget.left:
        yield f'<p class="more">{plural(budget.left, "more line")} would make this page too large'
        yield "; <code>reelpack audit --json</code> lists all.</p>"
    yield "</section>"


def by_rule(findings: Iterable[RuleFinding]) -> list[Rule]:
    """Sort findings into rules: by severity, then the rule with the most findings first."""
    groups: dict[tuple[Severity, str], list[RuleFinding]] = defaultdict(list)
    for finding in findings:
        groups[finding.severity, finding.rule].append(finding)
    rules = [(severity, rule, found) for (severity, rule), found in groups.items()]
    return sorted(rules, key=lambda rule: (SEVERITIES.index(rule[0]), -len(rule[2]), rule[1]))


def _about(findings: Sequence[RuleFinding]) -> Iterator[str]:
    """Write how to mend what a rule found, if that is the same for all, and who says so."""
    first = findings[0]
    if first.fix and _alike(findings):
        yield f'<p class="fix">{prose(first.fix)}</p>'
    if first.source:
        sure = f" ({text(first.sure)})" if first.sure else ""
        yield f'<p class="source">Source: {prose(first.source)}{sure}</p>'


def _alike(findings: Sequence[RuleFinding]) -> bool:
    """Whether all findings of a rule are mended in the same way."""
    return all(finding.fix == findings[0].fix for finding in findings)


def _lines(
    facts: Facts, findings: Sequence[RuleFinding], frames: dict[str, int | None]
) -> Iterator[str]:
    """Write a line for each finding; those on frames of one sequence share one."""
    by_sequence: dict[int, dict[int, RuleFinding]] = defaultdict(dict)
    others = []
    for finding in findings:
        frame = frames.get(finding.path)
        # Two findings of one rule on one file cannot share a line.
        if finding.sequence is None or frame is None or frame in by_sequence[finding.sequence]:
            others.append(finding)
        else:
            by_sequence[finding.sequence][frame] = finding
    own_fix = not _alike(findings)
    for finding in others:
        yield _line(finding, own_fix=own_fix)
    for index, found in sorted(by_sequence.items()):
        yield _folded(facts, index, found, own_fix=own_fix)


def _line(finding: RuleFinding, *, own_fix: bool) -> str:
    """Write one finding."""
    message = _message(finding, own_fix=own_fix)
    return f"<li>{_path(finding.path or 'the delivery', finding.sequence)} {message}</li>"


def _folded(facts: Facts, index: int, found: dict[int, RuleFinding], *, own_fix: bool) -> str:
    """Write the findings of one rule on frames of one sequence."""
    first = next(iter(found.values()))
    if len(found) == 1:
        return _line(first, own_fix=own_fix)
    row, _ = facts.sequences[index]
    folder = f"{row.folder}/" if row.folder else ""
    alike = len({finding.message for finding in found.values()}) == 1
    return (
        f"<li>{_path(folder + row.pattern, index)} "
        f"{len(found):,} frames: {ranges(_spans(found))} "
        f"{_message(first, '' if alike else 'such as: ', own_fix=own_fix)}</li>"
    )


def _path(path: str, sequence: int | None) -> str:
    """Write a path, as a link to its sequence if it has one."""
    if sequence is None:
        return f'<span class="path">{text(path)}</span>'
    return f'<a class="path" href="#s{sequence}">{text(path)}</a>'


def _message(finding: RuleFinding, before: str = "", *, own_fix: bool) -> str:
    """Write what is wrong, and how to mend it where that is not the same for all of a rule."""
    fix = (
        f'<span class="message">fix: {prose(finding.fix)}</span>' if own_fix and finding.fix else ""
    )
    return f'<span class="message">{before}{prose(finding.message)}</span>{fix}'


def _spans(frames: Iterable[int]) -> Iterator[str]:
    """Write frame numbers as ranges."""
    ordered = enumerate(sorted(frames))
    for _, group in groupby(ordered, key=lambda item: item[1] - item[0]):
        numbers = list(map(itemgetter(1), group))
        yield span(numbers[0], numbers[-1])
