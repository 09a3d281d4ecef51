"""Bytes of a file on their way: counted and digested as they come, and kept nowhere.

So a rehearsal with 400 GB needs no disk. What it costs: when the sandbox ends, a file that was not
whole starts again from its first byte, for a digest cannot be kept half-done.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hashlib import _Hash

__all__ = ["Arrival", "Arrived"]


def _md5() -> _Hash:
    """Begin a digest; a fingerprint for people, which keeps nobody from anything."""
    return hashlib.md5(usedforsecurity=False)


@dataclass(frozen=True, slots=True)
class Arrived:
    """A file of a delivery, and what has come of it.

    Attributes:
        source_path: The file, as its partner knows it.
        destination_path: Where it goes.
        announced: Bytes that were announced.
        counted: Bytes that have come.
        is_whole: Whether it is there.
        md5: Digest of its bytes in hex; None until it is there.
    """

    source_path: str
    destination_path: str
    announced: int
    counted: int
    is_whole: bool
    md5: str | None


@dataclass(slots=True)
class Arrival:
    """A file on its way.

    Attributes:
        counted: Bytes that have come.
        is_busy: Whether a call brings some right now.
    """

    counted: int = 0
    is_busy: bool = False
    _digest: _Hash = field(default_factory=_md5, repr=False)

    def take(self, chunk: bytes) -> None:
        """Take the next bytes."""
        self._digest.update(chunk)
        self.counted += len(chunk)

    def md5(self) -> str:
        """Return the MD5 of what has come, in hex."""
        return self._digest.hexdigest()
