"""The head of a report: the verdict, what it does not promise, and the figures behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reelpack.report.escape import prose, text
from reelpack.report.frame_map import counted
from reelpack.wording import duration, files, plural, printable, rate, size

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reelpack.audits import Audit
    from reelpack.report.facts import Facts

__all__ = ["PROMISE", "figures", "verdict"]

PROMISE = (
    "This is no promise of acceptance. The rules are those of the profile named here, as far as "
    "they are known; the studio has its own. The audit looks at names, bytes and headers, not at "
    "the pictures."
)
"""What no verdict promises."""

LISTS_NAMED = 5
"""Lists that are named; of more only the count helps."""


def verdict(facts: Facts, title: str, made: str | None) -> Iterator[str]:
    """Write the head."""
    audit = facts.audit
    tone = "good" if audit.ok else "bad"
    yield f'<header><p class="kind">Delivery audit</p><h1 class="path">{text(title)}</h1>'
    found, and_, unchecked = audit.verdict.partition("; ")
    yield f'<p class="verdict {tone}">{text(found)}<span>{and_}{prose(unchecked)}</span></p>'
    yield f'<p class="promise">{PROMISE} <a href="#unchecked">What was not checked</a></p><dl>'
    for term, value in figures(facts):
        yield f"<div><dt>{term}</dt><dd>{value}</dd></div>"
    if made is not None:
        yield f"<div><dt>Report made</dt><dd>{text(made)}</dd></div>"
    yield "</dl></header>"


def figures(facts: Facts) -> Iterator[tuple[str, str]]:
    """Yield the figures as names and values, the values ready for HTML."""
    audit = facts.audit
    yield "Files", f"{len(audit.files):,}"
    yield "Sequences", f"{len(facts.sequences):,}"
    yield "Frames", counted(facts.frames) or "none"
    yield "Profile", text(audit.profile)
    yield "Folder", text(audit.path)
    yield "Lists", _lists(audit)
    yield "Read", text(_read(audit))


def _lists(audit: Audit) -> str:
    """Name the lists that the files were held against."""
    if not audit.lists:
        return "none: no digest was compared with another"
    if len(audit.lists) > LISTS_NAMED:
        return f"held against {plural(len(audit.lists), 'list')}"
    return "held against " + ", ".join(map(text, audit.lists))


def _read(audit: Audit) -> str:
    """Write what was read, and what was trusted instead."""
    speed = rate(audit.bytes_read, audit.seconds)
    took = f"{files(audit.files_read)}, {size(audit.bytes_read)} in {duration(audit.seconds)}"
    trusted = f"; {files(audit.files_trusted)} trusted, not read" if audit.files_trusted else ""
    return printable(f"{took} ({speed}){trusted}")
