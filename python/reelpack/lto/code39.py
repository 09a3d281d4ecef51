"""Code 39 as bars: the symbology of tape libraries, without a check character.

A character is nine elements, five bars and the four spaces between them, three of them wide; a
narrow space parts two characters, and ``*`` stands at both ends and is no part of the text. The
patterns are a fact of the symbology (USS-39, ANSI MH10.8M-1993; the table was read at
everything2.com/title/39).

Widths are those of IBM's specification of bar code labels (Diamondback 2.9.2, TS3500): narrow
0.423 mm, wide 2.75 times that, bars of 11.1 mm or more. The quiet zone is ten narrow elements at
least (Code 39 in the LA600 guide of Digital, 20.7.1); the vendors' own figure was not to be had.
"""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["LEAST_HEIGHT", "NARROW", "QUIET", "RATIO", "Bar", "bars", "width"]

NARROW = 0.423
"""Width of a narrow bar or space in mm."""

RATIO = 2.75
"""How much wider a wide one is."""

LEAST_HEIGHT = 11.1
"""Height of a bar in mm, at least."""

QUIET = 10 * NARROW
"""White in mm on either side, at least."""

_WIDE: dict[str, str] = {
    "0": "nnnwwnwnn",
    "1": "wnnwnnnnw",
    "2": "nnwwnnnnw",
    "3": "wnwwnnnnn",
    "4": "nnnwwnnnw",
    "5": "wnnwwnnnn",
    "6": "nnwwwnnnn",
    "7": "nnnwnnwnw",
    "8": "wnnwnnwnn",
    "9": "nnwwnnwnn",
    "A": "wnnnnwnnw",
    "B": "nnwnnwnnw",
    "C": "wnwnnwnnn",
    "D": "nnnnwwnnw",
    "E": "wnnnwwnnn",
    "F": "nnwnwwnnn",
    "G": "nnnnnwwnw",
    "H": "wnnnnwwnn",
    "I": "nnwnnwwnn",
    "J": "nnnnwwwnn",
    "K": "wnnnnnnww",
    "L": "nnwnnnnww",
    "M": "wnwnnnnwn",
    "N": "nnnnwnnww",
    "O": "wnnnwnnwn",
    "P": "nnwnwnnwn",
    "Q": "nnnnnnwww",
    "R": "wnnnnnwwn",
    "S": "nnwnnnwwn",
    "T": "nnnnwnwwn",
    "U": "wwnnnnnnw",
    "V": "nwwnnnnnw",
    "W": "wwwnnnnnn",
    "X": "nwnnwnnnw",
    "Y": "wwnnwnnnn",
    "Z": "nwwnwnnnn",
    "-": "nwnnnnwnw",
    ".": "wwnnnnwnn",
    " ": "nwwnnnwnn",
    "$": "nwnwnwnnn",
    "/": "nwnwnnnwn",
    "+": "nwnnnwnwn",
    "%": "nnnwnwnwn",
    "*": "nwnnwnwnn",
}


class Bar(NamedTuple):
    """A black bar.

    Attributes:
        left: Where it begins, in mm from the left edge of the first bar.
        width: In mm.
    """

    left: float
    width: float


def bars(text: str) -> tuple[Bar, ...]:
    """Return the bars of `text`, from left to right, start and stop character included.

    Raises:
        ValueError: A character has no pattern; small letters have none.
    """
    drawn: list[Bar] = []
    left = 0.0
    for character in f"*{_plain(text)}*":
        for place, element in enumerate(_WIDE[character]):
            wide = NARROW * (RATIO if element == "w" else 1)
            if place % 2 == 0:
                drawn.append(Bar(left, wide))
            left += wide
        left += NARROW
    return tuple(drawn)


def width(text: str) -> float:
    """Return how wide the bars of `text` are together, in mm, without the quiet zones."""
    last = bars(text)[-1]
    return last.left + last.width


def _plain(text: str) -> str:
    """Return `text` if each of its characters can be drawn."""
    for character in text:
        if character not in _WIDE or character == "*":
            raise ValueError(f"Code 39 has no {character!r}")
    return text
