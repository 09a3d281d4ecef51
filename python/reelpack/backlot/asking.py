"""What the parts of the client share: one call, and the pages of an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from reelpack.backlot.pages import Page
from reelpack.backlot.wire import Wired

if TYPE_CHECKING:
    from reelpack.backlot.keeping import Keeper
    from reelpack.backlot.session import Answer, Session

__all__ = ["Asking", "paging"]

T = TypeVar("T", bound=Wired)


class Asking:
    """A client that is open or closed; the parts with the calls are made of it."""

    _open: Session | None
    _keeper: Keeper | None

    @property
    def _session(self) -> Session:
        if self._open is None:
            raise ValueError("this Backlot is closed")
        return self._open

    def _ask(
        self,
        operation: str,
        body: Wired | None = None,
        *,
        path: tuple[tuple[str, str], ...] = (),
        query: tuple[tuple[str, str], ...] = (),
        once: tuple[str, str, bool] | None = None,
    ) -> Answer:
        """Make one call, and keep the token that it was made with if it is a new one."""
        session = self._session
        answer = session.ask(operation, body, path=path, query=query, once=once)
        if self._keeper is not None:
            self._keeper.keep(session)
        return answer

    def _page(self, kind: type[T], answer: Answer, schema: str, field: str) -> Page[T]:
        """Make a page of an answer."""
        session = self._session
        total = session.fact(answer, schema, "total")
        token = session.fact(answer, schema, "nextPageToken")
        return Page(
            items=session.read_list(kind, answer, (schema, field)),
            total=total if isinstance(total, int) else None,
            next_token=token if isinstance(token, str) and token else None,
            url=answer.url,
        )


def paging(size: int, token: str | None) -> tuple[tuple[str, str], ...]:
    """Write which page is wanted as parameters of a URL."""
    return (("pageSize", str(size)), *([("pageToken", token)] if token is not None else []))
