"""Plans of cuts as files: what is written is read back, and what is no plan is refused."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import pickle
import string
import threading
import tomllib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from reelpack import CutPlanError, cuts
from reelpack.cuts import CutPlan, PlannedFile, Release

SUFFIXES = ("toml", "yaml")
SMALL = {
    "toml": '[cut]\nepisode = "101"\n[[files]]\npath = "a.mov"\ntype = "Proxy"\n',
    "yaml": "cut:\n  episode: 101\nfiles:\n- path: a.mov\n  type: Proxy\n",
}

texts = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t"), max_size=30
)
lines = texts.map(lambda text: text.replace("\n", "").replace("\t", ""))
words = lines.filter(str.strip)
plans = st.builds(
    CutPlan,
    episode=words
    | st.sampled_from(["0101", "No", "null", "~", "1:30:00", "1e3", "0x1F", "=", "<<"]),
    files=st.lists(st.builds(PlannedFile, words, lines), max_size=4).map(tuple),
    type=words,
    title=lines,
    kind=st.sampled_from(["feature", "episodic", None]),
    version=st.integers(1, 1_000_000),
    run_time=st.none() | st.integers(0, 999 * 3600 + 3599),
    note=texts,
    release=st.builds(
        Release,
        st.sampled_from(["automatic", "manual", "unknown"]),
        st.lists(words, max_size=3).map(tuple),
        texts,
    ),
)


@pytest.mark.parametrize("suffix", SUFFIXES)
@given(plan=plans)
def test_what_is_written_is_read_back_equal(suffix: str, plan: CutPlan) -> None:
    text = cuts.render_plan(plan, f"plan.{suffix}")

    assert cuts.parse_plan(text, f"plan.{suffix}") == plan


@given(plan=plans)
def test_others_read_the_same_from_both_formats(plan: CutPlan) -> None:
    from_toml = tomllib.loads(cuts.render_plan(plan, "plan.toml"))
    from_yaml = yaml.safe_load(cuts.render_plan(plan, "plan.yaml"))

    assert from_toml["cut"] == from_yaml["cut"]
    assert from_toml.get("files", []) == from_yaml["files"]
    assert (
        from_toml["release"]
        == from_yaml["release"]
        == json.loads(json.dumps(plan.release.to_dict()))
    )
    assert from_toml["cut"]["note"] == plan.note


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_what_a_plan_does_not_say_has_its_default(suffix: str) -> None:
    plan = cuts.parse_plan(SMALL[suffix], f"plan.{suffix}")

    assert plan == CutPlan("101", (PlannedFile("a.mov", "Proxy"),))
    assert (plan.type, plan.version, plan.release.how) == ("Locked Cut", 1, "unknown")
    assert plan.videos == plan.files


@pytest.mark.parametrize("value", ["0101", "No", "1:30:00", "2026-01-01", "1e3", "0x1F", "true"])
def test_a_plain_value_in_yaml_stays_as_it_is_written(value: str) -> None:
    text = f"cut: {{episode: {value}, note: {value}}}"

    plan = cuts.parse_plan(text, "plan.yml")

    assert (plan.episode, plan.note) == (value, value)


@pytest.mark.parametrize("null", ["null", "~", "Null", "NULL"])
@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("cut: {episode: %s}", "cut.episode"),
        ("cut:\n  episode: %s", "cut.episode"),
        ("cut: {episode: x, title: %s}", "cut.title"),
        ("cut: {episode: x, kind: %s}", "cut.kind"),
        ("cut: {episode: x, version: %s}", "cut.version"),
        ("cut: %s", "cut"),
        ("cut: {episode: x}\nfiles: %s", "files"),
        ("cut: {episode: x}\nfiles: [{path: %s}]", "files 1.path"),
        ("cut: {episode: x}\nrelease: {teams: [a, %s]}", "release.teams.2"),
    ],
)
def test_a_null_in_yaml_is_refused_by_its_key(text: str, key: str, null: str) -> None:
    with pytest.raises(CutPlanError) as caught:
        cuts.parse_plan(text.replace("%s", null), "plan.yaml")

    assert str(caught.value).startswith(f"plan.yaml: {key}: it is empty, as null and ~ are; hint: ")


@pytest.mark.parametrize("value", ["'null'", '"~"', "nULL", "nullo", "Null 1", "~a", "a null", "n"])
def test_what_is_like_a_null_is_text(value: str) -> None:
    plan = cuts.parse_plan(f"cut: {{episode: {value}}}", "plan.yaml")

    assert plan.episode == value.strip("'\"")


LAUGHS = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{new}: &{new} [{','.join([f'*{old}'] * 9)}]\n"
    for old, new in zip(string.ascii_lowercase, string.ascii_lowercase[1:10], strict=False)
)


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        (LAUGHS, 1, "anchors and aliases"),
        ("cut: {episode: *x}", 1, "anchors and aliases"),
        ("cut:\n  episode: &x 101", 2, "anchors and aliases"),
        ("cut: &x {episode: *x}", 1, "anchors and aliases"),
        ("cut:\n  episode: !!python/object/apply:os.system ['touch x']", 2, "tags"),
        ("cut: {episode: !!binary aGk=}", 1, "tags"),
        ("cut: !!map {episode: x}", 1, "tags"),
        ("cut: {episode: ! x}", 1, "tags"),
        ("cut: {episode: a}\ncut: {episode: b}", 2, "`cut` is there twice"),
        ("cut: {episode: a, episode: b}", 1, "`episode` is there twice"),
        ("? [a]\n: b", 1, "a key has to be text"),
        ("cut: {~: b}", 1, "a key has to be text"),
        ("[" * 100_000, 1, "more than 16 levels"),
        ("- " * 5000, 1, "more than 16 levels"),
        ("cut: [", 1, "expected the node content"),
        ("a: 1\n--- \nb: 2", 2, "single document"),
    ],
)
def test_hostile_yaml_is_refused(text: str, line: int, reason: str) -> None:
    with pytest.raises(CutPlanError, match=r"plan\.yaml") as caught:
        cuts.parse_plan(text, "plan.yaml")

    assert reason in str(caught.value) or reason in str(caught.value.__cause__)
    assert (caught.value.path, caught.value.line) == ("plan.yaml", line)


def test_merge_keys_are_keys_like_others() -> None:
    with pytest.raises(CutPlanError, match=r"cut\.<<: no such key is known"):
        cuts.parse_plan("cut: {episode: x, <<: {type: y}}", "plan.yaml")


@pytest.mark.parametrize("text", ["\x00", "cut: \x07", "﻿\udc80"])
def test_characters_that_yaml_does_not_have_are_refused(text: str) -> None:
    with pytest.raises(CutPlanError, match=r"plan\.yaml: "):
        cuts.parse_plan(text, "plan.yaml")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("cut = 1\ncut = 2\n", 2),
        ("[cut]\nepisode = \n", 2),
        ("x = " + "[" * 100_000, None),
        ("x = " + "1" * 5000, None),
        ("\n" + ".".join("a" * 30_000) + " = 1", 2),
        ("", None),
    ],
)
def test_what_is_no_toml_is_refused(text: str, line: int | None) -> None:
    with pytest.raises(CutPlanError, match=r"plan\.toml") as caught:
        cuts.parse_plan(text, "plan.toml")

    assert caught.value.line == line


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('episode = "101"', "", "cut.episode: it is missing"),
        ('"101"', "101", "cut.episode: text is wanted, in quotes"),
        ('"101"', '" "', "cut.episode: it is empty"),
        ('"101"', '"1\\n2"', "cut.episode: one line is wanted"),
        ('"101"', '"\\u001b[2J"', "cut.episode: a control character"),
        ('"101"', '"\\u0085"', "cut.episode: a control character"),
        ("[cut]", '[cut]\nepsiode = "x"', "cut.epsiode: no such key is known"),
        ("episode", "epsiode", "cut.epsiode: no such key is known"),
        ("[cut]", "[cutt]", "cutt: no such key is known"),
        ("[[files]]\npath", "[[files]]\npaht", "files 1.paht: no such key is known"),
        ("[cut]", '[cut]\nkind = "film"', "cut.kind: one of feature, episodic is wanted"),
        ("[cut]", "[cut]\nversion = 0", "cut.version: a whole number is wanted, 1 or more"),
        ("[cut]", "[cut]\nversion = 1000001", "cut.version: a whole number is wanted, 1,000,000"),
        ("[cut]", f"[cut]\nversion = {10**20}", "cut.version: a whole number is wanted, 1,000,000"),
        ("[cut]", "[cut]\nversion = true", "cut.version: a whole number is wanted, 1 or more"),
        ("[cut]", "[cut]\nversion = 1.5", "cut.version: a whole number is wanted, 1 or more"),
        ("[cut]", '[cut]\nrun_time = "90:00"', "cut.run_time: hours, minutes and seconds"),
        ("[cut]", "[cut]\nrun_time = 01:30:00", "cut.run_time: text is wanted, in quotes"),
        ("[cut]", "relaese = 1\n[cut]", "relaese: no such key is known"),
        ("[cut]", "release = 1\n[cut]", "release: a table is wanted"),
        ("[cut]", 'release = {how = "soon"}\n[cut]', "release.how: one of automatic, manual"),
        ("[cut]", 'release = {teams = "x"}\n[cut]', "release.teams: a list is wanted"),
        ("[cut]", "release = {teams = [1]}\n[cut]", "release.teams.1: text is wanted"),
        ("[cut]", "release = {x = 1}\n[cut]", "release.x: no such key is known"),
        ('"a.mov"', '""', "files 1.path: it is empty"),
        ('path = "a.mov"', "", "files 1.path: it is missing"),
        ('"Proxy"', '"Proxy"\nsize = 1', "files 1.size: no such key is known"),
    ],
)
def test_what_is_no_plan_is_refused_by_its_key(old: str, new: str, reason: str) -> None:
    text = SMALL["toml"].replace(old, new)

    with pytest.raises(CutPlanError) as caught:
        cuts.parse_plan(text, "plan.toml")

    assert str(caught.value).startswith(f"plan.toml: {reason}")


@pytest.mark.parametrize("text", ["files: [x]", "files: [[x]]"])
def test_a_file_is_a_table(text: str) -> None:
    with pytest.raises(CutPlanError, match="files 1: a table is wanted"):
        cuts.parse_plan(f"cut: {{episode: x}}\n{text}", "plan.yaml")


@pytest.mark.parametrize("text", ["", "- a", "a"])
def test_the_top_of_a_plan_is_a_table(text: str) -> None:
    with pytest.raises(CutPlanError, match=r"plan\.yaml: a table is wanted"):
        cuts.parse_plan(text, "plan.yaml")


def test_a_plan_of_windows_is_read(tmp_path: Path) -> None:
    path = tmp_path / "PLAN.TOML"
    path.write_bytes(b"\xef\xbb\xbf" + SMALL["toml"].replace("\n", "\r\n").encode())

    assert cuts.read_plan(path).episode == "101"


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("plan.toml", b"#" * ((1 << 18) + 1), "larger than 262,144 bytes"),
        ("plan.toml", b"# \xff", "no UTF-8 text"),
        ("plan.json", b"{}", "a plan ends in .toml, .yaml, .yml"),
    ],
)
def test_a_file_that_cannot_be_a_plan_is_refused(
    tmp_path: Path, name: str, content: bytes, reason: str
) -> None:
    (tmp_path / name).write_bytes(content)

    with pytest.raises(CutPlanError, match=reason):
        cuts.read_plan(tmp_path / name)


@pytest.mark.parametrize("name", ["cut.delivered.toml", "CUT.Delivered.TOML", ".delivered.toml"])
def test_the_name_of_a_record_is_that_of_no_plan(tmp_path: Path, name: str) -> None:
    plan = cuts.parse_plan(SMALL["toml"])
    (tmp_path / name).write_text("kept")

    for use in (
        lambda path: cuts.write_plan(plan, path, replace=True),
        cuts.read_plan,
        lambda path: cuts.parse_plan(SMALL["toml"], path),
    ):
        with pytest.raises(CutPlanError, match="the name of a record of deliveries; hint: name a"):
            use(str(tmp_path / name))

    assert (tmp_path / name).read_text() == "kept"


def test_a_plan_that_is_not_there_is_an_error_of_the_system(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        cuts.read_plan(tmp_path / "plan.toml")


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("name", ["a\udcff.mov", "a\nb.mov", "\x1b[2J.mov", ""])
def test_a_name_that_cannot_be_written_is_refused(tmp_path: Path, suffix: str, name: str) -> None:
    plan = CutPlan("All", (PlannedFile(name, "Proxy"),))

    with pytest.raises(CutPlanError, match="plan"):
        cuts.write_plan(plan, tmp_path / f"plan.{suffix}")

    assert not list(tmp_path.iterdir())


def test_a_plan_is_replaced_only_where_that_is_asked_for(tmp_path: Path) -> None:
    plan = cuts.parse_plan(SMALL["toml"])
    path = cuts.write_plan(plan, tmp_path / "plan.toml")
    newer = replace(plan, version=2)

    with pytest.raises(FileExistsError):
        cuts.write_plan(newer, path)

    assert cuts.read_plan(path) == plan
    cuts.write_plan(newer, path, replace=True)
    assert cuts.read_plan(path) == newer


def test_of_several_that_write_one_plan_one_does(tmp_path: Path) -> None:
    start = threading.Barrier(8)

    def write(number: int) -> int | None:
        plan = CutPlan(str(number), ())
        start.wait()
        with contextlib.suppress(FileExistsError):
            cuts.write_plan(plan, tmp_path / "plan.toml")
            return number
        return None

    for _ in range(20):
        with ThreadPoolExecutor(8) as pool:
            wrote = [each for each in pool.map(write, range(8)) if each is not None]

        assert [cuts.read_plan(tmp_path / "plan.toml").episode] == [str(each) for each in wrote]
        assert [each.name for each in tmp_path.iterdir()] == ["plan.toml"]
        (tmp_path / "plan.toml").unlink()


@pytest.mark.parametrize("links", [True, False])
@pytest.mark.parametrize("there", ["plan", "link"])
def test_what_came_to_be_there_meanwhile_stays(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    there: str,
    links: bool,  # noqa: FBT001  (what the disk has)
) -> None:
    path, link = tmp_path / "plan.toml", Path.hardlink_to

    def meanwhile(self: Path, target: Path) -> None:
        path.write_text("theirs") if there == "plan" else path.symlink_to("gone.toml")
        if not links:
            raise OSError(errno.EPERM, "no hard links", str(self))
        link(self, target)

    monkeypatch.setattr(Path, "hardlink_to", meanwhile)

    with pytest.raises(FileExistsError) as caught:
        cuts.write_plan(cuts.parse_plan(SMALL["toml"]), path)

    assert caught.value.filename == str(path)
    assert [each.name for each in tmp_path.iterdir()] == ["plan.toml"]
    assert path.is_symlink() or path.read_text() == "theirs"


def test_a_disk_without_hard_links_gets_a_plan_too(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def refuse(self: Path, _target: Path) -> None:
        raise PermissionError(errno.EPERM, "no hard links", str(self))

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    plan = cuts.parse_plan(SMALL["toml"])

    assert cuts.read_plan(cuts.write_plan(plan, tmp_path / "plan.toml")) == plan
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize("fails_at", [1, 2])
def test_what_is_not_written_to_its_end_does_not_stay(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, fails_at: int
) -> None:
    calls: list[int] = []

    def full(file: int) -> None:
        calls.append(file)
        if len(calls) == fails_at:
            raise OSError(errno.ENOSPC, "No space left on device")

    def refuse(self: Path, _target: Path) -> None:
        raise PermissionError(errno.EPERM, "no hard links", str(self))

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    monkeypatch.setattr(os, "fsync", full)

    with pytest.raises(OSError, match="No space left") as caught:
        cuts.write_plan(cuts.parse_plan(SMALL["toml"]), tmp_path / "plan.toml")

    assert (caught.value.errno, caught.value.filename) == (
        errno.ENOSPC,
        str(tmp_path / "plan.toml"),
    )
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("folder", "error"), [("gone", FileNotFoundError), ("file", NotADirectoryError)]
)
def test_a_folder_that_is_none_is_an_error_with_the_path_of_the_plan(
    tmp_path: Path, folder: str, error: type[OSError]
) -> None:
    (tmp_path / "file").touch()
    path = tmp_path / folder / "plan.toml"

    with pytest.raises(error) as caught:
        cuts.write_plan(cuts.parse_plan(SMALL["toml"]), path)

    assert caught.value.filename == str(path)


def test_a_new_plan_has_the_rights_of_any_new_file(tmp_path: Path) -> None:
    (tmp_path / "other").touch()

    path = Path(cuts.write_plan(cuts.parse_plan(SMALL["toml"]), tmp_path / "plan.toml"))

    assert path.stat().st_mode == (tmp_path / "other").stat().st_mode


def test_a_link_is_written_through_only_where_that_is_asked_for(tmp_path: Path) -> None:
    plan = cuts.parse_plan(SMALL["toml"])
    link, real = tmp_path / "current.toml", tmp_path / "plan.yaml"
    link.symlink_to(real.name)

    with pytest.raises(FileExistsError):
        cuts.write_plan(plan, link)
    assert not real.exists()

    assert cuts.write_plan(plan, link, replace=True) == str(real)
    assert link.is_symlink()
    assert cuts.read_plan(real) == plan


def test_a_link_to_a_record_is_not_written_through(tmp_path: Path) -> None:
    record = tmp_path / "plan.delivered.toml"
    record.write_text("kept")
    (tmp_path / "current.toml").symlink_to(record.name)

    with pytest.raises(CutPlanError, match="the name of a record"):
        cuts.write_plan(cuts.parse_plan(SMALL["toml"]), tmp_path / "current.toml", replace=True)

    assert record.read_text() == "kept"


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("0:00:00", 0), ("1:42:30", 6150), ("001:00:01", 3601), ("1:60:00", None), ("42", None)],
)
def test_a_run_time_is_hours_minutes_and_seconds(text: str, seconds: int | None) -> None:
    assert cuts.in_seconds(text) == seconds


def test_the_error_pickles_with_its_place() -> None:
    error = CutPlanError("x: y", "x", 3)

    copied = pickle.loads(pickle.dumps(error))  # noqa: S301  (our own bytes)

    assert (str(copied), copied.path, copied.line) == ("x: y", "x", 3)
    assert isinstance(copied, ValueError)


def test_all_public_names_can_be_had() -> None:
    assert {name for name in cuts.__all__ if getattr(cuts, name) is not None} <= set(dir(cuts))
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        cuts.nothing  # type: ignore[attr-defined]  # noqa: B018
