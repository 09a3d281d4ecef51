"""Index and label of LTFS: what is read of them, and what is refused."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import pytest
import reelpack
from hypothesis import given
from hypothesis import strategies as st
from material import lto as material
from material.lto import OnTape
from reelpack import lto
from reelpack.lto import ltfs

if TYPE_CHECKING:
    from collections.abc import Iterator
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
        ("<ltfsindex><creator>" + "x" * 70_000 + "</creator></ltfsindex>", "text of more than"),
        ("<ltfsindex><creator>" + "x" * 5_000_000, "text of more than"),
        ("<ltfsindex><x>" + "x" * 5_000_000, "text of more than"),
        ("<ltfsindex><" + "x" * 5_000_000, "text of more than"),
        ("<ltfsindex " + "x" * 5_000_000, "text of more than"),
        ("<ltfsindex><!--" + "x" * 5_000_000, "text of more than"),
        ("<ltfsindex" + "".join(f' a{n}="1"' for n in range(70)) + "/>", "attributes"),
        ("<ltfsindex>&lol;</ltfsindex>", "entity"),
        ("<ltfsindex/><ltfsindex/>", "more after the end"),
        ('<?xml version="1.0" encoding="latin-1"?><ltfsindex/>', "encoding"),
        (material.index([OnTape("a", 1, 1)]).replace("<length>1<", "<length>-1<"), "no number"),
        (material.index([OnTape("a", 1, 1)]).replace("<length>1<", "<length>9e9<"), "no number"),
        (material.index([OnTape("a", 1, 1)]).replace(">a</name>", ">..</name>"), "no name"),
        (
            material.index([OnTape("a", 1, 1)]).replace(
                "<name>a</name>", '<name percentencoded="true">..%2Fa</name>'
            ),
            "no name",
        ),
        (material.index([OnTape("a", 1, 1)]).replace("<name>a</name>", ""), "no name"),
        (material.index([OnTape("a", 1, 1)]).replace("<length>1</length>", ""), "no number"),
        (b"\xff\xfe<\x00h\x00/\x00>\x00", "UTF-16"),
        (material.index(FILES).encode("utf-16"), "UTF-16"),
        (material.index(FILES).encode("utf-16-le"), "UTF-16"),
        (b"<ltfsindex><creator>\xff</creator></ltfsindex>", "not UTF-8"),
    ],
)
def test_what_is_none_is_refused_with_its_place(
    tmp_path: Path, text: str | bytes, why: str
) -> None:
    path = written(tmp_path, text)

    with pytest.raises(reelpack.LtoError, match=why) as caught:
        lto.read_ltfs(path)

    assert re.match(rf"{re.escape(str(path))}:\d+: ", str(caught.value))
    assert caught.value.path == str(path)


def test_the_line_of_what_is_wrong_is_told(tmp_path: Path) -> None:
    text = material.index([OnTape("a", 1, 1)]).replace("<length>1<", "\n\n<length>x<")
    path = written(tmp_path, text)

    with pytest.raises(reelpack.LtoError) as caught:
        lto.read_ltfs(path)

    assert str(caught.value) == f'{path}:4: length: "x" is no number'


def test_names_have_their_blanks_and_bytes(tmp_path: Path) -> None:
    text = material.index([OnTape(" a ", 1), OnTape("b", 1)]).replace(
        "<name>b</name>", '<name percentencoded="true">%FF%3A%zz</name>'
    )

    volume = lto.read_ltfs(written(tmp_path, text))

    assert [file.path for file in volume.files] == [" a ", os.fsdecode(b"\xff:%zz")]


NAMES = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc"], exclude_characters="/\ufffe\uffff"),
    min_size=1,
    max_size=8,
).filter(lambda name: name not in {".", ".."})


def hexadecimal(size: int) -> st.SearchStrategy[str]:
    """A text of so many digits."""
    return st.text("0123456789abcdef", min_size=size, max_size=size)


ON_TAPE = st.builds(
    OnTape,
    st.lists(NAMES, min_size=1, max_size=4).map("/".join),
    st.integers(0, 2**64 - 1),
    st.none() | st.integers(0, 2**64 - 1),
    st.lists(
        st.tuples(
            st.sampled_from(["ltfs.hash.md5sum", "ltfs.hash.sha1sum", "user.x"]),
            st.sampled_from([0, 6, 32, 40]).flatmap(hexadecimal),
        ),
        max_size=2,
    ).map(tuple),
)


def unclashing(files: list[OnTape]) -> bool:
    """Whether no name is that of a file and of another or of a folder."""
    paths = [file.path for file in files]
    inside = {path[:at] for path in paths for at, byte in enumerate(path) if byte == "/"}
    return len(set(paths)) == len(paths) and not inside & set(paths)


def told(folder: ET.Element, above: str = "") -> Iterator[tuple[object, ...]]:
    """What another parser tells of the files in a folder."""
    for entry in folder.iterfind("contents/*"):
        name = entry.find("name")
        assert name is not None
        assert name.text is not None
        coded = name.get("percentencoded") == "true"
        path = above + (unquote(name.text) if coded else name.text)
        if entry.tag == "directory":
            yield from told(entry, f"{path}/")
            continue
        blocks = [int(each.text or "") for each in entry.iterfind("extentinfo/extent/startblock")]
        digests = {
            kind: value
            for each in entry.iterfind("extendedattributes/xattr")
            if (key := each.findtext("key") or "").startswith("ltfs.hash.")
            and (kind := key.removeprefix("ltfs.hash.").removesuffix("sum"))
            and len(value := each.findtext("value") or "") == 2 * hashlib.new(kind).digest_size
        }
        yield path, int(entry.findtext("length") or ""), blocks[0] if blocks else None, digests


@given(st.lists(ON_TAPE, max_size=6).filter(unclashing))
def test_an_index_says_to_another_parser_what_it_says_to_us(
    tmp_path_factory: pytest.TempPathFactory, files: list[OnTape]
) -> None:
    path = written(tmp_path_factory.mktemp("index"), material.index(files))
    root = ET.parse(path).getroot().find("directory")  # noqa: S314 - our own
    assert root is not None

    volume = lto.read_ltfs(path)

    assert [
        (file.path, file.size, file.block, dict(file.digests)) for file in volume.files
    ] == list(told(root))
    assert len(volume.files) == len(files)


@pytest.mark.slow
def test_a_large_index_is_read_in_little_memory(tmp_path: Path) -> None:
    path = tmp_path / "large.xml"
    text = material.index([OnTape("Day/a.mov", 1, 1)])
    before, name, behind = text.partition("<fileuid>2</fileuid>")
    comment = f"<comment>{'x' * 500_000}</comment>"
    with path.open("w") as file:
        file.write(before)
        file.writelines(comment for _ in range(500))
        file.write(name + behind)
    script = (
        "import sys; from reelpack import lto\n"
        "volume = lto.read_ltfs(sys.argv[1])\n"
        # What `getrusage` tells includes the process that started this one.
        "status = open('/proc/self/status').read().partition('VmHWM:')[2]\n"
        "print(len(volume.files), status.split()[0])"
    )

    run = subprocess.run(
        [sys.executable, "-c", script, path], capture_output=True, text=True, check=True
    )

    files, kibibytes = map(int, run.stdout.split())
    assert path.stat().st_size > 250_000_000
    assert files == 1
    assert kibibytes < 150_000


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
