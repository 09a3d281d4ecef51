"""A stub of the API that answers at once: every search gets a page that was made before.

A search says how many requests it wants on a page; the answers go on until ``--total`` were given.
Not a sandbox: it keeps no rule and reads no more of a call than its length, page and size.
"""

from __future__ import annotations

import asyncio
import functools
import json
import re
import sys

LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
SIZE = re.compile(rb'"pageSize": *(\d+)')
TOKEN = re.compile(rb'"pageToken": *"(\d+)"')


def source_request(number: int) -> dict[str, object]:
    """A request with every field that people fill in."""
    return {
        "requestId": f"SR-{number:08}",
        "movieId": "81000001",
        "title": "The Long Rehearsal",
        "packageId": "5000001",
        "state": "OPEN",
        "sourceType": "SUBTITLE",
        "serviceType": "create",
        "language": "pt-BR",
        "originalLanguage": "en",
        "isOriginal": True,
        "releaseType": "STANDARD",
        "dueDate": "2026-03-31",
        "estimatedDeliveryDate": "2026-03-30",
        "materialStatus": "ACCEPTED",
        "fulfillmentPartner": "Example Post",
        "translatorCreditWaiverPresent": False,
        "takesSeveralFiles": False,
        "updatedAt": "2026-03-01T12:00:00Z",
    }


@functools.lru_cache(maxsize=8)
def page(first: int, size: int, total: int) -> bytes:
    """The whole answer, with its headers."""
    end = min(first + size, total)
    body: dict[str, object] = {"requests": [source_request(n) for n in range(first, end)]}
    if first == 0:
        body |= {"total": total, "buckets": [{"bucket": "ON_TRACK", "count": total}]}
    if end < total:
        body["nextPageToken"] = str(end)
    text = json.dumps(body).encode()
    head = (
        f"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {len(text)}\r\n\r\n"
    )
    return head.encode() + text


class Stub(asyncio.Protocol):
    """One connection; calls follow each other, and none is sent before the answer to the last."""

    def __init__(self, total: int) -> None:
        self.total = total
        self.got = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self.got += data
        head, blank, body = self.got.partition(b"\r\n\r\n")
        length = LENGTH.search(head)
        if not blank or len(body) < int(length[1] if length else 0):
            return
        self.got = b""
        size, token = SIZE.search(body), TOKEN.search(body)
        first = int(token[1]) if token else 0
        self.transport.write(page(first, int(size[1]) if size else 100, self.total))


async def serve(total: int) -> None:
    """Print the address, then serve until the standard input is closed."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Stub(total), "127.0.0.1", 0)
    host, port = server.sockets[0].getsockname()
    print(f"http://{host}:{port}", flush=True)
    await loop.run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1])))
