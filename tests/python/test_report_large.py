"""The report of deliveries larger than anybody would read."""

from __future__ import annotations

import re

import pytest
from material.pretended import Pretended
from reelpack.report import render_html


def large(shots: int) -> Pretended:
    """Sequences of 125 frames, every second with a gap and four odd frames."""
    pretended = Pretended()
    for shot in range(shots):
        folder, pattern = f"SHOW/reel_{shot // 100:02}/{shot:04}/2048x1556", f"{shot:04}.%07d.dpx"
        runs = [("present", 1, 60), ("missing", 61, 64), ("present", 65, 129)]
        place = pretended.sequence(runs, pattern, folder)
        for frame in range(1, 5) if shot % 2 else ():
            path = f"{folder}/{pattern % frame}"
            pretended.finding("odd", path, f"unlike {frame}", sequence=place)
        if shot % 2:
            pretended.finding("gap", f"{folder}/{pattern}", "61-64 missing", sequence=place)
    return pretended


@pytest.mark.slow
def test_250000_files_fit_with_every_sequence_and_every_file_with_a_finding() -> None:
    audit = large(2_000).audit()

    html = render_html(audit)

    assert len(html.encode()) < 20_000_000
    assert {int(place) for place in re.findall(r'<article id="s(\d+)"', html)} == set(range(2_000))
    shown = set(re.findall(r'<th scope="row"><span class="path">([^<]+)<', html))
    assert shown == {problem.path for problem in audit.problems if problem.rule == "odd"}
    assert (
        "4,000 files with a finding of their own, or not present as expected. The other 246,000 are"
        in html
    )


@pytest.mark.slow
def test_a_finding_on_each_of_100000_files_still_fits_and_says_what_is_left_out() -> None:
    pretended = large(800)
    for file in pretended.files:
        pretended.finding("name", str(file["path"]), "`<` and `&` are not allowed")

    html = render_html(pretended.audit())

    assert len(html.encode()) < 20_000_000
    shown = html.count("<tr><th scope")
    assert f"{100_000 - shown:,} more files" in html
    assert re.search(r"[\d,]+ more lines would make this page too large", html)


@pytest.mark.slow
def test_sequences_beyond_all_measure_are_left_out_with_words() -> None:
    pretended = Pretended()
    for place in range(40_000):
        pretended.sequence([("missing", 1, 5)], f"{place}.%d.dpx", "a/long/folder" * 5)

    html = render_html(pretended.audit())

    assert len(html.encode()) < 20_000_000
    assert f"{40_000 - html.count('<article'):,} more sequences would make this page too" in html
