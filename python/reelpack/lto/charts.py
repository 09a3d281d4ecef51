"""A plan as a picture: a bar for each tape, with its rolls in order.

It needs altair, which ``pip install reelpack[notebook]`` brings along.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from reelpack.wording import plural, printable, size

try:
    import altair as alt
except ImportError as error:
    raise ImportError(
        "charts need altair\nhint: `pip install reelpack[notebook]`", name="altair"
    ) from error

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reelpack.lto.plans import Plan, Share

__all__ = ["tapes"]

SHARES_SHOWN = 4000
"""Rolls of one chart: fewer than the 5,000 rows that altair likes."""

WIDTH = 720
"""Width of the chart in pixels: fits into a notebook and onto a page."""

_COLOURS = {
    "camera": "#0072b2",
    "sound": "#009e73",
    "part of a roll": "#e69f00",
    "other": "#999999",
}
"""Told apart by all eyes."""


def tapes(plan: Plan) -> alt.LayerChart:
    """Draw what goes on which tape: a bar for each, up to the line that is its usable capacity.

    Of more than 4,000 rolls the first are shown.

    Args:
        plan: The plan.

    Returns:
        The chart; pointed at, a bar says which roll it is.
    """
    # A bar of one byte in 12 TB is drawn in GB, which JavaScript holds without loss.
    limit = plan.native / 1e9
    along = alt.X("from:Q", title="GB", scale=alt.Scale(domain=[0, limit], nice=False))
    across = alt.Y("tape:N", sort=[tape.barcode for tape in plan.tapes], title=None)
    bars = (
        alt.Chart(_data(_bars(plan)))
        .mark_bar(stroke="white", strokeWidth=0.5)
        .encode(
            x=along,
            x2="to:Q",
            y=across,
            color=_colour(),
            tooltip=["roll:N", "day:N", "part:N", "files:Q", "size:N"],
        )
    )
    line = (
        alt.Chart(_data([{"from": plan.capacity / 1e9}]))
        .mark_rule(strokeDash=[4, 3])
        .encode(x=along)
    )
    title = alt.Title(
        f"{plural(len(plan.tapes), 'tape')} {plan.medium}",
        subtitle=f"{size(plan.bytes)}; dashed: {size(plan.capacity)} usable; the axis ends at "
        f"{size(plan.native)}, what is native",
        anchor="start",
    )
    return alt.LayerChart(layer=[bars, line], width=WIDTH, height={"step": 26}, title=title)


def _bars(plan: Plan) -> Iterator[dict[str, object]]:
    """Yield the rolls of each tape, one behind the other."""
    placed = _placed(plan)
    for _, (barcode, begin, share) in zip(range(SHARES_SHOWN), placed, strict=False):
        yield {
            "tape": barcode,
            "kind": _kind(share),
            "from": begin / 1e9,
            "to": (begin + share.bytes) / 1e9,
            "roll": _label(share.roll) or "in no roll",
            "day": _label(share.day),
            "part": f"{share.part} of {share.parts}" if share.parts > 1 else "whole",
            "files": share.files,
            "size": size(share.bytes),
        }


def _placed(plan: Plan) -> Iterator[tuple[str, int, Share]]:
    """Yield each roll with its tape and where it begins on it, in bytes."""
    for tape in plan.tapes:
        begin = 0
        for share in tape.shares:
            yield tape.barcode, begin, share
            begin += share.bytes


def _kind(share: Share) -> str:
    """Say what colour a roll has."""
    if share.parts > 1:
        return "part of a roll"
    return share.kind if share.roll else "other"


def _colour() -> alt.Color:
    """Return the colours, and their legend."""
    scale = alt.Scale(domain=list(_COLOURS), range=list(_COLOURS.values()))
    return alt.Color("kind:N", scale=scale, legend=alt.Legend(title=None, orient="top"))


def _label(name: str) -> str:
    r"""Write a name for a chart, ``<`` as ``\x3c``, as altair puts its data into a page."""
    return printable(name).replace("<", r"\x3c") if name else ""


def _data(values: Iterable[dict[str, object]]) -> alt.InlineData:
    """Return rows as JSON, which altair takes as it is."""
    return alt.InlineData(values=json.dumps(list(values)), format=alt.JsonDataFormat(type="json"))
