"""`check_plan`, `note_delivery` and `steps`: what is found, what is noted, what is left to do."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import shutil
import subprocess
import tomllib
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from material import cut_videos, movies
from material.commands import reelpack as run
from reelpack import CutPlanError, VerificationError, cuts
from reelpack.cuts import CutPlan, PlannedFile, PlanReport, Release, records
from reelpack.file_digests import digests

if TYPE_CHECKING:
    from collections.abc import Callable

    from reelpack.file_digests import FileDigests

VIDEO, MIX, LIST = "EX_101_LC.mov", "EX_101_MX.wav", "EX_101.edl"
GOOD = CutPlan(
    episode="101",
    files=(PlannedFile(VIDEO, "Proxy"), PlannedFile(MIX, "Audio"), PlannedFile(LIST, "Audio")),
    title="Example Show",
    kind="episodic",
    run_time=2530,
    release=Release("automatic"),
)
LATER = '[[deliveries]]\nversion = 2\nat = "x"\ntype = "x"\nepisode = "x"\n'
AT = datetime(2025, 11, 30, 12, tzinfo=UTC)

PAGE_WORDS = (
    "ASSETS tab", "CUTS bucket", "BLUE upload button", "Cut Type", "Episode", "File Type", "Proxy",
    "NEXT", "file summary", "UPLOAD", "top left", "RELEASE in blue banner", "three times",
)  # fmt: skip
"""Words of the studio's page: Locked Cut Upload Instructions, as of September 2020."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The files of the good plan; their sizes are prime, so that none is that of another."""
    (tmp_path / VIDEO).write_bytes(cut_videos.content(20011))
    for size, name in zip((2003, 31), (MIX, LIST), strict=True):
        (tmp_path / name).write_bytes(bytes(number % 251 for number in range(size)))
    return tmp_path


def check(folder: Path, plan: CutPlan = GOOD, *, name: str = "cut.toml") -> PlanReport:
    return cuts.check_plan(cuts.write_plan(plan, folder / name, replace=True))


def found(report: PlanReport) -> set[tuple[str, str]]:
    """Rule and path of what was found, but for the File Types that every plan here has."""
    short = {(each.rule.removeprefix("cut.plan."), each.path) for each in report.findings}
    return {each for each in short if each[0] != "file-type"}


def with_files(*files: tuple[str, str]) -> CutPlan:
    return replace(GOOD, files=tuple(PlannedFile(*each) for each in files))


def deliver(folder: Path, plan: CutPlan = GOOD) -> None:
    cuts.note_delivery(cuts.write_plan(plan, folder / "cut.toml", replace=True), at=AT)


@pytest.mark.parametrize("name", ["cut.toml", "cut.yaml", "cut.yml"])
def test_a_good_plan_has_no_problem(folder: Path, name: str) -> None:
    report = check(folder, name=name)

    assert found(report) == set()
    assert report.ok
    assert not report.warnings
    assert (report.size, report.bytes_read, report.deliveries) == (20011 + 2003 + 31, 0, ())
    assert report.verdict == (
        "no problem found in the plan of version 1 (3 files, 2 notes); not delivered"
    )
    report.raise_for_failures()


@pytest.fixture(scope="module")
def movie(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A video of eight seconds and a half."""
    arguments = f"{movies.picture(rate='24', seconds=8.5)} {movies.X264} {movies.NO_B}"
    return movies.make(tmp_path_factory.mktemp("video") / "video.mov", arguments)


def unknown(report: PlanReport) -> list[tuple[str, str]]:
    """What was not told of the video."""
    found = [(each.path, each.reason) for each in report.not_checked]
    return [each for each in found if ": " in each[1] and each[0] == VIDEO]


@pytest.mark.parametrize(
    ("run_time", "differs"), [(7, True), (8, False), (9, False), (10, True), (None, False)]
)
def test_the_run_time_is_that_of_the_video_but_for_a_second(
    folder: Path,
    movie: Path,
    run_time: int | None,
    differs: bool,  # noqa: FBT001  (what is expected)
) -> None:
    shutil.copy(movie, folder / VIDEO)

    report = check(folder, replace(GOOD, run_time=run_time))

    assert found(report) == ({("run-time", VIDEO)} if differs else set())
    assert unknown(report) == []
    assert report.ok
    if differs:
        (about,) = report.warnings
        assert about.message == f"the plan says 00:00:{run_time:02}, the video 00:00:08"
        assert about.sure == "own"


def test_the_run_time_can_be_asked_of_a_movie(movie: Path) -> None:
    seconds = movies.probe(movie).seconds

    assert abs(seconds - 8.5) < 0.01
    assert cuts.run_time(movie) in (8, 9)


@pytest.mark.parametrize(
    ("kind", "reason"),
    [("text", "no box of a movie"), ("sound", "no video track that is to be played")],
)
@pytest.mark.parametrize("place", [0, 1])
def test_what_is_no_movie_or_has_no_picture_is_no_video(
    folder: Path, kind: str, reason: str, place: int
) -> None:
    name = "other.mov"
    made = (folder / MIX) if kind == "text" else movies.make(folder / "only_sound.m4a")
    made.rename(folder / name)
    (folder / LIST).unlink()
    files = [PlannedFile(VIDEO, "Proxy")]
    files.insert(place, PlannedFile(name, "Proxy"))
    (folder / MIX).unlink(missing_ok=True)

    report = check(folder, replace(GOOD, files=tuple(files)))

    assert found(report) == {("movie", name), ("videos", files[1].path)}
    assert [each.message for each in report.failures] == [reason]
    assert unknown(report) == []


def test_of_no_movie_the_run_time_is_not_told(folder: Path) -> None:
    assert cuts.run_time(folder / MIX) is None


def test_a_header_that_does_not_say_is_not_checked(folder: Path) -> None:
    movies.make(folder / "fragments.mp4")
    (folder / "fragments.mp4").rename(folder / VIDEO)

    assert unknown(check(folder)) == [(VIDEO, "how long the video is: its header does not say")]
    assert cuts.run_time(folder / VIDEO) is None


def test_a_header_that_contradicts_its_tracks_is_not_believed(folder: Path, movie: Path) -> None:
    data = bytearray(movie.read_bytes())
    data[data.index(b"mvhd") + 20] = 1  # 4.6 hours more, in its thousandths of a second
    (folder / VIDEO).write_bytes(data)

    assert unknown(check(folder)) == [
        (VIDEO, "how long the video is: its header and its tracks do not agree")
    ]
    assert cuts.run_time(folder / VIDEO) is None
    (finding,) = [
        each for each in cuts.check(folder / VIDEO).findings if each.rule == "cut.header-length"
    ]
    assert finding.message.startswith("the header says 16785.")
    assert finding.message.endswith(" s, the longest track ends at 8.500 s")


def test_a_header_that_says_what_no_plan_can_hold_is_not_believed(
    folder: Path, movie: Path
) -> None:
    content = bytearray(movie.read_bytes())
    at = content.index(b"mvhd") + 4 + 12
    content[at : at + 8] = (1).to_bytes(4, "big") + (0xFFFFFFF0).to_bytes(4, "big")
    (folder / VIDEO).write_bytes(content)

    assert unknown(check(folder)) == [(VIDEO, "how long the video is: its header does not say")]


def test_a_video_that_the_system_keeps_from_us_stops_no_plan(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_paths: object, **_options: object) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), VIDEO)

    monkeypatch.setattr("reelpack.cuts.run_times.check", refuse)

    assert unknown(check(folder)) == [
        (VIDEO, "whether this is a movie, and how long: Permission denied")
    ]
    with pytest.raises(PermissionError):
        cuts.run_time(folder / VIDEO)


def test_each_file_that_may_not_be_read_is_not_checked(folder: Path) -> None:
    plan = cuts.write_plan(
        with_files((VIDEO, "Proxy"), (MIX, "Audio"), (LIST, "")), folder / "c.toml"
    )
    assert not {MIX, LIST} & {each.path for each in cuts.check_plan(plan).not_checked}
    for name in (VIDEO, MIX, LIST):
        (folder / name).chmod(0)

    done = run("cut", "plan", "check", plan, "--quiet", "--json", unprivileged=True)

    said = {each["path"]: each["reason"] for each in json.loads(done.stdout)["not_checked"]}
    assert done.returncode == 0
    assert said.pop("")
    assert said == {
        VIDEO: "whether this is a movie, and how long: Permission denied",
        MIX: "what it holds: Permission denied",
        LIST: "what it holds: Permission denied",
    }


def test_a_video_that_is_not_there_is_missing_and_no_more(folder: Path) -> None:
    (folder / VIDEO).unlink()

    report = check(folder)

    assert found(report) == {("missing", VIDEO)}
    assert unknown(report) == []


WANTED: list[tuple[CutPlan, str, str]] = [
    (replace(GOOD, type="Locked cut"), "cut-type", ""),
    (replace(GOOD, type="Rough Cut"), "other-cut", ""),
    (replace(GOOD, kind="feature"), "episode", ""),
    (replace(GOOD, kind=None, episode="all"), "episode", ""),
    (replace(GOOD, episode="All"), "episode-all", ""),
    (with_files((MIX, "Audio"), (LIST, "Audio"), (VIDEO, "proxy")), "video", ""),
    (with_files((VIDEO, "Proxy"), (MIX, ""), (LIST, "Audio")), "no-file-type", MIX),
    (replace(GOOD, release=Release()), "release-unknown", ""),
    (replace(GOOD, release=Release("manual")), "release-teams", ""),
    (replace(GOOD, release=Release("automatic", note="x")), "release-idle", ""),
    (replace(GOOD, release=Release("automatic", ("x",))), "release-idle", ""),
    (replace(GOOD, files=(*GOOD.files, PlannedFile("gone.wav", "Audio"))), "missing", "gone.wav"),
    (replace(GOOD, files=(*GOOD.files, PlannedFile(f"{MIX}/x", "Audio"))), "missing", f"{MIX}/x"),
    (replace(GOOD, files=(*GOOD.files, PlannedFile("folder", "Audio"))), "missing", "folder"),
    (replace(GOOD, files=GOOD.files[:2]), "beside", LIST),
]


@pytest.mark.parametrize(("plan", "rule", "path"), WANTED, ids=lambda each: str(each)[:12])
def test_one_mistake_is_one_finding(folder: Path, plan: CutPlan, rule: str, path: str) -> None:
    (folder / "folder").mkdir()

    assert found(check(folder, plan)) == {(rule, path)}


def test_a_second_video_is_found(folder: Path) -> None:
    shutil.copy(folder / VIDEO, folder / "more.mov")
    plan = replace(GOOD, files=(*GOOD.files, PlannedFile("more.mov", "Proxy")))

    assert found(check(folder, plan)) == {("videos", "more.mov")}


@pytest.mark.parametrize("kind", ["feature", None])
def test_the_episode_of_a_feature_is_all(folder: Path, kind: cuts.Kind | None) -> None:
    assert found(check(folder, replace(GOOD, episode="All", kind=kind))) == set()


def test_an_empty_file_is_found(folder: Path) -> None:
    (folder / MIX).write_bytes(b"")

    assert found(check(folder)) == {("empty", MIX)}


@pytest.mark.parametrize("name", ["EX 101.aaf", "EX_101_é.aaf", "EX(101).aaf"])
def test_a_character_that_is_not_allowed_is_found(folder: Path, name: str) -> None:
    (folder / name).write_bytes(b"x")
    plan = replace(GOOD, files=(*GOOD.files, PlannedFile(name, "Audio")))

    assert found(check(folder, plan)) == {("characters", name)}


def test_a_file_outside_is_said_and_looked_at(folder: Path) -> None:
    (folder / "plans").mkdir()
    paths = (f"../{VIDEO}", str(folder / MIX), "../gone.wav")
    plan = with_files(*zip(paths, ("Proxy", "Audio", "Audio"), strict=True))

    report = check(folder / "plans", plan)

    outside = {("outside", path) for path in paths}
    assert found(report) == {*outside, ("missing", "../gone.wav")}
    assert report.size == 20011 + 2003


def test_the_same_file_and_the_same_name_are_found(folder: Path) -> None:
    (folder / "more").mkdir()
    (folder / "more" / MIX.lower()).write_bytes(b"x")
    more = (PlannedFile(f"more/../{LIST}", "Audio"), PlannedFile(f"more/{MIX.lower()}", "Audio"))

    report = check(folder, replace(GOOD, files=(*GOOD.files, *more)))

    same = {("same-name", MIX), ("same-name", f"more/{MIX.lower()}")}
    assert found(report) == {("twice", f"more/../{LIST}"), *same}


@pytest.mark.parametrize(
    ("path", "again", "rules"),
    [
        (MIX, MIX, {"twice"}),
        (MIX, f"more/{MIX}", {"twice"}),
        ("gone.wav", "gone.wav", {"twice", "missing"}),
        ("gone.wav", "more/gone.wav", {"same-name", "missing"}),
    ],
)
def test_a_file_that_is_there_twice_is_to_be_removed_not_renamed(
    folder: Path, path: str, again: str, rules: set[str]
) -> None:
    (folder / "more").symlink_to(".")
    files = tuple(PlannedFile(each, "Audio") for each in (path, again))

    report = check(folder, replace(GOOD, files=(GOOD.files[0], GOOD.files[2], *files)))

    assert {rule for rule, _ in found(report)} - {"beside"} == rules


def test_one_entry_twice_is_found(folder: Path) -> None:
    report = check(folder, replace(GOOD, files=(*GOOD.files, GOOD.files[1])))

    assert found(report) == {("twice", MIX)}


@pytest.mark.parametrize("link", ["symlink_to", "hardlink_to"])
def test_one_file_under_two_names_is_found(folder: Path, link: str) -> None:
    getattr(folder / "other.wav", link)(folder / MIX)

    report = check(folder, replace(GOOD, files=(*GOOD.files, PlannedFile("other.wav", "Audio"))))

    assert found(report) == {("twice", "other.wav")}
    assert [each.message for each in report.failures] == [f"the same file as {MIX}"]


def test_a_link_that_leads_out_of_the_folder_is_outside(folder: Path) -> None:
    (folder / MIX).rename(folder.parent / MIX)
    (folder / MIX).symlink_to(folder.parent / MIX)
    (folder / "loop.wav").symlink_to("loop.wav")

    report = check(folder, replace(GOOD, files=(*GOOD.files, PlannedFile("loop.wav", "Audio"))))

    assert found(report) == {("outside", MIX), ("missing", "loop.wav")}


@pytest.mark.parametrize("name", ["x" * 6000, "/".join(["x" * 200] * 30)])
def test_a_path_that_is_too_long_is_missing_and_named_in_short(folder: Path, name: str) -> None:
    report = check(folder, replace(GOOD, files=(*GOOD.files, PlannedFile(name, "Audio"))))

    assert found(report) == {("missing", f"{name[:40]}...{name[-40:]}")}


def test_a_folder_that_may_not_be_entered_is_an_error_of_the_system(folder: Path) -> None:
    (folder / "more").mkdir(mode=0)
    files = (*GOOD.files, PlannedFile("more/x.wav", "Audio"))
    plan = cuts.write_plan(replace(GOOD, files=files), folder / "cut.toml")

    done = run("cut", "plan", "check", plan, "--quiet", unprivileged=True)

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"reelpack: error: {folder / 'more/x.wav'}: Permission denied\n"


def test_an_upload_has_a_limit(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    monkeypatch.setattr("reelpack.cuts.wanting.FILES_LIMIT", 2)

    assert found(check(folder)) == {("count", "")}


def test_lists_plans_and_hidden_files_may_lie_beside(folder: Path) -> None:
    for name in ("checksum.txt", "a.mhl", "a.md5", ".hidden", "other.yaml", "cut.delivered.toml"):
        (folder / name).touch()
    (folder / "cut.delivered.toml").write_text('[plan]\nname = "cut.toml"\n')

    assert found(check(folder)) == set()


def test_a_name_beside_that_is_not_utf_8_is_shown(folder: Path) -> None:
    (folder / "a\udcff.aaf").touch()

    assert found(check(folder)) == {("beside", "a�.aaf")}


def test_what_was_delivered_is_noted_as_it_was(folder: Path) -> None:
    plan = cuts.write_plan(replace(GOOD, note='x "y"\nz'), folder / "cut.toml")
    before = Path(plan).read_bytes()

    done = cuts.note_delivery(plan, at=AT.astimezone(timezone(timedelta(hours=9))))

    record = tomllib.loads(Path(cuts.record_path(plan)).read_text("utf-8"))
    assert Path(plan).read_bytes() == before
    assert record["plan"] == {"name": "cut.toml"}
    (noted,) = record["deliveries"]
    assert noted == done.to_dict()
    assert (noted["version"], noted["at"], noted["note"]) == (1, "2025-11-30T12:00:00Z", 'x "y"\nz')
    for file in noted["files"]:
        content = (folder / file["path"]).read_bytes()
        assert file["size"] == len(content)
        assert file["md5"] == hashlib.md5(content, usedforsecurity=False).hexdigest()
    assert cuts.deliveries(plan) == (done,)
    assert cuts.check_plan(plan).delivered == done


@pytest.mark.parametrize("chain", [1, 2])
def test_a_link_to_a_plan_is_that_plan(folder: Path, tmp_path: Path, chain: int) -> None:
    deliver(folder)
    links = tmp_path / "links"
    links.mkdir()
    for number in range(chain):
        (links / f"{number + 1}.yaml").symlink_to("1.yaml" if number else "../cut.toml")
    link = links / f"{chain}.yaml"

    report = cuts.check_plan(link)

    assert found(report) == set()
    assert (report.delivered, report.plan) == (cuts.deliveries(folder / "cut.toml")[0], GOOD)
    with pytest.raises(CutPlanError, match="version 1 cannot be noted"):
        cuts.note_delivery(link, at=AT)
    cuts.write_plan(replace(GOOD, version=2), folder / "cut.toml", replace=True)
    cuts.note_delivery(link, at=AT)
    assert [each.version for each in cuts.deliveries(folder / "cut.toml")] == [1, 2]
    assert len(list(links.iterdir())) == chain


def test_a_plan_that_was_renamed_is_found(folder: Path) -> None:
    deliver(folder)
    old, new = folder / "cut.toml", folder / "new.yaml"
    cuts.write_plan(replace(GOOD, files=GOOD.files[1:]), new)
    before = check(folder, cuts.read_plan(new), name="new.yaml")

    old.unlink()
    report = cuts.check_plan(new)

    assert not before.deliveries
    assert found(report) - found(before) == {("renamed", "cut.delivered.toml")}
    (about,) = [each for each in report.warnings if each.rule == "cut.plan.renamed"]
    assert about.message == (
        "2 files of this plan went by cut.toml, which is not there: "
        "version 1 was delivered 2025-11-30T12:00:00Z"
    )
    assert about.sure == "own"


def test_the_record_of_a_lost_plan_with_other_files_is_none_of_a_plan(folder: Path) -> None:
    deliver(folder, with_files((LIST, "Audio")))
    (folder / "cut.toml").unlink()

    report = check(folder, with_files((VIDEO, "Proxy"), (MIX, "Audio")), name="new.toml")

    assert found(report) == {("beside", LIST)}


def test_a_plan_with_a_record_is_not_held_against_others(folder: Path) -> None:
    deliver(folder)
    (folder / "new.delivered.toml").write_text("[")

    assert found(check(folder)) == set()
    assert "new.delivered.toml" not in {each.path for each in check(folder).not_checked}


def test_records_that_cannot_be_read_are_not_checked(folder: Path) -> None:
    deliver(folder)
    (folder / "cut.toml").rename(folder / "new.toml")
    (folder / "a.delivered.toml").write_text("[plan]")
    (folder / "b.Delivered.TOML").mkdir()
    (folder / "c.delivered.toml").symlink_to("gone")
    (folder / "d\udcff.delivered.toml").write_text("[")

    report = cuts.check_plan(folder / "new.toml")

    assert found(report) == {("renamed", "cut.delivered.toml")}
    start = "whether this is the record of the plan: "
    said = {each.path: each.reason for each in report.not_checked if each.reason.startswith(start)}
    assert said.pop("d\udcff.delivered.toml").startswith(start)
    assert said == {
        "a.delivered.toml": f"{start}plan.name: it is missing",
        "b.Delivered.TOML": f"{start}no regular file",
        "c.delivered.toml": f"{start}No such file or directory",
    }
    assert report.to_dict()["not_checked"]


def test_no_more_records_are_read_than_are_soon_read(
    monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    deliver(folder)
    (folder / "cut.toml").unlink()
    size = (folder / "cut.delivered.toml").stat().st_size
    shutil.copy(folder / "cut.delivered.toml", folder / "dat.delivered.toml")
    monkeypatch.setattr("reelpack.cuts.renaming.READ_LIMIT", size)

    report = check(folder, name="new.toml")

    assert found(report) == {("renamed", "cut.delivered.toml")}
    (left,) = [each for each in report.not_checked if each.path]
    assert left.path == "dat.delivered.toml"
    assert left.reason.startswith("whether this is the record of the plan: more than ")


def test_links_that_lead_to_each_other_are_no_plan(folder: Path) -> None:
    (folder / "a.toml").symlink_to("b.toml")
    (folder / "b.toml").symlink_to("a.toml")

    with pytest.raises(OSError, match="symbolic links") as caught:
        cuts.check_plan(folder / "a.toml")

    assert caught.value.errno == errno.ELOOP


def test_a_link_to_a_record_is_no_plan(folder: Path) -> None:
    deliver(folder)
    (folder / "plan.toml").symlink_to("cut.delivered.toml")

    with pytest.raises(CutPlanError, match=r"cut\.delivered\.toml: the name of a record"):
        cuts.check_plan(folder / "plan.toml")


def test_the_digests_are_those_of_md5sum(folder: Path) -> None:
    deliver(folder)
    (done,) = cuts.deliveries(folder / "cut.toml")

    lines = "".join(f"{file.md5}  {file.path}\n" for file in done.files)

    subprocess.run(
        ["md5sum", "--check", "--strict"], input=lines, cwd=folder, text=True, check=True
    )


def test_what_is_as_it_was_has_no_finding_and_was_read_once(folder: Path) -> None:
    deliver(folder)

    report = check(folder)

    assert found(report) == set()
    assert report.bytes_read == report.size
    assert report.verdict.endswith("(3 files, 2 notes); delivered 2025-11-30T12:00:00Z")


def flip(folder: Path) -> None:
    content = bytearray((folder / MIX).read_bytes())
    content[7] ^= 1
    (folder / MIX).write_bytes(content)


def grow(folder: Path) -> None:
    with (folder / MIX).open("ab") as file:
        file.write(b"x")


@pytest.mark.parametrize(
    ("damage", "rule", "read"),
    [
        (flip, "changed", 20011 + 2003 + 31),
        (grow, "changed", 20011 + 31),
        (lambda folder: (folder / MIX).unlink(), "missing", 20011 + 31),
    ],
    ids=["flip", "grow", "unlink"],
)
def test_what_is_not_as_it_was_is_found(
    folder: Path, damage: Callable[[Path], None], rule: str, read: int
) -> None:
    deliver(folder)
    damage(folder)

    report = check(folder)

    assert found(report) == {(rule, MIX)}
    assert report.bytes_read == read
    with pytest.raises(VerificationError, match=MIX) as caught:
        report.raise_for_failures()
    assert caught.value.report is report


def test_without_digests_sizes_are_compared_and_that_is_said(folder: Path) -> None:
    deliver(folder)
    flip(folder)

    report = cuts.check_plan(folder / "cut.toml", hashes=False)

    assert (found(report), report.bytes_read) == (set(), 0)
    assert "digests, as was asked for" in [each.reason for each in report.not_checked]


@pytest.mark.parametrize(
    ("plan", "expected"),
    [
        (replace(GOOD, episode="102"), {("edited", "")}),
        (replace(GOOD, note="x", type="Rough Cut"), {("edited", ""), ("other-cut", "")}),
        (replace(GOOD, title="Other"), {("edited", "")}),
        (replace(GOOD, kind=None), {("edited", "")}),
        (replace(GOOD, run_time=2529), {("edited", "")}),
        (replace(GOOD, run_time=None), {("edited", "")}),
        (replace(GOOD, release=Release("manual", ("Post",))), {("edited", "")}),
        (replace(GOOD, release=Release("automatic", note="x")),
         {("edited", ""), ("release-idle", "")}),
        (with_files((VIDEO, "Proxy"), (MIX, ""), (LIST, "Audio")),
         {("edited", MIX), ("no-file-type", MIX)}),
        (replace(GOOD, files=GOOD.files[:2]), {("taken-out", LIST), ("beside", LIST)}),
        (replace(GOOD, files=(*GOOD.files, PlannedFile("late.wav", "Audio"))),
         {("sent-later", "late.wav")}),
    ],
)  # fmt: skip
def test_a_plan_that_was_edited_after_its_delivery_is_found(
    folder: Path, plan: CutPlan, expected: set[tuple[str, str]]
) -> None:
    deliver(folder)
    if plan.files[-1].path == "late.wav":
        (folder / "late.wav").write_bytes(b"x")

    assert found(check(folder, plan)) == expected


def test_each_field_that_was_edited_is_named(folder: Path) -> None:
    deliver(folder, replace(GOOD, kind=None, run_time=None))

    report = check(folder, replace(GOOD, title="", release=Release("manual", ("A", "B"), "x")))

    assert [each.message for each in report.warnings] == [
        "the title was Example Show, is empty now",
        "the kind was empty, is episodic now",
        "the run time was empty, is 00:42:10 now",
        "the release was automatic, is manual now",
        "its teams was empty, is A, B now",
        "its note was empty, is x now",
    ]


def test_of_what_an_older_record_does_not_say_nothing_is_said(folder: Path) -> None:
    deliver(folder)
    record = folder / "cut.delivered.toml"
    text, release = record.read_text(), "[deliveries.release]"
    older = "\n".join(
        line
        for line in text.partition(release)[0].splitlines()
        if not line.startswith(("title", "kind", "run_time"))
    )
    record.write_text(older)
    assert release in text
    assert "run_time = 2530" in text
    assert "run_time" not in older

    report = check(
        folder, replace(GOOD, title="x", run_time=None, release=Release("manual", ("x",)))
    )
    (was,) = report.deliveries
    flip(folder)
    deliver(folder, replace(GOOD, version=2))

    assert found(report) == set()
    assert (was.title, was.kind, was.run_time, was.release) == (None, None, None, None)
    first, second = cuts.deliveries(folder / "cut.toml")
    assert first == was
    assert (second.title, second.kind, second.run_time) == ("Example Show", "episodic", 2530)
    assert second.release == GOOD.release


@pytest.mark.parametrize(("later", "refused"), [(-1, True), (0, False), (1, False)])
def test_deliveries_are_noted_in_the_order_of_their_times(
    folder: Path,
    later: int,
    refused: bool,  # noqa: FBT001  (what is expected)
) -> None:
    deliver(folder)
    plan = cuts.write_plan(replace(GOOD, version=2), folder / "cut.toml", replace=True)
    at = AT + timedelta(seconds=later)

    with contextlib.ExitStack() as stack:
        if refused:
            about = (
                r"11:59:59Z is before version 1, which was on 2025-11-30T12:00:00Z; "
                r"hint: .* correct `at` of version 1 in .*/cut\.delivered\.toml by hand"
            )
            stack.enter_context(pytest.raises(CutPlanError, match=about))
        cuts.note_delivery(plan, at=at)

    assert len(cuts.deliveries(plan)) == (1 if refused else 2)


@pytest.mark.parametrize(("later", "refused"), [(0, False), (0.9, False), (1, True), (10**9, True)])
def test_no_delivery_is_noted_before_it_is_made(
    folder: Path,
    later: float,
    refused: bool,  # noqa: FBT001  (what is expected)
) -> None:
    plan = cuts.write_plan(GOOD, folder / "cut.toml")
    # Of the same time in another zone, whose text is later.
    at = (AT + timedelta(seconds=later)).astimezone(timezone(timedelta(hours=9)))

    with contextlib.ExitStack() as stack:
        if refused:
            about = r"cut\.toml: .* is later than now, which is 2025-11-30T12:00:00Z; hint: look"
            stack.enter_context(pytest.raises(CutPlanError, match=about))
        cuts.note_delivery(plan, at=at, now=AT)

    assert len(cuts.deliveries(plan)) == (0 if refused else 1)


def test_a_delivery_is_noted_as_of_now(folder: Path) -> None:
    done = cuts.note_delivery(cuts.write_plan(GOOD, folder / "cut.toml"), now=AT)

    assert done.at == "2025-11-30T12:00:00Z"


def test_a_time_that_utc_does_not_have_is_refused(folder: Path) -> None:
    plan = cuts.write_plan(GOOD, folder / "cut.toml")

    with pytest.raises(ValueError, match="UTC has no such time"):
        cuts.note_delivery(plan, at=datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=1))))


def test_what_was_noted_while_files_were_read_is_kept(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def meanwhile(paths: list[Path], **_options: object) -> tuple[FileDigests, ...]:
        monkeypatch.undo()
        deliver(folder)
        return digests(paths)

    monkeypatch.setattr("reelpack.cuts.records.digests", meanwhile)

    with pytest.raises(CutPlanError, match="another delivery was noted meanwhile"):
        cuts.note_delivery(cuts.write_plan(GOOD, folder / "cut.toml"))

    assert [each.at for each in cuts.deliveries(folder / "cut.toml")] == ["2025-11-30T12:00:00Z"]
    assert not list(folder.glob(".*"))


def test_one_at_a_time_notes_a_delivery(folder: Path) -> None:
    lock = folder / ".cut.delivered.toml.lock"
    lock.touch()

    with pytest.raises(CutPlanError, match="another delivery is being noted; if none is, remove"):
        deliver(folder)
    assert not (folder / "cut.delivered.toml").exists()
    lock.unlink()
    deliver(folder)

    assert not lock.exists()


def test_a_redelivery_is_a_new_version(folder: Path) -> None:
    deliver(folder)
    flip(folder)
    plan = replace(GOOD, version=2)

    assert found(check(folder, plan)) == {("redelivery", "")}
    deliver(folder, plan)
    report = check(folder, plan)

    assert found(report) == set()
    assert [each.version for each in report.deliveries] == [1, 2]


@pytest.mark.parametrize(
    ("before", "now", "message"),
    [
        (GOOD, {"episode": "102"}, "version 2 of Episode 102 follows version 1 of Episode 101"),
        (
            GOOD,
            {"title": "Other"},
            "version 2 of title Other follows version 1 of title Example Show",
        ),
        (
            GOOD,
            {"episode": "All", "kind": "feature", "type": "Rough Cut"},
            (
                "version 2 of kind feature, Cut Type Rough Cut, Episode All "
                "follows version 1 of kind episodic, Cut Type Locked Cut, Episode 101"
            ),
        ),
        (replace(GOOD, title="", kind=None), {"title": "Example Show", "kind": "episodic"}, ""),
        (GOOD, {"title": "", "kind": None}, ""),
    ],
)
def test_a_version_of_another_cut_is_found(
    folder: Path, before: CutPlan, now: dict[str, Any], message: str
) -> None:
    deliver(folder, before)
    flip(folder)

    report = check(folder, replace(before, **now, version=2))

    said = [each.message for each in report.warnings if each.rule == "cut.plan.another-cut"]
    assert said == ([message] if message else [])


def test_a_new_version_under_new_names_is_whole(folder: Path) -> None:
    deliver(folder)
    for name in (VIDEO, MIX, LIST):
        (folder / name).rename(folder / f"v2_{name}")
    files = tuple(replace(file, path=f"v2_{file.path}") for file in GOOD.files)

    report = check(folder, replace(GOOD, version=2, files=files))

    assert found(report) == {("redelivery", "")}


def test_a_part_that_would_go_alone_is_found(folder: Path) -> None:
    deliver(folder)
    plan = replace(GOOD, version=2, files=GOOD.files[1:2])

    report = check(folder, plan)

    expected = {("redelivery", ""), ("video", ""), ("incomplete", ""), ("beside", VIDEO)}
    assert found(report) == {*expected, ("beside", LIST)}
    messages = [each.message for each in report.findings if each.rule == "cut.plan.incomplete"]
    assert messages == [
        "1 fewer Proxy than in the last version",
        "1 fewer Audio than in the last version",
    ]


@pytest.mark.parametrize(
    ("before", "now", "lacks"),
    [
        (("", ""), ("Audio", "EDL"), []),
        (("Audio", "EDL"), ("", ""), []),
        (("", ""), ("", ""), []),
        (("", ""), ("Audio", None), ["1 fewer .edl"]),
        (("Audio", ""), (None, "EDL"), ["1 fewer Audio"]),
        (("Audio", "EDL"), (None, "EDL"), ["1 fewer Audio"]),
    ],
)
@pytest.mark.parametrize("prefix", ["", "v2_"])
def test_a_type_may_be_written_in_later(
    folder: Path,
    before: tuple[str, str],
    now: tuple[str | None, str | None],
    lacks: list[str],
    prefix: str,
) -> None:
    deliver(folder, with_files((VIDEO, "Proxy"), *zip((MIX, LIST), before, strict=True)))
    later = zip((MIX, LIST), now, strict=True)
    files = [(f"{prefix}{name}", kind) for name, kind in later if kind is not None]
    for name in (VIDEO, MIX, LIST):
        shutil.copy(folder / name, folder / f"v2_{name}")

    report = check(folder, replace(with_files((VIDEO, "Proxy"), *files), version=2))

    messages = [each.message for each in report.findings if each.rule == "cut.plan.incomplete"]
    assert messages == [f"{each} than in the last version" for each in lacks]


def test_the_same_bytes_again_are_found(folder: Path) -> None:
    deliver(folder)

    assert found(check(folder, replace(GOOD, version=2))) == {("redelivery", ""), ("unchanged", "")}


def test_a_version_that_was_passed_over_is_found(folder: Path) -> None:
    deliver(folder)
    flip(folder)

    report = check(folder, replace(GOOD, version=4))

    assert found(report) == {("redelivery", ""), ("version-gap", "")}


def test_a_version_that_is_past_is_found(folder: Path) -> None:
    deliver(folder, replace(GOOD, version=3))

    report = check(folder, replace(GOOD, version=2))

    assert (found(report), report.delivered) == ({("version", "")}, None)


def test_a_version_is_noted_once(folder: Path) -> None:
    deliver(folder)
    record = folder / "cut.delivered.toml"
    before = record.read_bytes()

    with pytest.raises(CutPlanError, match=r"version 1 cannot be noted.*raise `version`"):
        deliver(folder)

    assert record.read_bytes() == before


@pytest.mark.parametrize(
    ("path", "error"),
    [("gone.wav", FileNotFoundError), ("more", IsADirectoryError), ("/dev/null", OSError)],
)
def test_what_cannot_be_read_is_not_noted(folder: Path, path: str, error: type[OSError]) -> None:
    (folder / "more").mkdir()

    with pytest.raises(error) as caught:
        deliver(folder, with_files((VIDEO, "Proxy"), (path, "Audio")))

    assert caught.value.filename == str(folder / path)
    assert caught.value.__notes__ == [records.UNREAD]
    assert not (folder / "cut.delivered.toml").exists()


def test_a_file_that_may_not_be_read_is_named_as_it_is(folder: Path) -> None:
    plan = cuts.write_plan(GOOD, folder / "cut.toml")
    (folder / MIX).chmod(0)

    done = run("cut", "plan", "delivered", plan, "--quiet", unprivileged=True)

    assert done.returncode == 2
    assert done.stderr == (
        f"reelpack: error: {folder / MIX}: Permission denied\nhint: {records.UNREAD}\n"
    )


def test_a_link_is_read_as_what_it_leads_to(folder: Path) -> None:
    (folder / MIX).rename(folder.parent / MIX)
    (folder / MIX).symlink_to(folder.parent / MIX)

    deliver(folder)

    assert cuts.deliveries(folder / "cut.toml")[0].files[1].size == 2003


def test_a_plan_without_files_can_be_noted(folder: Path) -> None:
    deliver(folder, replace(GOOD, files=()))

    assert cuts.deliveries(folder / "cut.toml")[0].files == ()


def test_a_time_needs_its_zone(folder: Path) -> None:
    plan = cuts.write_plan(GOOD, folder / "cut.toml")

    with pytest.raises(ValueError, match="a time zone is wanted"):
        cuts.note_delivery(plan, at=AT.replace(tzinfo=None))


def test_a_record_that_would_be_too_large_is_not_written(
    monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    monkeypatch.setattr("reelpack.cuts.records.LIMIT", 100)

    with pytest.raises(CutPlanError, match="would be larger than 100 bytes"):
        deliver(folder)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('name = "cut.toml"', 'name = "cut.yaml"', "the record is that of `cut.yaml`"),
        ("version = 1", "version = 0", "deliveries 1.version: a whole number is wanted"),
        ("version = 1", "version = 1000001", "deliveries 1.version: .* 1,000,000 or less"),
        ("size = 20011", "size = -1", "deliveries 1.files 1.size: a whole number is wanted"),
        ("[plan]", "more = 1\n[plan]", "more: no such key is known"),
        ("[[deliveries]]", f"{LATER}[[deliveries]]", "versions do not rise"),
    ],
)
def test_a_record_that_was_edited_is_refused(folder: Path, old: str, new: str, reason: str) -> None:
    deliver(folder)
    record = folder / "cut.delivered.toml"
    record.write_text(record.read_text().replace(old, new))

    with pytest.raises(CutPlanError, match=reason):
        check(folder)


@pytest.mark.parametrize("name", ["cut.toml", "cut.delivered.toml"])
def test_a_pipe_is_not_waited_for(folder: Path, name: str) -> None:
    plan = cuts.write_plan(GOOD, folder / "cut.toml")
    (folder / name).unlink(missing_ok=True)
    os.mkfifo(folder / name)

    with pytest.raises(CutPlanError, match=rf"/{name}: no regular file$"):
        cuts.check_plan(plan)


def test_every_rule_says_where_it_comes_from() -> None:
    rules = cuts.plan_rules()

    assert len({rule.id for rule in rules}) == len(rules)
    assert all(rule.id.startswith("cut.plan.") and rule.fix and rule.source for rule in rules)
    for rule in rules:
        if "assumed" in rule.source:
            assert rule.sure == "inferred"


def test_the_steps_have_the_words_of_the_page_and_of_the_plan() -> None:
    plan = replace(GOOD, note="LOCKED CUT", release=Release("manual", ("Post", "Sound"), "ready"))
    steps = cuts.steps(plan)
    text = " ".join(step.do for step in steps)
    fields = [(each.field, each.about, each.value) for step in steps for each in step.entries]

    for word in PAGE_WORDS:
        parts = word.casefold().replace("three", "3").split()
        everything = f"{text} {fields}".casefold()
        assert all(part in everything for part in parts), word
    assert ("Cut Type", "", "Locked Cut") in fields
    assert ("Episode", "", "101") in fields
    assert ("File Type", VIDEO, "Proxy") in fields
    assert ("NOTE", "", "LOCKED CUT") in fields
    assert fields[-3:] == [("team", "", "Post"), ("team", "", "Sound"), ("note", "", "ready")]
    assert "about 02:06:30 for 00:42:10" in text
    assert {step.sure for step in steps} == {"verified", "own"}


@pytest.mark.parametrize(
    ("plan", "said"),
    [
        (replace(GOOD, run_time=None), "the run time is not in the plan"),
        (replace(GOOD, version=2), "leave the earlier version where it is"),
        (GOOD, "nothing to release by hand"),
        (replace(GOOD, release=Release()), "if the contact in post production says"),
    ],
)
def test_the_steps_follow_the_plan(plan: CutPlan, said: str) -> None:
    assert said in " ".join(step.do for step in cuts.steps(plan))


def test_the_steps_of_another_cut_are_assumed() -> None:
    steps = cuts.steps(replace(GOOD, type="Rough Cut", title=""))

    assert {step.sure for step in steps} == {"inferred", "own"}
    assert steps[1].entries == ()


def test_a_report_is_told_in_short(folder: Path) -> None:
    assert repr(check(folder)).startswith(
        "PlanReport(ok=True, version=1, files=3, findings=2, deliveries=0, bytes_read=0, seconds="
    )
