"""How the client reaches a server: proxies, certificates, and what the change log took away."""

from __future__ import annotations

import socket
import threading
from typing import TYPE_CHECKING

import pytest
import yaml
from reelpack import ApiConnectionError, sandbox
from reelpack.backlot import Backlot, contract_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TOKEN = "t"  # noqa: S105  (of a server that is not there)

REMOVED = {
    "/v1/downloads/proxies",
    "Theatrical",
    "downloadSupplementalUrl",
    "ampAssetID",
    "fallbackMaterial",
    "watermarkVendorID",
}
"""What the change log took out of the API."""


class Proxy:
    """Notes the first line of what it is sent, and hangs up."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def _serve(self) -> None:
        while True:
            connection, _ = self._socket.accept()
            # Noted before it hangs up, which is what the client waits for.
            with connection:
                line = connection.recv(1000).decode().splitlines()
                if not line:
                    return
                self.lines.append(line[0])

    def close(self) -> None:
        """Stop by a connection that says nothing."""
        socket.create_connection(self._socket.getsockname()).close()
        self._thread.join()
        self._socket.close()


@pytest.fixture
def proxy() -> Iterator[Proxy]:
    running = Proxy()
    yield running
    running.close()


def ask(**options: object) -> None:
    with (
        Backlot("https://backlot.test", token=TOKEN, retries=0, state=False, **options) as client,  # type: ignore[arg-type]  # options by name
        pytest.raises(ApiConnectionError),
    ):
        client.request("SR-1")


def test_the_proxy_of_the_environment_is_used(
    proxy: Proxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", proxy.url)

    ask()

    assert proxy.lines == ["CONNECT backlot.test:443 HTTP/1.1"]


def test_the_proxy_that_was_told_stands_before_that_of_the_environment(
    proxy: Proxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")

    ask(proxy=proxy.url)

    assert proxy.lines == ["CONNECT backlot.test:443 HTTP/1.1"]


def test_a_server_on_this_machine_is_reached_without_a_proxy(
    proxy: Proxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy"):
        monkeypatch.setenv(name, proxy.url)

    with sandbox.running(demo=True) as box, Backlot(**box.credentials(), state=False) as client:
        assert client.requests().total == 60

    assert proxy.lines == []


def test_a_file_that_holds_no_certificate_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "ca.pem"
    path.write_text("none")

    with pytest.raises(ValueError, match=r"ca\.pem: holds no certificate; hint: PEM is expected"):
        Backlot("https://backlot.test", token=TOKEN, ca_file=path)


def test_nothing_is_bound_that_the_change_log_took_out() -> None:
    document = yaml.safe_load(contract_yaml())
    # Descriptions may name what is gone.
    names = {*document["paths"]}
    for schema in document["components"]["schemas"].values():
        names |= set(schema.get("properties", ()))
        names |= {branch.get("const") for branch in schema.get("anyOf", ())}

    assert not names & REMOVED
