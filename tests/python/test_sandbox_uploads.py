"""The bytes of a delivery: taken, counted, digested, and taken up again where a line broke."""

from __future__ import annotations

import hashlib
import threading
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from material.partner import Partner
from reelpack import ApiConnectionError, ApiStatusError, sandbox
from tusclient.client import TusClient

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from material.partner import Answer

CHUNK = 256 * 1024
"""Bytes that the sender reads at a time."""

HOSTILE = [
    "two words.mov",
    "..",
    "a\nb.mov",
    "-rf.mov",
    "<script>alert(1)</script>.mov",
    "naïve 映画.mov",
    "$(id) `id` 'quoted'.mov",
    "C:\\post\\out.mov",
    "x" * 255,
    ".hidden",
    "%2e%2e%2fetc",
]


@pytest.fixture
def partner() -> Iterator[Partner]:
    with sandbox.running(demo=True) as box:
        yield Partner(box).log_in()


def written(folder: Path, size: int, name: str = "a.mov") -> Path:
    """Write a file in which no two chunks look alike: 251 is prime."""
    path = folder / name
    path.write_bytes((bytes(range(251)) * (size // 251 + 1))[:size])
    return path


def put(
    partner: Partner, path: str, offset: int | str, body: bytes | Iterator[bytes], **more: str
) -> Answer:
    """Bring bytes by hand."""
    headers = {
        "Tus-Resumable": "1.0.0",
        "Content-Type": "application/offset+octet-stream",
        "Upload-Offset": str(offset),
    }
    return partner.send("PATCH", path, body, headers | more)


def begun(partner: Partner, *sizes: int) -> tuple[str, str]:
    """Start a delivery of files of some sizes; return its request and transfer."""
    kind = "SUBTITLE" if len(sizes) == 1 else "NON_IMF"
    files = [
        {"sourcePath": f"/out/{place}.mov", "fileSize": size} for place, size in enumerate(sizes)
    ]
    order = {"requestId": partner.ready(kind), "files": files}
    body = partner.call("POST", "/v1/deliveries", order).taken()
    return body["requestId"], body["transferId"]


def state(partner: Partner, request: str) -> str:
    """Say where the transfer to a request stands."""
    return str(partner.request(request)["transferState"])


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 5 * CHUNK])
def test_a_file_arrives_whole_with_its_digest(partner: Partner, tmp_path: Path, size: int) -> None:
    path = written(tmp_path, size)
    answer = partner.deliver(partner.ready(), path).taken()

    (sent,) = partner.box.send(answer)
    (arrived,) = partner.box.arrived(answer["transferId"])

    assert (sent.size, sent.announced, sent.is_whole) == (size, size, True)
    assert (arrived.counted, arrived.is_whole) == (size, True)
    assert arrived.md5 == hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()
    assert state(partner, answer["requestId"]) == "PENDING_INSPECTION"


def test_a_delivery_is_inspected_when_the_last_of_its_files_is_whole(
    partner: Partner, tmp_path: Path
) -> None:
    files = [written(tmp_path, 1000 + place, f"{place}.mov") for place in range(3)]
    answer = partner.deliver(partner.ready("NON_IMF"), *files).taken()

    partner.box.send(answer, only=[str(files[2]), str(files[0])])
    before = state(partner, answer["requestId"])
    partner.box.send(answer)

    assert before == "TRANSFERRING"
    assert state(partner, answer["requestId"]) == "PENDING_INSPECTION"
    places = [pair["destinationPath"] for pair in answer["files"]]
    assert [file.destination_path for file in partner.box.arrived(answer["transferId"])] == places


def test_a_file_that_was_broken_off_goes_on_from_there(partner: Partner, tmp_path: Path) -> None:
    path = written(tmp_path, 3 * CHUNK)
    answer = partner.deliver(partner.ready(), path).taken()

    (first,) = partner.box.send(answer, stop_after=CHUNK + 7)
    (rest,) = partner.box.send(answer)

    assert (first.size, first.is_whole) == (CHUNK + 7, False)
    assert rest.is_whole
    offsets = [
        call.headers["upload-offset"] for call in partner.box.calls if call.method == "PATCH"
    ]
    assert offsets == ["0", str(CHUNK + 7)]
    (arrived,) = partner.box.arrived(answer["transferId"])
    assert arrived.md5 == hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()


def test_files_are_sent_by_the_list_of_pairs(partner: Partner, tmp_path: Path) -> None:
    path = written(tmp_path, 1000)
    (pair,) = partner.deliver(partner.ready(), path).taken()["files"]
    pairs = tmp_path / "delivery.pairs"
    pairs.write_text(f"{pair['sourcePath']}\n{pair['destinationPath']}\n")

    (sent,) = sandbox.send(partner.box.url, pairs)

    assert (sent.source_path, sent.is_whole) == (str(path), True)


def test_files_are_sent_by_the_answer_as_an_object(partner: Partner, tmp_path: Path) -> None:
    path = written(tmp_path, 1000)
    (pair,) = partner.deliver(partner.ready(), path).taken()["files"]
    answer = SimpleNamespace(
        files=[SimpleNamespace(source_path=str(path), destination_path=pair["destinationPath"])]
    )

    (sent,) = partner.box.send(answer)

    assert sent.is_whole


def test_files_can_be_sent_again_without_harm(partner: Partner, tmp_path: Path) -> None:
    files = written(tmp_path, 1000), written(tmp_path, 0, "b.mov")
    answer = partner.deliver(partner.ready("NON_IMF"), *files).taken()
    partner.box.send(answer)

    assert [sent.is_whole for sent in partner.box.send(answer)] == [True, True]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "lists no file"),
        ("/a.mov\n", "the last source has no destination"),
        ("/a.mov\n/vol/b.mov\n", "`/vol/b.mov` is no place of a sandbox"),
        ("/a.mov\nuploads/../1/b.mov\n", "is no place of a sandbox"),
    ],
)
def test_a_list_of_pairs_that_is_not_of_a_sandbox_is_refused(
    tmp_path: Path, text: str, why: str
) -> None:
    pairs = tmp_path / "delivery.pairs"
    pairs.write_text(text)

    with pytest.raises(ValueError, match=why):
        sandbox.send("http://127.0.0.1:9", pairs)


def test_a_sandbox_that_is_not_there_is_named() -> None:
    answer = {"files": [{"sourcePath": "/a.mov", "destinationPath": "uploads/TR-1/1/a.mov"}]}
    with sandbox.running() as gone:
        url = gone.url

    with pytest.raises(ApiConnectionError, match=f"{url}/sandbox/uploads/TR-1/1: "):
        sandbox.send(url, answer)


def test_a_file_that_is_gone_is_named(partner: Partner, tmp_path: Path) -> None:
    path = written(tmp_path, 10)
    answer = partner.deliver(partner.ready(), path).taken()
    path.unlink()

    with pytest.raises(FileNotFoundError, match=r"a\.mov"):
        partner.box.send(answer)


def test_an_unknown_transfer_is_refused(partner: Partner) -> None:
    answer = {"files": [{"sourcePath": "/a.mov", "destinationPath": "uploads/TR-1/1/a.mov"}]}

    with pytest.raises(ApiStatusError) as caught:
        partner.box.send(answer)

    assert caught.value.status == 404


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_gets_a_harmless_place(partner: Partner, name: str) -> None:
    order = {
        "requestId": partner.ready(),
        "files": [{"sourcePath": f"/out/{name}", "fileSize": 3}],
    }

    body = partner.call("POST", "/v1/deliveries", order).taken()
    (pair,) = body["files"]
    answer = put(partner, f"/sandbox/uploads/{body['transferId']}/1", 0, b"abc")

    assert pair["sourcePath"] == f"/out/{name}"
    last = pair["destinationPath"].rsplit("/", 1)[1]
    assert last.strip("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-") == ""
    assert not last.startswith((".", "/"))
    assert answer.status == 204
    assert partner.send("GET", "/").status == 200


@pytest.mark.filterwarnings("ignore::ResourceWarning")  # tuspy leaves its connections open
def test_a_client_of_the_protocol_by_others_resumes(partner: Partner, tmp_path: Path) -> None:
    path = written(tmp_path, 3 * CHUNK)
    answer = partner.deliver(partner.ready(), path).taken()
    url = f"{partner.box.url}/sandbox/uploads/{answer['transferId']}/1"
    first = TusClient(partner.box.url).uploader(str(path), url=url, chunk_size=CHUNK)
    first.upload_chunk()  # type: ignore[no-untyped-call]  # the library has no types

    second = TusClient(partner.box.url).uploader(str(path), url=url, chunk_size=CHUNK)
    begins = second.get_offset()
    second.upload()

    assert begins == CHUNK
    (arrived,) = partner.box.arrived(answer["transferId"])
    assert arrived.md5 == hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()
    assert state(partner, answer["requestId"]) == "PENDING_INSPECTION"


def test_an_upload_says_what_it_has_and_what_it_speaks(partner: Partner) -> None:
    _, transfer = begun(partner, 10)
    path = f"/sandbox/uploads/{transfer}/1"
    put(partner, path, 0, b"abcd")

    said = partner.send("HEAD", path).headers
    spoken = partner.send("OPTIONS", path).headers

    assert (said["upload-offset"], said["upload-length"]) == ("4", "10")
    assert said["cache-control"] == "no-store"
    assert said["tus-resumable"] == spoken["tus-version"] == "1.0.0"


@pytest.mark.parametrize("offset", ["1", "-1", "x", "", "0.0"])
def test_bytes_from_elsewhere_are_refused(partner: Partner, offset: str) -> None:
    _, transfer = begun(partner, 10)

    put(partner, f"/sandbox/uploads/{transfer}/1", offset, b"abcd").refused(409)


def test_another_protocol_or_type_is_refused(partner: Partner) -> None:
    _, transfer = begun(partner, 10)
    path = f"/sandbox/uploads/{transfer}/1"

    refused = put(partner, path, 0, b"a", **{"Tus-Resumable": "0.2"})

    refused.refused(412)
    assert refused.headers["tus-version"] == "1.0.0"
    put(partner, path, 0, b"a", **{"Content-Type": "text/plain"}).refused(415)


@pytest.mark.parametrize("place", ["0", "2", "x", "-1"])
def test_a_file_that_was_not_announced_is_not_there(partner: Partner, place: str) -> None:
    _, transfer = begun(partner, 10)

    answer = put(partner, f"/sandbox/uploads/{transfer}/{place}", 0, b"a")

    assert answer.status in {404, 422}


def test_bytes_after_the_last_are_refused(partner: Partner) -> None:
    request, transfer = begun(partner, 3, 3)
    path = f"/sandbox/uploads/{transfer}/1"
    put(partner, path, 0, b"abc")

    assert "takes no more" in put(partner, path, 3, b"d").refused(409)
    assert put(partner, path, 3, b"").status == 204
    assert state(partner, request) == "TRANSFERRING"


def test_bytes_for_a_delivery_that_was_given_up_are_refused(partner: Partner) -> None:
    _, transfer = begun(partner, 3)
    partner.box.advance(2 * 86400)

    message = put(partner, f"/sandbox/uploads/{transfer}/1", 0, b"abc").refused(409)

    assert "the delivery is FAILED" in message


def test_more_bytes_than_were_announced_keep_what_came_before(partner: Partner) -> None:
    request, transfer = begun(partner, 4)
    path = f"/sandbox/uploads/{transfer}/1"
    put(partner, path, 0, b"ab")

    put(partner, path, 2, b"cde").refused(413)

    assert partner.send("HEAD", path).headers["upload-offset"] == "2"
    put(partner, path, 2, b"cd")
    assert state(partner, request) == "PENDING_INSPECTION"


def test_two_calls_cannot_bring_bytes_of_one_file_at_once(partner: Partner) -> None:
    _, transfer = begun(partner, 10)
    path = f"/sandbox/uploads/{transfer}/1"
    more, done = threading.Event(), threading.Event()

    def slowly() -> Iterator[bytes]:
        yield b"ab"
        more.wait(20)
        yield b"cd"

    def bring() -> None:
        put(partner, path, 0, slowly())
        done.set()

    thread = threading.Thread(target=bring)
    thread.start()
    try:
        while partner.send("HEAD", path).headers["upload-offset"] != "2":
            pass
        put(partner, path, 2, b"xy").refused(423)
    finally:
        more.set()
        thread.join()

    assert done.is_set()
    assert partner.send("HEAD", path).headers["upload-offset"] == "4"


def test_a_file_of_more_bytes_than_can_be_kept_is_refused(partner: Partner) -> None:
    order = {
        "requestId": partner.ready(),
        "files": [{"sourcePath": "/out/a.mov", "fileSize": 2**63}],
    }

    assert "cannot be" in partner.call("POST", "/v1/deliveries", order).refused(409)


def test_a_sandbox_that_was_closed_midway_starts_the_file_again(tmp_path: Path) -> None:
    path, kept = written(tmp_path, 1000), tmp_path / "sandbox.db"
    with sandbox.running(demo=True, file=kept) as box:
        partner = Partner(box).log_in()
        answer = partner.deliver(partner.ready(), path).taken()
        box.send(answer, stop_after=400)

    with sandbox.running(file=kept) as box:
        (before,) = box.arrived(answer["transferId"])
        (sent,) = box.send(answer)

    assert (before.counted, before.is_whole) == (0, False)
    assert sent.is_whole


def test_what_arrived_of_an_unknown_transfer_is_refused(partner: Partner) -> None:
    with pytest.raises(LookupError, match="there is no transfer TR-1"):
        partner.box.arrived("TR-1")
