"""What was called, without anything secret."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode

from reelpack.sandbox.faults import UPLOAD

if TYPE_CHECKING:
    from starlette.types import Scope

__all__ = ["Call", "Note"]

_STRUCK = "***"
_HEADERS = frozenset({"authorization", "proxy-authorization", "cookie"})
_FIELDS = frozenset({"client_secret", "password", "refresh_token"})
_TOKEN = "takeToken"  # noqa: S105  (the name of a call)
# Bytes of a body that are kept; the XML of a package is larger than any other.
_BODY = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Call:
    """A call of the API, or one that brought bytes.

    Attributes:
        operation: Its id in the contract; ``upload`` for bytes; None for a path that is not in it.
        method: The verb.
        path: The path, decoded.
        query: Names and values of the query, in their order.
        headers: Headers by their names in lower case; the value of a secret one is ``***``.
        body: The body as text, with secrets of a form struck out; of an upload, empty.
        status: The HTTP status of the answer; None where there was none, or is none yet.
    """

    operation: str | None
    method: str
    path: str
    query: tuple[tuple[str, str], ...]
    headers: dict[str, str]
    body: str
    status: int | None


class Note:
    """A call while it is worked off.

    Attributes:
        status: The HTTP status, once there is an answer.
    """

    def __init__(self, operation: str | None, scope: Scope) -> None:
        self.status: int | None = None
        self._operation = operation
        self._scope = {name: scope[name] for name in ("method", "path", "query_string", "headers")}
        self._body = bytearray()

    def take(self, chunk: bytes) -> None:
        """Note a part of the body."""
        if self._operation != UPLOAD:
            self._body += chunk[: _BODY - len(self._body)]

    def call(self) -> Call:
        """Say what was called."""
        body = self._body.decode("utf-8", "replace")
        query = self._scope["query_string"].decode("latin-1")
        return Call(
            self._operation,
            self._scope["method"],
            self._scope["path"],
            tuple(parse_qsl(query, keep_blank_values=True)),
            _headers(self._scope["headers"]),
            _form(body) if self._operation == _TOKEN else body,
            self.status,
        )


def _headers(headers: list[tuple[bytes, bytes]]) -> dict[str, str]:
    """Return headers without their secrets."""
    named = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in headers}
    return {name: _STRUCK if name in _HEADERS else value for name, value in named.items()}


def _form(body: str) -> str:
    """Return a form without its secrets."""
    fields = parse_qsl(body, keep_blank_values=True)
    return urlencode([(name, _STRUCK if name in _FIELDS else value) for name, value in fields])
