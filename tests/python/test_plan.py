"""Zips that are read or sent without ever being written."""

from __future__ import annotations

import io
import os
import random
import signal
import threading
import time
import zipfile
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
import reelpack
from material.commands import reelpack as run_reelpack
from material.commands import start
from material.trace import traced

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MIB = 1 << 20
HELD = 4 * MIB
"""Above this size a file is not held in memory between being hashed and being sent."""

SIZES = [0, 1, 4095, 4096, 4097, 70_000, HELD, HELD + 1, 6 * MIB]


@pytest.fixture
def shot(tmp_path: Path) -> Path:
    """Frames of many sizes, one below another folder."""
    rng = random.Random(3)
    folder = tmp_path / "shot"
    (folder / "sub").mkdir(parents=True)
    for number, size in enumerate(SIZES):
        (folder / f"a.{number:04d}.dpx").write_bytes(rng.randbytes(size))
    (folder / "sub" / "b.0001.dpx").write_bytes(b"below")
    (folder / "sub" / ".DS_Store").write_bytes(b"debris")
    return folder


@pytest.fixture
def packed(shot: Path) -> bytes:
    """The zip of it."""
    target = shot.with_name("packed.zip")
    reelpack.pack(shot, target, clone="never", state=False)
    return target.read_bytes()


@pytest.fixture
def listed(shot: Path) -> Path:
    """The same with lists beside the frames."""
    reelpack.checksum(shot, state=False).write()
    return shot


def whole(plan: reelpack.ZipPlan) -> bytes:
    return plan.open().read() or b""


def sent(plan: reelpack.ZipPlan) -> bytes:
    """All that it streams."""
    buffer = io.BytesIO()
    plan.stream(buffer.write)
    return buffer.getvalue()


def test_planning_reads_no_frame_and_knows_the_size(shot: Path, packed: bytes) -> None:
    for frame in shot.rglob("*.dpx"):
        os.utime(frame, (0, 0))

    plan = reelpack.plan(shot)

    assert plan.size == len(packed)
    assert [member.name for member in plan.members][-2:] == ["b.0001.dpx", "checksum.txt"]
    assert [member.size for member in plan.members[:-2]] == SIZES
    assert plan.left_out == (reelpack.LeftOut("sub/.DS_Store", "hidden file"),)
    assert plan.clamped == tuple(member.name for member in plan.members[:-1])


@pytest.mark.parametrize("get", [whole, sent])
def test_it_is_the_zip_that_pack_writes(
    shot: Path, packed: bytes, get: Callable[[reelpack.ZipPlan], bytes]
) -> None:
    assert get(reelpack.plan(shot)) == packed


@pytest.mark.parametrize("get", [whole, sent])
def test_lists_that_are_there_change_nothing(
    listed: Path, packed: bytes, get: Callable[[reelpack.ZipPlan], bytes]
) -> None:
    assert get(reelpack.plan(listed)) == packed


@pytest.mark.parametrize("get", [whole, sent])
def test_with_folders_it_is_the_zip_that_has_them(
    shot: Path, get: Callable[[reelpack.ZipPlan], bytes]
) -> None:
    path = shot.with_name("tree.zip")
    reelpack.pack(shot, path, tree=True, zone="Asia/Tokyo", clone="never")

    assert get(reelpack.plan(shot, tree=True, zone="Asia/Tokyo")) == path.read_bytes()


def test_python_reads_it_as_any_other_zip(shot: Path) -> None:
    plan = reelpack.plan(shot)

    with zipfile.ZipFile(plan.open()) as archive:
        assert archive.testzip() is None
        assert archive.read("b.0001.dpx") == b"below"
        for member, info in zip(plan.members, archive.infolist(), strict=True):
            assert (member.name, member.offset) == (info.filename, info.header_offset)
            assert member.size == info.file_size


@pytest.mark.parametrize("aligned", [False, True])
def test_offsets_are_where_the_bytes_are(shot: Path, *, aligned: bool) -> None:
    plan = reelpack.plan(shot, aligned=aligned)
    content = whole(plan)

    for member in plan.members:
        data = content[member.data_offset : member.data_offset + member.size]
        path = shot / ("sub" if member.name.startswith("b") else "") / member.name
        if member.name == "checksum.txt":
            assert data.decode() == reelpack.checksum(shot, root=True)[0].text
            continue
        assert content[member.offset :].startswith(b"PK\x03\x04")
        assert data == path.read_bytes()
        if aligned and member.size >= 4096:
            assert member.data_offset % 4096 == 0


@pytest.mark.parametrize("aligned", [False, True])
@pytest.mark.parametrize("with_lists", [False, True])
def test_threads_read_any_ranges_in_any_order(
    shot: Path, *, aligned: bool, with_lists: bool
) -> None:
    content = whole(reelpack.plan(shot, aligned=aligned))
    if with_lists:
        reelpack.checksum(shot).write()
    plan = reelpack.plan(shot, aligned=aligned)

    def wrong_ranges(seed: int) -> list[tuple[int, int]]:
        rng, file, wrong = random.Random(seed), plan.open(), []
        for _ in range(200):
            offset, count = rng.randrange(plan.size + 10), rng.choice([1, 29, 4096, 90_000, MIB])
            file.seek(offset)
            if file.read(count) != content[offset : offset + count]:
                wrong.append((offset, count))
        return wrong

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(wrong_ranges, range(4))) == [[], [], [], []]


def test_the_end_can_be_read_first(shot: Path, packed: bytes) -> None:
    file = reelpack.plan(shot).open()

    file.seek(-100, io.SEEK_END)

    assert file.read() == packed[-100:]


def overwrite(frame: Path) -> None:
    with frame.open("r+b") as file:
        file.write(b"x")


def hide(frame: Path) -> None:
    """Change it, and set the time back."""
    about = frame.stat()
    overwrite(frame)
    os.utime(frame, ns=(about.st_atime_ns, about.st_mtime_ns))


def grow(frame: Path) -> None:
    with frame.open("ab") as file:
        file.write(b"x")


def cut(frame: Path) -> None:
    os.truncate(frame, 10)


@pytest.mark.parametrize("change", [overwrite, hide, grow, cut])
def test_a_frame_that_changed_is_an_error_when_it_is_read(
    shot: Path, packed: bytes, change: Callable[[Path], None]
) -> None:
    plan = reelpack.plan(shot)
    frame = shot / "a.0005.dpx"
    before, member = plan.members[4:6]
    whole(plan)
    change(frame)
    file = plan.open()

    # What lies before it can still be had, and so can the list: its digest was taken in time.
    assert file.read(member.offset) == packed[: member.offset]
    file.seek(member.data_offset + 5)
    with pytest.raises(reelpack.SourceChangedError) as caught:
        file.read(1)
    assert caught.value.path == str(frame)
    file.seek(before.data_offset)
    assert file.read(before.size) == packed[before.data_offset : member.offset]
    file.seek(plan.members[-1].offset)
    assert file.read() == packed[plan.members[-1].offset :]


@pytest.mark.parametrize("change", [overwrite, hide, grow, cut])
@pytest.mark.parametrize("get", [whole, sent])
def test_a_frame_that_changed_before_it_was_ever_read_is_an_error(
    shot: Path, change: Callable[[Path], None], get: Callable[[reelpack.ZipPlan], bytes]
) -> None:
    plan = reelpack.plan(shot)
    change(shot / "a.0005.dpx")

    with pytest.raises(reelpack.SourceChangedError) as caught:
        get(plan)

    assert caught.value.path == str(shot / "a.0005.dpx")


@pytest.mark.parametrize("get", [whole, sent])
def test_a_frame_that_is_gone_is_an_error(
    shot: Path, get: Callable[[reelpack.ZipPlan], bytes]
) -> None:
    plan = reelpack.plan(shot)
    (shot / "a.0005.dpx").unlink()

    with pytest.raises(FileNotFoundError) as caught:
        get(plan)

    assert caught.value.filename == str(shot / "a.0005.dpx")


def test_a_frame_that_changes_between_being_hashed_and_being_sent_is_an_error(shot: Path) -> None:
    """Large ones are read twice. Their bytes have gone out then, but no directory will."""
    plan = reelpack.plan(shot, jobs=1, readers=1)
    frame = shot / "a.0008.dpx"
    last = plan.members[8]
    done = 0

    def write(piece: bytes) -> None:
        nonlocal done
        done += len(piece)
        if done == last.data_offset:
            hide(frame)

    with pytest.raises(reelpack.SourceChangedError) as caught:
        plan.stream(write)

    assert caught.value.path == str(frame)
    assert done <= last.data_offset + last.size


@pytest.mark.parametrize("get", [whole, sent])
def test_a_list_that_is_wrong_is_an_error(
    listed: Path, get: Callable[[reelpack.ZipPlan], bytes]
) -> None:
    path = listed / "checksum.txt"
    lines = path.read_text().splitlines(keepends=True)
    lines[5] = lines[5][:-33] + "0" * 32 + "\n"
    path.write_text("".join(lines))
    plan = reelpack.plan(listed)

    with pytest.raises(reelpack.PackageError, match="has another digest than its list") as caught:
        get(plan)

    assert caught.value.path == str(listed / "a.0005.dpx")


def test_a_list_with_another_size_is_an_error_at_once(listed: Path) -> None:
    grow(listed / "a.0005.dpx")

    with pytest.raises(reelpack.PackageError, match="has another size than its list") as caught:
        reelpack.plan(listed)

    assert caught.value.path == str(listed / "a.0005.dpx")


def test_what_writing_raises_comes_out(shot: Path) -> None:
    class Full(Exception):  # noqa: N818  (no error, a sign)
        pass

    done: list[int] = []

    def write(piece: bytes) -> None:
        done.append(len(piece))
        if sum(done) > MIB:
            raise Full("of it")

    with pytest.raises(Full, match="of it"):
        reelpack.plan(shot).stream(write)

    assert sum(done[:-1]) <= MIB


def test_streaming_tells_how_far_it_is_and_lets_others_run(shot: Path, packed: bytes) -> None:
    told: list[reelpack.Progress] = []
    threads = set()

    def write(_: bytes) -> None:
        threads.add(threading.get_ident())
        time.sleep(0.05)

    reelpack.plan(shot).stream(write, progress=told.append)

    assert packed
    assert told[-1].bytes_done > 0
    assert threading.get_ident() not in threads


def test_what_progress_raises_stops_the_stream_at_its_next_piece(shot: Path) -> None:
    """As Ctrl-C does, also where what is written goes a slow way."""
    stopped = False
    late = 0

    def stop(_: reelpack.Progress) -> None:
        nonlocal stopped
        stopped = True
        raise StopAsyncIteration("enough")

    def write(_: bytes) -> None:
        nonlocal late
        late += stopped
        time.sleep(0.1)

    with pytest.raises(StopAsyncIteration, match="enough"):
        reelpack.plan(shot).stream(write, progress=stop)

    assert late <= 2


def test_the_state_spares_a_plan_the_first_reading(shot: Path, packed: bytes) -> None:
    time.sleep(3.2)
    whole(reelpack.plan(shot))
    plan = reelpack.plan(shot, cached=True)

    file = plan.open()
    file.seek(plan.members[-1].offset)
    (shot / "a.0005.dpx").unlink()

    # Nothing of it has to be read: neither the list nor the directory says what is not known.
    assert file.read() == packed[plan.members[-1].offset :]


def test_the_command_streams_what_pack_writes(shot: Path, packed: bytes) -> None:
    target = shot.with_name("streamed.zip")
    with target.open("wb") as file:
        process = start("zip", shot, "--to", "-", stdout=file)
        _, said = process.communicate()

    assert process.returncode == 0, said
    assert target.read_bytes() == packed
    assert f"wrote <stdout>: {len(SIZES) + 2} members, " in said


def test_the_command_opens_small_frames_once(shot: Path) -> None:
    trace = traced("zip", "--quiet", shot, "--to", "-", "--no-state")

    once = [name for name in trace.opened(".dpx") if trace.opened(".dpx").count(name) == 1]
    assert once == [f"a.{number:04d}.dpx" for number in range(7)] + ["b.0001.dpx"]


def test_a_reader_that_goes_away_is_an_error(shot: Path) -> None:
    reading, writing = os.pipe()
    process = start("zip", "--quiet", shot, "--to", "-", stdout=writing)
    os.close(writing)
    os.close(reading)
    _, said = process.communicate()

    assert process.returncode == 2
    assert said == "reelpack: error: <stdout>: its reader went away\n"


@pytest.mark.parametrize(("signum", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_ends_a_stream_that_nobody_reads(
    shot: Path, signum: signal.Signals, code: int
) -> None:
    reading, writing = os.pipe()
    process = start("zip", shot, "--to", "-", stdout=writing)
    os.close(writing)
    os.read(reading, 1)  # it has begun, and has more to write than a pipe holds
    process.send_signal(signum)
    try:
        _, said = process.communicate(timeout=5)
    finally:
        process.kill()
        process.communicate()
        os.close(reading)

    assert process.returncode == code
    assert said.splitlines()[-1] == f"reelpack: stopped by {signum.name}"


def test_a_frame_that_is_not_as_its_list_says_stops_the_command(listed: Path) -> None:
    hide(listed / "a.0005.dpx")

    run = run_reelpack("zip", "--quiet", listed, "--to", listed.with_name("x.zip"))
    assert run.returncode == 0, run.stderr
    with listed.with_name("y.zip").open("wb") as file:
        process = start("zip", "--quiet", listed, "--to", "-", stdout=file)
        _, said = process.communicate()

    assert process.returncode == 2
    first, hint = said.splitlines()
    assert first.startswith(
        f"reelpack: error: {listed}/a.0005.dpx: has another digest than its list"
    )
    assert hint == "hint: `reelpack verify` tells more"
