"""Calls to a sandbox on this machine, and to nothing else."""

from __future__ import annotations

import ipaddress
import json
from typing import TYPE_CHECKING
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import ProxyHandler, Request, build_opener

import click

from reelpack import ApiConnectionError, ApiStatusError
from reelpack.wording import printable

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["address", "delete", "post"]

_TIMEOUT = 30.0
"""Seconds to wait for an answer; a sandbox is on the same machine."""

# No proxy is asked, whatever the environment says: the answer could not come from this machine.
_OPENER = build_opener(ProxyHandler({}))


def address(url: str | None) -> str:
    """Return the address of a sandbox.

    Raises:
        click.UsageError: There is none, or it is of another machine.
    """
    if url is None:
        raise click.UsageError("which sandbox? `--url URL`, or set REELPACK_BACKLOT_URL")
    try:
        parts = urlsplit(url)
        here = parts.scheme == "http" and _is_loopback(parts.hostname or "")
    except ValueError:
        here = False
    if not here:
        raise click.UsageError(f"{printable(url)} is no sandbox: it is not on this machine")
    return url.rstrip("/")


def post(url: str | None, path: str, facts: Mapping[str, object]) -> dict[str, object]:
    """Tell the sandbox something, and return its answer; fails as `delete` does."""
    return _call(address(url) + path, "POST", json.dumps(facts).encode())


def delete(url: str | None, path: str) -> None:
    """Let the sandbox drop something.

    Raises:
        ApiConnectionError: There is no sandbox, or none that answers.
        ApiStatusError: It refuses.
        click.UsageError: The address is none of a sandbox.
    """
    _call(address(url) + path, "DELETE", None)


def _call(url: str, method: str, body: bytes | None) -> dict[str, object]:
    """Make one call."""
    headers = {"Content-Type": "application/json"}
    request = Request(url, data=body, headers=headers, method=method)  # noqa: S310  (see `address`)
    try:
        with _OPENER.open(request, timeout=_TIMEOUT) as answer:
            return _object(answer.read())
    except HTTPError as error:
        with error:
            content = error.read()
        message = _object(content).get("message", "refused")
        raise ApiStatusError(
            f"{url}: {error.code}: {message}", url, method, error.code, content
        ) from error
    except (URLError, OSError) as error:
        reason = getattr(error, "reason", error)
        raise ApiConnectionError(
            f"{url}: {reason}; hint: `reelpack sandbox` runs one", url
        ) from error


def _object(content: bytes) -> dict[str, object]:
    """Read an answer; one that is no JSON object is an empty one."""
    try:
        facts = json.loads(content)
    except ValueError:
        return {}
    return facts if isinstance(facts, dict) else {}


def _is_loopback(host: str) -> bool:
    """Whether a host is this machine, by its number: a name could lead anywhere."""
    return host == "localhost" or ipaddress.ip_address(host).is_loopback
