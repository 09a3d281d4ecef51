"""What the commands say of work that was spared, cloned, brought up to date or streamed.

The work itself is made up: what can be trusted or cloned depends on the disk.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
import reelpack
from reelpack.cli.app import app

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

DIGEST = "900150983cd24fb0d6963f7d28e17f72"
LINES = "".join(f"{name}\t3\tmd5\t{DIGEST}\n" for name in ("a.1.dpx", "a.2.dpx", "b.dpx"))
SPARED = (1, 3, 2, 6, None)
TROUBLED = (3, 9, 0, 0, "/x/state.db: no space\nleft")


class Command:
    """The command in this process, with an extension that answers what it is told to."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.asked: dict[str, object] = {}
        self._patch = monkeypatch

    def finds(self, function: str, answer: object) -> None:
        """Let a function of the extension give `answer`, and keep what it is asked."""

        def answered(*_: object, **options: object) -> object:
            self.asked = options
            return answer

        self._patch.setattr(f"reelpack._native.{function}", answered)

    def __call__(self, *arguments: str | Path) -> int:
        code: int = app.main([str(word) for word in arguments], standalone_mode=False)
        return code


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch) -> Command:
    return Command(monkeypatch)


def lists_of(*folders: Path) -> list[tuple[str, str, int, int]]:
    """What the extension says of folders with three files each."""
    return [(str(folder / "checksum.txt"), LINES, 3, 9) for folder in folders]


def test_an_update_says_what_changed_in_each_list(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: Command
) -> None:
    changes = [("a.1.dpx", "new"), ("a.2.dpx", "new"), ("b.dpx", "changed"), ("sub/c.dpx", "gone")]
    (tmp_path / "sub").mkdir()
    lists = lists_of(tmp_path, tmp_path / "sub")
    command.finds("checksum", (lists, [], (3, 9, 3, 9, None), changes, []))

    assert command("checksum", tmp_path, "--update", "--quiet") == 0

    first, second, total, *rest = capsys.readouterr().out.splitlines()
    assert command.asked["update"] is True
    assert first == f"updated {tmp_path}/checksum.txt: 2 new, 1 changed, 0 gone, 0 kept"
    assert second == f"updated {tmp_path}/sub/checksum.txt: 0 new, 0 changed, 1 gone, 3 kept"
    assert total.endswith("/s, 3 of 6 files trusted, unchanged since last read")
    assert rest == [
        "update: changed (1)",
        "  b.dpx",
        "update: gone (1)",
        "  sub/c.dpx",
        "update: new (2)",
        "  a.1-2.dpx  (2)",
    ]


def test_an_update_of_a_single_list_counts_the_whole_tree(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: Command
) -> None:
    changes = [("sub/b.dpx", "new"), ("x/y/c.dpx", "gone")]
    command.finds("checksum", (lists_of(tmp_path), [], SPARED, changes, []))

    assert command("checksum", tmp_path, "--update", "--root", "--quiet") == 0

    first = capsys.readouterr().out.splitlines()[0]
    assert first == f"updated {tmp_path}/checksum.txt: 1 new, 0 changed, 1 gone, 2 kept"


def test_a_preview_of_an_update_names_the_changes_beside_the_list(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], command: Command
) -> None:
    command.finds("checksum", (lists_of(tmp_path), [], SPARED, [("b.dpx", "new")], []))

    assert command("checksum", tmp_path, "--update", "--preview", "--quiet") == 0

    assert capfd.readouterr() == (LINES, "update: new (1)\n  b.dpx\n")


@pytest.mark.parametrize("options", [[], ["--cached"]])
@pytest.mark.parametrize("name", ["checksum", "zip", "copy", "verify"])
def test_the_summary_says_what_was_not_read(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    command: Command,
    name: str,
    options: list[str],
) -> None:
    how = "trusted, unchanged since last read" if options else "were done by the interrupted run"
    make_up(command, name, tmp_path, SPARED)
    target = [tmp_path / "copy"] if name == "copy" else []

    assert command(name, tmp_path, *target, "--quiet", *options) == 0

    said = capsys.readouterr()
    assert said.out.splitlines()[-1].endswith(f", 2 of 3 files {how}")
    assert said.err == ""
    assert command.asked["cached"] is bool(options)


@pytest.mark.parametrize("name", ["checksum", "zip", "copy", "verify"])
def test_why_nothing_is_remembered_is_noted(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    command: Command,
    name: str,
) -> None:
    make_up(command, name, tmp_path, TROUBLED)
    target = [tmp_path / "copy"] if name == "copy" else []

    assert command(name, tmp_path, *target, "--json") == 0

    said = capsys.readouterr()
    assert said.err.splitlines()[-1] == "note: /x/state.db: no space\\nleft"
    assert json.loads(said.out)["state_error"] == TROUBLED[-1]
    command(name, tmp_path, *target, "--quiet")
    assert "note: " not in capsys.readouterr().err


def make_up(command: Command, name: str, folder: Path, work: tuple[object, ...]) -> None:
    """Answer as if three files had been listed, packed, copied or verified."""
    lists = lists_of(folder)
    answers: dict[str, tuple[str, object]] = {
        "checksum": ("checksum", (lists, [], work, [], [])),
        "zip": ("pack", ("x.zip", 500, 4, LINES, [], [], work, bytes(3))),
        "copy": ("copy", (lists, [], work, ["a.1.dpx", "a.2.dpx", "b.dpx"], bytes(3), False)),
        "verify": ("verify", (3, [], [], ["checksum.txt"], ["md5"], work)),
    }
    command.finds(*answers[name])


@pytest.mark.parametrize(
    ("options", "state", "required"),
    [
        (["--state", "own.db"], "own.db", True),
        (["--no-state"], None, False),
    ],
)
def test_the_state_is_the_one_that_is_named_or_none(
    tmp_path: Path,
    command: Command,
    options: list[str],
    state: str | None,
    *,
    required: bool,
) -> None:
    make_up(command, "verify", tmp_path, SPARED)

    command("verify", tmp_path, "--quiet", *options)

    assert (command.asked["state"], command.asked["required"]) == (state, required)


def test_a_copy_is_told_of(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: Command
) -> None:
    lists = [("/y/checksum.txt", LINES, 3, 9)]
    left_out = [(".DS_Store", "hidden file")]
    work = (3, 9, 0, 0, None)
    command.finds("copy", (lists, left_out, work, ["a", "b", "c"], b"\x00\x01\x01", True))

    assert (
        command("copy", tmp_path, "/y", "--verify", "--clone", "always", "--force", "--quiet") == 0
    )

    said = capsys.readouterr()
    assert said.out.startswith("copied to /y: 1 list, 3 files, 9 bytes in ")
    assert said.out.endswith("/s, read back, 2 cloned\n")
    assert said.err.splitlines() == ["left out: hidden file (1)", "  .DS_Store"]
    asked = {name: command.asked[name] for name in ("clone", "force", "sync", "verify")}
    assert asked == {"clone": "always", "force": True, "sync": False, "verify": True}


def test_cloned_members_of_a_zip_are_counted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: Command
) -> None:
    work = (3, 9, 0, 0, None)
    command.finds("pack", ("x.zip", 500, 4, LINES, [], [], work, b"\x01\x00\x02"))

    assert command("zip", tmp_path, "--to", "x.zip", "--clone", "never", "--quiet") == 0

    assert capsys.readouterr().out.endswith("/s, 1 cloned\n")
    assert command.asked["clone"] == "never"


class Planned:
    """A zip that is known to the byte."""

    size = 9
    members = (("a.1.dpx", 0, 3, 3), ("checksum.txt", 6, 9, 0))
    left_out = ((".DS_Store", "hidden file"),)
    clamped = ("a.1.dpx",)
    state_error = None

    def stream(self, write: Callable[[bytes], object], *, progress: object) -> None:
        assert progress is None
        for piece in (b"one", b"\n\r\x00", b"end"):
            write(piece)


def test_a_streamed_zip_is_all_that_is_on_stdout(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes], command: Command
) -> None:
    command.finds("plan", Planned())

    assert command("zip", tmp_path, "--to", "-", "--tree", "--quiet") == 0

    said = capfdbinary.readouterr()
    wrote, *rest = said.err.decode().splitlines()
    assert said.out == b"one\n\r\x00end"
    assert wrote.startswith("wrote <stdout>: 2 members, 9 bytes in ")
    assert rest == [
        "left out: hidden file (1)",
        "  .DS_Store",
        "note: time outside 1980 to 2107, stored as the nearest that a zip can hold (1)",
        "  a.1.dpx",
    ]
    assert command.asked["layout"] == "tree"


KNOWN = (
    8192,
    3,
    2,
    [
        ("zip", "/x", "/x.zip", "/.reelpack.1.part", 6, 1.5, 2),
        ("verify", "/y\n", None, None, 0, 2.5, 1),
    ],
)


def test_a_state_is_shown_with_the_runs_that_were_stopped(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    command: Command,
) -> None:
    monkeypatch.setattr("time.localtime", lambda _: (2026, 11, 21, 10, 0, 5, 5, 325, 0))
    command.finds("state_facts", KNOWN)

    assert command("state", "--state", "own.db") == 0

    began = "began 2026-11-21 10:00:05"
    assert capsys.readouterr().out.splitlines() == [
        "own.db: 3 files in 2 folders, 8.19 kB",
        f"unfinished: zip /x to /x.zip, {began}, 2 files done, 6 bytes in /.reelpack.1.part",
        f"unfinished: verify /y\\n, {began}, 1 file done",
    ]


def test_a_state_as_json_is_one_object(
    capsys: pytest.CaptureFixture[str], command: Command
) -> None:
    command.finds("state_facts", KNOWN)

    assert command("state", "--json") == 0

    assert json.loads(capsys.readouterr().out) == reelpack.state().to_dict()


@pytest.mark.parametrize(
    ("words", "line", "fact"),
    [
        (["forget", "/x"], "forgot 3 files", "forgotten"),
        (["prune"], "forgot 3 files", "forgotten"),
        (["clear"], "cleared own.db, removed 3 unfinished parts", "parts"),
    ],
    ids=["forget", "prune", "clear"],
)
def test_what_was_dropped_is_counted(
    capsys: pytest.CaptureFixture[str],
    command: Command,
    words: list[str],
    line: str,
    fact: str,
) -> None:
    command.finds("state_facts", (0, 0, 0, []))
    command.finds(f"state_{words[0]}", 3)

    assert command("state", *words, "--state", "own.db") == 0
    assert capsys.readouterr().out == f"{line}\n"
    assert command("state", "--state", "own.db", "--json", *words) == 0
    assert json.loads(capsys.readouterr().out) == {fact: 3}
