"""`checksum`, `pack` and `verify` as a Python program calls them."""

from __future__ import annotations

import hashlib
import os
import zipfile
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
import reelpack

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def md5(content: bytes) -> str:
    return hashlib.md5(content, usedforsecurity=False).hexdigest()


@pytest.fixture
def shot(tmp_path: Path) -> Path:
    """Two frames, and a file in a folder below."""
    folder = tmp_path / "shot"
    (folder / "sub").mkdir(parents=True)
    (folder / "a.0001.dpx").write_bytes(b"one")
    (folder / "a.0002.dpx").write_bytes(b"second")
    (folder / "sub" / "notes.xml").write_bytes(b"")
    (folder / ".DS_Store").write_bytes(b"debris")
    return folder


def test_checksum_lists_each_folder_and_writes_nothing(shot: Path) -> None:
    lists = reelpack.checksum(shot)

    assert [os.fspath(shot / "checksum.txt"), os.fspath(shot / "sub" / "checksum.txt")] == [
        manifest.path for manifest in lists
    ]
    assert lists[0].text == (
        f"a.0001.dpx\t3\tmd5\t{md5(b'one')}\na.0002.dpx\t6\tmd5\t{md5(b'second')}\n"
    )
    assert (lists[0].count, lists[0].size, lists.bytes_read) == (2, 9, 9)
    assert lists.left_out == (reelpack.LeftOut(".DS_Store", "hidden file"),)
    assert list(shot.rglob("checksum.txt")) == []


def test_checksum_with_root_makes_one_list(shot: Path) -> None:
    (manifest,) = reelpack.checksum(os.fspath(shot), root=True)

    assert [entry.name for entry in manifest.entries] == ["a.0001.dpx", "a.0002.dpx", "notes.xml"]


def test_lists_are_written_where_they_belong(shot: Path) -> None:
    lists = reelpack.checksum(shot)

    written = lists.write()

    assert list(written) == [manifest.path for manifest in lists]
    assert (shot / "checksum.txt").read_bytes() == lists[0].text.encode()
    assert (shot / "sub" / "checksum.txt").read_bytes() == lists[1].text.encode()


def test_a_list_is_written_elsewhere_on_request(shot: Path, tmp_path: Path) -> None:
    manifest = reelpack.checksum(shot)[0]

    assert manifest.write(tmp_path / "copy.txt") == os.fspath(tmp_path / "copy.txt")

    assert (tmp_path / "copy.txt").read_text() == manifest.text
    assert not (shot / "checksum.txt").exists()


def test_pack_writes_members_and_list(shot: Path, tmp_path: Path) -> None:
    package = reelpack.pack(shot, tmp_path / "shot.zip")

    with zipfile.ZipFile(package.path) as archive:
        names = archive.namelist()
        assert archive.read("checksum.txt").decode() == package.manifest.text
    assert names == ["a.0001.dpx", "a.0002.dpx", "notes.xml", "checksum.txt"]
    assert package.members == 4
    assert package.size == (tmp_path / "shot.zip").stat().st_size
    assert (package.manifest.count, package.manifest.size, package.bytes_read) == (3, 9, 9)
    assert package.manifest.path == os.fspath(shot / "checksum.txt")


def test_pack_keeps_folders_on_request(shot: Path, tmp_path: Path) -> None:
    package = reelpack.pack(shot, tmp_path / "shot.zip", tree=True)

    assert [entry.name for entry in package.manifest.entries][-1] == "sub/notes.xml"


def test_pack_replaces_a_zip_only_when_told_to(shot: Path, tmp_path: Path) -> None:
    target = tmp_path / "shot.zip"
    target.write_bytes(b"older")

    with pytest.raises(FileExistsError) as caught:
        reelpack.pack(shot, target)

    assert caught.value.filename == os.fspath(target)
    assert target.read_bytes() == b"older"
    assert reelpack.pack(shot, target, force=True).members == 4


@pytest.mark.parametrize(
    ("zone", "hour"), [("UTC", 12), (ZoneInfo("Asia/Tokyo"), 21), ("America/Sao_Paulo", 9)]
)
def test_the_zone_decides_what_time_a_member_shows(
    shot: Path, tmp_path: Path, zone: str | ZoneInfo, hour: int
) -> None:
    noon = 1_700_049_600  # 2023-11-15 12:00:00 UTC
    os.utime(shot / "a.0001.dpx", (noon, noon))

    reelpack.pack(shot, tmp_path / "shot.zip", zone=zone)

    with zipfile.ZipFile(tmp_path / "shot.zip") as archive:
        assert archive.getinfo("a.0001.dpx").date_time == (2023, 11, 15, hour, 0, 0)


def test_a_zone_without_a_name_is_refused(shot: Path, tmp_path: Path) -> None:
    empty = b"TZif" + bytes(40)
    path = tmp_path / "zone"
    path.write_bytes(empty[:39] + b"\x01" + empty[40:] + bytes(7))
    with path.open("rb") as file:
        nameless = ZoneInfo.from_file(file)

    with pytest.raises(ValueError, match="IANA"):
        reelpack.pack(shot, tmp_path / "shot.zip", zone=nameless)


def test_a_zone_that_is_unknown_is_refused(shot: Path, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="Nowhere"):
        reelpack.pack(shot, tmp_path / "shot.zip", zone="Nowhere")


def test_members_from_before_1980_are_named(shot: Path, tmp_path: Path) -> None:
    os.utime(shot / "a.0001.dpx", (0, 0))

    assert reelpack.pack(shot, tmp_path / "shot.zip").clamped == ("a.0001.dpx",)


def test_verify_finds_what_is_not_as_listed(shot: Path) -> None:
    reelpack.checksum(shot).write()
    (shot / "a.0001.dpx").write_bytes(b"two")
    (shot / "a.0002.dpx").unlink()
    (shot / "extra.dpx").touch()

    report = reelpack.verify(shot)

    assert {(finding.path, finding.status) for finding in report.findings} == {
        ("a.0001.dpx", "mismatch"),
        ("a.0002.dpx", "missing"),
        ("extra.dpx", "extra"),
    }
    assert not report.ok
    assert sorted(report.lists) == ["checksum.txt", "sub/checksum.txt"]


@pytest.mark.parametrize("what", ["", "checksum.txt"])
def test_verify_agrees_with_the_list_just_made(shot: Path, what: str) -> None:
    reelpack.checksum(shot).write()

    report = reelpack.verify(shot / what)

    assert report.ok, report.findings
    assert report.seconds > 0


def test_verify_agrees_with_the_zip_just_packed(shot: Path, tmp_path: Path) -> None:
    package = reelpack.pack(shot, tmp_path / "shot.zip")

    report = reelpack.verify(package.path)

    assert report.ok, report.findings
    assert report.checked == 3


def test_what_is_not_there_is_an_os_error_with_its_name(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    calls: list[Callable[[], object]] = [
        lambda: reelpack.checksum(gone),
        lambda: reelpack.pack(gone, tmp_path / "x.zip"),
        lambda: reelpack.verify(gone),
    ]

    for call in calls:
        with pytest.raises(FileNotFoundError) as caught:
            call()
        assert caught.value.filename == os.fspath(gone)


@pytest.mark.parametrize("name", ["jobs", "readers"])
def test_numbers_below_one_are_refused(shot: Path, tmp_path: Path, name: str) -> None:
    jobs, readers = (0, None) if name == "jobs" else (None, 0)

    with pytest.raises(ValueError, match=name):
        reelpack.checksum(shot, jobs=jobs, readers=readers)
    with pytest.raises(ValueError, match=name):
        reelpack.pack(shot, tmp_path / "x.zip", jobs=jobs, readers=readers)
    with pytest.raises(ValueError, match=name):
        reelpack.verify(shot, jobs=jobs, readers=readers)


def test_nothing_to_list_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(reelpack.ManifestError):
        reelpack.checksum(tmp_path)


def test_a_folder_without_a_list_cannot_be_verified(shot: Path) -> None:
    with pytest.raises(reelpack.ManifestError):
        reelpack.verify(shot)


def test_a_user_without_a_name_makes_an_mhl_all_the_same(
    shot: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nobody() -> str:
        raise KeyError("getpwuid(): uid not found")

    monkeypatch.setattr("getpass.getuser", nobody)

    (made,) = reelpack.checksum(shot, formats=["mhl"], state=False)

    assert "<username></username>" in made.text.replace("<username/>", "<username></username>")
    assert {entry.algorithm for entry in made.entries} == {"md5"}
