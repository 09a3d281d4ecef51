"""The same page, asked for and parsed with PyPI's `requests`, a session for each thread."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import requests
from backlot_load import load

if TYPE_CHECKING:
    from collections.abc import Callable


def main(url: str, size: int, calls: int) -> None:
    """Proxies are not looked for in the environment, which would only cost it more."""

    def make() -> Callable[[], object]:
        session = requests.Session()
        session.trust_env = False
        session.headers["Authorization"] = "Bearer stub"

        def ask() -> object:
            answer = session.post(f"{url}/v1/requests/search", json={"pageSize": size}, timeout=60)
            answer.raise_for_status()
            page = answer.json()["requests"]
            assert len(page) == size
            return page

        return ask

    load(make, calls)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
