"""Answers that come in pages, asked for one after the other and only as far as they are wanted."""

from __future__ import annotations

import dataclasses
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from reelpack.backlot.columns import to_table
from reelpack.backlot.wire import Wired
from reelpack.errors import ApiError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from reelpack.backlot.sources import Bucket
    from reelpack.tables import Table

__all__ = ["PAGE_SIZES", "Page", "Pages"]

T = TypeVar("T", bound=Wired)

PAGE_SIZES = range(1, 1001)
"""Items of one page. Assumed: nothing of the studio's limits is public."""


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """One page of an answer.

    Attributes:
        items: What is on it, in the order of the answer.
        total: Items on all pages; None where the server does not say.
        buckets: How many of all are in which bucket; empty where the server does not say.
        next_token: What the next page is asked for with; None on the last one.
        url: Where it came from.
    """

    items: tuple[T, ...]
    total: int | None = None
    buckets: tuple[Bucket, ...] = ()
    next_token: str | None = None
    url: str = ""

    def cut(self, count: int) -> Page[T]:
        """Return the page with its first `count` items only."""
        return dataclasses.replace(self, items=self.items[:count])


class Pages(Generic[T]):
    """What a search found: iterate over it, as often as you like.

    Nothing is asked for before the first item is wanted, and of the pages only one is in memory.
    Each iteration asks anew. Threads may share it.

    Example:
        ``for request in backlot.requests(state="OPEN"): ...``
    """

    __slots__ = ("_fetch", "_first", "_item", "_most", "_size")

    def __init__(
        self,
        item: type[T],
        fetch: Callable[[int, str | None], Page[T]],
        size: int,
        most: int | None = None,
    ) -> None:
        if size not in PAGE_SIZES:
            raise ValueError(f"page_size must be 1 to {PAGE_SIZES[-1]}, not {size}")
        self._item = item
        self._fetch = fetch
        self._size = size
        self._most = most
        self._first: Page[T] | None = None

    def __repr__(self) -> str:
        """Say what it yields; looking must not ask the server."""
        most = "" if self._most is None else f", at most {self._most}"
        return f"<Pages of {self._item.__name__}, {self._size} at once{most}>"

    def __iter__(self) -> Iterator[T]:
        """Yield all items, page after page.

        Raises:
            ApiError: A page could not be had, or the server gives the same page again and again.
        """
        for page in self.pages():
            yield from page.items

    def pages(self) -> Iterator[Page[T]]:
        """Yield page after page; of a search with a limit the last one is cut.

        Raises:
            ApiError: As iterating.
        """
        token: str | None = None
        seen = {token}
        left = sys.maxsize if self._most is None else self._most
        while left:
            page = self._fetch(min(self._size, left), token)
            yield page if len(page.items) <= left else page.cut(left)
            left -= min(left, len(page.items))
            token = page.next_token
            if token is None:
                return
            if token in seen:
                raise ApiError(f"{page.url}: the server goes round in its pages", page.url)
            seen.add(token)

    def limit(self, count: int) -> Pages[T]:
        """Return the same search, which ends after `count` items.

        Args:
            count: Items at most, 0 or more.
        """
        if count < 0:
            raise ValueError(f"a limit must be 0 or more, not {count}")
        most = count if self._most is None else min(count, self._most)
        return Pages(self._item, self._fetch, self._size, most)

    def first_page(self) -> Page[T]:
        """Ask for the first page, anew each time; `limit` does not cut it."""
        return self._fetch(self._size, None)

    @property
    def total(self) -> int | None:
        """Items on all pages, whatever `limit` says; None where the server does not say.

        Asks for the first page once, and keeps the counts of it.
        """
        return self._counts().total

    @property
    def buckets(self) -> tuple[Bucket, ...]:
        """How many of all that was found are in which bucket; asked for as `total` is."""
        return self._counts().buckets

    def _counts(self) -> Page[T]:
        if self._first is None:
            self._first = dataclasses.replace(self.first_page(), items=())
        return self._first

    def to_arrow(self) -> Table:
        """Ask for all pages and make a table of them: a row for each item, a column for each field.

        Polars, pandas, pyarrow and DuckDB take it as it is. Lists, and the fields that are not
        known (column ``extra``), are JSON text; so is a date that is none, in ``extra`` too.
        """
        return to_table(self._item, self)
