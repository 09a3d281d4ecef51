"""Our zips, read by everything else that reads zips."""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
import struct
import tempfile
import zipfile
from pathlib import Path

import pytest
import reelpack
from hypothesis import given
from hypothesis import strategies as st
from material.readers import EXTRACTORS, TESTERS, use

UTF8_FLAG = 0x800
DATA_DESCRIPTOR_FLAG = 0x8
ZIP64_EXTRA = 1
"""Header id of the zip64 extra field (APPNOTE 4.5.3)."""

ZIP64_LOCATOR = b"PK\x06\x07"
"""Stands right before the end record, in a zip that has a zip64 end record (APPNOTE 4.3.15)."""

BODIES = {
    "sh_010.0001.dpx": bytes(range(256)) * 50,
    "sh_010.0002.dpx": b"",
    "with blank.exr": b"\0" * 70_000,
    "Ünïcode_画面.tif": b"PK\x03\x04 looks like a header",
    "Z.wav": b"RIFF",
}
"""Files of a folder, by name."""


def local_header(package: Path, member: zipfile.ZipInfo) -> tuple[tuple[int, int, int], bytes]:
    """CRC and both sizes in the local header of a member, and its extra field (APPNOTE 4.3.7)."""
    with package.open("rb") as file:
        file.seek(member.header_offset)
        *_, crc, packed, size, name_len, extra_len = struct.unpack("<4s5H3I2H", file.read(30))
        file.seek(name_len, os.SEEK_CUR)
        return (crc, packed, size), file.read(extra_len)


def extra_ids(extra: bytes) -> set[int]:
    """Header ids of the fields in an extra field."""
    ids = set()
    while extra:
        header_id, size = struct.unpack_from("<HH", extra)
        ids.add(header_id)
        extra = extra[4 + size :]
    return ids


def has_zip64_end(package: Path) -> bool:
    """Whether the zip ends with the zip64 records; ours have no comment after the end record."""
    with package.open("rb") as file:
        file.seek(-42, os.SEEK_END)
        return file.read(4) == ZIP64_LOCATOR


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "shot"
    folder.mkdir()
    for name, body in BODIES.items():
        (folder / name).write_bytes(body)
    return folder


@pytest.fixture
def package(source: Path) -> Path:
    return Path(reelpack.pack(source, source.with_name("shot.zip")).path)


def test_python_reads_back_what_was_packed(package: Path) -> None:
    with zipfile.ZipFile(package) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == [*sorted(BODIES), "checksum.txt"]
        assert {name: archive.read(name) for name in BODIES} == BODIES


def test_the_list_inside_is_that_of_hashlib(package: Path) -> None:
    with zipfile.ZipFile(package) as archive:
        text = archive.read("checksum.txt").decode()

    assert text == "".join(
        f"{name}\t{len(body)}\tmd5\t{hashlib.md5(body, usedforsecurity=False).hexdigest()}\n"
        for name, body in sorted(BODIES.items())
    )


def test_every_member_is_stored_with_its_sizes_up_front(package: Path) -> None:
    for member in zipfile.ZipFile(package).infolist():
        assert member.compress_type == zipfile.ZIP_STORED
        assert not member.flag_bits & DATA_DESCRIPTOR_FLAG
        numbers, _ = local_header(package, member)
        assert numbers == (member.CRC, member.file_size, member.file_size)


def test_the_flag_for_utf_8_is_set_only_where_a_name_needs_it(package: Path) -> None:
    for member in zipfile.ZipFile(package).infolist():
        assert bool(member.flag_bits & UTF8_FLAG) == (not member.filename.isascii())


def test_a_small_zip_has_nothing_of_zip64(package: Path) -> None:
    for member in zipfile.ZipFile(package).infolist():
        assert ZIP64_EXTRA not in extra_ids(member.extra)
        assert ZIP64_EXTRA not in extra_ids(local_header(package, member)[1])
    assert not has_zip64_end(package)


@pytest.mark.parametrize("command", TESTERS, ids=lambda command: command[0])
def test_other_readers_accept_it(package: Path, tmp_path: Path, command: list[str]) -> None:
    use(command, package, tmp_path)


@pytest.mark.parametrize("command", EXTRACTORS, ids=lambda command: command[0])
def test_other_readers_unpack_the_same_bytes(
    package: Path, tmp_path: Path, command: list[str]
) -> None:
    folder = tmp_path / "unpacked"
    folder.mkdir()

    use(command, package, folder)

    unpacked = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert unpacked.pop("checksum.txt")
    assert unpacked == BODIES


@pytest.fixture(scope="module")
def huge(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A zip with a member of over 4 GiB (a sparse file), and a small one after it."""
    source = tmp_path_factory.mktemp("huge") / "shot"
    source.mkdir()
    with (source / "a.mov").open("wb") as file:
        file.truncate(2**32)
        file.seek(2**32)
        file.write(b"the end")
    (source / "b.dpx").write_bytes(b"beyond 4 GiB")
    package = Path(reelpack.pack(source, source.with_name("shot.zip"), state=False).path)
    shutil.rmtree(source)
    return package


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_a_member_over_4_gib_is_zip64_and_its_neighbours_only_where_they_must(huge: Path) -> None:
    with zipfile.ZipFile(huge) as archive:
        big, small = archive.getinfo("a.mov"), archive.getinfo("b.dpx")
        assert archive.read("b.dpx") == b"beyond 4 GiB"

    assert big.file_size == 2**32 + len(b"the end")
    assert ZIP64_EXTRA in extra_ids(local_header(huge, big)[1])
    assert ZIP64_EXTRA not in extra_ids(local_header(huge, small)[1])
    # Its sizes are small, but it lies where 32 bits do not reach.
    assert ZIP64_EXTRA in extra_ids(small.extra)


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.parametrize("command", TESTERS, ids=lambda command: command[0])
def test_other_readers_accept_a_member_over_4_gib(
    huge: Path, tmp_path: Path, command: list[str]
) -> None:
    use(command, huge, tmp_path)


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_verify_accepts_a_member_over_4_gib(huge: Path) -> None:
    assert reelpack.verify(huge).ok


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Path]:
    """Zips by the number of their members, the list included, around the limit of 16 bits."""
    source = tmp_path_factory.mktemp("many") / "shot"
    source.mkdir()
    packages = {}
    for number in range(65_536):
        os.mknod(source / f"f.{number:06d}.dpx", stat.S_IFREG | 0o600)
        if number >= 65_532:
            package = reelpack.pack(source, source.with_name(f"{number}.zip"), state=False)
            packages[package.members] = Path(package.path)
    shutil.rmtree(source)
    return packages


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_the_number_of_members_decides_on_zip64(many: dict[int, Path]) -> None:
    assert {members: has_zip64_end(path) for members, path in many.items()} == {
        65_534: False,
        # The largest number 16 bits hold is also the mark for "see the zip64 record".
        65_535: True,
        65_536: True,
        65_537: True,
    }


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.parametrize("command", TESTERS, ids=lambda command: command[0])
def test_other_readers_accept_more_than_65_535_members(
    many: dict[int, Path], tmp_path: Path, command: list[str]
) -> None:
    use(command, many[65_537], tmp_path)


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_python_and_verify_count_every_member(many: dict[int, Path]) -> None:
    for members, package in many.items():
        assert len(zipfile.ZipFile(package).namelist()) == members
        assert reelpack.verify(package).checked == members - 1


# No control characters (a list cannot hold all of them), and none that mean a folder or a drive
# elsewhere: a zip that holds those is a question of its own.
NAMES = st.text(
    st.characters(codec="utf-8", exclude_categories=["C", "Zl", "Zp"], exclude_characters="/\\:"),
    min_size=1,
    max_size=30,
).filter(lambda name: not name.startswith(".") and name != "checksum.txt")

FILES = st.dictionaries(NAMES, st.binary(max_size=300), min_size=1, max_size=5)

Tree = dict[str, "bytes | Tree"]


def as_tree(files: dict[str, bytes]) -> Tree:
    """A folder without folders, as a tree."""
    return {**files}


TREES: st.SearchStrategy[Tree] = st.recursive(
    FILES.map(as_tree),
    lambda below: st.dictionaries(NAMES, st.binary(max_size=300) | below, min_size=1, max_size=4),
    max_leaves=6,
)


def lay_out(folder: Path, tree: Tree) -> dict[str, bytes]:
    """Write ``tree`` into ``folder``, which is made; its files by their path inside."""
    folder.mkdir()
    files: dict[str, bytes] = {}
    for name, body in tree.items():
        if isinstance(body, bytes):
            (folder / name).write_bytes(body)
            files[name] = body
        else:
            below = lay_out(folder / name, body)
            files |= {f"{name}/{path}": inner for path, inner in below.items()}
    return files


@given(TREES)
def test_any_tree_comes_back_from_its_zip(tree: Tree) -> None:
    with tempfile.TemporaryDirectory() as name:
        files = lay_out(Path(name, "tree"), tree)

        package = reelpack.pack(Path(name, "tree"), Path(name, "tree.zip"), tree=True)

        with zipfile.ZipFile(package.path) as archive:
            assert archive.testzip() is None
            assert archive.namelist() == [*sorted(files), "checksum.txt"]
            assert {path: archive.read(path) for path in files} == files
        assert reelpack.verify(package.path).ok


@given(FILES)
def test_any_folder_matches_the_list_made_of_it(files: dict[str, bytes]) -> None:
    with tempfile.TemporaryDirectory() as name:
        lay_out(Path(name, "folder"), as_tree(files))
        lists = reelpack.checksum(Path(name, "folder"))
        lists.write()

        report = reelpack.verify(Path(name, "folder"))

        assert report.ok
        assert report.checked == len(files)
