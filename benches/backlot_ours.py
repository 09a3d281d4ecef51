"""The first page of all requests, asked for with `reelpack.backlot` from eight threads."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from backlot_load import load
from reelpack.backlot import Backlot

if TYPE_CHECKING:
    from collections.abc import Callable


def main(url: str, size: int, calls: int) -> None:
    """One client for all threads, as it is meant to be used."""
    with Backlot(url, token="stub", state=False) as studio:  # noqa: S106 - nobody's secret

        def make() -> Callable[[], object]:
            return ask

        def ask() -> object:
            page = studio.requests(page_size=size).first_page().items
            assert len(page) == size
            return page

        load(make, calls)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
