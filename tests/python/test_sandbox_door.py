"""Who is let into a sandbox, and what a call that is none gets."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from material.partner import Partner
from reelpack import sandbox

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def partner() -> Iterator[Partner]:
    with sandbox.running(demo=True) as box:
        yield Partner(box).log_in()


def test_it_listens_on_loopback_only(partner: Partner) -> None:
    assert urlsplit(partner.box.url).hostname == "127.0.0.1"
    port = urlsplit(partner.box.url).port
    others = {
        str(found[4][0])
        for found in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)
        if not str(found[4][0]).startswith("127.")
    }
    for other in others:
        with pytest.raises(OSError, match="refused"):
            socket.create_connection((other, port), timeout=5)


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "evil.example:80", "[::2]", "[", ""]
)
@pytest.mark.parametrize("path", ["/", "/sandbox/clock", "/v1/requests", "/openapi.json"])
def test_a_name_that_was_made_to_point_here_is_refused(
    partner: Partner, host: str, path: str
) -> None:
    partner.send("GET", path, headers={"Host": host}).refused(403)


@pytest.mark.parametrize("host", ["localhost:{port}", "127.0.0.1", "[::1]:{port}", "LOCALHOST"])
def test_the_names_of_this_machine_are_let_in(partner: Partner, host: str) -> None:
    port = urlsplit(partner.box.url).port

    assert partner.send("GET", "/", headers={"Host": host.format(port=port)}).status == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
@pytest.mark.parametrize("path", ["/sandbox/clock", "/sandbox/faults", "/as/token.oauth2"])
def test_a_form_of_another_site_is_refused(
    partner: Partner, headers: dict[str, str], path: str
) -> None:
    before = partner.box.now
    sent = headers | {"Content-Type": "application/x-www-form-urlencoded"}

    partner.send("POST", path, b"advance=86400", sent).refused(403)

    assert (partner.box.now - before).total_seconds() < 60


def test_a_form_of_the_start_page_is_taken(partner: Partner) -> None:
    headers = {
        "Origin": partner.box.url,
        "Sec-Fetch-Site": "same-origin",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    before = partner.box.now

    answer = partner.send("POST", "/sandbox/clock", b"advance=600", headers)

    assert (answer.status, answer.headers["location"]) == (303, "/")
    assert (partner.box.now - before).total_seconds() >= 600


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nowhere", 404),
        ("GET", "/v1/nowhere", 404),
        ("GET", "/v1/requests/", 404),
        ("GET", "/v1/downloads/proxies", 404),
        ("GET", "/docs", 404),
        ("DELETE", "/v1/requests", 405),
        ("GET", "/as/token.oauth2", 405),
        ("GET", "/v1/requests/SR-0", 404),
        ("POST", "/v1/inspectionDeliveries/TR-0/override", 422),
    ],
)
def test_what_the_framework_refuses_is_in_the_one_form(
    partner: Partner, method: str, path: str, status: int
) -> None:
    partner.call(method, path).refused(status)


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"", "Field required"),
        (b"{", "JSON"),
        (b"[]", "valid dictionary"),
        (b'{"pageSize": 0}', "pageSize: Input should be greater than or equal to 1"),
        (b'{"pageSize": 1001}', "less than or equal to 1000"),
        (b'{"pageSize": "5"}', "valid integer"),
        (b'{"states": null}', "null is no value: states"),
        (b'{"states": "OPEN"}', "valid list"),
        (b'{"movieIds": [1]}', "valid string"),
        (b'{"estimatedFrom": "20260301"}', "YYYY-MM-DD"),
        (b'{"estimatedFrom": "2026-02-30"}', "day is out of range"),
        (b'{"estimatedFrom": 20260301}', "valid date"),
        (b'{"movieIds": ["\\ud800"]}', "surrogate"),
        (b"[" * 100_000, ""),
    ],
)
def test_a_body_that_is_not_as_the_contract_has_it_is_refused_in_one_line(
    partner: Partner, body: bytes, why: str
) -> None:
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {partner.access}"}

    answer = partner.send("POST", "/v1/requests/search", body, headers)

    assert answer.status in {400, 422}
    message = answer.refused(answer.status)
    assert why in message
    assert "\n" not in message


@pytest.mark.parametrize("text", ["\ud800", "x\udfff"])
def test_half_a_letter_is_refused_wherever_it_comes(partner: Partner, text: str) -> None:
    partner.call("PATCH", "/v1/requests/SR-1001", {"subAssign": text}).refused(422)
    order = {
        "requestId": "SR-1001",
        "files": [{"sourcePath": "/a", "fileSize": 1}],
        "assetInfo": {"notes": [{"of": text}]},
    }
    partner.call("POST", "/v1/deliveries", order).refused(422)
    partner.call("POST", "/sandbox/faults", {"kind": "lost", "operation": text}).refused(422)


def test_a_whole_number_may_be_written_with_a_fraction_of_nothing(partner: Partner) -> None:
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {partner.access}"}

    answer = partner.send("POST", "/v1/requests/search", b'{"pageSize": 2.0}', headers)

    assert len(answer.taken()["requests"]) == 2


def test_a_change_of_nothing_is_refused(partner: Partner) -> None:
    partner.call("PATCH", "/v1/requests/SR-1001", {}).refused(422)


@pytest.mark.parametrize(
    "token", ["x", "W10=", "WzEsMl0", "WzEsLTFd", "bnVsbA==", "é", "WzFlOTksMV0="]
)
def test_a_page_token_of_somebody_else_is_refused(partner: Partner, token: str) -> None:
    answer = partner.call("POST", "/v1/requests/search", {"pageToken": token})

    assert answer.status in {200, 400}
    if answer.status == 400:
        answer.refused(400)


def test_a_port_that_is_taken_is_an_error_of_the_system(partner: Partner) -> None:
    port = urlsplit(partner.box.url).port or 0

    with pytest.raises(OSError, match="in use"), sandbox.running(port=port):
        pass


def test_several_sandboxes_run_side_by_side_and_know_nothing_of_each_other() -> None:
    with sandbox.running(demo=True) as one, sandbox.running() as other:
        first, second = Partner(one).log_in(), Partner(other).log_in()

        assert len(first.find()) == 60
        assert second.find() == []
        second.access = first.access
        second.call("GET", "/v1/requests").refused(401)


def test_a_fault_of_the_sandbox_itself_is_in_the_one_form_too(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    with sandbox.running() as box:
        partner = Partner(box).log_in()
        monkeypatch.setattr("reelpack.sandbox.routes.requests.request_of", broken)

        message = partner.call("GET", "/v1/requests/SR-1").refused(500)

    assert message == "the sandbox failed; its log says where"
    assert "ZeroDivisionError" in caplog.text


def test_a_server_that_cannot_start_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("uvicorn.Server.serve", broken)

    with pytest.raises(RuntimeError, match="did not start") as caught, sandbox.running():
        pass

    assert isinstance(caught.value.__cause__, ZeroDivisionError)


def test_what_was_called_can_be_asked_for_when_the_sandbox_has_ended() -> None:
    with sandbox.running() as box:
        Partner(box).log_in()

    assert [call.operation for call in box.calls] == ["takeToken"]
