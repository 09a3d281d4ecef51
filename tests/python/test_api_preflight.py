"""`preflight` and the profiles as a Python program calls them."""

from __future__ import annotations

import json
import os
import pickle
from dataclasses import replace
from pathlib import Path

import pytest
import reelpack
from reelpack import NotChecked, Preflight, ProfileError, RuleFinding

PROFILES = ("general", "content-hub", "picture-archival", "frame-sequence-zip", "footage")
"""The profiles that come along."""

BLANK = RuleFinding(
    "name.characters",
    "error",
    "a b.dpx",
    None,
    "blank in the name",
    fix="rename it",
    source="PAA",
    sure="verified",
)
LATIN = RuleFinding("name.text", "warning", "\udce9.dpx", None, "no text", path_bytes="e92e647078")
BLACK = RuleFinding("frames.same", "info", "nam.#######.dpx", 0, "10 frames are identical")
BYTES = NotChecked("", "the bytes of the files")
FOUND = Preflight(
    path="/deliveries/nam",
    profile="general",
    findings=(BLANK, LATIN, BLACK),
    not_checked=(BYTES, NotChecked(".DS_Store", "hidden file")),
    sequences=tuple(reelpack.group_sequences(["nam.0000001.dpx", "nam.0000002.dpx"])),
    files=240,
    size=3_059_220_480,
    seconds=0.5,
)


@pytest.fixture
def delivery(tmp_path: Path) -> Path:
    """Two frames, one with a blank in its name, and what a desktop leaves behind."""
    folder = tmp_path / "delivery"
    (folder / "nam").mkdir(parents=True)
    (folder / "nam" / "nam.0000001.dpx").write_bytes(b"one")
    (folder / "nam" / "nam 2.dpx").write_bytes(b"second")
    (folder / ".DS_Store").touch()
    return folder


def test_a_delivery_is_held_against_a_profile(delivery: Path) -> None:
    judged = reelpack.preflight(delivery, profile="content-hub")

    assert not judged.ok
    assert "nam/nam 2.dpx" in {finding.path for finding in judged.failures}
    assert (judged.path, judged.profile) == (os.fspath(delivery), "content-hub")
    assert (judged.files, judged.size) == (2, 9)
    assert ".DS_Store" in {item.path for item in judged.not_checked}
    assert judged.problems is judged.findings
    assert judged.seconds > 0


def test_a_file_that_nobody_may_read_is_judged_all_the_same(delivery: Path) -> None:
    before = reelpack.preflight(delivery, profile="content-hub")
    for frame in (delivery / "nam").iterdir():
        frame.chmod(0)

    after = reelpack.preflight(delivery, profile="content-hub")

    assert after.findings == before.findings


def test_gaps_are_those_that_sequences_finds(delivery: Path) -> None:
    (delivery / "nam" / "nam.0000004.dpx").write_bytes(b"four")

    found = reelpack.sequences(delivery, first=1, frames=5)
    judged = reelpack.preflight(delivery, first=1, frames=5)

    assert judged.sequences == found.sequences
    assert judged.sequences[0].missing == ((2, 3), (5, 5))
    assert set(found.findings) <= set(judged.findings)


def test_the_profiles_that_come_along_are_named() -> None:
    known = reelpack.profiles()

    assert tuple(profile.name for profile in known) == PROFILES
    assert all(profile.title and profile.text for profile in known)


@pytest.mark.parametrize("name", PROFILES)
def test_each_profile_can_be_asked_and_begins_one_of_your_own(tmp_path: Path, name: str) -> None:
    own = tmp_path / "own.toml"
    own.write_text(reelpack.profile_text(name))

    assert reelpack.profile_text(own) == own.read_text()
    assert reelpack.preflight(tmp_path, profile=name).profile == name


def test_a_profile_of_your_own_is_asked(delivery: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text('name = "mine"\nextends = "general"\n')

    judged = reelpack.preflight(delivery, profile=own)

    assert judged.profile == "mine"


def test_a_path_is_a_file_whatever_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    with pytest.raises(FileNotFoundError):
        reelpack.preflight(tmp_path, profile=Path("general"))


@pytest.mark.parametrize("text", ["no TOML at all", "[rules]\nnone = 1 2\n"])
def test_a_profile_that_is_none_is_an_error_with_its_place(tmp_path: Path, text: str) -> None:
    own = tmp_path / "own.toml"
    own.write_text(text)

    with pytest.raises(ProfileError) as caught:
        reelpack.preflight(tmp_path, profile=os.fspath(own))

    assert caught.value.path == os.fspath(own)
    assert caught.value.line is not None
    assert str(caught.value).startswith(os.fspath(own))


def test_a_profile_that_nobody_knows_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ProfileError) as caught:
        reelpack.preflight(tmp_path, profile="nothing")

    assert (caught.value.path, caught.value.line) == ("nothing", None)
    assert isinstance(caught.value, ValueError)


def test_the_error_of_a_profile_survives_pickling() -> None:
    error = ProfileError("own.toml: line 3: no rule", "own.toml", 3)

    copy = pickle.loads(pickle.dumps(error))  # noqa: S301  (made on the same line)

    assert (str(copy), copy.path, copy.line) == ("own.toml: line 3: no rule", "own.toml", 3)


def test_what_is_not_there_is_an_os_error_with_its_name(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError) as caught:
        reelpack.preflight(tmp_path / "gone")

    assert caught.value.filename == os.fspath(tmp_path / "gone")


@pytest.mark.parametrize(
    ("findings", "verdict"),
    [
        ((), "no problem found by profile general in 240 files"),
        ((BLACK,), "no problem found by profile general in 240 files, 1 note"),
        ((LATIN,) * 2, "2 warnings found by profile general in 240 files"),
        (
            (BLANK, LATIN, BLACK),
            "1 error, 1 warning found by profile general in 240 files, 1 note",
        ),
    ],
    ids=["nothing", "a note", "warnings", "all"],
)
def test_the_verdict_counts_and_promises_nothing(
    findings: tuple[RuleFinding, ...], verdict: str
) -> None:
    judged = replace(FOUND, findings=findings, not_checked=())

    assert judged.verdict == verdict


@pytest.mark.parametrize(
    ("not_checked", "said"),
    [
        ((BYTES,), "; not checked: the bytes of the files"),
        (FOUND.not_checked, "; not checked: the bytes of the files, 1 path"),
        ((NotChecked(".x", "hidden file"),) * 1200, "; not checked: 1,200 paths"),
        (
            tuple(NotChecked("", letter) for letter in "abcde"),
            "; not checked: a, b, c, 2 more",
        ),
    ],
    ids=["a reason", "a path too", "paths", "many reasons"],
)
def test_the_verdict_says_what_was_not_checked(
    not_checked: tuple[NotChecked, ...], said: str
) -> None:
    judged = replace(FOUND, findings=(), not_checked=not_checked)

    assert judged.verdict == f"no problem found by profile general in 240 files{said}"


def test_warnings_are_no_failures() -> None:
    judged = replace(FOUND, findings=(LATIN, BLACK))

    judged.raise_for_failures()

    assert judged.ok
    assert (judged.failures, judged.warnings) == ((), (LATIN,))


def test_errors_raise_on_request() -> None:
    with pytest.raises(reelpack.VerificationError) as caught:
        FOUND.raise_for_failures()

    assert str(caught.value).startswith("a b.dpx: blank in the name (1 error, 1 warning found by ")
    assert caught.value.report is FOUND


def test_an_error_of_the_whole_delivery_raises_with_a_name_too() -> None:
    judged = replace(FOUND, findings=(replace(BLANK, path=""),))

    with pytest.raises(reelpack.VerificationError, match=r"^\.: blank in the name"):
        judged.raise_for_failures()


def test_a_result_survives_pickling_and_prints_in_one_line() -> None:
    many = replace(FOUND, findings=(BLANK,) * 100_000)

    assert pickle.loads(pickle.dumps(FOUND)) == FOUND  # noqa: S301  (made on the same line)
    assert len(repr(many)) < 200


def test_the_json_of_a_preflight_has_what_a_program_needs() -> None:
    about = json.loads(json.dumps(FOUND.to_dict()))

    assert about["findings"][:2] == [
        {
            "rule": "name.characters",
            "severity": "error",
            "path": "a b.dpx",
            "sequence": None,
            "message": "blank in the name",
            "fix": "rename it",
            "source": "PAA",
            "sure": "verified",
        },
        {
            "rule": "name.text",
            "severity": "warning",
            "path": "\ufffd.dpx",
            "path_bytes": "e92e647078",
            "sequence": None,
            "message": "no text",
            "fix": None,
            "source": None,
            "sure": None,
        },
    ]
    assert about["sequences"] == [sequence.to_dict() for sequence in FOUND.sequences]
    assert about["not_checked"][1] == {"path": ".DS_Store", "reason": "hidden file"}
    facts = [about[name] for name in ("ok", "path", "profile", "files", "size", "seconds")]
    assert facts == [False, "/deliveries/nam", "general", 240, 3_059_220_480, 0.5]
    assert about["verdict"] == FOUND.verdict
