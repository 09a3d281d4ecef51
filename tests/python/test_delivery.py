"""A delivery with known faults: each is found, by its rule and at its path, and nothing else is."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
import reelpack
from material.commands import reelpack as run
from material.delivery import (
    ASSET,
    CHANGED,
    FAULTS,
    MISSING,
    OTHER_SIZE,
    PATTERN,
    SMALL,
    TRUNCATED,
    break_delivery,
    flip_a_byte,
    frame_of,
    write_delivery,
)

if TYPE_CHECKING:
    from pathlib import Path

    from material.delivery import Fault

ARCHIVAL = ("--profile", "picture-archival")

Found = set[tuple[str, str]]
"""Rule and path of each finding of one severity."""


@pytest.fixture
def clean(tmp_path: Path) -> Path:
    """A whole delivery and its list."""
    folder = write_delivery(tmp_path)
    reelpack.checksum(folder, state=False).write()
    return folder


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """The delivery with five faults, the last of which came after it was listed."""
    folder = write_delivery(tmp_path)
    break_delivery(folder)
    reelpack.checksum(folder, state=False).write()
    flip_a_byte(frame_of(folder, CHANGED))
    return folder


def judged(command: str, folder: Path, *options: str) -> tuple[int, dict[str, Any]]:
    """Run `preflight` or `audit`; return the exit code and the JSON object."""
    done = run(command, folder, *options, "--json", "--quiet")
    return done.returncode, json.loads(done.stdout)


def found(about: dict[str, Any], severity: str = "error") -> Found:
    """Rule and path of the findings of one severity."""
    findings = (each for each in about["findings"] if each["severity"] == severity)
    return {(finding["rule"], finding["path"]) for finding in findings}


def test_audit_finds_each_fault_and_no_other(broken: Path) -> None:
    code, about = judged("audit", broken, *ARCHIVAL)

    assert code == 1
    assert not about["ok"]
    assert found(about) == {(fault.rule, fault.path) for fault in FAULTS}
    assert found(about, "warning") == {("frame.size-by-name", PATTERN)}
    assert found(about, "info") == {("list.tool", "")}


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.rule)
def test_a_fault_is_told_with_its_numbers_its_fix_and_its_source(
    broken: Path, fault: Fault
) -> None:
    findings = reelpack.audit(broken, profile="picture-archival").problems

    (finding,) = [each for each in findings if (each.rule, each.path) == (fault.rule, fault.path)]
    assert fault.words in finding.message
    assert finding.fix
    assert finding.source
    assert finding.sure


def test_preflight_finds_those_that_names_and_sizes_tell(broken: Path) -> None:
    code, about = judged("preflight", broken, *ARCHIVAL)

    assert code == 1
    assert found(about) == {(fault.rule, fault.path) for fault in FAULTS if fault.by_name}
    _, audited = judged("audit", broken, *ARCHIVAL)
    for finding in about["findings"]:
        assert finding in audited["findings"]


def test_the_frame_map_shows_each_frame_as_it_is(broken: Path) -> None:
    (runs,) = reelpack.audit(broken).frame_maps

    last = SMALL.first + 47
    assert [tuple(run) for run in runs] == [
        ("present", SMALL.first, MISSING[0] - 1),
        ("missing", MISSING[0], MISSING[-1]),
        ("present", MISSING[-1] + 1, TRUNCATED - 1),
        ("truncated", TRUNCATED, TRUNCATED),
        ("present", TRUNCATED + 1, OTHER_SIZE - 1),
        ("odd", OTHER_SIZE, OTHER_SIZE),
        ("present", OTHER_SIZE + 1, CHANGED - 1),
        ("changed", CHANGED, CHANGED),
        ("present", CHANGED + 1, last),
    ]


def test_a_lost_tail_is_found_if_the_extent_is_told(clean: Path) -> None:
    frame_of(clean, SMALL.first + 47).unlink()

    told = ("--first", "01:00:00:00", "--frames", "48", "--fps", "24")
    _, alone = judged("preflight", clean)
    code, about = judged("preflight", clean, *told)

    assert found(alone) == set()
    assert (code, found(about)) == (1, {("sequence.extent", PATTERN)})


@pytest.mark.parametrize("command", ["preflight", "audit"])
def test_a_clean_delivery_has_no_finding(clean: Path, command: str) -> None:
    code, about = judged(command, clean)

    assert (code, about["ok"], about["findings"]) == (0, True, [])
    assert about["verdict"].startswith("no problem found by profile general in 49 files")


@pytest.mark.parametrize("command", ["preflight", "audit"])
def test_a_clean_delivery_is_well_by_the_strict_profile_too(clean: Path, command: str) -> None:
    code, about = judged(command, clean, *ARCHIVAL, "--strict")

    assert (code, about["ok"]) == (0, True)
    assert {finding["rule"] for finding in about["findings"]} == {"list.tool"}


def test_the_report_is_written_beside_the_delivery(broken: Path) -> None:
    report = broken.parent / "audit.html"

    done = run("audit", broken, *ARCHIVAL, "--html", report, "--quiet")

    assert done.returncode == 1
    assert done.stdout.endswith(f"wrote {report}\n")
    page = report.read_text("utf-8")
    assert all(fault.rule in page for fault in FAULTS)


@pytest.mark.parametrize("option", ["--html", "--csv"])
def test_nothing_is_written_into_the_delivery(broken: Path, option: str) -> None:
    before = sorted(path.name for path in broken.iterdir())

    done = run("audit", broken, option, broken / "audit.out", "--quiet")

    assert done.returncode == 2
    assert "beside the delivery, never into it" in done.stderr
    assert sorted(path.name for path in broken.iterdir()) == before


def test_the_folder_is_called_as_its_frames(clean: Path) -> None:
    other = clean.rename(clean.with_name(ASSET.replace("nam", "dcdm")))

    code, about = judged("preflight", other, *ARCHIVAL)

    assert (code, found(about)) == (1, {("archival.file-name", PATTERN)})
