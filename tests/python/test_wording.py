"""Numbers, times and names as people read them."""

from __future__ import annotations

import pytest
from reelpack import wording


@pytest.mark.parametrize(
    ("count", "written"),
    [
        (0, "0 bytes"),
        (1, "1 byte"),
        (999, "999 bytes"),
        (1_000, "1.00 kB"),
        (9_994, "9.99 kB"),
        (9_995, "10.0 kB"),
        (99_949, "99.9 kB"),
        (99_950, "100 kB"),
        (999_499, "999 kB"),
        (999_500, "1.00 MB"),
        (12_746_752, "12.7 MB"),
        (3_730_000_000_000, "3.73 TB"),
        (10**18, "1.00 EB"),
        (10**21, "1000 EB"),
    ],
)
def test_a_size_has_three_digits_and_a_decimal_unit(count: int, written: str) -> None:
    assert wording.size(count) == written


@pytest.mark.parametrize(
    ("count", "written"), [(0, "0 files"), (1, "1 file"), (74_880, "74,880 files")]
)
def test_a_count_agrees_with_its_noun(count: int, written: str) -> None:
    assert wording.files(count) == written


@pytest.mark.parametrize(
    ("seconds", "written"),
    [
        (0.0, "0.00 s"),
        (9.994, "9.99 s"),
        (10.0, "10 s"),
        (59.4, "59 s"),
        (59.6, "1 min 00 s"),
        (312.0, "5 min 12 s"),
        (3_599.6, "1 h 00 min"),
        (11_100.0, "3 h 05 min"),
    ],
)
def test_a_duration_has_the_two_units_that_matter(seconds: float, written: str) -> None:
    assert wording.duration(seconds) == written


@pytest.mark.parametrize(
    ("count", "seconds", "written"),
    [
        (2_310_000_000, 1.0, "2.31 GB/s"),
        (12, 1.0, "12 B/s"),
        (1, 1.0, "1 B/s"),
        (5, 0.0, "- B/s"),
    ],
)
def test_a_rate_is_a_size_each_second(count: int, seconds: float, written: str) -> None:
    assert wording.rate(count, seconds) == written


@pytest.mark.parametrize(
    ("count", "cached", "written"),
    [
        (0, True, ""),
        (74_996, True, ", 74,996 of 75,000 files trusted, unchanged since last read"),
        (40_000, False, ", 40,000 of 75,000 files were done by the interrupted run"),
        (1, False, ", 1 of 75,000 files was done by the interrupted run"),
    ],
)
def test_what_was_not_read_is_said(count: int, written: str, *, cached: bool) -> None:
    assert wording.trusted(count, 75_000, cached=cached) == written


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("nam.0001.dpx", "nam.0001.dpx"),
        ("é [red] ok.dpx", "é [red] ok.dpx"),
        ("", "''"),
        ("two\nlines", "two\\nlines"),
        ("\x1b[2J", "\\x1b[2J"),
        ("latin_\udce9.dpx", "latin_\\xe9.dpx"),
        ("no-break\u00a0blank", "no-break\\xa0blank"),
    ],
    ids=ascii,
)
def test_a_name_stays_on_its_line_and_cannot_steer_a_terminal(name: str, written: str) -> None:
    assert wording.printable(name) == written
