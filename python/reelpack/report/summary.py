"""The audit in a notebook: the verdict, the counts, and the first few things to look at.

Notebooks are shown where no script runs and no style sheet arrives (a page of a code host, a mail),
so every style stands in its element.
"""

from __future__ import annotations

import html
from itertools import chain, islice
from typing import TYPE_CHECKING

from reelpack.report.facts import Facts
from reelpack.report.fixes import by_rule
from reelpack.report.frame_map import FrameMap, counted, span
from reelpack.report.sequences import by_need
from reelpack.report.states import STATES
from reelpack.report.verdict import PROMISE, figures
from reelpack.wording import plural, printable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reelpack.audits import Audit
    from reelpack.report.frame_map import Cells
    from reelpack.report.rows import SequenceRow
    from reelpack.rules import RuleFinding

__all__ = ["summary_html"]

FINDINGS_SHOWN = 8
"""Findings in a summary, from all rules in turn."""

SEQUENCES_SHOWN = 4
"""Sequences in a summary, those that need a look before the others."""

MAX_CELLS = 300
"""Cells of a map before a cell covers several frames."""

ELEMENTS_SHOWN = 150
"""Elements of one map. With these four numbers the worst names and maps stay near 50 kB."""

NAME_LEN = 120
"""Characters of a name or a message that are shown."""


def summary_html(audit: Audit) -> str:
    """Write what a notebook shows of an audit: no script, no style sheet, about 50 kB at most.

    Args:
        audit: What `reelpack.audit` found.

    Returns:
        One element of HTML. The same audit gives the same bytes.
    """
    facts = Facts(audit)
    colour = "#1f6b3a" if audit.ok else "#b3261e"
    return "".join(
        [
            f'<div><p style="border-left:6px solid {colour};padding-left:.7em">',
            f"<b>{html.escape(printable(audit.verdict))}</b><br><small>{PROMISE}</small></p>",
            *_counts(facts),
            *_findings(facts),
            *_sequences(facts),
            "</div>",
        ]
    )


def _counts(facts: Facts) -> Iterator[str]:
    """Write the figures as a table."""
    yield "<table><tbody>"
    for term, value in figures(facts):
        yield f'<tr><th style="text-align:left">{term}</th>'
        yield f'<td style="text-align:left">{value}</td></tr>'
    yield "</tbody></table>"


def _findings(facts: Facts) -> Iterator[str]:
    """Write the first few findings: one of each rule before the second of any."""
    shown = list(islice(_in_turn(facts), FINDINGS_SHOWN))
    if not shown:
        return
    yield "<p><b>What to fix</b></p><ul>"
    yield from map(_finding, shown)
    yield "</ul>"
    if more := len(facts.audit.problems) - len(shown):
        yield f"<p>and {plural(more, 'more finding')}</p>"


def _in_turn(facts: Facts) -> Iterator[RuleFinding]:
    """Yield the first finding of every rule, then the second, as far as they are shown."""
    rules = [found for _, _, found in by_rule(facts.audit.problems)]
    turns = (
        [found[turn] for found in rules if turn < len(found)] for turn in range(FINDINGS_SHOWN)
    )
    return chain.from_iterable(turns)


def _finding(finding: RuleFinding) -> str:
    """Write one finding."""
    path = _cut(finding.path) if finding.path else "the delivery"
    return (
        f"<li>{finding.severity} <code>{_cut(finding.rule)}</code> <b>{path}</b> "
        f"{_cut(finding.message)}</li>"
    )


def _sequences(facts: Facts) -> Iterator[str]:
    """Write the first few sequences with their frame maps."""
    for row, map_ in by_need(facts)[:SEQUENCES_SHOWN]:
        yield from _sequence(row, FrameMap(map_.runs, MAX_CELLS))
    if (more := len(facts.sequences) - SEQUENCES_SHOWN) > 0:
        yield f"<p>and {plural(more, 'more sequence')}</p>"


def _sequence(row: SequenceRow, map_: FrameMap) -> Iterator[str]:
    """Write one sequence."""
    name = f"{row.folder}/{row.pattern}" if row.folder else row.pattern
    yield f'<p style="margin-bottom:0"><b>{_cut(name)}</b> {span(row.first, row.last)}: '
    yield f"{counted(map_.counts)}"
    yield "" if map_.step == 1 else f"; a cell covers {map_.step:,} frames"
    yield '</p><p style="font:bold 12px/16px monospace;overflow-wrap:anywhere;margin-top:0">'
    elements = list(islice(_elements(map_), ELEMENTS_SHOWN + 1))
    yield from elements[:ELEMENTS_SHOWN]
    yield "&hellip;</p>" if len(elements) > ELEMENTS_SHOWN else "</p>"


def _elements(map_: FrameMap) -> Iterator[str]:
    """Write the cells of all islands, a blank after each."""
    for island in map_.islands():
        yield from map(_element, island)
        yield " "


def _element(cells: Cells) -> str:
    """Write neighbouring cells of one state."""
    state = STATES[cells.state]
    return f'<b style="background:{state.colour};color:{state.ink}">{cells.letters}</b>'


def _cut(value: str) -> str:
    """Write a name or a message for HTML, its end left out if it is long."""
    shown = value if len(value) <= NAME_LEN else f"{value[:NAME_LEN]}..."
    return html.escape(printable(shown))
