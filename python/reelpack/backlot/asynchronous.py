"""The same client for asyncio: each call runs on a thread of its own pool."""

from __future__ import annotations

import asyncio
import functools
from concurrent.futures import ThreadPoolExecutor
from typing import (
    TYPE_CHECKING,
    Any,
    Concatenate,
    Generic,
    ParamSpec,
    Self,
    TypedDict,
    TypeVar,
    Unpack,
)

from reelpack.backlot.client import Backlot
from reelpack.backlot.wire import Wired

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
    from types import TracebackType

    from reelpack.backlot.orders import PathLike
    from reelpack.backlot.pages import Page, Pages
    from reelpack.backlot.sources import Bucket
    from reelpack.tables import Table

__all__ = ["AsyncBacklot", "AsyncPages"]

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T", bound=Wired)

THREADS = 8
"""Calls made at once, where the caller does not say."""


class Options(TypedDict, total=False):
    """The options of `Backlot`, which has them by name; there they are documented."""

    token_url: str | None
    client_id: str | None
    client_secret: str | None
    username: str | None
    password: str | None
    token: str | None
    token_file: PathLike | None
    contract: PathLike | None
    timeout: float
    connect_timeout: float
    retries: int
    ca_file: PathLike | Iterable[PathLike] | None
    proxy: str | None
    state: PathLike | bool


class AsyncPages(Generic[T]):
    """What a search found, as `Pages`: ``async for`` yields it, and what asks is awaited."""

    __slots__ = ("_pages", "_run")

    def __init__(self, pages: Pages[T], run: Callable[..., Awaitable[Any]]) -> None:
        self._pages = pages
        self._run = run

    def __repr__(self) -> str:
        """Say what it yields."""
        return repr(self._pages)

    async def __aiter__(self) -> AsyncIterator[T]:
        """Yield all items, page after page.

        Raises:
            ApiError: A page could not be had.
        """
        pages = self._pages.pages()
        while (page := await self._run(next, pages, None)) is not None:
            for item in page.items:
                yield item

    def limit(self, count: int) -> AsyncPages[T]:
        """Return the same search, which ends after `count` items."""
        return AsyncPages(self._pages.limit(count), self._run)

    async def first_page(self) -> Page[T]:
        """Ask for the first page, as `Pages.first_page`."""
        page: Page[T] = await self._run(self._pages.first_page)
        return page

    async def total(self) -> int | None:
        """Ask once how many there are on all pages, as `Pages.total`."""
        counted: int | None = await self._run(lambda: self._pages.total)
        return counted

    async def buckets(self) -> tuple[Bucket, ...]:
        """Ask once how many are in which bucket, as `Pages.buckets`."""
        found: tuple[Bucket, ...] = await self._run(lambda: self._pages.buckets)
        return found

    async def to_arrow(self) -> Table:
        """Ask for all pages and make a table of them, as `Pages.to_arrow`."""
        table: Table = await self._run(self._pages.to_arrow)
        return table


def _awaited(
    method: Callable[Concatenate[Backlot, P], R],
) -> Callable[Concatenate[AsyncBacklot, P], Awaitable[R]]:
    """Make a method that runs that of `Backlot` on a thread; signature and doc are the same."""

    @functools.wraps(method)
    async def call(self: AsyncBacklot, /, *args: P.args, **options: P.kwargs) -> R:
        result: R = await self.run(functools.partial(method, self.backlot, *args, **options))
        return result

    return call


def _paged(
    method: Callable[Concatenate[Backlot, P], Pages[T]],
) -> Callable[Concatenate[AsyncBacklot, P], AsyncPages[T]]:
    """Make a method whose pages are asked for on a thread; signature and doc are the same."""

    @functools.wraps(method)
    def search(self: AsyncBacklot, /, *args: P.args, **options: P.kwargs) -> AsyncPages[T]:
        return AsyncPages(method(self.backlot, *args, **options), self.run)

    return search


class AsyncBacklot:
    """`Backlot` for asyncio: the same methods, awaited; searches are iterated with ``async for``.

    A call that is given up goes on in its thread until it is answered, its time is over or this is
    closed.

    Args:
        url: As of `Backlot`.
        threads: Calls made at once; further ones wait for their turn.
        options: Those of `Backlot`, by keyword.

    Attributes:
        backlot: The client that makes the calls.

    Raises:
        LoginError: As `Backlot`, and whatever else it raises.
    """

    def __init__(
        self, url: str | None = None, *, threads: int = THREADS, **options: Unpack[Options]
    ) -> None:
        self.backlot = Backlot(url, **options)
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="backlot")

    async def __aenter__(self) -> Self:
        """Return the client itself."""
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Close it."""
        await self.close()

    def __repr__(self) -> str:
        """Show what `Backlot` shows."""
        return f"Async{self.backlot!r}"

    async def run(self, work: Callable[..., R], *args: object) -> R:
        """Run `work` on a thread of this client."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, work, *args)

    async def close(self) -> None:
        """Close it as `Backlot.close`; calls that wait for their turn are dropped."""
        self.backlot.close()
        self._pool.shutdown(wait=False, cancel_futures=True)

    requests = _paged(Backlot.requests)
    inspections = _paged(Backlot.inspections)
    downloads = _paged(Backlot.downloads)
    request = _awaited(Backlot.request)
    update = _awaited(Backlot.update)
    cancel = _awaited(Backlot.cancel)
    uncancel = _awaited(Backlot.uncancel)
    set_material_status = _awaited(Backlot.set_material_status)
    override = _awaited(Backlot.override)
    manifests = _awaited(Backlot.manifests)
    deliver = _awaited(Backlot.deliver)
    deliver_imf = _awaited(Backlot.deliver_imf)
    token = _awaited(Backlot.token)
