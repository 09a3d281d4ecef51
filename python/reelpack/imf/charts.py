"""A picture of a composition for notebooks: what is played when, a row for each virtual track.

It needs altair, which ``pip install reelpack[notebook]`` brings along.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from reelpack.wording import printable

try:
    import altair as alt
except ImportError as error:
    raise ImportError(
        "charts need altair\nhint: `pip install reelpack[notebook]`", name="altair"
    ) from error

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reelpack.imf.compositions import Composition, VirtualTrack

__all__ = ["timeline"]

RESOURCES_SHOWN = 4000
"""Resources of one chart; with segments and markers fewer than the 5,000 rows that altair likes."""

WIDTH = 720
"""Width of the chart in pixels: fits into a notebook and onto a page."""

_COLOURS = {
    "image": "#0072b2",
    "audio": "#009e73",
    "text": "#e69f00",
    "data": "#cc79a7",
    "elsewhere": "#999999",
}
"""Told apart by all eyes; what is not in the package is grey."""


def timeline(composition: Composition) -> alt.LayerChart:
    """Draw what is played when: a row for each virtual track, a bar for each resource.

    Grey is what the package does not have. Dashed lines are where a segment begins, triangles are
    markers. Of more than 4,000 resources the first are shown.

    Args:
        composition: One of a package that was opened.

    Returns:
        The chart; pointed at, a bar says what is played and from where.
    """
    rows = [_name(track) for track in composition.tracks]
    along = _time(composition)
    across = alt.Y("track:N", sort=rows, title=None, axis=alt.Axis(labelLimit=260))
    bars = (
        alt.Chart(_data(_bars(composition)))
        .mark_bar(stroke="white", cornerRadius=2)
        .encode(
            x=along,
            x2="to:Q",
            y=across,
            color=_colour(),
            tooltip=["file:N", "starts:N", "lasts:N", "entry point:Q", "repeats:Q"],
        )
    )
    marks = (
        alt.Chart(_data(_marks(composition)))
        .mark_point(shape="triangle-down", filled=True, size=70, opacity=1, color="#d55e00")
        .encode(x=along, y=across, tooltip=["marker:N", "time code:N"])
    )
    cuts = (
        alt.Chart(_data({"from": each.start} for each in composition.segments if each.start))
        .mark_rule(strokeDash=[4, 3])
        .encode(x=along)
    )
    title = alt.Title(
        _label(composition.title) or "Composition",
        subtitle=f"{composition.timecode or 'unknown length'}, {_rate(composition)}",
        anchor="start",
    )
    return alt.LayerChart(layer=[bars, cuts, marks], width=WIDTH, height={"step": 34}, title=title)


def _bars(composition: Composition) -> Iterator[dict[str, object]]:
    """Yield the resources of which it is known when they are played."""
    every = ((track, resource) for track in composition.tracks for resource in track.resources)
    # A resource of markers plays nothing.
    known = (
        (track, each)
        for track, each in every
        if each.track_file_id is not None and each.start is not None and each.duration
    )
    for _, (track, each) in zip(range(RESOURCES_SHOWN), known, strict=False):
        yield {
            "track": _name(track),
            "kind": _kind(track) if each.folder == 0 else "elsewhere",
            "from": each.start,
            "to": (each.start or 0) + (each.duration or 0),
            "file": _label(each.file or each.track_file_id or ""),
            "starts": each.timecode,
            "lasts": each.duration_timecode,
            "entry point": each.entry_point,
            "repeats": each.repeat_count,
        }


def _marks(composition: Composition) -> Iterator[dict[str, object]]:
    """Yield the markers."""
    for track in composition.tracks:
        for each in track.markers:
            if each.offset is not None:
                yield {
                    "track": _name(track),
                    "from": each.offset,
                    "marker": _label(each.label),
                    "time code": each.timecode,
                }


def _time(composition: Composition) -> alt.X:
    """Return the axis of edit units, which says time code."""
    rate = round(composition.edit_rate or 24)
    frames = (
        (f"floor(datum.value / {3600 * rate})", ":"),
        (f"floor(datum.value / {60 * rate}) % 60", ":"),
        (f"floor(datum.value / {rate}) % 60", ":"),
        (f"datum.value % {rate}", ""),
    )
    label = " + ".join(f"format({value}, '02d') + '{behind}'" for value, behind in frames)
    # Ticks between two frames would be frames of their own.
    axis = alt.Axis(labelExpr=f"datum.value % 1 ? '' : {label}", tickCount=8, grid=False)
    return alt.X("from:Q", title=None, axis=axis, scale=alt.Scale(nice=False))


def _kind(track: VirtualTrack) -> str:
    """Say what is played in a track, of four kinds, by the name of its element."""
    words = {
        "image": ("Image",),
        "audio": ("Audio", "IAB", "MGA"),
        "text": ("Text", "Subtitles", "Captions", "Narrative", "Karaoke", "Commentary"),
    }
    return next(
        (kind for kind, names in words.items() if any(n in track.kind for n in names)), "data"
    )


def _colour() -> alt.Color:
    """Return the colours of the kinds, and their legend."""
    scale = alt.Scale(domain=list(_COLOURS), range=list(_COLOURS.values()))
    return alt.Color("kind:N", scale=scale, legend=alt.Legend(title=None, orient="top"))


def _rate(composition: Composition) -> str:
    """Write the edit rate."""
    rate = composition.edit_rate
    return "edit rate unknown" if rate is None else f"{float(rate):.6g} edit units a second"


def _name(track: VirtualTrack) -> str:
    """Name a track: its kind, its languages and the start of its id, as two may be of one kind."""
    said = " ".join(track.languages)
    name = track.kind.removesuffix("Sequence")
    return _label(" ".join(filter(None, (name, said, (track.id or "")[:8]))))


def _label(name: str) -> str:
    r"""Write a name for a chart, ``<`` as ``\x3c``, as altair puts its data into a page."""
    return printable(name).replace("<", r"\x3c")


def _data(values: Iterable[dict[str, object]]) -> alt.InlineData:
    """Return rows as JSON, which altair takes as it is."""
    return alt.InlineData(values=json.dumps(list(values)), format=alt.JsonDataFormat(type="json"))
