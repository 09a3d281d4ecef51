"""Deliveries of the sandbox move on as its clock is turned forward."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from material.package import ASSET_MAP, PACKING_LIST, playlist
from material.partner import Partner
from reelpack import sandbox

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from material.partner import Answer

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
INSPECTED = timedelta(minutes=10)
CONTROLLED = timedelta(hours=1)
DECIDED = timedelta(days=1)
SOFT = "ANALYZER-CommercialBlacks"
HARD = "ANALYZER-VideoDecodeErrors"
UNSEEN = "ANALYZER-Audio-AtmosChannelMappingMismatch"


@pytest.fixture
def partner() -> Iterator[Partner]:
    with sandbox.running(demo=True, now=NOW) as box:
        yield Partner(box).log_in()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "a.srt"
    path.write_bytes(b"1")
    return path


def delivered(partner: Partner, file: Path) -> tuple[str, str]:
    """Deliver a file; return request and transfer."""
    answer = partner.deliver(partner.ready(), file).taken()
    partner.box.send(answer)
    return answer["requestId"], answer["transferId"]


def later(partner: Partner, by: timedelta) -> None:
    """Turn the clock, past the life of the token."""
    partner.box.advance(by)
    partner.log_in()


def stands(partner: Partner, request: str) -> tuple[str, str, str]:
    """Say where a request stands: state, transfer, inspection."""
    found = partner.request(request)
    return found["state"], found["transferState"], found.get("inspectionStatus", "")


def inspection(partner: Partner, transfer: str) -> dict[str, object]:
    """Look at the inspection of a transfer."""
    body = partner.call("GET", "/v1/inspectionDeliveries", transferId=transfer).taken()
    (found,) = body["inspectionDeliveries"]
    return dict(found)


def test_a_delivery_goes_through_every_step_to_accepted(partner: Partner, file: Path) -> None:
    answer = partner.deliver(partner.ready(), file).taken()
    request = answer["requestId"]
    seen = [stands(partner, request)]
    partner.box.send(answer)
    seen.append(stands(partner, request))
    for step in (INSPECTED, CONTROLLED, DECIDED):
        later(partner, step)
        seen.append(stands(partner, request))

    assert seen == [
        ("OPEN", "TRANSFERRING", ""),
        ("OPEN", "PENDING_INSPECTION", "PENDING"),
        ("DELIVERED", "DELIVERED", "PASSED"),
        ("PROCESSED", "DELIVERED", "PASSED"),
        ("ACCEPTED", "DELIVERED", "PASSED"),
    ]


def test_a_clock_turned_far_passes_through_all_that_lies_between(
    partner: Partner, file: Path
) -> None:
    request, _ = delivered(partner, file)

    later(partner, timedelta(days=30))

    assert stands(partner, request) == ("ACCEPTED", "DELIVERED", "PASSED")
    moved = datetime.fromisoformat(partner.request(request)["updatedAt"])
    assert moved - NOW < timedelta(days=2)


def test_nothing_moves_before_its_time(partner: Partner, file: Path) -> None:
    request, _ = delivered(partner, file)

    later(partner, INSPECTED - timedelta(seconds=30))

    assert stands(partner, request) == ("OPEN", "PENDING_INSPECTION", "PENDING")


def test_codes_that_were_foreseen_fail_the_inspection(partner: Partner, file: Path) -> None:
    request, transfer = delivered(partner, file)
    partner.box.foresee(request, codes=[SOFT, UNSEEN])

    later(partner, INSPECTED)

    assert stands(partner, request) == ("OPEN", "INSPECTION_FAILED", "FAILED")
    errors = inspection(partner, transfer)["errors"]
    assert errors == [
        {"code": SOFT, "message": f"the inspection found {SOFT}", "overridable": True},
        {"code": UNSEEN, "message": f"the inspection found {UNSEEN}"},
    ]


def test_what_was_foreseen_is_for_one_delivery(partner: Partner, file: Path) -> None:
    request, _ = delivered(partner, file)
    partner.box.foresee(request, codes=[HARD])
    later(partner, INSPECTED)

    partner.box.send(partner.deliver(request, file).taken())
    later(partner, INSPECTED)

    assert stands(partner, request) == ("DELIVERED", "DELIVERED", "PASSED")


def test_an_override_hands_the_delivery_on(partner: Partner, file: Path) -> None:
    request, transfer = delivered(partner, file)
    partner.box.foresee(request, codes=[SOFT])
    later(partner, INSPECTED)

    answer = partner.call("POST", f"/v1/inspectionDeliveries/{transfer}/override", {})

    assert answer.taken()["inspectionStatus"] == "OVERRIDDEN"
    assert stands(partner, request) == ("DELIVERED", "DELIVERED", "OVERRIDDEN")
    later(partner, CONTROLLED)
    assert stands(partner, request)[0] == "PROCESSED"


def test_an_override_of_some_codes_leaves_the_others(partner: Partner, file: Path) -> None:
    request, transfer = delivered(partner, file)
    partner.box.foresee(request, codes=[SOFT, HARD])
    later(partner, INSPECTED)

    path = f"/v1/inspectionDeliveries/{transfer}/override"
    body = partner.call("POST", path, {"codes": [SOFT], "comment": "wanted"}).taken()

    assert [error["code"] for error in body["errors"]] == [HARD]
    assert body["inspectionStatus"] == "FAILED"
    assert HARD in partner.call("POST", path, {"codes": [HARD]}).refused(409)
    assert "any code" in partner.call("POST", path, {}).refused(409)


def test_a_rejected_delivery_is_asked_for_again_and_can_come_again(
    partner: Partner, file: Path
) -> None:
    request, _ = delivered(partner, file)
    partner.box.foresee(request, verdict="reject")

    later(partner, INSPECTED + CONTROLLED + DECIDED)

    assert stands(partner, request) == ("REDELIVERY_REQUESTED", "REJECTED", "PASSED")
    asked = datetime.fromisoformat(partner.request(request)["redeliveryRequestedAt"])
    assert abs(asked - (NOW + INSPECTED + CONTROLLED + DECIDED)) < timedelta(minutes=5)
    partner.deliver(request, file).taken()


def test_a_delivery_that_fails_waits_for_the_studio(partner: Partner, file: Path) -> None:
    request, _ = delivered(partner, file)
    partner.box.foresee(request, verdict="fail")

    later(partner, timedelta(days=10))

    assert stands(partner, request) == ("DELIVERED", "FAILED", "PASSED")


def test_a_transfer_that_never_became_whole_is_given_up_after_a_day(
    partner: Partner, file: Path
) -> None:
    request = partner.ready()
    partner.deliver(request, file).taken()

    later(partner, timedelta(days=1))

    assert stands(partner, request)[:2] == ("OPEN", "FAILED")
    partner.deliver(request, file).taken()


def test_a_canceled_request_stays_canceled_and_comes_back_as_it_was(
    partner: Partner, file: Path
) -> None:
    request, _ = delivered(partner, file)
    choice = {"requestIds": [request, "SR-0"], "reason": "not needed"}

    body = partner.call("POST", "/v1/requests/cancel", choice).taken()
    later(partner, INSPECTED)

    assert body["results"] == [
        {"requestId": request, "status": "SUCCESS"},
        {"requestId": "SR-0", "status": "ERROR", "message": "there is no request SR-0"},
    ]
    assert stands(partner, request)[0] == "CANCELED"
    partner.call("POST", "/v1/requests/cancel", choice).taken()
    partner.call("POST", "/v1/requests/uncancel", choice).taken()
    assert stands(partner, request)[0] == "OPEN"


def test_the_demonstration_moves_too(partner: Partner) -> None:
    before = {found["requestId"] for found in partner.find(states=["PROCESSED"])}

    later(partner, timedelta(days=3))

    after = {found["requestId"] for found in partner.find(states=["ACCEPTED"])}
    assert before
    assert before <= after
    assert partner.find(states=["PROCESSED"]) == []


def imf(partner: Partner, xml: str, *names: str) -> dict[str, str]:
    """Deliver a package whole; return the status of each track."""
    request = partner.ready("AV_MUXED")
    order = {
        "assetMapXml": ASSET_MAP,
        "packingListXml": PACKING_LIST,
        "compositionPlaylistXml": xml,
        "tracks": [{"trackID": f"urn:uuid:{name}", "requestID": request} for name in names],
        "files": [{"sourcePath": "/imp/empty.xml", "fileSize": 0}],
    }
    body = partner.call("POST", "/v1/deliveries/imf", order).taken()
    path = f"/sandbox/uploads/{body['transferId']}/1"
    assert put(partner, path, 0, b"").status == 204
    (composition,) = body["compositions"]
    return {track["trackID"][-1]: track["trackStatus"] for track in composition["tracks"]}


def put(partner: Partner, path: str, offset: int, body: bytes) -> Answer:
    """Bring bytes by hand."""
    headers = {
        "Tus-Resumable": "1.0.0",
        "Content-Type": "application/offset+octet-stream",
        "Upload-Offset": str(offset),
    }
    return partner.send("PATCH", path, body, headers)


def test_tracks_are_held_to_what_was_delivered_before(partner: Partner) -> None:
    partner.box.fill(titles=1, requests=1, source_type="AV_MUXED", request_id="SR-IMF")
    first = imf(partner, playlist(v=100, a=100), "v", "a")
    request = partner.ready("AV_MUXED")
    partner.box.foresee(request, codes=[HARD])
    later(partner, INSPECTED)

    second = imf(partner, playlist(v=100, a=99, d=10), "v", "a", "d")

    assert first == {"v": "NEW", "a": "NEW"}
    assert second == {"v": "UNMODIFIED", "a": "MODIFIED", "d": "NEW"}


@pytest.mark.parametrize(
    "xml",
    [
        "",
        "no XML",
        "<a><b></a>",
        '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>',
        "<CompositionPlaylist/>",
        "<Id>urn:uuid:c</Id>",
    ],
)
@pytest.mark.parametrize("field", ["assetMapXml", "packingListXml", "compositionPlaylistXml"])
def test_a_package_that_cannot_be_read_is_answered_and_not_begun(
    partner: Partner, xml: str, field: str
) -> None:
    request = partner.ready("AV_MUXED")
    order = {
        "assetMapXml": ASSET_MAP,
        "packingListXml": PACKING_LIST,
        "compositionPlaylistXml": playlist(v=1),
        "tracks": [{"trackID": "urn:uuid:v", "requestID": request}],
        "files": [{"sourcePath": "/imp/video.mxf", "fileSize": 1}],
    }

    body = partner.call("POST", "/v1/deliveries/imf", order | {field: xml}).taken()

    (composition,) = body["compositions"]
    is_refused = composition["status"] == "ERROR"
    assert is_refused == ("transferId" not in body)
    assert is_refused == ("transferState" not in partner.request(request))
    # Of the other two only that they can be read is asked.
    assert is_refused or field != "compositionPlaylistXml"
    assert "DOCTYPE" not in xml or "a document type is not allowed" in composition["message"]


def test_a_package_for_two_requests_moves_both(partner: Partner, file: Path) -> None:
    partner.box.fill(titles=1, requests=2, source_type="AV_MUXED", language="fr")
    found = partner.find(sourceTypes=["AV_MUXED"], languages=["fr"])
    ids = [one["requestId"] for one in found]
    order = {
        "assetMapXml": ASSET_MAP,
        "packingListXml": PACKING_LIST,
        "compositionPlaylistXml": playlist(v=1, a=1),
        "tracks": [
            {"trackID": "urn:uuid:v", "requestID": ids[0], "languageCode": "fr"},
            {"trackID": "urn:uuid:a", "requestID": ids[1], "audioChannels": "5.1"},
        ],
        "files": [{"sourcePath": str(file), "fileSize": 1}],
    }

    partner.box.send(partner.call("POST", "/v1/deliveries/imf", order).taken())
    later(partner, INSPECTED)

    assert [stands(partner, one)[0] for one in ids] == ["DELIVERED", "DELIVERED"]


def test_the_clock_goes_forward_only(partner: Partner) -> None:
    with pytest.raises(ValueError, match="the clock goes forward"):
        partner.box.advance(-1)
    with pytest.raises(ValueError, match="up to the year 9000"):
        partner.box.advance(float("inf"))
    with pytest.raises(ValueError, match="the clock goes forward"):
        partner.box.advance(float("nan"))


def test_what_cannot_be_foreseen_is_refused(partner: Partner) -> None:
    with pytest.raises(LookupError, match="there is no request SR-0"):
        partner.box.foresee("SR-0")
    with pytest.raises(ValueError, match="accept, reject, fail"):
        partner.box.foresee("SR-1001", verdict="maybe")


def test_time_goes_on_from_the_instant_that_was_asked_for(partner: Partner) -> None:
    assert timedelta(0) <= partner.box.now - NOW < timedelta(minutes=1)
    assert partner.box.advance(timedelta(days=2)) - NOW >= timedelta(days=2)


def test_the_clock_can_be_turned_by_the_paths_of_control(partner: Partner) -> None:
    body = partner.call("POST", "/sandbox/clock", {"advance": 86400}).taken()

    assert datetime.fromisoformat(body["now"]) - NOW >= timedelta(days=1)
    assert partner.call("GET", "/sandbox/clock").taken()["now"] >= body["now"]
    for wrong in ({"advance": -1}, {"advance": "x"}, {}, {"advance": 1e30}, {"go": 1}):
        partner.call("POST", "/sandbox/clock", wrong).refused(422)


def test_what_is_found_can_be_said_by_the_paths_of_control(partner: Partner, file: Path) -> None:
    request, _ = delivered(partner, file)

    partner.call("POST", f"/sandbox/requests/{request}/foresee", {"codes": [SOFT]}).taken()
    later(partner, INSPECTED)

    assert stands(partner, request)[1] == "INSPECTION_FAILED"
    partner.call("POST", "/sandbox/requests/SR-0/foresee", {}).refused(404)
    wrong = {"verdict": "maybe"}
    partner.call("POST", f"/sandbox/requests/{request}/foresee", wrong).refused(422)
