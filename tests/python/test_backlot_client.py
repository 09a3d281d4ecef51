"""What `Backlot` asks for and makes of the answers, against a pretended extension."""

from __future__ import annotations

import asyncio
import inspect
import logging
import pickle
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest
from material.pretended_backlot import PretendedClient
from reelpack import ApiError, ContractError, ReelpackError, backlot
from reelpack.backlot import AsyncBacklot, Backlot, SourceRequest, core
from reelpack.backlot.asynchronous import Options

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

SECRET = "s3cr3t-never-shown"  # noqa: S105  (invented)


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> Iterator[Backlot]:
    monkeypatch.setattr(core, "client", PretendedClient)
    with Backlot("https://backlot.test", token=SECRET) as opened:
        yield opened


def native(client: Backlot) -> Any:  # noqa: ANN401  (the pretended one)
    return client._session._client  # noqa: SLF001  (what the test put there)


def item(number: int, **facts: object) -> dict[str, object]:
    return {"requestId": f"SR-{number}", "state": "OPEN", **facts}


def paged(count: int) -> Callable[[Any], object]:
    """Answer a search for `count` requests, page by page."""

    def answer(call: Any) -> object:  # noqa: ANN401  (the facts of a call)
        asked = call["body"] or dict(call["query"])
        first, size = int(asked.get("pageToken", 0)), int(asked["pageSize"])
        found = [item(number) for number in range(first, min(first + size, count))]
        page = {"requests": found, "total": count, "buckets": [{"bucket": "CRITICAL", "count": 2}]}
        return page | ({"nextPageToken": str(first + size)} if first + size < count else {})

    return answer


def test_pages_are_asked_for_as_far_as_they_are_wanted(client: Backlot) -> None:
    native(client).answers["searchRequests"] = paged(25)
    pages = client.requests(page_size=10)

    assert not native(client).calls
    first = next(iter(pages))
    assert first.request_id == "SR-0"
    assert len(native(client).calls) == 1
    assert [request.request_id for request in pages] == [f"SR-{n}" for n in range(25)]
    assert len(list(pages)) == 25


def test_a_limit_asks_for_no_more(client: Backlot) -> None:
    native(client).answers["searchRequests"] = paged(25)
    pages = client.requests(page_size=10)

    assert len(list(pages.limit(12))) == 12
    assert [call[1]["body"]["pageSize"] for call in native(client).calls] == [10, 2]
    assert list(pages.limit(0)) == []
    assert len(list(pages.limit(3).limit(9))) == 3
    assert len(list(pages.limit(99))) == 25
    with pytest.raises(ValueError, match="0 or more"):
        pages.limit(-1)


def test_counts_are_asked_for_once(client: Backlot) -> None:
    native(client).answers["searchRequests"] = paged(25)
    pages = client.requests()

    assert pages.total == 25
    assert [(bucket.bucket, bucket.count) for bucket in pages.buckets] == [("CRITICAL", 2)]
    assert len(native(client).calls) == 1
    assert "100 at once, at most 3" in repr(pages.limit(3))


def test_a_server_that_says_no_counts_is_understood(client: Backlot) -> None:
    native(client).answers["searchRequests"] = {"requests": [], "total": "many"}

    assert client.requests().total is None
    assert client.requests().buckets == ()
    assert list(client.requests()) == []


def test_a_limit_below_the_page_that_comes_cuts_it(client: Backlot) -> None:
    native(client).answers["searchRequests"] = {"requests": [item(1), item(2), item(3)]}

    assert len(list(client.requests().limit(2))) == 2


def test_pages_that_go_round_are_an_error(client: Backlot) -> None:
    native(client).answers["searchRequests"] = {"requests": [item(1)], "nextPageToken": "again"}

    with pytest.raises(ApiError, match="goes round"):
        list(client.requests())


@pytest.mark.parametrize("size", [0, 1001, -1])
def test_a_page_size_out_of_range_is_refused(client: Backlot, size: int) -> None:
    with pytest.raises(ValueError, match="page_size must be 1 to 1000"):
        client.requests(page_size=size)


def test_filters_are_lists_in_the_search(client: Backlot) -> None:
    native(client).answers["searchRequests"] = paged(0)

    list(
        client.requests(
            state=[backlot.RequestState.OPEN, "ODD"],
            movie_id="81",
            estimated_from=date(2026, 3, 1),
            estimated_to="20260331",
        )
    )

    assert native(client).calls[0][1]["body"] == {
        "states": ["OPEN", "ODD"],
        "movieIds": ["81"],
        "estimatedFrom": "2026-03-01",
        "estimatedTo": "2026-03-31",
        "pageSize": 100,
    }


def test_a_bucket_is_another_call(client: Backlot) -> None:
    native(client).answers["listRequests"] = paged(3)

    found = list(client.requests(bucket="INSPECTION_ERRORS", page_size=2))

    assert len(found) == 3
    assert native(client).calls[1][1]["query"] == [
        ("bucket", "INSPECTION_ERRORS"),
        ("pageSize", "2"),
        ("pageToken", "2"),
    ]
    with pytest.raises(ValueError, match="no other filter"):
        client.requests(bucket="CRITICAL", state="OPEN")


@pytest.mark.parametrize("value", ["soon", "2026-13-01"])
def test_a_date_that_is_none_is_refused(client: Backlot, value: str) -> None:
    with pytest.raises(ValueError, match="estimated_from: no date"):
        client.requests(estimated_from=value)


def test_a_time_is_no_date(client: Backlot) -> None:
    with pytest.raises(TypeError, match="not a time"):
        client.requests(estimated_from=datetime(2026, 1, 1))  # noqa: DTZ001  (any will do)


def test_a_request_is_looked_at_by_its_number(client: Backlot) -> None:
    native(client).answers["getRequest"] = item(7)

    assert client.request("SR-7").request_id == "SR-7"
    assert native(client).calls[0][1]["path"] == [("requestId", "SR-7")]


@pytest.mark.parametrize("number", ["", ".", ".."])
def test_a_number_that_would_be_another_path_is_refused(client: Backlot, number: str) -> None:
    with pytest.raises(ValueError, match="cannot be one"):
        client.request(number)
    with pytest.raises(ValueError, match="cannot be one"):
        client.override(number)
    assert not native(client).calls


def test_an_update_sends_what_is_to_be_changed(client: Backlot) -> None:
    native(client).answers["updateRequest"] = item(7)

    client.update("SR-7", estimated_delivery_date="2026-03-31", reason="late", sub_assign="X")
    client.update("SR-7", translator_credit_present=False)

    assert [call[1]["body"] for call in native(client).calls] == [
        {
            "estimatedDeliveryDate": "2026-03-31",
            "estimatedDeliveryDateReason": "late",
            "subAssign": "X",
        },
        {"translatorCreditPresent": False},
    ]


@pytest.mark.parametrize(
    "change", [{}, {"estimated_delivery_date": "2026-03-31"}, {"reason": "late"}]
)
def test_an_update_that_cannot_be_is_not_sent(client: Backlot, change: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"reason|nothing to change"):
        client.update("SR-7", **change)
    assert not native(client).calls


def test_outcomes_are_told_for_each_request(client: Backlot) -> None:
    results = [
        {"requestId": "1", "status": "SUCCESS"},
        {"requestId": "2", "status": "ERROR", "message": "no"},
    ]
    native(client).answers |= {
        "cancelRequests": {"results": results},
        "uncancelRequests": {"results": results},
    }

    outcomes = client.cancel("1", "2", reason="double")

    assert [outcome.status for outcome in outcomes] == ["SUCCESS", "ERROR"]
    assert native(client).calls[0][1]["body"] == {"requestIds": ["1", "2"], "reason": "double"}
    assert len(client.uncancel("1")) == 2
    with pytest.raises(ValueError, match="at least one"):
        client.cancel()
    with pytest.raises(ValueError, match=r"cannot be one|at least one"):
        client.cancel("1", "")


def test_material_status_and_comment_are_sent(client: Backlot) -> None:
    native(client).answers["setMaterialStatus"] = item(7, materialStatus="ACCEPTED")

    request = client.set_material_status("SR-7", "ACCEPTED", comment="all here")

    assert request.material_status is backlot.MaterialStatus.ACCEPTED
    assert native(client).calls[0][1]["body"] == {
        "materialStatus": "ACCEPTED",
        "comment": "all here",
    }


def test_inspections_are_asked_for_by_parameters(client: Backlot) -> None:
    found = {"inspectionDeliveries": [{"transferId": "t", "requestId": "r"}]}
    native(client).answers["listInspectionDeliveries"] = found

    (inspection,) = client.inspections(request_id="r", status="FAILED")

    assert inspection.transfer_id == "t"
    assert native(client).calls[0][1]["query"] == [
        ("requestId", "r"),
        ("inspectionStatus", "FAILED"),
        ("pageSize", "100"),
    ]


def test_an_override_names_its_codes_or_none(client: Backlot) -> None:
    native(client).answers["overrideInspection"] = {"transferId": "t", "requestId": "r"}

    client.override("t")
    client.override("t", codes="ANALYZER-NoStreamsFound", comment="meant")

    bodies = [call[1]["body"] for call in native(client).calls]
    assert bodies == [{}, {"codes": ["ANALYZER-NoStreamsFound"], "comment": "meant"}]
    with pytest.raises(ValueError, match="codes: give at least one"):
        client.override("t", codes=[])


def test_downloads_and_their_manifests(client: Backlot, tmp_path: Path) -> None:
    pair = {"sourcePath": "/out/a.mov", "destinationPath": f"{tmp_path}/a.mov"}
    native(client).answers |= {
        "searchDownloadAssets": {"downloadAssets": [{"assetId": "a", "type": "LOCKED_PROXY"}]},
        "getDownloadAssetsManifests": {
            "manifests": [
                {"assetId": "a", "files": [pair], "transferSpec": {"host": "h", "user": "u"}},
                {"assetId": "b", "downloadError": "not yet"},
            ]
        },
    }

    (asset,) = client.downloads(type="LOCKED_PROXY", movie_id="81")
    good, bad = client.manifests([asset.asset_id, "b"], tmp_path)

    assert native(client).calls[1][1]["body"]["destinationPath"] == str(tmp_path)
    assert good.pairs_text() == f"/out/a.mov\n{tmp_path}/a.mov\n"
    assert good.ascp_line("pairs")[1] == "--mode=recv"
    assert bad.download_error == "not yet"
    assert bad.pairs_text() == ""
    with pytest.raises(ValueError, match="asset_ids"):
        client.manifests([], tmp_path)


@pytest.mark.parametrize("path", ["/etc/cron.d/x", "../x", "sub/../../x"])
def test_a_manifest_that_leads_out_of_the_folder_is_refused(
    client: Backlot, tmp_path: Path, path: str
) -> None:
    pair = {"sourcePath": "/out/a", "destinationPath": path}
    native(client).answers["getDownloadAssetsManifests"] = {
        "manifests": [{"assetId": "a", "files": [pair]}]
    }
    (manifest,) = client.manifests("a", tmp_path)

    with pytest.raises(ReelpackError, match="outside"):
        manifest.pairs_text()


def test_an_answer_that_does_not_fit_says_where_it_came_from(client: Backlot) -> None:
    native(client).answers |= {
        "getRequest": {"id": 4},
        "searchRequests": {"items": []},
        "cancelRequests": [],
    }

    with pytest.raises(ApiError, match=r"getRequest: SourceRequest: .*`requestId`") as told:
        client.request("4")
    assert told.value.url == "https://backlot.test/getRequest"
    with pytest.raises(ApiError, match="no list `requests`"):
        list(client.requests())
    with pytest.raises(ApiError, match="no list `results`"):
        client.cancel("1")


@pytest.mark.parametrize("body", [b"", b"<html>", b"[" * 200_000, b"\xff"])
def test_an_answer_that_is_no_json_is_told(client: Backlot, body: bytes) -> None:
    native(client).answers["getRequest"] = body

    with pytest.raises(ApiError, match="no JSON"):
        client.request("4")


def test_a_table_has_a_column_for_each_field(client: Backlot) -> None:
    requests = [
        item(1, dueDate="2026-03-31", updatedAt="2026-03-01T10:00:00.5+01:00", isOriginal=True),
        item(2, dueDate="soon", shelf=4, title="half \ud83d", updatedAt="now"),
    ]
    native(client).answers["searchRequests"] = {"requests": requests}

    frame = pl.DataFrame(client.requests().to_arrow())

    assert frame["request_id"].to_list() == ["SR-1", "SR-2"]
    assert frame["due_date"].to_list() == [date(2026, 3, 31), None]
    assert frame["extra"].to_list() == [None, '{"shelf": 4, "dueDate": "soon", "updatedAt": "now"}']
    assert frame["updated_at"][0].isoformat() == "2026-03-01T09:00:00.500000+00:00"
    assert frame["is_original"].to_list() == [True, None]
    assert frame["title"][1] == "half ?"
    assert frame.columns[-1] == "extra"


def test_an_empty_table_has_its_columns(client: Backlot) -> None:
    native(client).answers["listInspectionDeliveries"] = {"inspectionDeliveries": []}

    assert "errors" in client.inspections().to_arrow().columns


def test_lists_in_a_table_are_json_without_secrets(client: Backlot) -> None:
    found = {
        "transferId": "t",
        "requestId": "r",
        "errors": [{"code": "X", "token": SECRET}],
        "cookie": SECRET,
    }
    native(client).answers["listInspectionDeliveries"] = {"inspectionDeliveries": [found]}

    (row,) = client.inspections().to_arrow().to_dicts()

    assert '"code": "X"' in str(row["errors"])
    assert SECRET not in str(row)


def test_a_closed_client_says_so(client: Backlot) -> None:
    client.close()
    client.close()

    assert repr(client) == "Backlot('https://backlot.test', login='token', closed)"
    with pytest.raises(ValueError, match="closed"):
        client.request("1")


def test_a_client_is_not_pickled(client: Backlot) -> None:
    with pytest.raises(TypeError, match="cannot be pickled") as told:
        pickle.dumps(client)

    assert SECRET not in str(told.value)


def test_a_client_shows_no_secret(client: Backlot) -> None:
    assert SECRET not in f"{client!r} {client}"
    assert client.url == "https://backlot.test"
    assert "access-1" not in repr(client.token())


def test_nothing_is_logged_unless_somebody_listens(
    client: Backlot, caplog: pytest.LogCaptureFixture
) -> None:
    native(client).answers["getRequest"] = item(1)

    client.request("1")
    with caplog.at_level(logging.DEBUG, "reelpack.backlot"):
        client.request("1")

    quiet, loud = (call[1]["log"] for call in native(client).calls)
    assert quiet is None
    with caplog.at_level(logging.DEBUG, "reelpack.backlot"):
        loud("GET", "https://backlot.test/v1", 503, "refused", 0.25, "", "busy", 1.5)
        loud("GET", "https://backlot.test/v1", None, "time-out", 60.0, "{}", "", None)
    assert [record.getMessage() for record in caplog.records] == [
        (
            "GET https://backlot.test/v1: 503 refused after 0.250 s, again in 1.5 s; "
            "sent nothing; got busy"
        ),
        "GET https://backlot.test/v1: time-out after 60.000 s; sent {}; got nothing",
    ]


def test_the_asynchronous_client_does_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(core, "client", PretendedClient)

    async def use() -> None:
        async with AsyncBacklot("https://backlot.test", token=SECRET, threads=2) as client:
            native(client.backlot).answers |= {
                "searchRequests": paged(25),
                "getRequest": lambda call: item(int(dict(call["path"])["requestId"])),
            }
            pages = client.requests(page_size=10)
            assert [request.request_id async for request in pages] == [f"SR-{n}" for n in range(25)]
            assert [request.request_id async for request in pages.limit(1)] == ["SR-0"]
            assert await pages.total() == 25
            assert len(await pages.buckets()) == 1
            assert len((await pages.first_page()).items) == 10
            assert len(await pages.to_arrow()) == 25
            found = await asyncio.gather(*(client.request(str(n)) for n in range(20)))
            assert [request.request_id for request in found] == [f"SR-{n}" for n in range(20)]
            assert "SourceRequest" in repr(pages)
            assert SECRET not in repr(client)
        with pytest.raises(RuntimeError, match="shutdown"):
            await client.request("1")

    asyncio.run(use())


def test_both_clients_have_the_same_methods() -> None:
    methods = {name for name in dir(Backlot) if not name.startswith("_")} - {"url", "close"}

    for name in methods:
        ours, theirs = getattr(AsyncBacklot, name), getattr(Backlot, name)
        assert ours.__doc__ == theirs.__doc__
        assert inspect.signature(ours) == inspect.signature(theirs)
    assert {"url", *Options.__annotations__} == set(inspect.signature(Backlot).parameters)


def test_the_extension_is_told_all_options(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(core, "client", PretendedClient)
    ours = tmp_path / "ours.toml"
    ours.write_text('host = "https://real.test"\n', encoding="utf-8")
    client = Backlot(
        client_id="id",
        client_secret=SECRET,
        username="user",
        password=SECRET,
        contract=ours,
        timeout=5,
        retries=0,
        ca_file=tmp_path / "ca.pem",
        proxy="http://proxy.test:3128",
    )

    assert native(client).options == {
        "url": "https://real.test",
        "token_url": None,
        "overrides": (str(ours), 'host = "https://real.test"\n'),
        "client_id": "id",
        "client_secret": SECRET,
        "username": "user",
        "password": SECRET,
        "access_token": None,
        "refresh_token": None,
        "expires_at": None,
        "timeout": 5,
        "connect_timeout": 10.0,
        "retries": 0,
        "ca_files": [str(tmp_path / "ca.pem")],
        "proxy": "http://proxy.test:3128",
    }


def test_several_files_of_certificates_are_passed_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(core, "client", PretendedClient)
    client = Backlot("https://backlot.test", token=SECRET, ca_file=["a.pem", "b.pem"])

    assert native(client).options["ca_files"] == ["a.pem", "b.pem"]


def test_a_contract_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    odd = tmp_path / "odd.toml"
    odd.write_bytes(b"\xff\xfe")

    with pytest.raises(ContractError, match=r"odd\.toml: no UTF-8"):
        backlot.contract(odd)
    with pytest.raises(FileNotFoundError):
        backlot.contract(tmp_path / "none.toml")


def test_a_contract_file_renames_fields_and_values(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(core, "client", PretendedClient)
    ours = tmp_path / "ours.toml"
    ours.write_text(
        'host = "https://real.test"\n[fields.SourceRequest]\nrequestId = "id"\n'
        '[fields.SourceRequestPage]\nrequests = "items"\n'
        '[values.RequestState]\nOPEN = "open"\n',
        encoding="utf-8",
    )

    with Backlot(token=SECRET, contract=ours) as client:
        native(client).answers["searchRequests"] = {"items": [{"id": "1", "state": "open"}]}
        assert list(client.requests(state="OPEN")) == [SourceRequest("1", "OPEN")]
        assert native(client).calls[0][1]["body"]["states"] == ["open"]
    renamed = {(one.schema, one.ours, one.theirs) for one in backlot.contract(ours).fields}
    assert ("SourceRequest", "requestId", "id") in renamed


@pytest.mark.parametrize("value", ["", "a\nb", "\udcff", "\x00"])
def test_an_id_that_nothing_is_called_by_is_not_asked_for(client: Backlot, value: str) -> None:
    for ask in (
        lambda: client.request(value),
        lambda: client.requests(request_id=value),
        lambda: client.requests(movie_id=["81", value]),
        lambda: client.downloads(language=value),
        lambda: client.cancel("SR-1", value),
    ):
        with pytest.raises(ValueError, match=r"(request_ids?|movie_id|language): .* cannot be one"):
            ask()
    assert native(client).calls == []
