"""`reelpack.imf.make`: what is written, that others accept it, and what is refused."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import uuid
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from material import imf as material
from material.mxf import track_file
from reelpack import ImfError, imf

if TYPE_CHECKING:
    from pathlib import Path

PACKING_LIST = f"PKL_{material.PACKING_LIST_ID}.xml"
BUILT = 1200
"""Seconds for a test that may have to build imferno first."""
LISTS = ("ASSETMAP.xml", "VOLINDEX.xml", PACKING_LIST)


def complaints(imferno: Path, folder: Path) -> list[str]:
    """What imferno finds that is an error, or worse; its exit code says nothing."""
    command = [str(imferno), "validate", "--format", "json", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    found: dict[str, list[dict[str, Any]]] = json.loads(done.stdout)["validation"]
    return [each["code"] for level in ("critical", "errors") for each in found[level]]


@pytest.mark.timeout(BUILT)
@pytest.mark.parametrize("edition", ["2007", "2016"])
def test_imferno_accepts_what_is_made(imferno: Path, tmp_path: Path, edition: str) -> None:
    material.make(tmp_path, edition=edition, annotation="A & B")

    assert complaints(imferno, tmp_path) == []


@pytest.mark.timeout(BUILT)
def test_imferno_finds_a_package_broken_that_was_changed(imferno: Path, tmp_path: Path) -> None:
    material.make(tmp_path)
    (tmp_path / "CPL.xml").write_bytes((tmp_path / "CPL.xml").read_bytes() + b"\n")

    assert complaints(imferno, tmp_path)


def test_what_is_made_reads_back_equal_and_verifies(tmp_path: Path) -> None:
    made = material.make(tmp_path, annotation="Reel & all", creator="tests")

    asset_map = imf.read(tmp_path / "ASSETMAP.xml").content
    packing_list = imf.read(tmp_path / made.packing_list).content
    assert isinstance(asset_map, imf.AssetMap)
    assert isinstance(packing_list, imf.PackingList)
    assert (asset_map.id, asset_map.issuer, asset_map.creator, asset_map.annotation) == (
        material.ASSET_MAP_ID,
        "Example Pictures",
        "tests",
        "Reel & all",
    )
    assert packing_list.issue_date == material.DATE
    listed = {(each.id, each.digest, each.size, each.mime_type) for each in packing_list.assets}
    assert listed == {(each.id, each.digest, each.size, each.mime_type) for each in made.assets}
    report = imf.verify(tmp_path)
    assert (report.failures, report.warnings) == ((), ())


def test_digests_and_ids_are_those_of_the_files(tmp_path: Path) -> None:
    parts = material.simple()

    made = material.make(tmp_path, parts)

    assert {each.file for each in made.assets} == {*parts.files, "CPL.xml"}
    for each in made.assets:
        content = (tmp_path / each.file).read_bytes()
        assert each.digest == hashlib.sha1(content, usedforsecurity=False).hexdigest()
        assert each.size == len(content)
        wanted = parts.playlists[0].id if each.file == "CPL.xml" else parts.id(each.file)
        assert each.id == wanted
    assert (made.files_read, made.left_out, made.replaced) == (4, (), ())


def test_the_same_files_ids_and_date_make_the_same_bytes(tmp_path: Path) -> None:
    material.make(tmp_path / "a")
    material.make(tmp_path / "b", jobs=1, readers=1)

    for name in LISTS:
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_without_ids_each_package_has_its_own(tmp_path: Path) -> None:
    made = [
        imf.make(material.write_parts(tmp_path / name, material.simple()), issuer="x")
        for name in "ab"
    ]

    ids = {each.packing_list_id for each in made} | {each.asset_map_id for each in made}
    assert len(ids) == 4
    assert all(uuid.UUID(each).version == 4 for each in ids)
    assert made[0].packing_list == f"PKL_{made[0].packing_list_id}.xml"


@pytest.mark.parametrize(
    ("given", "written"),
    [
        (datetime(2026, 3, 9, 9, 0, 0, 123, tzinfo=UTC), "2026-03-09T09:00:00+00:00"),
        ("2026-03-09T09:00:00+05:30", "2026-03-09T09:00:00+05:30"),
        ("2026-03-09T09:00:00Z", "2026-03-09T09:00:00+00:00"),
    ],
)
def test_the_date_is_written_with_its_zone(
    tmp_path: Path, given: datetime | str, written: str
) -> None:
    material.make(tmp_path, issue_date=given)

    assert f"<IssueDate>{written}</IssueDate>" in (tmp_path / "ASSETMAP.xml").read_text()


def test_without_a_date_it_is_now(tmp_path: Path) -> None:
    before = datetime.now(UTC).replace(microsecond=0)
    material.make(tmp_path, issue_date=None)

    written = re.search(r"<IssueDate>(.*)</IssueDate>", (tmp_path / PACKING_LIST).read_text())
    assert written
    assert before <= datetime.fromisoformat(written[1]) <= datetime.now(UTC)


def test_a_date_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="yesterday"):
        material.make(tmp_path, issue_date="yesterday")


@pytest.mark.parametrize("option", ["issuer", "creator", "annotation"])
def test_a_text_that_says_nothing_or_is_none_is_refused(tmp_path: Path, option: str) -> None:
    with pytest.raises(ValueError, match=f"{option}: it is empty; hint: "):
        material.make(tmp_path, None, **{option: " "})
    with pytest.raises(ValueError, match=rf"{option}: 'a\\udcff' is no text in UTF-8"):
        material.make(tmp_path, None, **{option: "a\udcff"})
    with pytest.raises(ValueError, match=rf"{option}: XML cannot hold U\+0001"):
        material.make(tmp_path, None, **{option: "a\x01"})
    assert not (tmp_path / "ASSETMAP.xml").exists()


@pytest.mark.parametrize("option", ["asset_map_id", "packing_list_id"])
def test_an_id_that_is_none_is_refused(tmp_path: Path, option: str) -> None:
    with pytest.raises(ValueError, match="1234"):
        material.make(tmp_path, None, **{option: "1234"})
    assert not (tmp_path / "ASSETMAP.xml").exists()


def test_a_package_that_is_there_is_not_written_over(tmp_path: Path) -> None:
    material.make(tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}

    with pytest.raises(ImfError) as caught:
        material.make(tmp_path, issuer="Other")

    assert caught.value.path == str(tmp_path / "ASSETMAP.xml")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before
    again = material.make(tmp_path, issuer="Other", replace=True)
    assert set(again.replaced) == set(LISTS)
    assert "Other" in (tmp_path / "ASSETMAP.xml").read_text()
    assert imf.verify(tmp_path).ok


def test_a_reference_to_what_is_not_there_needs_a_supplement(tmp_path: Path) -> None:
    parts = material.simple()
    material.write_parts(tmp_path, parts, without=("sound.mxf",))

    with pytest.raises(ImfError, match=parts.id("sound.mxf")):
        imf.make(tmp_path, issuer="x")

    assert not (tmp_path / "ASSETMAP.xml").exists()
    made = imf.make(tmp_path, issuer="x", supplement=True)
    assert [each.id for each in made.not_here] == [parts.id("sound.mxf")]


def test_an_empty_folder_makes_no_package(tmp_path: Path) -> None:
    with pytest.raises(ImfError) as caught:
        imf.make(tmp_path, issuer="x")

    assert caught.value.path == str(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_the_same_id_twice_is_refused(tmp_path: Path) -> None:
    parts = material.simple()
    material.write_parts(tmp_path, parts)
    same = track_file(parts.files["sound.mxf"], uuid.UUID(parts.id("sound.mxf")))
    (tmp_path / "copy.mxf").write_bytes(same)

    with pytest.raises(ImfError, match=r"(copy|sound)\.mxf"):
        imf.make(tmp_path, issuer="x")


def test_a_track_file_that_is_none_is_refused(tmp_path: Path) -> None:
    material.write_parts(tmp_path, material.simple())
    (tmp_path / "broken.mxf").write_bytes(b"x" * 1000)

    with pytest.raises(ImfError) as caught:
        imf.make(tmp_path, issuer="x")

    assert caught.value.path == str(tmp_path / "broken.mxf")
    assert not (tmp_path / "ASSETMAP.xml").exists()


def test_a_playlist_that_is_none_is_refused(tmp_path: Path) -> None:
    material.write_parts(tmp_path, material.simple())
    text = (tmp_path / "CPL.xml").read_text()
    (tmp_path / "CPL.xml").write_text(text[:-10])

    with pytest.raises(ImfError) as caught:
        imf.make(tmp_path, issuer="x")

    assert caught.value.path == str(tmp_path / "CPL.xml")


def test_what_belongs_to_nothing_is_left_out_and_said(tmp_path: Path) -> None:
    material.write_parts(tmp_path, material.simple())
    (tmp_path / ".DS_Store").write_bytes(b"x")
    (tmp_path / "notes.txt").write_bytes(b"x")

    made = imf.make(tmp_path, issuer="x")

    assert {each.path for each in made.left_out} == {".DS_Store", "notes.txt"}
    assert all(each.reason for each in made.left_out)


def test_a_track_file_that_was_cut_off_is_refused(tmp_path: Path) -> None:
    material.write_parts(tmp_path, material.simple())
    track = tmp_path / "image_1.mxf"
    os.truncate(track, track.stat().st_size // 2)

    with pytest.raises(ImfError, match="was cut off"):
        imf.make(tmp_path, issuer="x")

    assert not [path for path in tmp_path.iterdir() if path.name in LISTS]


def test_lists_that_another_run_writes_meanwhile_are_kept(tmp_path: Path) -> None:
    material.make(tmp_path)
    os.truncate(tmp_path / "sound.mxf", 2 << 30)
    asset_map = tmp_path / "ASSETMAP.xml"
    written = asset_map.read_bytes() + b"\n"

    def meanwhile(_: object) -> None:
        asset_map.write_bytes(written)

    with pytest.raises(ImfError, match="another run is, or was, at work"):
        imf.make(tmp_path, issuer="x", replace=True, progress=meanwhile)

    assert asset_map.read_bytes() == written


def test_progress_reaches_the_end_and_can_stop_it(tmp_path: Path) -> None:
    material.write_parts(tmp_path, material.simple())
    # A hole takes no space, and as long to read: it is not over before anybody is told.
    os.truncate(tmp_path / "sound.mxf", 3 << 30)

    def stop(_: object) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        imf.make(tmp_path, issuer="x", progress=stop)

    assert not [path for path in tmp_path.iterdir() if path.name in LISTS]
    os.truncate(tmp_path / "sound.mxf", 1 << 20)
    assert imf.make(tmp_path, issuer="x", progress=lambda _: None).files_read == 4
