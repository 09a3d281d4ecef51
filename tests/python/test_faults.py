"""What goes wrong on real disks: one line that says so, and nothing half done left behind."""

from __future__ import annotations

import errno
import json
import os
import subprocess
from typing import TYPE_CHECKING

import pytest
import reelpack
from material.commands import reelpack as run_reelpack

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from material.commands import Completed

OLD_LIST = "the list of yesterday\n"


def complaint(run: Completed) -> str:
    """The one line that says what went wrong, from a command that could not answer."""
    assert run.returncode == 2, run.stderr
    lines = [line for line in run.stderr.splitlines() if line.startswith("reelpack: error: ")]
    assert len(lines) == 1, run.stderr
    assert "Traceback" not in run.stderr
    return lines[0]


@pytest.fixture
def shot(tmp_path: Path) -> Path:
    """A folder with one plain frame."""
    folder = tmp_path / "shot"
    folder.mkdir()
    (folder / "a.0001.dpx").write_bytes(b"frame")
    return folder


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 4 MiB."""
    folder = tmp_path / "small"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=4m", "reelpack", str(folder)]
    mounted = os.geteuid() == 0 and subprocess.run(mount, check=False).returncode == 0
    if not mounted:
        pytest.skip("mounting a small file system needs root, and a system that allows it")
    yield folder
    subprocess.run(["umount", "--lazy", folder], check=True)


def test_a_full_disk_stops_zip_and_leaves_nothing(shot: Path, small_disk: Path) -> None:
    (shot / "b.mov").write_bytes(bytes(6 << 20))

    run = run_reelpack("zip", "--quiet", shot, "-t", small_disk)

    assert os.strerror(errno.ENOSPC) in complaint(run)
    assert list(small_disk.iterdir()) == []


def test_a_disk_that_fills_up_while_frames_are_packed_is_an_oserror(
    shot: Path, small_disk: Path
) -> None:
    for number in range(60):
        (shot / f"b.{number:04d}.dpx").write_bytes(bytes(100_000))

    with pytest.raises(OSError, match=os.strerror(errno.ENOSPC)) as caught:
        reelpack.pack(shot, small_disk / "shot.zip")

    assert caught.value.errno == errno.ENOSPC
    assert list(small_disk.iterdir()) == []


def test_a_full_disk_keeps_the_list_that_was_there(small_disk: Path) -> None:
    (small_disk / "checksum.txt").write_text(OLD_LIST)
    (small_disk / "a.0001.dpx").write_bytes(b"frame")
    fill_up(small_disk / "b.0001.dpx")

    run = run_reelpack("checksum", "--quiet", small_disk)

    assert os.strerror(errno.ENOSPC) in complaint(run)
    assert (small_disk / "checksum.txt").read_text() == OLD_LIST
    assert len(list(small_disk.iterdir())) == 3


def fill_up(path: Path) -> None:
    """Write to ``path`` until not one byte more fits."""
    with path.open("wb", buffering=0) as file:
        for size in (1 << 20, 1 << 12, 1):
            try:
                while True:
                    file.write(bytes(size))
            except OSError as error:
                assert error.errno == errno.ENOSPC  # noqa: PT017 - it ends the filling


@pytest.mark.parametrize("command", ["checksum", "zip"])
@pytest.mark.parametrize("kind", ["file", "folder"])
def test_what_an_ordinary_user_cannot_read_is_an_error(shot: Path, command: str, kind: str) -> None:
    locked = shot / "locked.dpx"
    locked.touch() if kind == "file" else locked.mkdir()
    locked.chmod(0o000)

    run = run_reelpack(command, "--quiet", "--no-state", shot, unprivileged=True)

    locked.chmod(0o700)
    assert f"{locked}: {os.strerror(errno.EACCES)}" in complaint(run)
    assert sorted(path.name for path in shot.parent.iterdir()) == ["shot"]
    assert sorted(path.name for path in shot.iterdir()) == ["a.0001.dpx", "locked.dpx"]


def test_a_listed_file_that_cannot_be_read_is_a_finding(shot: Path) -> None:
    (shot / "b.0001.dpx").write_bytes(b"frame")
    reelpack.checksum(shot).write()
    (shot / "b.0001.dpx").chmod(0o000)

    run = run_reelpack("verify", "--json", shot, unprivileged=True)

    assert run.returncode == 1, run.stderr
    (finding,) = json.loads(run.stdout)["findings"]
    assert (finding["path"], finding["status"]) == ("b.0001.dpx", "unreadable")


@pytest.mark.parametrize("command", ["checksum", "zip"])
def test_a_name_that_is_not_utf_8_is_an_error(shot: Path, command: str) -> None:
    os.close(os.open(os.fsencode(shot) + b"/\xff.dpx", os.O_CREAT))

    run = run_reelpack(command, "--quiet", shot)

    assert ".dpx" in complaint(run)
    assert not (shot / "checksum.txt").exists()
    assert sorted(path.name for path in shot.parent.iterdir()) == ["shot"]
    with pytest.raises(reelpack.ReelpackError):
        reelpack.checksum(shot)


def test_verify_names_a_file_that_is_not_utf_8_in_hex(shot: Path) -> None:
    reelpack.checksum(shot).write()
    os.close(os.open(os.fsencode(shot) + b"/\xff.dpx", os.O_CREAT))

    run = run_reelpack("verify", "--json", shot)

    assert run.returncode == 1
    (finding,) = json.loads(run.stdout)["findings"]
    assert finding["status"] == "extra"
    assert finding["path"] == "\N{REPLACEMENT CHARACTER}.dpx"
    assert bytes.fromhex(finding["path_bytes"]) == b"\xff.dpx"


@pytest.mark.parametrize("name", ["tab\there.dpx", "line\nhere.dpx"], ids=ascii)
@pytest.mark.parametrize("command", ["checksum", "zip"])
def test_a_name_the_list_cannot_hold_is_an_error(shot: Path, command: str, name: str) -> None:
    (shot / name).touch()

    run = run_reelpack(command, "--quiet", shot)

    assert "here.dpx" in complaint(run)
    assert sorted(path.name for path in shot.parent.iterdir()) == ["shot"]
    assert not (shot / "checksum.txt").exists()


def test_a_target_that_is_there_is_refused_without_force(shot: Path) -> None:
    target = shot.with_name("shot.zip")
    target.write_bytes(b"precious")

    run = run_reelpack("zip", "--quiet", shot)

    assert str(target) in complaint(run)
    assert "--force" in run.stderr
    assert target.read_bytes() == b"precious"
    with pytest.raises(FileExistsError) as caught:
        reelpack.pack(shot, target)
    assert caught.value.filename == str(target)


def test_a_target_that_is_there_is_replaced_with_force(shot: Path) -> None:
    target = shot.with_name("shot.zip")
    target.write_bytes(b"not precious")

    run = run_reelpack("zip", "--quiet", "--force", shot)

    assert run.returncode == 0, run.stderr
    assert reelpack.verify(target).ok
    assert sorted(path.name for path in shot.parent.iterdir()) == ["shot", "shot.zip"]


@pytest.mark.parametrize("through", ["itself", "a folder", "a link"])
def test_a_target_inside_the_source_is_refused(shot: Path, through: str) -> None:
    (shot / "sub").mkdir()
    shot.with_name("link").symlink_to(shot / "sub")
    folder = {"itself": shot, "a folder": shot / "sub", "a link": shot.with_name("link")}[through]

    run = run_reelpack("zip", "--quiet", "--force", shot, "-t", folder)

    assert complaint(run)
    assert not list(shot.parent.rglob("*.zip"))
    assert list((shot / "sub").iterdir()) == []
    with pytest.raises((reelpack.ReelpackError, ValueError)):
        reelpack.pack(shot, folder / "shot.zip")


@pytest.mark.parametrize("arguments", [["checksum", "--root"], ["zip"]], ids=" ".join)
def test_two_files_of_one_base_name_are_both_named(shot: Path, arguments: list[str]) -> None:
    (shot / "sub").mkdir()
    (shot / "sub" / "a.0001.dpx").write_bytes(b"another")

    run = run_reelpack(*arguments, "--quiet", shot)

    assert complaint(run).count("a.0001.dpx") >= 2
    assert "sub/a.0001.dpx" in complaint(run)
    assert not (shot / "checksum.txt").exists()
    assert sorted(path.name for path in shot.parent.iterdir()) == ["shot"]


@pytest.mark.parametrize("arguments", [["checksum"], ["checksum", "--root"], ["zip"]])
def test_a_folder_with_nothing_to_list_is_an_error(tmp_path: Path, arguments: list[str]) -> None:
    empty = tmp_path / "empty"
    (empty / ".hidden").mkdir(parents=True)
    (empty / ".hidden" / "a.dpx").touch()

    run = run_reelpack(*arguments, "--quiet", empty)

    assert str(empty) in complaint(run)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["empty"]
