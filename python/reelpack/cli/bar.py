"""The bar on a terminal, drawn by rich.

A module of its own, so that only a job on a terminal waits for the import of rich.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar
from rich.text import Text

from reelpack import wording

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from reelpack import Progress

__all__ = ["bar"]


class SpeedColumn(ProgressColumn):
    """Bytes a second over the last half minute, so that a stalled disk shows."""

    def render(self, task: Task) -> Text:
        """Write the speed once it is known; of files that are only counted there is none."""
        is_known = task.speed is not None and not task.fields["counted"]
        return Text(wording.rate(task.speed or 0, 1) if is_known else "")


@contextlib.contextmanager
def bar(verb: str, console: Console | None = None) -> Iterator[Callable[[Progress], object]]:
    """Show one bar for the whole run, and wipe it away at the end.

    Args:
        verb: The command.
        console: Where to draw; None is stderr.

    Yields:
        The callback that moves the bar.
    """
    with Bar(
        TextColumn("{task.description}"),
        BarColumn(bar_width=None),
        TextColumn("{task.fields[done]}"),
        SpeedColumn(),
        TimeRemainingColumn(),
        console=console or Console(stderr=True),
        expand=True,
        transient=True,
    ) as drawn:
        task = drawn.add_task(verb, total=None, done="", counted=False)

        def update(progress: Progress) -> None:
            counted = progress.files_total > 0 and not progress.bytes_total
            drawn.update(
                task,
                completed=progress.files_done if counted else progress.bytes_done,
                total=(progress.files_total if counted else progress.bytes_total) or None,
                done=_done(progress),
                counted=counted,
            )

        yield update


def _done(progress: Progress) -> str:
    """Write bytes and files, whichever are counted, as briefly as 80 columns ask for."""
    parts = []
    if progress.bytes_total:
        total = wording.size(progress.bytes_total)
        parts.append(f"{wording.size(progress.bytes_done)}/{total}")
    if progress.files_total:
        parts.append(f"{progress.files_done:,}/{progress.files_total:,} files")
    return " ".join(parts)
