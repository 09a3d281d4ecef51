"""What a sandbox is made of: store, clock, rules, login, and what came over the wire.

The thread of the server owns all of it: each call is worked off at one go, so that no two of them
meet half-way, and a test sees the same on each run. SQLite takes one writer at a time anyway.
"""

from __future__ import annotations

import asyncio
import contextlib
import secrets
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated

from fastapi import Depends
from fastapi import Request as HttpRequest
from sqlalchemy import update
from sqlalchemy.orm import Session

from reelpack.sandbox.clock import Clock
from reelpack.sandbox.moving import catch_up
from reelpack.sandbox.rules import RULES, Rulebook
from reelpack.sandbox.tables import File, Setting

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Engine

    from reelpack.sandbox.arrivals import Arrival
    from reelpack.sandbox.calls import Note

__all__ = ["AWorld", "Credentials", "World"]

# Calls that are remembered: enough for a test, and bounded for a sandbox that runs for weeks.
_CALLS = 20_000
_OFFSET = "clock offset"


@dataclass(frozen=True, slots=True)
class Credentials:
    """A login that the sandbox takes; made up anew for each, and nobody else's."""

    client_id: str = field(default_factory=lambda: f"sandbox-{secrets.token_hex(4)}", repr=False)
    client_secret: str = field(default_factory=secrets.token_urlsafe, repr=False)
    username: str = field(default="partner@sandbox.invalid", repr=False)
    password: str = field(default_factory=secrets.token_urlsafe, repr=False)


@dataclass(slots=True)
class World:
    """A sandbox without its server.

    Attributes:
        engine: The store.
        clock: Its clock.
        rules: The rules in force.
        is_preferred: Whether the partner is a preferred one.
        wants_second_factor: Whether the password grant is refused for want of a second factor.
        credentials: The login it takes.
        calls: What was called, the oldest first.
        arrivals: Files on their way, by delivery and place.
        stopping: Set when the sandbox ends, so that nothing is waited for any more.
    """

    engine: Engine
    clock: Clock = field(default_factory=Clock)
    rules: Rulebook = field(default_factory=lambda: Rulebook(RULES))
    is_preferred: bool = True
    wants_second_factor: bool = False
    credentials: Credentials = field(default_factory=Credentials)
    calls: deque[Note] = field(default_factory=lambda: deque(maxlen=_CALLS))
    arrivals: dict[tuple[str, int], Arrival] = field(default_factory=dict)
    stopping: asyncio.Event = field(default_factory=asyncio.Event)

    @contextlib.contextmanager
    def records(self) -> Iterator[Session]:
        """Begin a transaction for what does not move by itself: tokens, faults."""
        with Session(self.engine) as session, session.begin():
            yield session

    @contextlib.contextmanager
    def session(self) -> Iterator[Session]:
        """Begin a transaction, in which everything stands as it does at this time.

        It is kept at the end, and dropped if the block is left by an exception.
        """
        with self.records() as session:
            catch_up(session, self.clock.seconds())
            yield session

    def recall(self) -> None:
        """Go on where the file was left: with its clock, and with files that start again."""
        with self.records() as session:
            kept = session.get(Setting, _OFFSET)
            if kept is not None:
                self.clock.offset = kept.value
            session.execute(update(File).where(File.is_whole.is_(False)).values(counted=0))

    def keep_clock(self) -> None:
        """Write down how far the clock is ahead."""
        with self.records() as session:
            session.merge(Setting(name=_OFFSET, value=self.clock.offset))


async def _world(request: HttpRequest) -> World:
    """Return the world of the application; a coroutine, so that no other thread is taken for it."""
    world: World = request.app.state.world
    return world


AWorld = Annotated[World, Depends(_world)]
