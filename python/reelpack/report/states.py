"""The states a frame can be in, and how each is shown: a letter and a colour.

The letter is what counts: it survives a black-and-white printer and every kind of colour blindness.
The colours are after Okabe and Ito, "Color Universal Design" (2008): they differ in lightness as
well as in hue.
"""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["STATES", "State", "rank"]


class State(NamedTuple):
    """One state of a frame.

    Attributes:
        name: As the audit says it, and the class of its cells.
        letter: What stands in the cell.
        colour: Of the cell, as ``#rrggbb``.
        ink: Of the letter, as ``#rrggbb``.
        dark: Colour of the cell on a dark screen; ``colour`` where that does for both.
        dark_ink: The same of the letter.
        meaning: In a few words, for the legend.
    """

    name: str
    letter: str
    colour: str
    ink: str
    dark: str
    dark_ink: str
    meaning: str


STATES = {
    state.name: state
    for state in (
        State("present", "·", "#c3cfda", "#4b5965", "#3d4c5a", "#b4c2cf", "there, and as expected"),
        State("odd", "O", "#56b4e9", "#00263d", "#56b4e9", "#00263d", "unlike its neighbours"),
        State("missing", "M", "#c04a00", "#ffffff", "#c04a00", "#ffffff", "not there"),
        State("truncated", "T", "#f0d842", "#3a3200", "#f0d842", "#3a3200", "too short"),
        State("changed", "C", "#8a2d73", "#ffffff", "#c0459f", "#ffffff", "not as its list says"),
        State("unreadable", "U", "#15181b", "#ffffff", "#f4f6f8", "#15181b", "could not be read"),
    )
}
"""By name; the worst comes last, and gives its colour to a cell that covers several frames."""

_RANKS = {name: rank for rank, name in enumerate(STATES)}


def rank(name: str) -> int:
    """Return how bad a state is: 0 is `present`."""
    return _RANKS[name]
