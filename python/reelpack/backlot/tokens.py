"""Access tokens, and the files that hold one that was got elsewhere."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from reelpack.backlot.private import read_private
from reelpack.errors import LoginError

if TYPE_CHECKING:
    import os

__all__ = ["Token", "read_token"]


@dataclass(frozen=True, slots=True)
class Token:
    """An access token. All of it is secret but its end, so its `repr` shows no more.

    Attributes:
        access: What each call carries.
        refresh: What the next one is got with; None if it cannot be refreshed.
        expires_at: When it ends, in seconds since 1970; None where that is not known.
    """

    access: str = field(repr=False)
    refresh: str | None = field(default=None, repr=False)
    expires_at: float | None = None

    @property
    def expires(self) -> datetime | None:
        """When it ends, in UTC; None where that is not known."""
        return None if self.expires_at is None else datetime.fromtimestamp(self.expires_at, UTC)


def read_token(path: str | os.PathLike[str]) -> Token:
    """Read a token that was got elsewhere: the bare token, or the JSON that the server answered.

    The end is not taken from the JSON: it counts from a moment that nobody noted.

    Raises:
        OSError: The file is not there or cannot be read.
        LoginError: Others can read it, or there is no token in it.
    """
    text = read_private(path).strip()
    answer = _object(text) if text.startswith("{") else {"access_token": text}
    access, refresh = answer.get("access_token"), answer.get("refresh_token")
    if not isinstance(access, str) or not access or len(access.split()) != 1:
        raise LoginError(
            f"{path}: no token in it; hint: the token alone, or the JSON of the server's answer"
        )
    return Token(access, refresh if isinstance(refresh, str) else None)


def _object(text: str) -> dict[str, object]:
    """Read a JSON object; what is none has no keys."""
    try:
        value = json.loads(text)
    except ValueError:  # its message would be fine, but the error holds the text
        return {}
    return value if isinstance(value, dict) else {}
