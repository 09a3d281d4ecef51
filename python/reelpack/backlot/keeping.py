"""Keeps the last token of a stored login, so that the next command need not log in."""

from __future__ import annotations

import dataclasses
import threading
from typing import TYPE_CHECKING

from reelpack.backlot.tokens import Token
from reelpack.errors import ReelpackError

if TYPE_CHECKING:
    from reelpack.backlot.login import Login
    from reelpack.backlot.session import Session

__all__ = ["Keeper"]


class Keeper:
    """Writes a new token to where its login is kept; threads may share it.

    Args:
        login: The login, as it is kept.
    """

    def __init__(self, login: Login) -> None:
        self._login = login
        self._lock = threading.Lock()

    def keep(self, session: Session) -> None:
        """Keep the token of `session` if it is not the one that is kept.

        Right after a call it has a valid one, so that nothing is asked for. A token that cannot be
        kept is no reason to lose the answer of that call: the next command logs in again.
        """
        # Not waited for: one of many threads is enough, and a forked process may find it taken.
        if not self._lock.acquire(blocking=False):
            return
        try:
            self._keep(Token(*session.token()))
        except (ReelpackError, OSError):
            return
        finally:
            self._lock.release()

    def _keep(self, token: Token) -> None:
        if token != self._login.token:
            self._login = dataclasses.replace(self._login, token=token)
            self._login.store()
