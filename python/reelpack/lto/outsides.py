"""What the outside of a box bears, and what it may not: the studio's name and any title.

"Please do not write "Netflix" or the title of the show anywhere on the exterior of the box"
(partnerhelp article 360000391288). The code of the show may be there, unless it is the title.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from reelpack.lto.shipments import Box

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reelpack.lto.shipments import Shipment

__all__ = ["forbidden", "lines", "searchable"]

STUDIO = "Netflix"

_ARTICLES = {"the", "a", "an"}

_UNSEEN = set("\u00ad\u200b\u200c\u200d\u2060\ufeff")
"""Characters of no width, which part a word for a program alone."""

_ALIKE = str.maketrans(
    "авезкмнорстухіјѕԁһӏѵԛԝαβεζηικμνορτυχωϲıɑɡ0135l",  # noqa: RUF001  (letters that look alike are what this is about)
    "abeekmhopctyxijsdhivqwabezhikmnoptyxwciagoiesi",
)
"""Letters of Cyrillic, Greek and others, and digits, as the one of a to z that they look like.

In small letters, where ``l`` and ``1`` are taken for ``i`` (Unicode Technical Standard 39, by eye).
"""

SQUEEZED = 5
"""Letters from which on a title is found without its blanks: shorter ones are in other words."""


def lines(shipment: Shipment) -> tuple[tuple[str, ...], ...]:
    """Return what is written on each box, line by line; a shipment without boxes has one."""
    boxes = shipment.boxes or (Box(1),)
    return tuple(tuple(_lines(shipment, box, len(boxes))) for box in boxes)


def forbidden(shipment: Shipment) -> list[tuple[str, str]]:
    """Return what the record puts on a box and may not be there, each with what it bears."""
    banned = [(STUDIO, "the name of the studio")]
    banned += [(shipment.title, "the title")] if shipment.title else []
    banned += [(shipment.security_title, "the security title")] if shipment.security_title else []
    # Words of ours, such as `box` and `up`, are no title, even where a show is called so.
    told = (shipment.outside.to, shipment.outside.sender, shipment.outside.notes)
    every = dict.fromkeys([shipment.show_code, *(line for each in told for line in each)])
    found = [(line, what) for line in every for word, what in banned if _bears(line, word)]
    # Nor may it be written over several lines.
    whole = " ".join(line for each in told for line in each)
    known = {what for _, what in found}
    found += [(whole, what) for word, what in banned if what not in known and _bears(whole, word)]
    return found


def _lines(shipment: Shipment, box: Box, count: int) -> Iterator[str]:
    """Write one box."""
    yield f"{shipment.show_code}   box {box.number} of {count}"
    inside = sum(tape.box == box.number for tape in shipment.tapes)
    if inside:
        yield f"LTO tapes: {inside}"
    if box.weight_kg is not None:
        yield f"Weight: {box.weight_kg:g} kg"
    if box.size_mm is not None:
        yield f"Size: {' x '.join(f'{each:g}' for each in box.size_mm)} mm"
    # Tapes lie on edge, not flat: the studio's page, and so the box stands one way up.
    yield "Magnetic media. This side up. Keep dry."
    for heading, address in (("To:", shipment.outside.to), ("From:", shipment.outside.sender)):
        for place, line in enumerate(address):
            yield f"{heading} {line}" if place == 0 else line
    yield from shipment.outside.notes


def _bears(line: str, banned: str) -> bool:
    """Whether a line has a word or title.

    Case, accents, punctuation, letters that look alike and a leading article count for nothing;
    finding too much is the safe mistake here.
    """
    said, words = _words(line), _words(banned)
    if len(words) > 1 and words[0] in _ARTICLES:
        words = words[1:]
    if not words:
        return False
    if any(said[at : at + len(words)] == words for at in range(len(said))):
        return True
    squeezed = "".join(words)
    return len(squeezed) >= SQUEEZED and squeezed in "".join(said)


def searchable(title: str) -> bool:
    """Whether a title has a letter or digit to be searched for."""
    return bool(_words(title))


def _words(text: str) -> list[str]:
    """Return the words of a text in small letters without accents, look-alikes as one letter."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    bare = "".join(
        char for char in plain if not unicodedata.combining(char) and char not in _UNSEEN
    )
    return re.findall(r"[^\W_]+", bare.translate(_ALIKE))
