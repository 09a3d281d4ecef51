"""`reelpack cut check` and `faststart`: exit codes, what is printed, and what is written."""

from __future__ import annotations

import json
import os
import pty
import shlex
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from material import movies as material
from material.commands import reelpack as run
from material.commands import start
from material.mounts import mounted
from material.movies import frame_hashes
from reelpack import cuts
from reelpack.cli.cut import SUBCOMMANDS, movies
from reelpack.cuts import CutRule, Movie, PlanRule, Track

if TYPE_CHECKING:
    from collections.abc import Iterator

DATA = Path(__file__).parents[1] / "data" / "help"
NAMES = ("good.mov", "plain.mp4", "first.mp4", "fragments.mp4")

TRACK = Track(
    id=1, kind="other", enabled=True, codec_tag=None, codec=None, language=None, duration=None,
    samples=0, frame_rate=None, pace=None, reordered=None, key_frame_distance=None, width=None,
    height=None, display_width=None, display_height=None, edit_list=False, colour=None,
    channels=None, sample_rate=None, bits=None, timecode=None,
)  # fmt: skip
"""A track that tells nothing."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with some movies, and a file that is none."""
    folder = tmp_path_factory.mktemp("movies")
    for name in NAMES:
        material.make(folder / name)
    (folder / "notes.txt").write_text("no movie at all\n" * 9)
    return folder


@pytest.fixture(autouse=True)
def folder(made: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The current folder, with copies of all of them."""
    shutil.copytree(made, tmp_path / "work")
    monkeypatch.chdir(tmp_path / "work")
    return tmp_path / "work"


@pytest.mark.parametrize("name", ["check", "faststart", "rules"])
def test_each_command_has_help(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv("COLUMNS", "80")

    done = run("cut", name, "--help")

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (DATA / f"cut-{name}.txt").read_text()


def test_the_commands_are_completed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_REELPACK_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", "reelpack cut ")
    monkeypatch.setenv("COMP_CWORD", "2")

    assert run().stdout.split() == [f"plain,{name}" for name in SUBCOMMANDS]


def test_a_good_movie_is_well() -> None:
    done = run("cut", "check", "good.mov")

    assert (done.returncode, done.stderr) == (0, "")
    first, second, *_ = done.stdout.splitlines()
    assert first.startswith("no problem found by profile content-hub-proxy in 1 file")
    size = Path("good.mov").stat().st_size
    assert second == (
        f"good.mov: 00:00:01, {size / 1000:.0f} kB; video H.264 (avc1) 1280x720 at 23.976; "
        "audio AAC (mp4a) 2 channels 48 kHz"
    )


def test_a_finding_is_1_and_said_with_its_place_its_fix_and_its_source() -> None:
    done = run("cut", "check", "good.mov", "plain.mp4", "first.mp4")

    assert (done.returncode, done.stderr) == (1, "")
    lines = done.stdout.splitlines()
    assert lines[0].startswith("1 error, 2 warnings found by profile content-hub-proxy in 3 files")
    (at,) = (n for n, line in enumerate(lines) if line.startswith("error "))
    assert lines[at].startswith("error    plain.mp4: moov  `moov` is at byte ")
    assert lines[at].endswith("  (cut.fast-start)")
    assert lines[at + 1] == "         wanted: `moov` lies before the media data (fast start)"
    assert lines[at + 2].startswith("         fix: `reelpack cut faststart ")
    assert lines[at + 3].startswith("         source: https://")
    assert lines[at + 3].endswith(" (verified)")
    assert "not checked: boxes do not tell whether groups of pictures are closed" in done.stdout
    assert "(cut.closed-gop) (2)\n  first.mp4: moov/trak[1]\n  plain.mp4: moov/" in done.stdout


def test_the_profile_can_be_chosen_and_warnings_can_count() -> None:
    well = run("cut", "check", "good.mov", "--profile", "pix")
    strict = run("cut", "check", "good.mov", "--profile", "pix", "--strict")

    assert (well.returncode, strict.returncode) == (0, 1)
    assert well.stdout == strict.stdout
    assert "1 warning found by profile pix in 1 file" in well.stdout
    assert run("cut", "check", "good.mov", "--strict").returncode == 0


def test_a_file_that_is_no_movie_is_2_and_the_others_are_checked() -> None:
    done = run("cut", "check", "notes.txt", "plain.mp4")

    assert done.returncode == 2
    assert done.stdout.startswith("no movie that can be read: 1 file; 1 error, 1 warning found by ")
    assert "plain.mp4: moov  " in done.stdout
    assert done.stderr.splitlines() == [
        "reelpack: error: notes.txt: no box of a movie",
        "hint: this is no MP4 or MOV file",
    ]


def test_the_same_is_told_to_a_program() -> None:
    done = run("cut", "check", "notes.txt", "plain.mp4", "--json")

    expected = cuts.check(["notes.txt", "plain.mp4"]).to_dict()
    assert done.returncode == 2
    assert json.loads(done.stdout) | {"seconds": 0} == expected | {"seconds": 0}
    assert done.stderr.startswith("reelpack: error: notes.txt: ")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("check", "missing argument 'FILE...'"),
        ("check good.mov gone.mov", "gone.mov: No such file or directory"),
        ("check good.mov --profile general", "'general' is not one of"),
        ("faststart", "missing argument 'FILE'"),
        ("faststart . -o x.mov", ".: is a directory\nhint: name a single MP4 or MOV file"),
        ("faststart /dev/zero -o x.mov", "/dev/zero: is no regular file"),
        ("faststart gone.mov --replace", "gone.mov: No such file or directory"),
        ("faststart plain.mp4 -o gone/x.mp4", "No such file or directory"),
        ("faststart plain.mp4 -o ''", "it is empty"),
        ("faststart plain.mp4 -o x.mp4 --clone perhaps", "'perhaps' is not one of"),
        (
            "faststart fragments.mp4 -o x.mp4",
            "fragments.mp4: moof: the file is fragmented\nhint: write",
        ),
        ("faststart notes.txt -o x.mp4", "notes.txt: no box of a movie\nhint: this is no MP4"),
        ("faststart plain.mp4", "plain.mp4: File exists\nhint: `-o TARGET` names a new file, "),
        ("faststart plain.mp4 --replace -o ..", "..: Is a directory\nhint: `-o TARGET` names"),
        ("check gone.mov", "gone.mov: No such file or directory\nhint: look at the spelling"),
        ("faststart plain.mp4 -o good.mov", "good.mov: File exists\nhint: `-o TARGET` names"),
    ],
)
def test_what_has_no_answer_is_2(folder: Path, arguments: str, said: str) -> None:
    before = {path: path.read_bytes() for path in folder.iterdir()}

    done = run("cut", *shlex.split(arguments))

    assert (done.returncode, done.stdout) == (2, "")
    assert said.lower() in done.stderr.lower()
    assert {path: path.read_bytes() for path in folder.iterdir()} == before


def test_the_header_is_put_first() -> None:
    done = run("cut", "faststart", "plain.mp4", "-o", "out.mp4", "--quiet", "--clone", "never")

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"wrote out.mp4: {Path('out.mp4').stat().st_size / 1000:.1f} kB ")
    assert frame_hashes(Path("out.mp4")) == frame_hashes(Path("plain.mp4"))
    assert "cut.fast-start" in run("cut", "check", "plain.mp4").stdout
    assert "cut.fast-start" not in run("cut", "check", "out.mp4").stdout


@pytest.mark.parametrize("replacing", [(), ("--replace",)])
def test_a_pipe_is_neither_read_nor_replaced(folder: Path, replacing: tuple[str, ...]) -> None:
    os.mkfifo("pipe.mov")
    Path("link.mov").symlink_to("pipe.mov")
    before = sorted(folder.iterdir())

    for arguments in (
        ("pipe.mov", "-o", "x.mov"),
        ("plain.mp4", "-o", "pipe.mov"),
        ("plain.mp4", "-o", "link.mov"),
    ):
        done = run("cut", "faststart", *arguments, *replacing, "--quiet", limit=10)

        assert (done.returncode, done.stdout) == (2, "")
        assert ".mov: is no regular file\nhint: name a " in done.stderr
    assert Path("pipe.mov").is_fifo()
    assert sorted(folder.iterdir()) == before


def test_what_one_may_not_read_or_write_is_2(folder: Path) -> None:
    (folder / "good.mov").chmod(0)
    (folder / "closed").mkdir(mode=0o555)

    for arguments, name in (
        (("check", "plain.mp4", "good.mov", "--json"), "good.mov"),
        (("faststart", "good.mov", "-o", "x.mov", "--quiet"), "good.mov"),
        (("faststart", "plain.mp4", "-o", "closed/x.mov", "--quiet"), "closed/x.mov"),
    ):
        done = run("cut", *arguments, unprivileged=True)

        assert (done.returncode, done.stdout) == (2, "")
        first, hint = done.stderr.splitlines()
        assert first == f"reelpack: error: {name}: Permission denied"
        assert hint.startswith("hint: ")


def test_two_at_once_with_one_target_leave_one_whole_movie(folder: Path) -> None:
    before, hashes = {*folder.iterdir()}, frame_hashes(Path("plain.mp4"))
    command = ("cut", "faststart", "plain.mp4", "-o", "out.mp4", "--replace", "--quiet")

    with start(*command) as first, start(*command) as second:
        codes = {first.wait(timeout=30), second.wait(timeout=30)}

    assert codes == {0}
    assert frame_hashes(Path("out.mp4")) == hashes
    assert {*folder.iterdir()} - before == {folder / "out.mp4"}


def test_links_stay_and_rights_are_kept(folder: Path) -> None:
    Path("plain.mp4").chmod(0o640)
    Path("soft.mp4").symlink_to("plain.mp4")
    Path("hard.mp4").hardlink_to("plain.mp4")
    content = Path("plain.mp4").read_bytes()

    assert run("cut", "faststart", "soft.mp4", "--replace", "--quiet").returncode == 0

    assert (folder / "soft.mp4").is_symlink()
    assert Path("plain.mp4").stat().st_mode & 0o777 == 0o640
    assert Path("plain.mp4").read_bytes() != content
    assert Path("hard.mp4").read_bytes() == content


def test_a_full_disk_leaves_nothing_behind(folder: Path) -> None:
    with mounted("tmpfs", 120_000) as disk:
        shutil.copy("plain.mp4", disk)
        for more in (("--replace",), ("-o", disk / "out.mp4")):
            done = run("cut", "faststart", disk / "plain.mp4", *more, "--quiet")

            assert done.returncode == 2
            assert "No space left on device" in done.stderr
            assert [path.name for path in disk.iterdir()] == ["plain.mp4"]
            assert (disk / "plain.mp4").read_bytes() == (folder / "plain.mp4").read_bytes()


def test_a_movie_is_replaced_where_that_is_asked_for(folder: Path) -> None:
    names, hashes = sorted(folder.iterdir()), frame_hashes(Path("plain.mp4"))

    done = run("cut", "faststart", "plain.mp4", "--replace")

    assert done.returncode == 0
    assert done.stdout.startswith("wrote plain.mp4: ")
    assert " cut faststart plain.mp4: done in " in done.stderr
    assert frame_hashes(Path("plain.mp4")) == hashes
    assert sorted(folder.iterdir()) == names
    again = run("cut", "faststart", "plain.mp4", "--quiet")
    assert (again.returncode, again.stderr) == (0, "")
    assert again.stdout == "plain.mp4: has its header first already; nothing was written\n"


@pytest.mark.slow
def test_a_signal_leaves_no_part_of_the_new_movie(folder: Path) -> None:
    material.make(folder / "sound.mov")
    large = material.with_hole(folder / "sound.mov", folder / "large.mov", 8_000_000_000)
    before = sorted(folder.iterdir())

    with start("cut", "faststart", large, "--replace", "--clone", "never") as command:
        assert command.stderr is not None
        while not command.stderr.readline().endswith(": started\n"):
            assert command.poll() is None
        time.sleep(0.2)  # long enough to be in the midst of writing, far too short to end
        command.terminate()
        _, said = command.communicate(timeout=30)

    assert command.returncode == 143
    assert said.endswith("reelpack: stopped by SIGTERM\n")
    assert sorted(folder.iterdir()) == before
    assert cuts.check(large).findings[0].rule == "cut.fast-start"


def test_what_was_done_is_told_to_a_program() -> None:
    done = run("cut", "faststart", "plain.mp4", "-o", "out.mp4", "--json", "--quiet")

    facts = json.loads(done.stdout)
    size = Path("out.mp4").stat().st_size
    assert facts.pop("seconds") > 0
    assert facts.pop("bytes_copied") + facts.pop("bytes_cloned") == size
    expected = {"source": "plain.mp4", "target": "out.mp4", "already": False, "size": size}
    assert facts == expected


def test_a_name_cannot_steer_the_terminal() -> None:
    Path("plain.mp4").rename("a\x1b[2Jb.mp4")
    Path("notes.txt").rename("c\x1b.txt")

    done = run("cut", "check", "a\x1b[2Jb.mp4", "c\x1b.txt")
    put = run("cut", "faststart", "a\x1b[2Jb.mp4", "--replace")

    assert "\x1b" not in done.stdout + done.stderr + put.stdout + put.stderr
    assert "a\\x1b[2Jb.mp4: 00:00:01, " in done.stdout


def test_a_movie_that_tells_nothing_is_described() -> None:
    many = (TRACK,) * (movies.TRACKS_SHOWN + 2)

    said = movies.described(Movie((), 8, None, True, True, None, many))  # noqa: FBT003

    assert said.startswith("length unknown, 8 bytes, fragmented, compressed header; other; ")
    assert said.endswith("; 2 more tracks")


@pytest.mark.parametrize(
    ("track", "said"),
    [
        (
            replace(TRACK, kind="video", codec_tag="abcd", enabled=False),
            "video `abcd` (not enabled)",
        ),
        (replace(TRACK, kind="text", codec_tag="tx3g", language="deu"), "text deu"),
        (replace(TRACK, kind="timecode", timecode="01:00:00:00"), "timecode 01:00:00:00"),
        (replace(TRACK, frame_rate=Fraction(18), pace="variable"), "other at 18 (mean)"),
    ],
)
def test_a_track_is_described(track: Track, said: str) -> None:
    movie = Movie((), 1000, True, False, False, Fraction(5999, 2), (track,))  # noqa: FBT003

    assert movies.described(movie) == f"00:50:00, 1.00 kB; {said}"


def test_all_rules_are_listed_with_who_asks_and_who_says_so() -> None:
    words, told = run("cut", "rules"), json.loads(run("cut", "rules", "--json").stdout)

    every: tuple[CutRule | PlanRule, ...] = (*cuts.rules(), *cuts.plan_rules())
    assert (words.returncode, words.stderr) == (0, "")
    assert told == {"rules": [rule.to_dict() for rule in every]}
    lines = words.stdout.splitlines()
    assert [line.split("  ")[0] for line in lines if line[0] != " "] == [rule.id for rule in every]
    assert "cut.reordering  error, pix" in lines
    assert "cut.one-video  warning, content-hub-proxy, pix" in lines
    at = lines.index("cut.plan.run-time  warning, plan")
    assert lines[at + 1] == "  the run time is that of the video, but for a second"
    assert lines[at + 2].endswith(" (own)")


@pytest.fixture
def many(folder: Path) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """A check of very many files on a terminal, and what shows there."""
    (folder / "a").symlink_to("good.mov")
    shown, end = pty.openpty()
    command = [sys.executable, "-m", "reelpack", "cut", "check", *["a"] * 100_000]
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=end, env={**os.environ, "TERM": "xterm"}
    ) as running:
        os.close(end)
        yield running, shown
    os.close(shown)


def test_of_many_files_a_terminal_shows_how_far_it_is_and_ctrl_c_stops_at_once(
    many: tuple[subprocess.Popen[bytes], int],
) -> None:
    running, shown = many
    seen = b""
    while b"/100,000 files" not in seen:
        seen += os.read(shown, 4096)
    began = time.monotonic()

    running.send_signal(signal.SIGINT)
    while b"reelpack: stopped by SIGINT" not in seen:
        seen += os.read(shown, 4096)

    assert running.wait(timeout=10) == 130
    assert time.monotonic() - began < 2
    assert b"B/s" not in seen


def test_of_very_many_files_not_each_has_a_line() -> None:
    done = run("cut", "check", *["good.mov"] * 1003)

    assert done.returncode == 0
    assert " in 1,003 files" in done.stdout.splitlines()[0]
    assert done.stdout.count("good.mov: 00:00:01, ") == 1000
    assert "\n... and 3 more (`--json` lists all)\n" in done.stdout
