"""Digests of files that get no list."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest
import reelpack
from material.needs import give_up, need
from reelpack.algorithms import ALGORITHMS

ORDER = """
import pathlib, sys, reelpack
job = {"digests": lambda tape: reelpack.digests(sorted(tape.iterdir())),
       "checksum": lambda tape: reelpack.checksum(tape, state=False),
       "copy": lambda tape: reelpack.copy(tape, tape.parent / "copy", state=False)}
job[sys.argv[1]](pathlib.Path(sys.argv[2]))
"""


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    made = []
    for n, size in enumerate((0, 1, 70_000, 3_000_000)):
        folder = tmp_path / f"card {n % 2}"
        folder.mkdir(exist_ok=True)
        made.append(folder / f"{n}.mov")
        made[-1].write_bytes(bytes([n + 1]) * size)
    return made


def test_digests_are_those_of_hashlib(files: list[Path]) -> None:
    for jobs, readers in ((None, None), (1, 1), (2, 3)):
        algorithms = ("sha1", "md5", "sha256")
        found = reelpack.digests(files, algorithms=algorithms, jobs=jobs, readers=readers)

        assert [each.path for each in found] == [str(path) for path in files]
        for path, each in zip(files, found, strict=True):
            content = path.read_bytes()
            want = [(name, hashlib.new(name, content).hexdigest()) for name, _ in each.digests]
            assert list(each.digests) == want
            assert each.hexdigest == hashlib.sha1(content).hexdigest()  # noqa: S324  (asked for)
            assert each.size == len(content)


def test_digests_are_those_of_xxhsum(files: list[Path]) -> None:
    need("xxhsum", "--version")
    for name, option in (("xxh64", "-H64"), ("xxh128", "-H128"), ("xxh3", "-H3")):
        found = reelpack.digests(files, algorithms=[name])
        said = subprocess.run(
            ["xxhsum", option, *files], capture_output=True, text=True, check=True
        )
        want = [line.split(maxsplit=1)[0] for line in said.stdout.splitlines()]
        if name == "xxh3":
            want = [
                line.split(" = ")[-1].removeprefix("XXH3_") for line in said.stdout.splitlines()
            ]
        assert [each.hexdigest for each in found] == want


def test_every_algorithm_comes_from_one_pass(files: list[Path]) -> None:
    seen: list[reelpack.Progress] = []

    found = reelpack.digests(files, algorithms=ALGORITHMS, progress=seen.append)

    assert [name for name, _ in found[0].digests] == list(ALGORITHMS)
    assert seen[-1].bytes_done == sum(path.stat().st_size for path in files)


def test_no_file_is_an_empty_answer() -> None:
    assert reelpack.digests([]) == ()


@pytest.mark.parametrize(
    ("name", "error", "said"),
    [
        ("gone", FileNotFoundError, "No such file"),
        ("card 0", IsADirectoryError, "Is a directory"),
        ("pipe", OSError, "not a regular file"),
    ],
)
def test_what_has_no_bytes_is_named(
    tmp_path: Path, files: list[Path], name: str, error: type[OSError], said: str
) -> None:
    os.mkfifo(tmp_path / "pipe")

    with pytest.raises(error, match=said) as caught:
        reelpack.digests([*files, tmp_path / name])

    assert caught.value.filename == str(tmp_path / name)


def test_a_name_that_is_not_utf_8_is_kept(tmp_path: Path) -> None:
    path = os.fsdecode(os.fsencode(tmp_path) + b"/\xff.mov")
    Path(path).write_bytes(b"a")

    assert reelpack.digests([path])[0].path == path


def test_what_makes_no_sense_is_refused(files: list[Path]) -> None:
    with pytest.raises(ValueError, match="readers"):
        reelpack.digests(files, readers=0)
    with pytest.raises(ValueError, match="crc32"):
        reelpack.digests(files, algorithms=["crc32"])


@pytest.mark.parametrize("job", ["digests", "checksum", "copy"])
def test_a_tape_is_read_in_the_order_of_its_blocks_by_one_reader(tmp_path: Path, job: str) -> None:
    """What LTFS tells by attributes is set on a disk; what is opened when, strace tells."""
    need("strace", "-o", "/dev/null", "true")
    tape = tmp_path / "tape"
    tape.mkdir()
    order = {"c.mov": 3, "a.mov": 9, "d.mov": 20, "b.mov": 400}
    try:
        os.setxattr(tape, "user.ltfs.fileUID", b"1")
    except OSError as error:
        give_up(f"this disk has no extended attributes: {error}")
    for name, block in order.items():
        (tape / name).write_bytes(name.encode() * 1000 * block)
        os.setxattr(tape / name, "user.ltfs.startblock", str(block).encode())
        os.setxattr(tape / name, "user.ltfs.fileUID", b"2")
    log = tmp_path / "log"

    strace: list[str | Path] = ["strace", "-f", "-e", "trace=openat", "-o", log]
    subprocess.run([*strace, sys.executable, "-c", ORDER, job, tape], check=True)

    lines = log.read_text().splitlines()
    opened = [line.split('"')[1] for line in lines if f'"{tape}/' in line and "O_RDONLY" in line]
    names = [Path(path).name for path in opened if path.endswith(".mov")]
    # A copy looks at one file first, to see whether its blocks could be shared.
    assert names[-4:] == list(order)
