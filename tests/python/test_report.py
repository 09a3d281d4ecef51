"""The report of an audit as a page: what it says, in which order, and that names cannot harm it."""

from __future__ import annotations

import base64
import hashlib
import re
from typing import TYPE_CHECKING

import pytest
import reelpack
from hypothesis import given
from hypothesis import strategies as st
from material.frames import Sequence, write_frames
from material.pages import Page
from material.pretended import HOSTILE, Pretended, faulty
from reelpack import NotChecked
from reelpack.audits import FrameRun
from reelpack.report import render_html, summary_html
from reelpack.report.frame_map import MAX_CELLS, FrameMap
from reelpack.report.states import STATES
from reelpack.wording import printable

if TYPE_CHECKING:
    from pathlib import Path


LETTERS = {"present": "·", "odd": "O", "missing": "M"}
LETTERS |= {"truncated": "T", "changed": "C", "unreadable": "U"}


def test_the_verdict_comes_first_then_what_to_fix_then_sequences_then_files() -> None:
    html = render_html(faulty().audit())

    marks = ["2 errors, 3 warnings found", "no promise", 'id="fixes"', 'id="sequences"']
    places = [html.index(mark) for mark in [*marks, 'id="files"', 'id="unchecked"']]
    assert places == sorted(places)


def test_the_report_of_real_frames_counts_what_was_done_to_them(tmp_path: Path) -> None:
    frames = write_frames(tmp_path / "reel", 24, Sequence(64, 48))
    frames[4].unlink()
    frames[5].unlink()
    frames[10].write_bytes(frames[10].read_bytes()[:-1])
    reelpack.checksum(tmp_path, state=False).write()
    frames[20].write_bytes(frames[20].read_bytes()[:-1] + b"!")

    html = render_html(reelpack.audit(tmp_path, fps="24", state=False))

    page = Page(html)
    told = dict(zip(page.by_tag["dt"], page.by_tag["dd"], strict=True))
    assert told["Frames"] == "20 present, 2 missing, 1 truncated, 1 changed"
    assert told["missing"] == "2 frames: 86404-86405"
    assert told["truncated"] == "1 frame: 86410"
    assert told["changed"] == "1 frame: 86420"
    assert "86400-86423 · 01:00:00:00 to 01:00:00:23 · 22 files" in page.text
    assert {"sequence.gap", "frame.truncated"} <= set(page.by_tag["code"])


def test_rules_come_by_severity_with_fix_source_and_how_sure_that_is() -> None:
    page = Page(render_html(faulty().audit()))

    headings = [heading.split() for heading in page.by_tag["h3"][:4]]
    assert [(severity, rule) for severity, rule, *_ in headings] == [
        ("error", "gap"),
        ("error", "list"),
        ("warning", "odd-size"),
        ("info", "held-frames"),
    ]
    assert "render themSource: the manual, page 3 (read there)" in page.text


def test_findings_on_frames_of_one_sequence_share_a_line() -> None:
    page = Page(render_html(faulty().audit()))

    assert "r2/bad.%04d.dpx 3 frames: 1011-1013 1998x1080" in page.by_tag["li"]


def test_findings_that_differ_are_told_by_the_first() -> None:
    pretended = faulty()
    for number in (1001, 1002):
        path = f"r2/bad.{number}.dpx"
        pretended.finding("short", path, f"{number} bytes", sequence=1)
    pretended.finding("short", "r2/bad.1001.dpx", "by another list", sequence=1)
    pretended.finding("upload", "", "more than 250,000 files")

    lines = Page(render_html(pretended.audit())).by_tag["li"]

    assert "r2/bad.%04d.dpx 2 frames: 1001-1002 such as: 1001 bytes" in lines
    assert "r2/bad.1001.dpx by another list" in lines
    assert "the delivery more than 250,000 files" in lines


def test_a_fix_of_its_own_stands_with_its_finding() -> None:
    pretended = Pretended()
    for name in ("a", "b"):
        pretended.finding("case", name, "differs in case only", fix=f"rename it: {name}2")
    pretended.finding("case", "c", "differs in case only")

    lines = Page(render_html(pretended.audit())).by_tag["li"]

    assert lines[:3] == [
        "a differs in case onlyfix: rename it: a2",
        "b differs in case onlyfix: rename it: b2",
        "c differs in case only",
    ]


def test_each_frame_is_a_cell_with_the_letter_of_its_state() -> None:
    html = render_html(faulty().audit())

    cells = re.findall(r'<b class="(\w+)" title="([^"]+)">([^<]+)</b>', html)
    assert {letters[0] for _, _, letters in cells} == set(LETTERS.values())
    assert all(letters == LETTERS[state] * len(letters) for state, _, letters in cells)
    assert ("missing", "1005-1006 missing", "MM") in cells
    assert sum(len(letters) for _, _, letters in cells) == 100 + 15


def test_what_is_not_present_is_listed_below_the_map_with_exact_ranges() -> None:
    page = Page(render_html(faulty().audit()))

    told = dict(zip(page.by_tag["dt"], page.by_tag["dd"], strict=True))
    assert told["missing"] == "2 frames: 1005-1006"
    assert told["odd"] == "3 frames: 1011-1013"
    assert told["unreadable"] == "1 frame: 1015"


def test_the_legend_counts_the_frames_of_all_sequences() -> None:
    (legend,) = re.findall(r'<ul class="legend">(.*?)</ul>', render_html(faulty().audit()))

    counts = re.findall(r"(\w+): ([\d,]+)", legend)
    assert counts == [
        ("present", "107"),
        ("odd", "3"),
        ("missing", "2"),
        ("truncated", "1"),
        ("changed", "1"),
        ("unreadable", "1"),
    ]


@given(
    st.lists(st.tuples(st.sampled_from(list(STATES)), st.integers(1, 40)), min_size=1),
    st.integers(-50, 90_000),
    st.integers(1, 30),
)
def test_a_map_has_every_frame_once_and_its_cells_show_the_worst(
    lengths: list[tuple[str, int]], start: int, max_cells: int
) -> None:
    runs, frame = [], start
    states: dict[int, str] = {}
    for state, length in lengths:
        runs.append(FrameRun(state, frame, frame + length - 1))
        states |= dict.fromkeys(range(frame, frame + length), state)
        frame += length

    map_ = FrameMap(runs, max_cells)
    (cells,) = map_.islands()

    order = list(STATES)
    assert sum(len(run.letters) for run in cells) <= max_cells
    assert [cells[0].first, cells[-1].last] == [start, frame - 1]
    for run in cells:
        for at in range(run.first, run.last + 1, map_.step):
            covered = range(at, min(at + map_.step, frame))
            assert max(order.index(states[one]) for one in covered) == order.index(run.state)


def test_a_map_of_nothing_has_no_cells() -> None:
    assert list(FrameMap(()).islands()) == []


def test_a_long_sequence_says_how_many_frames_a_cell_covers() -> None:
    pretended = Pretended()
    pretended.sequence([("present", 86_400, 161_278), ("truncated", 161_279, 161_279)])

    page = Page(render_html(pretended.audit()))

    (text,) = [text for text in page.by_tag["p"] if "One cell covers" in text]
    assert text.startswith("One cell covers 50 frames and shows the worst of them")
    (map_,) = [text for text in page.by_tag["p"] if set(text) == {"·", "T"}]
    assert len(map_) == -(-74_880 // 50) <= MAX_CELLS
    assert "1 frame: 161279" in page.text


def test_a_name_for_one_frame_far_away_does_not_make_the_page_large() -> None:
    pretended = Pretended()
    pretended.sequence(
        [("present", 1, 1), ("missing", 2, 10**15), ("present", 10**15 + 1, 10**15 + 1)]
    )

    html = render_html(pretended.audit())

    assert len(html) < 30_000
    assert "1,000,000,000,000 frames" in html


def test_islands_are_apart_and_the_gaps_between_them_are_no_cells() -> None:
    pretended = Pretended()
    pretended.sequence([("present", 1, 3), ("present", 10, 11)])

    html = render_html(pretended.audit())
    assert re.search(r">···</b><i></i><b[^>]*>··<", html)
    assert "<dt>islands</dt><dd>2, the gaps between them are meant: " in html
    assert "1-3,<wbr> 10-11" in html


@pytest.mark.parametrize("name", HOSTILE, ids=ascii)
def test_a_hostile_name_is_shown_and_does_nothing(name: str) -> None:
    pretended = Pretended()
    pretended.sequence([("present", 1, 3)], name.replace("%", "") + ".%d", name)
    pretended.file(name, format=name, encoding=name, bit_depth=name, time_code_name=name, frame=1)
    pretended.finding(name, name, name, fix=name, source=name, sure=name)
    unchecked = (NotChecked(name, name),)
    audit = pretended.audit(path=f"/{name}", profile=name, not_checked=unchecked, lists=(name,))

    page = Page(render_html(audit, title=name, made=name))

    assert page.elements["script"] == page.elements["style"] == page.elements["title"] == 1
    assert not page.elements.keys() & {"img", "iframe", "link", "object", "base", "form"}
    assert not [key for key, _ in page.attributes if key.startswith("on")]
    assert all(char.isprintable() for char in page.text.replace("\n", ""))
    assert page.by_tag["h1"] == [printable(name)]
    assert page.by_tag["title"] == [f"{printable(name)} - delivery audit"]
    assert printable(name) in page.by_tag["li"]


def test_backticks_in_a_message_mark_code_unless_a_name_has_one_too() -> None:
    pretended = Pretended()
    pretended.finding("name", "a", "the name has `<` and `?`", fix="leave the ` out")

    html = render_html(pretended.audit())

    assert "the name has <code>&lt;</code> and <code>?</code></span>" in html
    assert "leave the ` out" in html


def test_what_cannot_be_seen_in_a_name_comes_as_an_escape() -> None:
    pretended = Pretended()
    pretended.file("a\x07\udce9\u202eb")

    page = Page(render_html(pretended.audit()))

    assert r"a\x07\xe9\u202eb" in page.text


def test_the_policy_allows_the_page_its_own_style_and_script_only() -> None:
    page = Page(render_html(faulty().audit()))

    (policy,) = [value for name, value in page.attributes if value and "default-src" in value]
    assert policy == (
        f"default-src 'none'; style-src '{_digest(page.by_tag['style'][0])}'; "
        f"script-src '{_digest(page.by_tag['script'][0])}'; base-uri 'none'; form-action 'none'"
    )


def _digest(content: str) -> str:
    """As Content Security Policy Level 3, 2.3.1 writes it."""
    return f"sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}"


def test_the_page_names_no_other() -> None:
    html = render_html(faulty().audit())

    page = Page(html)
    addresses = [value for name, value in page.attributes if name in {"src", "href"}]
    assert all(value and value.startswith("#") for value in addresses)
    assert not re.search(r"https?:|//[a-z]|url\(|@import", html)


def test_links_lead_to_what_is_on_the_page() -> None:
    page = Page(render_html(faulty().audit()))

    links = {value[1:] for name, value in page.attributes if name == "href" and value}
    assert {"s0", "s1", "fixes", "sequences", "files", "unchecked"} == links
    assert links <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))


def test_the_same_audit_gives_the_same_bytes_and_the_time_only_where_it_was_told() -> None:
    audit = faulty().audit()

    assert render_html(audit) == render_html(audit)
    assert "Report made" not in render_html(audit)
    assert "2026-11-20 by anna" in render_html(audit, made="2026-11-20 by anna")


def test_the_heading_is_the_folder_or_what_was_told() -> None:
    audit = faulty().audit()

    assert Page(render_html(audit)).by_tag["h1"] == ["SHOW_101"]
    assert Page(render_html(audit, title="Reel 1")).by_tag["h1"] == ["Reel 1"]
    assert Page(render_html(faulty().audit(path="/"))).by_tag["h1"] == ["/"]


def test_a_small_delivery_shows_every_file() -> None:
    page = Page(render_html(faulty().audit()))

    assert page.elements["tr"] == 1 + 113
    assert "All of 113 files, those with a finding first." in page.text
    names = [row.split(".dpx")[0] for row in page.by_tag["tr"][1:9]]
    assert names[:6] == [f"r2/bad.{frame}" for frame in range(1010, 1016)]
    assert names[6:] == ["r1/good.1001", "r1/good.1002"]


def test_a_trusted_file_and_one_that_is_not_there_say_so() -> None:
    pretended = Pretended()
    pretended.file("a", trusted=True, format="exr", width=None, bit_depth=None)
    pretended.file("b", status="missing", size=None, format=None)

    page = Page(render_html(pretended.audit(files_read=0, files_trusted=1)))

    assert page.by_tag["tr"][1:] == [
        "bmissing",
        "apresent12,746,752 trusted, not readexr, none, log",
    ]
    assert "1 file trusted, not read" in page.text


def test_a_sequence_tells_its_time_code_where_it_is_known() -> None:
    pretended = Pretended()
    pretended.sequence([("present", 86_400, 86_401)])
    pretended.sequences[0] |= {"first_time_code": "01:00:00:00", "last_time_code": "01:00:00:01"}
    pretended.sequences[0] |= {"size": None}

    page = Page(render_html(pretended.audit()))

    about = "86400-86401 · 01:00:00:00 to 01:00:00:01 · 2 files · dpx 2048x1556, 10 bit RGB"
    assert about in page.text


def test_what_was_not_checked_is_said_by_its_reason() -> None:
    unchecked = [NotChecked(f".{number}", "hidden file") for number in range(150)]
    audit = faulty().audit(not_checked=(*unchecked, NotChecked("", "no list")), lists=())

    page = Page(render_html(audit))

    text = page.text[page.text.index("What was not checkedThe pictures") :]
    assert "hidden file 150.0.1" in text
    assert "and 50 more" in text
    assert "no list" in text
    assert "none: no digest was compared" in page.text


def test_many_lists_are_counted() -> None:
    lists = tuple(f"r{number}/checksum.txt" for number in range(9))

    assert "held against 9 lists" in render_html(faulty().audit(lists=lists))


def test_a_delivery_with_nothing_in_it_has_a_report() -> None:
    audit = Pretended().audit(bytes_read=0, seconds=0.0)

    page = Page(render_html(audit))

    for words in ("Nothing was found.", "There is no sequence.", "There is no file."):
        assert words in page.text
    assert "no problem found" in Page(summary_html(audit)).by_tag["div"][0]
