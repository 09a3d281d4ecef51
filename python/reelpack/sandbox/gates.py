"""What each call passes on its way in: written down, then let in, then hit by a fault or not.

Plain ASGI, so that it stands before the framework reads a body: a call without a token is refused
before anybody looks at what it says.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from starlette.datastructures import Headers

from reelpack.sandbox import faults, tokens
from reelpack.sandbox.calls import Note
from reelpack.sandbox.refusals import refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, MutableMapping

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from reelpack.sandbox.world import World

__all__ = ["CUT", "Door", "Faulty", "Operations", "Recorder"]

# Where the server puts the means to close a connection without an answer.
CUT = "reelpack.cut"
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_API = "/v1/"
_UPLOADS = "/sandbox/uploads/"
_GATE_FAULTS = ("latency", "expired", "status", "cut", "lost")


class Operations:
    """Knows operations by verb and path.

    Args:
        paths: For each verb and path template, the id of the operation.
    """

    def __init__(self, paths: Iterable[tuple[str, str, str]]) -> None:
        # A path without parameters first: `/v1/requests/search` is no request called search.
        ordered = sorted(paths, key=lambda path: path[1].count("{"))
        self._paths = [
            (verb.upper(), re.compile(re.sub(r"\{[^}]*\}", "[^/]+", path)), name)
            for verb, path, name in ordered
        ]

    def name(self, scope: Scope) -> str | None:
        """Return the id of the operation of a call; None if it is none."""
        if scope["path"].startswith(_UPLOADS) and scope["method"] == "PATCH":
            return faults.UPLOAD
        for verb, pattern, name in self._paths:
            if verb == scope["method"] and pattern.fullmatch(scope["path"]):
                return name
        return None

    def verbs(self, path: str) -> list[str]:
        """List the verbs of the operations at a path: of those with the fewest parameters."""
        matching = [pattern for _, pattern, _ in self._paths if pattern.fullmatch(path)]
        return sorted(verb for verb, pattern, _ in self._paths if pattern in matching[:1])


class Recorder:
    """Writes down each call of the API and each upload with its answer."""

    def __init__(self, app: ASGIApp, world: World, name: Callable[[Scope], str | None]) -> None:
        self.app = app
        self.world = world
        self.name = name

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Write a call down, and pass it on."""
        operation = scope["reelpack.operation"] = self.name(scope)
        if operation is not None or scope["path"].startswith(_API):
            note = Note(operation, scope)
            # In the order of arrival, also of those that are cut off.
            self.world.calls.append(note)
            receive, send = _noting(note, receive, send)
        await self.app(scope, receive, send)


def _noting(note: Note, receive: Receive, send: Send) -> tuple[Receive, Send]:
    """Pass messages on and note what is in them."""

    async def received() -> Message:
        message = await receive()
        note.take(message.get("body", b""))
        return message

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            note.status = message["status"]
        await send(message)

    return received, sent


class Door:
    """Lets in only who comes from this machine, and into the API only who has a token.

    A page of another site that a browser shows can send calls to a loopback address: by a name that
    it lets resolve to it, which the header `Host` gives away, or by a form, which `Origin` does.
    """

    def __init__(self, app: ASGIApp, world: World) -> None:
        self.app = app
        self.world = world

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a call on, or refuse it."""
        headers = Headers(scope=scope)
        if not _is_loopback(f"//{headers.get('host', '')}"):
            refused = refusal(HTTPStatus.FORBIDDEN, "the sandbox is for its own machine only")
        elif scope["method"] not in _SAFE and not _is_same_site(headers):
            refused = refusal(HTTPStatus.FORBIDDEN, "this call comes from another site")
        elif scope["path"].startswith(_API) and not self._has_token(headers):
            refused = refusal(
                HTTPStatus.UNAUTHORIZED,
                "Authentication failed",
                headers={"WWW-Authenticate": "Bearer"},
            )
        else:
            await self.app(scope, receive, send)
            return
        await refused(scope, receive, send)

    def _has_token(self, headers: Headers) -> bool:
        """Tell whether a call has a token that is good."""
        with self.world.records() as session:
            return tokens.is_good(session, headers.get("authorization"), self.world.clock.seconds())


class Faulty:
    """Does to a call what somebody asked for."""

    def __init__(self, app: ASGIApp, world: World) -> None:
        self.app = app
        self.world = world

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a call on, with the faults that wait for it."""
        operation = scope.get("reelpack.operation")
        if operation is None:
            await self.app(scope, receive, send)
            return
        with self.world.records() as session:
            taken = faults.take(session, operation, _GATE_FAULTS)
        for fault in taken:
            if fault.kind == "latency":
                await self._wait(float(str(fault.details["seconds"])))
            elif fault.kind == "expired":
                with self.world.records() as session:
                    faults.end_tokens(session)
        await self._ended(taken, scope, receive, send)

    async def _wait(self, seconds: float) -> None:
        """Wait, but for a sandbox that ends."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self.world.stopping.wait()

    async def _ended(
        self, taken: list[faults.Fault], scope: Scope, receive: Receive, send: Send
    ) -> None:
        """Answer with the first fault that ends a call, else let it through."""
        for fault in taken:
            if fault.kind == "status":
                await _status(fault)(scope, receive, send)
                return
            if fault.kind == "cut":
                await self._cut(fault, scope, receive, send)
                return
            if fault.kind == "lost":
                await self.app(scope, receive, _nowhere)
                await _close(scope)
                return
        await self.app(scope, receive, send)

    async def _cut(self, fault: faults.Fault, scope: Scope, receive: Receive, _send: Send) -> None:
        """Close the connection at once, or after so many bytes of the body."""
        if "after" in fault.details:
            await self.app(scope, _Until(receive, int(str(fault.details["after"]))), _nowhere)
        await _close(scope)


class _Until:
    """Receives a body up to a number of bytes, behind which the caller seems gone."""

    def __init__(self, receive: Receive, left: int) -> None:
        self._receive = receive
        self._left = left

    async def __call__(self) -> Message:
        """Receive the next message."""
        if self._left <= 0:
            return {"type": "http.disconnect"}
        message = await self._receive()
        body = message.get("body", b"")[: self._left]
        self._left -= len(body)
        return {**message, "body": body, "more_body": True}


async def _nowhere(_message: MutableMapping[str, object]) -> None:
    """Send nothing."""


async def _close(scope: Scope) -> None:
    """Close the connection without an answer, and wait until the server has seen it."""
    close: Callable[[], None] = scope[CUT]
    close()
    await asyncio.sleep(0.01)


def _status(fault: faults.Fault) -> ASGIApp:
    """Make the answer of a status."""
    status = int(str(fault.details["status"]))
    after = fault.details.get("retry_after")
    headers = None if after is None else {"Retry-After": str(after)}
    return refusal(status, "a fault that was asked for", headers=headers)


def _is_loopback(url: str) -> bool:
    """Tell whether a URL names this machine."""
    try:
        return urlsplit(url).hostname in _LOOPBACK
    except ValueError:
        return False


def _is_same_site(headers: Headers) -> bool:
    """Tell whether a call that changes something comes from a page of ours, or from no page."""
    origin = headers.get("origin")
    if origin is not None:
        # The whole origin: another server of this machine, on another port, is another site too.
        return origin == f"http://{headers.get('host', '')}"
    return headers.get("sec-fetch-site", "none") in {"none", "same-origin"}
