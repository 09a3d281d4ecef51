"""The report in a real browser: its cells and colours, the search, a phone, paper, no network."""

from __future__ import annotations

import re
import struct
import subprocess
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from material.browser import Browser
from material.needs import need
from material.pretended import Pretended
from reelpack.report import render_html
from reelpack.report.states import STATES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from material.browser import Page
    from reelpack.audits import Audit

PICTURES = Path(__file__).parents[2] / "target" / "report"
"""Where screenshots and charts are left."""

A4 = 688
"""Width of what is printed on A4 between margins of 14 mm, in CSS pixels of 1/96 inch."""

CELLS = """
Object.fromEntries(["present", "odd", "missing", "truncated", "changed", "unreadable"].map(
  (state) => [state, [...document.querySelectorAll(`article .map .${state}`)].reduce(
    (count, run) => count + run.textContent.length, 0)]))
"""

COLOURS = """
Object.fromEntries([...document.querySelectorAll(".legend b")].map(
  (cell) => [cell.className,
    [getComputedStyle(cell).backgroundColor, getComputedStyle(cell).color]]))
"""

VISIBLE = """
["#fixes li", "article", "tbody tr"].map((items) => [...document.querySelectorAll(items)].filter(
  (item) => item.checkVisibility()).length)
"""

# The page waits a moment before it searches.
SEARCH = """
new Promise((done) => {
  const field = document.getElementById("search");
  field.value = %r;
  field.dispatchEvent(new Event("input"));
  setTimeout(() => done(document.getElementById("matches").textContent), 400);
})
"""

CUT = """
[...document.querySelectorAll("body *")].filter((item) =>
  item.getClientRects().length
  && (item.getBoundingClientRect().right > innerWidth + 1 || item.scrollWidth > item.clientWidth + 1
      && getComputedStyle(item).display !== "inline")).map((item) => item.outerHTML.slice(0, 200))
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for all tests; each opens a page of its own."""
    with Browser() as browser:
        yield browser


@pytest.fixture
def page(browser: Browser, tmp_path: Path) -> Page:
    """The report of `delivery`, open."""
    return browser.open(written(delivery(), tmp_path))


def delivery() -> Audit:
    """Four sequences, one with a frame in every state."""
    pretended = Pretended()
    pretended.sequence([("present", 86_400, 86_519)], "plate_0100_v003.%07d.dpx", "reels/r1")
    runs = [("present", 1, 40), ("missing", 41, 43), ("present", 44, 90), ("truncated", 91, 91)]
    runs += [("odd", 92, 101), ("changed", 102, 103), ("unreadable", 104, 104)]
    bad = pretended.sequence(runs, "plate_0200_v001.%07d.dpx", "reels/r2")
    pretended.sequence([("present", 1, 9), ("present", 20, 29)], "textless.%04d.exr", "textless")
    pretended.sequence([("present", 1, 39), ("missing", 40, 40)], "title.%04d.dpx", "long" * 60)
    gap = "reels/r2/plate_0200_v001.%07d.dpx"
    pretended.finding("frame-gap", gap, "41-43 missing", sequence=bad, fix="deliver them")
    for frame in range(92, 102):
        path = f"reels/r2/plate_0200_v001.{frame:07}.dpx"
        pretended.finding("odd-size", path, "1998x1080", sequence=bad, severity="warning")
    pretended.finding("name", "what" * 60, "longer than 256 characters")
    pretended.file("what" * 60)
    return pretended.audit()


def written(audit: Audit, folder: Path) -> Path:
    """Write a report; return its path."""
    path = folder / "report.html"
    path.write_text(render_html(audit), "utf-8", newline="")
    return path


def test_the_cells_are_as_many_as_the_frames_of_each_state(page: Page) -> None:
    assert page.evaluate(CELLS) == {
        "present": 120 + 40 + 47 + 19 + 39,
        "odd": 10,
        "missing": 4,
        "truncated": 1,
        "changed": 2,
        "unreadable": 1,
    }


def test_the_cells_have_the_colours_of_their_states_by_day_and_by_night(page: Page) -> None:
    day = {name: [rgb(state.colour), rgb(state.ink)] for name, state in STATES.items()}
    night = {name: [rgb(state.dark), rgb(state.dark_ink)] for name, state in STATES.items()}

    assert page.evaluate(COLOURS) == day
    page.emulate(prefers_color_scheme="dark")
    assert page.evaluate(COLOURS) == night
    page.emulate(media="print", prefers_color_scheme="dark")
    assert page.evaluate(COLOURS) == day


def rgb(colour: str) -> str:
    """``#rrggbb`` as a computed style."""
    return "rgb({}, {}, {})".format(*bytes.fromhex(colour[1:]))


def test_all_cells_are_of_one_width_whatever_their_letter(page: Page) -> None:
    # A run that wraps has a box in each line.
    widths = page.evaluate(
        """[...document.querySelectorAll("article .map b")].map((run) => [...run.getClientRects()]
             .reduce((sum, box) => sum + box.width, 0) / run.textContent.length)"""
    )

    assert all(abs(width - 9) < 0.1 for width in widths), set(widths)


def test_the_search_leaves_what_has_all_its_words(page: Page) -> None:
    everything = page.evaluate(VISIBLE)

    assert page.evaluate(SEARCH % "PLATE_0200 Truncated") == "2 of 290 shown"
    # The sequence, and the file that is truncated.
    assert page.evaluate(VISIBLE) == [0, 1, 1]
    assert page.evaluate("document.querySelectorAll('.rule.away').length") == 3

    page.evaluate(SEARCH % "odd-size")
    # One line for all ten frames, and each file.
    assert page.evaluate(VISIBLE) == [1, 0, 10]

    assert page.evaluate(SEARCH % "") == ""
    assert page.evaluate(VISIBLE) == everything


def test_what_a_search_hides_is_printed_all_the_same(page: Page) -> None:
    everything = page.evaluate(VISIBLE)
    page.evaluate(SEARCH % "no such name")
    assert page.evaluate(VISIBLE) == [0, 0, 0]

    page.emulate(media="print")

    assert page.evaluate(VISIBLE) == everything


def test_without_javascript_everything_is_there_but_the_search(
    browser: Browser, tmp_path: Path
) -> None:
    page = browser.open(written(delivery(), tmp_path), script=False)

    assert page.evaluate(VISIBLE) == [3, 4, 280]
    assert page.evaluate("document.getElementById('search').checkVisibility()") is False


def test_nothing_but_the_page_is_asked_for_and_nothing_is_complained_of(page: Page) -> None:
    page.evaluate(SEARCH % "plate")

    assert [re.sub(".*/", "", address) for address in page.requests()] == ["report.html"]
    assert page.complaints() == []


def test_the_policy_stops_what_a_name_could_bring_in(page: Page) -> None:
    page.evaluate(
        """(() => {
          const script = document.createElement("script");
          script.textContent = "window.harmed = true";
          const style = document.createElement("style");
          style.textContent = "body { display: none }";
          const image = new Image();
          image.src = "http://127.0.0.1:9/";
          document.body.append(script, style, image);
          document.body.insertAdjacentHTML("beforeend", "<b onclick='window.harmed = true'>");
          document.body.lastElementChild.click();
        })()"""
    )

    assert page.evaluate("window.harmed") is None
    assert page.evaluate("document.body.checkVisibility()") is True
    assert "'blockedReason': 'csp'" in str(page.complaints())


def test_a_phone_shows_all_of_it_without_scrolling_sideways(page: Page) -> None:
    page.resize(390, 844)

    assert page.evaluate(CUT) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize(("name", "width"), [("desk", 1280), ("phone", 390)])
def test_a_picture_of_the_page_is_there_to_be_looked_at(page: Page, name: str, width: int) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.resize(width)

    page.screenshot(PICTURES / f"{name}.png")

    size = struct.unpack(">II", (PICTURES / f"{name}.png").read_bytes()[16:24])
    assert size == (width, page.evaluate("document.documentElement.scrollHeight"))


def test_on_paper_nothing_is_cut(page: Page) -> None:
    page.emulate(media="print")
    page.resize(A4)

    assert page.evaluate(CUT) == []


def test_printed_to_pdf_everything_can_be_read(page: Page, tmp_path: Path) -> None:
    need("pdftotext", "-v")
    page.pdf(tmp_path / "report.pdf")

    told = subprocess.run(
        ["pdftotext", "-layout", tmp_path / "report.pdf", "-"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    words = re.sub(r"\s+", "", told)
    assert "2errors,10warningsfoundbyprofilegeneral" in words
    for sequence in range(4):
        pattern = delivery().sequences.column("pattern")[sequence]
        assert str(pattern) in words
    assert words.count("reels/r1/plate_0100_v003.00") == 120
    assert words.count("·") >= 120 + 40 + 47 + 19 + 39
    assert "Whatwasnotchecked" in words


@pytest.mark.slow
def test_a_page_of_250000_files_opens_and_can_be_searched(browser: Browser, tmp_path: Path) -> None:
    pretended = Pretended()
    for shot in range(2_000):
        runs = [("present", 1, 60), ("missing", 61, 64), ("present", 65, 129)]
        place = pretended.sequence(runs, f"shot_{shot:04}.%07d.dpx", f"reel_{shot // 100:02}")
        for frame in range(1, 1 + 5 * (shot % 2)):
            name = f"reel_{shot // 100:02}/shot_{shot:04}.{frame:07}.dpx"
            pretended.finding("odd-size", name, "1998x1080", sequence=place)
    path = written(pretended.audit(), tmp_path)
    began = time.monotonic()

    page = browser.open(path)
    told = page.evaluate(SEARCH % "shot_1999")

    # Three seconds on a quiet machine.
    assert time.monotonic() - began < 30
    assert told == "7 of 8,003 shown"
    assert page.evaluate(CELLS)["missing"] == 8_000
