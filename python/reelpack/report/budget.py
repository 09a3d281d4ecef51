"""How much of a page each of its parts may take, so that a browser can open it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Budget"]


class Budget:
    """Lets pieces of text pass until they are too much, and counts those that are left.

    A piece that is too large ends it: what is shown is the beginning, never a choice.
    """

    def __init__(self, size: int) -> None:
        self.size = size
        self.left = 0

    def take(self, pieces: Iterator[str]) -> Iterator[str]:
        """Yield `pieces` while their bytes fit, then count the rest.

        Args:
            pieces: Text for HTML, one piece for each thing shown.
        """
        for piece in pieces:
            self.size -= len(piece.encode())
            if self.size < 0:
                self.left = 1 + sum(1 for _ in pieces)
                return
            yield piece
