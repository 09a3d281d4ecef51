"""Files sent to a sandbox, as `ascp` sends them to the studio: by the standard library alone."""

from __future__ import annotations

import http.client
import json
import os
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias
from urllib.parse import urlsplit

from reelpack.errors import ApiConnectionError, ApiStatusError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

__all__ = ["Sent", "read_pairs", "send"]

# Bytes read and sent at a time, and tries of a file that gets no further.
_CHUNK = 256 * 1024
_TRIES = 5
_PAUSE = 0.05
_TIMEOUT = 60.0
_PLACE = re.compile(r"uploads/([A-Z0-9-]+)/([0-9]+)/[^/]+")


class _Pair(Protocol):
    """A file of a delivery."""

    @property
    def source_path(self) -> str: ...

    @property
    def destination_path(self) -> str: ...


class _Files(Protocol):
    """The answer to a call that started a delivery, as an object."""

    @property
    def files(self) -> Sequence[_Pair]: ...


# The answer as an object or as the JSON object, or the path of its list of pairs.
Answer: TypeAlias = "_Files | Mapping[str, Any] | str | os.PathLike[str]"


@dataclass(frozen=True, slots=True)
class Sent:
    """A file that was sent.

    Attributes:
        source_path: The file.
        destination_path: Where it went.
        size: Bytes that the sandbox has of it.
        announced: Bytes that were announced.
    """

    source_path: str
    destination_path: str
    size: int
    announced: int

    @property
    def is_whole(self) -> bool:
        """Whether all of it is there."""
        return self.size == self.announced


def send(
    url: str,
    delivery: Answer,
    *,
    only: Collection[str] | None = None,
    stop_after: int | None = None,
) -> tuple[Sent, ...]:
    """Send the files of a delivery to a sandbox, each from where an earlier try ended.

    Args:
        url: The sandbox.
        delivery: The answer to the call that started the delivery, as an object with ``files`` or
            as the JSON object; or the path of its list of pairs.
        only: Source paths of the files to send; None is all.
        stop_after: Bytes after which to break off, as a cut line would; None sends all.

    Returns:
        One `Sent` for each file, in the order of the delivery.

    Raises:
        OSError: A file cannot be read.
        ValueError: There is no delivery of a sandbox in ``delivery``.
        ApiStatusError: The sandbox refuses, such as for a size that is not the one announced.
        ApiConnectionError: There is no sandbox, or it was lost for too long.
    """
    budget = _Budget(stop_after)
    chosen = [pair for pair in _pairs(delivery) if only is None or pair[0] in only]
    return tuple(_Upload(url, *pair).send(budget) for pair in chosen)


def read_pairs(path: str | os.PathLike[str]) -> list[tuple[str, str]]:
    """Read a list of pairs: a line with the source, a line with the destination.

    Raises:
        OSError: It cannot be read.
        ValueError: A destination is missing, or nothing is listed.
    """
    lines = Path(path).read_text("utf-8", "surrogateescape").splitlines()
    if not lines:
        raise ValueError(f"{os.fspath(path)}: lists no file")
    if len(lines) % 2:
        raise ValueError(f"{os.fspath(path)}: the last source has no destination")
    return list(zip(lines[::2], lines[1::2], strict=True))


class _Budget:
    """Bytes that may still be sent."""

    def __init__(self, left: int | None) -> None:
        self.left = left

    def take(self, size: int) -> int:
        """Take as many bytes as there are, `size` at most."""
        if self.left is None:
            return size
        taken = min(size, self.left)
        self.left -= taken
        return taken

    @property
    def is_spent(self) -> bool:
        """Whether nothing is left."""
        return self.left == 0


class _Upload:
    """A file on its way to a sandbox."""

    def __init__(self, url: str, source: str, destination: str) -> None:
        self._source = source
        self._destination = destination
        self._host = urlsplit(url).netloc
        self._path = _resource(destination)
        self._url = f"{url.rstrip('/')}{self._path}"
        self._announced = 0

    def send(self, budget: _Budget) -> Sent:
        """Send what is missing; a lost connection is taken up again from what came."""
        offset, stuck = self._try(self._offset), 0
        # A file of no bytes is brought as well: that is how the sandbox hears of its end.
        while (offset < self._announced or not self._announced) and not budget.is_spent:
            is_done = self._bring(offset, budget)
            before, offset = offset, self._try(self._offset)
            if is_done:
                break
            stuck = stuck + 1 if offset == before else 0
            if stuck == _TRIES:
                reason = "the connection is lost again and again"
                raise ApiConnectionError(f"{self._url}: {reason}", self._url)
        return Sent(self._source, self._destination, offset, self._announced)

    def _bring(self, offset: int, budget: _Budget) -> bool:
        """Bring bytes; tell whether the file was brought to its end."""
        try:
            return self._put(offset, budget)
        except (ConnectionError, http.client.HTTPException, TimeoutError):
            time.sleep(_PAUSE)
            return False

    def _put(self, offset: int, budget: _Budget) -> bool:
        """Send the bytes from `offset` on in one call; tell whether these were the last."""
        connection = http.client.HTTPConnection(self._host, timeout=_TIMEOUT)
        with Path(self._source).open("rb") as file:
            left = max(0, os.fstat(file.fileno()).st_size - offset)
            size = budget.take(left)
            file.seek(offset)
            try:
                connection.putrequest("PATCH", self._path)
                for name, value in _headers(offset, size, is_end=size == left).items():
                    connection.putheader(name, value)
                connection.endheaders()
                _copy(file.read, connection.send, size)
                self._check(connection.getresponse(), "PATCH")
            finally:
                connection.close()
            return size == left

    def _offset(self) -> int:
        """Ask how much has come."""
        connection = http.client.HTTPConnection(self._host, timeout=_TIMEOUT)
        try:
            connection.request("HEAD", self._path, headers={"Tus-Resumable": "1.0.0"})
            response = self._check(connection.getresponse(), "HEAD")
            self._announced = int(response.getheader("Upload-Length", "0"))
            return int(response.getheader("Upload-Offset", "0"))
        finally:
            connection.close()

    def _try(self, ask: Callable[[], int]) -> int:
        """Ask again while the connection breaks, a few times."""
        for _ in range(_TRIES - 1):
            try:
                return ask()
            except (ConnectionError, http.client.HTTPException, TimeoutError):
                time.sleep(_PAUSE)
        try:
            return ask()
        except (OSError, http.client.HTTPException) as error:
            raise ApiConnectionError(f"{self._url}: {error}", self._url) from error

    def _check(self, response: http.client.HTTPResponse, method: str) -> http.client.HTTPResponse:
        """Return an answer that is none of a refusal."""
        body = response.read()
        if response.status >= http.HTTPStatus.BAD_REQUEST:
            message = f"{self._url}: {response.status}: {_message(body, response.reason)}"
            raise ApiStatusError(message, self._url, method, response.status, body)
        return response


def _copy(read: Callable[[int], bytes], write: Callable[[bytes], object], size: int) -> None:
    """Copy `size` bytes, or those that are there."""
    while size and (chunk := read(min(_CHUNK, size))):
        write(chunk)
        size -= len(chunk)


def _headers(offset: int, size: int, *, is_end: bool) -> dict[str, str]:
    """Make the headers of a call that brings bytes."""
    return {
        # A file that is too short is refused at its end, and not waited for.
        "Upload-Complete": "?1" if is_end else "?0",
        "Tus-Resumable": "1.0.0",
        "Content-Type": "application/offset+octet-stream",
        "Upload-Offset": str(offset),
        "Content-Length": str(size),
    }


def _message(body: bytes, otherwise: str) -> str:
    """Return what the sandbox says in a refusal."""
    try:
        return str(json.loads(body)["message"])
    except (ValueError, LookupError, TypeError):
        return otherwise


def _resource(destination: str) -> str:
    """Return the path of the upload that a destination stands for.

    Raises:
        ValueError: It is no destination of a sandbox.
    """
    match = _PLACE.fullmatch(destination)
    if match is None:
        raise ValueError(f"`{destination}` is no place of a sandbox")
    return f"/sandbox/uploads/{match[1]}/{match[2]}"


def _pairs(delivery: Answer) -> list[tuple[str, str]]:
    """Return the pairs of a delivery, whichever way it is given."""
    if isinstance(delivery, str | os.PathLike):
        return read_pairs(delivery)
    if isinstance(delivery, Mapping):
        return [(pair["sourcePath"], pair["destinationPath"]) for pair in delivery["files"]]
    return [(pair.source_path, pair.destination_path) for pair in delivery.files]
