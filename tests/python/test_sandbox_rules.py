"""Each rule of the sandbox refuses, and nothing else: without it the same call goes through."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from material.package import ASSET_MAP, PACKING_LIST, playlist
from material.partner import Partner
from reelpack import ApiStatusError, sandbox

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from material.partner import Answer

    # The partner calls, and the reason is returned if it was refused.
    Case = Callable[[Partner, Path], str | None]

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
TODAY = "2026-03-02"
HARD = "ANALYZER-VideoDecodeErrors"
SIZE = 1000


def status(answer: Answer, status: int = 409) -> str | None:
    """Return why a call was refused with the status of its rule; None if it was not."""
    if answer.status == 200:
        return None
    return answer.refused(status)


def update(partner: Partner, found: dict[str, list[str]], **change: object) -> str | None:
    """Change the first request that is found."""
    request = partner.one(**found)["requestId"]
    return status(partner.call("PATCH", f"/v1/requests/{request}", change))


def outcome(answer: Answer) -> str | None:
    """Return why the one request of a choice was refused; None if it was not."""
    (result,) = answer.taken()["results"]
    assert (result["status"] == "ERROR") == ("message" in result)
    message: str | None = result.get("message")
    return message


def file(folder: Path, size: int = SIZE, name: str = "a.mov") -> Path:
    """Write a file."""
    path = folder / name
    path.write_bytes(bytes(size))
    return path


def a_date_without_reason(partner: Partner, _folder: Path) -> str | None:
    return update(partner, {"states": ["OPEN"]}, estimatedDeliveryDate=TODAY)


def a_date_of_what_is_processed(partner: Partner, _folder: Path) -> str | None:
    reason = "redeliveryRequestedByNetflix"
    return update(
        partner,
        {"states": ["PROCESSED"]},
        estimatedDeliveryDate=TODAY,
        estimatedDeliveryDateReason=reason,
    )


def a_credit_for_create(partner: Partner, _folder: Path) -> str | None:
    return update(partner, {"serviceTypes": ["create"]}, translatorCreditPresent=True)


def a_waiver_for_conform(partner: Partner, _folder: Path) -> str | None:
    return update(partner, {"serviceTypes": ["conform"]}, translatorCreditWaiverPresent=False)


def a_cancel_by_anybody(partner: Partner, _folder: Path) -> str | None:
    answer = partner.call("POST", "/v1/requests/cancel", {"requestIds": [partner.ready()]})
    return status(answer, 403)


def a_cancel_of_what_is_accepted(partner: Partner, _folder: Path) -> str | None:
    request = partner.one(states=["ACCEPTED"])["requestId"]
    return outcome(partner.call("POST", "/v1/requests/cancel", {"requestIds": [request]}))


def an_uncancel_of_what_is_open(partner: Partner, _folder: Path) -> str | None:
    request = partner.ready()
    return outcome(partner.call("POST", "/v1/requests/uncancel", {"requestIds": [request]}))


def a_delivery_to_what_is_accepted(partner: Partner, folder: Path) -> str | None:
    request = partner.one(states=["ACCEPTED"], sourceTypes=["SUBTITLE"])["requestId"]
    return status(partner.deliver(request, file(folder)))


def a_delivery_before_materials(partner: Partner, folder: Path) -> str | None:
    request = partner.ready()
    partner.call("PUT", f"/v1/requests/{request}/materialStatus", {"materialStatus": "RECEIVED"})
    return status(partner.deliver(request, file(folder)))


def a_second_delivery(partner: Partner, folder: Path) -> str | None:
    request = partner.ready()
    partner.deliver(request, file(folder)).taken()
    return status(partner.deliver(request, file(folder)))


def two_files_where_one_is_taken(partner: Partner, folder: Path) -> str | None:
    files = file(folder), file(folder, name="b.mov")
    return status(partner.deliver(partner.ready(), *files))


def metadata_of_a_type_without(partner: Partner, folder: Path) -> str | None:
    partner.box.fill(titles=1, requests=1, source_type="TRAILER")
    request = partner.ready("TRAILER")
    return status(partner.deliver(request, file(folder), assetInfo={"note": "x"}))


def a_print_master_without_format(partner: Partner, folder: Path) -> str | None:
    request = partner.ready("AUDIO_PRINT_MASTER")
    return status(partner.deliver(request, file(folder), assetInfo={"mixType": "NEARFIELD"}))


def a_theatrical_mix(partner: Partner, folder: Path) -> str | None:
    request = partner.ready("AUDIO_PRINT_MASTER")
    told = {"mixType": "Theatrical", "format": "ATMOS"}
    return status(partner.deliver(request, file(folder), assetInfo=told))


def imf(partner: Partner, request: str, *, language: str, xml: str = "") -> str | None:
    """Start the delivery of a package with one track."""
    order = {
        "assetMapXml": ASSET_MAP,
        "packingListXml": PACKING_LIST,
        "compositionPlaylistXml": xml or playlist(),
        "tracks": [{"trackID": "urn:uuid:1", "requestID": request, "languageCode": language}],
        "files": [{"sourcePath": "/imp/video.mxf", "fileSize": SIZE}],
    }
    body = partner.call("POST", "/v1/deliveries/imf", order).taken()
    (composition,) = body["compositions"]
    (track,) = composition["tracks"]
    assert (composition["status"] == "ERROR") == ("transferId" not in body)
    message: str | None = track.get("message", composition.get("message"))
    return message


def an_imf_of_broken_xml(partner: Partner, _folder: Path) -> str | None:
    return imf(partner, partner.ready("AV_MUXED"), language="ko", xml="<CompositionPlaylist>")


def an_imf_without_id(partner: Partner, _folder: Path) -> str | None:
    xml = playlist().replace("<Id>", "<Not>").replace("</Id>", "</Not>")
    return imf(partner, partner.ready("AV_MUXED"), language="ko", xml=xml)


def an_imf_to_subtitles(partner: Partner, _folder: Path) -> str | None:
    request = partner.one(states=["OPEN"], sourceTypes=["SUBTITLE"])
    return imf(partner, request["requestId"], language=request["language"])


def an_imf_in_another_language(partner: Partner, _folder: Path) -> str | None:
    return imf(partner, partner.ready("AV_MUXED"), language="*")


def sent(partner: Partner, folder: Path, *, announced: int, size: int) -> str | None:
    """Deliver a file that is of another size by the time it is sent."""
    path = file(folder, announced)
    answer = partner.deliver(partner.ready(), path).taken()
    file(folder, size)
    try:
        partner.box.send(answer)
    except ApiStatusError as error:
        return str(error)
    transfer = partner.request(answer["requestId"])["transferState"]
    assert transfer == "PENDING_INSPECTION"
    return None


def a_file_that_grew(partner: Partner, folder: Path) -> str | None:
    return sent(partner, folder, announced=SIZE, size=SIZE + 1)


def a_file_that_shrank(partner: Partner, folder: Path) -> str | None:
    return sent(partner, folder, announced=SIZE, size=SIZE - 1)


def override(partner: Partner, transfer: str, *codes: str) -> str | None:
    """Override codes of a delivery."""
    path = f"/v1/inspectionDeliveries/{transfer}/override"
    return status(partner.call("POST", path, {"codes": codes}))


def an_override_of_what_passed(partner: Partner, _folder: Path) -> str | None:
    passed = partner.call("GET", "/v1/inspectionDeliveries", inspectionStatus="PASSED").taken()
    path = f"/v1/inspectionDeliveries/{passed['inspectionDeliveries'][0]['transferId']}/override"
    return status(partner.call("POST", path, {}))


def an_override_of_a_hard_code(partner: Partner, _folder: Path) -> str | None:
    failed = partner.call("GET", "/v1/inspectionDeliveries", inspectionStatus="FAILED").taken()
    hard = [
        found["transferId"]
        for found in failed["inspectionDeliveries"]
        if HARD in {error["code"] for error in found["errors"]}
    ]
    return override(partner, hard[0], HARD)


CASES: dict[str, Case] = {
    "estimate-needs-reason": a_date_without_reason,
    "estimate-while-open": a_date_of_what_is_processed,
    "credit-with-conform": a_credit_for_create,
    "waiver-with-create": a_waiver_for_conform,
    "preferred-partner": a_cancel_by_anybody,
    "cancel-before-accepted": a_cancel_of_what_is_accepted,
    "uncancel-canceled": an_uncancel_of_what_is_open,
    "delivery-from-open": a_delivery_to_what_is_accepted,
    "materials-accepted": a_delivery_before_materials,
    "one-at-a-time": a_second_delivery,
    "one-file": two_files_where_one_is_taken,
    "metadata-by-type": metadata_of_a_type_without,
    "print-master-says-mix": a_print_master_without_format,
    "no-theatrical-mix": a_theatrical_mix,
    "imf-readable": an_imf_of_broken_xml,
    "imf-playlist-id": an_imf_without_id,
    "imf-to-muxed": an_imf_to_subtitles,
    "imf-language": an_imf_in_another_language,
    "size-not-more": a_file_that_grew,
    "size-not-less": a_file_that_shrank,
    "override-failed": an_override_of_what_passed,
    "override-overridable": an_override_of_a_hard_code,
}


def outcome_of(name: str, folder: Path, *, without: tuple[str, ...]) -> str | None:
    """Play the case of a rule in a sandbox."""
    preferred = name != "preferred-partner"
    with sandbox.running(demo=True, now=NOW, preferred=preferred, without=without) as box:
        return CASES[name](Partner(box).log_in(), folder)


def test_each_rule_has_a_case() -> None:
    assert {rule.name for rule in sandbox.RULES} == set(CASES)


@pytest.mark.parametrize("name", CASES)
def test_a_rule_refuses(name: str, tmp_path: Path) -> None:
    assert outcome_of(name, tmp_path, without=())


@pytest.mark.parametrize("name", CASES)
def test_without_its_rule_the_same_call_goes_through(name: str, tmp_path: Path) -> None:
    assert outcome_of(name, tmp_path, without=(name,)) is None


def test_a_rule_that_is_not_there_cannot_be_taken_out() -> None:
    with (
        pytest.raises(ValueError, match="there is no rule `fair-play`"),
        sandbox.running(without=["fair-play"]),
    ):
        pass


def test_a_refusal_names_its_rule() -> None:
    with sandbox.running(demo=True, now=NOW) as box:
        partner = Partner(box).log_in()
        request = partner.one(states=["PROCESSED"])["requestId"]

        answer = partner.call("PATCH", f"/v1/requests/{request}", {"estimatedDeliveryDate": TODAY})

    assert answer.body == {
        "status": 409,
        "error": "Conflict",
        "message": "a new estimated delivery date needs a reason",
        "errorCode": "estimate-needs-reason",
    }
