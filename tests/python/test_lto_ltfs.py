"""Index and label of LTFS: what is read of them, and what is refused."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
import reelpack
from hypothesis import given
from hypothesis import strategies as st
from material import lto as material
from material.lto import OnTape
from reelpack import lto
from reelpack.lto import ltfs

if TYPE_CHECKING:
    from pathlib import Path

MD5 = "9e107d9d372bb6826bd81d3542a419d6"
FILES = (
    OnTape("Day/A001/b.mov", 7, 40, (("ltfs.hash.md5sum", MD5.upper()), ("user.note", "x"))),
    OnTape("Day/A001/a.mov", 2**40, 9),
    OnTape("Day/A001/10:00 100%.txt", 5, 50),
    OnTape("Day/empty", 0),
    OnTape("Tür & Tor/<x>.wav", 1, 60, (("ltfs.hash.sha256sum", "ab" * 32),)),
)


def written(folder: Path, text: str | bytes) -> Path:
    """Write an index or a label."""
    path = folder / "tape.schema"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_an_index_is_read_as_the_format_has_it(tmp_path: Path) -> None:
    volume = lto.read_ltfs(written(tmp_path, material.index(FILES)))

    assert (volume.kind, volume.version, volume.uuid) == ("index", "2.4.0", material.UUID)
    assert (volume.name, volume.generation, volume.compression) == ("ABC001", 7, None)
    assert {file.path: (file.size, file.block) for file in volume.files} == {
        file.path: (file.size, file.block) for file in FILES
    }
    assert {file.path: dict(file.digests) for file in volume.files if file.digests} == {
        "Day/A001/b.mov": {"md5": MD5},
        "Tür & Tor/<x>.wav": {"sha256": "ab" * 32},
    }


@pytest.mark.parametrize("compression", [True, False])
def test_a_label_tells_of_compression(tmp_path: Path, *, compression: bool) -> None:
    volume = lto.read_ltfs(written(tmp_path, material.label(compression=compression)))

    assert (volume.kind, volume.compression, volume.files) == ("label", compression, ())
    assert volume.uuid == material.UUID


def test_the_first_extent_on_the_data_partition_is_where_a_file_begins(tmp_path: Path) -> None:
    extents = "".join(
        f"<extent><fileoffset>{offset}</fileoffset><partition>{partition}</partition>"
        f"<startblock>{block}</startblock><byteoffset>0</byteoffset><bytecount>1</bytecount>"
        "</extent>"
        for offset, partition, block in ((5, "b", 11), (0, "b", 80), (0, "a", 4))
    )
    text = re.sub(r"<extent>.*?</extent>", extents, material.index([OnTape("a", 9, 1)]))

    (file,) = lto.read_ltfs(written(tmp_path, text)).files

    assert file.block == 80


def test_a_link_is_no_file(tmp_path: Path) -> None:
    text = material.index([OnTape("a", 9, 1), OnTape("link", 1)])
    before, link, behind = text.partition("<name>link</name>")

    volume = lto.read_ltfs(written(tmp_path, f"{before}{link}<symlink>a</symlink>{behind}"))

    assert [file.path for file in volume.files] == ["a"]


BOMB = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "no element"),
        ("not xml", "syntax error"),
        ("<html/>", "neither an index nor a label"),
        ('<ltfsincrementalindex version="2.5.0"/>', "incremental"),
        (material.index(FILES)[:-20], "no element found|unclosed"),
        (f'<!DOCTYPE ltfsindex [<!ENTITY l0 "lol">{BOMB}]><ltfsindex>&l9;</ltfsindex>', "document"),
        ('<!DOCTYPE ltfsindex SYSTEM "file:///etc/passwd"><ltfsindex/>', "document type"),
        ("<ltfsindex>" + "<directory>" * 5000, "within each other"),
        ("<ltfsindex><creator>" + "x" * 70_000 + "</creator></ltfsindex>", "characters"),
        (material.index([OnTape("a", 1, 1)]).replace("<length>1<", "<length>-1<"), "no number"),
        (material.index([OnTape("a", 1, 1)]).replace("<length>1<", "<length>9e9<"), "no number"),
        (material.index([OnTape("a", 1, 1)]).replace(">a</name>", ">..</name>"), "no name"),
        (
            material.index([OnTape("a", 1, 1)]).replace(
                "<name>a</name>", '<name percentencoded="true">..%2Fa</name>'
            ),
            "no name",
        ),
        (b"\xff\xfe<\x00h\x00/\x00>\x00", "neither"),
    ],
)
def test_what_is_none_is_refused_with_its_place(
    tmp_path: Path, text: str | bytes, why: str
) -> None:
    path = written(tmp_path, text)

    with pytest.raises(reelpack.LtoError, match=why) as caught:
        lto.read_ltfs(path)

    assert str(caught.value).startswith(str(path))
    assert caught.value.path == str(path)


@given(st.binary(max_size=300), st.integers(0, 2000))
def test_damage_is_refused_or_read_and_never_anything_else(
    tmp_path_factory: pytest.TempPathFactory, junk: bytes, place: int
) -> None:
    text = material.index(FILES).encode()
    path = tmp_path_factory.mktemp("junk") / "index.xml"
    path.write_bytes(text[:place] + junk + text[place + len(junk) :])

    try:
        volume = lto.read_ltfs(path)
    except reelpack.LtoError:
        return
    assert all(".." not in file.path.split("/") for file in volume.files)


@pytest.mark.parametrize(
    ("version", "numbers"),
    [("2.4.0", (2, 4, 0)), ("10.0.0", (10, 0, 0)), ("2.4", ()), ("", ()), ("2.x.0", ())],
)
def test_versions_are_compared_as_numbers(version: str, numbers: tuple[int, ...]) -> None:
    assert ltfs.version_numbers(version) == numbers


def test_a_file_that_is_not_there_is_an_error_of_the_system(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        lto.read_ltfs(tmp_path / "none")
