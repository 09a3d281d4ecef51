"""What a sandbox is filled with, how it is searched, and that it can be opened again."""

from __future__ import annotations

import contextlib
import sqlite3
import time
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from material.partner import Partner
from reelpack import sandbox
from reelpack.sandbox import values

if TYPE_CHECKING:
    from collections.abc import Iterator
    from enum import StrEnum
    from pathlib import Path

    from material.partner import Json

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def partner() -> Iterator[Partner]:
    with sandbox.running(demo=True, now=NOW) as box:
        yield Partner(box).log_in()


def pages(partner: Partner, path: str, name: str, search: Json) -> list[list[Json]]:
    """Go through all pages of a search."""
    found: list[list[Json]] = []
    token: dict[str, str] = {}
    while True:
        body = partner.call("POST", path, search | token).taken()
        found.append(body[name])
        if "nextPageToken" not in body:
            return found
        token = {"pageToken": body["nextPageToken"]}


def test_there_are_two_titles_and_sixty_requests(partner: Partner) -> None:
    found = partner.find()

    assert len({one["requestId"] for one in found}) == 60
    assert {one["movieId"] for one in found} == {"81000001", "81000002"}


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("state", values.RequestState),
        ("transferState", values.TransferState),
        ("sourceType", values.SourceType),
        ("serviceType", values.ServiceType),
        ("materialStatus", values.MaterialStatus),
        ("inspectionStatus", values.InspectionStatus),
    ],
)
def test_every_word_occurs(partner: Partner, field: str, words: type[StrEnum]) -> None:
    assert {one.get(field) for one in partner.find()} >= set(words)


def test_each_source_type_has_a_request_that_can_be_delivered_to(
    partner: Partner, tmp_path: Path
) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(b"1")
    told = {"assetInfo": {"mixType": "NEARFIELD", "format": "ATMOS", "note": "kept"}}

    transfers = {
        kind: partner.deliver(partner.ready(kind), path, **told).taken()["transferId"]
        for kind in values.SourceType
    }

    assert len(set(transfers.values())) == len(values.SourceType)


def test_the_same_comes_at_each_start() -> None:
    def told() -> Json:
        with sandbox.running(demo=True, now=NOW) as box:
            found = Partner(box).log_in().find()
        return [{**one, "updatedAt": "", "redeliveryRequestedAt": ""} for one in found]

    assert told() == told()


def test_some_materials_can_be_downloaded_and_some_say_why_not(partner: Partner) -> None:
    path = "/v1/downloads/searchDownloadAssets"
    assets = partner.call("POST", path, {}).taken()["downloadAssets"]
    order = {
        "assetIds": [*(asset["assetId"] for asset in assets), "MA-0"],
        "destinationPath": "/in/",
    }

    path = "/v1/downloads/getDownloadAssetsManifests"
    manifests = partner.call("POST", path, order).taken()["manifests"]

    assert {asset["type"] for asset in assets} == set(values.DownloadType)
    assert [manifest["assetId"] for manifest in manifests] == order["assetIds"]
    wrong = [manifest for manifest in manifests if "downloadError" in manifest]
    assert 1 < len(wrong) < len(manifests)
    assert not [manifest for manifest in wrong if "transferSpec" in manifest]
    good = next(manifest for manifest in manifests if "downloadError" not in manifest)
    (pair,) = good["files"]
    assert pair["destinationPath"] == f"/in/{pair['sourcePath'].rsplit('/', 1)[1]}"
    assert good["transferSpec"]["token"]


@pytest.mark.parametrize(
    ("search", "fits"),
    [
        ({"movieIds": ["81000002"]}, lambda asset: asset["movieId"] == "81000002"),
        ({"packageIds": ["PK-0001"]}, lambda asset: asset["packageId"] == "PK-0001"),
        ({"types": ["DOCUMENT"]}, lambda asset: asset["type"] == "DOCUMENT"),
        ({"languages": ["ko"]}, lambda asset: asset["language"] == "ko"),
        ({"requestIds": ["SR-1001"]}, lambda asset: asset["packageId"] == "PK-0001"),
    ],
)
def test_materials_are_searched(partner: Partner, search: Json, fits: Json) -> None:
    path = "/v1/downloads/searchDownloadAssets"
    every = partner.call("POST", path, {}).taken()["downloadAssets"]

    (found,) = pages(partner, path, "downloadAssets", search)

    assert found == [asset for asset in every if fits(asset)]
    assert 0 < len(found) < len(every)


def test_materials_come_in_pages(partner: Partner) -> None:
    path = "/v1/downloads/searchDownloadAssets"

    found = pages(partner, path, "downloadAssets", {"pageSize": 3})

    assert [len(page) for page in found] == [3, 3, 3, 1]


@pytest.mark.parametrize(
    ("search", "field"),
    [
        ({"requestIds": ["SR-1002", "SR-1007", "SR-0"]}, "requestId"),
        ({"movieIds": ["81000001"]}, "movieId"),
        ({"packageIds": ["PK-0002"]}, "packageId"),
        ({"states": ["OPEN", "ACCEPTED"]}, "state"),
        ({"sourceTypes": ["AV_MUXED"]}, "sourceType"),
        ({"serviceTypes": ["create"]}, "serviceType"),
        ({"languages": ["de", "*"]}, "language"),
        ({"materialStatuses": ["ASSIGNED"]}, "materialStatus"),
        ({"inspectionStatuses": ["FAILED"]}, "inspectionStatus"),
        ({"fulfillmentPartners": ["Studio Nord"]}, "fulfillmentPartner"),
    ],
)
def test_a_search_finds_what_has_one_of_the_values(
    partner: Partner, search: dict[str, list[str]], field: str
) -> None:
    (wanted,) = search.values()
    expected = [one for one in partner.find() if one.get(field) in wanted]

    assert partner.find(**search) == expected
    assert 0 < len(expected) < 60


def test_a_search_takes_every_filter_together(partner: Partner) -> None:
    every = partner.find()
    days = sorted(one["estimatedDeliveryDate"] for one in every)
    span = {"estimatedFrom": days[10], "estimatedTo": days[50], "states": ["OPEN"]}

    found = partner.find(**span)

    assert found == [
        one
        for one in every
        if days[10] <= one["estimatedDeliveryDate"] <= days[50] and one["state"] == "OPEN"
    ]
    assert found


def test_a_search_takes_more_values_than_a_statement_has_parameters(partner: Partner) -> None:
    ids = [f"SR-{number}" for number in range(100_000)]

    assert len(partner.find(requestIds=ids)) == 60
    assert partner.find(requestIds=[]) == []


def test_requests_come_in_pages_and_the_first_one_counts(partner: Partner) -> None:
    path = "/v1/requests/search"
    first = partner.call("POST", path, {"pageSize": 25}).taken()
    second = partner.call("POST", path, {"pageToken": first["nextPageToken"]}).taken()

    assert (first["total"], second["total"]) == (60, 60)
    assert [bucket["bucket"] for bucket in first["buckets"]] == list(values.BucketName)
    assert "buckets" not in second
    found = pages(partner, path, "requests", {"pageSize": 25})
    assert [len(page) for page in found] == [25, 25, 10]


def test_inspections_come_in_pages_with_the_newest_first(partner: Partner) -> None:
    found: list[Json] = []
    token: dict[str, str] = {}
    while True:
        body = partner.call("GET", "/v1/inspectionDeliveries", pageSize=10, **token).taken()
        found += body["inspectionDeliveries"]
        if "nextPageToken" not in body:
            break
        token = {"pageToken": body["nextPageToken"]}

    assert len(found) == body["total"] > 20
    numbers = [int(one["transferId"].removeprefix("TR-")) for one in found]
    assert numbers == sorted(numbers, reverse=True)


def test_inspections_are_found_by_their_request(partner: Partner) -> None:
    every = partner.call("GET", "/v1/inspectionDeliveries", pageSize=1000).taken()
    request = every["inspectionDeliveries"][0]["requestId"]

    found = partner.call("GET", "/v1/inspectionDeliveries", requestId=request).taken()

    assert [one["requestId"] for one in found["inspectionDeliveries"]] == [request]


@pytest.mark.parametrize("bucket", values.BucketName)
def test_a_bucket_lists_as_many_as_it_counts(partner: Partner, bucket: str) -> None:
    counted = partner.call("POST", "/v1/requests/search", {}).taken()["buckets"]
    (count,) = (one["count"] for one in counted if one["bucket"] == bucket)

    listed = partner.call("GET", "/v1/requests", bucket=bucket, pageSize=1000).taken()

    assert len(listed["requests"]) == listed["total"] == count
    assert 0 < count < 60


def test_an_unknown_bucket_is_empty(partner: Partner) -> None:
    assert partner.call("GET", "/v1/requests", bucket="LOST").taken()["requests"] == []


TODAY = NOW.date()
OPEN = {"due_date": TODAY + timedelta(days=40), "estimated_delivery_date": TODAY}


@pytest.mark.parametrize(
    ("fields", "bucket"),
    [
        # Estimated yesterday and not delivered, where that is not the due date.
        ({"estimated_delivery_date": TODAY - timedelta(days=1)}, "CRITICAL"),
        ({"estimated_delivery_date": TODAY}, "ON_TRACK"),
        (
            {
                "estimated_delivery_date": TODAY - timedelta(days=1),
                "due_date": TODAY - timedelta(days=1),
            },
            "ON_TRACK",
        ),
        # Nobody assigned ten days before it is due.
        ({"fulfillment_partner": None, "due_date": TODAY + timedelta(days=10)}, "CRITICAL"),
        ({"fulfillment_partner": None, "due_date": TODAY + timedelta(days=11)}, "ON_TRACK"),
        # No materials five days before it is due.
        ({"material_status": None, "due_date": TODAY + timedelta(days=5)}, "AT_RISK"),
        ({"material_status": "NOT_RECEIVED", "due_date": TODAY + timedelta(days=5)}, "AT_RISK"),
        ({"material_status": "NOT_RECEIVED", "due_date": TODAY + timedelta(days=6)}, "ON_TRACK"),
        ({"material_status": "RECEIVED", "due_date": TODAY + timedelta(days=5)}, "ON_TRACK"),
        # What is delivered waits for nobody.
        (
            {"state": "DELIVERED", "estimated_delivery_date": TODAY - timedelta(days=1)},
            "ON_TRACK",
        ),
    ],
)
def test_a_request_is_critical_at_risk_or_on_track(fields: dict[str, object], bucket: str) -> None:
    with sandbox.running(now=NOW) as box:
        partner = Partner(box).log_in()
        box.fill(titles=1, requests=1, **(OPEN | fields))

        counted = partner.call("POST", "/v1/requests/search", {}).taken()["buckets"]

    counts = {one["bucket"]: one["count"] for one in counted}
    assert {name: counts[name] for name in ("CRITICAL", "AT_RISK", "ON_TRACK")} == {
        name: int(name == bucket) for name in ("CRITICAL", "AT_RISK", "ON_TRACK")
    }


def test_a_korean_redelivery_is_critical_after_48_hours(partner: Partner) -> None:
    critical = partner.call("GET", "/v1/requests", bucket="CRITICAL", pageSize=1000).taken()

    korean = [one for one in critical["requests"] if one["originalLanguage"] == "ko"]
    hours = {
        round((NOW - datetime.fromisoformat(one["redeliveryRequestedAt"])) / timedelta(hours=1))
        for one in korean
    }
    assert hours == {72}


def test_a_broadcast_title_needs_neither_partner_nor_materials_in_time(partner: Partner) -> None:
    def listed(bucket: str) -> list[Json]:
        body = partner.call("GET", "/v1/requests", bucket=bucket, pageSize=1000).taken()
        return [one for one in body["requests"] if one["movieId"] == "81000002"]

    soon = str(TODAY + timedelta(days=10))
    unassigned = [one for one in listed("UNASSIGNED") if one["dueDate"] <= soon]

    assert unassigned
    assert not [one for one in listed("CRITICAL") if one in unassigned]
    assert listed("AWAITING_MATERIALS")
    assert not listed("AT_RISK")


def test_a_file_can_be_opened_again(tmp_path: Path) -> None:
    file = tmp_path / "sandbox.db"
    with sandbox.running(demo=True, file=file, now=NOW) as box:
        partner = Partner(box).log_in()
        request = partner.one(states=["ACCEPTED"])["requestId"]
        partner.call("PATCH", f"/v1/requests/{request}", {"subAssign": "Someone"}).taken()
        box.fault("lost", "getRequest")
        left = box.advance(timedelta(days=3))

    with sandbox.running(demo=True, file=file) as box:
        partner = Partner(box).log_in()

        assert partner.find(requestIds=[request])[0]["subAssign"] == "Someone"
        assert len(partner.find()) == 60
        assert timedelta(0) <= box.now - left < timedelta(minutes=1)
        assert [fault.kind for fault in box.faults] == ["lost"]


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "sandbox.db"
    file.write_text("no database, but a text that is long enough to be looked at" * 100)

    with pytest.raises(OSError, match=r"sandbox\.db"), sandbox.running(file=file):
        pass


def test_a_database_of_somebody_else_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "invoices.db"
    with contextlib.closing(sqlite3.connect(file)) as other:
        other.execute("CREATE TABLE title (amount)")
    before = file.read_bytes()

    with pytest.raises(OSError, match="no database of a sandbox"), sandbox.running(file=file):
        pass

    assert file.read_bytes() == before


def test_a_file_is_for_one_sandbox_at_a_time(tmp_path: Path) -> None:
    file = tmp_path / "sandbox.db"
    with (
        sandbox.running(file=file),
        pytest.raises(OSError, match="locked"),
        sandbox.running(file=file),
    ):
        pass


def test_a_file_in_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with (
        pytest.raises(OSError, match="nowhere"),
        sandbox.running(file=tmp_path / "nowhere" / "sandbox.db"),
    ):
        pass


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"titles": -1, "requests": 0}, "neither"),
        ({"titles": 0, "requests": 1}, "requests need titles"),
        ({"titles": 1, "requests": 1, "colour": "red"}, "no field `colour`"),
    ],
)
def test_what_cannot_be_filled_is_refused(wrong: dict[str, Any], why: str) -> None:
    with sandbox.running() as box, pytest.raises(ValueError, match=why):
        box.fill(**wrong)


def test_a_date_can_be_given_to_what_is_filled() -> None:
    with sandbox.running() as box:
        box.fill(titles=2, requests=5, due_date=date(2026, 3, 1), takes_several_files=True)
        box.fill(titles=0, requests=0)
        found = Partner(box).log_in().find()

    assert [one["dueDate"] for one in found] == ["2026-03-01"] * 5
    assert len({one["movieId"] for one in found}) == 2


@pytest.mark.slow
def test_a_hundred_thousand_requests_are_paged_through() -> None:
    with sandbox.running() as box:
        box.fill(titles=50, requests=100_000)
        partner = Partner(box).log_in()
        began = time.monotonic()

        found = pages(partner, "/v1/requests/search", "requests", {"pageSize": 1000})

        took = time.monotonic() - began
    ids = {one["requestId"] for page in found for one in page}
    assert (len(found), len(ids)) == (100, 100_000)
    # Ten times what it takes on an idle machine: a page that counts or skips all would take more.
    assert took < 60
