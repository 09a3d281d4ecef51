"""`reelpack cut faststart`: a movie written again with its header first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from reelpack import cuts, wording
from reelpack.cli.arguments import PATH
from reelpack.cli.delivery import json_option, quiet_option
from reelpack.cli.exits import ExitCode, hinting
from reelpack.cli.output import emit, emit_json
from reelpack.cli.progressbar import progress_bar
from reelpack.wording import printable

if TYPE_CHECKING:
    from reelpack.cuts import FastStart
    from reelpack.ways import Clone

__all__ = ["command"]

HINTS: dict[type[Exception], str] = {
    IsADirectoryError: "`-o TARGET` names the new file, not its folder",
    FileNotFoundError: "FILE and the folder of TARGET have to be there",
    PermissionError: "FILE has to be readable, and the folder of TARGET writable, for you",
    FileExistsError: "`-o TARGET` names a new file, `--replace` writes over this one",
}
"""What to do where there is no answer; most messages say it themselves."""


@click.command("faststart")
@click.argument("path", type=PATH, metavar="FILE")
@click.option(
    "-o", "--output", "target", type=PATH, metavar="TARGET", help="where to write (default: FILE)"
)
@click.option("--replace", is_flag=True, help="write over what is there, be it FILE itself")
@click.option(
    "--clone",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    help="share blocks with FILE where the disk can (default: auto)",
)
@json_option
@quiet_option
def command(  # noqa: PLR0913  (an option each)
    path: str, *, target: str | None, replace: bool, clone: Clone, as_json: bool, quiet: bool
) -> int:
    """Write the movie FILE again with its header before the media data, so that it plays at once.

    Give TARGET, or `--replace`. Media data stays as it is, byte for byte. The new file gets its
    name when it is whole. What might not play the same afterwards is refused: fragments, a
    compressed header, damage. A movie that has its header first is left alone, and that is said.
    """
    with hinting(HINTS), progress_bar("cut faststart", path, quiet=quiet) as progress:
        done = cuts.faststart(path, target, replace=replace, clone=clone, progress=progress)
    if as_json:
        emit_json(done.to_dict())
    else:
        emit(_words(done))
    return ExitCode.OK


def _words(done: FastStart) -> str:
    """Write what was done."""
    if done.already:
        return f"{printable(done.source)}: has its header first already; nothing was written"
    speed = wording.rate(done.size, done.seconds)
    cloned = f", {wording.size(done.bytes_cloned)} cloned" if done.bytes_cloned else ""
    return (
        f"wrote {printable(done.target)}: {wording.size(done.size)} "
        f"in {wording.duration(done.seconds)}, {speed}{cloned}"
    )
