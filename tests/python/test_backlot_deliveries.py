"""Deliveries: what is announced, remembered, and handed to ascp."""

from __future__ import annotations

import json
import os
import stat
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from material.pretended_backlot import PretendedClient
from reelpack import ApiError, ReelpackError, SourceChangedError, StateError, memory
from reelpack.backlot import (
    AssetInfo,
    Backlot,
    Delivery,
    DownloadManifest,
    FilePair,
    ImfTrackOrder,
    TransferSpec,
    core,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

SECRET = "s3cr3t-never-shown"  # noqa: S105  (invented)


def started(call: Any) -> object:  # noqa: ANN401  (the facts of a call)
    files = [
        {"sourcePath": file["sourcePath"], "destinationPath": f"in/{number}"}
        for number, file in enumerate(reversed(call["body"]["files"]))
    ]
    spec = {"host": "aspera.test", "user": "partner", "token": SECRET, "udpPort": 33001}
    return {"transferId": "T-1", "requestId": "SR-1", "files": files, "transferSpec": spec}


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Backlot]:
    monkeypatch.setattr(core, "client", PretendedClient)
    with Backlot("https://backlot.test", token=SECRET, state=tmp_path / "state.db") as opened:
        native(opened).answers["startDelivery"] = started
        yield opened


def native(client: Backlot) -> Any:  # noqa: ANN401  (the pretended one)
    return client._session._client  # noqa: SLF001  (what the test put there)


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    paths = [tmp_path / "a.mov", tmp_path / "b.mov"]
    for place, path in enumerate(paths):
        path.write_bytes(b"x" * (place + 3))
    return paths


def keys(client: Backlot) -> list[str]:
    return [call[1]["once"][1] for call in native(client).calls]


def test_sizes_are_announced_and_pairs_follow_the_answer(
    client: Backlot, files: list[Path]
) -> None:
    delivery = client.deliver("SR-1", files, hermes_id="h")

    assert native(client).calls[0][1]["body"] == {
        "requestId": "SR-1",
        "files": [
            {"sourcePath": str(files[0]), "fileSize": 3},
            {"sourcePath": str(files[1]), "fileSize": 4},
        ],
        "hermesId": "h",
    }
    assert delivery.pairs_text() == f"{files[1]}\nin/0\n{files[0]}\nin/1\n"
    assert delivery.sizes == {str(files[0]): 3, str(files[1]): 4}
    assert delivery.kept_since is None


def test_a_relative_path_is_announced_whole(
    client: Backlot, files: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(files[0].parent)

    delivery = client.deliver("SR-1", "a.mov")

    assert delivery.sizes == {str(files[0]): 3}


@pytest.mark.parametrize(
    "info",
    [
        AssetInfo("NEARFIELD", "ATMOS", extra={"note": "x"}),
        {"mixType": "NEARFIELD", "format": "ATMOS", "note": "x"},
        {"mix_type": "NEARFIELD", "format": "ATMOS", "note": "x"},
    ],
)
def test_asset_info_is_sent_with_what_is_not_known(
    client: Backlot, files: list[Path], info: Any  # noqa: ANN401  (either form)
) -> None:  # fmt: skip
    client.deliver("SR-1", files, asset_info=info)

    sent = native(client).calls[0][1]["body"]["assetInfo"]
    assert sent == {"mixType": "NEARFIELD", "format": "ATMOS", "note": "x"}


def test_the_same_command_has_the_same_key(client: Backlot, files: list[Path]) -> None:
    client.deliver("SR-1", files)
    client.deliver("SR-1", files[::-1], asset_info={"mixType": "NEARFIELD"})

    first, second = keys(client)
    assert first == second


def test_another_delivery_has_another_key(client: Backlot, files: list[Path]) -> None:
    client.deliver("SR-1", files)
    client.deliver("SR-2", files)
    client.deliver("SR-1", files[0])
    os.utime(files[0], (1, 1))
    client.deliver("SR-1", files)
    files[0].write_bytes(b"other")
    os.utime(files[0], (1, 1))
    client.deliver("SR-1", files)

    assert len(set(keys(client))) == 5


def test_again_is_passed_on(client: Backlot, files: list[Path], tmp_path: Path) -> None:
    client.deliver("SR-1", files, again=True)

    assert native(client).calls[0][1]["once"][::2] == (str(tmp_path / "state.db"), True)


def test_without_a_state_nothing_is_remembered(
    client: Backlot, files: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "_state", False)
    client.deliver("SR-1", files)
    assert native(client).calls[0][1]["once"] is None

    monkeypatch.setattr(client, "_state", True)
    client.deliver("SR-1", files)
    assert native(client).calls[1][1]["once"][0].endswith("state.db")


def test_a_user_without_a_folder_is_told(
    client: Backlot, files: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def homeless() -> str:
        raise StateError("state.db: no home", "state.db")

    monkeypatch.setattr(memory, "_own_file", homeless)
    monkeypatch.setattr(client, "_state", True)

    with pytest.raises(StateError, match="no folder to remember"):
        client.deliver("SR-1", files)
    assert not native(client).calls


def test_files_that_cannot_be_delivered_are_refused(
    client: Backlot, files: list[Path], tmp_path: Path
) -> None:
    with pytest.raises(ValueError, match="at least one"):
        client.deliver("SR-1", [])
    with pytest.raises(FileNotFoundError) as told:
        client.deliver("SR-1", tmp_path / "none.mov")
    assert told.value.filename == str(tmp_path / "none.mov")
    with pytest.raises(IsADirectoryError):
        client.deliver("SR-1", tmp_path)
    with pytest.raises(ValueError, match="named twice"):
        client.deliver("SR-1", [files[0], files[0]])
    with pytest.raises(ValueError, match="cannot be one"):
        client.deliver("", files)
    assert not native(client).calls


@pytest.mark.parametrize("name", [b"line\nfeed.mov", b"\xff.mov", b"tab\t.mov"])
def test_a_name_that_no_list_can_hold_is_refused(
    client: Backlot, tmp_path: Path, name: bytes
) -> None:
    path = os.fsencode(tmp_path) + b"/" + name
    Path(os.fsdecode(path)).write_bytes(b"x")

    with pytest.raises(ValueError, match="cannot hold"):
        client.deliver("SR-1", os.fsdecode(path))


def test_a_name_in_another_script_is_fine(client: Backlot, tmp_path: Path) -> None:
    film = tmp_path / "映画\u3000予告.mov"
    film.write_bytes(b"x")

    assert client.deliver("SR-1", film).pairs_text() == f"{film}\nin/0\n"


def test_a_pipe_is_no_file(client: Backlot, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")

    with pytest.raises(ValueError, match="no regular file"):
        client.deliver("SR-1", tmp_path / "pipe")


def test_a_kept_answer_says_since_when_and_has_no_token(client: Backlot, files: list[Path]) -> None:
    native(client).kept_since = 1_772_000_000.0
    native(client).answers["startDelivery"] = lambda call: json.loads(
        json.dumps(started(call)).replace(SECRET, "***")
    )

    delivery = client.deliver("SR-1", files)

    assert delivery.kept_since == datetime.fromtimestamp(1_772_000_000, UTC)
    with pytest.raises(ReelpackError, match="not kept"):
        delivery.environment()


def test_a_file_that_was_not_announced_is_not_sent() -> None:
    delivery = Delivery("T", "R", (FilePair("/etc/shadow", "in/0"),), sizes={"/a.mov": 3})

    with pytest.raises(ReelpackError, match="was not announced"):
        delivery.pairs_text()


@pytest.mark.parametrize("path", ["a\nb", "", "a\0b", "a\rb"])
def test_a_destination_that_would_be_two_lines_is_refused(path: str) -> None:
    delivery = Delivery("T", "R", (FilePair("/a.mov", path),), sizes={"/a.mov": 3})

    with pytest.raises(ReelpackError, match="one path on each line"):
        delivery.pairs_text()


def test_pairs_are_written_whole(client: Backlot, files: list[Path], tmp_path: Path) -> None:
    delivery = client.deliver("SR-1", files)

    path = delivery.write_pairs(tmp_path / "SR-1.pairs")

    assert Path(path).read_text(encoding="utf-8") == delivery.pairs_text()


def test_the_ascp_line_has_no_secret_and_the_environment_has(
    client: Backlot, files: list[Path]
) -> None:
    delivery = client.deliver("SR-1", files)

    assert delivery.ascp_line("SR-1.pairs", key="/keys/id") == [
        "ascp",
        "--mode=send",
        "--host=aspera.test",
        "--user=partner",
        "-i",
        "/keys/id",
        "-k",
        "1",
        "-O",
        "33001",
        "--file-pair-list=SR-1.pairs",
        ".",
    ]
    assert "<ssh_key_path>" in delivery.ascp_line("p")
    assert delivery.environment() == {"ASPERA_SCP_TOKEN": SECRET}
    assert SECRET not in f"{delivery!r} {delivery} {delivery.to_dict()}"


def test_a_manifest_that_was_made_by_hand_has_no_folder() -> None:
    manifest = DownloadManifest("a", files=(FilePair("/out/a", "/anywhere/a"),))

    assert manifest.pairs_text() == "/out/a\n/anywhere/a\n"


def test_ports_and_rate_are_options() -> None:
    spec = TransferSpec("h", "u", ssh_port=22, target_rate_kbps=300_000)
    line = Delivery("T", "R", (), transfer_spec=spec).ascp_line("p")

    assert line[8:12] == ["-P", "22", "-l", "300000K"]
    assert Delivery("T", "R", (), transfer_spec=spec).environment() == {}
    assert Delivery("T", "R", ()).environment() == {}


@pytest.mark.parametrize("host", [None, "", "-oProxyCommand=x", "a b", "a\nb"])
def test_a_host_that_is_no_name_is_refused(host: str | None) -> None:
    delivery = Delivery("T", "R", (), transfer_spec=TransferSpec(host, "user"))

    with pytest.raises(ReelpackError, match="host"):
        delivery.ascp_line("p")


def test_no_place_to_go_is_told() -> None:
    with pytest.raises(ReelpackError, match="names no host"):
        Delivery("T", "R", ()).ascp_line("p")


def test_the_answer_is_kept_for_the_owner_alone(
    client: Backlot, files: list[Path], tmp_path: Path
) -> None:
    delivery = client.deliver("SR-1", files)

    path = Path(delivery.write_answer(tmp_path / "kept" / "answer.json"))

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    kept = json.loads(path.read_text(encoding="utf-8"))
    assert kept["transfer_spec"]["token"] == SECRET
    assert kept["sizes"] == delivery.sizes


def test_a_file_of_another_size_is_told(client: Backlot, files: list[Path]) -> None:
    delivery = client.deliver("SR-1", files)
    delivery.check_sizes()
    files[1].write_bytes(b"longer than before")

    with pytest.raises(SourceChangedError, match="18 bytes and 4 were announced") as told:
        delivery.check_sizes()
    assert told.value.path == str(files[1])
    files[1].unlink()
    with pytest.raises(FileNotFoundError):
        delivery.check_sizes()


def test_an_imf_delivery_has_its_xml_inside(client: Backlot, files: list[Path]) -> None:
    native(client).answers["startImfDelivery"] = {
        "compositions": [
            {
                "compositionPlayListId": "urn:uuid:c",
                "status": "ERROR",
                "tracks": [{"trackID": "t", "requestID": "SR-1", "trackStatus": "NEW"}],
            }
        ]
    }
    tracks = [ImfTrackOrder("t", "SR-1", "de", "5.1")]

    delivery = client.deliver_imf(
        files,
        asset_map_xml="<AssetMap/>",
        packing_list_xml="<PackingList/>",
        composition_playlist_xml="<CompositionPlaylist/>",
        tracks=tracks,
    )

    assert native(client).calls[0][1]["body"]["compositionPlaylistXml"] == "<CompositionPlaylist/>"
    assert delivery.transfer_id is None
    assert delivery.compositions[0].tracks is not None
    assert delivery.compositions[0].tracks[0].track_status == "NEW"
    assert delivery.pairs_text() == ""
    with pytest.raises(ValueError, match="tracks"):
        client.deliver_imf(
            files, asset_map_xml="", packing_list_xml="", composition_playlist_xml="", tracks=()
        )


def test_an_empty_file_is_not_delivered(client: Backlot, files: list[Path]) -> None:
    files[1].write_bytes(b"")

    with pytest.raises(ValueError, match=r"b\.mov: is empty; hint: "):
        client.deliver("SR-1", files)
    assert native(client).calls == []


def test_nothing_is_written_over_a_file_to_be_sent(
    client: Backlot, files: list[Path], tmp_path: Path
) -> None:
    delivery = client.deliver("SR-1", files)
    (tmp_path / "link").symlink_to(files[1])

    for path in (files[0], tmp_path / "link"):
        with pytest.raises(FileExistsError, match="Is a file to be sent"):
            delivery.write_pairs(path)
        with pytest.raises(FileExistsError, match="Is a file to be sent"):
            delivery.write_answer(path)
    assert [path.read_bytes() for path in files] == [b"xxx", b"xxxx"]


@pytest.mark.parametrize("answer", [b"<html>", {}, {"transferId": "T-1"}])
def test_a_delivery_that_was_taken_and_not_understood_counts_as_started(
    client: Backlot, files: list[Path], answer: object
) -> None:
    native(client).answers["startDelivery"] = answer

    with pytest.raises(ApiError, match="it counts as started; hint: run it again once a contract"):
        client.deliver("SR-1", files)


def test_an_imf_delivery_that_was_refused_is_asked_for_again(
    client: Backlot, files: list[Path]
) -> None:
    refused = {"compositions": [{"compositionPlayListId": "urn:x", "status": "ERROR"}]}
    native(client).answers["startImfDelivery"] = refused
    native(client).kept_since = 1_772_000_000.0

    client.deliver_imf(
        files,
        asset_map_xml="<a/>",
        packing_list_xml="<p/>",
        composition_playlist_xml="<c/>",
        tracks=[ImfTrackOrder("t", "SR-1")],
    )

    assert [facts["once"][2] for _, facts in native(client).calls] == [False, True]
