"""Pages of a long answer, and the token that leads from one to the next."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass
from http import HTTPStatus

from reelpack.sandbox.refusals import Refused

__all__ = ["Place"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page starts.

    Attributes:
        last: Number of the last row of the page before; None on the first page.
        total: Rows on all pages, counted once, for the first.
    """

    last: int | None = None
    total: int | None = None

    @classmethod
    def read(cls, token: str | None) -> Place:
        """Read a page token.

        Raises:
            Refused: It is none of ours.
        """
        if token is None:
            return cls()
        try:
            last, total = json.loads(base64.urlsafe_b64decode(token.encode("ascii")))
        except (ValueError, TypeError, RecursionError, binascii.Error) as error:
            raise _unknown() from error
        if not isinstance(last, int) or not isinstance(total, int) or last >= 2**63 or last < 0:
            raise _unknown()
        return cls(last, total)

    def token(self) -> str:
        """Write it as a page token."""
        return base64.urlsafe_b64encode(json.dumps([self.last, self.total]).encode()).decode()


def _unknown() -> Refused:
    """Make the refusal."""
    return Refused(HTTPStatus.BAD_REQUEST, "pageToken is none that this server gave")
