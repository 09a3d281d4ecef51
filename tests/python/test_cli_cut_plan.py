"""`reelpack cut plan`: exit codes, what is printed, and what is written."""

from __future__ import annotations

import json
import os
import shlex
from pathlib import Path

import pytest
from material import cut_videos, movies
from material.commands import reelpack as run
from reelpack import cuts
from reelpack.cli.cut.plan import command

DATA = Path(__file__).parents[1] / "data" / "help"
STEPS = ("new", "check", "show", "delivered")


@pytest.fixture(autouse=True)
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The current folder, with a video and what goes with it."""
    (tmp_path / "lc.mov").write_bytes(cut_videos.content(20_006))
    for name in ("mx.wav", "cut.edl"):
        (tmp_path / name).write_bytes(name.encode())
    monkeypatch.chdir(tmp_path)
    return tmp_path


def make(more: str = "", *, target: str = "cut.toml") -> None:
    """Make a plan without a problem."""
    arguments = f"lc.mov --as Audio mx.wav --as List cut.edl --episode All --kind feature {more}"
    done = run("cut", "plan", "new", *shlex.split(arguments), "-o", target, "--release=automatic")
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("words", ["cut", "cut plan", *(f"cut plan {step}" for step in STEPS)])
def test_each_command_has_help(monkeypatch: pytest.MonkeyPatch, words: str) -> None:
    monkeypatch.setenv("COLUMNS", "80")

    done = run(*words.split(), "--help")

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (DATA / f"{words.replace(' ', '-')}.txt").read_text()


def test_the_steps_are_all_commands() -> None:
    assert set(command.commands) == set(STEPS)


def test_a_misspelt_command_is_answered_with_the_right_one() -> None:
    done = run("cut", "paln", "x")

    assert done.returncode == 2
    assert "plan" in done.stderr


def test_the_commands_are_completed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_REELPACK_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", "reelpack cut ")
    monkeypatch.setenv("COMP_CWORD", "2")

    assert "plain,plan" in run().stdout.split()


@pytest.mark.parametrize("target", ["cut.toml", "plans/cut.yaml"])
def test_all_that_is_told_is_in_the_plan(folder: Path, target: str) -> None:
    (folder / "plans").mkdir()
    done = run(
        "cut", "plan", "new", "lc.mov", "cut.edl", "--as", "Audio", "mx.wav", "-o", target,
        "--episode", "All", "--type", "Netflix Cut", "--title", "Example", "--kind", "feature",
        "--version", "3", "--run-time", "1:42:30", "--note", "a\nb", "--release", "manual",
        "--team", "Post", "--team", "Sound", "--release-note", "ready",
    )  # fmt: skip

    up = "../" if "/" in target else ""
    assert done.returncode == 0
    assert done.stdout.startswith(f"wrote {target}\n")
    assert cuts.read_plan(target) == cuts.CutPlan(
        episode="All",
        files=(
            cuts.PlannedFile(f"{up}lc.mov", "Proxy"),
            cuts.PlannedFile(f"{up}mx.wav", "Audio"),
            cuts.PlannedFile(f"{up}cut.edl"),
        ),
        type="Netflix Cut",
        title="Example",
        kind="feature",
        version=3,
        run_time=6150,
        note="a\nb",
        release=cuts.Release("manual", ("Post", "Sound"), "ready"),
    )


def test_a_plan_is_shown_with_the_steps_to_be_done() -> None:
    make("--title 'Example Show' --run-time 0:42:10 --note 'LOCKED CUT'")

    done = run("cut", "plan", "show", "cut.toml")

    assert (done.returncode, done.stderr) == (0, "")
    first = "Example Show: Locked Cut, Episode All (feature), version 1, 3 files\n"
    assert done.stdout.startswith(first)
    assert "\n[ ] 4. enter the metadata\n       Cut Type: Locked Cut\n" in done.stdout
    assert "\n       File Type of lc.mov: Proxy\n" in done.stdout
    assert "(about 02:06:30 for 00:42:10)" in done.stdout


def test_what_is_assumed_and_what_is_open_is_shown_as_such() -> None:
    run("cut", "plan", "new", "lc.mov", "mx.wav", "--episode=7", "--type=Other", "-o", "cut.toml")

    done = run("cut", "plan", "show", "cut.toml")

    assert "File Type of mx.wav: (not in the plan)\n" in done.stdout
    assert "[ ] 4. enter the metadata (assumed)\n" in done.stdout


def test_the_same_is_told_to_a_program() -> None:
    make()
    run("cut", "plan", "delivered", "cut.toml", "--at", "2025-11-30T12:00:00Z")

    shown = json.loads(run("cut", "plan", "show", "cut.toml", "--json").stdout)
    checked = json.loads(run("cut", "plan", "check", "cut.toml", "--json").stdout)

    plan = cuts.read_plan("cut.toml")
    assert shown["plan"] == checked["plan"] == plan.to_dict()
    assert shown["steps"] == [step.to_dict() for step in cuts.steps(plan)]
    assert shown["deliveries"] == [each.to_dict() for each in cuts.deliveries("cut.toml")]
    expected = cuts.check_plan("cut.toml").to_dict()
    assert checked | {"seconds": 0} == expected | {"seconds": 0}


def test_the_run_time_comes_from_the_video(folder: Path) -> None:
    movies.make(folder / "lc.mov", f"{movies.picture(rate='24', seconds=3)} {movies.X264}")
    make()

    told = run("cut", "plan", "check", "cut.toml")

    assert cuts.read_plan("cut.toml").run_time == 3
    assert "how long the video is" not in told.stdout
    make("--run-time 0:00:09", target="other.toml")
    other = run("cut", "plan", "check", "other.toml")
    assert cuts.read_plan("other.toml").run_time == 9
    assert "lc.mov  the plan says 00:00:09, the video 00:00:03  (cut.plan.run-time)" in other.stdout
    assert (other.returncode, run("cut", "plan", "check", "other.toml", "--strict").returncode) == (
        0,
        1,
    )


@pytest.mark.parametrize("kind", ["text", "folder", "fifo", "secret"])
def test_a_video_that_cannot_be_read_stops_no_plan(folder: Path, kind: str) -> None:
    video = folder / "lc.mov"
    if kind == "text":
        video.write_text("text")
    if kind in {"folder", "fifo"}:
        video.unlink()
        video.mkdir() if kind == "folder" else os.mkfifo(video)
    if kind == "secret":
        video.chmod(0)
        folder.chmod(0o777)

    done = run(
        "cut", "plan", "new", "lc.mov", "--episode", "All", "-o", "cut.toml",
        unprivileged=kind == "secret",
    )  # fmt: skip

    assert done.stderr == ""
    assert cuts.read_plan("cut.toml").run_time is None
    if kind in {"folder", "fifo"}:  # as before: there is no such regular file
        assert done.returncode == 1
        assert "lc.mov  not there, or no regular file  (cut.plan.missing)" in done.stdout
    else:
        assert done.returncode == (1 if kind == "text" else 0)
        said = "cut.plan.movie" if kind == "text" else "not checked: whether this is a movie"
        assert said in done.stdout


def test_new_tells_a_program_what_check_finds() -> None:
    done = run("cut", "plan", "new", "lc.mov", "--episode=All", "-o", "cut.toml", "--json")

    found = json.loads(done.stdout)
    assert found["plan"]["files"] == [{"path": "lc.mov", "type": "Proxy"}]
    assert {each["path"] for each in found["findings"]} == {"", "mx.wav", "cut.edl"}


def test_a_delivery_is_noted_and_held_against(folder: Path) -> None:
    make()

    noted = run("cut", "plan", "delivered", "cut.toml", "--at", "2025-11-30T13:00:00+01:00")
    well = run("cut", "plan", "check", "cut.toml", "--quiet")
    (folder / "mx.wav").write_bytes(b"mX.wav")
    changed = run("cut", "plan", "check", "cut.toml", "--quiet")
    (folder / "mx.wav").unlink()
    missing = run("cut", "plan", "check", "cut.toml", "--quiet")

    assert noted.stdout == (
        "version 1 was delivered 2025-11-30T12:00:00Z: 3 files, 20.0 kB\nwrote cut.delivered.toml\n"
    )
    assert (well.returncode, changed.returncode, missing.returncode) == (0, 1, 1)
    assert "20.0 kB read in " in well.stdout
    assert "error  mx.wav  MD5 " in changed.stdout
    assert "(cut.plan.changed)\n" in changed.stdout
    assert "error  mx.wav  not there, or no regular file  (cut.plan.missing)\n" in missing.stdout
    assert "not checked: what the files hold" in missing.stdout
    assert "version 1 was delivered" in run("cut", "plan", "show", "cut.toml").stdout


def test_a_delivery_is_told_to_a_program() -> None:
    make()

    done = run("cut", "plan", "delivered", "cut.toml", "--json", "--quiet")

    assert json.loads(done.stdout) == cuts.deliveries("cut.toml")[0].to_dict()


def test_a_warning_counts_where_that_is_asked_for() -> None:
    make()
    plan = Path("cut.toml")
    plan.write_text(plan.read_text().replace('type = "List"', 'type = ""'))

    assert run("cut", "plan", "check", "cut.toml").returncode == 0
    assert run("cut", "plan", "check", "cut.toml", "--strict").returncode == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("new lc.mov --episode All -o cut.json", "cut.json: a plan ends in .toml, .yaml, .yml"),
        ("new gone.mov --episode All -o cut.toml", "gone.mov: No such file or directory"),
        ("new lc.mov --episode '' -o cut.toml", "cut.toml: cut.episode: it is empty"),
        ("new lc.mov --episode All -o gone/cut.toml", "No such file or directory"),
        ("new lc.mov --episode All -o cut.toml --run-time 90", "such as 1:42:30"),
        ("new lc.mov --episode All -o cut.toml --type Final", "'Final' is not one of"),
        ("new lc.mov -o cut.toml", "missing option '--episode'"),
        ("check gone.toml", "gone.toml: No such file or directory"),
        ("show lc.mov", "lc.mov: a plan ends in .toml, .yaml, .yml"),
        ("delivered lc.mov --at yesterday", "such as 2026-11-30T12:00:00Z"),
        ("delivered lc.mov --at 2026-11-30T12:00:00", "such as 2026-11-30T12:00:00Z"),
    ],
)
def test_what_has_no_answer_is_2(folder: Path, arguments: str, said: str) -> None:
    before = sorted(folder.iterdir())

    done = run("cut", "plan", *shlex.split(arguments))

    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert sorted(folder.iterdir()) == before


def test_a_plan_is_written_over_only_with_replace() -> None:
    make()

    refused = run("cut", "plan", "new", "lc.mov", "--episode", "2", "-o", "cut.toml")

    assert refused.returncode == 2
    assert refused.stderr.endswith("hint: `--replace` writes over it\n")
    make("--replace --version 2")
    assert cuts.read_plan("cut.toml").version == 2


def test_a_link_is_followed_and_stays(folder: Path) -> None:
    (folder / "plans").mkdir()
    make(target="plans/cut.toml")
    link = folder / "current.toml"
    link.symlink_to("plans/cut.toml")

    refused = run("cut", "plan", "new", "lc.mov", "--episode", "2", "-o", "current.toml")
    make("--replace --version 2", target="current.toml")

    assert (refused.returncode, link.is_symlink()) == (2, True)
    plan = cuts.read_plan("plans/cut.toml")
    assert (plan.version, plan.files[0].path) == (2, "../lc.mov")


@pytest.mark.parametrize("command", ["new lc.mov --episode 1 --replace -o", "check", "delivered"])
def test_a_record_is_taken_for_no_plan(folder: Path, command: str) -> None:
    make()
    run("cut", "plan", "delivered", "cut.toml", "--quiet")
    before = (folder / "cut.delivered.toml").read_bytes()

    done = run("cut", "plan", *command.split(), "cut.delivered.toml")

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.endswith(
        "reelpack: error: cut.delivered.toml: the name of a record of deliveries\n"
        "hint: name a plan, such as `cut.toml`\n"
    )
    assert (folder / "cut.delivered.toml").read_bytes() == before


def test_a_second_note_of_one_version_is_refused_with_a_hint() -> None:
    make()
    run("cut", "plan", "delivered", "cut.toml")

    done = run("cut", "plan", "delivered", "cut.toml", "--quiet")

    assert done.returncode == 2
    assert "hint: what was uploaded since is a new version: raise `version`\n" in done.stderr


def test_a_time_that_is_not_there_yet_is_refused_with_a_hint(folder: Path) -> None:
    make()

    done = run("cut", "plan", "delivered", "cut.toml", "--at", "9999-01-01T00:00:00Z", "--quiet")

    assert (done.returncode, done.stdout) == (2, "")
    assert "cut.toml: 9999-01-01T00:00:00Z is later than now, which is 2" in done.stderr
    assert "\nhint: look at the date and the time zone, or leave out the time" in done.stderr
    assert not (folder / "cut.delivered.toml").exists()


@pytest.mark.parametrize(
    ("name", "content", "hinted"),
    [
        ("cut.toml", b"[cut]", True),
        ("cut.toml", b"[cut", True),
        ("cut.toml", b"\xff", False),
        ("cut.toml", b"#" * (1 << 19), False),
        ("cut.delivered.toml", b"[plan]", False),
    ],
)
def test_what_a_plan_lacks_is_shown_by_new(
    folder: Path, name: str, content: bytes, *, hinted: bool
) -> None:
    make()
    (folder / name).write_bytes(content)

    done = run("cut", "plan", "check", "cut.toml", "--quiet")

    assert done.returncode == 2
    assert done.stderr.startswith(f"reelpack: error: {name}: ")
    assert ("hint: `reelpack cut plan new --help` shows how one is made" in done.stderr) == hinted


@pytest.mark.parametrize(("version", "code"), [("1000000", 0), ("1000001", 2)])
def test_new_and_check_have_one_bound_of_versions(version: str, code: int) -> None:
    done = run(
        "cut", "plan", "new", "lc.mov", "--episode=1", "-o", "cut.toml", "--version", version
    )

    assert done.returncode == code


def test_a_delivery_with_errors_is_noted_and_they_are_said(folder: Path) -> None:
    make("--replace")
    (folder / "lc.mov").write_text("text")
    plan = folder / "cut.toml"
    plan.write_text(plan.read_text().replace('"All"', '"1"'))

    done = run("cut", "plan", "delivered", "cut.toml", "--quiet")

    assert (done.returncode, len(cuts.deliveries("cut.toml"))) == (0, 1)
    assert done.stderr == (
        "reelpack: 2 errors in what was noted, first: a feature with the Episode 1; "
        "`reelpack cut plan check` shows all\n"
    )


def test_an_error_of_a_file_is_said_with_its_name(folder: Path) -> None:
    make()
    (folder / "lc.mov").write_text("text")

    done = run("cut", "plan", "delivered", "cut.toml", "--quiet")

    assert "1 error in what was noted, first: lc.mov: no box of a movie; " in done.stderr


def test_a_folder_that_may_not_be_listed_keeps_no_delivery_from_its_note(folder: Path) -> None:
    make()
    folder.chmod(0o300)

    done = run("cut", "plan", "delivered", "cut.toml", "--quiet", unprivileged=True)

    assert (done.returncode, done.stderr) == (0, "")
    assert len(cuts.deliveries("cut.toml")) == 1


def test_words_of_a_plan_cannot_steer_the_terminal(folder: Path) -> None:
    make()
    plan = folder / "cut.toml"
    plan.write_text(plan.read_text().replace('title = ""', 'title = "a\u202eb"'))

    assert "a\\u202eb: Locked Cut" in run("cut", "plan", "show", plan).stdout
