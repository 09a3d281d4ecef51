"""`reelpack imf rules`: what `reelpack imf verify` asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from reelpack import imf
from reelpack.cli.delivery import json_option
from reelpack.cli.exits import ExitCode
from reelpack.cli.output import emit, emit_json
from reelpack.wording import printable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reelpack.imf import Rule

__all__ = ["command"]


@click.command("rules")
@json_option
def command(*, as_json: bool) -> int:
    """List what `reelpack imf verify` asks: id, severity, who wants it, what has to be so."""
    rules = imf.rules()
    if as_json:
        emit_json({"rules": [rule.to_dict() for rule in rules]})
    else:
        for rule in rules:
            for line in _lines(rule):
                emit(printable(line))
    return ExitCode.OK


def _lines(rule: Rule) -> Iterator[str]:
    """Write one rule."""
    yield f"{rule.id}  {rule.severity}, {rule.origin}"
    yield f"  {rule.title}"
    yield f"  {rule.clause or 'clause unknown'}; {rule.source}"
