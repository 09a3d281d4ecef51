"""A sandbox that runs, as its user holds it."""

from __future__ import annotations

import contextlib
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, TypedDict

from reelpack.sandbox import controls, demo, faults, sending
from reelpack.sandbox.app import make_app
from reelpack.sandbox.clock import Clock
from reelpack.sandbox.rules import RULES, Rulebook
from reelpack.sandbox.server import Server
from reelpack.sandbox.store import open_store
from reelpack.sandbox.world import World

if TYPE_CHECKING:
    import os
    from collections.abc import Collection, Iterable, Iterator

    from reelpack.sandbox.arrivals import Arrived
    from reelpack.sandbox.calls import Call
    from reelpack.sandbox.faults import Fault
    from reelpack.sandbox.sending import Answer, Sent

__all__ = ["Credentials", "Sandbox", "running"]


class Credentials(TypedDict):
    """Where a sandbox is and how to log in to it: keyword arguments of `Backlot`."""

    url: str
    token_url: str
    client_id: str
    client_secret: str
    username: str
    password: str


class Sandbox:
    """A sandbox that runs; made by `running`."""

    def __init__(self, world: World, server: Server) -> None:
        self._world = world
        self._server = server

    @property
    def url(self) -> str:
        """Where it answers, such as ``http://127.0.0.1:40123``."""
        return self._server.url

    @property
    def now(self) -> datetime:
        """The sandbox's time, in UTC."""
        return self._world.clock.now()

    @property
    def calls(self) -> tuple[Call, ...]:
        """The calls of the API and the uploads, in the order they came, without anything secret."""
        return self._server.call(lambda: tuple(note.call() for note in self._world.calls))

    @property
    def faults(self) -> tuple[Fault, ...]:
        """The faults that wait for their calls."""
        return self._server.call(self._faults)

    def credentials(self) -> Credentials:
        """Return the keyword arguments with which a client logs in to it."""
        login = self._world.credentials
        return {
            "url": self.url,
            "token_url": self.url,
            "client_id": login.client_id,
            "client_secret": login.client_secret,
            "username": login.username,
            "password": login.password,
        }

    def environment(self) -> dict[str, str]:
        """Return the same as variables of the environment, for programs that look there."""
        prefix = "REELPACK_BACKLOT_"
        return {f"{prefix}{name.upper()}": str(text) for name, text in self.credentials().items()}

    def advance(self, by: float | timedelta) -> datetime:
        """Turn the clock forward, and let all happen that is due by then.

        Args:
            by: Seconds, or a time span.

        Returns:
            The time it is then.

        Raises:
            ValueError: It would go back, or past the year 9000.
        """
        seconds = by.total_seconds() if isinstance(by, timedelta) else by
        return self._server.call(lambda: controls.advance(self._world, seconds))

    def fault(self, kind: str, operation: str = "*", times: int = 1, **details: object) -> None:
        """Let the next calls meet a fault.

        Args:
            kind: ``latency`` (``seconds``), ``status`` (``status``: 429, 500, 502, 503 or 504;
                ``retry_after``), ``cut`` (closed before any work; of an upload, ``after`` so many
                bytes), ``lost`` (closed after the work was done), ``expired`` (all tokens end now),
                or ``wrong-size`` (an upload counts to another size; ``by`` so many bytes).
            operation: Id of the operation it hits, such as ``startDelivery``; ``*`` is any;
                ``upload`` is a call that brings bytes, which ``*`` is not but for ``wrong-size``.
            times: Calls that it hits.
            **details: What the kind has to say.

        Raises:
            ValueError: There is no such fault.
        """
        wanted = faults.Fault(kind, operation, times, details)
        self._server.call(lambda: controls.fault(self._world, wanted))

    def clear_faults(self) -> None:
        """Let no fault wait."""
        self._server.call(self._clear)

    def foresee(self, request_id: str, codes: Iterable[str] = (), verdict: str = "accept") -> None:
        """Say what the next inspection and quality control of a request will find.

        Args:
            request_id: The request.
            codes: Codes of the inspection.
            verdict: ``accept``; ``reject``, which asks for a redelivery; ``fail``, where automated
                control does not let it through.

        Raises:
            LookupError: There is no such request.
            ValueError: There is no such verdict.
        """
        found = list(codes)
        self._server.call(lambda: controls.foresee(self._world, request_id, found, verdict))

    def fill(self, *, titles: int, requests: int, **fields: object) -> None:
        """Add titles with requests that are all open, and can all be delivered to.

        Args:
            titles: How many titles.
            requests: How many requests, spread over these titles.
            **fields: What is to be other in all of these requests, such as
                ``source_type="AV_MUXED"`` or ``due_date=date(2026, 3, 1)``.

        Raises:
            ValueError: A number is negative, there are requests and no title for them, or a field
                is none of a request.
        """
        self._server.call(lambda: demo.fill(self._world, titles, requests, fields))

    def arrived(self, transfer_id: str) -> tuple[Arrived, ...]:
        """Say what has come of the files of a delivery, in their order.

        Raises:
            LookupError: There is no such transfer.
        """
        return self._server.call(lambda: controls.arrived(self._world, transfer_id))

    def send(
        self,
        delivery: Answer,
        *,
        only: Collection[str] | None = None,
        stop_after: int | None = None,
    ) -> tuple[Sent, ...]:
        """Send the files of a delivery, in place of `ascp`; see `send`."""
        return sending.send(self.url, delivery, only=only, stop_after=stop_after)

    def _faults(self) -> tuple[Fault, ...]:
        """List the faults."""
        with self._world.session() as session:
            return tuple(faults.listed(session))

    def _clear(self) -> None:
        """Clear the faults."""
        with self._world.session() as session:
            faults.clear(session)


@contextlib.contextmanager
def running(  # noqa: PLR0913  (an option each, all by keyword)
    *,
    demo: bool = False,
    file: str | os.PathLike[str] | None = None,
    port: int = 0,
    preferred: bool = True,
    mfa: bool = False,
    now: datetime | None = None,
    without: Iterable[str] = (),
) -> Iterator[Sandbox]:
    """Run a sandbox on 127.0.0.1 while the block runs.

    Args:
        demo: Fill it with two titles and sixty requests, if it is empty.
        file: Database file to keep it in; None is memory.
        port: The port; 0 is any that is free.
        preferred: Whether the partner is a preferred one, who can cancel.
        mfa: Whether the password grant is refused for want of a second factor.
        now: The time it is there at the start; None is the real one, or where the file stopped.
        without: Names of rules to leave out.

    Yields:
        The sandbox.

    Raises:
        OSError: The port is taken.
        ValueError: There is no rule of a name in ``without``.
    """
    rules = Rulebook(RULES, without)
    engine = open_store(file)
    try:
        world = World(engine, Clock(), rules, is_preferred=preferred, wants_second_factor=mfa)
        world.recall()
        if now is not None:
            world.clock.set(now)
            world.keep_clock()
        if demo:
            _demo(world)
        server = Server(make_app(world), port)
        try:
            server.start()
            yield Sandbox(world, server)
        finally:
            server.call(world.stopping.set)
            server.stop()
    finally:
        engine.dispose()


def _demo(world: World) -> None:
    """Fill a sandbox."""
    demo.fill_demo(world)
