"""Each fault of the sandbox, on demand and over a real socket."""

from __future__ import annotations

import http.client
import time
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from material.partner import Partner
from reelpack import ApiConnectionError, ApiStatusError, sandbox
from reelpack.backlot import contract_yaml
from reelpack.sandbox import faults

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LOST = (ConnectionError, http.client.RemoteDisconnected)


@pytest.fixture
def partner() -> Iterator[Partner]:
    with sandbox.running(demo=True) as box:
        yield Partner(box).log_in()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "a.mov"
    path.write_bytes(bytes(range(256)) * 4096)
    return path


def test_latency_waits_before_anything_is_done(partner: Partner) -> None:
    partner.box.fault("latency", "listRequests", seconds=0.4)
    began = time.monotonic()

    partner.call("GET", "/v1/requests").taken()

    assert time.monotonic() - began >= 0.4


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_status_is_answered_as_often_as_asked_and_then_no_more(
    partner: Partner, status: int
) -> None:
    partner.box.fault("status", "listRequests", times=2, status=status)

    statuses = [partner.call("GET", "/v1/requests").status for _ in range(3)]

    assert statuses == [status, status, 200]


def test_a_429_says_when_to_come_again(partner: Partner) -> None:
    partner.box.fault("status", status=429, retry_after="Sun, 01 Mar 2026 09:00:00 GMT")

    answer = partner.call("GET", "/v1/requests")

    assert answer.headers["retry-after"] == "Sun, 01 Mar 2026 09:00:00 GMT"
    answer.refused(429)


def test_a_cut_connection_is_closed_before_any_work(partner: Partner, file: Path) -> None:
    request = partner.ready()
    partner.box.fault("cut", "startDelivery")

    with pytest.raises(LOST):
        partner.deliver(request, file)

    assert "transferState" not in partner.request(request)
    assert partner.box.calls[-2].status is None


def test_a_lost_answer_is_lost_after_the_work_was_done(partner: Partner, file: Path) -> None:
    request = partner.ready()
    partner.box.fault("lost", "startDelivery")

    with pytest.raises(LOST):
        partner.deliver(request, file)

    assert partner.request(request)["transferState"] == "TRANSFERRING"


def test_expired_ends_every_token_at_once(partner: Partner) -> None:
    partner.box.fault("expired", "listRequests")

    partner.call("GET", "/v1/requests").refused(401)

    partner.renew().refused(401)
    partner.log_in().call("GET", "/v1/requests").taken()


def test_a_fault_hits_its_operation_only(partner: Partner) -> None:
    partner.box.fault("status", "searchRequests", status=500)

    partner.call("GET", "/v1/requests").taken()
    partner.request("SR-1001")

    partner.call("POST", "/v1/requests/search", {}).refused(500)


def test_a_fault_of_any_operation_leaves_what_is_under_sandbox_alone(
    partner: Partner, file: Path
) -> None:
    answer = partner.deliver(partner.ready(), file).taken()
    partner.box.fault("status", status=500)

    partner.box.send(answer)
    partner.call("GET", "/sandbox/clock").taken()

    partner.call("GET", "/v1/requests").refused(500)


def test_the_token_call_can_fail_too(partner: Partner) -> None:
    partner.box.fault("status", "takeToken", status=503)

    partner.grant().refused(503)


def test_faults_add_up_until_one_ends_the_call(partner: Partner) -> None:
    partner.box.fault("latency", seconds=0.2)
    partner.box.fault("status", status=502)
    began = time.monotonic()

    partner.call("GET", "/v1/requests").refused(502)

    assert time.monotonic() - began >= 0.2


def test_an_upload_goes_on_after_its_line_was_cut_midway(partner: Partner, file: Path) -> None:
    answer = partner.deliver(partner.ready(), file).taken()
    partner.box.fault("cut", "upload", times=2, after=300_000)

    (sent,) = partner.box.send(answer)

    assert sent.is_whole
    offsets = [
        int(call.headers["upload-offset"]) for call in partner.box.calls if call.method == "PATCH"
    ]
    assert offsets[0] == 0
    assert len(offsets) == len(set(offsets)) == 3


def test_an_upload_whose_line_is_always_cut_gives_up(partner: Partner, file: Path) -> None:
    answer = partner.deliver(partner.ready(), file).taken()
    partner.box.fault("cut", "upload", times=100)

    with pytest.raises(ApiConnectionError):
        partner.box.send(answer)


def test_an_upload_whose_answer_was_lost_is_whole_all_the_same(
    partner: Partner, file: Path
) -> None:
    answer = partner.deliver(partner.ready(), file).taken()
    path = f"/sandbox/uploads/{answer['transferId']}/1"
    headers = {
        "Tus-Resumable": "1.0.0",
        "Content-Type": "application/offset+octet-stream",
        "Upload-Offset": "0",
    }
    partner.box.fault("lost", "upload")

    with pytest.raises(LOST):
        partner.send("PATCH", path, file.read_bytes(), headers)

    assert partner.request(answer["requestId"])["transferState"] == "PENDING_INSPECTION"


def test_a_wrong_size_is_refused_and_the_file_can_be_sent_again(
    partner: Partner, file: Path
) -> None:
    answer = partner.deliver(partner.ready(), file).taken()
    partner.box.fault("wrong-size", by=7)

    with pytest.raises(ApiStatusError, match="1048576 bytes were announced and 1048569 came"):
        partner.box.send(answer)

    assert partner.request(answer["requestId"])["transferState"] == "TRANSFERRING"
    partner.box.send(answer)
    assert partner.request(answer["requestId"])["transferState"] == "PENDING_INSPECTION"


def test_faults_can_be_set_seen_and_cleared_over_http(partner: Partner) -> None:
    order = {"kind": "status", "operation": "getRequest", "times": 3, "status": 503}

    partner.call("POST", "/sandbox/faults", order).taken()
    seen = partner.call("GET", "/sandbox/faults").taken()
    cleared = partner.call("DELETE", "/sandbox/faults")

    assert seen == [order]
    assert cleared.status == 204
    assert partner.box.faults == ()


def test_faults_can_be_set_seen_and_cleared_from_python(partner: Partner) -> None:
    partner.box.fault("lost", "getRequest", times=3)

    assert partner.box.faults == (sandbox.Fault("lost", "getRequest", 3, {}),)
    partner.box.clear_faults()
    assert not partner.box.faults


@pytest.mark.parametrize(
    ("kind", "details", "why"),
    [
        ("flood", {}, "there is no fault `flood`"),
        ("lost", {"operation": "nosuch"}, "there is no operation `nosuch`"),
        ("lost", {"seconds": 1}, "has no `seconds`"),
        ("status", {"status": 418}, "is one of 429, 500, 502, 503, 504"),
        ("status", {}, "is one of 429"),
        ("latency", {}, "needs `seconds`"),
        ("latency", {"seconds": -1}, "needs `seconds`"),
        ("latency", {"seconds": True}, "needs `seconds`"),
        ("cut", {"after": "soon"}, "`after` is a whole number"),
        ("wrong-size", {"by": 0.5}, "`by` is a whole number"),
        ("lost", {"times": 0}, "once or more often"),
    ],
)
def test_a_fault_that_cannot_be_is_refused(
    partner: Partner, kind: str, details: dict[str, Any], why: str
) -> None:
    with pytest.raises(ValueError, match=why):
        partner.box.fault(kind, **details)

    assert why.split("`", maxsplit=1)[0] in partner.call(
        "POST", "/sandbox/faults", {"kind": kind, **details}
    ).refused(422)


def test_a_sandbox_stops_while_a_call_waits() -> None:
    with sandbox.running() as box:
        other = Partner(box).log_in()
        box.fault("latency", seconds=30)
        waiting = http.client.HTTPConnection(other.host)
        waiting.request("GET", "/v1/requests", headers={"Authorization": f"Bearer {other.access}"})
        time.sleep(0.1)
        began = time.monotonic()

    assert time.monotonic() - began < 2
    waiting.close()


def test_the_operations_of_faults_are_those_of_the_contract() -> None:
    document = yaml.safe_load(contract_yaml())
    calls = (call for path in document["paths"].values() for call in path.values())

    assert set(faults.OPERATIONS) == {
        call["operationId"] for call in calls if isinstance(call, dict) and "operationId" in call
    }
