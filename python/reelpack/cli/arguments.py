"""Arguments that the commands share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["PATH", "about_the_work", "one_source", "source_option"]

# The shell completes it; whether it is there and can be read is for the work to find out.
PATH = click.Path(readable=False)

source_option = click.option(
    "-s", "--source", "source_option", type=PATH, metavar="SOURCE", help="the same, as an option"
)

# A million threads or open files are more than any machine has.
_COUNT = click.IntRange(min=1, max=1_000_000)
_ABOUT_THE_WORK = (
    click.option("--json", "as_json", is_flag=True, help="print one JSON object"),
    click.option(
        "--jobs", type=_COUNT, metavar="N", help="threads that compute (default: one a core)"
    ),
    click.option(
        "--readers",
        type=_COUNT,
        metavar="N",
        help="files read at once; 1 for tape and spinning disks (default: auto)",
    ),
    click.option("-q", "--quiet", is_flag=True, help="no progress, no reminders"),
)


def about_the_work(command: Callable[..., int]) -> Callable[..., int]:
    """Add the options that every command has: `--json`, `--jobs`, `--readers`, `--quiet`."""
    for option in reversed(_ABOUT_THE_WORK):
        command = option(command)
    return command


def one_source(argument: str | None, option: str | None) -> str:
    """Return the source, given once: as an argument or with ``-s``.

    Raises:
        click.BadParameter: It was given twice or not at all.
    """
    if argument is not None and option is not None:
        raise click.BadParameter("given twice, as an argument and with `-s`", param_hint="SOURCE")
    source = option if argument is None else argument
    if source is None:
        raise click.BadParameter(
            "missing, give it as an argument or with `-s`", param_hint="SOURCE"
        )
    return source
