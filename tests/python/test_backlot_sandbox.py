"""The client against the sandbox: each operation over a real socket, held to the contract."""

from __future__ import annotations

import asyncio
import json
import re
from datetime import date, timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, cast

import jsonschema
import polars as pl
import pytest
import yaml
from reelpack import ApiStatusError, backlot, sandbox
from reelpack.backlot import AsyncBacklot, Backlot, ImfTrackOrder, SourceRequest, standing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from reelpack.sandbox import Sandbox

CONTRACT: dict[str, Any] = yaml.safe_load(backlot.contract_yaml())
MOVABLE = ("OPEN", "REDELIVERY_REQUESTED")
"""States in which the estimated date can be changed."""


@pytest.fixture
def box() -> Iterator[Sandbox]:
    with sandbox.running(demo=True) as running:
        yield running
        check_calls(running)


@pytest.fixture
def client(box: Sandbox, tmp_path: Path) -> Iterator[Backlot]:
    with Backlot(**login(box), state=tmp_path / "state.db") as opened:
        yield opened


def login(box: Sandbox) -> dict[str, Any]:
    return dict(box.credentials())


def check_calls(box: Sandbox) -> None:
    """Hold what was sent to the contract: verb, path, parameters and body."""
    operations = {
        operation["operationId"]: (verb, path, operation, item.get("parameters", []))
        for path, item in CONTRACT["paths"].items()
        for verb, operation in item.items()
        if verb in {"get", "post", "put", "patch"}
    }
    for call in box.calls:
        # The sandbox does not read the body of a call without a valid token.
        if call.operation in {None, "upload"} or call.status == HTTPStatus.UNAUTHORIZED:
            continue
        assert call.operation is not None
        verb, path, operation, shared = operations[call.operation]
        assert call.method == verb.upper()
        assert re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", path), call.path)
        known = {parameter(one)["name"] for one in [*shared, *operation.get("parameters", [])]}
        assert {name for name, _ in call.query} <= known
        if call.operation != "takeToken" and "requestBody" in operation:
            schema = operation["requestBody"]["content"]["application/json"]["schema"]
            validate(json.loads(call.body), schema)


def parameter(about: dict[str, Any]) -> dict[str, Any]:
    if "$ref" in about:
        return dict(CONTRACT["components"]["parameters"][about["$ref"].rpartition("/")[2]])
    return about


def validate(body: object, schema: dict[str, Any]) -> None:
    """Validate a body, in which each field has to be one that the contract knows."""
    whole = {**schema, "components": CONTRACT["components"]}
    jsonschema.Draft202012Validator(
        whole, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
    ).validate(body)
    assert isinstance(body, dict)
    name = schema["$ref"].rpartition("/")[2]
    assert set(body) <= set(CONTRACT["components"]["schemas"][name]["properties"])


def deliverable(client: Backlot, source_type: str = "SUBTITLE") -> SourceRequest:
    found = client.requests(state="OPEN", material_status="ACCEPTED", source_type=source_type)
    return next(request for request in found if request.transfer_state is None)


@pytest.fixture
def film(tmp_path: Path) -> Path:
    path = tmp_path / "film.xml"
    path.write_bytes(bytes(n % 251 for n in range(100_000)))
    return path


@pytest.mark.parametrize("size", [1, 7, 59, 60, 61, 1000])
def test_all_requests_come_once_whatever_the_page_size(client: Backlot, size: int) -> None:
    found = [request.request_id for request in client.requests(page_size=size)]

    assert len(found) == len(set(found)) == 60
    assert client.requests(page_size=size).total == 60


def test_filters_choose(client: Backlot) -> None:
    everything = list(client.requests())

    for state in {str(request.state) for request in everything}:
        found = list(client.requests(state=state))
        assert {request.request_id for request in found} == {
            request.request_id for request in everything if request.state == state
        }
    days = sorted(
        request.estimated_delivery_date
        for request in everything
        if isinstance(request.estimated_delivery_date, date)
    )
    middle = days[len(days) // 2]
    assert len(list(client.requests(estimated_from=middle))) == sum(day >= middle for day in days)


def test_nothing_of_the_sandbox_is_unknown_to_the_client(client: Backlot) -> None:
    for request in client.requests():
        assert request.extra == {}
        assert isinstance(request.state, backlot.RequestState)
        assert not isinstance(request.updated_at, str)
    assert all(asset.extra == {} for asset in client.downloads())
    assert all(inspection.extra == {} for inspection in client.inspections())


def test_buckets_agree_with_the_standing_of_each_request(box: Sandbox, client: Backlot) -> None:
    counts = {bucket.bucket: bucket.count for bucket in client.requests().buckets}
    standings = [standing(request, now=box.now).bucket for request in client.requests()]

    assert counts["CRITICAL"] == standings.count("critical")
    assert counts["AT_RISK"] == standings.count("at-risk")
    listed = list(client.requests(bucket="CRITICAL"))
    assert len(listed) == counts["CRITICAL"]
    assert all(standing(request, now=box.now).bucket == "critical" for request in listed)


def test_requests_become_a_data_frame(client: Backlot) -> None:
    frame = pl.DataFrame(client.requests(page_size=25).to_arrow())

    assert frame.height == 60
    assert frame.schema["due_date"] == pl.Date
    assert frame["request_id"].n_unique() == 60


def test_an_update_is_seen_by_the_next_look(client: Backlot) -> None:
    request = next(iter(client.requests(state=MOVABLE, service_type="conform")))
    day = date(2031, 3, 31)

    changed = client.update(
        request.request_id,
        estimated_delivery_date=day,
        reason="redeliveryRequestedByNetflix",
        sub_assign="Another house",
        translator_credit_present=True,
    )

    assert changed.estimated_delivery_date == day
    assert client.request(request.request_id) == changed
    assert changed.sub_assign == "Another house"
    assert changed.translator_credit_present is True


def test_what_the_server_refuses_is_told_in_its_words(client: Backlot) -> None:
    with pytest.raises(ApiStatusError, match="404") as told:
        client.request("SR-0")
    assert told.value.status == 404
    assert told.value.method == "GET"
    assert json.loads(told.value.body)["status"] == 404
    assert told.value.url.endswith("/v1/requests/SR-0")


@pytest.mark.parametrize("number", ["a/b", "a?b=c", "a#b", "ü é", "%2e%2e", "../requests"])
def test_a_number_stays_one_part_of_the_path(client: Backlot, number: str) -> None:
    with pytest.raises(ApiStatusError) as told:
        client.request(number)
    assert told.value.status in {400, 404, 422}


def test_cancel_and_uncancel(client: Backlot) -> None:
    good = next(iter(client.requests(state="OPEN"))).request_id

    outcomes = client.cancel(good, "SR-0", reason="double")

    assert [outcome.status for outcome in outcomes] == ["SUCCESS", "ERROR"]
    assert outcomes[1].message
    assert client.request(good).state == "CANCELED"
    assert client.uncancel(good)[0].status == "SUCCESS"
    assert client.request(good).state == "OPEN"


def test_material_status_is_set(client: Backlot) -> None:
    request = next(iter(client.requests(state="OPEN", material_status="RECEIVED")))

    changed = client.set_material_status(request.request_id, "ACCEPTED", comment="all here")

    assert changed.material_status == "ACCEPTED"


def test_a_delivery_goes_all_the_way(box: Sandbox, client: Backlot, film: Path) -> None:
    request = deliverable(client)

    delivery = client.deliver(request.request_id, film)
    delivery.check_sizes()
    box.send(delivery)
    box.advance(timedelta(days=3))

    assert delivery.pairs_text().startswith(f"{film}\n")
    assert client.request(request.request_id).state == "ACCEPTED"
    (inspection,) = client.inspections(request_id=request.request_id)
    assert inspection.transfer_id == delivery.transfer_id
    assert inspection.inspection_status == "PASSED"


def test_the_same_delivery_is_started_once(box: Sandbox, client: Backlot, film: Path) -> None:
    request = deliverable(client)

    started = client.deliver(request.request_id, film)
    kept = client.deliver(request.request_id, film)

    assert started.kept_since is None
    assert kept.kept_since is not None
    assert kept.transfer_id == started.transfer_id
    assert kept.pairs_text() == started.pairs_text()
    assert sum(call.operation == "startDelivery" for call in box.calls) == 1
    with pytest.raises(ApiStatusError, match="409"):
        client.deliver(request.request_id, film, again=True)


def test_a_redelivery_of_a_new_file_is_started(box: Sandbox, client: Backlot, film: Path) -> None:
    request = deliverable(client)
    box.foresee(request.request_id, verdict="reject")
    first_try = client.deliver(request.request_id, film)
    box.send(first_try)
    box.advance(timedelta(days=3))
    assert client.request(request.request_id).state == "REDELIVERY_REQUESTED"

    film.write_bytes(b"better")
    second_try = client.deliver(request.request_id, film)

    assert second_try.kept_since is None
    assert second_try.transfer_id != first_try.transfer_id


def test_the_very_same_file_is_delivered_again_if_that_is_said(
    box: Sandbox, client: Backlot, film: Path
) -> None:
    request = deliverable(client)
    box.foresee(request.request_id, verdict="reject")
    first_try = client.deliver(request.request_id, film)
    box.send(first_try)
    box.advance(timedelta(days=3))

    kept = client.deliver(request.request_id, film)
    second_try = client.deliver(request.request_id, film, again=True)

    assert kept.transfer_id == first_try.transfer_id
    assert second_try.transfer_id != first_try.transfer_id


def test_a_refused_delivery_may_be_tried_again(client: Backlot, film: Path) -> None:
    request = deliverable(client)
    client.set_material_status(request.request_id, "RECEIVED")

    with pytest.raises(ApiStatusError):
        client.deliver(request.request_id, film)
    client.set_material_status(request.request_id, "ACCEPTED")

    assert client.deliver(request.request_id, film).kept_since is None


def test_a_print_master_says_its_mix(client: Backlot, film: Path) -> None:
    request = deliverable(client, "AUDIO_PRINT_MASTER")

    with pytest.raises(ApiStatusError):
        client.deliver(request.request_id, film)
    info = backlot.AssetInfo("NEARFIELD", "ATMOS", "NOT_APPLICABLE")

    assert client.deliver(request.request_id, film, asset_info=info).request_id


def test_overridable_errors_are_overridden(box: Sandbox, client: Backlot, film: Path) -> None:
    request = deliverable(client)
    box.foresee(request.request_id, codes=["ANALYZER-CommercialBlacks"])
    delivery = client.deliver(request.request_id, film)
    box.send(delivery)
    box.advance(timedelta(minutes=30))

    (inspection,) = client.inspections(status="FAILED", request_id=request.request_id)
    assert inspection.errors is not None
    assert inspection.errors[0].code is backlot.InspectionCode.ANALYZER_COMMERCIAL_BLACKS
    assert inspection.errors[0].overridable is True
    changed = client.override(delivery.transfer_id, codes="ANALYZER-CommercialBlacks")

    assert changed.inspection_status == "OVERRIDDEN"


def test_an_imf_package_is_delivered(box: Sandbox, client: Backlot, tmp_path: Path) -> None:
    request = deliverable(client, "AV_MUXED")
    assert request.language is not None
    track = tmp_path / "track.mxf"
    track.write_bytes(b"x" * 1000)
    original = request.original_language if request.language == "*" else request.language

    delivery = client.deliver_imf(
        track,
        asset_map_xml="<AssetMap/>",
        packing_list_xml="<PackingList/>",
        composition_playlist_xml=(
            "<CompositionPlaylist><Id>urn:uuid:0f3b5a9e-0000-4000-8000-000000000001</Id>"
            "</CompositionPlaylist>"
        ),
        tracks=[ImfTrackOrder("urn:uuid:1", request.request_id, original, "5.1")],
    )

    assert delivery.compositions[0].status == "SUCCESS"
    assert delivery.compositions[0].tracks is not None
    assert delivery.compositions[0].tracks[0].track_status == "NEW"
    assert delivery.pairs_text().startswith(f"{track}\n")
    assert box.send(cast("Any", delivery))


def test_materials_are_found_and_their_manifests_got(client: Backlot, tmp_path: Path) -> None:
    assets = list(client.downloads(page_size=3))

    manifests = client.manifests([asset.asset_id for asset in assets], tmp_path)

    assert {manifest.asset_id for manifest in manifests} == {asset.asset_id for asset in assets}
    errors = [manifest for manifest in manifests if manifest.download_error]
    ready = [manifest for manifest in manifests if not manifest.download_error]
    assert errors
    assert ready
    for manifest in ready:
        assert manifest.pairs_text()
        assert "--mode=recv" in manifest.ascp_line(tmp_path / "pairs")
    by_type = list(client.downloads(type=str(assets[0].type)))
    assert {asset.type for asset in by_type} == {assets[0].type}


def test_the_asynchronous_client_works_over_a_socket(box: Sandbox, film: Path) -> None:
    async def use() -> None:
        async with AsyncBacklot(**login(box), state=False) as client:
            requests = [request async for request in client.requests(page_size=9)]
            assert len(requests) == 60
            looked = await asyncio.gather(
                *(client.request(request.request_id) for request in requests[:20])
            )
            assert [one.request_id for one in looked] == [one.request_id for one in requests[:20]]
            ready = deliverable(client.backlot)
            delivery = await client.deliver(ready.request_id, film)
            assert delivery.transfer_id
            assert (await client.token()).access

    asyncio.run(use())
    assert sum(call.operation == "takeToken" for call in box.calls) == 1


def test_names_of_the_file_that_overrides_go_over_the_wire(box: Sandbox, tmp_path: Path) -> None:
    ours = tmp_path / "ours.toml"
    ours.write_text(
        f'host = "{box.url}"\ntoken_host = "{box.url}"\n'
        '[operations.getRequest]\npath = "/v1/requests/other/{requestId}"\n',
        encoding="utf-8",
    )
    told = {name: value for name, value in login(box).items() if "url" not in name}

    with Backlot(**told, contract=ours) as client, pytest.raises(ApiStatusError, match="404"):
        client.request("SR-1")
    assert box.calls[-1].path == "/v1/requests/other/SR-1"
