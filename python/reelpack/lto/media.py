"""The generations of LTO: what their tapes are called on a barcode, and what goes onto them.

Sizes are bytes, and a TB is 10**12 of them, as tapes are sold.
"""

from __future__ import annotations

from dataclasses import dataclass

from reelpack.facts import Facts

__all__ = ["MEDIA", "Medium", "medium"]

_IBM = "IBM TS3100 manual, LTO 7 and LTO 8 cartridge types (easymanua.ls/ibm/ts3100 page 194)"
_HEDGE = (
    "assumed: what a vendor of LTFS software calls realistic, 5 % kept free for indexes "
    "(docs.hedge.video/canister/erasing)"
)
_TB = 10**12


@dataclass(frozen=True, slots=True)
class Medium(Facts):
    """A kind of tape.

    Attributes:
        id: The last two characters of the barcode.
        generation: Of LTO; that of the drive which writes it.
        native: Bytes without compression, as the vendors say.
        native_source: Where that was read.
        usable: Bytes of files that are put on it, with room for LTFS; to be changed at will.
        usable_source: Where that comes from. The studio says nothing of it.
    """

    id: str
    generation: int
    native: int
    native_source: str
    usable: int
    usable_source: str


MEDIA = {
    each.id: each
    for each in (
        Medium(
            "L6",
            6,
            25 * _TB // 10,
            "IBM TS2290 manual, cartridges (easymanua.ls/ibm/ts2290 page 41)",
            23 * _TB // 10,
            _HEDGE,
        ),
        Medium("L7", 7, 6 * _TB, _IBM, 54 * _TB // 10, _HEDGE),
        # Written by drives of generation 8 alone, on tapes that are sold for generation 7.
        Medium(
            "M8",
            8,
            9 * _TB,
            _IBM,
            81 * _TB // 10,
            "assumed: 90 % of what is native, the share that is usable of L7",
        ),
        Medium("L8", 8, 12 * _TB, _IBM, 111 * _TB // 10, _HEDGE),
        Medium(
            "L9",
            9,
            18 * _TB,
            "LTO Program, 2020-09-09 (lto.org, specifications for generation 9)",
            167 * _TB // 10,
            _HEDGE,
        ),
    )
}
"""By their ids, the oldest first: what the studio takes, and ``M8``, of which it says nothing."""


def medium(name: str) -> Medium:
    """Return the medium of an id.

    Args:
        name: ``L6``, ``L7``, ``M8``, ``L8`` or ``L9``.

    Raises:
        ValueError: It is none of them.
    """
    if name not in MEDIA:
        raise ValueError(f"medium: {name!r} is none of {', '.join(MEDIA)}")
    return MEDIA[name]
