"""The token call of the sandbox, and who is let in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from material.partner import Partner
from reelpack import sandbox

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PUBLIC_REFUSAL = {
    "status": 401,
    "error": "Unauthorized",
    "message": "Authentication failed",
    "errorCode": "",
}
"""The body of a refusal as the studio's public page has it."""


@pytest.fixture
def partner() -> Iterator[Partner]:
    with sandbox.running(demo=True) as box:
        yield Partner(box)


def test_a_password_gives_a_token_as_the_public_page_has_it(partner: Partner) -> None:
    token = partner.grant().taken()

    assert set(token) == {"access_token", "refresh_token", "token_type", "expires_in"}
    assert (token["token_type"], token["expires_in"]) == ("Bearer", 7199)


@pytest.mark.parametrize(
    "wrong",
    [
        {"client_id": "x"},
        {"client_secret": "x"},
        {"username": "x"},
        {"password": "pässword"},
        {"password": None},
        {"validator_id": "PartnerDirectoryTest"},
        {"scope": "all"},
        {"grant_type": "refresh_token"},
        {"grant_type": "refresh_token", "refresh_token": "x"},
    ],
)
def test_a_wrong_login_is_refused_as_the_public_page_has_it(
    partner: Partner, wrong: dict[str, str | None]
) -> None:
    answer = partner.grant(**wrong)

    assert (answer.status, answer.body) == (401, PUBLIC_REFUSAL)


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"scope": None}, "scope: Field required"),
        ({"grant_type": "authorization_code"}, "grant_type: Input should be"),
    ],
)
def test_a_form_that_is_not_that_of_the_contract_is_refused(
    partner: Partner, wrong: dict[str, str | None], why: str
) -> None:
    message = partner.grant(**wrong).refused(422)

    assert why in message
    assert partner.box.credentials()["client_secret"] not in message


@pytest.mark.parametrize(
    ("kind", "body", "status"),
    [
        ("application/json", b"{}", 415),
        ("application/x-www-form-urlencoded", b"scope=a&scope=b", 422),
        ("application/x-www-form-urlencoded", b"\xff", 422),
        ("application/x-www-form-urlencoded", b"", 422),
    ],
)
def test_what_is_no_form_is_refused(partner: Partner, kind: str, body: bytes, status: int) -> None:
    answer = partner.send("POST", "/as/token.oauth2", body, {"Content-Type": kind})

    answer.refused(status)


def test_a_second_factor_is_asked_for_where_it_is_switched_on() -> None:
    with sandbox.running(mfa=True) as box:
        message = Partner(box).grant().refused(401)

    assert "Multi-factor" in message


def test_a_call_without_a_token_is_refused_before_its_body_is_read(partner: Partner) -> None:
    answer = partner.send("POST", "/v1/deliveries", b"{", {"Content-Type": "application/json"})

    assert (answer.status, answer.body) == (401, PUBLIC_REFUSAL)
    assert answer.headers["www-authenticate"] == "Bearer"


@pytest.mark.parametrize("kind", ["Basic", "", "Token"])
def test_a_token_of_another_kind_is_refused(partner: Partner, kind: str) -> None:
    partner.log_in()

    answer = partner.send(
        "GET", "/v1/requests", headers={"Authorization": f"{kind} {partner.access}"}
    )

    answer.refused(401)


def test_a_refresh_token_is_no_token(partner: Partner) -> None:
    partner.log_in()
    partner.access = partner.refresh

    partner.call("GET", "/v1/requests").refused(401)


def test_a_token_ends_by_the_clock_of_the_sandbox(partner: Partner) -> None:
    partner.log_in()
    partner.box.advance(7190)
    partner.call("GET", "/v1/requests").taken()

    partner.box.advance(10)

    partner.call("GET", "/v1/requests").refused(401)


def test_a_refresh_token_works_once_and_while_its_token_is_valid(partner: Partner) -> None:
    partner.log_in()
    fresh = partner.renew().taken()

    partner.renew().refused(401)
    partner.box.advance(7200)
    partner.renew(fresh["refresh_token"]).refused(401)


def test_a_refresh_leaves_the_token_that_others_still_use(partner: Partner) -> None:
    partner.log_in()

    partner.renew().taken()

    partner.call("GET", "/v1/requests").taken()


def test_nothing_secret_lies_in_the_file_or_in_what_was_called(tmp_path: Path) -> None:
    file = tmp_path / "sandbox.db"
    with sandbox.running(file=file) as box:
        partner = Partner(box).log_in()
        partner.renew().taken()
        partner.call("GET", "/v1/requests").taken()
        login = box.credentials()
        secrets = [
            partner.access,
            partner.refresh,
            login["client_secret"],
            login["password"],
        ]
        told = repr(box.calls) + repr(box)

    kept = file.read_bytes()
    assert len(kept) > 4096
    assert not [secret for secret in secrets if secret.encode() in kept or secret in told]
    assert "client_secret=%2A%2A%2A" in told
    assert "'authorization': '***'" in told
