"""`reelpack cut rules`: what `reelpack cut check` and `reelpack cut plan check` ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from reelpack import cuts
from reelpack.cli.delivery import json_option
from reelpack.cli.exits import ExitCode
from reelpack.cli.output import emit, emit_json
from reelpack.wording import printable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reelpack.cuts import CutRule, PlanRule

__all__ = ["command"]


@click.command("rules")
@json_option
def command(*, as_json: bool) -> int:
    """List what `reelpack cut check` asks, by profile, and what `reelpack cut plan check` asks.

    Each rule has its id, severity, what has to be so, and who says so.
    """
    rules: tuple[CutRule | PlanRule, ...] = (*cuts.rules(), *cuts.plan_rules())
    if as_json:
        emit_json({"rules": [rule.to_dict() for rule in rules]})
    else:
        for rule in rules:
            for line in _lines(rule):
                emit(printable(line))
    return ExitCode.OK


def _lines(rule: CutRule | PlanRule) -> Iterator[str]:
    """Write one rule."""
    asking = rule.profiles if isinstance(rule, cuts.CutRule) else ("plan",)
    yield f"{rule.id}  {rule.severity}, {', '.join(asking)}"
    yield f"  {rule.title}"
    yield f"  {rule.source} ({rule.sure})"
