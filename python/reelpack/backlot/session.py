"""One call of the API: what goes out as JSON, what comes back as dataclasses, and the log."""

from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from reelpack.backlot.wire import MismatchError, Wire, Wired
from reelpack.errors import ApiError

if TYPE_CHECKING:
    from collections.abc import Callable

    from reelpack._native import BacklotClient

__all__ = ["Answer", "Session"]

logger = logging.getLogger("reelpack.backlot")

T = TypeVar("T", bound=Wired)
R = TypeVar("R")


class Answer(NamedTuple):
    """What the server said.

    Attributes:
        url: Where it came from.
        body: The JSON.
        kept_since: When it was said, in seconds since 1970, if nothing was sent this time.
    """

    url: str
    body: object
    kept_since: float | None


class Session:
    """The extension's client with the names of one contract; threads may share it.

    Args:
        client: The extension's client.
        wire: Reads and writes the JSON.
    """

    __slots__ = ("_client", "wire")

    def __init__(self, client: BacklotClient, wire: Wire) -> None:
        self._client = client
        self.wire = wire

    def ask(
        self,
        operation: str,
        body: Wired | None = None,
        *,
        path: tuple[tuple[str, str], ...] = (),
        query: tuple[tuple[str, str], ...] = (),
        once: tuple[str, str, bool] | None = None,
    ) -> Answer:
        """Make one call, with its retries.

        Raises:
            ApiError: There is no answer, a refusal, or one that is no JSON.
            LoginError: No token is to be had.
        """
        _, url, content, kept_since = self._client.call(
            operation,
            path=list(path),
            query=list(query),
            body=None if body is None else json.dumps(self.wire.write(body)).encode(),
            once=once,
            log=log_if_wanted(),
        )
        try:
            return Answer(url, json.loads(content), kept_since)
        except (ValueError, RecursionError):
            raise ApiError(f"{url}: the answer is no JSON", url) from None

    def token(self) -> tuple[str, str | None, float | None]:
        """Return a token that is valid now: access, refresh, and when it ends."""
        return self._client.token(log=log_if_wanted())

    def stop(self) -> None:
        """End the calls that other threads are making."""
        self._client.stop()

    def read(self, kind: type[T], answer: Answer) -> T:
        """Make a `kind` of an answer.

        Raises:
            ApiError: It does not fit the contract.
        """
        return self._fitting(answer, lambda: self.wire.read(kind, answer.body))

    def read_list(
        self, kind: type[T], answer: Answer, field: tuple[str, str], *, required: bool = True
    ) -> tuple[T, ...]:
        """Make a `kind` of each item of a list in the answer.

        Args:
            kind: What the items are.
            answer: The answer.
            field: Schema of the answer and name of the field that is the list.
            required: Whether the list has to be there.

        Raises:
            ApiError: The list is not there, or an item does not fit the contract.
        """
        return self._fitting(answer, lambda: self._items(kind, answer, field, required=required))

    def _items(
        self, kind: type[T], answer: Answer, field: tuple[str, str], *, required: bool
    ) -> tuple[T, ...]:
        name = self.wire.name(*field)
        items = answer.body.get(name) if isinstance(answer.body, dict) else None
        if not isinstance(items, list):
            if required:
                raise MismatchError(f"{field[0]}: the answer has no list `{name}`")
            return ()
        read = self.wire.read
        return tuple(read(kind, item) for item in items)

    def fact(self, answer: Answer, schema: str, field: str) -> object:
        """Return a field of an answer; None if it has none."""
        body = answer.body
        return body.get(self.wire.name(schema, field)) if isinstance(body, dict) else None

    @staticmethod
    def _fitting(answer: Answer, make: Callable[[], R]) -> R:
        """Say where an answer came from that does not fit."""
        try:
            return make()
        except MismatchError as error:
            raise ApiError(f"{answer.url}: {error}", answer.url) from None


def log_if_wanted() -> Callable[..., object] | None:
    """Return what is told of each attempt; None where nobody listens, which spares the work."""
    return _log if logger.isEnabledFor(logging.DEBUG) else None


def _log(  # noqa: PLR0913, PLR0917  (as the extension calls it)
    method: str,
    url: str,
    status: int | None,
    outcome: str,
    seconds: float,
    request: str,
    response: str,
    wait: float | None,
) -> None:
    """Write one record for an attempt; its secrets are struck out already."""
    again = "" if wait is None else f", again in {wait:.1f} s"
    logger.debug(
        "%s %s: %s after %.3f s%s; sent %s; got %s",
        method,
        url,
        outcome if status is None else f"{status} {outcome}",
        seconds,
        again,
        request or "nothing",
        response or "nothing",
        extra={"wait": wait, "url": url, "outcome": outcome if status is None else str(status)},
    )
