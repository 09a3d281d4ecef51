"""Options of the commands that look at a whole delivery."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, TypedDict

import click

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = [
    "Expected",
    "about_the_sequences",
    "json_option",
    "profile_option",
    "quiet_option",
    "strict_option",
]

_ABOUT_THE_SEQUENCES = (
    click.option(
        "--first",
        metavar="F",
        help="the frame that each sequence begins with: a number, or with `--fps` a time code",
    ),
    click.option(
        "--frames",
        type=click.IntRange(min=1),
        metavar="N",
        help="the frames that each has, with `--first`",
    ),
    click.option("--fps", metavar="R", help="the rate: 24, 23.976, 30000/1001, 29.97df"),
    click.option("--islands", is_flag=True, help="gaps are meant, as in textless elements"),
)

profile_option = click.option(
    "--profile",
    default="general",
    metavar="NAME|FILE",
    help="the rules: built in, or a TOML file of your own (default: general)",
)

strict_option = click.option("--strict", is_flag=True, help="exit 1 on warnings too")

json_option = click.option("--json", "as_json", is_flag=True, help="print one JSON object")

quiet_option = click.option("-q", "--quiet", is_flag=True, help="no progress")


class Expected(TypedDict):
    """What ought to be there, as every function that looks at sequences takes it."""

    first: str | None
    frames: int | None
    fps: str | None
    islands: bool


def about_the_sequences(command: Callable[..., int]) -> Callable[..., int]:
    """Add the options about what ought to be there; they reach `command` as `expected`."""

    @functools.wraps(command)
    def collected(
        *, first: str | None, frames: int | None, fps: str | None, islands: bool, **rest: object
    ) -> int:
        expected = Expected(first=first, frames=frames, fps=fps, islands=islands)
        return command(expected=expected, **rest)

    for option in reversed(_ABOUT_THE_SEQUENCES):
        collected = option(collected)
    return collected
