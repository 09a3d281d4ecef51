"""What was left out or not checked, in few lines: each reason with its count, and some names."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Protocol

from reelpack.cli.folding import fold
from reelpack.cli.output import note
from reelpack.wording import printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reelpack.cli.folding import Run

__all__ = ["by_reason", "more", "note_state"]

REASONS_SHOWN = 20
"""Reasons; who has more of them reads on with `--json`."""

NAMES_SHOWN = 5
"""Names (or runs of frames) of one reason; a folder full of `.DS_Store` is no news after a few."""


class _Reasoned(Protocol):
    """A path that was passed over, and why."""

    @property
    def path(self) -> str: ...
    @property
    def reason(self) -> str: ...


def by_reason(heading: str, items: Iterable[_Reasoned]) -> Iterator[str]:
    """Write a line for each reason, such as ``left out: hidden file (12)``, and names below it.

    Args:
        heading: The words before the reason.
        items: What was passed over, in any order.

    Yields:
        The lines, reasons in alphabetical order; nothing where there are no items.
    """
    paths = defaultdict(list)
    for item in items:
        paths[item.reason].append(item.path)
    reasons = sorted(paths.items())
    for reason, group in reasons[:REASONS_SHOWN]:
        yield f"{heading}: {printable(reason)} ({len(group):,})"
        yield from _some(group)
    if len(reasons) > REASONS_SHOWN:
        rest = sum(len(group) for _, group in reasons[REASONS_SHOWN:])
        yield f"{heading}: {rest:,} more, for other reasons (`--json` lists all)"


def _some(paths: Sequence[str]) -> Iterator[str]:
    """Write the first few names, and how many more there are."""
    runs = fold(paths)
    for run in runs[:NAMES_SHOWN]:
        count = f"  ({len(run):,})" if len(run) > 1 else ""
        yield f"  {printable(str(run))}{count}"
    for line in more(runs[NAMES_SHOWN:]):
        yield f"  {line}"


def more(runs: Iterable[Run]) -> Iterator[str]:
    """Write how many names are not shown, if there are any."""
    count = sum(len(run) for run in runs)
    if count:
        yield f"... and {count:,} more (`--json` lists all)"


def note_state(error: str | None, *, quiet: bool) -> None:
    """Say why nothing is remembered, if something stood in the way."""
    if error and not quiet:
        note(f"note: {printable(error)}")
