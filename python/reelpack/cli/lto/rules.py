"""`reelpack lto rules`: what `reelpack lto check` asks."""

from __future__ import annotations

import click

from reelpack import lto
from reelpack.cli.delivery import json_option
from reelpack.cli.exits import ExitCode
from reelpack.cli.output import emit, emit_json
from reelpack.wording import printable

__all__ = ["command"]


@click.command("rules")
@json_option
def command(*, as_json: bool) -> int:
    """List what `reelpack lto check` asks: id, severity, what has to be so, and who says so."""
    rules = lto.rules()
    if as_json:
        emit_json({"rules": [rule.to_dict() for rule in rules]})
        return ExitCode.OK
    for rule in rules:
        emit(f"{rule.id}  {rule.severity}")
        emit(printable(f"  {rule.title}"))
        emit(printable(f"  {rule.source} ({rule.sure})"))
    return ExitCode.OK
