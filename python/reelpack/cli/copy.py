"""`reelpack copy`: copy a folder and write its lists."""

from __future__ import annotations

from typing import Literal

import click

import reelpack
from reelpack import wording
from reelpack.cli.arguments import PATH, Work, about_the_work, clone_option
from reelpack.cli.exits import ExitCode, hinting
from reelpack.cli.output import emit, emit_json, note
from reelpack.cli.progressbar import progress_bar
from reelpack.cli.reasons import by_reason, note_state

__all__ = ["command"]


@click.command("copy")
@click.argument("source", type=PATH)
@click.argument("target", type=PATH)
@click.option("--verify", is_flag=True, help="read the copy back and compare")
@clone_option
@click.option("--force", is_flag=True, help="replace existing files")
@click.option("--sync", is_flag=True, help="flush to disk")
@about_the_work
def command(  # noqa: PLR0913  (an option each)
    source: str,
    target: str,
    *,
    verify: bool,
    clone: Literal["auto", "always", "never"],
    force: bool,
    sync: bool,
    work: Work,
    as_json: bool,
    quiet: bool,
) -> int:
    """Copy the files under SOURCE, and write a `checksum.txt` beside the copies.

    SOURCE is a folder; TARGET becomes its copy, and is made if it is not there.
    """
    with (
        hinting({FileExistsError: "`--force` replaces it"}, continued=bool(work["state"])),
        progress_bar("copy", source, quiet=quiet) as progress,
    ):
        copied = reelpack.copy(
            source,
            target,
            clone=clone,
            force=force,
            sync=sync,
            verify=verify,
            progress=progress,
            **work,
        )
    note_state(copied.state_error, quiet=quiet)
    if as_json:
        emit_json(copied.to_dict())
    else:
        _print(copied, cached=work["cached"])
    return ExitCode.OK


def _print(copied: reelpack.Copy, *, cached: bool) -> None:
    """Print what was copied, then on stderr what was not."""
    speed = wording.rate(copied.bytes_read, copied.seconds)
    emit(
        f"copied to {wording.printable(copied.path)}: {wording.plural(len(copied.lists), 'list')}, "
        f"{wording.files(copied.files)}, {wording.size(copied.size)} "
        f"in {wording.duration(copied.seconds)}, {speed}"
        + (", read back" if copied.verified else "")
        + (f", {copied.cloned:,} cloned" if copied.cloned else "")
        + wording.trusted(copied.files_trusted, copied.files, cached=cached)
    )
    for line in by_reason("left out", copied.left_out):
        note(line)
