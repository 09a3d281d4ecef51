"""Runs that are killed, and the runs after them.

Whatever the moment, the next run of the same command ends as if there had been no other: the same
bytes, nothing hidden beside them, and less to read where the first had come far enough.
"""

from __future__ import annotations

import json
import random
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import reelpack
from material.commands import reelpack as run_reelpack
from material.commands import start
from material.compare import differences
from material.mounts import MIB, in_memory, mounted
from material.needs import need

if TYPE_CHECKING:
    from collections.abc import Iterator


pytestmark = [pytest.mark.slow, pytest.mark.timeout(200)]

KILLS = 20
NOTING = {9, 11, 13, 15}
"""Those of them that come when something has been noted for certain."""

AGE = 3.2
"""Seconds after which what was read is remembered: fresher files might change without a trace."""

SLOWLY = ["--jobs", "1", "--readers", "1"]

JOBS = {
    "checksum": ("checksum {shot}", "long_shot"),
    "zip, cloned": ("zip {shot} --to {made}/shot.zip", "shot_on_xfs"),
    "zip, copied": ("zip {shot} --to {made}/shot.zip --clone never", "shot"),
    "copy": ("copy {shot} {made}/copy", "shot"),
    "verify": ("verify {shot}", "long_shot"),
}
"""Command lines, and on what they work."""


def make_shot(folder: Path, large: int, *, empty: bool = False) -> Path:
    """Make frames in two folders: 700 small ones, and large ones.

    Large ones that are empty but for a word take no room, but are as good as never written.
    """
    rng = random.Random(7)
    (folder / "sub").mkdir(parents=True)
    for number in range(700):
        part = folder / "sub" if number % 3 else folder
        (part / f"a.{number:04d}.dpx").write_bytes(rng.randbytes((64 << 10) + number))
    for number in range(large):
        with (folder / f"b.{number:04d}.dpx").open("wb") as file:
            file.write(rng.randbytes(16) if empty else rng.randbytes(MIB) * 32)
            file.truncate(32 * MIB + number)
    time.sleep(AGE)
    return folder


@pytest.fixture(scope="module")
def shot() -> Iterator[Path]:
    """Enough to be killed amidst of where it is copied."""
    with in_memory() as name:
        yield make_shot(Path(name, "shot"), 4)


@pytest.fixture(scope="module")
def long_shot() -> Iterator[Path]:
    """Enough to be killed amidst of where it is only read."""
    with in_memory() as name:
        yield make_shot(Path(name, "shot"), 8, empty=True)


@pytest.fixture(scope="module")
def shot_on_xfs() -> Iterator[Path]:
    """Enough to be killed amidst of where blocks can be shared."""
    with mounted("xfs", 700 * MIB) as disk:
        yield make_shot(disk / "shot", 4)


@dataclass(frozen=True)
class Stage:
    """A command, what it works on, and where everything is that it has made."""

    job: str
    shot: Path
    made: Path
    state: Path

    def words(self, *more: str) -> list[str]:
        """What follows `reelpack`."""
        line, _ = JOBS[self.job]
        words = [word.format(shot=self.shot, made=self.made) for word in line.split()]
        return [*words, "--state", str(self.state), "--quiet", "--json", *more]

    def run(self, *more: str) -> dict[str, Any]:
        """Run it to its end, and put what it made in its place."""
        run = run_reelpack(*self.words(*more))
        assert run.returncode == (1 if self.job == "verify" else 0), run.stderr
        facts: dict[str, Any] = json.loads(run.stdout)
        if self.job == "verify":
            answers = {name: facts[name] for name in ("checked", "findings", "not_checked")}
            (self.made / "report.json").write_text(json.dumps(answers))
        if self.job == "checksum":
            self.gather()
        return facts

    def gather(self) -> None:
        """Take everything from among the frames that is none."""
        for path in sorted(self.shot.rglob("*")):
            if path.is_file() and path.suffix != ".dpx":
                path.rename(self.made / f"{path.parent.name} {path.name}")

    def kill(self, moment: float, *, noting: bool) -> None:
        """Start it slowly, and kill it; if `noting`, not before it has noted what is done."""
        with start(*self.words(*SLOWLY)) as process:
            time.sleep(moment)
            if noting:
                # It does so every half second; this one is over as soon as it goes on.
                process.send_signal(signal.SIGSTOP)
                time.sleep(0.5)
                process.send_signal(signal.SIGCONT)
                time.sleep(0.05)
            process.kill()
            process.communicate()

    def is_done(self) -> bool:
        """Whether the kill came too late, and the same command has to be told to replace."""
        if self.job == "copy":
            folders = {frame.parent.relative_to(self.shot) for frame in self.shot.rglob("*.dpx")}
            lists = [self.made / "copy" / folder / "checksum.txt" for folder in folders]
            return all(path.exists() for path in lists)
        return (self.made / "shot.zip").exists()

    def clear(self) -> None:
        shutil.rmtree(self.made)
        self.made.mkdir()


@pytest.fixture(params=JOBS)
def stage(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Stage]:
    shot: Path = request.getfixturevalue(JOBS[request.param][1])
    made = shot.with_name("made")
    made.mkdir()
    if request.param == "verify":
        write_wrong_lists(shot)
    yield Stage(request.param, shot, made, tmp_path / "state.db")
    for folder in (made, made.with_name("expected")):
        shutil.rmtree(folder)
    for path in shot.rglob("*.txt"):
        path.unlink()


def write_wrong_lists(shot: Path) -> None:
    """Write lists with which there is something to find: another digest, and a line too few."""
    for manifest in reelpack.checksum(shot, state=False):
        first, second, *lines = manifest.text.splitlines(keepends=True)
        name, size, kind, _ = first.split("\t")
        wrong = f"{name}\t{size}\t{kind}\t{'0' * 32}\n"
        Path(manifest.path).write_text("".join([wrong, *lines]))
        assert second


def moments(duration: float) -> list[float]:
    """When to kill: at random, and all over the duration."""
    rng = random.Random(42)
    return [duration * (part + rng.random()) / KILLS for part in range(KILLS)]


def test_a_run_that_was_killed_is_finished_by_the_next(stage: Stage) -> None:
    began = time.monotonic()
    stage.run(*SLOWLY)
    duration = time.monotonic() - began
    expected = stage.made.rename(stage.made.with_name("expected"))
    trusted = []
    for number, moment in enumerate(moments(duration)):
        stage.made.mkdir(exist_ok=True)
        stage.kill(moment, noting=number in NOTING)
        facts = stage.run(*(["--force"] if stage.is_done() else []))
        assert differences(stage.made, expected, times=True) == [], moment
        assert reelpack.state(stage.state).unfinished == ()
        trusted.append(facts["files_trusted"])
        stage.clear()
    assert any(trusted)


TAKES_PLACE = ["ftruncate", "flock", "renameat2", "renameat", "unlink", "utimensat"]
"""Calls around which files come, get their names and go."""


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three frames, aged."""
    folder = tmp_path_factory.mktemp("few") / "shot"
    folder.mkdir()
    for number in range(3):
        (folder / f"a.{number:04d}.dpx").write_bytes(b"%06d" % number * 1000)
    time.sleep(AGE)
    return folder


@pytest.mark.parametrize("call", TAKES_PLACE)
@pytest.mark.parametrize("job", ["zip, copied", "copy"])
def test_a_kill_at_any_such_call_is_overcome_by_the_next(
    few: Path, tmp_path: Path, job: str, call: str
) -> None:
    need("strace", "-o", "/dev/null", "true")
    for count in range(1, 9):
        folder = tmp_path / str(count)
        folder.mkdir()
        stage = Stage(job, few, folder, tmp_path / f"{count}.db")
        strace = [
            "strace",
            "-f",
            "-o",
            "/dev/null",
            "-e",
            f"inject={call}:signal=KILL:when={count}",
        ]
        command = [*strace, sys.executable, "-m", "reelpack", *stage.words()]
        killed = subprocess.run(command, capture_output=True, check=False).returncode != 0
        if killed:
            stage.run(*(["--force"] if stage.is_done() else []))
        assert hidden_below(folder) == []
        assert reelpack.state(stage.state).unfinished == ()
        assert reelpack.verify(min(folder.iterdir()), state=False).checked == 3
        if not killed:
            break


def hidden_below(folder: Path) -> list[Path]:
    return list(folder.rglob(".*"))
