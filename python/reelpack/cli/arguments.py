"""Arguments that the commands share."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, TypedDict

import click

if TYPE_CHECKING:
    import os
    from collections.abc import Callable

__all__ = [
    "COUNT",
    "PATH",
    "Work",
    "about_the_work",
    "clone_option",
    "one_source",
    "source_option",
]


class _Named(click.Path):
    """A path that is not empty: an unset variable in a script is not the current folder."""

    def convert(
        self,
        value: str | os.PathLike[str],
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> str | bytes | os.PathLike[str]:
        """Refuse the empty path."""
        if not value:
            self.fail("it is empty", param, ctx)
        return super().convert(value, param, ctx)


# The shell completes it; whether it is there and can be read is for the work to find out.
PATH = _Named(readable=False)

source_option = click.option(
    "-s", "--source", "source_option", type=PATH, metavar="SOURCE", help="the same, as an option"
)

clone_option = click.option(
    "--clone",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    help="share blocks with SOURCE where the disk can (default: auto)",
)

# A million threads or open files are more than any machine has.
COUNT = click.IntRange(min=1, max=1_000_000)
_ABOUT_THE_WORK = (
    click.option("--cached", is_flag=True, help="trust files that are as they were when last read"),
    click.option(
        "--state",
        "state_file",
        type=PATH,
        metavar="FILE",
        help="remember in FILE what was read (default: in the user's cache)",
    ),
    click.option("--no-state", is_flag=True, help="remember nothing"),
    click.option("--json", "as_json", is_flag=True, help="print one JSON object"),
    click.option(
        "--jobs", type=COUNT, metavar="N", help="threads that compute (default: one a core)"
    ),
    click.option(
        "--readers",
        type=COUNT,
        metavar="N",
        help="files read at once; 1 for tape and spinning disks (default: auto)",
    ),
    click.option("-q", "--quiet", is_flag=True, help="no progress, no reminders"),
)


class Work(TypedDict):
    """How files are read, as every function that reads any takes it."""

    cached: bool
    state: str | bool
    jobs: int | None
    readers: int | None


def about_the_work(command: Callable[..., int]) -> Callable[..., int]:
    """Add the options that every command has which reads files.

    `--json` and `--quiet` reach `command` as they are; the others together as `work`, a `Work`.
    """

    @functools.wraps(command)
    def collected(
        *,
        cached: bool,
        state_file: str | None,
        no_state: bool,
        jobs: int | None,
        readers: int | None,
        **rest: object,
    ) -> int:
        state = _state(state_file, no_state=no_state)
        return command(work=Work(cached=cached, state=state, jobs=jobs, readers=readers), **rest)

    for option in reversed(_ABOUT_THE_WORK):
        collected = option(collected)
    return collected


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


def _state(file: str | None, *, no_state: bool) -> str | bool:
    """Return the state to use: the user's own but for what is given.

    Raises:
        click.UsageError: A state was given, and that there is to be none.
    """
    if file is None:
        return not no_state
    if no_state:
        raise click.UsageError("`--state` and `--no-state` exclude each other")
    return file
