"""What is trusted and what is read again, by the files that the system sees a command open."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import reelpack
from material.commands import reelpack as run_reelpack
from material.mounts import MIB, mounted
from material.trace import traced

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from material.commands import Completed

AGE = 3.2
"""Seconds after which what was read is remembered: fresher files might change without a trace."""

FRAMES = 30
IN_SUB = 8
TESTS = 80
"""Folders of frames that grow old together: one for each test here, and some to spare."""


def make_shot(folder: Path) -> Path:
    """Make frames in two folders."""
    (folder / "sub").mkdir(parents=True)
    for number in range(FRAMES):
        part = folder / "sub" if number % 4 == 0 else folder
        (part / f"a.{number:04d}.dpx").write_bytes(b"%06d" % number * 700)
    return folder


@pytest.fixture(scope="module")
def aged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("aged")
    shots = [make_shot(folder / f"{number:02d}" / "shot") for number in range(TESTS)]
    time.sleep(AGE)
    return iter(shots)


@pytest.fixture
def shot(aged: Iterator[Path]) -> Path:
    """A folder of frames of this test's own, which may be remembered."""
    return next(aged)


@pytest.fixture
def known(shot: Path) -> Path:
    """The same when all is remembered, and listed."""
    assert reelpack.checksum(shot).write()
    return shot


def frames(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.dpx"), key=lambda path: path.name)


def names(paths: list[Path]) -> list[str]:
    return sorted(path.name for path in paths)


def facts(run: Completed) -> dict[str, Any]:
    """What a command says with `--json`."""
    found: dict[str, Any] = json.loads(run.stdout)
    return found


def lists(folder: Path) -> dict[str, str]:
    return {str(path): path.read_text() for path in folder.rglob("checksum.txt")}


def test_what_is_known_is_not_opened(known: Path) -> None:
    before = lists(known)

    trace = traced("checksum", "--cached", "--quiet", known)

    assert trace.run.returncode == 0, trace.run.stderr
    assert trace.opened(".dpx") == []
    assert trace.run.stdout.endswith(
        f", {FRAMES} of {FRAMES} files trusted, unchanged since last read\n"
    )
    assert lists(known) == before


@pytest.mark.parametrize("options", [[], ["--cached", "--no-state"]], ids=" ".join)
def test_without_being_told_to_nothing_is_trusted(known: Path, options: list[str]) -> None:
    trace = traced("checksum", "--quiet", *options, known)

    assert trace.opened(".dpx") == names(frames(known))
    assert "trusted" not in trace.run.stdout


def overwrite(frame: Path) -> None:
    """Change bytes in place."""
    with frame.open("r+b") as file:
        file.write(b"changed")


def hide(frame: Path) -> None:
    """Change bytes in place, and set the modification time back."""
    about = frame.stat()
    overwrite(frame)
    os.utime(frame, ns=(about.st_atime_ns, about.st_mtime_ns))


def cut(frame: Path) -> None:
    """Lose the end."""
    os.truncate(frame, 100)


def touch(frame: Path) -> None:
    """Change the modification time alone."""
    os.utime(frame, (1, 1))


def restrict(frame: Path) -> None:
    """Change the rights alone."""
    frame.chmod(0o400)


def replace(frame: Path) -> None:
    """Put another file of the same size and times in its place."""
    about = frame.stat()
    other = frame.with_name("other")
    other.write_bytes(bytes(about.st_size))
    os.utime(other, ns=(about.st_atime_ns, about.st_mtime_ns))
    other.rename(frame)


CHANGES = [overwrite, hide, cut, touch, restrict, replace]


@pytest.mark.parametrize("change", CHANGES)
def test_only_what_has_changed_is_opened(known: Path, change: Callable[[Path], None]) -> None:
    changed = frames(known)[5:15]
    for frame in changed:
        change(frame)

    trace = traced("checksum", "--cached", "--quiet", "--json", known)

    assert trace.opened(".dpx") == names(changed)
    said = facts(trace.run)
    assert (said["files_read"], said["files_trusted"]) == (10, FRAMES - 10)
    assert said["bytes_trusted"] == (FRAMES - 10) * 4200
    assert lists(known) == fresh(known)


def fresh(folder: Path) -> dict[str, str]:
    """The lists of a folder, all of it read."""
    return {made.path: made.text for made in reelpack.checksum(folder, state=False)}


def test_the_way_to_a_folder_does_not_matter(
    known: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "link").symlink_to(known.parent)
    monkeypatch.chdir(known / "sub")

    assert reelpack.checksum(tmp_path / "link" / "shot", cached=True).files_trusted == FRAMES
    assert reelpack.checksum("..", cached=True).files_trusted == FRAMES


def test_a_folder_that_was_moved_or_copied_is_read(known: Path) -> None:
    shutil.copytree(known, known.with_name("copy"))
    known.rename(known.with_name("moved"))

    for name in ("copy", "moved"):
        assert reelpack.checksum(known.with_name(name), cached=True).files_trusted == 0


def test_a_state_of_ones_own_knows_nothing_of_the_users(known: Path, tmp_path: Path) -> None:
    own = tmp_path / "folder to be made" / "file:own?mode=memory.db"

    first = reelpack.checksum(known, cached=True, state=own)
    second = reelpack.checksum(known, cached=True, state=own)

    assert (first.files_trusted, second.files_trusted) == (0, FRAMES)
    assert own.exists()


def test_what_has_just_been_written_is_read_again(known: Path) -> None:
    young = known / "b.0001.dpx"
    young.write_bytes(b"just rendered")

    for _ in range(2):
        trace = traced("checksum", "--cached", "--quiet", known)
        assert trace.opened(".dpx") == ["b.0001.dpx"]


def test_what_comes_from_the_future_is_read_again(known: Path) -> None:
    frame = frames(known)[0]
    os.utime(frame, (time.time() + 3600,) * 2)
    time.sleep(AGE)

    for _ in range(2):
        assert reelpack.checksum(known, cached=True).files_read == 1


@pytest.fixture
def changed(known: Path) -> Path:
    """Three frames more, four others, one gone, and one that only looks as if it had changed."""
    for number in range(3):
        (known / f"b.{number:04d}.dpx").write_bytes(b"new %d" % number)
    for frame in frames(known / "sub")[:4]:
        overwrite(frame)
    (known / "a.0001.dpx").unlink()
    touch(known / "a.0002.dpx")
    return known


NEW = [f"b.{number:04d}.dpx" for number in range(3)]
OTHERS = [f"a.{number:04d}.dpx" for number in (0, 4, 8, 12)]


def test_an_update_opens_what_is_new_or_changed(changed: Path) -> None:
    trace = traced("checksum", "--update", "--quiet", changed)

    assert trace.opened(".dpx") == sorted([*NEW, *OTHERS, "a.0002.dpx"])
    assert lists(changed) == fresh(changed)


def test_an_update_says_what_is_new_changed_and_gone(changed: Path) -> None:
    run = run_reelpack("checksum", "--update", "--quiet", changed)

    first, second, summary, *rest = run.stdout.splitlines()
    kept = FRAMES - IN_SUB - 1
    assert first == f"updated {changed}/checksum.txt: 3 new, 0 changed, 1 gone, {kept} kept"
    assert second == f"updated {changed}/sub/checksum.txt: 0 new, 4 changed, 0 gone, 4 kept"
    known = FRAMES - 6
    assert summary.endswith(f", {known} of {FRAMES + 2} files trusted, unchanged since last read")
    assert rest == [
        "update: changed (4)",
        *[f"  sub/{name}" for name in OTHERS],
        "update: gone (1)",
        "  a.0001.dpx",
        "update: new (3)",
        "  b.0000-0002.dpx  (3)",
    ]


def test_an_update_of_one_list_for_the_tree_is_that_list_made_anew(changed: Path) -> None:
    run = run_reelpack("checksum", "--update", "--root", "--quiet", "--json", changed)

    assert run.returncode == 0, run.stderr
    (made,) = reelpack.checksum(changed, root=True, state=False)
    assert (changed / "checksum.txt").read_text() == made.text


def test_an_update_reads_what_a_list_does_not_confirm(known: Path) -> None:
    path = known / "checksum.txt"
    first, *lines = path.read_text().splitlines(keepends=True)
    path.write_text("".join([first[:-33] + "0" * 32 + "\n", *lines]))

    trace = traced("checksum", "--update", "--quiet", known)

    assert trace.opened(".dpx") == [first.split("\t")[0]]
    assert "update: changed (1)" in trace.run.stdout
    assert lists(known) == fresh(known)


def test_an_update_without_lists_reads_everything(known: Path) -> None:
    for path in known.rglob("checksum.txt"):
        path.unlink()

    trace = traced("checksum", "--update", "--quiet", known)

    assert trace.opened(".dpx") == names(frames(known))
    assert f"update: new ({FRAMES})" in trace.run.stdout


def test_verify_opens_nothing_that_is_known(known: Path) -> None:
    trace = traced("verify", "--cached", known)

    assert trace.opened(".dpx") == []
    assert trace.run.stdout == (
        f"OK: {FRAMES} files, 126 kB match 2 lists (md5), "
        f"{FRAMES} of {FRAMES} files trusted, unchanged since last read\n"
    )


@pytest.fixture
def damaged(known: Path) -> Path:
    """One frame cut short, one gone, one more, one with a wrong line, and one with other bytes."""
    cut(known / "a.0001.dpx")
    (known / "a.0002.dpx").unlink()
    (known / "b.0001.dpx").write_bytes(b"new")
    path = known / "checksum.txt"
    wrong = path.read_text().splitlines(keepends=True)
    assert wrong[2].startswith("a.0003.dpx\t")
    wrong[2] = wrong[2][:-33] + "0" * 32 + "\n"
    path.write_text("".join(wrong))
    hide(known / "a.0005.dpx")
    return known


def test_verify_finds_the_same_whatever_it_trusts(damaged: Path) -> None:
    trace = traced("verify", "--cached", "--json", damaged)

    said = facts(trace.run)
    assert trace.run.returncode == 1
    assert trace.opened(".dpx") == ["a.0005.dpx"]
    assert [(found["path"], found["status"]) for found in said["findings"]] == [
        ("a.0001.dpx", "size"),
        ("a.0002.dpx", "missing"),
        ("a.0003.dpx", "mismatch"),
        ("a.0005.dpx", "mismatch"),
        ("b.0001.dpx", "extra"),
    ]
    assert (said["files_read"], said["files_trusted"]) == (1, FRAMES - 3)
    everything = facts(run_reelpack("verify", "--no-state", "--json", damaged))
    for same in ("checked", "findings", "not_checked", "lists"):
        assert said[same] == everything[same]


@pytest.fixture(scope="module")
def aged_packages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("packages")
    shot = make_shot(folder / "shot")
    paths = [folder / f"{number}.zip" for number in range(10)]
    for path in paths:
        reelpack.pack(shot, path, state=False)
    time.sleep(AGE)
    return iter(paths)


@pytest.fixture
def package(aged_packages: Iterator[Path]) -> Path:
    """A zip of this test's own, which may be remembered."""
    return next(aged_packages)


def test_verify_reads_no_member_of_a_zip_twice(package: Path) -> None:
    first = traced("verify", "--cached", "--json", package)
    second = traced("verify", "--cached", "--json", package)

    content = FRAMES * 4200
    assert first.run.returncode == second.run.returncode == 0
    assert first.bytes_read(package) > content
    assert second.bytes_read(package) < first.bytes_read(package) - content + 1
    said = facts(second.run)
    assert (said["files_read"], said["bytes"]) == (0, 0)
    assert (said["files_trusted"], said["bytes_trusted"]) == (FRAMES, content)


@pytest.mark.parametrize("change", [hide, touch, restrict, replace])
def test_a_zip_that_has_changed_is_read_again(
    package: Path, change: Callable[[Path], None]
) -> None:
    assert reelpack.verify(package).ok
    change(package)

    assert reelpack.verify(package, cached=True).files_trusted == 0


def test_what_is_wrong_in_a_zip_is_so_when_it_is_known(package: Path) -> None:
    content = bytearray(package.read_bytes())
    content[content.index(b"%06d" % 7 * 10) + 3] ^= 1
    package.write_bytes(content)
    time.sleep(AGE)

    found = [reelpack.verify(package, cached=True) for _ in range(2)]

    assert [report.files_trusted for report in found] == [0, FRAMES]
    assert found[0].findings == found[1].findings
    assert [finding.path for finding in found[0].findings] == ["a.0007.dpx"]


def own_state() -> Path:
    """Where the state of the user lies."""
    return Path(os.environ["XDG_CACHE_HOME"], "reelpack", "state.db")


def scribble(path: Path) -> None:
    """No database at all."""
    path.write_bytes(b"not what you think" * 1000)


def of_others(path: Path) -> None:
    """A database of another program."""
    database = sqlite3.connect(path)
    database.execute("CREATE TABLE bookmarks (address TEXT)")
    database.close()


def remember_something(path: Path) -> None:
    """Make a state of a frame beside its folder."""
    frames = path.parents[1] / "frames"
    frames.mkdir()
    (frames / "frame.dpx").write_bytes(b"to have something to remember")
    reelpack.checksum(frames, state=path)


def of_the_future(path: Path) -> None:
    """A state of a reelpack to come."""
    remember_something(path)
    database = sqlite3.connect(path)
    database.execute("PRAGMA user_version = 999")
    database.close()


def damage(path: Path) -> None:
    """A state that has lost all but its head."""
    remember_something(path)
    content = path.read_bytes()
    path.write_bytes(content[:100] + b"\xa5" * (len(content) - 100))


def take_the_place(path: Path) -> None:
    """A folder."""
    path.mkdir()


BROKEN = [scribble, of_others, of_the_future, damage, take_the_place]


@pytest.fixture(params=BROKEN, ids=lambda make: make.__name__)
def broken(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A state that cannot be used, in the place of the user's own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    own_state().parent.mkdir()
    request.param(own_state())
    return own_state()


def content(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def test_without_a_state_that_works_everything_is_read(shot: Path, broken: Path) -> None:
    before = content(broken)

    run = run_reelpack("checksum", "--cached", shot)

    assert run.returncode == 0, run.stderr
    (note,) = [line for line in run.stderr.splitlines() if line.startswith("note: ")]
    assert note.startswith(f"note: {broken}: ")
    assert lists(shot) == fresh(shot)
    assert "trusted" not in run.stdout
    assert content(broken) == before


@pytest.mark.parametrize("words", [["zip"], ["verify"], ["copy"]], ids=" ".join)
def test_no_job_needs_a_state(known: Path, words: list[str]) -> None:
    own_state().unlink()
    scribble(own_state())
    target = [known.with_name("copy")] if words == ["copy"] else []

    run = run_reelpack(*words, known, *target, "--cached", "--json")

    assert run.returncode == 0, run.stderr
    assert facts(run)["state_error"].startswith(f"{own_state()}: ")
    assert facts(run)["files_trusted"] == 0


def test_a_state_that_is_named_has_to_work(shot: Path, broken: Path) -> None:
    before = content(broken)

    run = run_reelpack("checksum", "--quiet", "--state", broken, shot)

    assert run.returncode == 2
    first, *hints = run.stderr.splitlines()
    assert first.startswith(f"reelpack: error: {broken}: ")
    assert all(hint.startswith("hint: ") for hint in hints)
    assert len(hints) <= 1
    assert content(broken) == before
    assert lists(shot) == {}


def test_the_command_state_says_why_it_cannot_be_used(broken: Path) -> None:
    run = run_reelpack("state")

    assert run.returncode == 2
    assert run.stdout.startswith(f"{broken}: ")
    assert len(run.stdout.splitlines()) == 1


@pytest.mark.parametrize("make", [scribble, of_others, take_the_place])
def test_what_is_not_ours_is_not_cleared_away(tmp_path: Path, make: Callable[[Path], None]) -> None:
    path = tmp_path / "precious.db"
    make(path)
    before = content(path)

    run = run_reelpack("state", "clear", "--state", path)

    assert run.returncode == 2
    assert run.stderr.startswith(f"reelpack: error: {path}: ")
    assert path.exists()
    assert content(path) == before


def test_a_state_that_is_damaged_can_be_cleared_away(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    folder.mkdir(parents=True)
    damage(folder / "state.db")

    run = run_reelpack("state", "clear", "--state", folder / "state.db")

    assert run.returncode == 0, run.stderr
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("locked", ["folder", "file", "home"])
def test_where_nothing_may_be_written_nothing_is_remembered(known: Path, locked: str) -> None:
    path = {"folder": own_state().parent, "file": own_state(), "home": own_state().parents[1]}
    if locked == "home":
        shutil.rmtree(own_state().parent)
    path[locked].chmod(0o500)

    run = run_reelpack("checksum", known, unprivileged=True)

    path[locked].chmod(0o700)
    assert run.returncode == 0, run.stderr
    (note,) = [line for line in run.stderr.splitlines() if line.startswith("note: ")]
    assert note.startswith(f"note: {own_state()}: ")
    assert lists(known) == fresh(known)


def test_a_full_disk_keeps_the_state_from_growing_and_nothing_else(
    shot: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with mounted("tmpfs", MIB) as disk:
        monkeypatch.setenv("XDG_CACHE_HOME", str(disk))
        (disk / "filler").write_bytes(bytes(MIB - 8192))

        run = run_reelpack("checksum", shot)

    assert run.returncode == 0, run.stderr
    (note,) = [line for line in run.stderr.splitlines() if line.startswith("note: ")]
    assert note.startswith(f"note: {disk}/reelpack/state.db: ")
    assert lists(shot) == fresh(shot)


@pytest.mark.slow
def test_a_state_that_others_hold_is_waited_for_and_done_without(known: Path) -> None:
    holder = sqlite3.connect(own_state(), isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")

    run = run_reelpack("checksum", known)

    holder.close()
    assert run.returncode == 0, run.stderr
    (note,) = [line for line in run.stderr.splitlines() if line.startswith("note: ")]
    assert note == f"note: {own_state()}: was in use by others for more than 10 s"
    assert lists(known) == fresh(known)


def test_without_a_state_none_is_made(shot: Path) -> None:
    assert run_reelpack("checksum", "--quiet", "--no-state", shot).returncode == 0
    assert run_reelpack("state").stdout == f"{own_state()}: 0 files in 0 folders, 0 bytes\n"

    assert not own_state().parent.exists()


@pytest.mark.usefixtures("known")
def test_the_command_state_counts_what_is_known() -> None:
    said = facts(run_reelpack("state", "--json"))

    assert (said["path"], said["files"], said["folders"]) == (str(own_state()), FRAMES, 2)
    assert said["size"] >= own_state().stat().st_size
    assert said["unfinished"] == []


@pytest.mark.parametrize(
    ("folder", "count"), [(".", FRAMES), ("sub", IN_SUB), ("..", FRAMES), ("su", 0), ("sub/x", 0)]
)
def test_what_is_forgotten_is_read_again(known: Path, folder: str, count: int) -> None:
    run = run_reelpack("state", "forget", known / folder)

    assert run.stdout == f"forgot {count} files\n"
    assert reelpack.checksum(known, cached=True).files_read == count


def test_a_folder_that_is_gone_can_be_forgotten(known: Path) -> None:
    shutil.rmtree(known)

    assert reelpack.state().forget(known) == FRAMES
    assert reelpack.state().files == 0


def test_prune_forgets_what_is_gone_and_nothing_else(known: Path) -> None:
    shutil.rmtree(known / "sub")
    for frame in frames(known)[:3]:
        frame.unlink()

    run = run_reelpack("state", "prune")

    gone = IN_SUB + 3
    assert run.stdout == f"forgot {gone} files\n"
    assert (reelpack.state().files, reelpack.state().folders) == (FRAMES - gone, 1)
    assert reelpack.checksum(known, cached=True).files_trusted == FRAMES - gone


def test_prune_keeps_the_members_of_a_zip_as_long_as_it_is_there(package: Path) -> None:
    assert reelpack.verify(package).ok

    assert reelpack.state().prune() == 0
    package.unlink()

    assert reelpack.state().prune() == FRAMES + 1
    assert reelpack.state().files == 0


def test_clear_removes_the_state_and_nothing_is_trusted(known: Path) -> None:
    run = run_reelpack("state", "clear")

    assert run.stdout == f"cleared {own_state()}, removed 0 unfinished parts\n"
    assert list(own_state().parent.iterdir()) == []
    assert reelpack.checksum(known, cached=True).files_trusted == 0
