"""`reelpack preflight`: the verdict, the findings by rule, the profiles and the exit code."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
import reelpack
from material.commands import reelpack as run
from reelpack import NotChecked, Preflight, RuleFinding
from reelpack.cli import problems
from reelpack.cli.app import app

if TYPE_CHECKING:
    from pathlib import Path

BLANK = RuleFinding(
    "name.characters", "error", "a b.dpx", None, "blank in the name", "rename it", "PAA", "verified"
)
ODD = RuleFinding("name.field", "warning", "nam_x", None, "unknown value `x`", source="our guess")
BLACK = RuleFinding("frames.same", "info", "nam.#######.dpx", 0, "10 frames are identical")
FOUND = Preflight(
    path="x",
    profile="general",
    findings=(),
    not_checked=(),
    sequences=(),
    files=12,
    size=108,
    seconds=0.5,
)


@pytest.fixture
def delivery(tmp_path: Path) -> Path:
    """Twelve frames, as they ought to be."""
    folder = tmp_path / "delivery" / "nam"
    folder.mkdir(parents=True)
    for number in range(1, 13):
        (folder / f"nam.{number:07}.dpx").write_bytes(b"%09d" % number)
    return folder.parent


def test_no_problem_is_a_verdict_and_0(delivery: Path) -> None:
    done = run("preflight", delivery, "--quiet")

    assert (done.returncode, done.stderr) == (0, "")
    verdict, about, *_ = done.stdout.splitlines()
    assert verdict.startswith("no problem found by profile general in 12 files; not checked: ")
    assert about == (
        "1 sequence, 12 files, 108 bytes; "
        "the bytes of no file were read, `reelpack audit` reads them"
    )


def test_an_error_is_1_with_its_rule_and_its_source(delivery: Path) -> None:
    (delivery / "nam" / "nam 2.txt").write_bytes(b"x")

    done = run("preflight", delivery, "--profile", "content-hub", "--quiet")

    assert (done.returncode, done.stderr) == (1, "")
    lines = done.stdout.splitlines()
    assert " found by profile content-hub in 13 files" in lines[0]
    (at,) = [place for place, line in enumerate(lines) if "nam/nam 2.txt  " in line]
    assert re.fullmatch(r"error +nam/nam 2\.txt  .+  \([a-z.-]+\)", lines[at])
    assert any(line.lstrip().startswith("source: ") for line in lines[at:])


def test_what_was_told_is_missed(delivery: Path) -> None:
    done = run("preflight", delivery, "--first", "1", "--frames", "13", "--quiet")

    assert done.returncode == 1
    assert done.stdout.startswith("1 error")


def test_a_profile_of_your_own_is_a_file(delivery: Path, tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text('name = "mine"\nextends = "general"\n')

    done = run("preflight", delivery, "--profile", tmp_path / "own.toml", "--quiet")

    assert done.returncode == 0
    assert "by profile mine in" in done.stdout


def test_a_profile_that_nobody_knows_is_2_with_a_hint(delivery: Path) -> None:
    done = run("preflight", delivery, "--profile", "nothing", "--quiet")

    assert (done.returncode, done.stdout) == (2, "")
    error, hint = done.stderr.splitlines()
    assert error.startswith("reelpack: error: nothing")
    assert hint == "hint: `reelpack preflight --list` names the profiles that are built in"


def test_a_delivery_has_to_be_given() -> None:
    done = run("preflight", "--strict")

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines() == [
        "reelpack: error: missing argument 'PATH'",
        "hint: `reelpack preflight --help` shows what it takes",
    ]


def test_json_gives_the_same_facts_to_a_program(delivery: Path) -> None:
    (delivery / "nam" / "nam.0000007.dpx").unlink()

    done = run("preflight", delivery, "--json", "--quiet")

    about = json.loads(done.stdout)
    expected = reelpack.preflight(delivery).to_dict()
    assert (done.returncode, done.stderr) == (1, "")
    assert about | {"seconds": 0} == json.loads(json.dumps(expected)) | {"seconds": 0}


def test_the_profiles_are_named() -> None:
    done = run("preflight", "--list")

    known = reelpack.profiles()
    assert (done.returncode, done.stderr) == (0, "")
    assert [line.split("  ")[0] for line in done.stdout.splitlines()] == [
        profile.name for profile in known
    ]
    assert json.loads(run("preflight", "--list", "--json").stdout) == {
        "profiles": [{"name": profile.name, "title": profile.title} for profile in known]
    }


def test_a_profile_is_shown_to_begin_another_with() -> None:
    text = reelpack.profile_text("footage")

    done = run("preflight", "--show", "--profile", "footage")

    assert (done.returncode, done.stdout, done.stderr) == (0, text, "")
    about = json.loads(run("preflight", "--show", "--profile", "footage", "--json").stdout)
    assert about == {"profile": "footage", "text": text}


@pytest.mark.parametrize(
    ("findings", "code", "strict"),
    [((), 0, 0), ((BLACK,), 0, 0), ((ODD, BLACK), 0, 1), ((ODD, BLANK), 1, 1)],
    ids=["nothing", "a note", "a warning", "an error"],
)
def test_warnings_count_where_that_is_asked_for(
    monkeypatch: pytest.MonkeyPatch, findings: tuple[RuleFinding, ...], code: int, strict: int
) -> None:
    monkeypatch.setattr(reelpack, "preflight", lambda *_, **__: replace(FOUND, findings=findings))

    assert app.main(["preflight", "x", "--quiet"], standalone_mode=False) == code
    assert app.main(["preflight", "x", "--quiet", "--strict"], standalone_mode=False) == strict


def test_the_worst_comes_first_and_each_rule_says_once_what_to_do() -> None:
    blanks = [replace(BLANK, path=f"a b.{number}.dpx") for number in (1, 2, 3)]
    other = replace(BLANK, path="é", message="é in the name")

    assert list(problems.lines([BLACK, ODD, *blanks, other])) == [
        "error    a b.1-3.dpx  (3)  blank in the name  (name.characters)",
        "error    é  é in the name  (name.characters)",
        "         fix: rename it",
        "         source: PAA (verified)",
        "warning  nam_x  unknown value `x`  (name.field)",
        "         source: our guess",
        "info     nam.#######.dpx  10 frames are identical  (frames.same)",
    ]


def test_a_finding_of_the_whole_delivery_has_a_name_too() -> None:
    whole = replace(BLANK, path="", fix=None, source=None)

    assert list(problems.lines([whole])) == ["error  .  blank in the name  (name.characters)"]


def test_names_and_rules_of_others_cannot_steer_the_terminal() -> None:
    hostile = RuleFinding("r\x1b", "error", "\udce9\n", None, "m\x1b", "f\x1b", "s\x1b", "u\x1b")

    assert list(problems.lines([hostile])) == [
        "error  \\xe9\\n  m\\x1b  (r\\x1b)",
        "       fix: f\\x1b",
        "       source: s\\x1b (u\\x1b)",
    ]


def test_a_hundred_thousand_findings_of_a_rule_are_a_thousand_lines() -> None:
    findings = [replace(BLANK, path=f"a.{number}.dpx") for number in range(0, 200_000, 2)]

    said = list(problems.lines(findings))

    assert len(said) == 1000 + 1 + 2
    assert said[1000] == "error  ... and 99,000 more (`--json` lists all)"


def test_what_was_not_checked_is_said_of_the_whole_first() -> None:
    not_checked = [
        NotChecked(".DS_Store", "hidden file"),
        NotChecked("", "what is in the pictures"),
        NotChecked("x", "broken link"),
    ]

    assert list(problems.unchecked(not_checked)) == [
        "not checked: what is in the pictures",
        "not checked: broken link (1)",
        "  x",
        "not checked: hidden file (1)",
        "  .DS_Store",
    ]
