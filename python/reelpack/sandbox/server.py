"""The server of a sandbox, in a thread of its own."""

from __future__ import annotations

import asyncio
import os
import socket
import threading
from typing import TYPE_CHECKING, Any, TypeVar, cast

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from reelpack.sandbox.gates import CUT

if TYPE_CHECKING:
    from collections.abc import Callable

    from fastapi import FastAPI
    from starlette.types import Receive, Scope, Send

__all__ = ["Server"]

HOST = "127.0.0.1"
# Seconds that calls under way get when the server stops.
_GRACE = 1
_POLL = 0.005
# Connections that may wait to be taken.
_WAITING = 256
T = TypeVar("T")


class _Protocol(H11Protocol):
    """Speaks HTTP, and lets the application close a connection without an answer."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # this server has no other transport
        """Give the application the means."""
        super().connection_made(transport)
        app: Any = self.app

        async def closable(scope: Scope, receive: Receive, send: Send) -> None:
            scope[CUT] = transport.close
            await app(scope, receive, send)

        self.app = cast("Any", closable)


class Server:
    """Serves an application on 127.0.0.1 until it is stopped.

    Args:
        app: The application.
        port: The port; 0 is any that is free.

    Raises:
        OSError: The port is taken.
    """

    def __init__(self, app: FastAPI, port: int) -> None:
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        try:
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            self._bind(port)
            self._port: int = self._socket.getsockname()[1]
            self._socket.listen(_WAITING)
        except BaseException:  # a signal too must not leave the port taken
            self._socket.close()
            raise
        config = uvicorn.Config(
            app,
            http=_Protocol,
            ws="none",
            lifespan="off",
            loop="asyncio",
            log_config=None,
            access_log=False,
            timeout_graceful_shutdown=_GRACE,
        )
        self._server = uvicorn.Server(config)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._failure: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name="reelpack sandbox", daemon=True)

    def _bind(self, port: int) -> None:
        """Take the port, and name it where that is refused."""
        try:
            self._socket.bind((HOST, port))
        except OSError as error:
            # The system's words alone: which port is told as a file name would be.
            reason = os.strerror(error.errno) if error.errno else str(error)
            raise OSError(error.errno, reason, f"{HOST}:{port}") from None

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://{HOST}:{self._port}"

    def start(self) -> None:
        """Start, and return when it answers.

        Raises:
            RuntimeError: It ended before it did; the reason is its cause.
        """
        self._thread.start()
        while not self._server.started:
            self._thread.join(_POLL)
            if not self._thread.is_alive():
                raise RuntimeError("the server of the sandbox did not start") from self._failure

    def stop(self) -> None:
        """Stop; calls under way get a second to end."""
        self._server.should_exit = True
        self._thread.join()
        self._socket.close()

    def call(self, work: Callable[[], T]) -> T:
        """Do `work` on the thread of the server, which owns what the calls work on.

        Once the server has ended it is done by the caller.
        """
        if self._loop is None or not self._thread.is_alive():
            return work()

        async def done() -> T:
            return work()

        return asyncio.run_coroutine_threadsafe(done(), self._loop).result()

    def _run(self) -> None:
        """Serve."""
        try:
            with asyncio.Runner() as runner:
                self._loop = runner.get_loop()
                runner.run(self._server.serve(sockets=[self._socket]))
        except BaseException as failure:  # noqa: BLE001  (kept for the thread that waits)
            self._failure = failure
