"""The way each file came to its place: copied, cloned, or kept from an interrupted run."""

from __future__ import annotations

from abc import ABC, abstractmethod
from functools import cached_property
from typing import TYPE_CHECKING, Literal, get_args

from reelpack.names import json_text

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Clone", "Placed", "Way"]

Clone = Literal["auto", "always", "never"]
"""Whether blocks are shared with the source: where the disk can, or an error, or not at all."""

Way = Literal["copied", "cloned", "kept"]

# The extension gives a way as its place here.
_WAYS: tuple[Way, ...] = get_args(Way)


class Placed(ABC):
    """Base of the results that say of each file in which way it came to its place.

    Not a dataclass, so that the fields of a result stand in its own class.
    """

    # A byte for each file, in order.
    codes: bytes

    @abstractmethod
    def _names(self) -> Iterable[str]:
        """Name the files, in the order of the codes."""

    @cached_property
    def ways(self) -> dict[str, Way]:
        """How each file came to its place, by its name; made when first asked for, then kept.

        ``"copied"``: its bytes were written. ``"cloned"``: it shares its blocks with the source.
        ``"kept"``: an interrupted run had it written already.
        """
        ways = map(_WAYS.__getitem__, self.codes)
        return dict(zip(self._names(), ways, strict=True))

    @property
    def copied(self) -> int:
        """How many files were copied."""
        return self._count("copied")

    @property
    def cloned(self) -> int:
        """How many files were cloned."""
        return self._count("cloned")

    @property
    def kept(self) -> int:
        """How many files an interrupted run had written already."""
        return self._count("kept")

    def _count(self, way: Way) -> int:
        """Count the files of one way."""
        return self.codes.count(_WAYS.index(way))

    def _ways_object(self) -> dict[str, object]:
        """Name the files of each way, as keys of a JSON object."""
        return {
            way: [json_text(name) for name, own in self.ways.items() if own == way] for way in _WAYS
        }
