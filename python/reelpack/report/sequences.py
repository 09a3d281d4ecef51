"""The sequences with their frame maps, those that need a look first."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from reelpack.report.budget import Budget
from reelpack.report.escape import text
from reelpack.report.frame_map import ranges, span
from reelpack.report.states import STATES
from reelpack.wording import plural, size

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reelpack.report.facts import Facts
    from reelpack.report.frame_map import FrameMap
    from reelpack.report.rows import FileRow, SequenceRow

__all__ = ["by_need", "needs_a_look", "picture", "sequences"]

SIZE = 7_000_000
"""Bytes of this section; some 10,000 sequences of 125 frames."""


def sequences(facts: Facts) -> Iterator[str]:
    """Write the section."""
    budget = Budget(SIZE)
    yield '<section id="sequences"><h2>Sequences</h2>'
    yield _legend(facts) if facts.sequences else "<p>There is no sequence.</p>"
    for look, pairs in groupby(by_need(facts), key=lambda pair: needs_a_look(*pair)):
        group = list(pairs)
        heading = "With findings" if look else "Without findings"
        yield f"<h3>{heading} <span>{len(group):,}</span></h3>"
        yield from budget.take(_sequence(*pair) for pair in group)
    if budget.left:
        yield f'<p class="more">{plural(budget.left, "more sequence")} would make this page too '
        yield "large; <code>reelpack audit --csv</code> lists all.</p>"
    yield "</section>"


def by_need(facts: Facts) -> list[tuple[SequenceRow, FrameMap]]:
    """Return the sequences, those that need a look first; else they keep their order."""
    return sorted(facts.sequences, key=lambda pair: not needs_a_look(*pair))


def needs_a_look(row: SequenceRow, map_: FrameMap) -> bool:
    """Whether anything about a sequence is other than it should be."""
    return bool(row.findings) or any(state != "present" for state in map_.counts)


def _legend(facts: Facts) -> str:
    """Explain the cells, with the frames of each state in all sequences."""
    items = (
        f'<li><span class="map"><b class="{name}">{state.letter}</b></span> {name}: '
        f"{facts.frames[name]:,} <small>({state.meaning})</small></li>"
        for name, state in STATES.items()
    )
    return f'<ul class="legend">{"".join(items)}</ul>'


def _about(row: SequenceRow) -> str:
    """Write the facts of a sequence in one line."""
    code = _between(row.first_time_code, row.last_time_code)
    facts = [
        span(row.first, row.last),
        code,
        plural(row.count, "file"),
        "" if row.size is None else size(row.size),
        picture(row),
    ]
    return " · ".join(text(fact) for fact in facts if fact)


def picture(row: SequenceRow | FileRow) -> str:
    """Write what the header says of the picture: ``dpx 2048x1556, 10 bit RGB, none, log``."""
    if row.format is None:
        return ""
    pixels = f"{row.format} {row.width}x{row.height}" if row.width else row.format
    depth = f"{row.bit_depth} bit {row.channels or ''}".rstrip() if row.bit_depth else ""
    return ", ".join(filter(None, (pixels, depth, row.compression, row.encoding)))


def _sequence(row: SequenceRow, map_: FrameMap) -> str:
    """Write one sequence."""
    folder = f'<span class="folder">{text(row.folder)}/</span>' if row.folder else ""
    return (
        f'<article id="s{row.sequence}"><h4 class="path">{folder}{text(row.pattern)}</h4>'
        f'<p class="about">{_about(row)}</p>{map_.html()}{_ranges(row, map_)}</article>'
    )


def _ranges(row: SequenceRow, map_: FrameMap) -> str:
    """List the frames that are other than present, the islands, and how many findings there are."""
    counts = map_.counts
    lines = [
        f"<div><dt>{name}</dt><dd>{plural(counts[name], 'frame')}: "
        f"{ranges(map_.spans(name))}</dd></div>"
        for name in reversed(STATES)
        if counts[name] and name != "present"
    ]
    islands = [span(runs[0].first, runs[-1].last) for runs in map_.stretches()]
    if len(islands) > 1:
        about = f"{len(islands):,}, the gaps between them are meant: {ranges(islands)}"
        lines.append(f"<div><dt>islands</dt><dd>{about}</dd></div>")
    if row.findings:
        lines.append(f"<div><dt>findings</dt><dd>{row.findings:,}</dd></div>")
    return f'<dl class="ranges">{"".join(lines)}</dl>' if lines else ""


def _between(first: str | None, last: str | None) -> str:
    """Write two time codes as a range."""
    return f"{first} to {last}" if first and last else ""
