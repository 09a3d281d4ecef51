"""The whole page: one file that loads nothing, and that nothing can be added to."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files as resources
from pathlib import PurePath
from typing import TYPE_CHECKING

from reelpack import __version__
from reelpack.report.escape import attribute
from reelpack.report.facts import Facts
from reelpack.report.files import files
from reelpack.report.fixes import fixes
from reelpack.report.sequences import sequences
from reelpack.report.states import STATES
from reelpack.report.unchecked import unchecked
from reelpack.report.verdict import verdict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reelpack.audits import Audit

__all__ = ["render_html"]


def render_html(audit: Audit, *, title: str | None = None, made: str | None = None) -> str:
    """Write the report of an audit as one HTML page.

    It loads nothing, and its policy forbids it to: no font, image or script but its own. Without
    JavaScript everything can be read; only the search needs it. It stays under 20 MB: every
    sequence and every file with a finding is on it as long as there are no more than some 10,000
    of the one and 20,000 of the other, and where something had to be left out, the page says so.
    The same audit gives the same bytes.

    Args:
        audit: What `reelpack.audit` found.
        title: Name of the delivery, the heading of the page; None is the name of its folder.
        made: When and by whom the report was made, in words; None leaves it out.

    Returns:
        The page. It can be encoded whatever the names in it are.
    """
    facts = Facts(audit)
    title = title or PurePath(audit.path).name or audit.path
    return "".join(
        [
            *_head(title),
            *verdict(facts, title, made),
            *_navigation(facts),
            "<main>",
            *fixes(facts),
            *sequences(facts),
            *files(facts),
            *unchecked(facts),
            f"</main><footer>Made by reelpack {__version__}</footer>",
            f"<script>{_script()}</script></body></html>\n",
        ]
    )


def _head(title: str) -> Iterator[str]:
    """Write all before the body."""
    yield '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{attribute(_policy())}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield '<meta name="color-scheme" content="light dark">'
    yield '<meta name="referrer" content="no-referrer">'
    yield f"<title>{attribute(title)} - delivery audit</title>"
    yield f"<style>{_style()}</style></head><body>"


def _navigation(facts: Facts) -> Iterator[str]:
    """Write the links to the sections, and the search, which shows itself if it can work."""
    counts = (
        ("fixes", "What to fix", len(facts.audit.problems)),
        ("sequences", "Sequences", len(facts.sequences)),
        ("files", "Files", len(facts.files)),
        ("unchecked", "Not checked", len(facts.audit.not_checked)),
    )
    yield "<nav>"
    for name, heading, count in counts:
        yield f'<a href="#{name}">{heading} <span>{count:,}</span></a> '
    yield '<label hidden>Search <input type="search" id="search" autocomplete="off"'
    yield ' placeholder="name, rule, state"></label><output id="matches" for="search"></output>'
    yield "</nav>"


def _policy() -> str:
    """Allow our own style and script by their digests, and nothing else.

    Should a name ever get past the escapes, a script in it has no digest that is allowed.
    """
    return (
        f"default-src 'none'; style-src {_digest(_style())}; script-src {_digest(_script())}; "
        "base-uri 'none'; form-action 'none'"
    )


def _digest(content: str) -> str:
    """Return the digest of an inline element as Content Security Policy Level 3 wants it."""
    digest = hashlib.sha256(content.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


@cache
def _style() -> str:
    """Return the style sheet, the colours of the states included."""
    light = "".join(
        f".{state.name}{{background-color:{state.colour};color:{state.ink}}}"
        for state in STATES.values()
    )
    dark = "".join(
        f".{state.name}{{background-color:{state.dark};color:{state.dark_ink}}}"
        for state in STATES.values()
    )
    own = resources(__package__).joinpath("style.css").read_text("utf-8")
    return f"{own}{light}@media screen and (prefers-color-scheme:dark){{{dark}}}"


@cache
def _script() -> str:
    """Return the script of the search."""
    return resources(__package__).joinpath("script.js").read_text("utf-8")
