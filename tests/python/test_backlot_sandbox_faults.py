"""The client when things go wrong: each fault of the sandbox, threads, forks, signals, secrets."""

from __future__ import annotations

import asyncio
import dataclasses
import logging
import os
import signal
import subprocess
import sys
import time
import traceback
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

import pytest
from reelpack import (
    ApiConnectionError,
    ApiError,
    ApiStatusError,
    ApiTimeoutError,
    LoginError,
    ReelpackError,
    UncertainDeliveryError,
    sandbox,
)
from reelpack.backlot import AsyncBacklot, Backlot, Login, SourceRequest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from reelpack.sandbox import Sandbox

THREADS = 16


@pytest.fixture
def box() -> Iterator[Sandbox]:
    with sandbox.running(demo=True) as running:
        yield running


@pytest.fixture
def client(box: Sandbox, tmp_path: Path) -> Iterator[Backlot]:
    with Backlot(**login(box), state=tmp_path / "state.db", timeout=5) as opened:
        yield opened


def login(box: Sandbox) -> dict[str, Any]:
    return dict(box.credentials())


@pytest.fixture
def film(tmp_path: Path) -> Path:
    path = tmp_path / "film.xml"
    path.write_bytes(b"x" * 1000)
    return path


def deliverable(client: Backlot) -> SourceRequest:
    found = client.requests(state="OPEN", material_status="ACCEPTED", source_type="SUBTITLE")
    return next(request for request in found if request.transfer_state is None)


def count(box: Sandbox, operation: str) -> int:
    """Count calls; one that is cut is noted a moment after the client knows."""
    time.sleep(0.2)
    return sum(call.operation == operation for call in box.calls)


def ask_at_once(client: Backlot) -> None:
    with ThreadPoolExecutor(THREADS) as pool:
        found = list(pool.map(lambda _: client.requests().total, range(THREADS * 4)))
    assert found == [60] * THREADS * 4


def grants(box: Sandbox) -> list[str]:
    time.sleep(0.2)
    forms = [parse_qs(call.body) for call in box.calls if call.operation == "takeToken"]
    return [form["grant_type"][0] for form in forms]


def test_many_threads_take_one_token(box: Sandbox, client: Backlot) -> None:
    ask_at_once(client)

    assert grants(box) == ["password"]


def test_many_threads_refresh_a_token_that_is_about_to_end_once(
    box: Sandbox, client: Backlot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REELPACK_BACKLOT_LOGIN", str(tmp_path / "login.json"))
    ending = dataclasses.replace(client.token(), expires_at=time.time() + 2)
    Login(**login(box), token=ending).store()

    with Backlot(state=False) as stored:
        ask_at_once(stored)

    assert grants(box) == ["password", "refresh_token"]
    kept = Login.stored()
    assert kept is not None
    assert kept.token is not None
    assert kept.token.access != ending.access


def test_many_threads_whose_tokens_have_ended_log_in_once(box: Sandbox, client: Backlot) -> None:
    client.token()
    box.advance(7200)

    ask_at_once(client)

    # The refresh token has ended with it.
    assert grants(box) == ["password", "refresh_token", "password"]


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_a_server_that_is_busy_is_asked_again(box: Sandbox, client: Backlot, status: int) -> None:
    details = {"retry_after": 1} if status == 429 else {}
    box.fault("status", "searchRequests", status=status, **details)

    began = time.monotonic()
    assert client.requests().total == 60

    assert count(box, "searchRequests") == 2
    if status == 429:
        assert time.monotonic() - began >= 0.9


def test_a_server_that_failed_is_not_asked_again(box: Sandbox, client: Backlot) -> None:
    box.fault("status", "searchRequests", status=500)

    with pytest.raises(ApiStatusError, match="500"):
        list(client.requests())
    assert count(box, "searchRequests") == 1


def test_it_is_not_asked_for_ever(box: Sandbox) -> None:
    box.fault("status", "searchRequests", times=9, status=503)

    with (
        Backlot(**login(box), state=False, retries=1) as client,
        pytest.raises(ApiStatusError, match="503"),
    ):
        list(client.requests())
    assert count(box, "searchRequests") == 2


@pytest.mark.parametrize("fault", ["cut", "lost"])
def test_a_connection_that_is_cut_is_made_again(box: Sandbox, client: Backlot, fault: str) -> None:
    box.fault(fault, "searchRequests")

    assert client.requests().total == 60


def test_an_answer_that_is_late_is_a_time_out(box: Sandbox) -> None:
    box.fault("latency", "getRequest", times=2, seconds=3)

    with Backlot(**login(box), state=False, timeout=0.5, retries=1) as client:
        number = next(iter(client.requests())).request_id
        with pytest.raises(ApiTimeoutError) as told:
            client.request(number)
    assert isinstance(told.value, TimeoutError)


def test_closing_ends_the_calls_of_other_threads(box: Sandbox, client: Backlot) -> None:
    client.token()
    box.fault("latency", "getRequest", seconds=4)

    with ThreadPoolExecutor(1) as pool:
        call = pool.submit(client.request, "SR-1001")
        time.sleep(0.5)
        began = time.monotonic()
        client.close()
        with pytest.raises(ValueError, match="this Backlot is closed"):
            call.result(3)
    assert time.monotonic() - began < 2


def test_asyncio_gives_up_within_two_seconds(box: Sandbox) -> None:
    box.fault("latency", "getRequest", seconds=4)

    async def ask() -> None:
        async with AsyncBacklot(**login(box), state=False) as client:
            await client.token()
            await asyncio.wait_for(client.request("SR-1001"), 0.5)

    began = time.monotonic()
    with pytest.raises(TimeoutError):
        asyncio.run(ask())
    assert time.monotonic() - began < 2.5


def test_a_cancel_whose_answer_is_lost_is_not_repeated(box: Sandbox, client: Backlot) -> None:
    number = next(iter(client.requests(state="OPEN"))).request_id
    box.fault("lost", "cancelRequests")

    with pytest.raises(ApiConnectionError):
        client.cancel(number)
    assert count(box, "cancelRequests") == 1
    assert client.request(number).state == "CANCELED"


@pytest.mark.parametrize("fault", ["cut", "lost"])
def test_a_delivery_without_an_answer_is_not_started_twice(
    box: Sandbox, client: Backlot, film: Path, fault: str
) -> None:
    request = deliverable(client)
    box.fault(fault, "startDelivery")

    with pytest.raises(ApiError):
        client.deliver(request.request_id, film)
    with pytest.raises(UncertainDeliveryError) as told:
        client.deliver(request.request_id, film)

    assert count(box, "startDelivery") == 1
    assert told.value.since == pytest.approx(time.time(), abs=60)
    if fault == "cut":
        assert client.deliver(request.request_id, film, again=True).transfer_id
    else:
        with pytest.raises(ApiStatusError, match="409"):
            client.deliver(request.request_id, film, again=True)


def test_a_delivery_that_was_not_let_in_is_sent_again(
    box: Sandbox, client: Backlot, film: Path
) -> None:
    request = deliverable(client)
    box.fault("status", "startDelivery", status=429, retry_after=1)

    assert client.deliver(request.request_id, film).kept_since is None
    assert count(box, "startDelivery") == 2


def test_threads_start_a_delivery_once(box: Sandbox, client: Backlot, film: Path) -> None:
    request = deliverable(client)

    def deliver(_: int) -> str:
        try:
            return client.deliver(request.request_id, film).transfer_id
        except UncertainDeliveryError:  # another thread is at it
            return ""

    with ThreadPoolExecutor(THREADS) as pool:
        found = set(pool.map(deliver, range(THREADS)))

    assert len(found - {""}) == 1
    assert count(box, "startDelivery") == 1


def test_a_second_factor_that_is_wanted_is_told_whole() -> None:
    with (
        sandbox.running(demo=True, mfa=True) as box,
        Backlot(**login(box)) as client,
        pytest.raises(ApiStatusError, match=r"401.*factor") as told,
    ):
        client.request("SR-1")
    assert b"factor" in told.value.body
    assert box.credentials()["password"] not in str(told.value)


def test_a_token_file_is_enough(box: Sandbox, client: Backlot, tmp_path: Path) -> None:
    path = tmp_path / "token"
    path.touch(mode=0o600)
    path.write_text(client.token().access, encoding="utf-8")
    url = box.credentials()["url"]

    with Backlot(url, token_file=path) as other:
        assert other.requests().total == 60
        box.fault("expired")
        with pytest.raises((ApiStatusError, LoginError)):
            list(other.requests())


def test_a_stored_login_need_not_log_in_again(
    box: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REELPACK_BACKLOT_LOGIN", str(tmp_path / "login.json"))
    Login(**login(box)).store()

    for _ in range(3):
        with Backlot() as client:
            assert client.requests().total == 60

    assert count(box, "takeToken") == 1


def test_a_server_that_is_not_there_is_told(tmp_path: Path) -> None:
    with sandbox.running() as box:
        told = login(box)
    with (
        Backlot(**told, state=tmp_path / "s.db", retries=0) as client,
        pytest.raises(ApiConnectionError),
    ):
        client.request("SR-1")


def program(box: Sandbox, text: str) -> subprocess.Popen[str]:
    """Run a script that finds its login in the environment."""
    return subprocess.Popen(
        [sys.executable, "-c", text],
        env={**os.environ, **box.environment()},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


FORKED = """
import os
from reelpack.backlot import Backlot
with Backlot(state=False) as client:
    assert client.requests().total == 60
    child = os.fork()
    assert client.requests().total == 60
    if not child:
        os._exit(0)
    _, status = os.waitpid(child, 0)
    print(os.waitstatus_to_exitcode(status))
"""


def test_a_forked_process_goes_on(box: Sandbox) -> None:
    out, err = program(box, FORKED).communicate(timeout=30)

    assert (out, err) == ("0\n", "")


WAITING = """
from reelpack.backlot import Backlot
with Backlot(state=False) as client:
    client.token()
    print("ready", flush=True)
    client.request("SR-1")
"""


def test_ctrl_c_stops_a_call(box: Sandbox) -> None:
    box.fault("latency", "getRequest", seconds=30)
    with program(box, WAITING) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
        time.sleep(0.5)
        began = time.monotonic()
        child.send_signal(signal.SIGINT)
        _, err = child.communicate(timeout=10)

    assert time.monotonic() - began < 2
    assert "KeyboardInterrupt" in err
    assert box.credentials()["password"] not in err


def secrets(box: Sandbox, client: Backlot) -> list[str]:
    told = box.credentials()
    token = client.token()
    assert token.refresh is not None
    return [told["client_secret"], told["password"], token.access, token.refresh]


def test_nothing_secret_is_ever_shown(
    box: Sandbox, film: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    shown: list[str] = []
    state = tmp_path / "state.db"
    with (
        caplog.at_level(logging.DEBUG),
        Backlot(**login(box), state=state, retries=1) as client,
    ):
        hidden = secrets(box, client)
        request = deliverable(client)
        for fault in ("status", "lost", "cut", "expired"):
            details: dict[str, Any] = {"status": 500} if fault == "status" else {}
            box.fault(fault, "startDelivery", **details)
            try:
                client.deliver(request.request_id, film, again=True)
            except ReelpackError as error:
                shown += [traceback.format_exc(), repr(error), repr(error.__dict__)]
            hidden += secrets(box, client)
        box.advance(1)
        other = client.requests(state="OPEN", material_status="ACCEPTED", source_type="AUDIO_ME")
        found = client.deliver(next(iter(other)).request_id, film)
        hidden += found.environment().values()
        shown += [repr(client), repr(found), repr(found.to_dict()), found.pairs_text()]
        shown += [repr(client.token()), " ".join(found.ascp_line("pairs"))]
        shown.append(repr(client.requests().to_arrow().to_dicts()))
    shown += [record.getMessage() + repr(record.__dict__) for record in caplog.records]
    for path in tmp_path.iterdir():
        shown.append(path.read_bytes().decode("latin-1"))

    assert any("startDelivery" in text or "/v1/deliveries" in text for text in shown)
    for secret in hidden:
        assert len(secret) > 5
        assert not any(secret in text for text in shown)


def test_wrong_credentials_are_told_without_them(box: Sandbox) -> None:
    told = login(box) | {"password": "wrong-but-secret"}

    with (
        Backlot(**told, state=False) as client,
        pytest.raises(ApiStatusError, match="401") as error,
    ):
        client.request("SR-1")

    assert "wrong-but-secret" not in "".join(traceback.format_exception(error.value))


def test_an_asynchronous_call_that_is_given_up_leaves_the_others(box: Sandbox) -> None:
    async def use() -> None:
        async with AsyncBacklot(**login(box), state=False) as client:
            number = (await client.requests().first_page()).items[0].request_id
            box.fault("latency", "getRequest", seconds=1)
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(client.request(number), 0.2)
            assert (await client.request(number)).request_id == number

    asyncio.run(use())
