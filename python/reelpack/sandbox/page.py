"""The start page: one HTML document that loads nothing and runs no script.

It shows what is there and what arrived, turns the clock by plain forms, and says what of the
sandbox is assumed.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files as resources
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from reelpack.report.escape import attribute, text
from reelpack.sandbox import buckets, faults, moving
from reelpack.sandbox.clock import moment
from reelpack.sandbox.tables import Delivery, Request, Title
from reelpack.sandbox.values import BucketName

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sqlalchemy.orm import Session

    from reelpack.sandbox.tables import File
    from reelpack.sandbox.world import World

__all__ = ["policy", "render"]

# Rows of a table at most: a browser is slow with more, and nobody reads them.
_ROWS = 500
_TURNS = (("10 minutes", 600), ("1 hour", 3600), ("1 day", 86_400), ("1 week", 604_800))
_NOTICE = (
    "This is a sandbox of reelpack on your own machine. It is not the studio, and nothing leaves "
    "this machine. What is marked assumed is our reading, and may be other on the real host."
)


def render(session: Session, world: World) -> str:
    """Write the page.

    Args:
        session: A transaction.
        world: The sandbox.
    """
    return "".join(
        [
            *_head(),
            *_clock(session, world),
            *_titles(session),
            *_requests(session),
            *_arrivals(session),
            *_faults(session),
            *_rules(world),
            "</main></body></html>\n",
        ]
    )


def policy() -> str:
    """Allow our own style and our own forms, and nothing else."""
    digest = base64.b64encode(hashlib.sha256(_style().encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    )


def _head() -> Iterator[str]:
    """Write all before the first section."""
    yield '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield '<meta name="color-scheme" content="light dark">'
    yield f"<title>Backlot sandbox</title><style>{_style()}</style></head><body>"
    yield f'<header><h1>Backlot sandbox</h1><p class="notice">{_NOTICE}</p></header><main>'


def _clock(session: Session, world: World) -> Iterator[str]:
    """Write the time, the buttons that turn it, and what the buckets hold by it."""
    yield f"<h2>Clock</h2><p><time>{_time(world.clock.seconds())}</time></p>"
    yield '<form method="post" action="/sandbox/clock">'
    for name, seconds in _TURNS:
        yield f'<button name="advance" value="{seconds}">+ {name}</button> '
    yield '</form><dl class="buckets">'
    counts = buckets.counts(session, buckets.joined(), world.clock.seconds())
    for bucket in BucketName:
        yield f"<div><dt>{_words(bucket)}</dt><dd>{counts[bucket]:,}</dd></div>"
    yield "</dl>"


def _titles(session: Session) -> Iterator[str]:
    """Write the titles."""
    count = session.scalar(select(func.count()).select_from(Title)) or 0
    rows = session.scalars(select(Title).order_by(Title.movie_id).limit(_ROWS))
    yield from _table(
        "Titles",
        count,
        ("Movie id", "Name", "Original language", "Original", "Release"),
        (
            (
                text(title.movie_id),
                text(title.name),
                text(title.original_language),
                "yes" if title.is_original else "no",
                _words(title.release_type),
            )
            for title in rows
        ),
    )


def _requests(session: Session) -> Iterator[str]:
    """Write the requests."""
    count = session.scalar(select(func.count()).select_from(Request)) or 0
    rows = session.scalars(select(Request).order_by(Request.number).limit(_ROWS))
    yield from _table(
        "Requests",
        count,
        (
            "Request",
            "Title",
            "Type",
            "Language",
            "State",
            "Transfer",
            "Due",
            "Estimated",
            "Materials",
        ),
        (_request(request) for request in rows),
    )


def _request(request: Request) -> tuple[str, ...]:
    """Write the cells of a request."""
    return (
        text(request.request_id),
        text(request.package.title.name),
        _words(request.source_type),
        text(request.language),
        f'<span class="state">{_words(request.state)}</span>',
        _words(request.transfer_state),
        f'<span class="day">{request.due_date}</span>',
        f'<span class="day">{request.estimated_delivery_date}</span>',
        _words(request.material_status),
    )


def _arrivals(session: Session) -> Iterator[str]:
    """Write the files of all deliveries, the newest delivery first."""
    count = session.scalar(select(func.count()).select_from(Delivery)) or 0
    rows = session.scalars(select(Delivery).order_by(Delivery.number.desc()).limit(_ROWS))
    yield from _table(
        "Deliveries, and what arrived",
        count,
        ("Transfer", "Request", "State", "File", "Announced, bytes", "Arrived, bytes", "MD5"),
        (_file(delivery, file) for delivery in rows for file in delivery.files),
    )


def _file(delivery: Delivery, file: File) -> tuple[str, ...]:
    """Write the cells of a file."""
    return (
        text(delivery.transfer_id),
        text(delivery.request_id),
        _words(delivery.state),
        f'<span class="path">{text(file.source_path)}</span>',
        f'<span class="number">{file.announced:,}</span>',
        f'<span class="number">{file.counted:,}</span>',
        f"<code>{text(file.md5 or '')}</code>",
    )


def _faults(session: Session) -> Iterator[str]:
    """Write the faults that wait."""
    waiting = faults.listed(session)
    yield from _table(
        "Faults that wait",
        len(waiting),
        ("Kind", "Operation", "Calls left", "Details"),
        (
            (
                text(fault.kind),
                text(fault.operation),
                str(fault.times),
                text(", ".join(f"{name}: {value}" for name, value in fault.details.items())),
            )
            for fault in waiting[:_ROWS]
        ),
    )


def _rules(world: World) -> Iterator[str]:
    """Write the rules and how sure they are, then the steps, which are all assumed."""
    rules = list(world.rules)
    yield from _table(
        "Rules in force",
        len(rules),
        ("Rule", "Evidence", "Source", "It says"),
        (
            (
                f"<code>{text(rule.name)}</code>",
                f'<span class="{attribute(rule.evidence)}">{_words(rule.evidence)}</span>',
                text(rule.source),
                text(rule.says),
            )
            for rule in rules
        ),
    )
    yield from _table(
        "Steps by themselves",
        len(moving.STEPS),
        ("Step", "After", "Evidence"),
        (
            (text(says), f"{seconds / 60:,.0f} min", '<span class="assumed">assumed</span>')
            for says, seconds in moving.STEPS
        ),
    )


def _table(
    heading: str, count: int, names: tuple[str, ...], rows: Iterable[tuple[str, ...]]
) -> Iterator[str]:
    """Write a section with a table; each cell is HTML already."""
    yield f'<section><h2>{heading} <span class="count">{count:,}</span></h2>'
    if not count:
        yield '<p class="more">none</p></section>'
        return
    yield '<div class="wide"><table><thead><tr>'
    yield from (f'<th scope="col">{name}</th>' for name in names)
    yield "</tr></thead><tbody>"
    for cells in rows:
        yield "<tr>"
        for name, cell in zip(names, cells, strict=True):
            yield f'<td data-name="{name}">{cell}</td>'
        yield "</tr>"
    yield "</tbody></table></div>"
    if count > _ROWS:
        yield f'<p class="more">The first {_ROWS:,} of {count:,} are shown.</p>'
    yield "</section>"


def _words(code: str | None) -> str:
    """Write a code as words."""
    return "" if code is None else text(code.replace("_", " ").replace("-", " ").lower())


def _time(seconds: float) -> str:
    """Write an instant for people."""
    return moment(seconds).strftime("%Y-%m-%d %H:%M:%S UTC")


@cache
def _style() -> str:
    """Return the style sheet."""
    return resources(__package__).joinpath("page.css").read_text("utf-8")
