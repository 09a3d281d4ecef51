"""Zips and copies that share blocks with their source, on file systems of our own making."""

from __future__ import annotations

import errno
import os
import random
import shutil
import threading
import time
import zipfile
from concurrent.futures import ThreadPoolExecutor
from typing import IO, TYPE_CHECKING

import pytest
import reelpack
from material.commands import reelpack as run_reelpack
from material.commands import start
from material.compare import differences, same_bytes
from material.frames import Sequence, write_frames
from material.mounts import MIB, mounted
from material.readers import EXTRACTORS, TESTERS, use

if TYPE_CHECKING:
    import io
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from material.commands import Completed

pytestmark = pytest.mark.slow

SHARING = ["xfs", "btrfs"]
"""File systems whose files can share blocks."""

AGE = 3.2
"""Seconds after which what was read is remembered: fresher files might change without a trace."""

FRAMES = 20
ODD = {"0.tiny.dpx": 100, "0.block.dpx": 4096, "0.tail.dpx": 8193, "0.empty.dpx": 0}
"""Further files, by size: less than a block, exactly one, two and a byte, nothing."""


@pytest.fixture(scope="module")
def xfs() -> Iterator[Path]:
    with mounted("xfs", 400 * MIB) as disk:
        fill(disk)
        yield disk


@pytest.fixture(scope="module")
def btrfs() -> Iterator[Path]:
    with mounted("btrfs", 400 * MIB) as disk:
        fill(disk)
        yield disk


@pytest.fixture(scope="module")
def ext4() -> Iterator[Path]:
    with mounted("ext4") as disk:
        fill(disk)
        yield disk


def fill(disk: Path) -> None:
    """Make a folder of 65 MB of frames."""
    write_frames(disk / "shot", FRAMES, Sequence(1024, 768))
    rng = random.Random(5)
    for name, size in ODD.items():
        (disk / "shot" / name).write_bytes(rng.randbytes(size))
    os.sync()


@pytest.fixture(params=SHARING)
def disk(request: pytest.FixtureRequest) -> Iterator[Path]:
    """A file system whose files can share blocks, with a source on it and nothing else."""
    yield from cleared(request.getfixturevalue(request.param))


@pytest.fixture
def plain_disk(ext4: Path) -> Iterator[Path]:
    """One whose files cannot."""
    yield from cleared(ext4)


def cleared(disk: Path) -> Iterator[Path]:
    before = set(disk.iterdir())
    yield disk
    for path in set(disk.iterdir()) - before:
        shutil.rmtree(path) if path.is_dir() else path.unlink()


def used(disk: Path) -> int:
    """Bytes of a file system that hold something, once all is written down."""
    # Freed and reserved blocks are counted when the disk has heard of them.
    for _ in range(2):
        os.sync()
    about = os.statvfs(disk)
    return (about.f_blocks - about.f_bfree) * about.f_frsize


def size_of(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.iterdir())


def complaint(run: Completed) -> str:
    """The one line that says what went wrong, before its hint."""
    assert run.returncode == 2, run.stderr
    what, *hints = run.stderr.splitlines()
    assert what.startswith("reelpack: error: ")
    assert all(line.startswith("hint: ") for line in hints)
    return what


def test_a_cloned_zip_takes_no_room_of_its_own(disk: Path) -> None:
    before = used(disk)

    package = reelpack.pack(disk / "shot", disk / "shot.zip", clone="always")

    assert package.cloned == FRAMES + 2
    assert {name for name, way in package.ways.items() if way == "copied"} == {
        "0.tiny.dpx",
        "0.empty.dpx",
    }
    assert used(disk) - before < size_of(disk / "shot") / 100


def test_a_copied_zip_takes_its_size(disk: Path) -> None:
    before = used(disk)

    reelpack.pack(disk / "shot", disk / "shot.zip", clone="never")

    assert used(disk) - before > size_of(disk / "shot") * 0.99


def test_a_cloned_copy_takes_no_room_of_its_own(disk: Path) -> None:
    before = used(disk)

    copied = reelpack.copy(disk / "shot", disk / "copy", clone="always", verify=True)

    assert (copied.cloned, copied.verified) == (FRAMES + 2, True)
    assert used(disk) - before < size_of(disk / "shot") / 100
    copied.lists[0].write(disk / "shot" / "checksum.txt")
    assert differences(disk / "copy", disk / "shot", times=True) == []
    (disk / "shot" / "checksum.txt").unlink()


def test_the_command_says_how_many_are_cloned(disk: Path) -> None:
    run = run_reelpack("zip", "--quiet", disk / "shot", "--clone", "always")

    assert run.returncode == 0, run.stderr
    assert run.stdout.startswith(f"wrote {disk}/shot.zip: {FRAMES + 5} members, ")
    assert run.stdout.endswith(f"/s, {FRAMES + 2} cloned\n")


def cloned(source: Path, target: Path) -> None:
    assert reelpack.pack(source, target, clone="always").cloned > 0


def copied(source: Path, target: Path) -> None:
    assert reelpack.pack(source, target, clone="never").cloned == 0


def streamed(source: Path, target: Path) -> None:
    """Take what the command writes to its standard output."""
    with target.open("wb") as file:
        process = start("zip", "--quiet", source, "--to", "-", stdout=file)
        _, said = process.communicate()
    assert process.returncode == 0, said


def planned(source: Path, target: Path) -> None:
    """Read a zip that was never written, from its start to its end."""
    with reelpack.plan(source).open() as plan, target.open("wb") as file:
        shutil.copyfileobj(plan, file, MIB)


def aligned(source: Path, target: Path) -> None:
    """The same with its members on whole blocks."""
    with reelpack.plan(source, aligned=True).open() as plan, target.open("wb") as file:
        shutil.copyfileobj(plan, file, MIB)


WAYS = [cloned, copied, streamed, planned, aligned]


@pytest.fixture(scope="module", params=WAYS, ids=lambda way: way.__name__)
def package(request: pytest.FixtureRequest, xfs: Path) -> Iterator[Path]:
    """A zip that was made in one of these ways."""
    path = xfs / f"{request.param.__name__}.zip"
    request.param(xfs / "shot", path)
    yield path
    path.unlink()


@pytest.mark.parametrize("command", TESTERS, ids=lambda command: command[0])
def test_other_readers_accept_it(package: Path, tmp_path: Path, command: list[str]) -> None:
    use(command, package, tmp_path)


@pytest.mark.parametrize("command", EXTRACTORS, ids=lambda command: command[0])
def test_other_readers_unpack_the_frames(package: Path, tmp_path: Path, command: list[str]) -> None:
    unpacked = tmp_path / "unpacked"
    unpacked.mkdir()

    use(command, package, unpacked)

    (unpacked / "checksum.txt").unlink()
    assert differences(unpacked, package.with_name("shot")) == []
    shutil.rmtree(unpacked)


def test_python_and_verify_accept_it(package: Path) -> None:
    with zipfile.ZipFile(package) as archive:
        assert archive.testzip() is None
        assert archive.namelist()[-1] == "checksum.txt"
    assert reelpack.verify(package).ok


def test_what_is_padded_is_the_plan_of_what_is_padded(disk: Path) -> None:
    for way in (cloned, aligned):
        way(disk / "shot", disk / way.__name__)

    assert same_bytes(disk / "cloned", disk / "aligned")


def test_what_is_not_padded_is_the_same_in_whatever_way(disk: Path) -> None:
    for way in (copied, streamed, planned):
        way(disk / "shot", disk / way.__name__)

    assert same_bytes(disk / "streamed", disk / "copied")
    assert same_bytes(disk / "planned", disk / "copied")


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """A folder on another file system than any that was made here."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    return folder


@pytest.mark.parametrize("job", ["zip", "copy"])
def test_between_file_systems_bytes_are_copied(disk: Path, elsewhere: Path, job: str) -> None:
    assert_copied(disk / "shot", elsewhere, job)
    assert_refused(disk / "shot", elsewhere, job)


@pytest.mark.parametrize("job", ["zip", "copy"])
def test_on_a_disk_that_cannot_clone_bytes_are_copied(plain_disk: Path, job: str) -> None:
    made = plain_disk / "made"
    made.mkdir()

    assert_copied(plain_disk / "shot", made, job)
    assert_refused(plain_disk / "shot", made, job)


def assert_copied(source: Path, folder: Path, job: str) -> None:
    """What may be cloned is copied, and right."""
    made = reelpack.pack if job == "zip" else reelpack.copy
    result = made(source, folder / "made")
    assert (result.cloned, result.copied) == (0, FRAMES + len(ODD))
    assert reelpack.verify(folder / "made").ok
    shutil.rmtree(folder)
    folder.mkdir()


def assert_refused(source: Path, folder: Path, job: str) -> None:
    """What has to be cloned is refused, and nothing of it is left."""
    target = ["--to", folder / "made.zip"] if job == "zip" else [folder / "made"]
    run = run_reelpack(job, "--quiet", source, *target, "--clone", "always")

    assert f"{target[-1]}" in complaint(run)
    assert "--clone auto" in run.stderr
    assert [path for path in folder.rglob("*") if not path.is_dir()] == []


@pytest.mark.parametrize("job", ["zip", "copy"])
def test_the_source_stays_as_it_is(disk: Path, job: str) -> None:
    before = {path: marks(path) for path in (disk / "shot").iterdir()}

    clone(job, disk)

    assert {path: marks(path) for path in (disk / "shot").iterdir()} == before


def marks(path: Path) -> tuple[int, int, int, int]:
    about = path.stat()
    return about.st_size, about.st_mtime_ns, about.st_ctime_ns, about.st_ino


def clone(job: str, disk: Path) -> Path:
    if job == "zip":
        assert reelpack.pack(disk / "shot", disk / "made", clone="always").cloned > 0
    else:
        assert reelpack.copy(disk / "shot", disk / "made", clone="always").cloned > 0
    return disk / "made"


@pytest.fixture
def own(disk: Path) -> Path:
    """A source that may be changed: three frames."""
    write_frames(disk / "own" / "shot", 3, Sequence(1024, 768))
    return disk / "own"


@pytest.mark.parametrize("job", ["zip", "copy"])
def test_what_is_written_to_the_source_afterwards_is_not_in_the_clone(own: Path, job: str) -> None:
    made = clone(job, own)

    for frame in (own / "shot").iterdir():
        with frame.open("r+b") as file:
            file.write(b"changed" * 10_000)
            os.fsync(file.fileno())

    assert reelpack.verify(made).ok


@pytest.mark.parametrize("job", ["zip", "copy"])
def test_what_is_written_to_the_clone_is_not_in_the_source(own: Path, job: str) -> None:
    reelpack.checksum(own / "shot").write()
    made = clone(job, own)

    for path in [made] if job == "zip" else made.glob("*.dpx"):
        with path.open("r+b") as file:
            file.seek(MIB)
            file.write(b"changed" * 10_000)
            os.fsync(file.fileno())

    assert not reelpack.verify(made).ok
    assert reelpack.verify(own / "shot").ok


@pytest.mark.parametrize("job", ["zip", "copy"])
def test_a_known_frame_that_was_replaced_is_read_again_before_it_is_cloned(
    own: Path, job: str
) -> None:
    time.sleep(AGE)
    reelpack.pack(own / "shot", own / "known.zip", clone="always")
    frame = min((own / "shot").iterdir())
    times = (frame.stat().st_atime_ns, frame.stat().st_mtime_ns)
    other = own / "other"
    other.write_bytes(bytes(frame.stat().st_size))
    os.utime(other, ns=times)
    other.rename(frame)

    function = reelpack.pack if job == "zip" else reelpack.copy
    result = function(own / "shot", own / "made", clone="always", cached=True)

    assert (result.files_read, result.files_trusted, result.cloned) == (1, 2, 3)
    assert reelpack.verify(own / "made").ok


@pytest.mark.parametrize("job", ["zip", "copy"])
def test_frames_that_somebody_writes_to_are_not_cloned(own: Path, job: str) -> None:
    over = threading.Event()
    writer = threading.Thread(target=rewrite, args=(own / "shot", over))
    writer.start()
    target = ["--to", own / "made"] if job == "zip" else [own / "made"]
    try:
        run = run_reelpack(job, "--quiet", own / "shot", *target, "--clone", "always")
    finally:
        over.set()
        writer.join()

    assert f"{own / 'shot'}/" in complaint(run)
    assert "changed" in run.stderr
    assert [path for path in own.rglob("*") if path.is_file() and path.parent.name != "shot"] == []


def rewrite(folder: Path, over: threading.Event) -> None:
    """Change frames in place until it is over, and set their times back as if nothing had been."""
    frames = sorted(folder.iterdir())
    while not over.is_set():
        for frame in frames:
            about = frame.stat()
            with frame.open("r+b") as file:
                file.write(os.urandom(64))
            os.utime(frame, ns=(about.st_atime_ns, about.st_mtime_ns))


def hide(frame: Path) -> None:
    """Change a byte, and set the time back."""
    about = frame.stat()
    with frame.open("r+b") as file:
        file.seek(MIB)
        file.write(b"x")
    os.utime(frame, ns=(about.st_atime_ns, about.st_mtime_ns))


def link(frame: Path) -> None:
    """Give it one more name: a change of the inode alone."""
    os.link(frame, frame.parent.with_name("linked"))


@pytest.mark.parametrize("change", [hide, link])
@pytest.mark.parametrize("job", ["zip", "copy"])
def test_a_change_that_left_the_modification_time_alone_is_one(
    disk: Path, job: str, change: Callable[[Path], None]
) -> None:
    folder = disk / "own" / "shot"
    folder.mkdir(parents=True)
    frame = folder / "a.mov"
    with frame.open("wb") as file:
        file.truncate(512 * MIB)
    before = frame.stat().st_ctime_ns

    def meddle(progress: reelpack.Progress) -> None:
        if progress.bytes_done and frame.stat().st_ctime_ns == before:
            change(frame)

    function = reelpack.pack if job == "zip" else reelpack.copy
    with pytest.raises(reelpack.SourceChangedError) as caught:
        function(folder, disk / "own" / "made", clone="always", progress=meddle)

    assert caught.value.path == str(frame)
    assert not [path for path in disk.rglob("*made*") if path.is_file()]


@pytest.fixture
def full_disk() -> Iterator[Path]:
    """An XFS of 300 MB, full but for 4 MB, with 3,000 frames of a block and a half."""
    with mounted("xfs") as disk:
        folder = disk / "shot"
        folder.mkdir()
        for number in range(3000):
            (folder / f"a.{number:04d}.dpx").write_bytes(b"%06d" % number * 1000)
        fill_up(disk / "filler")
        os.truncate(disk / "filler", (disk / "filler").stat().st_size - 4 * MIB)
        os.sync()
        yield disk


def fill_up(path: Path) -> None:
    """Write to ``path`` until not one block more fits."""
    with path.open("wb", buffering=0) as file:
        for size in (MIB, 4096):
            try:
                while True:
                    file.write(bytes(size))
            except OSError as error:
                assert error.errno == errno.ENOSPC  # noqa: PT017  (it ends the filling)


@pytest.mark.parametrize("clone", ["always", "auto", "never"])
@pytest.mark.parametrize("job", ["zip", "copy"])
def test_a_full_disk_stops_the_job_and_leaves_nothing(
    full_disk: Path, job: str, clone: str
) -> None:
    folder = full_disk / "made"
    folder.mkdir()
    target = folder / ("shot.zip" if job == "zip" else "shot")
    to = ["--to", target] if job == "zip" else [target]

    run = run_reelpack(job, "--quiet", full_disk / "shot", *to, "--clone", clone)

    assert str(target) in complaint(run)
    assert os.strerror(errno.ENOSPC) in complaint(run)
    assert list(folder.rglob(".*")) == []
    assert not target.is_file()


@pytest.mark.timeout(180)
def test_a_cloned_member_over_4_gib_is_where_the_plan_says(xfs: Path, tmp_path: Path) -> None:
    folder, package = xfs / "huge" / "shot", xfs / "huge" / "shot.zip"
    folder.mkdir(parents=True)
    with (folder / "a.mov").open("wb") as frame:
        frame.truncate((1 << 32) + 5)
    (folder / "b.dpx").write_bytes(b"beyond 4 GiB" * 1000)
    time.sleep(AGE)

    made = reelpack.pack(folder, package, clone="always")

    plan = reelpack.plan(folder, aligned=True, cached=True)
    assert (made.cloned, plan.size) == (2, package.stat().st_size)
    with package.open("rb") as zip_file, plan.open() as planned:
        for member in plan.members:
            # The header and what follows it.
            count = member.data_offset - member.offset + min(member.size, MIB)
            assert at(zip_file, member.offset, count) == at(planned, member.offset, count)
        end = plan.members[-1].offset
        assert at(zip_file, end, MIB) == at(planned, end, MIB)
        assert zipfile.ZipFile(planned).read("b.dpx") == (folder / "b.dpx").read_bytes()
    for command in (["7z", "t"], ["bsdtar", "-tf"], ["jar", "tf"]):
        use(command, package, tmp_path)
    shutil.rmtree(package.parent)


def at(file: IO[bytes] | io.RawIOBase, offset: int, count: int) -> bytes | None:
    file.seek(offset)
    return file.read(count)


def test_four_threads_read_any_ranges_of_a_plan(disk: Path) -> None:
    copied(disk / "shot", disk / "copied.zip")
    content = (disk / "copied.zip").read_bytes()
    plan = reelpack.plan(disk / "shot")

    def wrong_ranges(seed: int) -> list[tuple[int, int]]:
        rng, file, wrong = random.Random(seed), plan.open(), []
        for _ in range(150):
            offset, count = rng.randrange(plan.size), rng.choice([1, 30, 4096, 70_000, 3 * MIB])
            file.seek(offset)
            if file.read(count) != content[offset : offset + count]:
                wrong.append((offset, count))
        return wrong

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(wrong_ranges, range(4))) == [[], [], [], []]
    assert plan.size == len(content)
