"""Pictures of an audit for notebooks: the frame map, the sizes, the speed.

Each function returns an altair chart, which a notebook shows and ``chart.save("map.png")`` writes.
They need altair, which ``pip install reelpack[notebook]`` brings along.
"""

from __future__ import annotations

import json
from collections import defaultdict
from itertools import chain, islice, pairwise
from typing import TYPE_CHECKING

from reelpack.report.facts import Facts
from reelpack.report.frame_map import FrameMap, span
from reelpack.report.rows import FileRow, rows
from reelpack.report.sequences import by_need
from reelpack.report.states import STATES, rank
from reelpack.wording import plural, printable

try:
    import altair as alt
except ImportError as error:
    raise ImportError(
        "charts need altair\nhint: `pip install reelpack[notebook]`", name="altair"
    ) from error

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reelpack.audits import Audit
    from reelpack.report.rows import SequenceRow

__all__ = ["frame_map", "sizes", "throughput"]

SEQUENCES_SHOWN = 12
"""Sequences of one chart; with the limits below fewer than the 5,000 rows that altair likes."""

MAX_CELLS = 200
"""Cells of one sequence in a frame map before a cell covers several frames."""

CELLS_SHOWN = 400
"""Cells of one sequence at most, as each of very many islands has one."""

MAX_STRETCHES = 130
"""Stretches of one sequence of which at most three sizes each are shown."""

GAP = 0.12
"""Part of a cell that is left free, so that it can be told from the next."""

WIDTH = 720
"""Width of a chart in pixels: fits into a notebook and onto a page."""

_SHAPES = ("circle", "square", "cross", "diamond", "triangle-up", "triangle-down")


def frame_map(audit: Audit) -> alt.FacetChart:
    """Draw each frame as a cell in the colour of its state, with a letter where that is not good.

    At most 12 sequences are shown, those with findings first. Where one has more than 200 frames a
    cell covers several and has the state of the worst; pointed at, it says which they are.

    Args:
        audit: What `reelpack.audit` found.

    Returns:
        The chart; each sequence has an axis of its own.
    """
    shown = _shown(audit)
    cells = (
        alt.Chart()
        .mark_rect()
        .encode(x=_frames("from:Q"), x2="to:Q", color=_colour(), tooltip=["frames:N", "state:N"])
    )
    letters = alt.Chart().mark_text(fontWeight="bold", dy=-18)
    base = alt.LayerChart(
        layer=[cells, letters.encode(x="middle:Q", text="letter:N")],
        data=_data(chain.from_iterable(islice(_cells(*pair), CELLS_SHOWN) for pair in shown)),
        width=WIDTH,
        height=20,
    )
    return _by_sequence(base, audit, "Frame map")


def sizes(audit: Audit) -> alt.FacetChart:
    """Draw the size of each frame over its number, its state as colour and shape.

    At most 12 sequences are shown, those with findings first. Of a sequence of more than 130 frames
    each stretch shows its smallest, its largest and its worst file.

    Args:
        audit: What `reelpack.audit` found.

    Returns:
        The chart; each sequence has axes of its own.
    """
    base = (
        alt.Chart(_data(_points(audit)))
        .mark_point(filled=True, size=36, opacity=1)
        .encode(
            x=_frames("frame:Q"),
            y=alt.Y("size:Q", title="bytes", axis=alt.Axis(format="~s", tickCount=4)),
            color=_colour(),
            shape=alt.Shape("state:N", scale=alt.Scale(domain=list(STATES), range=_SHAPES)),
            tooltip=["file:N", "size:Q", "state:N"],
        )
    )
    return _by_sequence(base.properties(width=WIDTH, height=90), audit, "Size of each frame")


def throughput(audit: Audit) -> alt.LayerChart:
    """Draw how many bytes were done in a second, over the time that the audit took.

    A line shows the mean. A short audit is one step: nobody asked it how far it had come.

    Args:
        audit: What `reelpack.audit` found.

    Returns:
        The chart.
    """
    seconds = alt.X("from:Q", title="seconds", scale=alt.Scale(nice=False))
    speed = alt.Y("rate:Q", title="bytes a second", axis=alt.Axis(format="~s"))
    steps = (
        alt.Chart(_data(_steps(audit)))
        .mark_rect(color=STATES["present"].colour)
        .encode(x=seconds, x2="to:Q", y=speed, y2=alt.datum(0))
    )
    mean = _data([{"rate": audit.bytes_read / audit.seconds}])
    line = alt.Chart(mean).mark_rule(strokeDash=[4, 3]).encode(y=speed)
    title = alt.Title("Bytes a second, and their mean", anchor="start")
    return alt.LayerChart(layer=[steps, line], width=WIDTH, height=180, title=title)


def _shown(audit: Audit) -> list[tuple[SequenceRow, FrameMap]]:
    """Return the sequences that a chart shows."""
    return by_need(Facts(audit))[:SEQUENCES_SHOWN]


def _cells(row: SequenceRow, map_: FrameMap) -> Iterator[dict[str, object]]:
    """Yield the cells of one sequence; the first of a bad run has the letter of all."""
    cells = FrameMap(map_.runs, MAX_CELLS)
    for run in (run for island in cells.islands() for run in island):
        letter = "" if run.state == "present" else STATES[run.state].letter
        for first in range(run.first, run.last + 1, cells.step):
            last = min(first + cells.step - 1, run.last)
            yield {
                "sequence": _name(row),
                "frames": span(first, last),
                "state": run.state,
                "from": first,
                "to": last + 1 - GAP * cells.step,
                "middle": (run.first + run.last + 1) / 2,
                "letter": letter,
            }
            letter = ""


def _points(audit: Audit) -> Iterator[dict[str, object]]:
    """Yield the files of the sequences that are shown, thinned out where they are many."""
    shown = {row.sequence: row for row, _ in _shown(audit)}
    frames: dict[int, list[FileRow]] = defaultdict(list)
    for file in rows(audit.files, FileRow):
        if file.sequence in shown and file.size is not None:
            frames[file.sequence].append(file)
    for place, row in shown.items():
        # The worst are drawn last, over the others.
        for file in sorted(_extremes(frames[place]), key=_rank):
            yield {
                "sequence": _name(row),
                "frame": file.frame,
                "size": file.size,
                "state": file.status,
                "file": _label(file.path),
            }


def _extremes(files: list[FileRow]) -> list[FileRow]:
    """Return the smallest, the largest and the worst file of each stretch; few files all."""
    if len(files) <= MAX_STRETCHES:
        return files
    length = -(-len(files) // MAX_STRETCHES)
    chosen: list[FileRow] = []
    for start in range(0, len(files), length):
        stretch = files[start : start + length]
        chosen += {
            min(stretch, key=_size): None,
            max(stretch, key=_size): None,
            max(stretch, key=_rank): None,
        }
    return chosen


def _steps(audit: Audit) -> Iterator[dict[str, object]]:
    """Yield the speed between each two moments of which the bytes are known."""
    known = [(0.0, 0), *audit.throughput]
    if len(known) == 1:
        known.append((audit.seconds, audit.bytes_read))
    for (since, before), (until, after) in pairwise(known):
        if until > since:
            yield {"from": since, "to": until, "rate": (after - before) / (until - since)}


def _by_sequence(chart: alt.Chart | alt.LayerChart, audit: Audit, title: str) -> alt.FacetChart:
    """Repeat a chart for each sequence, and say how many there are."""
    total = len(audit.sequences)
    names = [_name(row) for row, _ in _shown(audit)]
    about = f"{len(names)} of {plural(total, 'sequence')}, those with findings first"
    header = alt.Header(title=None, labelOrient="top", labelAnchor="start", labelFontWeight="bold")
    charts: alt.FacetChart = (
        chart.facet(row=alt.Row("sequence:N", sort=names, header=header))
        .resolve_scale(x="independent", y="independent")
        .resolve_axis(x="independent", y="independent")
        .properties(title=alt.Title(title, subtitle=about))
    )
    return charts


def _frames(field: str) -> alt.X:
    """Return the axis of frame numbers, which begins where the sequence does."""
    scale = alt.Scale(zero=False, nice=False)
    return alt.X(field, title=None, scale=scale, axis=alt.Axis(format="d", grid=False))


def _colour() -> alt.Color:
    """Return the colours of the states, the same as in the report, and their legend."""
    scale = alt.Scale(domain=list(STATES), range=[state.colour for state in STATES.values()])
    return alt.Color("state:N", scale=scale, legend=alt.Legend(title=None, orient="top"))


def _data(values: Iterable[dict[str, object]]) -> alt.InlineData:
    """Return rows as JSON, which altair takes as it is; it would check each of them for seconds."""
    return alt.InlineData(values=json.dumps(list(values)), format=alt.JsonDataFormat(type="json"))


def _name(row: SequenceRow) -> str:
    """Return folder and pattern of a sequence."""
    return _label(f"{row.folder}/{row.pattern}" if row.folder else row.pattern)


def _label(name: str) -> str:
    r"""Write a name for a chart, ``<`` as ``\x3c``.

    altair puts its data into a page as they are, where ``</script>`` in a name would end the script
    and begin whatever follows.
    """
    return printable(name).replace("<", r"\x3c")


def _size(file: FileRow) -> int:
    """Return the size of a file that has one."""
    return file.size or 0


def _rank(file: FileRow) -> int:
    """Return how bad the state of a file is."""
    return rank(file.status)
