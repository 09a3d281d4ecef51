"""`reelpack audit`: the verdict, the findings, the files it writes and the exit code."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import re
from typing import TYPE_CHECKING

import pytest
import reelpack
from material.commands import reelpack as run
from material.pretended import Pretended
from reelpack.cli.app import app

if TYPE_CHECKING:
    from pathlib import Path

    from reelpack import Audit


@pytest.fixture
def delivery(tmp_path: Path) -> Path:
    """Twelve frames and their list."""
    folder = tmp_path / "delivery"
    folder.mkdir()
    lines = []
    for number in range(1, 13):
        content = b"%09d" % number
        (folder / f"nam.{number:07}.ari").write_bytes(content)
        digest = hashlib.md5(content, usedforsecurity=False).hexdigest()
        lines.append(f"nam.{number:07}.ari\t9\tmd5\t{digest}\n")
    (folder / "checksum.txt").write_text("".join(lines))
    return folder


def test_no_problem_is_a_verdict_and_0(delivery: Path) -> None:
    done = run("audit", delivery, "--quiet")

    assert (done.returncode, done.stderr) == (0, "")
    verdict, about, *_ = done.stdout.splitlines()
    assert verdict.startswith("no problem found by profile general in 12 files; not checked: ")
    assert re.fullmatch(
        r"1 sequence, 12 files, 108 bytes in [\d.]+ s, .+/s, held against checksum\.txt", about
    )


def test_a_changed_frame_and_a_gap_are_1(delivery: Path) -> None:
    (delivery / "nam.0000003.ari").write_bytes(b"000000000")
    (delivery / "nam.0000007.ari").unlink()

    done = run("audit", delivery, "--quiet")

    assert (done.returncode, done.stderr) == (1, "")
    assert re.search(r"^error +nam\.0000003\.ari  ", done.stdout, re.MULTILINE)
    assert re.search(r"^error +nam\.#######\.ari  ", done.stdout, re.MULTILINE)


def test_the_same_words_as_preflight(delivery: Path) -> None:
    (delivery / "nam.0000007.ari").unlink()
    (delivery / "checksum.txt").unlink()

    before = run("preflight", delivery, "--quiet").stdout.splitlines()
    done = run("audit", delivery, "--quiet").stdout.splitlines()

    findings = [line for line in before if line.startswith(("error", "warning", "info"))]
    assert findings
    assert set(findings) <= set(done)


def test_a_table_is_written_with_each_digest(delivery: Path, tmp_path: Path) -> None:
    target = tmp_path / "files.csv"
    algorithms = ["--algorithm", "sha256", "--algorithm", "md5"]

    done = run("audit", delivery, *algorithms, "--csv", target, "--quiet")

    assert done.returncode == 0
    assert done.stdout.endswith(f"wrote {target}\n")
    with target.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["path"] for row in rows] == [f"nam.{number:07}.ari" for number in range(1, 13)]
    assert rows[0]["sha256"] == hashlib.sha256(b"000000001").hexdigest()
    assert list(rows[0])[3:5] == ["sha256", "md5"]


def test_a_report_is_written_and_replaced(delivery: Path, tmp_path: Path) -> None:
    target = tmp_path / "report.html"
    target.write_text("older")

    done = run("audit", delivery, "--html", target, "--quiet")

    assert done.returncode == 0
    assert done.stdout.endswith(f"wrote {target}\n")
    assert "no problem found by profile general" in target.read_text(encoding="utf-8")


@pytest.mark.parametrize("option", ["--html", "--csv"])
def test_nothing_is_written_into_the_delivery(delivery: Path, option: str) -> None:
    before = sorted(delivery.iterdir())

    done = run("audit", delivery, option, delivery / "report", "--quiet")

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        f"reelpack: error: {delivery / 'report'}: "
        "a report is written beside the delivery, never into it\n"
    )
    assert sorted(delivery.iterdir()) == before


def test_a_report_that_cannot_be_written_is_said_before_the_work(
    delivery: Path, tmp_path: Path
) -> None:
    done = run("audit", delivery, "--html", tmp_path / "gone" / "report.html", "--quiet")

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"reelpack: error: {tmp_path / 'gone'}: No such file or directory\n"


def test_json_gives_the_same_facts_to_a_program(delivery: Path, tmp_path: Path) -> None:
    (delivery / "nam.0000007.ari").unlink()
    target = tmp_path / "files.csv"

    done = run("audit", delivery, "--json", "--csv", target, "--quiet", "--no-state")

    about = json.loads(done.stdout)
    expected = json.loads(json.dumps(reelpack.audit(delivery, state=False).to_dict()))
    assert (done.returncode, done.stderr) == (1, "")
    assert about | {"seconds": 0} == expected | {"seconds": 0}
    assert target.exists()


def test_what_was_told_and_the_profile_count(delivery: Path) -> None:
    done = run("audit", delivery, "--first", "1", "--frames", "13", "--quiet")

    assert done.returncode == 1
    assert run("audit", delivery, "--profile", "nothing", "--quiet").stderr.endswith(
        "hint: `reelpack preflight --list` names the profiles that are built in\n"
    )


def test_an_algorithm_that_is_unknown_is_2(delivery: Path) -> None:
    done = run("audit", delivery, "--algorithm", "md4", "--quiet")

    assert (done.returncode, done.stdout) == (2, "")
    assert "'md4'" in done.stderr


def answer(monkeypatch: pytest.MonkeyPatch, judged: Audit) -> None:
    """Let the command find what was made up."""
    monkeypatch.setattr(reelpack, "audit", lambda *_, **__: judged)


@pytest.mark.parametrize(
    ("lists", "said"),
    [
        ((), "no list to hold them against"),
        (("nam\n/checksum.txt",), "held against nam\\n/checksum.txt"),
        (("a/checksum.txt", "b/checksum.txt"), "held against 2 lists"),
    ],
    ids=["none", "one", "two"],
)
def test_the_lists_judged_by_are_named(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    lists: tuple[str, ...],
    said: str,
) -> None:
    pretended = Pretended()
    pretended.file("a.dpx")
    answer(monkeypatch, pretended.audit(lists=lists, files_trusted=1))

    assert app.main(["audit", "x", "--quiet", "--cached"], standalone_mode=False) == 0

    about = capsys.readouterr().out.splitlines()[1]
    trusted = "1 of 1 file trusted, unchanged since last read"
    assert about == f"0 sequences, 1 file, 12.7 MB in 2.50 s, 1.22 GB/s, {said}, {trusted}"


def test_why_nothing_is_remembered_is_noted(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answer(monkeypatch, Pretended().audit(state_error="/x/state.db: no space left"))

    app.main(["audit", "x", "--json"], standalone_mode=False)

    said = capsys.readouterr()
    assert said.err.splitlines()[-1] == "note: /x/state.db: no space left"
    assert json.loads(said.out)["state_error"] == "/x/state.db: no space left"


def test_warnings_count_where_that_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    pretended = Pretended()
    pretended.finding("name.field", "nam_x", "unknown value", severity="warning")
    answer(monkeypatch, pretended.audit())

    assert app.main(["audit", "x", "--quiet"], standalone_mode=False) == 0
    assert app.main(["audit", "x", "--quiet", "--strict"], standalone_mode=False) == 1


def test_two_reports_in_one_file_are_wrong_usage(delivery: Path, tmp_path: Path) -> None:
    done = run("audit", delivery, "--html", tmp_path / "r", "--csv", tmp_path / "r", "--quiet")

    assert (done.returncode, done.stdout) == (2, "")
    assert "`--html` and `--csv` name one file" in done.stderr


def test_a_report_replaces_no_pipe(delivery: Path, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")

    done = run("audit", delivery, "--html", tmp_path / "pipe", "--quiet")

    assert done.returncode == 2
    assert "no regular file" in done.stderr
    assert (tmp_path / "pipe").is_fifo()


def test_an_empty_delivery_has_no_verdict(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()

    for command in ("audit", "preflight"):
        done = run(command, tmp_path, "--quiet")
        assert (done.returncode, done.stdout) == (2, "")
        assert "no file to list" in done.stderr


def test_a_profile_without_rules_is_refused(delivery: Path, tmp_path: Path) -> None:
    (tmp_path / "own.toml").touch()

    done = run("preflight", delivery, "--profile", tmp_path / "own.toml", "--quiet")

    assert done.returncode == 2
    assert "asks for no rule" in done.stderr


def test_a_hidden_file_that_a_list_names_is_held_against_it(delivery: Path) -> None:
    (delivery / ".hidden").write_bytes(b"now")
    digest = hashlib.md5(b"then", usedforsecurity=False).hexdigest()
    (delivery / "other.md5").write_text(f"{digest}  .hidden\n")
    (delivery / "CHECKSUM.TXT").write_text("not looked at")

    done = run("audit", delivery, "--json", "--quiet")

    assert done.returncode == 1
    found = {(each["rule"], each["path"]) for each in json.loads(done.stdout)["findings"]}
    assert {("list.changed", ".hidden"), ("list.unused", "CHECKSUM.TXT")} <= found
