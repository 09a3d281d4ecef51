"""`reelpack imf diff`: what changed from one composition to another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from reelpack import imf
from reelpack.cli.arguments import PATH
from reelpack.cli.delivery import json_option
from reelpack.cli.exits import ExitCode, hinting
from reelpack.cli.imf.arguments import HINTS
from reelpack.cli.output import emit, emit_json
from reelpack.wording import plural, printable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reelpack.imf import Change, Difference

__all__ = ["command"]

SHOWN = 1000
"""Changes that are printed; who has more of them needs no more lines but `--json`."""


@click.command("diff")
@click.argument("a", type=PATH, metavar="A")
@click.argument("b", type=PATH, metavar="B")
@json_option
def command(a: str, b: str, *, as_json: bool) -> int:
    """Show what changed from composition A to B, in time code: segments, resources, languages.

    A and B are composition playlists, or folders of packages that have one each. Exits 0 where
    nothing changed that is played or said, else 1.
    """
    with hinting(HINTS):
        found = imf.diff(a, b)
    if as_json:
        emit_json(found.to_dict())
    else:
        for line in _lines(found):
            emit(printable(line))
    return ExitCode.OK if found.same else ExitCode.FINDING


def _lines(found: Difference) -> Iterator[str]:
    """Write what is compared and each change."""
    yield f"a: {found.a_title or '-'}  {found.a_id or '-'}  {found.a}"
    yield f"b: {found.b_title or '-'}  {found.b_id or '-'}  {found.b}"
    yield plural(len(found.changes), "change") if found.changes else "nothing changed"
    for change in found.changes[:SHOWN]:
        yield f"{_when(change)}{change.message}"
    if len(found.changes) > SHOWN:
        yield f"... and {len(found.changes) - SHOWN:,} more (`--json` lists all)"


def _when(change: Change) -> str:
    """Write when in the composition it is, if it is at a time."""
    if change.timecode is None:
        return ""
    return f"{change.timecode}-{change.end_timecode or '?'}  "
