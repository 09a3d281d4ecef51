"""Barcodes of tapes: six characters of a volume and two of its medium, such as ``ABC001L8``.

The studio wants a three-letter code of the show at the front (partnerhelp article 360000391288);
that three digits follow is our reading of its samples. Vendors want eight upper-case letters or
digits (IBM Diamondback 2.9.2, bar code label specifications).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from reelpack.facts import Facts
from reelpack.lto.media import MEDIA, medium

if TYPE_CHECKING:
    from reelpack.lto.media import Medium

__all__ = ["Barcode", "check_show_code", "fault", "numbered"]

LAST_NUMBER = 999
"""Three digits have no more; a show of more tapes takes a second code."""

_VOLUME_AND_MEDIUM = re.compile(r"[A-Z0-9]{6}[A-Z0-9]{2}", re.ASCII)
_SHOW_CODE = re.compile(r"[A-Z]{3}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Barcode(Facts):
    """A barcode that is well formed.

    Attributes:
        volume: The first six characters.
        medium_id: The last two.
    """

    volume: str
    medium_id: str

    def __str__(self) -> str:
        """Return the eight characters."""
        return f"{self.volume}{self.medium_id}"

    @property
    def medium(self) -> Medium:
        """What kind of tape it is."""
        return medium(self.medium_id)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a barcode.

        Raises:
            ValueError: It is not well formed; the message says why.
        """
        wrong = fault(text)
        if wrong is not None:
            raise ValueError(f"barcode {text!r}: {wrong}")
        return cls(text[:6], text[6:])


def fault(text: str) -> str | None:
    """Say what is wrong with a barcode; None where nothing is."""
    if len(text) != 8:  # noqa: PLR2004  (six and two)
        return f"{len(text)} characters, which have to be eight"
    if not _VOLUME_AND_MEDIUM.fullmatch(text):
        return "only the letters A to Z and digits are allowed"
    if text[6:] not in MEDIA:
        return f"ends with {text[6:]}, which is none of {', '.join(MEDIA)}"
    if text.startswith("CLN"):
        return "CLN is the mark of cleaning tapes"
    return None


def check_show_code(code: str) -> str:
    """Return a show code that is one.

    Raises:
        ValueError: It is not three letters from A to Z, or one that libraries keep to themselves.
    """
    if not _SHOW_CODE.fullmatch(code):
        raise ValueError(f"show code {code!r}: it has to be three letters from A to Z")
    if code in {"CLN", "LTO"}:
        why = (
            "the mark of cleaning tapes" if code == "CLN" else "generic, as in the studio's sample"
        )
        raise ValueError(f"show code {code!r}: {why}")
    return code


def numbered(show_code: str, number: int, medium_id: str) -> Barcode:
    """Make the barcode of a number, such as 1 for ``ABC001L8``.

    Raises:
        ValueError: A part is not well formed, or the number is not from 1 to 999.
    """
    check_show_code(show_code)
    medium(medium_id)
    if not 1 <= number <= LAST_NUMBER:
        raise ValueError(f"number {number}: three digits hold 1 to {LAST_NUMBER}")
    return Barcode(f"{show_code}{number:03}", medium_id)
