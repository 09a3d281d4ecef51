"""The charts of an audit, drawn by Vega itself."""

from __future__ import annotations

import importlib
import json
import re
import struct
import sys
from collections import Counter
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from material.pretended import Pretended
from reelpack import charts
from reelpack.report.states import STATES

if TYPE_CHECKING:
    from collections.abc import Callable

    import altair as alt
    from reelpack import Audit

    Chart = alt.FacetChart | alt.LayerChart

CHARTS: list[Callable[[Audit], Chart]] = [charts.frame_map, charts.sizes, charts.throughput]

PICTURES = Path(__file__).parents[2] / "target" / "report"
"""Where screenshots and charts are left."""

RUNS = [("present", 1001, 1004), ("missing", 1005, 1006), ("present", 1007, 1009)]
RUNS += [("truncated", 1010, 1010), ("odd", 1011, 1013), ("changed", 1014, 1014)]
RUNS += [("unreadable", 1015, 1015)]


def faulty() -> Pretended:
    """Two sequences, the second with a frame in every state."""
    pretended = Pretended()
    pretended.sequence([("present", 1001, 1050)], "good.%04d.dpx")
    pretended.sequence(RUNS, "bad.%04d.dpx")
    return pretended


def values(chart: Chart) -> list[dict[str, Any]]:
    """The rows of all data of a chart."""
    datasets = chart.to_dict()["datasets"].values()
    return [row for rows in datasets for row in json.loads(rows)]


def drawn(chart: Chart, folder: Path) -> str:
    """The chart as SVG."""
    chart.save(str(folder / "chart.svg"))
    return (folder / "chart.svg").read_text("utf-8")


@pytest.mark.parametrize("chart", CHARTS)
def test_a_chart_becomes_a_picture_to_be_looked_at(chart: Callable[[Audit], Chart]) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    path = PICTURES / f"{chart.__name__}.png"

    chart(faulty().audit()).save(str(path))

    picture = path.read_bytes()
    width, height = struct.unpack(">II", picture[16:24])
    assert picture.startswith(b"\x89PNG")
    assert 700 < width < 1000
    assert 150 < height < 600


@pytest.mark.parametrize("chart", CHARTS)
def test_a_delivery_with_nothing_in_it_has_charts(
    chart: Callable[[Audit], Chart], tmp_path: Path
) -> None:
    assert "<svg" in drawn(chart(Pretended().audit(throughput=())), tmp_path)


def test_each_frame_is_a_cell_in_the_colour_of_its_state(tmp_path: Path) -> None:
    svg = drawn(charts.frame_map(faulty().audit()), tmp_path)

    cells = re.findall(r'"rect mark" d="[^"]+" fill="(#\w+)"', svg)
    assert Counter(cells) == {
        STATES["present"].colour: 50 + 7,
        STATES["missing"].colour: 2,
        STATES["truncated"].colour: 1,
        STATES["odd"].colour: 3,
        STATES["changed"].colour: 1,
        STATES["unreadable"].colour: 1,
    }


def test_each_bad_run_has_a_letter_and_the_bad_sequence_is_first(tmp_path: Path) -> None:
    svg = drawn(charts.frame_map(faulty().audit()), tmp_path)

    texts = re.findall(r">([^<>]+)</text>", svg)
    assert [text for text in texts if text in {"M", "T", "O", "C", "U"}] == [
        "M",
        "T",
        "O",
        "C",
        "U",
    ]
    assert texts.index("bad.%04d.dpx") < texts.index("good.%04d.dpx")
    assert "2 of 2 sequences, those with findings first" in texts


def test_of_a_long_sequence_a_cell_covers_several_frames_and_shows_the_worst() -> None:
    pretended = Pretended()
    pretended.sequence([("present", 1, 499), ("changed", 500, 500), ("present", 501, 1_000)])

    cells = values(charts.frame_map(pretended.audit()))

    assert len(cells) == 200
    assert [cell["frames"] for cell in cells if cell["state"] == "changed"] == ["496-500"]
    assert all(one["from"] + 5 == other["from"] for one, other in pairwise(cells))


def test_of_many_sequences_and_islands_only_so_many_are_drawn() -> None:
    pretended = Pretended()
    for place in range(30):
        pretended.sequence([("present", at, at) for at in range(1, 2_000, 2)], f"{place}.%d.dpx")

    audit = pretended.audit()

    assert "12 of 30 sequences" in charts.frame_map(audit).to_json()
    for chart in CHARTS[:2]:
        # More rows than these altair refuses in a data frame.
        assert len(values(chart(audit))) <= 5_000


def test_sizes_keep_the_extremes_and_the_worst_of_what_is_left_out() -> None:
    pretended = Pretended()
    pretended.sequence([("present", 1, 9_000), ("changed", 9_001, 9_001)])
    pretended.files[4_321]["size"] = 3
    pretended.files[1_234]["size"] = 10**9
    pretended.file("listed.dpx", status="missing", size=None, sequence=0, frame=9_002)

    points = values(charts.sizes(pretended.audit()))

    assert len(points) <= 3 * 130
    assert {3, 12_746_752, 10**9} == {point["size"] for point in points}
    assert points[-1] == {
        "sequence": "nam.%07d.dpx",
        "frame": 9_001,
        "size": 12_746_752,
        "state": "changed",
        "file": "nam.0009001.dpx",
    }


def test_throughput_is_the_bytes_between_two_moments() -> None:
    samples = ((0.5, 1_000_000_000), (0.5, 1_000_000_000), (1.0, 1_500_000_000))

    chart = charts.throughput(Pretended().audit(throughput=samples, seconds=2.0))

    assert values(chart) == [
        {"from": 0.0, "to": 0.5, "rate": 2e9},
        {"from": 0.5, "to": 1.0, "rate": 1e9},
        {"rate": 3_059_220_480 / 2},
    ]


def test_a_short_audit_is_one_step() -> None:
    chart = charts.throughput(Pretended().audit(throughput=(), seconds=2.0, bytes_read=10))

    assert values(chart) == [{"from": 0.0, "to": 2.0, "rate": 5.0}, {"rate": 5.0}]


class Scripts(HTMLParser):
    """Counts the scripts of a page."""

    count = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self.count += tag == "script"


@pytest.mark.parametrize("chart", CHARTS)
def test_a_name_cannot_end_the_script_of_a_chart(chart: Callable[[Audit], Chart]) -> None:
    pages = []
    for name in ("harmless", "</script><script>alert(1)</script>"):
        pretended = Pretended()
        pretended.sequence([("odd", 1, 3)], f"{name}.%d", name)
        scripts = Scripts()
        scripts.feed(chart(pretended.audit()).to_html())
        pages.append(scripts.count)

    assert pages[0] == pages[1]


def test_without_altair_the_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "altair", None)

    with pytest.raises(ImportError, match=r"hint: `pip install reelpack\[notebook\]`"):
        importlib.reload(charts)
