"""What a notebook shows of an audit."""

from __future__ import annotations

import pytest
from material.pages import Page
from material.pretended import HOSTILE, Pretended, faulty
from reelpack.report import summary_html
from reelpack.report.states import STATES


def test_a_summary_has_the_verdict_the_counts_and_what_comes_first() -> None:
    page = Page(summary_html(faulty().audit()))

    (text,) = page.by_tag["div"]
    assert text.startswith("2 errors, 3 warnings found by profile general")
    assert page.by_tag["td"][:3] == [
        "113",
        "2",
        "107 present, 3 odd, 2 missing, 1 truncated, 1 changed, 1 unreadable",
    ]
    assert [line.split()[1] for line in page.by_tag["li"]] == [
        *("gap", "list", "odd-size", "held-frames"),
        *("odd-size", "odd-size"),
    ]
    assert "····MM···TOOOCU" in text


def test_a_summary_needs_no_script_and_no_style_sheet() -> None:
    page = Page(summary_html(faulty().audit()))

    assert not page.elements.keys() & {"script", "style", "link", "img"}
    assert {name for name, _ in page.attributes} == {"style"}


def test_a_summary_of_the_worst_is_still_small() -> None:
    pretended = Pretended()
    for _ in range(20):
        runs = [(list(STATES)[at % 6], at, at) for at in range(1, 5_000, 2)]
        place = pretended.sequence(runs, "\udcff" * 200 + "%d", "<" * 200)
        pretended.finding("<" * 200, "\udcff" * 5_000, "&" * 5_000, sequence=place)

    html = summary_html(pretended.audit())

    assert len(html.encode()) < 50_000
    assert "and 12 more findings" in html
    assert "and 16 more sequences" in html
    assert html.count("&hellip;") == 4


@pytest.mark.parametrize("name", HOSTILE, ids=ascii)
def test_a_hostile_name_does_nothing_in_a_summary(name: str) -> None:
    pretended = Pretended()
    pretended.sequence([("missing", 1, 3)], name + ".%d", name)
    pretended.finding(name, name, name)

    page = Page(summary_html(pretended.audit(path=name, profile=name, lists=(name,))))

    assert not page.elements.keys() & {"script", "style", "img", "title"}
    assert not [key for key, _ in page.attributes if key not in {"style", "class"}]
    assert page.by_tag["div"][0].isprintable()
