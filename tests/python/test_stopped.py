"""Runs that are stopped midway and taken up again, and runs that are not alone."""

from __future__ import annotations

import json
import shutil
import signal
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import reelpack
from material.commands import reelpack as run_reelpack
from material.commands import start, walk
from material.compare import differences, same_bytes
from material.mounts import MIB, mounted

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable, Iterator

    from reelpack.ways import Clone

pytestmark = pytest.mark.slow

AGE = 3.2
"""Seconds after which what was read is remembered: fresher files might change without a trace."""

FRAMES = 24
SLOWLY = ["--jobs", "1", "--readers", "1"]

HINT = (
    "hint: unless it was done already, the same command goes on from there; "
    "`reelpack state clear` drops what is kept"
)


def make_shot(folder: Path) -> Path:
    """Make 300 MB of frames, no two of them alike."""
    folder.mkdir(parents=True)
    for number in range(FRAMES):
        piece = f"frame {number:010d}".encode() * 4096
        (folder / f"b.{number:04d}.dpx").write_bytes(piece * (12 * MIB // len(piece)))
    time.sleep(AGE)
    return folder


@pytest.fixture(scope="module")
def aged() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="reelpack-") as name:
        yield make_shot(Path(name, "here", "shot"))


@pytest.fixture
def shot(aged: Path) -> Iterator[Path]:
    """A folder of frames that stay as they are, alone in the folder above it."""
    yield aged
    for path in beside(aged):
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    (aged / "checksum.txt").unlink(missing_ok=True)


@pytest.fixture
def own_shot() -> Iterator[Path]:
    """The same, to be changed."""
    with tempfile.TemporaryDirectory(prefix="reelpack-") as name:
        yield make_shot(Path(name, "here", "shot"))


@pytest.fixture
def shot_on_xfs() -> Iterator[Path]:
    with mounted("xfs", 1200 * MIB) as disk:
        yield make_shot(disk / "here" / "shot")


def beside(shot: Path) -> list[Path]:
    """What else is there."""
    return sorted(path for path in shot.parent.iterdir() if path != shot)


def until_something_is_remembered(process: subprocess.Popen[str]) -> None:
    while not any(run.files for run in reelpack.state().unfinished):
        assert process.poll() is None, process.communicate()
        walk(process)


def stop(process: subprocess.Popen[str]) -> None:
    """Stop a command as Ctrl-C does, when there is something to go on from."""
    until_something_is_remembered(process)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=5)
    assert process.returncode == 130
    assert said.splitlines()[-2:] == ["reelpack: stopped by SIGINT", HINT]


def stop_a_zip(shot: Path, clone: Clone = "never") -> Path:
    """Stop `zip` midway; returns what it has left."""
    with start("zip", shot, "--clone", clone, *SLOWLY) as process:
        stop(process)
    (part,) = beside(shot)
    assert part.name.startswith(".reelpack.")
    return part


@pytest.fixture
def part(shot: Path) -> Path:
    """What a stopped `zip` has left."""
    return stop_a_zip(shot)


def pack(shot: Path, **options: Any) -> reelpack.Package:  # noqa: ANN401  (those of the function)
    """Make the zip that `zip` makes."""
    return reelpack.pack(shot, shot.with_name("shot.zip"), **{"clone": "never", **options})


def assert_like_new(shot: Path, clone: Clone = "never") -> None:
    """The zip is the one that is made without any history, and is alone."""
    assert beside(shot) == [shot.with_name("shot.zip")]
    new = shot.with_name("new.zip")
    reelpack.pack(shot, new, clone=clone, state=False)
    assert same_bytes(shot.with_name("shot.zip"), new)


def test_a_stopped_zip_leaves_a_part_that_the_state_knows(shot: Path, part: Path) -> None:
    (known,) = json.loads(run_reelpack("state", "--json").stdout)["unfinished"]

    assert (known["job"], known["source"]) == ("zip", str(shot))
    assert (known["target"], known["part"]) == (f"{shot}.zip", str(part))
    assert known["part_size"] == part.stat().st_size
    assert 0 < known["files"] < FRAMES
    line = run_reelpack("state").stdout.splitlines()[1]
    assert line.startswith(f"unfinished: zip {shot} to {shot}.zip, began 2")
    assert line.endswith(f" in {part}")


@pytest.mark.usefixtures("part")
def test_clearing_the_state_removes_the_part(shot: Path) -> None:
    state = Path(reelpack.state().path)

    run = run_reelpack("state", "clear")

    assert run.stdout == f"cleared {state}, removed 1 unfinished part\n"
    assert beside(shot) == []
    assert list(state.parent.iterdir()) == []


@pytest.mark.usefixtures("part")
def test_the_next_run_goes_on_from_the_part(shot: Path) -> None:
    files = reelpack.state().unfinished[0].files

    package = pack(shot)

    assert package.kept == package.files_trusted == files
    assert package.files_read == package.copied == FRAMES - files
    assert reelpack.state().unfinished == ()
    assert_like_new(shot)


@pytest.mark.usefixtures("part")
def test_the_next_run_may_spell_the_paths_otherwise(
    shot: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = shot.with_name("link")
    link.symlink_to(shot)
    monkeypatch.chdir(shot)

    package = reelpack.pack("../link", "../shot.zip", clone="never")

    link.unlink()
    assert package.kept > 0
    assert_like_new(shot)


def spoil(part: Path) -> None:
    """Write something else all over it."""
    with part.open("r+b") as file:
        for place in range(0, part.stat().st_size, MIB):
            file.seek(place)
            file.write(b"a broken disk")


def cut(part: Path) -> None:
    """Lose the end, as a machine without power does."""
    with part.open("r+b") as file:
        file.truncate(part.stat().st_size // 2)


def replace(part: Path) -> None:
    """Put another file in its place."""
    part.unlink()
    part.write_bytes(b"not what it was")


def lengthen(part: Path) -> None:
    """Make it longer than the zip will be."""
    with part.open("ab") as file:
        file.truncate(2 << 30)


@pytest.mark.parametrize("harm", [spoil, cut, replace, lengthen, Path.unlink])
def test_a_part_that_is_not_what_it_was_does_no_harm(
    shot: Path, part: Path, harm: Callable[[Path], None]
) -> None:
    harm(part)

    pack(shot)

    assert_like_new(shot)


def test_frames_that_came_went_and_changed_meanwhile_are_those_in_the_zip(own_shot: Path) -> None:
    stop_a_zip(own_shot)
    (own_shot / "a.0001.dpx").write_bytes(b"first of all, so that all others move")
    (own_shot / "b.0003.dpx").unlink()
    with (own_shot / "b.0001.dpx").open("r+b") as frame:
        frame.write(b"not what it was")

    package = pack(own_shot)

    assert package.files_read >= 2
    assert_like_new(own_shot)


@pytest.mark.timeout(120)
@pytest.mark.parametrize(("first", "then"), [("never", "auto"), ("auto", "never")])
def test_the_next_run_may_clone_where_the_first_copied_and_the_other_way_round(
    shot_on_xfs: Path, first: Clone, then: Clone
) -> None:
    stop_a_zip(shot_on_xfs, first)

    package = pack(shot_on_xfs, clone=then)

    assert package.cloned == (FRAMES if then == "auto" else 0)
    assert_like_new(shot_on_xfs, then)


def test_an_error_of_the_source_keeps_what_was_done(own_shot: Path) -> None:
    last = own_shot / f"b.{FRAMES - 1:04d}.dpx"
    size = last.stat().st_size

    def grow(progress: reelpack.Progress) -> None:
        if progress.files_done > 3 and last.stat().st_size == size:
            with last.open("ab") as file:
                file.write(b"x")

    with pytest.raises(reelpack.SourceChangedError) as caught:
        pack(own_shot, jobs=1, readers=1, progress=grow)
    assert len(beside(own_shot)) == 1
    package = pack(own_shot)

    assert caught.value.path == str(last)
    assert package.kept > 0
    assert_like_new(own_shot)


@pytest.mark.parametrize("job", ["zip", "copy"])
def test_without_a_state_nothing_hidden_is_left(shot: Path, job: str) -> None:
    made = shot.with_name("made")
    how = ["--to", made, "--clone", "never"] if job == "zip" else [made]

    with start(job, shot, *how, "--no-state", *SLOWLY) as process:
        while not list(shot.parent.rglob(".reelpack.*")):
            assert process.poll() is None, process.communicate()
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=5)

    assert process.returncode == 130
    assert HINT not in said
    assert list(shot.parent.rglob(".*")) == []
    assert not made.is_file()


def test_a_stopped_copy_is_continued_and_ends_like_any_other(shot: Path) -> None:
    with start("copy", shot, shot.with_name("copy"), *SLOWLY) as process:
        stop(process)

    copied = reelpack.copy(shot, shot.with_name("copy"))

    assert copied.kept == copied.files_trusted > 0
    reelpack.copy(shot, shot.with_name("new"), state=False)
    assert differences(shot.with_name("copy"), shot.with_name("new"), times=True) == []


@pytest.mark.parametrize("job", ["zip", "copy"])
def test_killed_again_and_again_it_still_comes_to_its_end(shot: Path, job: str) -> None:
    target = ["--to", f"{shot}.zip", "--clone", "never"] if job == "zip" else [shot.with_name("c")]
    kills = known = 0
    while True:
        with start(job, shot, *target, "--force", *SLOWLY) as process:
            while process.poll() is None and noted() <= known:
                walk(process)
            known = noted()
            process.kill()
            _, said = process.communicate()
        if process.returncode != -signal.SIGKILL:
            break
        kills += 1

    assert process.returncode == 0, said
    assert 1 <= kills < FRAMES
    if job == "zip":
        assert_like_new(shot)
    else:
        assert reelpack.verify(shot.with_name("c"), state=False).checked == FRAMES
        assert list(shot.parent.rglob(".*")) == []


def noted() -> int:
    """Files that unfinished runs have done, each as often as it was."""
    return sum(run.files for run in reelpack.state().unfinished)


def test_what_is_no_longer_a_copy_is_not_taken_for_one(shot: Path) -> None:
    with start("copy", shot, shot.with_name("copy"), *SLOWLY) as process:
        stop(process)
    frame = min(shot.with_name("copy").glob("*.dpx"))
    frame.write_bytes(b"shorter than it was")

    with pytest.raises(FileExistsError):
        reelpack.copy(shot, shot.with_name("copy"))
    copied = reelpack.copy(shot, shot.with_name("copy"), force=True)

    assert copied.ways[frame.name] == "copied"
    assert same_bytes(frame, shot / frame.name)


def test_clearing_the_state_leaves_a_run_at_work_alone(shot: Path) -> None:
    with start("zip", shot, "--clone", "never", *SLOWLY) as process:
        until_something_is_remembered(process)
        cleared = run_reelpack("state", "clear", "--json")
        _, said = process.communicate()

    assert json.loads(cleared.stdout) == {"parts": 0}
    assert process.returncode == 0, said
    assert_like_new(shot)


def test_a_run_at_work_is_not_forgotten_when_one_like_it_ends(shot: Path) -> None:
    with start("zip", shot, "--clone", "never", *SLOWLY) as process:
        until_something_is_remembered(process)
        process.send_signal(signal.SIGSTOP)
        pack(shot)
        process.send_signal(signal.SIGINT)
        process.send_signal(signal.SIGCONT)
        process.communicate(timeout=5)

    run_reelpack("state", "clear")

    assert process.returncode == 130
    assert beside(shot) == [shot.with_name("shot.zip")]


def test_of_two_zips_at_once_one_is_too_late(shot: Path) -> None:
    twins = [start("zip", shot, "--clone", "never", "--quiet") for _ in range(2)]
    said = "".join(process.communicate()[1] for process in twins)

    assert sorted(process.returncode for process in twins) == [0, 2], said
    assert said.splitlines() == [
        f"reelpack: error: {shot}.zip: File exists",
        "hint: `--force` replaces it",
    ]
    assert_like_new(shot)


def test_of_two_zips_at_once_that_may_replace_both_are_right(shot: Path) -> None:
    twins = [start("zip", shot, "--clone", "never", "--quiet", "--force") for _ in range(2)]
    said = [process.communicate()[1] for process in twins]

    assert [process.returncode for process in twins] == [0, 0], said
    assert reelpack.state().unfinished == ()
    assert_like_new(shot)


def test_two_lists_at_once_on_one_state(shot: Path) -> None:
    twins = [start("checksum", shot, "--quiet") for _ in range(2)]
    said = [process.communicate()[1] for process in twins]
    trusting = reelpack.checksum(shot, cached=True)

    assert [process.returncode for process in twins] == [0, 0], said
    assert reelpack.state().unfinished == ()
    assert trusting.files_trusted == FRAMES
    assert (shot / "checksum.txt").read_text() == reelpack.checksum(shot, state=False)[0].text
    assert len(list(shot.iterdir())) == FRAMES + 1
