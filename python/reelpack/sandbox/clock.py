"""The sandbox's clock: the real one, turned forward."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Clock", "moment"]


class Clock:
    """Real time and an offset to it.

    Attributes:
        offset: Seconds that the sandbox is ahead of the real clock.
    """

    def __init__(self, offset: float = 0.0, real: Callable[[], float] = time.time) -> None:
        self.offset = offset
        self._real = real

    def seconds(self) -> float:
        """Return the sandbox's time in seconds since 1970."""
        return self._real() + self.offset

    def now(self) -> datetime:
        """Return the sandbox's time, in UTC."""
        return moment(self.seconds())

    def set(self, now: datetime) -> None:
        """Let it be `now`, from where the clock goes on."""
        self.offset = now.timestamp() - self._real()


def moment(seconds: float) -> datetime:
    """Return an instant, given in seconds since 1970, in UTC."""
    return datetime.fromtimestamp(seconds, UTC)
