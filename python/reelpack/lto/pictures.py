"""A plan as SVG, for the command: a bar for each tape, with its rolls in order.

It needs no library and no network. In a notebook `charts.tapes` says more.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from reelpack.wording import plural, printable, size

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reelpack.lto.plans import Plan, PlannedTape, Share

__all__ = ["svg"]

_NAMES = 90
_WIDE = 760
_STEP = 26
_BAR = 18
_HEAD = 60
_LETTER = 6.2
"""Pixels: of names, of a full tape, from bar to bar, of a bar, above the first, of a letter."""

_COLOURS = {"camera": "#0072b2", "sound": "#009e73", "part": "#e69f00", "other": "#999999"}
"""Those of `charts`."""


def svg(plan: Plan) -> str:
    """Draw what goes on which tape; the dashed line is the usable capacity.

    A bar that is pointed at says which roll it is; one that is wide enough bears its name.
    """
    high = _HEAD + _STEP * len(plan.tapes) + 12
    wide = _NAMES + _WIDE + 20
    limit = _NAMES + _WIDE * plan.capacity / plan.native
    tapes = f"{plural(len(plan.tapes), 'tape')} {plan.medium}, {size(plan.bytes)}"
    about = f"{tapes}; dashed: {size(plan.capacity)} usable of {size(plan.native)}"
    return "\n".join(
        (
            _opening(wide, high),
            f'<rect width="{wide}" height="{high}" fill="white"/>',
            f'<text x="8" y="20" font-size="14">{escape(about)}</text>',
            *_legend(),
            *(line for at, tape in enumerate(plan.tapes) for line in _tape(plan, at, tape)),
            _dashes(limit, high - 8),
            "</svg>",
            "",
        )
    )


def _opening(wide: int, high: int) -> str:
    """Write the outermost element."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{high}" '
        f'viewBox="0 0 {wide} {high}" font-family="sans-serif" font-size="12">'
    )


def _dashes(left: float, bottom: int) -> str:
    """Draw the line of the usable capacity."""
    return (
        f'<line x1="{left:.1f}" x2="{left:.1f}" y1="{_HEAD - 6}" y2="{bottom}" '
        'stroke="black" stroke-dasharray="4 3"/>'
    )


def _legend() -> Iterator[str]:
    """Draw what the colours mean."""
    words = {"camera": "camera", "sound": "sound", "part": "part of a roll", "other": "in no roll"}
    for place, (kind, colour) in enumerate(_COLOURS.items()):
        left = _NAMES + place * 120
        yield f'<rect x="{left}" y="31" width="12" height="12" fill="{colour}"/>'
        yield f'<text x="{left + 17}" y="42">{words[kind]}</text>'


def _tape(plan: Plan, place: int, tape: PlannedTape) -> Iterator[str]:
    """Draw one tape."""
    top = _HEAD + place * _STEP
    yield f'<text x="8" y="{top + 13}" font-family="monospace">{escape(tape.barcode)}</text>'
    yield (
        f'<rect x="{_NAMES}" y="{top}" width="{_WIDE}" height="{_BAR}" fill="none" '
        'stroke="#cccccc"/>'
    )
    left = float(_NAMES)
    for share in tape.shares:
        width = _WIDE * share.bytes / plan.native
        yield _share(share, left, top, width)
        left += width


def _share(share: Share, left: float, top: int, width: float) -> str:
    """Draw one roll on a tape."""
    name = printable(share.roll) if share.roll else "in no roll"
    part = f", part {share.part} of {share.parts}" if share.parts > 1 else ""
    kind = "part" if part else share.kind if share.roll else "other"
    title = escape(f"{name}{part}, {share.files:,} files, {size(share.bytes)}")
    fits = len(name) * _LETTER + 6 < width
    label = (
        f'<text x="{left + 4:.2f}" y="{top + 13}" font-size="10" fill="white">{escape(name)}</text>'
        if fits
        else ""
    )
    return (
        f'<g><title>{title}</title><rect x="{left:.2f}" y="{top}" width="{max(width, 0.4):.2f}" '
        f'height="{_BAR}" fill="{_COLOURS[kind]}" stroke="white" stroke-width="0.5"/>{label}</g>'
    )
