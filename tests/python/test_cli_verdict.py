"""A report in words."""

from __future__ import annotations

import dataclasses

import pytest
from reelpack import Finding, NotChecked, Report
from reelpack.cli.reasons import by_reason
from reelpack.cli.verdict import hint, lines

DIGEST = "900150983cd24fb0d6963f7d28e17f72"


def report(*findings: Finding, checked: int = 74_880, lists: int = 1) -> Report:
    return Report(
        checked=checked,
        bytes=3_730_000_000_000,
        seconds=1.0,
        findings=findings,
        not_checked=(),
        lists=("checksum.txt", *(f"r{number}/checksum.txt" for number in range(1, lists))),
    )


@pytest.mark.parametrize(
    ("judged", "verdict"),
    [
        (report(), "OK: 74,880 files, 3.73 TB match checksum.txt (md5)"),
        (report(checked=1), "OK: 1 file, 3.73 TB matches checksum.txt (md5)"),
        (report(lists=12), "OK: 74,880 files, 3.73 TB match 12 lists (md5)"),
        (report(Finding("a", "size")), "FAILED: 1 of 74,880 files"),
        # What is missing or extra was not compared, and counts on top of what was.
        (report(Finding("a", "extra")), "FAILED: 1 of 74,881 files"),
        (report(Finding("a", "missing"), checked=0), "FAILED: 1 of 1 file"),
        (report(Finding("a.zip", "corrupt"), checked=0), "FAILED: 1 finding, 0 files checked"),
    ],
    ids=["ok", "one file", "many lists", "compared", "on top", "none there", "none compared"],
)
def test_the_verdict_comes_first(judged: Report, verdict: str) -> None:
    assert next(iter(lines(judged))) == verdict


def test_runs_fold_and_single_findings_say_what_was_expected_and_found() -> None:
    missing = [Finding(f"nam.{number}.dpx", "missing", DIGEST) for number in range(1001, 1004)]
    judged = report(
        *missing,
        Finding("nam.0500.dpx", "mismatch", DIGEST, "0" * 32),
        Finding("nam.0600.dpx", "size", 12_746_752, 1),
        Finding("odd\n", "extra"),
    )

    assert list(lines(judged))[1:] == [
        "missing   nam.1001-1003.dpx  (3)",
        f"mismatch  nam.0500.dpx  (expected {DIGEST}, found {'0' * 32})",
        "size      nam.0600.dpx  (expected 12,746,752 bytes, found 1 byte)",
        "extra     odd\\n",
    ]


def test_two_findings_of_one_name_are_two_lines() -> None:
    judged = report(Finding("a", "duplicate", "1"), Finding("a", "duplicate", "2"))

    assert list(lines(judged))[1:] == ["duplicate  a  (expected 1)", "duplicate  a  (expected 2)"]


def test_a_hundred_thousand_findings_without_a_run_are_a_thousand_lines_of_each_status() -> None:
    extra = [Finding(f"a.{number}.dpx", "extra") for number in range(0, 200_000, 2)]
    missing = [Finding(f"b.{number}.dpx", "missing") for number in range(0, 4000, 2)]

    _, *said = lines(report(*extra, *missing))

    assert len(said) == 2 * 1001
    assert said[0] == "extra    a.0.dpx"
    assert said[1000] == "extra    ... and 99,000 more (`--json` lists all)"
    assert said[-1] == "missing  ... and 1,000 more (`--json` lists all)"


@pytest.mark.parametrize(
    ("cached", "how"),
    [
        (True, "trusted, unchanged since last read"),
        (False, "were done by the interrupted run"),
    ],
)
def test_the_verdict_says_what_was_not_read(how: str, *, cached: bool) -> None:
    judged = dataclasses.replace(
        report(checked=3), bytes=5, files_trusted=2, bytes_trusted=3_729_999_999_995
    )

    assert list(lines(judged, cached=cached)) == [
        f"OK: 3 files, 3.73 TB match checksum.txt (md5), 2 of 3 files {how}"
    ]


def test_what_was_not_checked_is_counted_by_reason_and_a_few_are_named() -> None:
    passed_over = [NotChecked(f"x{letter}", "hidden file") for letter in "abcdefgh"]
    passed_over += [NotChecked(f"._a.{number}.dpx", "hidden file") for number in range(1, 4)]
    passed_over += [NotChecked("link", "broken link")]

    assert list(by_reason("not checked", passed_over)) == [
        "not checked: broken link (1)",
        "  link",
        "not checked: hidden file (11)",
        "  ._a.1-3.dpx  (3)",
        "  xa",
        "  xb",
        "  xc",
        "  xd",
        "  ... and 4 more (`--json` lists all)",
    ]


def test_after_so_many_reasons_the_rest_is_counted() -> None:
    passed_over = [NotChecked("a", f"reason {number:04}") for number in range(1000)]

    said = list(by_reason("not checked", passed_over))

    assert said[-2:] == [
        "  a",
        "not checked: 980 more, for other reasons (`--json` lists all)",
    ]


@pytest.mark.parametrize(
    ("status", "word"), [("missing", "fetch"), ("corrupt", "fetch"), ("extra", "whoever")]
)
def test_the_hint_fits_what_was_found(status: str, word: str) -> None:
    assert word in hint(report(Finding("a", status)))
