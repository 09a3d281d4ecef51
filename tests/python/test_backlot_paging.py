"""A hundred thousand requests, page after page, from a server that answers at once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

COUNT = 100_000
PAGED = f"""
import resource
from reelpack.backlot import Backlot
def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
found = 0
with Backlot(state=False) as client:
    for request in client.requests(page_size=1000):
        found += 1
        assert request.title.startswith("Title")
        if found == {COUNT} // 10:
            early = peak()
print(found, peak() - early)
"""


class Pages(BaseHTTPRequestHandler):
    """Answers each search with the page that its token asks for."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        first, size = int(asked.get("pageToken", 0)), asked["pageSize"]
        page: dict[str, object] = {"requests": [item(first + place) for place in range(size)]}
        if first + size < COUNT:
            page["nextPageToken"] = str(first + size)
        body = json.dumps(page).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  (as it is there)
        """Say nothing."""


def item(number: int) -> dict[str, object]:
    return {
        "requestId": f"SR-{number}",
        "state": "OPEN",
        "title": f"Title {number}",
        "dueDate": "2026-03-31",
        "updatedAt": "2026-03-01T10:00:00Z",
        "unknown": {"number": number},
    }


@pytest.fixture
def url() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Pages) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.mark.slow
def test_a_hundred_thousand_requests_take_no_more_memory_than_ten_thousand(url: str) -> None:
    told = {"REELPACK_BACKLOT_URL": url, "REELPACK_BACKLOT_TOKEN": "t"}
    done = subprocess.run(
        [sys.executable, "-c", PAGED],
        env={**os.environ, **told},
        capture_output=True,
        text=True,
        timeout=55,
        check=False,
    )

    assert done.stderr == ""
    found, more = map(int, done.stdout.split())
    assert found == COUNT
    assert more < 4_096  # kB, of which one page is about 1,500
