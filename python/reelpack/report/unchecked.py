"""What was not checked, by the reason: a report that is silent on it would promise too much."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from reelpack.report.escape import prose, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reelpack.report.facts import Facts

__all__ = ["unchecked"]

NAMES_SHOWN = 100
"""Names of one reason; a folder full of `.DS_Store` is no news after a few."""


def unchecked(facts: Facts) -> Iterator[str]:
    """Write the section."""
    by_reason = defaultdict(list)
    for item in facts.audit.not_checked:
        by_reason[item.reason].append(item.path)
    yield '<section id="unchecked"><h2>What was not checked</h2><ul>'
    yield "<li>The pictures themselves, and whatever the profile has no rule for</li>"
    for reason, paths in sorted(by_reason.items()):
        yield f"<li>{prose(reason)}{_names(paths)}</li>"
    yield "</ul></section>"


def _names(paths: list[str]) -> str:
    """Write the names of one reason; what concerns the whole delivery has none."""
    named = [path for path in paths if path]
    if not named:
        return ""
    shown = "".join(f'<li class="path">{text(path)}</li>' for path in named[:NAMES_SHOWN])
    more = len(named) - NAMES_SHOWN
    rest = f"<li>and {more:,} more (<code>--json</code> lists all)</li>" if more > 0 else ""
    return f' <span class="count">{len(named):,}</span><ul>{shown}{rest}</ul>'
