"""The start page of a sandbox: what it shows, and that nothing can be smuggled into it."""

from __future__ import annotations

import re
import time
from datetime import timedelta
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest
from material.browser import Browser
from material.partner import Partner
from reelpack import sandbox

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from material.browser import Page

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)>\u202e\x1b[2J"


@pytest.fixture
def partner() -> Iterator[Partner]:
    with sandbox.running(demo=True) as box:
        yield Partner(box).log_in()


def page(partner: Partner) -> str:
    """Load the page."""
    answer = partner.send("GET", "/")
    assert answer.status == 200
    return str(answer.body)


class Tags(HTMLParser):
    """Collects the tags of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.names: list[str] = []
        self.links: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)
        self.links += [value or "" for name, value in attrs if name in {"src", "href"}]


def test_it_shows_titles_requests_and_states(partner: Partner) -> None:
    text = page(partner)

    assert "The Lighthouse Ledger" in text
    assert "Paper Kites over Mapo" in text
    assert text.count('data-name="Request">SR-') >= 60
    assert "redelivery requested" in text


def test_it_shows_what_arrived(partner: Partner, tmp_path: Path) -> None:
    path = tmp_path / "a.mov"
    path.write_bytes(b"123456789")
    partner.box.send(partner.deliver(partner.ready(), path).taken())

    text = page(partner)

    # MD5 of "123456789".
    assert "25f9e794323b453885f5181f1b624d0b" in text
    assert str(path) in text
    assert "pending inspection" in text


def test_it_shows_the_faults_that_wait(partner: Partner) -> None:
    partner.box.fault("status", "getRequest", times=3, status=503)

    assert "status: 503" in page(partner)
    partner.box.clear_faults()
    assert "status: 503" not in page(partner)


def test_it_says_that_it_is_a_sandbox_and_what_of_it_is_assumed(partner: Partner) -> None:
    text = page(partner)

    assert "It is not the studio" in text
    assumed = {rule.name for rule in sandbox.RULES if rule.evidence == "assumed"}
    rows = re.findall(r"<tr>.*?</tr>", text)
    marked = {
        name
        for row in rows
        if 'class="assumed"' in row
        for name in re.findall(r"<code>([a-z-]+)</code>", row)
    }
    assert marked == assumed


def test_it_loads_nothing_and_runs_no_script(partner: Partner) -> None:
    tags = Tags(page(partner))
    policy = partner.send("GET", "/").headers["content-security-policy"]

    assert not {"script", "img", "link", "iframe", "object"} & set(tags.names)
    assert tags.links == []
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "form-action 'self'" in policy


def test_hostile_names_stay_text(partner: Partner) -> None:
    partner.box.fill(
        titles=1, requests=1, language=HOSTILE, source_type=HOSTILE, fulfillment_partner=HOSTILE
    )
    order = {
        "requestId": partner.ready(),
        "files": [{"sourcePath": HOSTILE, "fileSize": 1}],
    }
    partner.call("POST", "/v1/deliveries", order).taken()

    text = page(partner)

    assert "script" not in Tags(text).names
    assert "img" not in Tags(text).names
    assert "\x1b" not in text
    assert "\u202e" not in text


def test_a_large_sandbox_shows_its_first_requests_and_says_so(partner: Partner) -> None:
    partner.box.fill(titles=1, requests=1000)

    text = page(partner)

    assert "The first 500 of 1,060 are shown." in text
    assert len(text) < 1_000_000


def test_an_empty_sandbox_has_a_page_too() -> None:
    with sandbox.running() as box:
        assert "none" in page(Partner(box))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with Browser() as browser:
        yield browser


def shown(browser: Browser, url: str, folder: Path, width: int) -> Page:
    """Open the page of a sandbox as a browser shows it."""
    blank = folder / "blank.html"
    blank.write_text("<!doctype html><title>blank</title>")
    view = browser.open(blank, width=width)
    view.call("Page.navigate", {"url": url})
    wait_for(view, "document.title === 'Backlot sandbox' && document.readyState === 'complete'")
    return view


def wait_for(view: Page, condition: str) -> None:
    """Wait until a condition holds."""
    deadline = time.monotonic() + 20
    while not view.evaluate(condition):
        assert time.monotonic() < deadline, condition
        time.sleep(0.05)


@pytest.mark.slow
@pytest.mark.parametrize("width", [1280, 360])
def test_a_browser_shows_it_whole_and_has_nothing_to_say(
    browser: Browser, partner: Partner, tmp_path: Path, width: int
) -> None:
    partner.box.fill(titles=1, requests=1, language="x" * 200, fulfillment_partner=HOSTILE)

    view = shown(browser, partner.box.url, tmp_path, width)

    assert view.evaluate("document.documentElement.scrollWidth") <= width
    assert [text for text in view.complaints() if "favicon" not in text] == []
    asked = {url for url in view.requests() if url.startswith("http")}
    assert asked <= {f"{partner.box.url}/", f"{partner.box.url}/favicon.ico"}
    assert view.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    view.emulate(prefers_color_scheme="dark")
    assert view.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(20, 24, 28)"


@pytest.mark.slow
def test_a_button_turns_the_clock(browser: Browser, partner: Partner, tmp_path: Path) -> None:
    view = shown(browser, partner.box.url, tmp_path, 1280)
    before = partner.box.now

    view.evaluate("document.querySelector('button[value=\"86400\"]').click()")

    today = f"{before:%Y-%m-%d}"
    wait_for(view, f"document.querySelector('time')?.innerText.startsWith('{today}') === false")
    assert partner.box.now - before >= timedelta(days=1)
