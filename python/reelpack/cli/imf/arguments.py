"""Arguments that the commands about IMF packages share."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, TypedDict

import click

from reelpack.cli.arguments import COUNT, PATH

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["HINTS", "Threads", "about_the_threads", "with_option"]

HINTS: dict[type[Exception], str] = {
    IsADirectoryError: "DIR is the folder with ASSETMAP.xml, FILE a document in it",
}
"""What to do where there is no answer; most messages say it themselves."""

with_option = click.option(
    "--with",
    "having",
    type=PATH,
    multiple=True,
    metavar="DIR",
    help="a package that a supplemental one refers to; may be repeated",
)

_ABOUT_THE_THREADS = (
    click.option(
        "-j", "--jobs", type=COUNT, metavar="N", help="threads that compute (default: one a core)"
    ),
    click.option(
        "--readers",
        type=COUNT,
        metavar="N",
        help="files read at once; 1 for tape and spinning disks (default: auto)",
    ),
)


class Threads(TypedDict):
    """How files are read, as every function that reads any takes it."""

    jobs: int | None
    readers: int | None


def about_the_threads(command: Callable[..., int]) -> Callable[..., int]:
    """Add the options about threads; they reach `command` as `threads`."""

    @functools.wraps(command)
    def collected(*, jobs: int | None, readers: int | None, **rest: object) -> int:
        return command(threads=Threads(jobs=jobs, readers=readers), **rest)

    for option in reversed(_ABOUT_THE_THREADS):
        collected = option(collected)
    return collected
